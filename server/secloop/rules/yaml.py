"""Reads YAML rule files as values with line numbers, within the limits of SPEC 12."""

from __future__ import annotations

import re
from typing import Any

from yaml import MappingNode, ScalarNode, SequenceNode, YAMLError
from yaml._yaml import CParser
from yaml.reader import ReaderError

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

_STR, _INT, _FLOAT, _BOOL, _NULL, _MERGE = (
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "merge")
)
_MAP, _SEQ = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"

# YAML 1.2, core schema (section 10.3.2): `yes`, `on`, `1:30` and dates are plain text.
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLS = {word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_NUMBER = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_NUMERIC_START = frozenset("+-.0123456789")


def load_yaml(data: bytes) -> Node:
    """Read a YAML file of one document.

    Scalars are those of YAML 1.2's core schema, as semgrep reads them. Anchors, aliases and merge keys
    are allowed; duplicate keys, other tags, recursive aliases and numbers that JSON cannot hold are not.

    Raises:
        DataError: if it is not such a file or exceeds a limit.
    """
    text = decoded(data)
    try:
        root = _Composer(text).get_single_node()
    except YAMLError as error:
        raise _data_error(error, text) from None
    if root is None:
        raise DataError(1, "the file is empty")
    return within_limits(_Converter().convert(root))


def _data_error(error: YAMLError, text: str) -> DataError:
    if isinstance(error, ReaderError):
        before = text.encode("utf-8")[: error.position]
        return DataError(before.count(b"\n") + 1, f"not valid YAML: {error.reason}")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = (getattr(error, name, None) for name in ("context", "problem"))
    reason = " ".join(part for part in said if part) or "cannot be read"
    return DataError(mark.line + 1 if mark else 1, f"not valid YAML: {reason}")


class _Composer(CParser):
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
        """The tag of a node that names none."""
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
        merged: list[dict[str, Node]] = []
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
            self.merged += len(source)
            if self.merged > MAX_NODES:
                raise DataError(line, f"more than {MAX_NODES:,} values after merging")
            for key, child_node in source.items():
                if key not in value:
                    value[key] = child_node
                    key_lines[key] = child_node.line
        return Node(value, line, key_lines)

    def _merge_sources(self, node: Any, line: int) -> list[dict[str, Node]]:
        source = self.convert(node)
        sources = source.value if isinstance(source.value, list) else [source]
        mappings = [each.value for each in sources if isinstance(each.value, dict)]
        if len(mappings) < len(sources):
            raise DataError(line, "`<<` must name a mapping or a list of mappings")
        return mappings


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
        return integer(text, line)
    if tag == _FLOAT and _NUMBER.fullmatch(text):
        return floating(text, line)
    name = tag.replace("tag:yaml.org,2002:", "!!")
    raise DataError(line, f"the tag {name!r} is not allowed in rule files, or does not fit {text[:40]!r}")
