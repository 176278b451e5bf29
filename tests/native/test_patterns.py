"""Patterns: what each text becomes, and what is refused or left to semgrep-core."""

from __future__ import annotations

import pytest
from semgrep_tree import engine_pattern_form, semgrep_pattern_form

from secloop.engine.native import nodes as n
from secloop.engine.native.errors import InvalidPattern, Unsupported
from secloop.engine.native.patterns import parse_pattern


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("$X", "metavariable('$X')"),
        ("...", "ellipsis()"),
        ("$...ARGS", "metavariable_ellipsis('$...ARGS')"),
        ("f(..., $K=$V, *$A)", "call(name('f'), (ellipsis(), keyword('$K', metavariable('$K'), metavariable('$V')), "
         "spread('*', operator('*'), metavariable('$A'))))"),
        ("$X. ... .f", "attribute(attribute_ellipsis(metavariable('$X')), identifier('f'))"),
        ("$X.$Y", "attribute(metavariable('$X'), metavariable('$Y'))"),
        ("<... $X ...>", "deep(metavariable('$X'))"),
        ("f($X: int)", "call(name('f'), (typed_metavariable('$X', type_expression(name('int'))),))"),
        ("{..., 'a': $V}", "dict((ellipsis(), tuple((string('a'), metavariable('$V')))))"),
        ("{...}", "dict((ellipsis(),))"),
        ("{$X, ...}", "set((metavariable('$X'), ellipsis()))"),
        ("'...$X'", "string('...$X')"),
        ("f'{$X}$Y'", "format('f', (format('f', (metavariable('$X'),)), string('$Y')))"),
        ("for $X in ...: ...", "for(metavariable('$X'), ellipsis(), block((expression(ellipsis()),)))"),
        ("@$D(...)", "decorator('$D', metavariable('$D'), (ellipsis(),))"),
        ("a = 1; $X", "block((expression(assign(name('a'), int('1'))), expression(metavariable('$X'))))"),
        ("  f()\n  g()\n", "block((expression(call(name('f'), ())), expression(call(name('g'), ()))))"),
    ],
)  # fmt: skip
def test_a_pattern_is_a_tree(text: str, tree: str) -> None:
    assert repr(parse_pattern(text)) == tree


def test_metavariables_stand_where_names_do() -> None:
    pattern = parse_pattern(
        "@$D\ndef $F($A, $B=1, *$C, $...REST) -> $T:\n    import $M as $N\n    with $E as $G: ...\n    return $R\n"
    )
    found = [node.text for node in pattern.walk() if node.kind is n.METAVARIABLE]
    assert sorted(found) == [f"${name}" for name in "ABCDEFGMNRT"]


@pytest.mark.parametrize(
    "text", ["$x", "$1", "lambda ...: $X", "from a import ...", "f(...=1)", "<... a, b ...>", "$Xa(...)"]
)
def test_what_semgrep_refuses_is_refused(text: str) -> None:
    with pytest.raises((InvalidPattern, Unsupported)):
        parse_pattern(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("f(", "no complete Python"),
        ("if $X:", "without its suite"),
        ("match $X:\n    case 1: ...", "second parser"),
        ("", "empty"),
        ("# nothing", "empty"),
        ("exec $X", "Python 2"),
        ("global $X, $Y", "several names"),
        ("ꙮ", "contains"),
    ],
)
def test_what_only_semgrep_reads_is_left_to_it(text: str, reason: str) -> None:
    with pytest.raises(Unsupported, match=reason):
        parse_pattern(text)


PATTERNS = [
    "foo.$X(..., $Y)",
    "$X = $Y\n...\n$Z = f($X, ...)",
    "if $A and $B or not $C: ...\nelif $D: ...\nelse: ...",
    "try: ...\nexcept ($E, ...) as $X: ...\nfinally: ...",
    "try: ...\nexcept ...: ...",
    "with $A as $B, $C: ...",
    "class $C(..., $B, metaclass=$M):\n    ...\n    $X = $Y\n    def $F(...): ...",
    "@$A.$B(..., x=[..., 'y', ...])\nasync def $F(self, ..., /, $X: $T = $V, **$K): ...",
    "[f($X) for $X in ... if ...]",
    "$X if $Y else <... f(...) ...>",
    "\"...\" % ($A, ...) + f\"{$X:>10}...\"",
    "lambda $X, $...Y: $Z",
    "$X[$A:...], $Y[...], {**$Z, ...}",
    "import $A.b as $C",
    "from .$A import $B, c as $D",
    "raise $X from ...",
    "assert $X, ...",
    "$X: $T = ...",
    "$A * $B / $C",
    "print($X, file=...)",
]  # fmt: skip


@pytest.mark.parametrize("text", PATTERNS)
def test_semgrep_reads_it_alike(text: str) -> None:
    assert engine_pattern_form(parse_pattern(text)) == semgrep_pattern_form(text)


@pytest.mark.parametrize("text", ["$X$Y", "$X...", "a$X", "...f", "f(...x)", "x$...A"])
def test_words_do_not_run_into_each_other(text: str) -> None:
    with pytest.raises(InvalidPattern, match="runs into"):
        parse_pattern(text)
