"""Waivers, selection, thresholds and severities: what the policy file decides of a finding."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from policy_samples import TODAY, evaluate, rule, rules, statuses, verdict

from secloop.model import Confidence, Outcome, ProblemKind, Severity
from secloop.policy.evaluate import fails
from secloop.policy.selection import selected_rules, severity_of
from secloop.workspace.settings import Config, Waiver

SOURCE = "def f():\n    §g()§\n    §s!h()§\n"
RULES = rules("r", "s")
PRINT = evaluate(SOURCE).findings[0].fingerprint


def waiver(expires: datetime.date | None = None, **says: str) -> Waiver:
    return Waiver("agreed", "ann", expires or TODAY, line=7, **says)


def waived(*waivers: Waiver, as_of: datetime.date = TODAY, path: str = "app.py") -> str:
    return statuses(evaluate(SOURCE, Config(waivers=waivers), RULES, as_of=as_of, path=path))


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ({"rule": "r"}, "wo"),
        ({"rule": "*"}, "ww"),
        ({"rule": "x*"}, "oo"),
        ({"path": "app.py"}, "ww"),
        ({"path": "*.py"}, "ww"),
        ({"path": "src/"}, "oo"),
        ({"fingerprint": PRINT}, "wo"),
        ({"fingerprint": PRINT[:12].upper()}, "wo"),
        ({"fingerprint": PRINT[1:]}, "oo"),
        ({"rule": "s", "path": "app.py"}, "ow"),
        ({"rule": "s", "fingerprint": PRINT}, "oo"),
        ({"rule": "r", "path": "b.py"}, "oo"),
        ({}, "oo"),
    ],
)
def test_a_waiver_accepts_what_all_it_says_is_true_of(says: dict[str, str], expected: str) -> None:
    assert waived(waiver(**says)) == expected


def test_a_waiver_for_a_folder_holds_below_it() -> None:
    assert waived(waiver(path="src/"), path="src/a/b.py") == "ww"


def test_a_waiver_holds_through_its_last_day() -> None:
    day = datetime.timedelta(days=1)
    assert waived(waiver(TODAY, rule="r"), as_of=TODAY) == "wo"
    assert waived(waiver(TODAY, rule="r"), as_of=TODAY + day) == "oo"


def test_the_finding_names_the_waiver_that_accepts_it() -> None:
    expired = waiver(TODAY - datetime.timedelta(days=1), rule="r")
    file = evaluate(SOURCE, Config(waivers=(expired, waiver(rule="r"))), RULES)
    accepted = file.findings[0].acceptance
    assert accepted is not None
    assert (accepted.kind, accepted.reason, accepted.owner) == ("waiver", "agreed", "ann")
    assert (accepted.line, accepted.expires) == (7, "2025-06-15")


def test_an_expired_waiver_opens_its_finding_and_says_so() -> None:
    config = Config(path="secloop.toml", waivers=(waiver(TODAY - datetime.timedelta(days=1), rule="r"),))
    result = verdict(evaluate(SOURCE, config, RULES), config=config, ruleset=RULES)
    (notice,) = result.notices
    assert (notice.kind, notice.path, notice.line) == ("expired-waiver", "secloop.toml", 7)
    assert "1 finding is open again" in notice.message
    assert result.outcome is Outcome.FAIL


def test_a_waiver_too_far_away_is_an_error_and_accepts_nothing() -> None:
    last = TODAY + datetime.timedelta(days=30)
    for expires, outcome in ((last, Outcome.PASS), (last + datetime.timedelta(days=1), Outcome.ERROR)):
        config = Config(path="secloop.toml", max_waiver_days=30, waivers=(waiver(expires, rule="*"),))
        result = verdict(evaluate(SOURCE, config, RULES), config=config, ruleset=RULES)
        assert result.outcome is outcome
    (problem,) = result.problems
    assert (problem.kind, problem.path, problem.line) == (ProblemKind.POLICY, "secloop.toml", 7)
    assert "31 days" in problem.message
    assert {finding.status.value for finding in result.findings} == {"open"}


def test_a_waiver_that_matches_nothing_is_told_when_everything_was_checked() -> None:
    config = Config(waivers=(waiver(path="other.py"),))
    file = evaluate(SOURCE, config, RULES)
    assert verdict(file, config=config, whole=False).notices == ()
    assert [n.kind for n in verdict(file, config=config, whole=True).notices] == ["unused-waiver"]


def test_a_waiver_that_names_no_rule_is_told_with_its_place() -> None:
    config = Config(path="secloop.toml", waivers=(waiver(rule="rr"), waiver(rule="r*")))
    result = verdict(evaluate(SOURCE, config, RULES), config=config, ruleset=RULES)
    (notice,) = [it for it in result.notices if it.kind == "unknown-rule"]
    assert (notice.path, notice.line) == ("secloop.toml", 7)
    assert notice.message.startswith('waiver names no rule: "rr"')


def test_a_waiver_for_a_suppressed_finding_is_used() -> None:
    config = Config(waivers=(waiver(rule="r"),))
    file = evaluate("§f()§  # nosemgrep", config)
    assert statuses(file) == "s"
    assert verdict(file, config=config, whole=True).notices == ()


class TestSelection:
    def selected(self, **settings: object) -> str:
        loaded = rules("py-a", "py-b", rule("js-a", confidence=Confidence.LOW))
        return " ".join(r.id for r in selected_rules(loaded, Config(**settings)).rules)  # type: ignore[arg-type]

    def test_select_and_ignore_take_ids_and_globs(self) -> None:
        assert self.selected() == "js-a py-a py-b"
        assert self.selected(select=("py-*",)) == "py-a py-b"
        assert self.selected(select=("py-*", "js-a"), ignore=("*-a",)) == "py-b"
        assert self.selected(ignore=("py-a",)) == "js-a py-b"
        assert self.selected(select=("py",)) == ""

    def test_rules_below_min_confidence_do_not_run(self) -> None:
        assert self.selected(min_confidence=Confidence.MEDIUM) == "py-a py-b"

    def test_selecting_a_rule_that_there_is_not_decides_nothing(self) -> None:
        for select in (("py-aa",), ("r", "py-aa"), ("py*",)):
            result = verdict(evaluate("x = 1"), ruleset=rules("r", "pi-aa"), config=Config(select=select))
            assert result.outcome is Outcome.ERROR
        (problem,) = verdict(ruleset=rules("pi-aa"), config=Config(select=("py-aa",), path="t.toml")).problems
        assert (
            problem.message == 'select names no rule: "py-aa"; did you mean "pi-aa"? (in t.toml or --select)'
        )

    def test_other_settings_about_no_rule_are_reported(self) -> None:
        config = Config(
            ignore=("r", "gone"),
            severity={"old-*": Severity.LOW},
            per_path_ignores={"tests/": ("s", "nothing")},
            path="secloop.toml",
        )
        result = verdict(evaluate("x = 1"), ruleset=rules("r", "s"), config=config)
        assert result.outcome is Outcome.PASS
        assert [(notice.kind, notice.path, notice.message) for notice in result.notices] == [
            ("unknown-rule", "secloop.toml", 'ignore names no rule: "gone"'),
            ("unknown-rule", "secloop.toml", 'per-path-ignores of tests/ names no rule: "nothing"'),
            ("unknown-rule", "secloop.toml", 'severity names no rule: "old-*"'),
        ]

    def test_the_digest_and_problems_are_those_of_all_rules(self) -> None:
        loaded = rules("a", "b")
        some = selected_rules(loaded, Config(select=("a",)))
        assert (some.digest, some.problems) == (loaded.digest, loaded.problems)
        assert selected_rules(loaded, Config()) is loaded

    def test_what_is_not_selected_is_not_reported(self) -> None:
        assert statuses(evaluate(SOURCE, Config(ignore=("s",)), RULES)) == "o"
        unsure = rules(rule("r", confidence=Confidence.LOW), "s")
        assert statuses(evaluate(SOURCE, Config(min_confidence=Confidence.MEDIUM), unsure)) == "o"

    def test_per_path_ignores(self) -> None:
        config = Config(per_path_ignores={"tests/": ("*",), "app.*": ("r", "x")})
        assert [f.rule_id for f in evaluate(SOURCE, config, RULES).findings] == ["s"]
        assert statuses(evaluate(SOURCE, config, RULES, path="tests/app/x.py")) == ""
        assert statuses(evaluate(SOURCE, config, RULES, path="other.py")) == "oo"

    def test_flags_beyond_the_limits_are_errors(self) -> None:
        config = Config(select=("a*" * 10_000,))
        result = verdict(evaluate(SOURCE, config, RULES), config=config)
        assert result.outcome is Outcome.ERROR
        assert '"select"' in result.problems[0].message


class TestSeverity:
    @pytest.mark.parametrize(
        ("overrides", "expected"),
        [
            ({}, Severity.HIGH),
            ({"py-sql": Severity.LOW}, Severity.LOW),
            ({"*": Severity.LOW, "py-*": Severity.MEDIUM}, Severity.MEDIUM),
            ({"py-*": Severity.MEDIUM, "*": Severity.LOW}, Severity.MEDIUM),
            (
                {"py-s*": Severity.LOW, "py-sql": Severity.CRITICAL, "py-sq*": Severity.INFO},
                Severity.CRITICAL,
            ),
            ({"py-*": Severity.LOW, "*sql": Severity.MEDIUM}, Severity.MEDIUM),
            ({"*ql": Severity.LOW, "py*": Severity.CRITICAL, "sql*": Severity.INFO}, Severity.CRITICAL),
        ],
    )
    def test_the_most_specific_override_wins(
        self, overrides: dict[str, Severity], expected: Severity
    ) -> None:
        assert severity_of(rule("py-sql"), Config(severity=overrides)) is expected

    @given(st.permutations(["*", "py-*", "*-sql", "*s*", "py-s*"]))
    def test_the_order_of_overrides_means_nothing(self, order: list[str]) -> None:
        levels = dict(zip(["*", "py-*", "*-sql", "*s*", "py-s*"], Severity, strict=True))
        overrides = {glob: levels[glob] for glob in order}
        assert severity_of(rule("py-sql"), Config(severity=overrides)) is levels["py-s*"]

    @pytest.mark.parametrize("severity", Severity)
    @pytest.mark.parametrize("fail_on", [None, *Severity])
    def test_open_findings_fail_from_fail_on_up_and_info_never(
        self, severity: Severity, fail_on: Severity | None
    ) -> None:
        config = Config(fail_on=fail_on, severity={"r": severity})
        file = evaluate("§f()§", config)
        expected = fail_on is not None and severity >= fail_on and severity is not Severity.INFO
        assert fails(file.findings[0], config) is expected
        outcome = verdict(file, config=config).outcome
        assert outcome is (Outcome.FAIL if expected else Outcome.PASS)

    def test_defaults(self) -> None:
        assert Config().fail_on is Severity.MEDIUM
        assert Config().min_confidence is Confidence.LOW
