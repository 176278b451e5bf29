"""Smaller Python texts made from a larger one, for reducing what shows a difference; not all of them parse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import tree_sitter
from compared_engines import parse

_LISTS = frozenset(
    [
        "argument_list",
        "parameters",
        "lambda_parameters",
        "list",
        "tuple",
        "set",
        "dictionary",
        "expression_list",
        "pattern_list",
        "subscript",
        "with_clause",
        "string",
        "concatenated_string",
    ]
)
_LEAVES = ("x", "1")


def smaller_texts(data: bytes) -> Iterator[bytes]:
    """Texts with something left out or simplified, those that lack most first."""
    tree = parse(data)
    dense = b"\n".join(line for line in data.splitlines() if line.strip())
    if dense != data:
        yield dense
    yield from _without_statements(data, tree.root_node)
    yield from _unwrapped(data, tree.root_node)
    yield from _without_elements(data, tree.root_node)
    yield from _simplified(data, tree.root_node)


def _walk(node: tree_sitter.Node) -> Iterator[tree_sitter.Node]:
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(current.children))


def _without_statements(data: bytes, root: tree_sitter.Node) -> Iterator[bytes]:
    """Leave out runs of statements, long runs first."""
    suites = [node for node in _walk(root) if node.type in {"module", "block"}]
    runs: list[tuple[int, int, bytes]] = []
    for suite in suites:
        statements = suite.named_children
        size = len(statements)
        while size:
            for at in range(0, len(statements), size):
                part = statements[at : at + size]
                everything = len(part) == len(statements) and suite.type == "block"
                runs.append((part[0].start_byte, part[-1].end_byte, b"pass" if everything else b""))
            size //= 2
    for start, end, instead in sorted(runs, key=lambda run: run[0] - run[1]):
        if data[start:end] != instead:
            yield _cut(data, start, end, instead)


def _cut(data: bytes, start: int, end: int, instead: bytes) -> bytes:
    """The text without a range, and without the line that nothing else is on."""
    if not instead:
        line = data.rfind(b"\n", 0, start) + 1
        following = data.find(b"\n", end)
        following = len(data) if following < 0 else following + 1
        if not data[line:start].strip() and not data[end:following].strip():
            return data[:line] + data[following:]
    return data[:start] + instead + data[end:]


def _unwrapped(data: bytes, root: tree_sitter.Node) -> Iterator[bytes]:
    """A compound statement's body in place of it, and what it decorates without its decorators."""
    for node in _walk(root):
        if node.type == "block" and node.parent is not None:
            outer = node.parent
            while outer.type.endswith("_clause") and outer.parent is not None:
                outer = outer.parent
            shift = node.start_point[1] - outer.start_point[1]
            body = data[node.start_byte : node.end_byte]
            if node.start_point[0] != outer.start_point[0] and shift > 0:
                body = body.replace(b"\n" + b" " * shift, b"\n")
            yield data[: outer.start_byte] + body + data[outer.end_byte :]
        if node.type == "decorated_definition":
            definition = node.child_by_field_name("definition")
            if definition is not None:
                yield data[: node.start_byte] + data[definition.start_byte :]
        if node.type in {"comment", "type"} or node.type.endswith("_clause"):
            yield _cut(data, node.start_byte, node.end_byte, b"")
        if node.type == "type" and node.prev_sibling is not None:
            yield data[: node.prev_sibling.start_byte] + data[node.end_byte :]


def _without_elements(data: bytes, root: tree_sitter.Node) -> Iterator[bytes]:
    """Leave out elements of lists with commas, and of strings."""
    for node in _walk(root):
        if node.type not in _LISTS:
            continue
        elements = node.named_children[1:] if node.type == "subscript" else node.named_children
        if node.type == "string":
            elements = [child for child in elements if child.type in {"interpolation", "string_content"}]
        for element in elements:
            following = element.next_sibling
            previous = element.prev_sibling
            if following is not None and following.type == ",":
                after = following.next_sibling
                yield data[: element.start_byte] + data[(after or following).start_byte :]
            elif previous is not None and previous.type == ",":
                yield data[: previous.start_byte] + data[element.end_byte :]
            else:
                yield data[: element.start_byte] + data[element.end_byte :]


def _simplified(data: bytes, root: tree_sitter.Node) -> Iterator[bytes]:
    """An expression in place of one that it is part of, or a plain name in place of any."""
    for node in _walk(root):
        if not _is_expression(node):
            continue
        inner: Sequence[tree_sitter.Node] = node.named_children
        if node.type == "call":
            inner = [*node.named_children[:1], *node.named_children[1].named_children]
        for child in inner:
            if _is_expression(child):
                yield (
                    data[: node.start_byte] + data[child.start_byte : child.end_byte] + data[node.end_byte :]
                )
        if node.end_byte - node.start_byte > 1:
            for leaf in _LEAVES:
                yield data[: node.start_byte] + leaf.encode() + data[node.end_byte :]


_EXPRESSIONS = frozenset(
    [
        "attribute",
        "await",
        "binary_operator",
        "boolean_operator",
        "call",
        "comparison_operator",
        "conditional_expression",
        "dictionary",
        "concatenated_string",
        "dictionary_comprehension",
        "false",
        "float",
        "generator_expression",
        "identifier",
        "integer",
        "lambda",
        "list",
        "list_comprehension",
        "named_expression",
        "none",
        "not_operator",
        "parenthesized_expression",
        "set",
        "set_comprehension",
        "string",
        "subscript",
        "true",
        "tuple",
        "unary_operator",
        "yield",
        "expression_list",
    ]
)


def _is_expression(node: tree_sitter.Node) -> bool:
    return node.is_named and node.type in _EXPRESSIONS
