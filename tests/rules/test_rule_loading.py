"""Loading rules: what is refused is named with file, line, rule and reason; the rest is loaded."""

from __future__ import annotations

import time

import pytest
from rule_samples import (
    GOOD,
    PATH,
    CountingCompiler,
    MemoryStore,
    bundled,
    ids,
    loaded,
    marked_line,
    repo,
    rule,
    told,
)

from secloop.model import Confidence, Severity
from secloop.rules.load import RuleFile

# Of each rule the line that must be named ends in "# HERE".
BAD_RULES = [
    # The schema.
    ("pattern: x\nseverity2: 1\npatterns: []", "has `pattern`, `patterns`, of which it may have one", 2),
    ("pattern: 3  # HERE", "`pattern` is a number, not a string", None),
    ("patern: x", "the unknown key `patern` (did you mean `pattern`?)", 2),
    ("pattern: x\nmode: serch  # HERE", "`mode` is 'serch', not one of search, taint", None),
    ("pattern: x\npaths:  # HERE\n  includes: [a]", "`paths` has the unknown key `includes`", None),
    ("patterns:\n  - pattern: x\n  - pattern-regx: y  # HERE", "(did you mean `pattern-regex`?)", None),
    ("patterns:\n  - metavariable-regex:  # HERE\n      metavariable: $X", "lacks the key `regex`", None),
    ("mode: taint\npattern-sources:\n  - pattern: a", "lacks the key `pattern-sinks`", 2),
    ("pattern: x\nmetadata:\n  a:  # HERE", "null values are not allowed", None),
    ("match:\n  anyy: [x]", "(did you mean `any`?)", None),
    # What semgrep-core takes and never matches with (SPEC 6).
    ("mode: join  # HERE\njoin:\n  on: []", "semgrep-core never matches such a rule", None),
    ("pattern: x\nproject-depends-on: {}  # HERE", "supply-chain rules", None),
    (
        "r2c-internal-project-depends-on:  # HERE\n  namespace: pypi\n  package: a\n  version: '1'",
        "supply-chain rules",
        None,
    ),
    (
        "pattern: x\nvalidators:  # HERE\n  - http: {request: {url: a}, response: []}",
        "send what they find over the network",
        None,
    ),
    ("pattern: x\nmin-version: 99.0.0  # HERE", "`min-version` is 99.0.0, but this is semgrep", None),
    ("pattern: x\nmax-version: 1.0.0  # HERE", "`max-version` is 1.0.0, but this is semgrep", None),
    ("pattern: x\nmin-version: soon  # HERE", "not a version", None),
    (
        "patterns:\n  - pattern: f($X)\n  - metavariable-name:\n      metavariable: $X  # HERE\n      module: a",
        "needs semgrep's Pro engine",
        None,
    ),
    ("pattern: x\nmetadata:\n  product: secrets  # HERE", "product `secrets` never match", None),
    # Ours.
    ("pattern: x\npaths:\n  include:\n    - a\n    - '[a'  # HERE", "has a `[` without `]`", None),
    ("pattern: x\nmetadata:\n  secloop: 1  # HERE", "`metadata.secloop` must be a mapping", None),
    ("pattern: x\nmetadata:\n  secloop:\n    overrides: 'yes'  # HERE", "must be true or false", None),
    ("pattern: x\nmetadata:\n  secloop:\n    codemod: [a]  # HERE", "name of a codemod", None),
    # Bounds.
    (f"pattern: {'f(x)+' * 2_100}x", "longer than 10,000 characters", 6),
    (f"pattern: f({', '.join(['...'] * 60)})", "more than 50 ellipses", 6),
    (f"pattern: f({', ..., '.join(f'$A{n}' for n in range(12))})", "between metavariables", 6),
    (f"pattern: {'<... f(' * 6}x{') ...>' * 6}", "deeper than 5", 6),
    (f"pattern: f({', '.join(f'$K{n}=$V{n}' for n in range(7))})", "match in any order", 6),
    # Regexes, wherever they stand.
    ("pattern-regex: (a+)+$  # HERE", "'(a+)+$' takes exponential time", None),
    ("patterns:\n  - pattern: x\n  - pattern-not-regex: (.*)*x  # HERE", "exponential time", None),
    (
        "patterns:\n  - pattern: $X\n  - metavariable-regex:\n      metavariable: $X\n"
        "      regex: (a|aa)+b  # HERE",
        "exponential time",
        None,
    ),
    (
        "pattern: x\nfix-regex:\n  regex: .*.*.*=  # HERE\n  replacement: y",
        "repeats in a row",
        None,
    ),
    ('pattern: f("=~/(a|a)*b/")  # HERE', "exponential time", None),
    (
        "patterns:\n  - pattern: $X\n  - metavariable-comparison:\n      metavariable: $X\n"
        "      comparison: re.match('(a+)+b', $X)  # HERE",
        "exponential time",
        None,
    ),
    ("match:\n  all:\n    - $X\n    - regex: (x+x+)+y  # HERE", "exponential time", None),
    (
        "mode: taint\npattern-sources:\n  - pattern-regex: (?R)  # HERE\npattern-sinks:\n  - pattern: a",
        "recursive",
        None,
    ),
]


@pytest.mark.parametrize(("body", "reason", "line"), BAD_RULES, ids=[reason for _, reason, _ in BAD_RULES])
def test_a_bad_rule_is_named_with_file_line_rule_and_reason(body: str, reason: str, line: int | None) -> None:
    text = rule(body)
    ruleset = loaded(repo(text), repo(GOOD, "other.yaml"))
    (problem,) = told(ruleset)
    expected = line if line is not None else marked_line(text) if "# HERE" in text else 6
    assert problem.startswith(f"{PATH}:{expected}: [r] ")
    assert reason in problem
    assert ids(ruleset) == ["good"]


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("languages: [pythonn]", "unknown language 'pythonn'"),
        ("languages: []", "`languages` is empty"),
        ("languages: python", "`languages` is a string, not a list"),
        ("extra: 1", "lacks the key `languages`"),
    ],
)
def test_a_rule_must_name_known_languages(head: str, reason: str) -> None:
    (problem,) = told(loaded(repo(rule("pattern: x", head=head))))
    assert "[r]" in problem
    assert reason in problem


def test_an_extract_rule_is_refused() -> None:
    text = """
        rules:
          - id: e
            mode: extract
            languages: [python]
            pattern: f($X)
            extract: $X
            dest-language: javascript
    """
    (problem,) = told(loaded(repo(text)))
    assert f"{PATH}:4: [e]" in problem
    assert "`mode: extract`" in problem


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("- id: a\n", 1, "must be a mapping with the key `rules`"),
        ("rule: []\n", 1, "the key `rules` is missing"),
        ("\nrules: 3\n", 2, "`rules` must be a list"),
        ("rules:\n  - a\n", 2, "a rule must be a mapping"),
        ("rules:\n  - id: a\n    id: b\n", 3, "duplicate key 'id' (first on line 2)"),
    ],
)
def test_a_file_without_rules_is_named(text: str, line: int, reason: str) -> None:
    (problem,) = told(loaded(repo(text)))
    assert problem.startswith(f"{PATH}:{line}: [] ")
    assert reason in problem


def test_one_bad_rule_does_not_hide_the_others_of_its_file() -> None:
    both = rule("pattern: x") + "  - id: 7\n"
    ruleset = loaded(repo(both))
    assert ids(ruleset) == ["r"]
    assert told(ruleset) == [f"{PATH}:7: [] `id` is a number, not a string"]


def test_what_semgrep_core_cannot_compile_is_named_at_its_pattern() -> None:
    text = rule("patterns:\n  - pattern: f(1)\n  - pattern-not: f($X  # HERE") + (
        "  - {id: fine, severity: INFO, message: m, languages: [js], pattern: eval(...)}\n"
        "  - {id: broken, severity: INFO, message: m, languages: [js], pattern-regex: 'a(?<!b*)'}\n"
    )
    ruleset = loaded(repo(text), compiler=CountingCompiler())
    assert ids(ruleset) == ["fine"]
    broken, pattern = sorted(told(ruleset), key=lambda each: "[r]" in each)
    assert pattern.startswith(f"{PATH}:{marked_line(text)}: [r] Invalid pattern for Python: f($X")
    assert broken.startswith(f"{PATH}:10: [broken] ")
    assert "lookbehind" in broken


def test_a_rule_that_the_compiler_forgets_is_a_problem() -> None:
    class Forgetful(CountingCompiler):
        def compile(self, definitions):
            return super().compile(definitions[:1])

    two = rule("pattern: x") + "  - {id: s, severity: INFO, message: m, languages: [js], pattern: y}\n"
    ruleset = loaded(repo(two), compiler=Forgetful())
    assert ids(ruleset) == ["r"]
    assert told(ruleset) == [f"{PATH}:7: [s] semgrep-core left this rule out and gave no reason"]


def test_both_syntaxes_load() -> None:
    text = rule("pattern: eval(...)", "old") + (
        "  - id: new\n    severity: LOW\n    message: m\n    languages: [py]\n"
        "    match:\n      all:\n        - f($X)\n        - not: f(1)\n"
        "      where:\n        - metavariable: $X\n          regex: ^a\n"
        "  - id: old-taint\n    severity: HIGH\n    message: m\n    languages: [py]\n    mode: taint\n"
        "    pattern-sources: [{pattern: input()}]\n    pattern-sinks: [{pattern: eval(...)}]\n"
        "  - id: new-taint\n    severity: CRITICAL\n    message: m\n    languages: [py]\n"
        "    taint:\n      sources: [input()]\n      sinks: [eval(...)]\n"
    )
    ruleset = loaded(repo(text), compiler=CountingCompiler())
    assert told(ruleset) == []
    assert {each.id: each.severity for each in ruleset.rules} == {
        "new": Severity.LOW,
        "new-taint": Severity.CRITICAL,
        "old": Severity.HIGH,
        "old-taint": Severity.HIGH,
    }


def test_a_json_file_is_a_rule_file() -> None:
    text = '{"rules": [{"id": "j", "severity": "INFO", "message": "m",\n "languages": ["js"], "pattern": 1}]}'
    assert told(loaded(RuleFile("a.json", text.encode(), "repo"))) == [
        "a.json:2: [j] `pattern` is a number, not a string"
    ]


@pytest.mark.parametrize(
    ("metadata", "confidence"),
    [
        ("confidence: HIGH", Confidence.HIGH),
        ("confidence: low", Confidence.LOW),
        ("confidence: Medium", Confidence.MEDIUM),
        ("confidence: certain", Confidence.MEDIUM),
        ("cwe: CWE-1", Confidence.MEDIUM),
    ],
)
def test_confidence_is_the_metadatas_and_else_medium(metadata: str, confidence: Confidence) -> None:
    (found,) = loaded(repo(rule(f"pattern: x\nmetadata:\n  {metadata}"))).rules
    assert found.confidence is confidence


def test_languages_are_canonical() -> None:
    (found,) = loaded(repo(rule("pattern: x", head="languages: [ts, py, python, javascript]"))).rules
    assert found.languages == ("js", "python", "ts")


def test_generic_rules_may_be_for_aliengrep() -> None:
    text = rule("pattern: a ... b\noptions:\n  generic_engine: aliengrep", head="languages: [generic]")
    (found,) = loaded(repo(text)).rules
    assert found.languages == ("aliengrep",)


OVERRIDE = "pattern: other\nmetadata:\n  secloop:\n    overrides: true"


def test_an_override_replaces_the_bundled_rule() -> None:
    ruleset = loaded(bundled(rule("pattern: x")), repo(rule(OVERRIDE)))
    assert told(ruleset) == []
    assert [each.source.origin for each in ruleset.rules] == ["repo"]


def test_an_id_used_twice_names_both_places() -> None:
    ruleset = loaded(bundled(rule("pattern: x")), repo(rule("pattern: y")))
    (problem,) = told(ruleset)
    assert problem.startswith(f"{PATH}:2: [r] the rule id is already used at rules/sample.yaml:2")
    assert "overrides: true" in problem
    assert [each.source.origin for each in ruleset.rules] == ["bundled"]


@pytest.mark.parametrize("body", ["pattern: y", OVERRIDE])
def test_two_rules_of_the_repository_cannot_share_an_id(body: str) -> None:
    first, second = repo(rule(body), "a.yaml"), repo(rule(body), "b.yaml")
    for files in ([first, second], [second, first]):
        (problem,) = told(loaded(*files))
        assert problem == "b.yaml:2: [r] the rule id is already used at a.yaml:2"


def test_a_bundled_rule_overrides_nothing() -> None:
    assert len(told(loaded(bundled(rule(OVERRIDE), "a"), bundled(rule(OVERRIDE), "b")))) == 1


def test_the_number_of_rules_is_bounded() -> None:
    body = ", severity: INFO, message: m, languages: [js], pattern: x}"
    files = [
        repo("rules:\n" + "".join(f"- {{id: r{file}-{n}{body}\n" for n in range(2_600)), f"{file}.yaml")
        for file in range(4)
    ]
    ruleset = loaded(*files)
    assert len(ruleset.rules) == 10_000
    assert told(ruleset) == ["3.yaml:2202: [] more than 10,000 rules; what follows was not read"]


def test_loading_stops_in_time_and_says_so() -> None:
    """Regexes that take long to check and are fine, enough of them for minutes."""
    many = "*".join("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    slow = "".join(f"\n  - pattern-regex: {many}{n}" for n in range(5_000))
    store = MemoryStore()
    started = time.monotonic()
    ruleset = loaded(
        repo(rule(f"pattern-either:{slow}")), repo(GOOD, "z"), store=store, deadline=started + 0.5
    )
    assert time.monotonic() - started < 10
    assert told(ruleset) == [f"{PATH}:0: [] loading took too long; 2 of 2 rule files were not read"]
    assert ids(ruleset) == []
    assert told(loaded(repo(GOOD), store=store)) == []
