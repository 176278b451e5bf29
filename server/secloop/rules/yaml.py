"""Reads YAML and JSON rule files as data with line numbers, within the limits of SPEC 12."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

from yaml import MappingNode, ScalarNode, SequenceNode, YAMLError
from yaml._yaml import CParser

MAX_BYTES = 1_000_000
"""Largest rule file that is read."""
MAX_DEPTH = 64
"""Deepest nesting, after aliases are expanded."""
MAX_NODES = 100_000
"""Most values in a file, after aliases are expanded."""
MAX_TEXT = 4_000_000
"""Most characters in a file's scalars, after aliases are expanded."""
MAX_INTEGER = 2**53 - 1
"""Largest integer that canonical JSON (RFC 8785) can tell from its neighbours."""

Scalar: TypeAlias = "str | int | float | bool | None"
Step: TypeAlias = "str | int"
"""A mapping's key or a sequence's index."""

_STR, _INT, _FLOAT, _BOOL, _NULL, _MERGE = (
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "merge")
)
_MAP, _SEQ = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"

# YAML 1.2, core schema (section 10.3.2): `yes`, `on`, `1:30` and dates are plain text.
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLS = {word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_NUMERIC_START = frozenset("+-.0123456789")


class DataError(ValueError):
    """The bytes are not data that a rule file may hold; ``line`` is 1-based, 0 when unknown."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


@dataclass(slots=True, eq=False)
class Node:
    """A value and the 1-based line where it starts.

    Aliased values are shared, never copied. ``key_lines`` holds, for a mapping, the line of each key.
    """

    value: Scalar | list[Node] | dict[str, Node]
    line: int
    key_lines: dict[str, int] | None = None

    def line_at(self, steps: Sequence[Step]) -> int:
        """The line of the value that ``steps`` lead to, or of the last one of them that exists.

        For a mapping's value that is the line of its key.
        """
        node, line = self, self.line
        for step in steps:
            value = node.value
            if isinstance(value, dict) and step in value:
                line = (node.key_lines or {}).get(str(step), line)
                node = value[str(step)]
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                node = value[step]
                line = node.line
            else:
                break
        return line

    def plain(self) -> Any:
        """The value as plain Python data, aliases expanded."""
        value = self.value
        if isinstance(value, dict):
            return {key: node.plain() for key, node in value.items()}
        if isinstance(value, list):
            return [node.plain() for node in value]
        return value


def load_yaml(data: bytes) -> Node:
    """Read a YAML file of one document.

    Scalars are those of YAML 1.2's core schema, as semgrep reads them. Anchors, aliases and merge keys
    are allowed; duplicate keys, other tags, recursive aliases and numbers that JSON cannot hold are not.

    Raises:
        DataError: if it is not such a file or exceeds a limit.
    """
    text = _decoded(data)
    try:
        root = _Composer(text).get_single_node()
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
        raise DataError(mark.line + 1 if mark else 1, f"not valid YAML: {reason}") from None
    if root is None:
        raise DataError(1, "the file is empty")
    return _within_limits(_Converter().convert(root))


def load_json(data: bytes) -> Node:
    """Read a JSON file under the same limits.

    Raises:
        DataError: if it is not such a file or exceeds a limit.
    """
    return _within_limits(_JsonReader(_decoded(data)).read())


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise DataError(0, f"larger than {MAX_BYTES:,} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(data.count(b"\n", 0, error.start) + 1, "not valid UTF-8") from None


def _within_limits(root: Node) -> Node:
    """Check the size after alias expansion without expanding: each shared node is measured once."""
    measured: dict[int, tuple[int, int, int]] = {}

    def measure(node: Node) -> tuple[int, int, int]:
        known = measured.get(id(node))
        if known is None:
            # The tree is not recursive and, before expansion, no deeper than MAX_DEPTH.
            nodes, depth, text = 1, 0, len(node.value) if isinstance(node.value, str) else 1
            for key, child in _children(node):
                child_nodes, child_depth, child_text = measure(child)
                nodes += child_nodes
                depth = max(depth, child_depth)
                text += child_text + len(key)
            known = measured[id(node)] = (nodes, depth + 1, text)
        return known

    nodes, depth, text = measure(root)
    if nodes > MAX_NODES:
        raise DataError(root.line, f"more than {MAX_NODES:,} values after alias expansion")
    if depth > MAX_DEPTH:
        raise DataError(root.line, f"nested deeper than {MAX_DEPTH} levels after alias expansion")
    if text > MAX_TEXT:
        raise DataError(root.line, f"more than {MAX_TEXT:,} characters after alias expansion")
    return root


def _children(node: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(node.value, dict):
        yield from node.value.items()
    elif isinstance(node.value, list):
        for child in node.value:
            yield "", child


class _Composer(CParser):  # type: ignore[misc]
    """libyaml's composer with our scalars, which stops at a limit before it builds what exceeds it."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        self.depth = 0
        self.nodes = 0

    def descend_resolver(self, parent: Any, index: Any) -> None:
        """Called by libyaml's composer before each node that is not an alias."""
        self.depth += 1
        self.nodes += 1
        if self.depth > MAX_DEPTH or self.nodes > MAX_NODES:
            line = parent.start_mark.line + 1 if parent is not None else 1
            if self.depth > MAX_DEPTH:
                raise DataError(line, f"nested deeper than {MAX_DEPTH} levels")
            raise DataError(line, f"more than {MAX_NODES:,} values")

    def ascend_resolver(self) -> None:
        """Called by libyaml's composer after each node that is not an alias."""
        self.depth -= 1

    def resolve(self, kind: type, value: str, implicit: Any) -> str:
        """The tag of an untagged node (or one tagged ``!``)."""
        if kind is ScalarNode:
            return _scalar_tag(value) if implicit[0] else _STR
        return _SEQ if kind is SequenceNode else _MAP


def _scalar_tag(text: str) -> str:
    if text in _NULLS:
        return _NULL
    if text in _BOOLS:
        return _BOOL
    if text[0] in _NUMERIC_START:
        if _INTEGER.fullmatch(text):
            return _INT
        if _NUMBER.fullmatch(text):
            return _FLOAT
    return _MERGE if text == "<<" else _STR


class _Converter:
    """Turns libyaml's nodes into ours, each shared node once."""

    def __init__(self) -> None:
        self.done: dict[int, Node] = {}
        self.open: set[int] = set()
        self.merged = 0

    def convert(self, node: Any) -> Node:
        known = self.done.get(id(node))
        if known is None:
            if id(node) in self.open:
                raise DataError(node.start_mark.line + 1, "an alias contains itself")
            self.open.add(id(node))
            known = self.done[id(node)] = self._converted(node)
            self.open.discard(id(node))
        return known

    def _converted(self, node: Any) -> Node:
        line = node.start_mark.line + 1
        if isinstance(node, ScalarNode):
            return Node(_scalar(node.tag, node.value, line), line)
        if isinstance(node, SequenceNode):
            _expect_tag(node.tag, _SEQ, line)
            return Node([self.convert(child) for child in node.value], line)
        _expect_tag(node.tag, _MAP, line)
        return self._mapping(node, line)

    def _mapping(self, node: MappingNode, line: int) -> Node:
        value: dict[str, Node] = {}
        key_lines: dict[str, int] = {}
        merged: list[Node] = []
        for key_node, child in node.value:
            key_line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                raise DataError(key_line, "a key must be plain text")
            if key_node.tag == _MERGE:
                merged += self._merge_sources(child, key_line)
                continue
            key = key_node.value
            if key in value:
                raise DataError(key_line, f"duplicate key {key!r} (first on line {key_lines[key]})")
            value[key] = self.convert(child)
            key_lines[key] = key_line
        for source in merged:
            # A merge never replaces a key that stands there or came with an earlier merge.
            assert isinstance(source.value, dict)
            self.merged += len(source.value)
            if self.merged > MAX_NODES:
                raise DataError(line, f"more than {MAX_NODES:,} values after merging")
            for key, child_node in source.value.items():
                if key not in value:
                    value[key] = child_node
                    key_lines[key] = child_node.line
        return Node(value, line, key_lines)

    def _merge_sources(self, node: Any, line: int) -> list[Node]:
        source = self.convert(node)
        sources = source.value if isinstance(source.value, list) else [source]
        if not all(isinstance(each.value, dict) for each in sources):
            raise DataError(line, "`<<` must name a mapping or a list of mappings")
        return sources


def _expect_tag(tag: str, expected: str, line: int) -> None:
    if tag != expected:
        raise DataError(line, f"the tag {tag!r} is not allowed in rule files")


def _scalar(tag: str, text: str, line: int) -> Scalar:
    if tag in (_STR, _MERGE):
        return text
    if tag == _NULL and text in _NULLS:
        return None
    if tag == _BOOL and text in _BOOLS:
        return _BOOLS[text]
    if tag == _INT and _INTEGER.fullmatch(text):
        return _integer(text, line)
    if tag == _FLOAT and _NUMBER.fullmatch(text):
        return _floating(text, line)
    name = tag.replace("tag:yaml.org,2002:", "!!")
    raise DataError(line, f"the tag {name!r} is not allowed in rule files, or does not fit {text[:40]!r}")


def _integer(text: str, line: int) -> int:
    if len(text) > 40:
        raise DataError(line, "an integer with that many digits must be quoted")
    # Base 0 refuses leading zeros, which YAML 1.2 reads as decimal.
    value = int(text, 0) if text[:2] in ("0x", "0o") else int(text)
    if abs(value) > MAX_INTEGER:
        raise DataError(line, f"the integer {text} is too large for JSON; quote it")
    return value


def _floating(text: str, line: int) -> float:
    value = float(text.replace(".inf", "inf").replace(".nan", "nan")) if text[-1] in "fFnN" else float(text)
    if value != value or abs(value) == float("inf"):
        raise DataError(line, f"the number {text[:40]} cannot be written as JSON; quote it")
    return value


_JSON_TOKEN = re.compile(
    r'[ \t\r\n]*(?:([\[\]{}:,])|"((?:[^"\\\x00-\x1f]|\\.)*)"|(-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?)|(true|false|null))'
)
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


class _JsonReader:
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
        found = _JSON_TOKEN.match(self.text, self.at)
        if found is None:
            self._fail("unexpected end" if not self.text[self.at :].strip() else "unexpected character")
        self.at = found.end()
        start = found.start(found.lastindex if found.lastindex not in (4, 5) else 3)
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
        if mark == "{":
            return self._object(depth)
        if mark == "[":
            return self._array(depth)
        if string is not None:
            return Node(self._string(string), self.line)
        if word is not None:
            return Node(_WORDS[word], self.line)
        if number is not None:
            read = _floating if fraction or exponent else _integer
            return Node(read(number, self.line), self.line)
        self._fail(f"unexpected {mark!r}")

    def _string(self, raw: str) -> str:
        if "\\" not in raw:
            return raw
        try:
            text = json.loads(f'"{raw}"')
            text.encode("utf-8")
        except ValueError as error:
            raise DataError(self.line, f"not a valid JSON string ({type(error).__name__})") from None
        assert isinstance(text, str)
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
