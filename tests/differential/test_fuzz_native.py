"""No pattern, rule or code makes the native engine crash or hang: what it cannot do it says in the ways it has for that."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator

import pytest
from compared_engines import parse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from real_code import any_document
from rule_corpus import COMPACT_RULES, comparable, definitions_in

from secloop.engine.cancel import Cancel
from secloop.engine.native.errors import InvalidPattern, TooDeep, Unsupported
from secloop.engine.native.index import Index
from secloop.engine.native.lower import lower_module
from secloop.engine.native.match import Options, StepsExceeded, compile_pattern
from secloop.engine.native.patterns import parse_pattern
from secloop.engine.task import Task
from secloop.model import Rule
from secloop.rules.schema import schema_error
from secloop.syntax.document import Document

native = pytest.importorskip("secloop.engine.native.runner")
plans = pytest.importorskip("secloop.engine.native.plan")

LONGEST = 60.0
"""Seconds of a processor within which anything here has to end."""
RULES = list(definitions_in(COMPACT_RULES))
fuzzed = settings(
    derandomize=True,
    deadline=None,
    max_examples=40,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def patterns_in(value: object) -> Iterator[str]:
    """Every pattern in a rule."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and key.startswith(("pattern", "inside", "not", "match")):
                yield inner
            else:
                yield from patterns_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from patterns_in(inner)


PATTERNS = sorted({pattern for rule in RULES for pattern in patterns_in(rule)})


def mutated(choice: random.Random, text: str, others: list[str]) -> str:
    """A text with some pieces left out, doubled, put elsewhere or taken from others."""
    for _ in range(choice.randint(1, 4)):
        start = choice.randint(0, len(text))
        end = min(len(text), start + choice.choice([1, 1, 2, 5, 20]))
        piece = text[start:end]
        other = choice.choice(others)
        at = choice.randint(0, len(other))
        new = choice.choice(
            [
                "",
                piece * 2,
                other[at : at + 10],
                "...",
                "$X",
                "$...X",
                "<... ",
                " ...>",
                "(",
                ")",
                '"',
                "\n",
                "\0",
                "é",
                ":",
            ]
        )
        text = text[:start] + new + text[end:]
    return text


def quickly(action: Callable[[], object]) -> object:
    """The result of something that must not take long."""
    start = time.process_time()
    try:
        return action()
    finally:
        assert time.process_time() - start < LONGEST


def search(pattern: str, code: bytes) -> int:
    """How often a pattern is found, or -1 for one that is refused or for a search that says it is too much."""
    try:
        matcher = compile_pattern(parse_pattern(pattern), Options())
        return len(matcher.find(Index(lower_module(parse(code), code))))
    except (InvalidPattern, Unsupported, TooDeep, StepsExceeded):
        return -1


def run(rule: Rule, text: str) -> None:
    """Plan a rule, and run it if that is native."""
    if plans.plan(rule).engine == "native":
        list(native.NativeRunner().run([Task(Document("a.py", text), (rule,))], Cancel()))


@fuzzed
@given(st.text(max_size=60))
def test_any_text_is_a_pattern_or_refused(text: str) -> None:
    quickly(lambda: search(text, b"x = f(1)\n"))


@fuzzed
@given(
    st.lists(
        st.sampled_from(
            [*"$X.()[]{}=:,\"'f\n @*-", "...", "<...", "...>", "def", "class", "    ", "$...A", "=~/"]
        )
    )
)
def test_any_sequence_of_tokens_is_a_pattern_or_refused(tokens: list[str]) -> None:
    quickly(lambda: search("".join(tokens), b"x = f(1)\n"))


@fuzzed
@given(st.randoms(use_true_random=True))
def test_mutated_patterns_search_mutated_code(choice: random.Random) -> None:
    code = any_document(choice).text[:4000]
    text = mutated(choice, code, PATTERNS).encode(errors="replace")
    for _ in range(5):
        pattern = mutated(choice, choice.choice(PATTERNS), PATTERNS)
        quickly(lambda pattern=pattern: search(pattern, text))  # type: ignore[misc]


@fuzzed
@given(st.randoms(use_true_random=True))
def test_written_rules_run_on_mutated_code(choice: random.Random) -> None:
    text = mutated(choice, any_document(choice).text[:6000], PATTERNS)
    rules = tuple(
        rule for each in choice.sample(RULES, 12) if plans.plan(rule := comparable(each)).engine == "native"
    )
    if rules:
        quickly(lambda: list(native.NativeRunner().run([Task(Document("a.py", text), rules)], Cancel())))


def broken(choice: random.Random, value: object) -> object:
    """A value of a rule with something in it exchanged, which the schema might refuse before."""
    if choice.random() < 0.08:
        return choice.choice(
            ["$X", "", None, 1, [], {}, [{"pattern": "f(...)"}], {"pattern": "$X"}, True, "a\0b", "(("]
        )
    if isinstance(value, dict):
        return {key: broken(choice, inner) for key, inner in value.items() if choice.random() > 0.03}
    if isinstance(value, list):
        return [broken(choice, inner) for inner in value]
    return value


@fuzzed
@given(st.randoms(use_true_random=True))
def test_a_rule_of_any_shape_that_loads_is_planned(choice: random.Random) -> None:
    for _ in range(10):
        definition = dict(choice.choice(RULES))
        kept = {key: definition.pop(key) for key in ("id", "languages", "severity", "message")}
        changed = broken(choice, definition)
        if isinstance(changed, dict) and schema_error({**kept, **changed}) is None:
            rule = comparable({**kept, **changed})
            quickly(lambda rule=rule: run(rule, "f(x)\ny = 'a'\n"))  # type: ignore[misc]


DEEP = {
    "parentheses": "(" * 5000 + "x" + ")" * 5000,
    "brackets": "[" * 5000 + "]" * 5000,
    "calls": "f(" * 5000 + ")" * 5000,
    "attributes": "x" + ".a" * 5000,
    "calls of calls": "x" + ".a()" * 5000,
    "subscripts": "x" + "[0]" * 5000,
    "a sum": " + ".join(["x"] * 5000),
    "powers": " ** ".join(["x"] * 5000),
    "negations": "not " * 5000 + "x",
    "conditionals": "a if b else " * 5000 + "c",
    "lambdas": "lambda: " * 5000 + "x",
    "adjacent strings": '"a" ' * 5000,
    "statements": "".join(" " * depth + "if x:\n" for depth in range(95)) + " " * 95 + "f()\n",
    "elifs": "if a:\n    f(1)\n" + "elif b:\n    f(2)\n" * 3000,
    "assignments": "a = " * 5000 + "b",
    "f-strings": 'f"' + "{x}" * 5000 + '"',
}


@pytest.mark.parametrize("code", DEEP.values(), ids=DEEP)
@pytest.mark.parametrize(
    "rule",
    [
        {"pattern": "$X"},
        {"pattern": "f(<... $X ...>)"},
        {
            "patterns": [
                {"pattern": "$X.$Y"},
                {"metavariable-pattern": {"metavariable": "$X", "pattern": "x"}},
            ]
        },
        {"mode": "taint", "pattern-sources": [{"pattern": "x"}], "pattern-sinks": [{"pattern": "f(...)"}]},
    ],
    ids=["anything", "deep", "condition", "taint"],
)
def test_code_that_nests_deep_is_read_or_said_to_be_too_deep(rule: dict[str, object], code: str) -> None:
    quickly(lambda: run(comparable({"id": "deep", **rule}), code + "\n"))


COSTLY = {
    "ellipses between metavariables": (
        "f(" + ", ..., ".join(f"$A{i}" for i in range(10)) + ")",
        "f(" + ", ".join(f"x{i}" for i in range(40)) + ")\n",
    ),
    "statements": (
        "\n...\n".join(f"$A{i} = $B{i}" for i in range(8)),
        "".join(f"x{i} = y{i}\n" for i in range(60)),
    ),
    "deep in deep": (
        "f(<... g(<... h(<... $X ...>) ...>) ...>)",
        "f(" + "g(h(" * 30 + "x" + "))" * 30 + ")\n",
    ),
    "chains": ("$A. ... .b. ... .c. ... .d()", "x" + ".b.c" * 100 + ".d()\n"),
    "commuting": (" | ".join(f"$A{i}" for i in range(9)), " | ".join(f"x{i}" for i in range(14)) + "\n"),
    "a set of keywords": (
        "f(" + ", ".join(f"$K{i}=$V{i}" for i in range(9)) + ", ...)",
        "f(" + ", ".join(f"k{i}={i}" for i in range(15)) + ")\n",
    ),
    "strings": ('f"...{$A}...{$B}...{$C}...{$D}...{$E}..."', 'f"' + "{x} a " * 60 + '"\n'),
    "dictionary": (
        "{..., " + ", ..., ".join(f"$K{i}: $V{i}" for i in range(8)) + ", ...}",
        "{" + ", ".join(f"k{i}: {i}" for i in range(40)) + "}\n",
    ),
}


@pytest.mark.parametrize(("pattern", "code"), COSTLY.values(), ids=COSTLY)
def test_a_search_that_would_not_end_is_given_up(pattern: str, code: str) -> None:
    quickly(lambda: search(pattern, code.encode()))


@pytest.mark.parametrize(
    "regex",
    [r"(a+)+$", r"^(?=(a+)+$)a", r"(a|aa)+$", r"(?<!b)(a*)*c", r"(.*a){12}$", r"(a+)\1+b", r"(?:(?=a)a+)+b"],
)
@pytest.mark.parametrize("where", ["pattern-regex", "metavariable-regex"])
def test_a_regex_ends_in_time_whatever_it_and_the_code_are(regex: str, where: str) -> None:
    text = "a" * 3000 + "!"
    formula: dict[str, object] = {"pattern-regex": regex}
    if where == "metavariable-regex":
        formula = {"patterns": [{"pattern": "f($X)"}, {where: {"metavariable": "$X", "regex": regex}}]}
    quickly(
        lambda: run(comparable({"id": "regex", **formula}), f'f({text[:-1]}, "{text}")\nf({text[:-1]})\n')
    )
