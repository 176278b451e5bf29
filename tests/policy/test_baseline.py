"""Baselines and ``--diff``: what was there before is accepted, by count, and nothing more (SPEC 5)."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from policy_samples import TODAY, evaluate, marked, rules, statuses, verdict

from secloop.model import Finding, Outcome, ProblemKind, Status
from secloop.policy.baseline import (
    NO_BASELINE,
    Baseline,
    apply_baseline,
    mark_existing,
    read_baseline,
    write_baseline,
)
from secloop.policy.evaluate import FileFindings, evaluate_file
from secloop.workspace.settings import Config

CALL = "    §g()§\n"


def function(calls: int, suppressed: int = 0) -> str:
    lines = [CALL] * (calls - suppressed) + ["    §g()§  # nosemgrep\n"] * suppressed
    return "def f():\n    x = 1\n" + "".join(lines)


def baseline_of(*files: FileFindings) -> Baseline:
    data = write_baseline([finding for file in files for finding in file.findings])
    baseline, problems = read_baseline("base.json", data)
    assert not problems
    return baseline


def applied(file: FileFindings, baseline: Baseline) -> str:
    return "".join(finding.status.value[0] for finding in apply_baseline(file.findings, baseline))


def diffed(now: FileFindings, before: FileFindings, renames: dict[str, str] | None = None) -> str:
    marked = mark_existing(now.findings, before.findings, renames or {})
    return "".join(finding.status.value[0] for finding in marked)


class TestFile:
    def test_one_sorted_entry_a_line(self) -> None:
        files = [evaluate(function(2) + "§h()§\n", path="b.py"), evaluate("§s!é()§\n", path="a.py")]
        findings = [finding for file in files for finding in file.findings]
        data = write_baseline(findings)
        assert write_baseline(reversed(findings)) == data
        lines = data.decode().splitlines()
        assert lines[0] == '{"version": 1, "findings": ['
        assert lines[-1] == "]}"
        entries = [json.loads(line.rstrip(",")) for line in lines[1:-1]]
        assert [entry["path"] for entry in entries] == ["a.py", "b.py", "b.py"]
        assert sorted(entry["count"] for entry in entries) == [1, 1, 2]
        assert list(entries[0]) == ["path", "rule", "fingerprint", "fingerprint_moved", "count"]

    def test_an_empty_one_can_be_read(self) -> None:
        assert read_baseline("b", write_baseline([])) == (Baseline("b"), ())

    def test_what_is_written_accepts_what_is_open_and_no_more(self) -> None:
        file = evaluate(function(3, suppressed=1))
        baseline = baseline_of(file)
        assert [entry.count for entry in baseline.entries] == [2]
        assert applied(file, baseline) == "bbs"

    def test_writing_it_again_over_itself_changes_nothing(self) -> None:
        file = evaluate(function(3))
        once = write_baseline(file.findings)
        again = write_baseline(apply_baseline(file.findings, read_baseline("b", once)[0]))
        assert once == again

    def test_entries_of_files_that_were_not_checked_can_be_kept(self) -> None:
        old = baseline_of(evaluate(function(1), path="a.py"), evaluate(function(2), path="b.py"))
        checked = evaluate(function(3), path="b.py")
        kept = [entry for entry in old.entries if entry.path != "b.py"]
        baseline, _ = read_baseline("base.json", write_baseline(checked.findings, kept))
        assert [(entry.path, entry.count) for entry in baseline.entries] == [("a.py", 1), ("b.py", 3)]

    def test_what_a_revision_already_had_is_not_in_it(self) -> None:
        file = evaluate(function(2))
        assert (
            baseline_of(replace(file, findings=mark_existing(file.findings, file.findings, {}))).entries == ()
        )

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b"", "not JSON"),
            (b"\xff", "not JSON"),
            (b"[" * 100_000, "not JSON"),
            (b"[]", "no object"),
            (b'{"findings": []}', "no object with a version"),
            (b'{"version": 2, "findings": []}', "version 2"),
            (b'{"version": true, "findings": []}', "version True"),
            (b'{"version": 1}', "exactly"),
            (b'{"version": 1, "findings": {}}', "exactly"),
            (b'{"version": 1, "findings": [], "more": 1}', "exactly"),
            (b'{"version": 1, "findings": [1]}', "entry 1"),
            (b'{"version": 1, "findings": [{"path": "a"}]}', "entry 1"),
            (b" " * 64_000_001, "larger"),
        ],
    )
    def test_a_file_that_is_no_baseline_is_an_error_and_accepts_nothing(self, data: bytes, why: str) -> None:
        baseline, (problem,) = read_baseline("base.json", data)
        assert baseline.entries == ()
        assert (problem.kind, problem.path) == (ProblemKind.POLICY, "base.json")
        assert why in problem.message

    @pytest.mark.parametrize(
        "wrong",
        [
            {"count": 0},
            {"count": -1},
            {"count": True},
            {"count": 1.0},
            {"count": 10**7},
            {"count": "1"},
            {"fingerprint": "abc"},
            {"fingerprint_moved": "X" * 64},
            {"fingerprint": None},
            {"path": ""},
            {"rule": 3},
            {"extra": 1},
        ],
    )
    def test_a_wrong_entry_is_named(self, wrong: dict[str, object]) -> None:
        good = {"path": "a", "rule": "r", "fingerprint": "0" * 64, "fingerprint_moved": "1" * 64, "count": 1}
        value = {"version": 1, "findings": [good, {**good, "path": "b", **wrong}]}
        _, problems = read_baseline("base.json", json.dumps(value).encode())
        assert "entry 2" in problems[0].message

    def test_an_entry_that_a_merge_left_twice_is_an_error(self) -> None:
        good = {"path": "a", "rule": "r", "fingerprint": "0" * 64, "fingerprint_moved": "1" * 64, "count": 1}
        _, problems = read_baseline("b", json.dumps({"version": 1, "findings": [good, good]}).encode())
        assert "merge" in problems[0].message


class TestCount:
    @given(was=st.integers(0, 4), now=st.integers(0, 4))
    def test_as_many_as_were_there_are_accepted(self, was: int, now: int) -> None:
        before, after = evaluate(function(was)), evaluate(function(now))
        expected = "b" * min(was, now) + "o" * max(now - was, 0)
        assert applied(after, baseline_of(before)) == expected
        assert diffed(after, before) == expected

    def test_taking_away_the_first_of_equal_ones_leaves_the_others_accepted(self) -> None:
        before = evaluate("def f():\n    §g()§\n    y()\n    §g()§\n")
        after = evaluate("def f():\n    y()\n    §g()§\n")
        assert applied(after, baseline_of(before)) == "b"

    def test_another_scope_or_another_text_is_new(self) -> None:
        before = evaluate("def f():\n    §g()§\n")
        for source in ("def e():\n    §g()§\n", "def f():\n    §g(1)§\n", "def f():\n    §s!g()§\n"):
            assert applied(evaluate(source), baseline_of(before)) == "o"

    def test_doing_it_twice_changes_nothing(self) -> None:
        file, baseline = evaluate(function(3)), baseline_of(evaluate(function(2)))
        once = apply_baseline(file.findings, baseline)
        assert apply_baseline(once, baseline) == once

    @given(st.randoms(use_true_random=False))
    def test_the_order_of_findings_does_not_matter(self, random) -> None:  # type: ignore[no-untyped-def]
        findings = list(evaluate(function(3) + "§g()§\n").findings)
        baseline = baseline_of(evaluate(function(2)))
        expected = _by_print(apply_baseline(findings, baseline))
        random.shuffle(findings)
        assert _by_print(apply_baseline(findings, baseline)) == expected

    def test_a_waiver_or_comment_outranks_the_baseline(self) -> None:
        assert applied(evaluate(function(2, suppressed=1)), baseline_of(evaluate(function(2)))) == "bs"


def _by_print(findings: tuple[Finding, ...]) -> dict[str, Status]:
    return {finding.fingerprint: finding.status for finding in findings}


class TestDiff:
    def test_a_renamed_file_keeps_its_findings_and_a_moved_one_does_not(self) -> None:
        before, after = evaluate(function(2), path="old.py"), evaluate(function(2), path="new.py")
        assert diffed(after, before, {"new.py": "old.py"}) == "bb"
        assert diffed(after, before) == "oo"

    def test_what_was_suppressed_there_existed_there(self) -> None:
        assert diffed(evaluate(function(1)), evaluate(function(1, suppressed=1))) == "b"

    def test_suppressing_one_makes_no_room_for_another(self) -> None:
        assert diffed(evaluate(function(3, suppressed=1)), evaluate(function(2))) == "bos"
        assert diffed(evaluate(function(2, suppressed=1)), evaluate(function(1, suppressed=1))) == "os"

    def test_the_finding_says_where_it_existed(self) -> None:
        file = evaluate(function(1))
        (finding,) = mark_existing(file.findings, file.findings, {}, revision="main")
        assert finding.acceptance is not None
        assert (finding.acceptance.kind, finding.acceptance.reason) == ("diff", "existed in main")

    def test_in_a_verdict(self) -> None:
        before, after = evaluate(function(1)), evaluate(function(2))
        assert verdict(after, existing=before.findings).outcome is Outcome.FAIL
        assert verdict(after, existing=after.findings).outcome is Outcome.PASS
        assert verdict(after, existing=()).outcome is Outcome.FAIL

    def test_with_a_baseline_nothing_is_counted_twice(self) -> None:
        before, after = evaluate(function(1)), evaluate(function(2))
        both = verdict(after, existing=before.findings, baseline=baseline_of(before))
        assert sorted(f.status.value for f in both.findings) == ["baseline", "open"]


class TestStale:
    def kinds(self, file: FileFindings, baseline: Baseline, *, whole: bool = False) -> list[str]:
        return [notice.kind for notice in verdict(file, baseline=baseline, whole=whole).notices]

    def test_an_entry_that_accepts_more_than_is_there(self) -> None:
        baseline = baseline_of(evaluate(function(2)))
        assert self.kinds(evaluate(function(2)), baseline) == []
        assert self.kinds(evaluate(function(1)), baseline) == ["stale-baseline"]
        assert self.kinds(evaluate(function(0)), baseline) == ["stale-baseline"]

    def test_of_a_file_that_was_not_checked_nothing_is_known(self) -> None:
        baseline = baseline_of(evaluate(function(2), path="gone.py"))
        assert self.kinds(evaluate(function(2)), baseline) == []
        assert self.kinds(evaluate(function(2)), baseline, whole=True) == ["stale-baseline"]


def test_the_baseline_may_be_applied_per_file_or_per_verdict() -> None:
    document, result = marked(function(2))
    baseline = baseline_of(evaluate(function(1)))
    alone = evaluate_file(document, result, rules("r"), Config(), TODAY, baseline=baseline)
    assert statuses(alone) == "bo"
    assert verdict(alone, baseline=baseline) == verdict(evaluate(function(2)), baseline=baseline)
    assert Counter(f.status for f in verdict(alone, baseline=NO_BASELINE).findings)[Status.OPEN] == 2
