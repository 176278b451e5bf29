"""Reads JSON rule files as values with line numbers, within the limits of SPEC 12."""

from __future__ import annotations

import json
import re
from typing import NoReturn

from secloop.rules.nodes import (
    MAX_DEPTH,
    MAX_NODES,
    DataError,
    Node,
    Scalar,
    decoded,
    floating,
    integer,
    within_limits,
)


def load_json(data: bytes) -> Node:
    """Read a JSON file under the same limits.

    Raises:
        DataError: if it is not such a file or exceeds a limit.
    """
    return within_limits(_Reader(decoded(data)).read())


_TOKEN = re.compile(
    r"[ \t\r\n]*(?:(?P<mark>[\[\]{}:,])"
    r'|"(?P<string>(?:[^"\\\x00-\x1f]|\\.)*)"'
    r"|(?P<number>-?(?:0|[1-9][0-9]*)(?P<fraction>\.[0-9]+)?(?P<exponent>[eE][-+]?[0-9]+)?)"
    r"|(?P<word>true|false|null))"
)
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


class _Reader:
    """A JSON parser (RFC 8259) that keeps lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.counted = 0
        self.nodes = 0

    def read(self) -> Node:
        node = self._value(self._token(), 1)
        if self.text[self.at :].strip(" \t\r\n"):
            self._fail("unexpected text after the end")
        return node

    def _fail(self, reason: str) -> NoReturn:
        rest = self.text[self.at :]
        start = self.at + len(rest) - len(rest.lstrip(" \t\r\n"))
        raise DataError(self.text.count("\n", 0, start) + 1, f"not valid JSON: {reason}")

    def _token(self) -> re.Match[str]:
        found = _TOKEN.match(self.text, self.at)
        if found is None:
            self._fail("unexpected end" if not self.text[self.at :].strip() else "unexpected character")
        self.at = found.end()
        start = found.end() - len(found[0].lstrip(" \t\r\n"))
        self.line += self.text.count("\n", self.counted, start)
        self.counted = start
        return found

    def _value(self, token: re.Match[str], depth: int) -> Node:
        self.nodes += 1
        if depth > MAX_DEPTH:
            raise DataError(self.line, f"nested deeper than {MAX_DEPTH} levels")
        if self.nodes > MAX_NODES:
            raise DataError(self.line, f"more than {MAX_NODES:,} values")
        mark, string, number, fraction, exponent, word = token.groups()
        value: Scalar
        if mark == "{":
            return self._object(depth)
        if mark == "[":
            return self._array(depth)
        if string is not None:
            value = self._string(string)
        elif word is not None:
            value = _WORDS[word]
        elif number is not None:
            value = (floating if fraction or exponent else integer)(number, self.line)
        else:
            self._fail(f"unexpected {mark!r}")
        return Node(value, self.line)

    def _string(self, raw: str) -> str:
        if "\\" not in raw:
            return raw
        try:
            text = str(json.loads(f'"{raw}"'))
            text.encode("utf-8")
        except json.JSONDecodeError:
            raise DataError(self.line, "a string has an unknown escape") from None
        except UnicodeEncodeError:
            raise DataError(self.line, "a string has half of a surrogate pair") from None
        return text

    def _array(self, depth: int) -> Node:
        line = self.line
        items: list[Node] = []
        token = self._token()
        while token[1] != "]" or items:
            items.append(self._value(token, depth + 1))
            token = self._token()
            if token[1] == "]":
                break
            if token[1] != ",":
                self._fail("expected ',' or ']'")
            token = self._token()
        return Node(items, line)

    def _object(self, depth: int) -> Node:
        line = self.line
        value: dict[str, Node] = {}
        key_lines: dict[str, int] = {}
        token = self._token()
        while token[1] != "}" or value:
            if token[2] is None:
                self._fail("expected a string as key")
            key, key_line = self._string(token[2]), self.line
            if key in value:
                raise DataError(key_line, f"duplicate key {key!r} (first on line {key_lines[key]})")
            if self._token()[1] != ":":
                self._fail("expected ':'")
            value[key] = self._value(self._token(), depth + 1)
            key_lines[key] = key_line
            token = self._token()
            if token[1] == "}":
                break
            if token[1] != ",":
                self._fail("expected ',' or '}'")
            token = self._token()
        return Node(value, line, key_lines)
