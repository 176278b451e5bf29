"""A change that loosens what judges it is named, with the findings it hides (``--policy-from``)."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from msgspec.structs import replace
from policy_samples import TODAY, evaluate, rule, rules, verdict

from secloop.model import Confidence, PolicyChange, Problem, ProblemKind, RuleSet, Severity
from secloop.policy.baseline import NO_BASELINE, Baseline, read_baseline, write_baseline
from secloop.policy.changes import Judged, policy_changes
from secloop.policy.evaluate import FileFindings
from secloop.workspace.settings import Config, PolicySettings, SuppressionSettings, Waiver

SOURCE = "def f():\n    §g()§\n    §s!h()§\n"
RULES = rules(rule("r", Severity.HIGH), rule("s", Severity.MEDIUM, Confidence.MEDIUM))
FINDINGS = {f.rule_id: f.fingerprint for f in evaluate(SOURCE, ruleset=RULES).findings}
WAIVER = Waiver("agreed", "ann", TODAY, rule="r", line=4)
DAY = datetime.timedelta(days=1)


def judged(
    config: Config | None = None,
    ruleset: RuleSet = RULES,
    source: str = SOURCE,
    *,
    baseline: Baseline = NO_BASELINE,
    checked: bool = True,
    **more: Any,
) -> Judged:
    config = replace(config or Config(), path="secloop.toml")
    kept = source if all(ruleset.get(one) for one in "rs") else source.replace("§s!h()§", "h()")
    file = evaluate(kept, config, ruleset)
    findings = verdict(file, config=config, ruleset=ruleset, baseline=baseline).findings
    paths = frozenset({"app.py"} if checked else ())
    return Judged(ruleset, config, baseline, findings if checked else (), paths, **more)


def changes(base: Judged, head: Judged) -> list[tuple[str, str, str]]:
    """What changed, in words, and the rules of the findings that it hides."""
    names = {fingerprint: rule_id for rule_id, fingerprint in FINDINGS.items()}
    return [
        (one.what, one.message, "".join(sorted(names[fingerprint] for fingerprint in one.hides)))
        for one in policy_changes(base, head)
    ]


def test_no_change_is_no_entry() -> None:
    config = Config(waivers=(WAIVER,), ignore=("x",), exclude=("y",), severity={"r": Severity.LOW})
    assert changes(judged(config), judged(config)) == []


@pytest.mark.parametrize(
    ("base", "head", "message", "hides"),
    [
        ({}, {"fail_on": Severity.HIGH}, "fail-on loosened from medium to high", "s"),
        ({}, {"fail_on": None}, "fail-on loosened from medium to never", "rs"),
        ({}, {"min_confidence": Confidence.HIGH}, "min-confidence raised from low to high", "s"),
        ({}, {"ignore": ("s*",)}, "ignore has a new entry 's*'", "s"),
        ({}, {"select": ("r",)}, "select leaves out 's'", "s"),
        ({"select": ("r", "s")}, {"select": ("r",)}, "select leaves out 's'", "s"),
        ({}, {"per_path_ignores": {"*.py": ("s",)}}, "per-path-ignores has a new entry 's' for '*.py'", "s"),
        ({}, {"severity": {"r": Severity.LOW}}, "severity of 'r' is now low, which lowers 'r'", "r"),
        ({}, {"severity": {"*": Severity.INFO}}, "severity of '*' is now info, which lowers 'r', 's'", "rs"),
        (
            {"severity": {"s": Severity.HIGH}, "fail_on": Severity.HIGH},
            {"fail_on": Severity.HIGH},
            "severity of 's' is no longer set, which lowers 's'",
            "s",
        ),
        ({"strict_parsing": True}, {}, "strict-parsing switched off", ""),
        ({"max_waiver_days": 30}, {}, "max-waiver-days raised from 30 to 365", ""),
        (
            {"policy": PolicySettings("fail")},
            {},
            "policy.on-change loosened from fail to warn",
            "",
        ),
    ],
)
def test_settings_that_loosen(base: dict[str, Any], head: dict[str, Any], message: str, hides: str) -> None:
    assert changes(judged(Config(**base)), judged(Config(**head))) == [("policy", message, hides)]


@pytest.mark.parametrize(
    ("base", "head"),
    [
        ({"fail_on": None}, {}),
        ({}, {"fail_on": Severity.LOW}),
        ({"min_confidence": Confidence.HIGH}, {}),
        ({"ignore": ("s",)}, {}),
        ({"select": ("r",)}, {}),
        ({"per_path_ignores": {"*": ("*",)}}, {}),
        ({"severity": {"r": Severity.LOW}}, {"severity": {"r": Severity.CRITICAL}}),
        ({"exclude": ("docs/",)}, {}),
        ({}, {"strict_parsing": True}),
        ({}, {"max_waiver_days": 3}),
        ({"waivers": (WAIVER,)}, {}),
        ({"waivers": (WAIVER,)}, {"waivers": (replace(WAIVER, reason="x", owner="y", line=1),)}),
        ({"waivers": (WAIVER,)}, {"waivers": (replace(WAIVER, expires=TODAY - DAY),)}),
        ({}, {"suppressions": SuppressionSettings(require_reason=True, forbid_from=Severity.LOW)}),
        ({}, {"suppressions": SuppressionSettings(nosec=False, nosemgrep=False)}),
    ],
)
def test_settings_that_tighten_are_no_entry(base: dict[str, Any], head: dict[str, Any]) -> None:
    assert changes(judged(Config(**base)), judged(Config(**head))) == []


@pytest.mark.parametrize(
    ("base", "head", "message"),
    [
        ({}, {"exclude": ("app.*",)}, "exclude has a new entry 'app.*'"),
        (
            {"exclude": ("*.py", "!app.py")},
            {"exclude": ("*.py",)},
            "exclude has lost its exception '!app.py'",
        ),
        ({"default_excludes": False}, {}, "default-excludes switched on"),
        ({"check_minified": True}, {}, "check-minified switched off"),
        ({}, {"max_file_size": 1}, "max-file-size lowered from 1000000 to 1"),
    ],
)
def test_files_that_are_no_longer_checked(base: dict[str, Any], head: dict[str, Any], message: str) -> None:
    found = changes(judged(Config(**base)), judged(Config(**head), checked=False))
    assert found == [("policy", message, "rs")]


def test_an_exclude_hides_only_what_it_matches() -> None:
    assert changes(judged(), judged(Config(exclude=("docs/",)))) == [
        ("policy", "exclude has a new entry 'docs/'", "")
    ]


class TestSuppressionSettings:
    SOURCE = "def f():\n    §g()§  # nosec\n    §s!h()§  # nosemgrep: s\n"

    @pytest.mark.parametrize(
        ("base", "message", "hides"),
        [
            ({"require_reason": True}, "suppressions.require-reason switched off", "rs"),
            ({"forbid_from": Severity.HIGH}, "suppressions.forbid-from loosened from high to never", "r"),
            ({"nosec": False}, "suppressions.nosec switched on", "r"),
            ({"nosemgrep": False}, "suppressions.nosemgrep switched on", "s"),
        ],
    )
    def test_loosened(self, base: dict[str, Any], message: str, hides: str) -> None:
        strict = Config(suppressions=SuppressionSettings(**base))
        found = changes(judged(strict, source=self.SOURCE), judged(source=self.SOURCE))
        assert found == [("policy", message, hides)]


class TestRules:
    def test_removed(self) -> None:
        assert changes(judged(), judged(ruleset=rules(RULES.rules[0]))) == [("rule", "rule 's' removed", "s")]

    def test_changed_so_that_it_no_longer_matches(self) -> None:
        head = judged(ruleset=rules(RULES.rules[0], rule("s", Severity.MEDIUM, version=2)))
        head = replace(head, findings=head.findings[:1])
        assert changes(judged(), head) == [("rule", "rule 's' changed", "s")]

    def test_overridden_and_its_severity_lowered(self) -> None:
        base = rules(rule("r", Severity.HIGH, origin="bundled"), RULES.rules[1])
        head = rules(rule("r", Severity.LOW, version=2), RULES.rules[1])
        ((_, message, hides),) = changes(judged(ruleset=base), judged(ruleset=head))
        assert message == (
            "rule 'r' overridden (was .secloop/rules/r.yaml), severity lowered from high to low"
        )
        assert hides == "r"

    def test_added_is_no_entry(self) -> None:
        assert changes(judged(), judged(ruleset=rules(*RULES.rules, "t"))) == []

    def test_bundled_rules_switched_off(self) -> None:
        base = rules(RULES.rules[0], rule("s", Severity.MEDIUM, origin="bundled"))
        head = judged(Config(bundled_rules=False), rules(RULES.rules[0]))
        assert changes(judged(ruleset=base), head) == [
            ("policy", "bundled-rules switched off", "s"),
            ("rule", "rule 's' removed", "s"),
        ]

    def test_what_no_longer_loads_is_named(self) -> None:
        rule_problem = Problem(ProblemKind.RULE, "no pattern", "x.yaml", 3, "s")
        broken = replace(rules(RULES.rules[0]), problems=(rule_problem,))
        policy_problem = Problem(ProblemKind.POLICY, "unknown key", "secloop.toml", 1)
        found = policy_changes(judged(), judged(ruleset=broken, problems=(policy_problem,)))
        assert [(one.what, one.path, one.line, one.message) for one in found] == [
            ("policy", "secloop.toml", 1, "does not load: unknown key"),
            ("rule", ".secloop/rules/s.yaml", 2, "rule 's' removed"),
            ("rule", "x.yaml", 3, "does not load: no pattern"),
        ]
        same = judged(ruleset=broken, problems=(policy_problem,))
        assert policy_changes(same, same) == ()


class TestWaiversAndBaseline:
    def test_a_waiver_added(self) -> None:
        (change,) = policy_changes(judged(), judged(Config(waivers=(WAIVER,))))
        assert change == PolicyChange(
            "waiver",
            "secloop.toml",
            4,
            "waiver added: rule 'r' until 2025-06-15 (ann: agreed)",
            (FINDINGS["r"],),
        )

    def test_a_waiver_extended(self) -> None:
        expired = replace(WAIVER, expires=TODAY - DAY)
        found = changes(judged(Config(waivers=(expired,))), judged(Config(waivers=(WAIVER,))))
        assert found == [
            ("waiver", "waiver extended from 2025-06-14: rule 'r' until 2025-06-15 (ann: agreed)", "r")
        ]

    def test_a_baseline_grown(self) -> None:
        file = evaluate(SOURCE, ruleset=RULES)
        small, _ = read_baseline("base.json", write_baseline(file.findings[:1]))
        large, _ = read_baseline("base.json", write_baseline(file.findings))
        assert changes(judged(baseline=small), judged(baseline=large)) == [
            ("baseline", "baseline accepts 1 more finding", "s")
        ]
        assert changes(judged(baseline=large), judged(baseline=small)) == []


def test_what_nothing_explains_is_named_all_the_same() -> None:
    head = replace(judged(), findings=())
    assert changes(judged(), head) == [
        ("policy", "findings are missing under the change's own rules and policy", "rs")
    ]


class TestComments:
    def added(
        self,
        before: str,
        after: str,
        *,
        path: str = "app.py",
        renames: dict[str, str] | None = None,
    ) -> list[tuple[str, int, str, int]]:
        ruleset = rules("r", "s")
        old: list[FileFindings] = [evaluate(before, ruleset=ruleset)]
        new = [evaluate(after, ruleset=ruleset, path=path)]
        side = Judged(ruleset, Config())
        found = policy_changes(side, side, before=old, after=new, renames=renames)
        assert {one.what for one in found} <= {"suppression"}
        known = {finding.fingerprint for file in new for finding in file.findings}
        assert all(known.issuperset(one.hides) for one in found)
        return [(one.path, one.line, one.message, len(one.hides)) for one in found]

    def test_added_to_a_finding_that_was_open(self) -> None:
        assert self.added("§f()§", "§f()§  # secloop: ignore[r] why") == [
            ("app.py", 1, "suppression added: secloop: ignore[r] why", 1)
        ]

    def test_added_with_its_finding(self) -> None:
        assert self.added("", "x\n§f()§  # nosemgrep: r") == [
            ("app.py", 2, "suppression added: nosemgrep[r], no reason given", 1)
        ]
        assert self.added("", "§f()§  # nosec") == [
            ("app.py", 1, "suppression added: nosec (every rule), no reason given", 1)
        ]

    def test_an_old_one_whose_lines_move_is_not_added(self) -> None:
        source = "§f()§  # secloop: ignore[r] why\n# secloop: ignore[s]\nx = 1\n"
        assert self.added(source, f"import a\n\n{source}") == []
        assert self.added(source, source, path="b.py", renames={"b.py": "app.py"}) == []

    def test_in_a_file_that_moved_without_a_rename_all_are_added(self) -> None:
        assert len(self.added("§f()§  # nosec", "§f()§  # nosec", path="b.py")) == 1

    def test_an_old_one_put_on_another_finding_is_added(self) -> None:
        before = "§f()§  # secloop: ignore[r] why\n§g()§\n"
        after = "§f()§\n§g()§  # secloop: ignore[r] why\n"
        assert [change[3] for change in self.added(before, after)] == [1]

    def test_one_more_of_equal_findings_is_counted(self) -> None:
        line = "§f()§  # nosec\n"
        assert [change[3] for change in self.added(line, line * 3)] == [1, 1]

    def test_one_that_accepts_nothing_yet_is_named(self) -> None:
        assert [change[3] for change in self.added("x = 1\n", "x = 1  # secloop: ignore[r]\n")] == [0]

    def test_taken_away_is_no_entry(self) -> None:
        assert self.added("§f()§  # nosec", "§f()§") == []
