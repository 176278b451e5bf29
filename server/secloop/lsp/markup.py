"""Markdown that is safe whatever a rule file says: no HTML, no command links, no images, no broken fences.

Editors render hover text as Markdown and some run ``command:`` links in it; rule messages and metadata come
from the repository, so every character that Markdown gives a meaning is escaped.
"""

from __future__ import annotations

import re

from secloop.lsp.uris import web_link

_SPECIAL = re.compile(r"[\\`*\[\]<>&|~!{}$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_LINE_START = re.compile(r"^(?=[#+\-=>:])|^(\d+)(?=[.)])", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_CODE = re.compile(r"`([^`\n]+)`")


def plain(text: str) -> str:
    """The text without control characters and without those that reorder what is shown."""
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def escape(text: str) -> str:
    """Markdown that shows exactly this text, wherever it is put in a paragraph."""
    lines = (line.strip() for line in plain(text).split("\n"))
    escaped = _SPECIAL.sub(r"\\\g<0>", "\n".join(line for line in lines if line))
    return _LINE_START.sub(lambda found: f"{found.group(1) or ''}\\", escaped)


def prose(text: str) -> str:
    """Markdown of a rule's message: the text as it is, with its `code` in single backticks as code."""
    pieces: list[str] = []
    for number, piece in enumerate(_CODE.split(plain(text))):
        if number % 2:
            pieces.append(f"`{piece}`")
            continue
        before = " " if piece[:1].isspace() else ""
        after = " " if piece[-1:].isspace() else ""
        pieces.append(f"{before}{escape(piece)}{after}" if piece.strip() else before)
    return "".join(pieces)


def link(text: str, url: str) -> str:
    """A link if the address is a plain http(s) one, otherwise the text alone."""
    target = web_link(url)
    if target is None:
        return escape(text)
    for sign in "()[]":
        target = target.replace(sign, f"%{ord(sign):02X}")  # not every renderer reads <…> as it should
    return f"[{escape(text)}](<{target}>)"
