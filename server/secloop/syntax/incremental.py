"""Python texts as trees that follow edits: always the tree that a fresh parse gives, for broken text too.

A text that parses has the tree that tree-sitter gives it. For one that does not, tree-sitter's recovery is slow (up
to 70 ms for 1,400 lines), and an incremental parse can recover in another way than a fresh one; so such a text is
first repaired (``repair.py``), and its tree is that of the repaired text. Both are functions of the text alone, and
what is remembered between versions only saves time:

- an incremental parse counts only if it met no error; it is given up at the first one. Statements are taken from the
  tree before, or parsed anew, as a whole.
- a parser takes long to give up on an open string. Looking at the strings alone shows it in no time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from functools import cache
from threading import Lock
from typing import Final, TypeAlias

import tree_sitter_python
from msgspec import Struct
from tree_sitter import Language, Parser, Point, Tree

from secloop.syntax.repair import repair

_READ: Final = 1 << 16
_STRING: Final = re.compile(
    rb"#[^\n]*"
    rb'|[A-Za-z]{0,2}(?:"""(?:[^"\\]|\\.|"(?!""))*("""|\Z)|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*(\'\'\'|\Z)'
    rb'|"(?:[^"\\\n]|\\.)*("|)|\'(?:[^\'\\\n]|\\.)*(\'|))',
    re.DOTALL,
)
_SUITES: Final = frozenset({"module", "block"})
_COMPOUND: Final = ("_statement", "_clause", "_definition")
_FORMAT: Final = re.compile(rb"[A-Za-z]?[fFtT]|[fFtT]")

Edit: TypeAlias = tuple[int, int, int]
"""The start of a range that was replaced, its end before, and its end after."""


class Damage(Struct, frozen=True):
    """A range of a text that does not parse, with its own tree, whose offsets count from ``start``."""

    start: int
    end: int
    tree: Tree


class Parsed(Struct, frozen=True):
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
        old = None if anchor is None else anchor.edited(result.data, _touched(anchor, result.data))
        tree = self._attempt(result.data, old)
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
        edit = _touched(self._whole, data)
        if _opens_string(data, edit):
            return None
        return self._attempt(data, self._whole.edited(data, edit))

    def _attempt(self, data: bytes, old: Tree | None) -> Tree | None:
        try:
            tree = _parse(self._parser, data, old)
        except ValueError:  # given up at the first error
            self._parser.reset()
            return None
        return None if tree.root_node.has_error else tree


class _Anchor(Struct, frozen=True):
    """A text that parses, and its tree."""

    data: bytes
    tree: Tree

    def edited(self, data: bytes, edit: Edit) -> Tree:
        """The tree from which to parse another text, given the range of the statements that an edit touches.

        These are left out as a whole, since the grammar has two readings for some (``*a.b``): which one it is
        may not depend on the parts that are there already.
        """
        start, old_end, new_end = edit
        tree = copy(self.tree)
        tree.edit(*edit, _point(self.data, start), _point(self.data, old_end), _point(data, new_end))
        return tree


def _touched(anchor: _Anchor, data: bytes) -> Edit:
    """The range of the statements in which a text that parses differs from another one.

    Its start, its end and its end in the other text. Those before and behind an edit may join, so they count.
    """
    old = anchor.data
    start, old_end, new_end = difference(old, data)
    before = len(old[:start].rstrip()) - 1
    behind = len(old) - len(old[old_end:].lstrip())
    first = _extent(anchor.tree, before)[0] if before >= 0 else 0
    end = _extent(anchor.tree, behind)[1] if behind < len(old) else len(old)
    return first, end, end + new_end - old_end


def _extent(tree: Tree, at: int) -> tuple[int, int]:
    """The innermost statement at a place that is not white space: its range, up to a suite below that place."""
    start, end = 0, tree.root_node.end_byte
    cursor = tree.walk()
    parent = cursor.node
    while parent is not None and cursor.goto_first_child_for_byte(at) is not None:
        node = cursor.node
        if node is None or node.start_byte > at:
            break
        if parent.type in _SUITES:
            start, end = node.start_byte, node.end_byte
        elif node.type != "block" and parent.type.endswith(_COMPOUND):
            following = node.next_sibling
            while following is not None and following.type != "block":
                following = following.next_sibling
            if following is not None:
                end = following.start_byte
        parent = node
    return start, end


def _opens_string(data: bytes, edit: Edit) -> bool:
    """Whether statements that were edited leave a string open, so that a text that did parse surely does no more.

    False also where strings stand in an f-string's braces, which only a parser can tell from its end.
    """
    at, _, again = edit
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


def difference(old: bytes, new: bytes) -> Edit:
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
