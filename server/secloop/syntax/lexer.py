"""Comments of the languages we carry no grammar for: a linear scan over strings and comments."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct


class Lexicon(Struct, frozen=True):
    """How a family of languages writes comments and strings.

    ``prefix`` starts a comment to the end of the line (empty: none), ``blocks`` are pairs of
    delimiters, ``quotes`` are characters that open and close a string in which ``\\`` escapes.
    """

    prefix: str = ""
    blocks: tuple[tuple[str, str], ...] = ()
    quotes: str = "\"'"
    more_prefixes: tuple[str, ...] = ()


_C = Lexicon("//", (("/*", "*/"),))
_HASH = Lexicon("#")
_BY_LANGUAGE: dict[str, Lexicon] = {
    **dict.fromkeys(
        [
            "apex",
            "c",
            "cpp",
            "csharp",
            "dart",
            "go",
            "gosu",
            "hack",
            "java",
            "kotlin",
            "move_on_sui",
            "move_on_aptos",
            "objc",
            "protobuf",
            "rust",
            "scala",
            "solidity",
            "swift",
            "jsonnet",
            "cairo",
            "circom",
            "fga",
        ],
        _C,
    ),
    "php": Lexicon("//", (("/*", "*/"),), more_prefixes=("#",)),
    "terraform": Lexicon("#", (("/*", "*/"),), quotes='"', more_prefixes=("//",)),
    **dict.fromkeys(["bash", "elixir", "julia", "powershell", "r", "ruby", "promql"], _HASH),
    "clojure": Lexicon(";", quotes='"'),
    "lisp": Lexicon(";", (("#|", "|#"),), quotes='"'),
    "scheme": Lexicon(";", (("#|", "|#"),), quotes='"'),
    "lua": Lexicon("--", (("--[[", "]]"),)),
    "ocaml": Lexicon("", (("(*", "*)"),), quotes='"'),
    "html": Lexicon("", (("<!--", "-->"),), quotes=""),
    "xml": Lexicon("", (("<!--", "-->"),), quotes=""),
    "vue": Lexicon("//", (("/*", "*/"), ("<!--", "-->"))),
}
# Files that only generic and regex rules look at, by the end of their name.
_BY_SUFFIX: dict[str, Lexicon] = {
    **dict.fromkeys(
        (".toml", ".cfg", ".conf", ".env", ".properties", ".mk", "Makefile", ".gitignore", ".txt", ".tpl"),
        Lexicon("#", quotes=""),
    ),
    ".ini": Lexicon(";", quotes="", more_prefixes=("#",)),
    ".sql": Lexicon("--", (("/*", "*/"),)),
    ".css": Lexicon("", (("/*", "*/"),)),
    ".scss": _C,
    ".gradle": _C,
    ".groovy": _C,
    ".md": Lexicon("", (("<!--", "-->"),), quotes=""),
    ".pl": _HASH,
}
_NONE = Lexicon(quotes="")


def lexicon_for(path: str, languages: tuple[str, ...]) -> Lexicon:
    """The lexicon for a file by its languages, else by its name; one without comments if unknown."""
    for language in languages:
        if language in _BY_LANGUAGE:
            return _BY_LANGUAGE[language]
    name = path.rsplit("/", 1)[-1]
    for suffix, lexicon in _BY_SUFFIX.items():
        if name.endswith(suffix) or (name.startswith(f"{suffix}.") and suffix == ".env"):
            return lexicon
    return _NONE


@cache
def _scanner(lexicon: Lexicon) -> re.Pattern[str] | None:
    """Strings, block comments and line comments; every branch consumes without backtracking into another."""
    branches = [
        rf"(?P<block{index}>{re.escape(opening)})" for index, (opening, _) in enumerate(lexicon.blocks)
    ]
    prefixes = [prefix for prefix in (lexicon.prefix, *lexicon.more_prefixes) if prefix]
    if prefixes:
        branches.append(f"(?P<line>(?:{'|'.join(map(re.escape, prefixes))})[^\n]*)")
    if not branches:
        return None
    branches += [rf"{quote}(?:[^{quote}\\\n]|\\.)*{quote}?" for quote in lexicon.quotes]
    return re.compile("|".join(branches))


def lex_comments(lexicon: Lexicon, text: str) -> list[tuple[int, int]]:
    """Byte spans of the comments in a text with ``\\n`` line ends; an unclosed block runs to the end."""
    scanner = _scanner(lexicon)
    if scanner is None:
        return []
    spans: list[tuple[int, int]] = []
    at = 0
    while (found := scanner.search(text, at)) is not None:
        at = max(found.end(), found.start() + 1)
        kind = found.lastgroup
        if kind is None:
            continue
        if kind.startswith("block"):
            closing = lexicon.blocks[int(kind.removeprefix("block"))][1]
            stop = text.find(closing, found.end())
            at = len(text) if stop < 0 else stop + len(closing)
        spans.append((found.start(), at))
    if text.isascii():
        return spans
    return _to_bytes(text, spans)


def _to_bytes(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    result: list[tuple[int, int]] = []
    code_points = offset = 0
    for start, end in spans:
        first = offset + len(text[code_points:start].encode("utf-8"))
        offset = first + len(text[start:end].encode("utf-8"))
        code_points = end
        result.append((first, offset))
    return result
