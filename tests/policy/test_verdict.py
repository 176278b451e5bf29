"""The verdict is a function of content, rules and policy, and of nothing else (SPEC 3, 4)."""

from __future__ import annotations

import datetime
import json
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from policy_samples import TODAY, evaluate, marked, rule, rules, verdict

from secloop.model import (
    Components,
    Confidence,
    FileResult,
    Match,
    Outcome,
    PolicyChange,
    Problem,
    ProblemKind,
    RuleSet,
    Severity,
    Skipped,
    TraceStep,
)
from secloop.policy.baseline import NO_BASELINE, read_baseline, write_baseline
from secloop.policy.digest import content_digest, policy_digest, verdict_digest
from secloop.policy.evaluate import evaluate_file
from secloop.policy.json import verdict_json
from secloop.syntax.document import Cell, Document
from secloop.workspace.settings import Config, PolicySettings, SuppressionSettings, Waiver

POLICY = "ec8504ac85e0f3068f2f385b028a0dabe92ed1cbf7727be8c77f52b2b8c5afc7"
CONTENT = "cc8feb4aeebeddd8fd3f94315413351337c462f98ca240d9d3e0a5aba9cfc56a"
VERDICT = "5b4d20f6e8114c696430c24e78d88ec361dd35593cca42cdcd2fee804fca5705"
SOURCE = "def f():\n    §g()§\n    §g()§  # nosemgrep\n"


class TestOutcome:
    def test_pass_fail_error(self) -> None:
        problem = Problem(ProblemKind.UNREADABLE, "cannot read", "b.py")
        assert verdict(evaluate("x = 1")).outcome is Outcome.PASS
        assert verdict(evaluate(SOURCE)).outcome is Outcome.FAIL
        failed = verdict(evaluate(SOURCE), problems=[problem])
        assert failed.outcome is Outcome.ERROR
        assert failed.digest is None
        assert len(failed.findings) == 2
        assert [o.exit_code for o in Outcome] == [0, 1, 2]

    def test_a_rule_that_did_not_load_is_an_error_whatever_is_selected(self) -> None:
        problem = Problem(ProblemKind.RULE, "no pattern", "x.yaml", 3, "bad")
        loaded = RuleSet(rules("r").rules, (problem,), "d")
        result = verdict(evaluate("x = 1"), ruleset=loaded, config=Config(select=("r",)))
        assert (result.outcome, result.problems) == (Outcome.ERROR, (problem,))

    def test_a_file_that_was_not_checked_is_an_error(self) -> None:
        problem = Problem(ProblemKind.TIMEOUT, "took too long", "app.py", rule_id="r")
        document, _ = marked("x = 1")
        file = evaluate_file(document, FileResult("app.py", (), (problem,)), rules("r"), Config(), TODAY)
        assert verdict(file, file).problems == (problem,)

    def test_a_match_of_an_unknown_rule_is_an_error(self) -> None:
        document, result = marked("§nope!f()§")
        file = evaluate_file(document, result, rules("r"), Config(), TODAY)
        assert verdict(file).outcome is Outcome.ERROR

    def test_a_file_parsed_in_part_is_listed_and_an_error_only_under_strict_parsing(self) -> None:
        document, _ = marked("x = (\ny = 1\n")
        result = FileResult("app.py", partial=(document.span(4, 6),))
        file = evaluate_file(document, result, rules("r"), Config(), TODAY)
        lenient, strict = verdict(file), verdict(file, config=Config(strict_parsing=True))
        assert (lenient.outcome, strict.outcome) == (Outcome.PASS, Outcome.ERROR)
        assert lenient.partial == strict.partial
        assert strict.problems[0].kind is ProblemKind.PARSE
        assert (strict.problems[0].path, strict.problems[0].line) == ("app.py", 1)

    def test_a_rule_that_is_left_out_for_a_path_fails_nothing_there(self) -> None:
        problem = Problem(ProblemKind.TIMEOUT, "took too long", "app.py", rule_id="r")
        result = FileResult("app.py", problems=(problem,))
        document = Document("app.py", "x = 1\n")
        for config, problems in ((Config(), (problem,)), (Config(per_path_ignores={"app.py": ("r",)}), ())):
            file = evaluate_file(document, result, rules("r"), config, TODAY)
            assert verdict(file, config=config).problems == problems

    def test_policy_changes_fail_if_the_policy_says_so(self) -> None:
        change = PolicyChange("rule", "r.yaml", 1, "rule 'r' removed")
        assert verdict(evaluate("x = 1"), policy_changes=[change]).outcome is Outcome.PASS
        strict = Config(policy=PolicySettings(on_change="fail"))
        assert verdict(evaluate("x = 1"), config=strict, policy_changes=[change]).outcome is Outcome.FAIL
        assert verdict(evaluate("x = 1"), config=strict).outcome is Outcome.PASS

    def test_skipped_files_are_no_error(self) -> None:
        assert verdict(evaluate("x = 1"), skipped=[Skipped("a.png", "binary")]).outcome is Outcome.PASS


def digest(source: str = SOURCE, **more: object) -> str | None:
    return verdict(evaluate(source), **more).digest  # type: ignore[arg-type]


class TestDigest:
    def test_it_is_pinned(self) -> None:
        # Equal across machines, platforms and Python versions; a change here is a new format version.
        result = verdict(evaluate(SOURCE))
        assert result.components.policy_digest == POLICY
        assert result.components.content_digest == CONTENT
        components = Components("0.1", "1.0", "rules", "policy", "content", "2025-06-15")
        skipped = [Skipped("a.png", "binary")]
        assert verdict_digest(components, result.findings, skipped) == VERDICT

    @given(st.randoms(use_true_random=False))
    def test_the_order_of_anything_given_does_not_matter(self, order: random.Random) -> None:
        files = [evaluate(SOURCE, path=path) for path in ("a.py", "b/a.py", "é.py", "c.py")]
        skipped = [Skipped("x", "binary"), Skipped("x", "excluded"), Skipped("a", "too-large")]
        expected = verdict(*files, skipped=skipped)
        files = [replace(f, findings=_shuffled(f.findings, order)) for f in _shuffled(files, order)]
        assert verdict_json(verdict(*files, skipped=_shuffled(skipped, order))) == verdict_json(expected)

    def test_line_ends_do_not_count(self) -> None:
        assert digest(SOURCE.replace("\n", "\r\n")) == digest() == digest(SOURCE.replace("\n", "\r"))

    def test_messages_traces_fixes_and_notices_do_not_count(self) -> None:
        document, result = marked(SOURCE)
        matches = tuple(
            replace(m, message="other", trace=(TraceStep("source", m.span, "x"),)) for m in result.matches
        )
        file = evaluate_file(document, replace(result, matches=matches), rules("r"), Config(), TODAY)
        assert verdict(file).digest == digest()

    def test_what_is_unsaved_and_policy_changes_do_not_count(self) -> None:
        change = PolicyChange("rule", "r.yaml", 1, "rule 'r' removed")
        assert digest(unsaved=["a.py"], policy_changes=[change]) == digest()

    def test_everything_that_decides_counts(self) -> None:
        variants = {
            digest(),
            digest(SOURCE + "\n"),
            digest(SOURCE.replace("nosemgrep", "nothing..")),
            digest(skipped=[Skipped("a", "binary")]),
            digest(ruleset=rules("r", "s")),
            digest(as_of=TODAY + datetime.timedelta(days=1)),
            digest(config=Config(fail_on=Severity.LOW)),
            digest(options={"diff": "abc"}),
            verdict(evaluate(SOURCE, path="b.py")).digest,
            verdict(evaluate(SOURCE), evaluate("x = 1", path="b.py")).digest,
            verdict(evaluate(SOURCE, Config(severity={"r": Severity.LOW}))).digest,
        }
        assert len(variants) == 11

    def test_a_path_that_is_not_unicode_has_a_digest(self) -> None:
        bad = verdict(evaluate(SOURCE, path="\udcff.py"), skipped=[Skipped("\udcfe", "binary")])
        assert bad.digest

    def test_content_is_path_and_text(self) -> None:
        assert content_digest([("a", "1"), ("b", "2")]) == content_digest([("b", "2"), ("a", "1")])
        assert content_digest([("a", "1"), ("b", "2")]) != content_digest([("a", "2"), ("b", "1")])


WAIVER = Waiver("why", "ann", TODAY, rule="r", line=3)


class TestPolicyDigest:
    @pytest.mark.parametrize(
        "same",
        [
            Config(path="pyproject.toml"),
            Config(select=("b", "a", "a")),
            Config(rules=("more/",)),
            Config(baseline="base.json"),
            Config(timeout=30),
            Config(suppressions=SuppressionSettings(report_unused=True)),
            Config(severity={"b": Severity.LOW, "a": Severity.HIGH}),
            Config(waivers=(replace(WAIVER, rule="s"), replace(WAIVER, line=9, owner="bob", reason="x"))),
        ],
    )
    def test_what_decides_nothing_does_not_count(self, same: Config) -> None:
        plain = replace(
            same, path="", rules=(), baseline="", suppressions=SuppressionSettings(), timeout=30.0
        )
        plain = replace(plain, timeout=30.0, select=tuple(sorted(set(plain.select))))
        plain = replace(plain, severity=dict(sorted(plain.severity.items())))
        plain = replace(plain, waivers=(WAIVER, replace(WAIVER, rule="s")) if plain.waivers else ())
        assert policy_digest(same, NO_BASELINE) == policy_digest(plain, NO_BASELINE)

    def test_what_decides_counts(self) -> None:
        configs = [
            Config(),
            Config(select=("a",)),
            Config(ignore=("a",)),
            Config(per_path_ignores={"a": ("b",)}),
            Config(fail_on=None),
            Config(fail_on=Severity.HIGH),
            Config(min_confidence=Confidence.HIGH),
            Config(severity={"a": Severity.LOW}),
            Config(exclude=("a",)),
            Config(exclude=("a", "!b")),
            Config(exclude=("!b", "a")),
            Config(default_excludes=False),
            Config(max_file_size=10**18),
            Config(strict_parsing=True),
            Config(check_minified=True),
            Config(max_waiver_days=1),
            Config(waivers=(WAIVER,)),
            Config(waivers=(replace(WAIVER, expires=TODAY + datetime.timedelta(days=1)),)),
            Config(policy=PolicySettings(on_change="fail")),
            Config(suppressions=SuppressionSettings(require_reason=True)),
            Config(suppressions=SuppressionSettings(forbid_from=Severity.LOW)),
            Config(suppressions=SuppressionSettings(nosemgrep=False)),
            Config(suppressions=SuppressionSettings(nosec=False)),
        ]
        digests = {policy_digest(config, NO_BASELINE) for config in configs}
        baseline, _ = read_baseline("b", write_baseline(evaluate(SOURCE).findings))
        digests |= {policy_digest(Config(), baseline), policy_digest(Config(), NO_BASELINE, {"diff": "abc"})}
        assert len(digests) == len(configs) + 2

    def test_every_setting_is_accounted_for(self) -> None:
        # A new setting must be put on one side or the other, here and in the digest.
        outside = {"rules", "packs", "bundled_rules", "baseline", "path", "lint", "rule_pages"}
        inside = (
            "select ignore per_path_ignores fail_on min_confidence severity exclude default_excludes "
            "max_file_size check_minified strict_parsing timeout max_memory max_waiver_days suppressions policy waivers"
        )
        assert set(Config.__struct_fields__) == {*inside.split(), *outside}


class TestJson:
    def test_its_shape(self) -> None:
        value = verdict_json(verdict(evaluate(SOURCE), skipped=[Skipped("a", "binary")], unsaved=["b", "a"]))
        assert " ".join(value) == (
            "version verdict digest components summary findings errors skipped partial unsaved lock "
            "policy_changes notices"
        )
        assert " ".join(value["components"]) == (
            "secloop semgrep_core ruleset_digest policy_digest content_digest as_of"
        )
        assert value["components"]["as_of"] == "2025-06-15"
        assert value["unsaved"] == ["a", "b"]
        assert value["skipped"] == [{"path": "a", "reason": "binary"}]
        assert json.loads(json.dumps(value)) == value

    def test_a_finding(self) -> None:
        loaded = rules(rule("r", metadata={"cwe": "CWE-78"}))
        value = verdict_json(verdict(evaluate("x = 'é'; §f()§", ruleset=loaded), ruleset=loaded))
        (finding,) = value["findings"]
        prints = {finding.pop("fingerprint"), finding.pop("fingerprint_moved")}
        assert {len(one) for one in prints} == {64}
        assert finding == {
            "rule_id": "r",
            "path": "app.py",
            "start": {"line": 1, "column": 10, "offset": 10},
            "end": {"line": 1, "column": 13, "offset": 13},
            "severity": "high",
            "confidence": "high",
            "message": "r found",
            "status": "open",
            "fix": False,
            "trace": [],
            "metadata": {"cwe": "CWE-78"},
        }

    def test_an_accepted_finding_says_why(self) -> None:
        value = verdict_json(verdict(evaluate("§f()§  # secloop: ignore[r] fine")))
        suppression = value["findings"][0]["suppression"]
        assert suppression == {"kind": "inline", "reason": "fine", "line": 1, "owner": "", "expires": ""}

    def test_proved_is_there_only_where_it_was_asked_for(self) -> None:
        result = verdict(evaluate("§f()§"))
        assert "proved" not in verdict_json(result)["findings"][0]
        proved = replace(result, findings=tuple(replace(f, proved=False) for f in result.findings))
        assert verdict_json(proved)["findings"][0]["proved"] is False

    def test_a_notebook_counts_within_cells(self) -> None:
        text = "x = input()\nf(x)"
        document = Document("a.ipynb", text, cells=(Cell(0, 0, 11), Cell(2, 12, 16)))
        trace = (
            TraceStep("source", document.span(4, 11), "input()"),
            TraceStep("sink", document.span(14, 15), "x"),
        )
        result = FileResult("a.ipynb", (Match("r", document.span(12, 16), "m", (), trace),))
        file = evaluate_file(document, result, rules("r"), Config(), TODAY)
        (finding,) = verdict_json(verdict(file))["findings"]
        assert (finding["cell"], finding["start"]) == (2, {"line": 1, "column": 1, "offset": 0})
        steps = [(step["kind"], step["cell"], step["start"]["line"]) for step in finding["trace"]]
        assert steps == [("source", 0, 1), ("sink", 2, 1)]

    @given(
        st.lists(
            st.sampled_from(["§f()§\n", "§s!f()§\n", "§s!g()§  # nosemgrep\n", "§f()§  # secloop: ignore\n"]),
            max_size=6,
        )
    )
    def test_every_number_in_the_summary_is_true_of_the_rest(self, lines: list[str]) -> None:
        loaded = rules(rule("r", Severity.LOW), rule("s", Severity.CRITICAL), "t")
        config = Config(ignore=("t",), waivers=(Waiver("w", "o", TODAY, rule="r", path="b.py"),))
        files = [evaluate("".join(lines), config, loaded, path=path) for path in ("a.py", "b.py")]
        more = {"problems": [Problem(ProblemKind.GIT, "no git")], "skipped": [Skipped("x", "binary")]}
        value = verdict_json(verdict(*files, config=config, ruleset=loaded, **more))
        summary = value["summary"]
        opened = Counter(f["severity"] for f in value["findings"] if f["status"] == "open")
        assert summary["open"] == {s.label: opened[s.label] for s in sorted(Severity, reverse=True)}
        by_status = Counter(f["status"] for f in value["findings"])
        assert {key: count for key, count in summary["status"].items() if count} == by_status
        for key in ("findings", "errors", "skipped", "partial"):
            assert summary[key] == len(value[key])
        assert (summary["files_checked"], summary["rules_run"]) == (2, 2)


def _shuffled(items, order: random.Random):  # type: ignore[no-untyped-def]
    items = list(items)
    order.shuffle(items)
    return items
