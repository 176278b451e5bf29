"""What is typed into the files: always the same text, character by character."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle
from typing import Any

from inputs import Source

from secloop.syntax.document import Document
from secloop.syntax.source import syntax_of

_TYPED = {
    # A function of its own, and a line in a function that is there: half a call, an open bracket and an open
    # docstring are among what they go through.
    "python": (
        (
            "def ",
            'def typed_{0}(value, other=None):\n    """Adds."""\n    return add(value, [other, {0}])\n\n\n',
        ),
        ("    return ", 'held_{0} = run(["a", {0}], key="b")\n'),
        ("    return ", "# What the caller asked for, number {0}.\n"),
        ("    return ", "counted_{0} = number_{0}.value\n"),
    ),
    "javascript": (("function ", "function typed{0}(value) {{\n  return value + {0};\n}}\n\n"),),
}


@dataclass(frozen=True)
class Keystroke:
    """One edit, as LSP has it, and the whole text after it."""

    range: dict[str, Any]
    text: str
    after: str
    path: str

    @cached_property
    def broken(self) -> bool:
        """Whether the file does not parse after it."""
        return syntax_of(Document(self.path, self.after)).broken


def keystrokes(source: Source) -> Iterator[Keystroke]:
    """Functions and statements typed in the middle of the file; no text comes twice."""
    typed_lines = source.text.split("\n")
    for number, (before, text) in enumerate(cycle(_TYPED[source.language]), 1):
        row = _row(typed_lines, before)
        if not before[0].isspace() and not typed_lines[row - 1]:
            row -= 1  # A function is typed on the empty line before another one.
        line = typed_lines[row]
        indent = line[: len(line) - len(line.lstrip())]
        place = [row, 0]
        current = "\n".join(typed_lines)
        offset = sum(len(line) + 1 for line in typed_lines[:row])
        for character in indent + text.format(number):
            current = current[:offset] + character + current[offset:]
            offset += 1
            position = {"line": place[0], "character": place[1]}
            yield Keystroke({"start": position, "end": position}, character, current, source.name)
            place = [place[0] + 1, 0] if character == "\n" else [place[0], place[1] + 1]
        typed_lines = current.split("\n")


def _row(lines: list[str], start: str) -> int:
    """The first line behind the middle that starts so, or with more white space before it if there is some."""
    depth = len(start) - len(start.lstrip())
    word = start.lstrip()
    for row in range(len(lines) // 2, len(lines)):
        line = lines[row].lstrip()
        if line.startswith(word) and (len(lines[row]) - len(line) >= depth if depth else line == lines[row]):
            return row
    return len(lines) - 1
