"""Values with line numbers, as rule files hold them, and the limits of SPEC 12 that they keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from msgspec import Struct

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


class DataError(ValueError):
    """The bytes are not data that a rule file may hold; ``line`` is 1-based, 0 when unknown."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


class Node(Struct, eq=False):
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


def decoded(data: bytes) -> str:
    """The text of a rule file: UTF-8, with or without a byte order mark.

    Raises:
        DataError: if it is too large or not UTF-8.
    """
    if len(data) > MAX_BYTES:
        raise DataError(0, f"larger than {MAX_BYTES:,} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(data.count(b"\n", 0, error.start) + 1, "not valid UTF-8") from None


def within_limits(root: Node) -> Node:
    """Check the size after alias expansion without expanding: each shared node is measured once.

    Raises:
        DataError: if it exceeds a limit.
    """
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


def integer(text: str, line: int) -> int:
    """An integer in decimal, or with the prefix ``0x`` or ``0o``.

    Raises:
        DataError: if canonical JSON cannot hold it.
    """
    if len(text) > 40:
        raise DataError(line, "an integer with that many digits must be quoted")
    # Base 0 refuses leading zeros, which YAML 1.2 reads as decimal.
    value = int(text, 0) if text[:2] in ("0x", "0o") else int(text)
    if abs(value) > MAX_INTEGER:
        raise DataError(line, f"the integer {text} is too large for JSON; quote it")
    return value


def floating(text: str, line: int) -> float:
    """A decimal number, ``.inf`` or ``.nan``.

    Raises:
        DataError: if JSON cannot hold it.
    """
    value = float(text.replace(".inf", "inf").replace(".nan", "nan")) if text[-1] in "fFnN" else float(text)
    if value != value or abs(value) == float("inf"):
        raise DataError(line, f"the number {text[:40]} cannot be written as JSON; quote it")
    return value
