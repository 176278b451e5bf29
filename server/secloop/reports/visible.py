"""Text from a repository made harmless to show: nothing in it can move a cursor, hide or reorder text."""

from __future__ import annotations

import re

# Listed by hand and not asked of unicodedata, whose answers change with Python's version: controls, lone
# surrogates, bidirectional and other invisible format characters, fillers, tags and non-characters.
# The joiners U+200C and U+200D and the variation selectors U+FE00-FE0F stay: writing and emoji need them.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
_UNSAFE_BUT_BREAKS = re.compile(_UNSAFE.pattern.replace("[\x00-\x1f", "[\x00-\x08\x0b-\x1f"))


def visible(text: str) -> str:
    """One line in which every unsafe character is shown: ``␛`` for escape, ``<U+202E>`` for an override."""
    return _UNSAFE.sub(_picture, text)


def visible_lines(text: str) -> str:
    """As `visible`, but tabs and line ends (as ``\\n``) are kept."""
    return _UNSAFE_BUT_BREAKS.sub(_picture, text.replace("\r\n", "\n").replace("\r", "\n"))


def _picture(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"<U+{code:04X}>"


def one_line(text: str) -> str:
    """Text with every run of white space, line ends included, as one space, and made `visible`."""
    return visible(" ".join(text.split()))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a message, each as `one_line`; empty ones are left out."""
    parts = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return [line for line in map(one_line, parts) if line]


def first_sentence(text: str) -> str:
    """The first sentence of a message's first paragraph, as `one_line`."""
    first = next(iter(paragraphs(text)), "")
    found = re.match(r".+?[.!?](?=\s|$)", first)
    return found.group() if found else first
