"""What is looked at in a tree, and how far."""

from __future__ import annotations

import pytest
from matches import tree

from secloop.engine.native import match_run
from secloop.engine.native import nodes as n
from secloop.engine.native.errors import Unsupported
from secloop.engine.native.index import Index
from secloop.engine.native.match import Matcher, Options, StepsExceeded, compile_pattern
from secloop.engine.native.patterns import parse_pattern

CODE = """\
import os
from subprocess import run as start

def f(cmd):
    start(cmd)
    return os.system(cmd)

class C:
    def g(self):
        os.system("ls")

os.system(x)
"""


def matcher(pattern: str) -> Matcher:
    return compile_pattern(parse_pattern(pattern), Options())


def test_calls_are_looked_up_by_name_through_imports() -> None:
    index = Index(tree(CODE))
    assert len(index.calls("system")) == 3
    assert len(index.calls("run")) == len(index.calls("start")) == 1


@pytest.mark.parametrize(
    ("pattern", "there"),
    [
        ("os.system(...)", True),
        ("subprocess.run(...)", True),
        ("subprocess.call(...)", False),
        ('f("ls")', True),
        ('f("rm")', False),
        ("$X = $Y", False),
        ("$X(...)", True),
    ],
)
def test_anchors_say_whether_a_match_is_possible(pattern: str, there: bool) -> None:
    assert matcher(pattern).anchors.in_index(Index(tree(CODE))) is there


@pytest.mark.parametrize(
    "pattern", ["os.system($X)", "$X", "def $F(...): ...", "$S\n...", "class $C: ...", "return $X"]
)
def test_the_indexes_of_chunks_serve_for_a_module(pattern: str) -> None:
    module = tree(CODE)
    chunks = [Index(node) for node in module.walk() if node.kind is n.FUNCTION]
    whole = matcher(pattern).find(Index(module))
    parts = matcher(pattern).find(Index(module, chunks=chunks))
    assert sorted(match.span for match in parts) == sorted(match.span for match in whole)


def test_what_can_span_chunks_says_so() -> None:
    local = ["f(...)", "def $F(...): ...", "return $X", "import a"]
    spanning = ["$S\n...", "class $C: ...", "if $X: ...", "try: ...\nexcept: ..."]
    assert [matcher(pattern).chunk_local for pattern in local + spanning] == [True] * 4 + [False] * 4


def test_matches_move_with_their_chunk() -> None:
    module = tree(CODE)
    chunk = next(node for node in module.walk() if node.kind is n.FUNCTION)
    (match,) = matcher("os.system($X)").find(Index(chunk))
    start, end = match.span
    chunk.base.offset += 10
    assert match.span == (start + 10, end + 10)


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("f(..., $A, ..., $B, ..., $C, ..., $D)", "f(" + ", ".join(f"a{i}" for i in range(200)) + ")\n"),
        ("$X | $Y | $Z", " | ".join("abcdefghijklmnopqrstuvwxyz") + "\n"),
        ("$A = $B\n...\n$C = $D\n...\n$E = $F", "".join(f"a{i} = {i}\n" for i in range(2000))),
    ],
)
def test_a_search_out_of_proportion_ends_with_an_error(
    pattern: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(match_run, "STEP_LIMIT", 100_000)
    with pytest.raises(StepsExceeded):
        matcher(pattern).find(Index(tree(code)))


@pytest.mark.parametrize("pattern", ["f(..., ..., ..., ..., ..., x)", "...\n...\n...\ng()"])
def test_ellipses_alone_are_no_problem(pattern: str) -> None:
    code = "f(" + ", ".join(f"a{i}" for i in range(500)) + ")\n"
    assert matcher(pattern).find(Index(tree(code))) == []


def test_metavariables_in_order() -> None:
    assert matcher('$F($A, "$B", $_, $...C)').metavariables == ("$F", "$A", "$B", "$...C")


def test_options_that_are_not_followed_are_refused() -> None:
    with pytest.raises(Unsupported, match="symbolic_propagation"):
        compile_pattern(parse_pattern("f()"), Options.of({"symbolic_propagation": True}))
    with pytest.raises(Unsupported, match="no_such_option"):
        Options.of({"no_such_option": True})
    assert Options.of({"taint_assume_safe_functions": True}) == Options()
