"""Python texts as trees that follow edits: always the tree that a fresh parse gives, for broken text too.

A text that parses has the tree that tree-sitter gives it. For one that does not, tree-sitter's recovery is slow (up
to 70 ms for 1,400 lines), and an incremental parse can recover in another way than a fresh one; so such a text is
first repaired (``repair.py``), and its tree is that of the repaired text. Both are functions of the text alone, and
what is remembered between versions only saves time:

- an incremental parse counts only if it met no error, and then equals a fresh one: where a text parses, it does so
  in one way. It is given up at the first error.
- a parser takes long to give up on an open string. Looking at the strings alone shows it in no time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Final

import tree_sitter_python
from tree_sitter import Language, Parser, Point, Tree

from secloop.syntax.repair import repair

_READ: Final = 1 << 16
_STRING: Final = re.compile(
    rb"#[^\n]*"
    rb'|[A-Za-z]{0,2}(?:"""(?:[^"\\]|\\.|"(?!""))*("""|\Z)|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*(\'\'\'|\Z)'
    rb'|"(?:[^"\\\n]|\\.)*("|)|\'(?:[^\'\\\n]|\\.)*(\'|))',
    re.DOTALL,
)
_FORMAT: Final = re.compile(rb"[A-Za-z]?[fFtT]|[fFtT]")


@dataclass(frozen=True, slots=True)
class Damage:
    """A range of a text that does not parse, with its own tree, whose offsets count from ``start``."""

    start: int
    end: int
    tree: Tree


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text's tree.

    Attributes:
        tree: of ``repaired``, whose byte offsets are those of the text. It may have errors only if ``broken``.
        repaired: the text itself, or the text in which what does not parse is blanked or replaced.
        damaged: what was replaced: sorted and apart.
    """

    tree: Tree
    repaired: bytes
    damaged: tuple[Damage, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether the text has a syntax error."""
        return bool(self.damaged) or self.tree.root_node.has_error


def parse(data: bytes) -> Parsed:
    """The tree of a text (UTF-8 with ``\\n`` line ends)."""
    return PythonText().update(data)


class PythonText:
    """A text that changes. Each version's tree is what `parse` gives, whatever came before.

    For any thread; versions may come in any order.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._parser = Parser(_language())
        self._known: dict[bytes, bool] = {}
        """Which parts of the last broken version parse."""
        self._whole: _Anchor | None = None
        self._repaired: _Anchor | None = None
        self._last: tuple[bytes, Parsed] | None = None

    def update(self, data: bytes) -> Parsed:
        """The tree of the next version.

        What was edited is found by comparing the texts, which costs microseconds, so that neither the editor's
        encoding nor its way to cut an edit into pieces has a say.
        """
        with self._lock:
            if self._last is None or self._last[0] != data:
                self._last = (data, self._next(data))
            return self._last[1]

    def _next(self, data: bytes) -> Parsed:
        tree = self._whole_tree(data)
        if tree is not None:
            self._whole = _Anchor(data, tree)
            self._repaired = None
            return Parsed(tree, data)
        return self._broken(data)

    def _broken(self, data: bytes) -> Parsed:
        before, self._known = self._known, {}

        def parses(text: bytes) -> bool:
            known = before.get(text)
            if known is None:
                known = self._known.get(text)
            if known is None:
                known = self._attempt(text, None) is not None
            self._known[text] = known
            return known

        result = repair(data, parses)
        anchor = self._repaired or self._whole
        tree = self._attempt(result.data, None if anchor is None else anchor.edited(result.data))
        if tree is None:
            tree = self._parser.parse(result.data)
        else:
            self._repaired = _Anchor(result.data, tree)
        damaged = (Damage(start, end, self._parser.parse(data[start:end])) for start, end in result.damaged)
        return Parsed(tree, result.data, tuple(damaged))

    def _whole_tree(self, data: bytes) -> Tree | None:
        """The tree of a text that parses, None for any other."""
        if self._whole is None:
            return self._attempt(data, None)
        if _opens_string(self._whole, data):
            return None
        return self._attempt(data, self._whole.edited(data))

    def _attempt(self, data: bytes, old: Tree | None) -> Tree | None:
        try:
            tree = _parse(self._parser, data, old)
        except ValueError:  # given up at the first error
            self._parser.reset()
            return None
        return None if tree.root_node.has_error else tree


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A text that parses, and its tree."""

    data: bytes
    tree: Tree

    def edited(self, data: bytes) -> Tree:
        """The tree from which to parse another text."""
        edit = start, old_end, new_end = difference(self.data, data)
        tree = copy(self.tree)
        tree.edit(*edit, _point(self.data, start), _point(self.data, old_end), _point(data, new_end))
        return tree


def _opens_string(anchor: _Anchor, data: bytes) -> bool:
    """Whether what was edited in a text that parses leaves a string open, so that it surely does not parse now.

    False also where strings stand in an f-string's braces, which only a parser can tell from its end.
    """
    start, old_end, new_end = difference(anchor.data, data)
    at, after = _around(anchor.tree, start, old_end)
    again = len(data) if after is None else after + new_end - old_end
    for found in _STRING.finditer(data, at):
        if found.start() >= again:
            return False  # Outside of strings where there was none either: the rest is as it was.
        if found.lastindex is None:
            continue  # a comment
        text = found.group()
        if _FORMAT.match(text) and text.count(b"{") != text.count(b"}"):
            return False
        if not any(found.group(1, 2, 3, 4)):
            return True
    return False


def _around(tree: Tree, start: int, end: int) -> tuple[int, int | None]:
    """Two places outside of strings, near by: one before an edit, and one behind it, None for the end of the text.

    They are those of the innermost statement that holds the edit, or of the gap between two.
    """
    before, behind = 0, None
    last = max(start - 1, 0)
    cursor = tree.walk()
    in_block = True
    while in_block or cursor.node is not None:
        if cursor.goto_first_child_for_byte(last) is None:
            return (start, behind) if in_block else (before, behind)
        node = cursor.node
        assert node is not None
        if in_block:
            if node.start_byte > start:
                return start, node.start_byte if node.start_byte >= end else behind
            if node.end_byte > end:
                before, behind = node.start_byte, node.end_byte
        in_block = node.type == "block"
    return before, behind


def difference(old: bytes, new: bytes) -> tuple[int, int, int]:
    """The one range in which two texts differ: its start, and its end in either."""
    limit = min(len(old), len(new))
    start = _agreeing(limit, lambda size: old[:size] == new[:size])
    limit -= start
    tail = _agreeing(limit, lambda size: old[len(old) - size :] == new[len(new) - size :])
    return start, len(old) - tail, len(new) - tail


def _agreeing(limit: int, agree: Callable[[int], bool]) -> int:
    """The greatest size up to ``limit`` for which two texts agree."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if agree(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _point(data: bytes, offset: int) -> Point:
    point: Point = Point(data.count(b"\n", 0, offset), offset - data.rfind(b"\n", 0, offset) - 1)
    return point


def _parse(parser: Parser, data: bytes, old: Tree | None) -> Tree:
    """Parse up to the first error. Raises ValueError if there is one, not always."""

    def read(offset: int, _: Point) -> bytes:
        return data[offset : offset + _READ]

    # The binding takes no None for a tree.
    if old is None:
        return parser.parse(read, encoding="utf8", progress_callback=_has_error)
    return parser.parse(read, old, encoding="utf8", progress_callback=_has_error)


def _has_error(_: int, has_error: bool) -> bool:
    return has_error


@cache
def _language() -> Language:
    return Language(tree_sitter_python.language())
