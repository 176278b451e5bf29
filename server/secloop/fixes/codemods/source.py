"""A Python document parsed by libcst, with the byte span and the parent of every node.

Positions come from one pass of libcst's own code generator over the tree, which is several times cheaper
than its metadata providers and proves that the tree is the text.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import libcst as cst
from libcst._nodes.internal import CodegenState

from secloop.fixes.depth import too_deep
from secloop.syntax.document import Document

_STACK_BYTES = 64 << 20

NodeT = TypeVar("NodeT", bound=cst.CSTNode)
Range = tuple[int, int]


class NotPythonError(ValueError):
    """The text cannot be taken apart: a syntax error, or nesting too deep to parse safely."""


class Source:
    """A document's tree. Spans are byte offsets of the document's text, end exclusive.

    Attributes:
        document: whose text it is.
        module: the tree.
        nodes: every node, parents before their children, in document order.
    """

    def __init__(self, document: Document, module: cst.Module, positions: _Positions) -> None:
        self.document = document
        self.module = module
        self.nodes = positions.order
        self._outer = positions.outer
        self._inner = positions.inner
        self._parents = positions.parents

    def span(self, node: cst.CSTNode) -> Range:
        """Where a node stands, without parentheses around it and white space before it."""
        return self._inner.get(node) or self._outer[node]

    def full_span(self, node: cst.CSTNode) -> Range:
        """Where a node stands with all that libcst counts to it, such as an expression's own parentheses."""
        return self._outer[node]

    def code(self, node: cst.CSTNode) -> str:
        """The text of a node with its parentheses."""
        return self.document.slice(*self._outer[node])

    def parent(self, node: cst.CSTNode) -> cst.CSTNode | None:
        """The node that holds this one, None for the module."""
        return self._parents.get(node)

    def ancestors(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """The node's parent, its parent's, up to the module."""
        above = self._parents.get(node)
        while above is not None:
            yield above
            above = self._parents.get(above)

    def has(self, node: cst.CSTNode) -> bool:
        """Whether a node is written in the text."""
        return node in self._outer

    def at(self, offset: int) -> cst.CSTNode:
        """The innermost node at a byte offset."""
        found: cst.CSTNode = self.module
        for node in self.nodes:
            low, high = self.span(node)
            if low <= offset < high:
                found = node
        return found

    def find(
        self, kind: type[NodeT] | tuple[type[NodeT], ...], where: Range, accept: Callable[[NodeT], bool]
    ) -> NodeT | None:
        """The node of a kind that a finding at ``where`` speaks of; None if there is none or several.

        That is the one just there, else the only outermost one inside, else the innermost around it.
        """
        start, end = where
        inside: list[NodeT] = []
        around: NodeT | None = None
        for node in self.nodes:
            if not isinstance(node, kind):
                continue
            low, high = self.span(node)
            if low > end or high < start or not accept(node):
                continue
            if (low, high) == where:
                return node
            if start <= low and high <= end:
                if not inside or low >= self.span(inside[-1])[1]:
                    inside.append(node)
            elif low <= start and end <= high:
                around = node
        if inside:
            return inside[0] if len(inside) == 1 else None
        return around


def source_of(document: Document) -> Source:
    """The tree of a document, kept with it: a document is immutable, so it is parsed once.

    Raises:
        NotPythonError: if it has a syntax error or nests too deeply.
    """
    cached: Source | str | None = document.__dict__.get("_codemod_source")
    if cached is None:
        cached = _parsed(document)
        document.__dict__["_codemod_source"] = cached
    if isinstance(cached, str):
        raise NotPythonError(cached)
    return cached


def _parsed(document: Document) -> Source | str:
    if too_deep(document):
        return "the code is nested too deeply to be rewritten"
    try:
        module, positions = _on_deep_stack(lambda: _tree(document.text))
    except cst.ParserSyntaxError:
        return "the file has a syntax error"
    except RecursionError:
        return "the code is nested too deeply to be rewritten"
    written = "".join(positions.tokens)
    # libcst forgets a lone carriage return at the end.
    if document.text not in (written, written + "\r"):
        return "the file's text cannot be rewritten exactly"
    return Source(document, module, positions)


def _tree(text: str) -> tuple[cst.Module, _Positions]:
    module = cst.parse_module(text)
    positions = _Positions(module.default_indent, module.default_newline)
    module._codegen(positions)
    return module, positions


_stack_size_lock = threading.Lock()
ResultT = TypeVar("ResultT")


def _on_deep_stack(work: Callable[[], ResultT]) -> ResultT:
    """Run work on a thread with a stack of known size: a thread's own may be 512 kB (macOS)."""
    results: list[ResultT] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:  # noqa: BLE001 (raised again in the caller's thread)
            errors.append(error)

    with _stack_size_lock:
        before = threading.stack_size(_STACK_BYTES)
        try:
            thread = threading.Thread(target=run, name="secloop-codemod")
            thread.start()
        finally:
            threading.stack_size(before)
    thread.join()
    if errors:
        raise errors[0]
    return results[0]


class _Positions(CodegenState):
    """Notes where each node's code starts and ends while libcst writes it."""

    def __init__(self, default_indent: str, default_newline: str) -> None:
        super().__init__(default_indent, default_newline)
        self.order: list[cst.CSTNode] = []
        self.outer: dict[cst.CSTNode, Range] = {}
        self.inner: dict[cst.CSTNode, Range] = {}
        self.parents: dict[cst.CSTNode, cst.CSTNode] = {}
        self._at = 0
        self._open: list[tuple[cst.CSTNode, int]] = []

    def add_token(self, value: str) -> None:
        self.tokens.append(value)
        self._at += len(value) if value.isascii() else len(value.encode("utf-8"))

    def add_indent_tokens(self) -> None:
        for token in self.indent_tokens:
            self.add_token(token)

    def pop_trailing_newline(self) -> None:
        if self.tokens:
            self._at -= len(self.tokens.pop().encode("utf-8"))

    def before_codegen(self, node: cst.CSTNode) -> None:
        if self._open:
            self.parents[node] = self._open[-1][0]
        self.order.append(node)
        self._open.append((node, self._at))

    def after_codegen(self, node: cst.CSTNode) -> None:
        _, start = self._open.pop()
        self.outer[node] = (start, self._at)

    @contextmanager
    def record_syntactic_position(
        self,
        node: cst.CSTNode,
        *,
        start_node: cst.CSTNode | None = None,
        end_node: cst.CSTNode | None = None,
    ) -> Iterator[None]:
        start = self._at
        yield
        end = self._at
        if start_node is not None:
            start = (self.inner.get(start_node) or self.outer[start_node])[0]
        if end_node is not None:
            end = (self.inner.get(end_node) or self.outer[end_node])[1]
        self.inner[node] = (start, end)
