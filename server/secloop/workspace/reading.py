"""From a path in a tree to the document that rules are run on, or the reason why there is none."""

from __future__ import annotations

import re

from secloop.model import Problem, ProblemKind, Skipped
from secloop.syntax.document import Document, UndecodableError, decode, is_binary
from secloop.syntax.languages import languages_of
from secloop.syntax.notebook import is_notebook, notebook_document
from secloop.workspace.settings import Config
from secloop.workspace.tree import OverlayTree, TooLargeError, Tree

# A file's size is that of its text as UTF-8 with \n line ends, so that a buffer, a CRLF checkout and a
# UTF-16 file agree. On disk that can be 8 times as much ("\r\n" in UTF-32), and no file needs more.
_MOST_BYTES_PER_TEXT_BYTE = 8
# What no text has, in whatever encoding that extends ASCII; a binary file need not have a NUL near its start.
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# A notebook's outputs do not count, so its file is read whatever they weigh, within reason.
_LARGEST_NOTEBOOK = 100_000_000


def read_document(tree: Tree, path: str, config: Config) -> Document | Skipped | Problem:
    """The document at a path: the open buffer if there is one, else the file's text.

    Equal texts give equal answers, whether they come from a buffer or from a file in any encoding:
    ``Skipped`` (``binary``, ``too-large``, ``minified``) or a ``Problem`` (unreadable, undecodable) where there is none.
    """
    document = tree.buffer(path)
    if document is not None:
        return _judged(document, config)
    limit = config.max_file_size * _MOST_BYTES_PER_TEXT_BYTE
    try:
        data = tree.read(path, max(limit, _LARGEST_NOTEBOOK) if is_notebook(path) else limit)
    except TooLargeError:
        return Skipped(path, "too-large")
    except OSError as error:
        return Problem(ProblemKind.UNREADABLE, f"it cannot be read: {error.strerror}", path)
    try:
        text = decode(data, python=_is_python(path, data))
    except UndecodableError as error:
        if is_binary(data) or _CONTROLS.search(data[:8000]):
            return Skipped(path, "binary")
        if len(data) > config.max_file_size and not is_notebook(path):
            return Skipped(path, "too-large")
        return Problem(ProblemKind.UNDECODABLE, str(error), path)
    try:
        document = notebook_document(path, text) if is_notebook(path) else Document(path, text)
    except UndecodableError as error:
        return Problem(ProblemKind.UNDECODABLE, str(error), path)
    return _judged(document, config)


def _judged(document: Document, config: Config) -> Document | Skipped:
    data = document.normalized.data
    if b"\0" in data[:8000]:
        return Skipped(document.path, "binary")
    if len(data) > config.max_file_size:
        return Skipped(document.path, "too-large")
    if not config.check_minified and _is_minified(document.path, data):
        return Skipped(document.path, "minified")
    return document


_SCRIPTS = (".js", ".cjs", ".mjs", ".jsx")
_MINIFIED_SIZE = 50_000
_MINIFIED_LINE = 500


def _is_minified(path: str, data: bytes) -> bool:
    """Whether a script is what a bundler wrote: large, with lines of 500 bytes and more on average.

    What is wrong in it is wrong in its sources, and its lines, thousands of calls long, keep the engine busy for
    minutes.
    """
    return (
        path.endswith(_SCRIPTS)
        and len(data) >= _MINIFIED_SIZE
        and len(data) >= _MINIFIED_LINE * (data.count(b"\n") + 1)
    )


def _is_python(path: str, data: bytes) -> bool:
    first_line = data[:200].split(b"\n", 1)[0].decode("latin-1")
    return "python" in languages_of(path, first_line)


def unsaved(tree: OverlayTree) -> tuple[str, ...]:
    """Paths of the root whose open buffer is not what the file holds, or that have no file yet."""
    inside = (item for item in tree.buffers.items() if not item[0].startswith("../"))
    return tuple(sorted(path for path, buffer in inside if not _is_saved(tree, path, buffer)))


def _is_saved(tree: OverlayTree, path: str, buffer: Document) -> bool:
    # A notebook that is open as the JSON it is stands for no document (``Tree.buffer``): its text counts.
    as_notebook = is_notebook(path) and tree.buffer(path) is not None
    disk = tree.base
    try:
        # A buffer longer than its file cannot be what it holds; no file needs more than 8 bytes for one of its.
        data = disk.read(path, max(len(buffer.data) * _MOST_BYTES_PER_TEXT_BYTE + 4, _LARGEST_NOTEBOOK))
        text = decode(data, python=_is_python(path, data))
        saved = notebook_document(path, text) if as_notebook else Document(path, text)
    except (OSError, UndecodableError):
        return False
    return saved.hash == buffer.hash
