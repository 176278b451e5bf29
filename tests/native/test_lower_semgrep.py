"""The lowered tree is semgrep-core's: its shape as dumped, its ranges as it reports what ``$X`` matches."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import tree_sitter
import tree_sitter_python
from python_syntax import CLASSIC, MODERN
from semgrep_tree import CORE, engine_form, semgrep_form

from secloop.engine.native import nodes as n
from secloop.engine.native.dialect import is_modern
from secloop.engine.native.lower import lower_module
from secloop.engine.native.nodes import Node

_PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_python.language()))
_EXPRESSIONS = frozenset(
    (
        *(n.NAME, n.INT, n.FLOAT, n.IMAGINARY, n.STRING, n.BOOL, n.NONE, n.ELLIPSIS, n.ENCODED, n.CONCAT),
        *(n.FORMAT, n.CALL, n.SPREAD, n.ATTRIBUTE, n.INDEX, n.SLICE, n.SLICES, n.OPERATION, n.OPERATOR),
        *(n.COMPARISONS, n.TUPLE, n.LIST, n.SET, n.DICT, n.COMPREHENSION, n.LAMBDA, n.CONDITIONAL, n.AWAIT),
        *(n.YIELD, n.ASSIGN, n.AUGMENTED, n.CAST, n.WITH_ITEM),
    )
)


def _lowered(text: str) -> Node:
    source = text.encode("utf-8")
    tree = _PARSER.parse(source)
    assert not tree.root_node.has_error
    return lower_module(tree, source)


@pytest.mark.parametrize(("text", "modern"), [(CLASSIC, False), (MODERN, True)], ids=["classic", "modern"])
def test_the_shape_is_semgreps(text: str, modern: bool) -> None:
    assert is_modern(_PARSER.parse(text.encode("utf-8")), text.encode("utf-8")) is modern
    expected = semgrep_form(text, "-tree_sitter_only" if modern else "-pfff_only")
    found = engine_form(_lowered(text))
    for made, wanted in zip(found, expected, strict=True):
        assert made == wanted


@pytest.mark.parametrize("text", [CLASSIC, MODERN], ids=["classic", "modern"])
def test_every_expression_has_the_range_that_semgrep_matches_it_with(text: str, tmp_path: Path) -> None:
    # One function around it all: semgrep fails on some statements that stand at the top of a file.
    text = "def outer():\n" + "".join(_indented(text))
    expected = _matches_of_anything(text, tmp_path)
    found = _ranges(_lowered(text))
    source = text.encode("utf-8")
    assert {range_: source[slice(*range_[:2])] for range_ in found - expected} == {}
    assert {range_: source[slice(*range_[:2])] for range_ in expected - found} == {}


def _indented(text: str) -> list[str]:
    """The text a level deeper, leaving alone the lines that a string goes on in."""
    inside: set[int] = set()
    stack = [_PARSER.parse(text.encode("utf-8")).root_node]
    while stack:
        node = stack.pop()
        if node.type == "string":
            inside.update(range(node.start_point.row + 1, node.end_point.row + 1))
        stack.extend(node.children)
    lines = text.splitlines(keepends=True)
    return [line if row in inside or line == "\n" else "    " + line for row, line in enumerate(lines)]


def _matches_of_anything(text: str, folder: Path) -> set[tuple[int, int, int, int]]:
    """Where ``$X`` matches, and what range the metavariable has there."""
    rule = {"id": "r", "languages": ["python"], "severity": "INFO", "message": "$X", "pattern": "$X"}
    rules, code = folder / "rules.json", folder / "code.py"
    rules.write_text(json.dumps({"rules": [rule]}), encoding="utf-8")
    code.write_bytes(text.encode("utf-8"))
    command = [str(CORE), "-rules", str(rules), "-lang", "python", "-json", "-json_nodots", str(code)]
    command += ["-max_match_per_file", "100000"]
    output = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)
    assert output["errors"] == []
    found = set()
    for result in output["results"]:
        bound = result["extra"]["metavars"]["$X"]
        edges = (result["start"], result["end"], bound["start"], bound["end"])
        found.add(tuple(edge["offset"] for edge in edges))
    return found


def _ranges(module: Node) -> set[tuple[int, int, int, int]]:
    found = set()
    for node in module.walk():
        if node.kind in _EXPRESSIONS:
            found.add((*node.span, *node.token_span))
        elif node.kind is n.VARIABLE and isinstance(node.parts[2], Node):
            # The matcher takes it for an assignment, and a plain decorator for a name or call.
            name = node.parts[0]
            assert isinstance(name, Node)
            found |= {node.span * 2, name.span * 2}
        elif node.kind is n.DECORATOR and node.parts[1] is not None:
            name = node.parts[0]
            assert isinstance(name, Node)
            found |= {name.span * 2, (name.span[0], node.span[1]) * 2}
    return found
