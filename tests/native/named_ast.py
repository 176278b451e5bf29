"""What semgrep-core says each identifier of a text stands for and is worth, and what the engine says, in the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from semgrep_tree import dump, parsed

from secloop.engine.native import nodes as n
from secloop.engine.native.nodes import Node

_TOKEN = re.compile(
    r'\{\s*token=\s*OriginTok\(\s*\{\s*str=\s*".*?";\s*bytepos=\s*(\d+);\s*line=\s*\d+;\s*column=\s*\d+;'
    r'\s*file=\s*"[^"]*";\s*\}\s*\);\s*\}',
    re.DOTALL,
)
_FAKE = re.compile(r'\{\s*token=\s*FakeTok\(\s*"[^"]*",\s*None\s*\);\s*\}', re.DOTALL)
_FAKE_AT = re.compile(r'\{\s*token=\s*FakeTok\(\s*"",\s*Some\(\(\{.*?\},\s*-?\d+\)\)\s*\);\s*\}', re.DOTALL)
_PLACE = r"(?:\d+|\(\))"
_PLACE = r"\s*(?:\d+|\(\))"
_STRING = re.compile(rf'String\(\s*\({_PLACE},\s*\(\s*"([^"]*)",{_PLACE}\),{_PLACE}\)\)')
_KINDS = {
    "LocalVar": "local",
    "Parameter": "parameter",
    "Global": "global",
    "ImportedModule": "module",
    "ImportedEntity": "entity",
}
_TYPES = {"Cstr": "str", "Cint": "int", "Cbool": "bool", "Cany": "any"}
_LITERALS = {
    "Text": n.STRING,
    "Int": n.INT,
    "Float": n.FLOAT,
    "Bool": n.BOOL,
    "Null": n.NONE,
    "Imag": n.IMAGINARY,
}


class Meaning(NamedTuple):
    """What an identifier stands for and is worth.

    Attributes:
        kind: as in `names.Resolved`, with the full name of an import, or "".
        variable: which of the variables of the file, by their first place; "" for none.
        value: the kind and text of its constant value, or "".
    """

    kind: str
    variable: str
    value: str


Meanings = dict[tuple[int, str], Meaning]
"""By the byte where the identifier stands, and its text."""


def semgrep_meanings(source: str) -> Meanings:
    """As semgrep-core has it."""
    text = dump(source, "-full_token_info", what="-dump_named_ast")
    assert text, "semgrep-core refuses it"
    for token in (_FAKE_AT, _FAKE):
        text = token.sub("()", text)
    found: Meanings = {}
    variables: dict[tuple[str, str], str] = {}
    seen = set()
    text = _STRING.sub(lambda string: f"Text(x{string[1].encode().hex()})", _TOKEN.sub(r"\1", text))
    for name, place, info in sorted(_identifiers(parsed(text)), key=lambda one: one[1]):
        if info["id_info_id"] in seen or name in ("Self", "Cls"):
            continue
        seen.add(info["id_info_id"])
        kind, number = _resolved(info["id_resolved"])
        variable = variables.setdefault((name, number), f"{name}@{place}") if number else ""
        found[place, name] = Meaning(kind, variable, _value(info["id_svalue"][1]))
    return found


def _identifiers(value: Any) -> Iterator[tuple[str, int, dict[str, Any]]]:
    if isinstance(value, dict):
        if "pinfo" in value and value["pname"][0] == "Some":
            _, name, place = value["pname"]
            yield name, int(place[1]), value["pinfo"]
        for one in value.values():
            yield from _identifiers(one)
    elif isinstance(value, list):
        for one in value:
            yield from _identifiers(one)
    elif isinstance(value, tuple):
        if len(value) >= 2 and isinstance(value[-1], dict) and "id_info_id" in value[-1]:
            named = value[-2]
            if isinstance(named, tuple) and len(named) == 3 and isinstance(named[2], tuple):
                yield named[1], int(named[2][1]), value[-1]
        else:
            for one in value:
                yield from _identifiers(one)


def _resolved(reference: Any) -> tuple[str, str]:
    """The kind of a name, and the number of its variable unless it is an import."""
    if reference[1] == ("None",):
        return "", ""
    _, kind, (_, number) = reference[1]
    if len(kind) == 1:
        return _KINDS[kind[0]], number
    return f"{_KINDS[kind[0]]} {'.'.join(kind[1])}", ""


def _value(value: Any) -> str:
    if value[0] == "Cst":
        return f"{n.CONSTANT} {_TYPES[value[1][0]]}"
    if value[0] != "Lit" or value[1][0] == "Unit":
        return ""
    kind, content = _LITERALS[value[1][0]], value[1][1]
    if kind is n.STRING:
        return f"{kind} {bytes.fromhex(content[0][1:]).decode()}"
    if kind is n.INT:
        return f"{kind} {content[1][1]}" if content[0] == "Some" else f"{kind} large"
    return f"{kind} {content[0].capitalize()}" if kind is n.BOOL else kind


def engine_meanings(module: Node) -> Meanings:
    """As the engine has it."""
    found: Meanings = {}
    variables: dict[tuple[str, Any], str] = {}
    for node in sorted(_named(module), key=lambda one: one.token_span):
        place, resolved = node.token_span[0], node.resolved
        variable = kind = ""
        if resolved is not None:
            kind = " ".join([resolved.kind, *([".".join(resolved.path)] if resolved.path else [])])
            if not resolved.path:
                variable = variables.setdefault((node.text, resolved), f"{node.text}@{place}")
        found[place, node.text] = Meaning(kind, variable, _worth(node.constant))
    return found


def _named(module: Node) -> Iterator[Node]:
    return (node for node in module.walk() if node.kind in (n.NAME, n.IDENTIFIER, n.PATTERN_NAME))


def _worth(constant: Node | None) -> str:
    if constant is None:
        return ""
    kind, text = constant.kind, constant.text
    if kind is n.INT and not -(2**63) <= int(text) < 2**63:
        text = "large"
    return f"{kind} {text}" if kind in (n.STRING, n.INT, n.BOOL, n.CONSTANT) else kind
