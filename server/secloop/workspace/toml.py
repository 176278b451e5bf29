"""TOML with the line of every key: tomli reads the values, a scan over the valid text finds the lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

Key = tuple[str | int, ...]
"""The way to a value: table keys, and 0-based indices into arrays."""

_MAX_PARTS = 64
_SPACE = re.compile(r"(?:[ \t]|#[^\n]*)*")
_SPACE_AND_LINES = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[^\s,\]}#]+(?:[ \t]+[0-9:.+\-Zz]+(?=[\s,\]}#]|$))?")
_KEY_PART = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")
_STRINGS = tuple(
    (quote, re.compile(pattern, re.DOTALL))
    for quote, pattern in (
        ('"""', r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'),
        ("'''", r"'''(?:[^']|'(?!''))*'{3,5}"),
        ('"', r'"(?:[^"\\]|\\.)*"'),
        ("'", r"'[^']*'"),
    )
)


class TomlError(ValueError):
    """The text is not TOML; ``line`` is 1-based, 0 when unknown."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class Toml(Struct, frozen=True):
    """A TOML document's values, and the 1-based line of each key and array element."""

    values: Mapping[str, Any]
    lines: Mapping[Key, int]

    def line(self, key: Key) -> int:
        """The line of a key, or of the nearest thing around it that has one; 0 if nothing has."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 0)


def parse_toml(data: bytes) -> Toml:
    """Read a TOML file.

    Raises:
        TomlError: if it is not TOML in UTF-8.
    """
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        raise TomlError("the file is not UTF-8", data.count(b"\n", 0, error.start) + 1) from None
    import tomli  # only where there is a configuration

    try:
        values = tomli.loads(text)
        lines = _Lines(text).lines
    except tomli.TOMLDecodeError as error:
        raise TomlError(error.msg, error.lineno) from None
    except ValueError as error:  # Such as an integer of more digits than Python reads.
        raise TomlError(str(error), 0) from None
    except RecursionError:
        raise TomlError("the values are nested too deep", 0) from None
    return Toml(values, lines)


class _Lines:
    """Walks valid TOML and notes where each key stands."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Key, int] = {}
        self._text = text
        self._at = 0
        self._counted = 0
        self._line = 1
        self._arrays: dict[Key, int] = {}
        self._document()

    def _document(self) -> None:
        table: Key = ()
        self._skip(_SPACE_AND_LINES)
        while self._at < len(self._text):
            if self._peek("[["):
                table = self._header(2, 2)
            elif self._peek("["):
                table = self._header(1, 1)
            else:
                self._pair(table)
            self._skip(_SPACE_AND_LINES)

    def _header(self, opening: int, closing: int) -> Key:
        line = self._here()
        self._at += opening
        name = self._key()
        self._at += closing
        table = self._resolved(name[:-1])
        if opening == 2:
            array = (*table, name[-1])
            self._arrays[array] = self._arrays.get(array, -1) + 1
            self.lines.setdefault(array, line)
            table = (*array, self._arrays[array])
        else:
            table = self._resolved(name)
        self._note(table, line)
        return table

    def _resolved(self, name: tuple[str, ...]) -> Key:
        """A header's name with the index of the latest element behind each array of tables."""
        key: Key = ()
        for part in name:
            key = (*key, part)
            if key in self._arrays:
                key = (*key, self._arrays[key])
        return key

    def _pair(self, table: Key) -> None:
        line = self._here()
        key = (*table, *self._key())
        self._note(key, line)
        self._at += 1  # the equals sign
        self._skip(_SPACE)
        self._value(key)

    def _key(self) -> tuple[str, ...]:
        import tomli

        parts: list[str] = []
        while True:
            self._skip(_SPACE)
            found = self._match(_KEY_PART)
            parts.append(tomli.loads(f"{found} = 0").popitem()[0] if found[0] in "\"'" else found)
            if len(parts) > _MAX_PARTS:
                raise ValueError(f"a key has more than {_MAX_PARTS} parts")
            self._skip(_SPACE)
            if not self._peek("."):
                return tuple(parts)
            self._at += 1

    def _value(self, key: Key) -> None:
        if self._peek("["):
            self._array(key)
        elif self._peek("{"):
            self._inline_table(key)
        else:
            pattern = next((each for quote, each in _STRINGS if self._peek(quote)), _BARE)
            self._match(pattern)

    def _array(self, key: Key) -> None:
        self._at += 1
        self._skip(_SPACE_AND_LINES)
        index = 0
        while not self._peek("]"):
            item = (*key, index)
            self.lines[item] = self._here()
            self._value(item)
            index += 1
            self._comma()
        self._at += 1

    def _inline_table(self, key: Key) -> None:
        self._at += 1
        self._skip(_SPACE_AND_LINES)
        while not self._peek("}"):
            self._pair(key)
            self._comma()
        self._at += 1

    def _comma(self) -> None:
        self._skip(_SPACE_AND_LINES)
        if self._peek(","):
            self._at += 1
            self._skip(_SPACE_AND_LINES)

    def _note(self, key: Key, line: int) -> None:
        for length in range(1, len(key) + 1):
            self.lines.setdefault(key[:length], line)

    def _peek(self, text: str) -> bool:
        return self._text.startswith(text, self._at)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        self._match(pattern)

    def _match(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise ValueError(f"line {self._here()} is written in a way that secloop does not know")
        self._at = found.end()
        return found.group()

    def _here(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line
