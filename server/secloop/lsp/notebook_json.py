"""Finds where the source of a notebook's cells stands in the notebook's JSON text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)
_UNIT = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]", re.DOTALL
)
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass
class _Frame:
    """An open object or array: where it is in its parent, and the key or index it is at."""

    is_object: bool
    key: str = ""
    index: int = 0
    expects_key: bool = True


@dataclass
class _Source:
    """A cell's source: for each of its characters, where the JSON has it."""

    text: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    end: int = 0


class SourceMap:
    """From line and column in a cell to the character index in the JSON text."""

    def __init__(self, text: str) -> None:
        self._cells: dict[int, _Source] = {}
        self._starts: dict[int, list[int]] = {}
        for cell, start, literal in _source_strings(text):
            source = self._cells.setdefault(cell, _Source())
            for unit in _UNIT.finditer(literal, 1, len(literal) - 1):
                source.text.append(_decoded(unit.group()))
                source.places.append(start + unit.start())
            source.end = start + len(literal) - 1
        for cell, source in self._cells.items():
            whole = "".join(source.text)
            self._starts[cell] = [0, *(found.end() for found in _LINE_END.finditer(whole))]

    def index(self, cell: int, line: int, column: int) -> int:
        """Where the JSON has a 1-based line and column (code points) of a cell, clamped to the cell."""
        source = self._cells.get(cell)
        if source is None:
            return 0
        starts = self._starts[cell]
        at = starts[min(max(line, 1), len(starts)) - 1] + max(column - 1, 0)
        return source.places[at] if at < len(source.places) else source.end


def _decoded(unit: str) -> str:
    """One character for each unit of a JSON string; only line ends need to be told from others."""
    return {"\\n": "\n", "\\r": "\r", "\\u000a": "\n", "\\u000d": "\r"}.get(unit.lower(), "x")


def _source_strings(text: str) -> Iterator[tuple[int, int, str]]:
    """Each string of each cell's ``source``: cell index, where the literal starts, and the literal."""
    stack: list[_Frame] = []
    for token in _TOKEN.finditer(text):
        word = token.group()
        top = stack[-1] if stack else None
        if word in "{[":
            stack.append(_Frame(word == "{"))
        elif word in "}]":
            if stack:
                stack.pop()
        elif word == ",":
            if top is not None:
                top.index += 1
                top.expects_key = True
        elif word == ":":
            if top is not None:
                top.expects_key = False
        elif word.startswith('"') and top is not None:
            if top.is_object and top.expects_key:
                top.key = word[1:-1]
            else:
                cell = _cell_of_source(stack)
                if cell is not None:
                    yield cell, token.start(), word


def _cell_of_source(stack: list[_Frame]) -> int | None:
    """The cell index if the place is ``cells[i].source`` or a string in that array."""
    depth = len(stack)
    if depth not in (3, 4) or stack[0].key != "cells" or stack[1].is_object or stack[2].key != "source":
        return None
    if depth == 4 and stack[3].is_object:
        return None
    return stack[1].index
