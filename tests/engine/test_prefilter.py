"""A rule that the prefilter holds back finds nothing: compared with semgrep-core on random input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
import re2
from engine_samples import rule
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from secloop.engine import prefilter
from secloop.engine.cancel import NEVER
from secloop.engine.prefilter import ALWAYS, Text, Vocabulary, compile_formula, to_re2
from secloop.engine.selection import needed, whole_words
from secloop.engine.semgrep import SemgrepCompiler, SemgrepRunner
from secloop.engine.task import Task
from secloop.model import RuleSet
from secloop.syntax.document import Document


def holds(formula: Any, text: str) -> bool:
    check = compile_formula(formula)
    return check.holds(Text(text.encode(), Vocabulary([check])))


RUN = ["Pred", ["Idents", ["run"]]]
SHELL = ["Pred", ["Idents", ["shell", "cross-origin"]]]
NUMBER = ["Pred", ["Regexp", r"\d\d"]]


@pytest.mark.parametrize(
    ("formula", "text", "expected"),
    [
        (RUN, "a.run()", True),
        (RUN, "a.rerunning()", True),
        (RUN, "a.walk()", False),
        (SHELL, "shell cross-origin", True),
        (SHELL, "shell crossorigin", False),
        (NUMBER, "x 42", True),
        (NUMBER, "x 4", False),
        (["And", [RUN, NUMBER]], "run 42", True),
        (["And", [RUN, NUMBER]], "run 4", False),
        (["Or", [RUN, NUMBER]], "42", True),
        (["Or", [RUN, NUMBER]], "4", False),
        (["And", [["Or", [RUN, SHELL]], ["Or", [NUMBER, RUN]]]], "run", True),
        (["And", []], "", True),
    ],
)
def test_formulas(formula: Any, text: str, expected: bool) -> None:
    assert holds(formula, text) is expected


@pytest.mark.parametrize(
    "formula",
    [
        None,
        "None",
        [],
        ["Not", RUN],
        ["Or", []],
        ["Or", [RUN, ["New", 1]]],
        ["Pred", ["Words", ["x"]]],
        ["Pred", ["Idents", [1]]],
        ["Pred", ["Regexp", "(?=ahead)"]],
        ["Pred", []],
        {"And": []},
    ],
)
def test_what_is_not_understood_always_runs(formula: Any) -> None:
    assert compile_formula(formula) == ALWAYS
    assert holds(formula, "")


def test_a_regex_that_is_refused_counts_as_found() -> None:
    for refused in ("(unclosed", "(unclosed*"):
        assert holds(["Pred", ["Regexp", refused]], "")
        assert holds(["And", [RUN, ["Pred", ["Regexp", refused]]]], "run()")
        assert not holds(["And", [RUN, ["Pred", ["Regexp", refused]]]], "walk()")


def test_a_part_that_is_not_understood_leaves_the_others() -> None:
    assert not holds(["And", [RUN, ["New", 1]]], "walk")
    assert holds(["And", [RUN, ["New", 1]]], "run")


@pytest.mark.parametrize(
    "source",
    [
        r"a(?=b)",
        r"(?<!a)b",
        r"(a)\1",
        r"(?>a)",
        r"a\Kb",
        r"\Qa.b\E",
        r"(?x) a b",
        r"a\hb",
        r"a\Rb",
        r"\vb",
        r"[[:space:]]",
        r"a{,3}",
        r"a{1, 2}",
        r"(?#note)a",
        r"(*UCP)\w",
        r"(?i)é",
        r"[\s\S",
        r"\p{L}",
        r"\Bb",
        r"(?-m)a$",
        r"\cA",
        r"\012",
        r"\x{e9}(?|a)",
    ],
)
def test_regexes_that_re2_reads_otherwise_or_not_at_all_always_run(source: str) -> None:
    assert compile_formula(["Pred", ["Regexp", source]]) == ALWAYS


def test_words_that_overlap_are_all_found() -> None:
    words = ["abcd", "cdef", "bc", "abcdef", "x"]
    checks = [compile_formula(["Pred", ["Idents", [word]]]) for word in words]
    assert Vocabulary(checks).present(b"1abcdef") == {b"", b"abcd", b"cdef", b"bc", b"abcdef"}


def test_a_search_without_memory_falls_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefilter, "_SEARCH_MEMORY", 1)
    words = [f"word{i}" for i in range(2_000)]
    vocabulary = Vocabulary([compile_formula(["Pred", ["Idents", words]])])
    assert vocabulary.present(b"word7") == {b"", b"word7"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"(?s)\A.*(a|b).*\Z", "(?m)(?s)(a|b)"),
        (r"(?i)(?s).*a.*", "(?m)(?i)(?s)a"),
        (r"\A.*?a\.*", r"(?m)\A.*?a\.*"),
        (r".*.*a", "(?m).*a"),
        (r"(?s)\A(?:\W*+\w++)*?\W*+\ba.*\z", r"(?m)(?s)\ba"),
        (r"\A(?:[^{]*+\{)+?a", r"(?m)\A(?:[^{]*\{)+?a"),
        (r".*", "(?m)"),
    ],
)
def test_surroundings_are_not_searched(source: str, expected: str) -> None:
    assert to_re2(source) == expected


# Differential tests: each example runs many rules on many texts in one process, which is too slow to shrink.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


def matches(
    definitions: Sequence[dict[str, Any]], texts: Sequence[str], suffix: str
) -> list[tuple[str, set[str]]]:
    """For each text the rules that are held back and yet match, for all rules that semgrep-core takes."""
    rules = [rule(definition) for definition in definitions]
    compilation = SemgrepCompiler().compile([r.definition for r in rules])
    kept = tuple(r for r in rules if r.id in compilation.prefilters)
    ruleset = RuleSet(kept, (), "d", compilation.prefilters)
    tasks = [Task(Document(f"{i}{suffix}", text), kept) for i, text in enumerate(texts)]
    seen: list[tuple[str, set[str]]] = []
    for index, result in SemgrepRunner(1).run(tasks, NEVER) if kept else ():
        assert not result.failures
        document = tasks[index].document
        held_back = {r.id for r in kept} - {r.id for r in needed(document, ruleset)}
        seen.append((document.text, held_back & {match.rule_id for match in result.found}))
    return seen


names = st.sampled_from(["alpha", "beta", "gamma_1", "os", "path", "naïve", "self"])
literals = st.sampled_from(["'alpha'", '"two words"', "3", "b'os'", "f'{beta}'", "None"])
metavariables = st.sampled_from(["$X", "$Y", "$...ARGS", "..."])


def calls(arguments: st.SearchStrategy[str], function: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda f, given, key: f"{f}({', '.join([*given, *key])})",
        function,
        st.lists(arguments, max_size=2),
        st.lists(st.builds("{}={}".format, names, st.one_of(names, literals)), max_size=1),
    )


dotted = st.lists(names, min_size=1, max_size=3).map(".".join)
patterns = st.one_of(
    calls(st.one_of(names, literals, metavariables), st.one_of(dotted, st.just("$F"))),
    st.builds("{} = {}".format, st.one_of(names, st.just("$X")), st.one_of(names, literals, st.just("$Y"))),
    st.builds("import {}".format, dotted),
    st.builds("def $F(..., {}, ...): ...".format, names),
)
conditions = st.one_of(
    st.builds(lambda p: {"pattern-not": p}, patterns),
    st.builds(lambda p: {"pattern-inside": f"def {p}(...): ..."}, names),
    st.builds(
        lambda m, r: {"metavariable-regex": {"metavariable": m, "regex": r}},
        st.sampled_from(["$X", "$F"]),
        st.sampled_from(["alp", "(?i)^BETA$", r"\w+_\d", "(os|path)", r"'?two\swords"]),
    ),
    st.just({"pattern-regex": r"al\w+|bet[a-z]"}),
)
searches = st.one_of(
    patterns.map(lambda p: {"pattern": p}),
    st.builds(lambda p, c: {"patterns": [{"pattern": p}, *c]}, patterns, st.lists(conditions, max_size=2)),
    st.lists(patterns, min_size=1, max_size=3).map(
        lambda ps: {"pattern-either": [{"pattern": p} for p in ps]}
    ),
    st.builds(
        lambda source, sink: {
            "mode": "taint",
            "pattern-sources": [{"pattern": source}],
            "pattern-sinks": [{"pattern": f"{sink}(...)"}],
        },
        patterns,
        dotted,
    ),
)
statements = st.one_of(
    calls(st.one_of(names, literals), dotted),
    st.builds("{} = {}".format, names, st.one_of(names, literals, calls(names, dotted))),
    st.builds("import {}".format, dotted),
    st.builds("from {} import {} as {}".format, dotted, names, names),
    st.builds("def {}({}): return {}".format, names, names, calls(names, dotted)),
)


@settings(max_examples=12, deadline=None, phases=PHASES)
@given(
    bodies=st.lists(searches, min_size=10, max_size=25),
    texts=st.lists(st.lists(statements, max_size=3).map("\n".join), min_size=5, max_size=15),
)
def test_rules_held_back_find_nothing(bodies: list[dict[str, Any]], texts: list[str]) -> None:
    definitions = [{"id": f"r{i}", **body} for i, body in enumerate(bodies)]
    assert [row for row in matches(definitions, texts, ".py") if row[1]] == []


atoms = st.sampled_from(
    [
        "a",
        "b",
        "K",
        "é",
        ".",
        r"\s",
        r"\S",
        r"\d",
        r"\w",
        r"\W",
        r"\b",
        r"\n",
        r"\t",
        r"\x41",
        r"\.",
        r"\-",
        "[ab]",
        "[^a]",
        r"[\s,]",
        r"[^\w]",
        "[a-c]",
        r"[]a]",
        "^",
        "$",
        r"\A",
        r"\z",
        r"\Z",
        "(?:a|b)",
        "(?i)k",
        "(?i:b)",
        "(?s:.)",
        "(?P<n>a)",
        r"\v",
        r"\h",
        "[[:alpha:]]",
        "(?=b)",
        r"\Bb",
        "{",
        "}",
        "]",
        '"',
        "#",
        " ",
    ]
)
repeated = st.builds(
    "{}{}".format, atoms, st.sampled_from(["", "", "", "?", "*", "+", "{2}", "{1,2}", "+?", "++", "*+"])
)
regexes = st.one_of(
    st.builds(
        r"{}{}{}".format,
        st.sampled_from([r"(?s)\A.*", r"\A.*", ".*", "(?i).*"]),
        atoms,
        st.sampled_from([r".*\Z", ".*", r"\.*"]),
    ),
    st.lists(repeated, min_size=1, max_size=4).map("".join),
    st.builds(
        "({}|{})".format,
        st.lists(repeated, max_size=3).map("".join),
        st.lists(repeated, max_size=3).map("".join),
    ),
)
characters = st.sampled_from(list('abcKk1 _-.,#"{}]\n\t\x0b\x0c\x85é\u212a\u2028'))


@settings(max_examples=15, deadline=None, phases=PHASES)
@given(
    sources=st.lists(regexes, min_size=15, max_size=30, unique=True),
    texts=st.lists(st.text(characters, max_size=12), min_size=10, max_size=20),
)
def test_regexes_match_wherever_pcre2_matches(sources: list[str], texts: list[str]) -> None:
    rules = [
        {"id": f"r{i}", "languages": ["regex"], "pattern-regex": source} for i, source in enumerate(sources)
    ]
    assert [row for row in matches(rules, texts, ".txt") if row[1]] == []


@given(regexes, st.text(characters, max_size=12))
def test_translated_regexes_compile_or_are_given_up(source: str, text: str) -> None:
    translated = to_re2(source)
    check = compile_formula(["Pred", ["Regexp", source]])
    if translated is None:
        assert check == ALWAYS
    elif check != ALWAYS:
        assert holds(["Pred", ["Regexp", source]], text) == bool(re2.search(translated, text))


def test_identifiers_are_whole_words_where_no_regex_may_have_contributed_them() -> None:
    plain = rule({"id": "a", "pattern": "os.system($X)", "languages": ["python"]})
    mixed = rule(
        {
            "id": "b",
            "languages": ["python"],
            "patterns": [
                {"pattern": "os.$F($X)"},
                {"metavariable-regex": {"metavariable": "$F", "regex": "posix_.*"}},
            ],
        }
    )
    text = rule({"id": "c", "pattern-regex": "os[0-9]", "languages": ["python"]})
    other = rule({"id": "d", "pattern": "os($X)", "languages": ["bash"]})
    assert [whole_words(one)("os") for one in (plain, mixed, text, other)] == [True, False, False, False]
    assert not whole_words(plain)("not a word")
    check = compile_formula(["Pred", ["Idents", ["os"]]], whole_words(plain))
    for found, source in [(True, "os.x"), (True, "'os'"), (True, "éos"), (False, "close()"), (False, "os_")]:
        assert check.holds(Text(source.encode(), Vocabulary([check]))) is found, source
