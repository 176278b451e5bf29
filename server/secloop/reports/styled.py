"""Styled lines of text, laid out by terminal cells, and written plainly or with colours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.cells import cell_len

Segment = tuple[str, str]
"""A piece of text and rich's name of its style, empty for none."""
Line = tuple[Segment, ...]

_ASCII = str.maketrans(
    {
        "│": "|",
        "├": "|",
        "╰": "`",
        "╭": ",",
        "─": "-",
        "▸": ">",
        "…": "~",
        "⋮": ":",
        "✓": "+",
        "✗": "x",
        "·": ",",
        "→": ">",
        "–": "-",
    }
)


def ascii_line(line: Line) -> Line:
    """The line with every character that ASCII lacks replaced by one or several that it has."""
    return tuple((_to_ascii(text), style) for text, style in line)


def _to_ascii(text: str) -> str:
    return text.translate(_ASCII).encode("ascii", "backslashreplace").decode("ascii")


@lru_cache(maxsize=4096)
def cells(text: str) -> int:
    """How many terminal cells a text takes: 2 for a wide character, 0 for a combining one."""
    return cell_len(text)


def line_cells(line: Line) -> int:
    """How many terminal cells a line takes."""
    return sum(cells(text) for text, _ in line)


def wrap(words: Iterable[Segment], first: int, indent: int, width: int) -> list[Line]:
    """Lay words out in lines of ``width`` cells.

    ``first`` cells of the first line are taken already; later lines are indented by ``indent`` spaces. A
    word longer than a line is not broken, so that an address stays whole.
    """
    lines: list[list[Segment]] = [[]]
    used, fresh = first, True
    for text, style in words:
        size = cells(text)
        if not fresh and used + 1 + size > width:
            lines.append([(" " * indent, "")])
            used, fresh = indent, True
        if not fresh:
            lines[-1].append((" ", style))
            used += 1
        lines[-1].append((text, style))
        used, fresh = used + size, False
    return [tuple(line) for line in lines]


def words(text: str, style: str = "") -> list[Segment]:
    """The words of a text, each in that style."""
    return [(word, style) for word in text.split()]


def plain(lines: Sequence[Line]) -> str:
    """The lines without styles."""
    return "".join("".join(text for text, _ in line).rstrip() + "\n" for line in lines)


def coloured(lines: Sequence[Line]) -> str:
    """The lines with ANSI styles in the terminal's own sixteen colours."""
    from rich.color import ColorSystem
    from rich.style import Style

    def written(text: str, style: str) -> str:
        return Style.parse(style).render(text, color_system=ColorSystem.STANDARD) if style else text

    out: list[str] = []
    for line in lines:
        kept = _joined(line)
        while kept and not kept[-1][0].strip():
            kept.pop()
        out += [written(text, style) for text, style in kept]
        out.append("\n")
    return "".join(out)


def _joined(line: Line) -> list[Segment]:
    """The line with neighbours of one style as one piece."""
    pieces: list[Segment] = []
    for text, style in line:
        if pieces and pieces[-1][1] == style:
            pieces[-1] = (pieces[-1][0] + text, style)
        else:
            pieces.append((text, style))
    return pieces
