"""A Jupyter notebook as one document: its Python code cells in order (SPEC 1).

Cells are joined by a line end. IPython magics are not Python, so they are blanked to spaces of equal
length (in code points): columns stay true. Outputs and metadata do not count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from secloop.syntax.document import Cell, Document, UndecodableError, clean

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")
_LINE_MAGIC = re.compile(
    r"^[ \t]*(?:[%!?]|[A-Za-z_][\w.]*[ \t]*=[ \t]*[%!](?!=))|^[^#\"'\r\n]*\w\?{1,2}[ \t]*$"
)
_CELL_MAGIC = re.compile(r"^%%(\w+)")
# Cell magics whose body is Python that runs; the body of any other (%%bash, %%html, …) is blanked.
_PYTHON_CELL_MAGICS = frozenset({"time", "timeit", "capture", "prun", "python", "python3", "debug", "pypy"})


def is_notebook(path: str) -> bool:
    """Whether a path names a notebook."""
    return path.endswith(".ipynb")


def notebook_document(path: str, source: str) -> Document:
    """The document of a notebook file's text.

    Raises:
        UndecodableError: if the text is not a notebook's JSON.
    """
    return cells_document(path, python_cells(source))


def python_cells(source: str) -> list[tuple[int, str]]:
    """The code cells of a notebook file as (index over all cells, source); none if it is not Python's.

    Raises:
        UndecodableError: if the text is not a notebook's JSON.
    """
    try:
        notebook = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise UndecodableError(f"not a notebook: {error}") from None
    if not isinstance(notebook, dict):
        raise UndecodableError("not a notebook: no object at its top")
    if not _is_python(notebook):
        return []
    cells = notebook.get("cells")
    if cells is None:  # nbformat 3 kept its cells in worksheets
        sheets = notebook.get("worksheets", [])
        cells = [cell for sheet in _objects(sheets) for cell in _list(sheet.get("cells"))]
    return [
        (index, _cell_source(cell))
        for index, cell in enumerate(_list(cells))
        if isinstance(cell, dict) and cell.get("cell_type") == "code"
    ]


def cells_document(path: str, cells: Iterable[tuple[int, str]], *, version: int | None = None) -> Document:
    """One document of code cells given as (index over all cells, source)."""
    parts: list[str] = []
    spans: list[Cell] = []
    offset = 0
    for index, source in cells:
        text = blank_magics(clean(source))
        size = len(text.encode("utf-8"))
        spans.append(Cell(index, offset, offset + size))
        parts.append(text)
        offset += size + 1
    return Document(path, "\n".join(parts), version=version, cells=tuple(spans))


def blank_magics(source: str) -> str:
    """A cell's source with everything that only IPython understands replaced by spaces."""
    magic = _CELL_MAGIC.match(source)
    if magic and magic.group(1) not in _PYTHON_CELL_MAGICS:
        return re.sub(r"[^\r\n]", " ", source)
    lines = _LINE.findall(source)
    blanked: list[str] = []
    continued = False
    for line in lines:
        body = line.rstrip("\r\n")
        if continued or _LINE_MAGIC.match(body):
            continued = body.endswith("\\")
            line = " " * len(body) + line[len(body) :]
        blanked.append(line)
    return "".join(blanked)


def _is_python(notebook: dict[str, Any]) -> bool:
    metadata = notebook.get("metadata")
    if not isinstance(metadata, dict):
        return True
    for holder, key in (("language_info", "name"), ("kernelspec", "language")):
        info = metadata.get(holder)
        if isinstance(info, dict) and isinstance(info.get(key), str):
            return str(info[key]).lower() in ("python", "ipython")
    return True


def _cell_source(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, str):
        return source
    return "".join(part for part in _list(source) if isinstance(part, str))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in _list(value) if isinstance(item, dict)]
