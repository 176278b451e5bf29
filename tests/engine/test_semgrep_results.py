"""What semgrep-core finds becomes matches in the document's own text."""

from __future__ import annotations

import pytest
from engine_samples import EVAL, SHELL, TAINT, found, result, results, ruleset

from secloop.engine.message import interpolate
from secloop.model import FileResult
from secloop.syntax.document import Document


def texts(text: str, file: FileResult) -> list[str]:
    return [text.encode()[m.span.start.offset : m.span.end.offset].decode() for m in file.matches]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_spans_are_of_the_documents_own_text(end: str) -> None:
    text = end.join(["# é 𝒳", 'é = "ü"', 'eval("é, b")', "if é:", f"    eval({end}        é)", ""])
    file = result(text, EVAL)
    assert texts(text, file) == ['eval("é, b")', f"eval({end}        é)"]
    (first, second) = file.matches
    assert (first.span.start.line, first.span.start.column, first.span.end.column) == (3, 1, 13)
    assert (second.span.start.line, second.span.start.column, second.span.end.line) == (5, 5, 6)
    (x,) = first.metavariables
    assert x.span is not None
    assert (x.name, x.content, x.span.start.column, x.span.end.column) == ("$X", '"é, b"', 6, 12)


def test_line_ends_change_nothing_but_offsets() -> None:
    lines = [
        "import subprocess",
        "x = input()",
        "eval(x)",
        'subprocess.run("a", shell=True)',
        "y = (1,",
        "  2",
        "",
    ]
    rules = ruleset(EVAL, TAINT, SHELL)
    seen = {
        end: [
            (m.rule_id, m.span.start.line, m.span.start.column, m.span.end.line, m.span.end.column, m.message)
            for m in results([Document("a.py", end.join(lines))], rules)["a.py"].matches
        ]
        for end in ("\n", "\r\n", "\r")
    }
    assert len(seen["\n"]) == 3
    assert seen["\n"] == seen["\r\n"] == seen["\r"]


def test_a_trace_goes_from_source_to_sink() -> None:
    file = result("def f():\n    é = input()\n    z = é\n    eval(z)\n", TAINT)
    (match,) = file.matches
    steps = [(step.kind, step.span.start.line, step.span.start.column, step.content) for step in match.trace]
    assert steps == [
        ("source", 2, 9, "input()"),
        ("step", 2, 5, "é"),
        ("step", 3, 5, "z"),
        ("sink", 4, 10, "z"),
    ]


def test_a_trace_follows_calls() -> None:
    source = "def get():\n    return input()\n\ndef put(v):\n    eval(v)\n\nput(get())\n"
    calls = {**TAINT, "options": {"interfile": False}}
    for match in result(source, calls).matches:
        assert match.trace[0].kind == "source"
        assert match.trace[-1].kind == "sink"


def test_comments_that_suppress_are_for_policy_to_judge() -> None:
    assert found(result("eval(a)  # nosemgrep\neval(b)  # nosemgrep: eval\n# nosem\neval(c)\n", EVAL)) == [
        ("eval", 1),
        ("eval", 2),
        ("eval", 4),
    ]


def test_message_shows_the_source() -> None:
    assert [m.message for m in result("eval(f('a', b = 1))\n", EVAL).matches] == ["eval of f('a', b = 1)"]


def test_message_can_show_a_value_that_is_known() -> None:
    rule = {**EVAL, "message": "$X is value($X), not $Y or value($Y)"}
    assert [m.message for m in result('a = "v"\neval(a)\n', rule).matches] == [
        'a is "v", not $Y or value($Y)'
    ]


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("$X and $XY", "$XY and 2"),
        ("$...ARGS|$X", "a, b|$XY"),
        ("value($X) value($XY)", "'v' 2"),
        ("$1 $2 $Z $x", "one $2 $Z $x"),
        ("$LONG", "a b" + "c" * 116 + "…"),
    ],
)
def test_interpolation(template: str, message: str) -> None:
    bound = {"$X": "$XY", "$XY": "2", "$...ARGS": "a, b", "$1": "one", "$LONG": "a\n    b" + "c" * 500}
    assert interpolate(template, bound, {"$X": "'v'"}) == message


def test_broken_lines_are_partial_and_the_rest_is_found() -> None:
    file = result("eval('é')\né = (\n", EVAL)
    assert ("eval", 1) in found(file)
    (part,) = file.partial
    assert part.start.line == 2
    assert not file.problems


def test_a_file_that_does_not_parse_at_all_is_partial_as_a_whole() -> None:
    yaml = {"id": "run", "languages": ["yaml"], "pattern": "run: $X"}
    text = "a: [\n}\nrun: x\n"
    file = result(text, yaml, path="a.yaml")
    assert [(part.start.offset, part.end.offset) for part in file.partial] == [(0, len(text))]
    assert not file.problems


def test_every_language_of_a_file_is_read() -> None:
    key = {"id": "key", "languages": ["regex"], "pattern-regex": "AKIA[A-Z0-9]{4}"}
    words = {"id": "words", "languages": ["generic"], "pattern": "forbidden $X word"}
    text = 'k = "AKIA1234"\neval(k)\n# forbidden a word\n'
    assert found(result(text, EVAL, key, words)) == [("key", 1), ("eval", 2), ("words", 3)]


def test_dialects_follow_the_files_name() -> None:
    call = {"id": "call", "languages": ["ts"], "pattern": "f($X)"}
    markup, cast = "const a = <b>{f(1)}</b>;\n", "const a = <any>f(2);\n"
    rules = ruleset(call)
    named = results(
        [
            Document("m.tsx", markup),
            Document("m.ts", markup),
            Document("c.ts", cast),
            Document("c.TSX", cast),
        ],
        rules,
    )
    assert {path: len(file.matches) for path, file in named.items()} == {
        "m.tsx": 1,
        "m.ts": 0,
        "c.ts": 1,
        "c.TSX": 0,
    }


def test_a_notebooks_code_is_python() -> None:
    assert found(result("eval(a)\n", EVAL, path="n.ipynb")) == [("eval", 1)]


def test_matches_that_look_the_same_are_one() -> None:
    either = {
        "id": "twice",
        "pattern-either": [{"pattern": "f($X, ...)"}, {"pattern": "f(..., $X)"}],
        "message": "same",
    }
    assert len(result("f(1, 2)\n", either).matches) == 1
    assert len(result("f(1, 2)\n", {**either, "message": "got $X"}).matches) == 2


@pytest.mark.parametrize(
    ("path", "expected"), [("src/a.py", ["in", "out"]), ("tests/a.py", []), ("b.py", ["out"])]
)
def test_rules_run_where_their_paths_say(path: str, expected: list[str]) -> None:
    inside = {**EVAL, "id": "in", "paths": {"include": ["src/"]}}
    outside = {**EVAL, "id": "out", "paths": {"exclude": ["tests/"]}}
    rules = ruleset(inside, outside)
    crowd = [Document(p, "eval(x)\n") for p in ("src/a.py", "tests/a.py", "b.py")]
    assert [m.rule_id for m in results(crowd, rules)[path].matches] == expected
    assert [m.rule_id for m in results([Document(path, "eval(x)\n")], rules)[path].matches] == expected


def test_a_rule_that_does_not_apply_cannot_make_a_file_partial() -> None:
    """In one batch with a file that the rule does apply to."""
    rules = ruleset({**EVAL, "paths": {"include": ["src/"]}}, {**SHELL, "paths": {"exclude": ["other/"]}})
    broken = "eval(x)\ny = (\n"
    files = results([Document("src/a.py", broken), Document("other/a.py", broken)], rules)
    assert [bool(files[path].partial) for path in ("src/a.py", "other/a.py")] == [True, False]


def test_a_group_of_a_metavariables_regex_is_its_own_text_and_not_what_stands_at_its_offset() -> None:
    file = result(
        'x = 1\ny = 2; f("aaa-bbb")\n',
        {
            "id": "groups",
            "languages": ["python"],
            "severity": "ERROR",
            "message": "$1, $2, $W in $X",
            "patterns": [
                {"pattern": 'f("$X")'},
                {"metavariable-regex": {"metavariable": "$X", "regex": "(a+)-(?P<W>b+)"}},
            ],
        },
    )
    (match,) = file.matches
    assert match.message == "aaa, bbb, bbb in aaa-bbb"
    places = {variable.name: variable.span for variable in match.metavariables}
    assert places["$1"] is None
    assert places["$W"] is not None


def test_a_text_that_generic_rules_pass_over_is_partial_and_no_silent_pass() -> None:
    definition = {
        "id": "g",
        "languages": ["generic"],
        "severity": "LOW",
        "message": "m",
        "pattern": "needle here",
    }
    plain = result("needle here\n", definition, path="a.txt")
    assert (len(plain.matches), plain.partial) == (1, ())
    for long in ("needle here " + "x" * 600, "needle here\n" + "x" * 5_000):
        assert result(long, definition, path="a.txt").partial
