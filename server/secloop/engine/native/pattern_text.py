"""Turns the text of a pattern into Python: names stand for what only a pattern has."""

from __future__ import annotations

import itertools
import keyword
import re
from dataclasses import dataclass
from typing import Final

from secloop.engine.native.errors import InvalidPattern, Unsupported

MARK: Final = "ꙮ"
"""A letter that no pattern contains."""
METAVARIABLE: Final = f"{MARK}M_"
ELLIPSIS_METAVARIABLE: Final = f"{MARK}E_"
TYPED: Final = f"{MARK}T_"
ELLIPSIS: Final = f"{MARK}L"
DEEP: Final = f"{MARK}D"

_TOKEN: Final = re.compile(
    r"""(?P<space>[ \t\f\n]+|\\\n|\#[^\n]*)
    |(?P<string>(?i:[rbuf]{0,3})(?P<quote>'''|\"\"\"|'|"))
    |(?P<deep><\.\.\.)
    |(?P<deep_end>\.\.\.>)
    |(?P<ellipsis>\.\.\.)
    |(?P<spread>\$\.\.\.[\w]*)
    |(?P<variable>\$\w*)
    |(?P<name>[^\W\d]\w*)
    |(?P<other>:=|.)""",
    re.VERBOSE | re.DOTALL,
)
_VARIABLE: Final = re.compile(r"[A-Z_][A-Z_0-9]*")


@dataclass(slots=True)
class _Token:
    """A piece of the pattern and what takes its place."""

    kind: str
    text: str


def pythonic(text: str, *, entries: bool) -> str:
    """The pattern as Python. With ``entries``, an ellipsis in braces stands for an entry of a dictionary.

    Raises:
        InvalidPattern: if what looks like a metavariable is none.
    """
    tokens = _tokens(text, entries=entries)
    _mark(tokens, entries=entries)
    return "".join(token.text for token in tokens)


def _tokens(text: str, *, entries: bool) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        assert found is not None
        kind = found.lastgroup or "other"
        if found.group("string") is not None:
            end = _string_end(
                text, found.end(), found.group("quote"), raw="r" in found.group("string").lower()
            )
            literal = text[at:end]
            if "f" in found.group("string")[: -len(found.group("quote"))].lower():
                literal = _in_fields(literal, entries=entries)
            tokens.append(_Token("string", literal))
            at = end
            continue
        tokens.append(_Token(kind, found.group()))
        at = found.end()
    return tokens


def _string_end(text: str, at: int, quote: str, *, raw: bool) -> int:
    """The end of a string, which runs to the end of the pattern if nothing closes it."""
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text.startswith(quote, at):
            return at + len(quote)
        else:
            at += 1
    return len(text)


def _in_fields(literal: str, *, entries: bool) -> str:
    """The literal with its replacement fields put into Python."""
    result = []
    at = 0
    while at < len(literal):
        opening = literal.find("{", at)
        if opening < 0:
            break
        if literal.startswith("{{", opening):
            result.append(literal[at : opening + 2])
            at = opening + 2
            continue
        end = _closing(literal, opening)
        result.append(literal[at : opening + 1])
        result.append(pythonic(literal[opening + 1 : end], entries=entries))
        at = end
    result.append(literal[at:])
    return "".join(result)


def _closing(literal: str, opening: int) -> int:
    depth = 0
    for at in range(opening, len(literal)):
        if literal[at] in "{[(":
            depth += 1
        elif literal[at] in "}])":
            depth -= 1
            if depth == 0:
                return at
    return len(literal)


def _mark(tokens: list[_Token], *, entries: bool) -> None:
    """Replace, token by token, what is no Python."""
    brackets: list[str] = []
    _check_apart(tokens)
    solid = [place for place, token in enumerate(tokens) if token.kind != "space"]
    for position, place in enumerate(solid):
        token = tokens[place]
        before = tokens[solid[position - 1]].text if position else ""
        after = tokens[solid[position + 1]].text if position + 1 < len(solid) else ""
        if token.kind in ("ellipsis", "spread") and before == "*" and brackets[-1:] == ["{"]:
            raise Unsupported("the pattern has * before an ellipsis in braces")
        if token.kind == "ellipsis":
            entry = entries and brackets[-1:] == ["{"] and before in ("{", ",") and after in ("}", ",")
            token.text = f"**{ELLIPSIS}" if entry else ELLIPSIS
        elif token.kind == "spread":
            token.text = ELLIPSIS_METAVARIABLE + _named(token.text, 4)
        elif token.kind == "variable":
            typed = after == ":" and brackets[-1:] == ["call"] and before in ("(", ",")
            token.text = (TYPED if typed else METAVARIABLE) + _named(token.text, 1)
            if typed:
                tokens[solid[position + 1]].text = "="
        elif token.kind == "deep":
            token.text = f"{DEEP}("
            brackets.append("(")
        elif token.kind == "deep_end":
            token.text = ")"
            if brackets:
                brackets.pop()
        elif token.text in ("(", "[", "{"):
            brackets.append(_bracket(tokens, solid, position))
        elif token.text in (")", "]", "}") and brackets:
            brackets.pop()
        elif token.text == "lambda":
            brackets.append("lambda")
        elif token.text == ":" and brackets[-1:] == ["lambda"]:
            brackets.pop()


_SPECIAL: Final = frozenset(("ellipsis", "spread", "variable"))


def _check_apart(tokens: list[_Token]) -> None:
    """What stands for something else must not run into a word, or their names would become one."""
    for left, right in itertools.pairwise(tokens):
        if left.kind in _SPECIAL and (right.kind in _SPECIAL or right.kind == "name" or right.text.isalnum()):
            raise InvalidPattern(f"{left.text!r} runs into {right.text!r}")
        if right.kind in _SPECIAL and (left.kind == "name" or left.text.isalnum()):
            raise InvalidPattern(f"{left.text!r} runs into {right.text!r}")


def _bracket(tokens: list[_Token], solid: list[int], position: int) -> str:
    """Which bracket it is; "call" for one that encloses arguments."""
    text = tokens[solid[position]].text
    if text != "(" or not position:
        return text
    before = tokens[solid[position - 1]]
    if position > 1 and tokens[solid[position - 2]].text in ("def", "class"):
        return text
    called = before.kind == "variable" or before.text in (")", "]")
    called = called or (before.kind == "name" and not keyword.iskeyword(before.text))
    return "call" if called else text


def _named(text: str, skip: int) -> str:
    name = text[skip:]
    if not _VARIABLE.fullmatch(name):
        raise InvalidPattern(f"{text!r} is neither a valid identifier in Python nor a valid metavariable")
    return name
