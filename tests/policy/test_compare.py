"""Two verdicts compared: whether they are the same, why not, and which findings only one of them has."""

from __future__ import annotations

from typing import Any

import pytest

from secloop.policy.compare import compare, verdict_of

COMPONENTS = {
    "secloop": "1",
    "semgrep_core": "1.182.0",
    "ruleset_digest": "r",
    "policy_digest": "p",
    "content_digest": "c",
    "as_of": "2026-01-01",
}


def finding(rule_id: str, line: int = 1, **changed: Any) -> dict[str, Any]:
    place = {"line": line, "column": 1, "offset": 0}
    words = {"path": "a.py", "severity": "high", "status": "open", "fingerprint": f"{rule_id}:{line}"}
    return {"rule_id": rule_id, **words, "start": place, "end": place, "message": "m", **changed}


def verdict(*findings: Any, digest: str | None = "d", **components: str) -> dict[str, Any]:
    return {
        "version": 1,
        "verdict": "pass",
        "digest": digest,
        "components": {**COMPONENTS, **components},
        "findings": list(findings),
    }


def test_equal_digests_are_the_same_verdict() -> None:
    found = compare(verdict(finding("a")), verdict(finding("a", message="other words")))
    assert (found.same, found.reasons, found.only_first, found.only_second) == (True, (), (), ())


def test_what_was_not_decided_is_the_same_as_nothing() -> None:
    assert not compare(verdict(digest=None), verdict(digest=None)).same


@pytest.mark.parametrize(
    ("component", "reason"),
    [
        ("secloop", "engine"),
        ("semgrep_core", "engine"),
        ("ruleset_digest", "rules"),
        ("policy_digest", "policy"),
        ("content_digest", "content"),
        ("as_of", "as_of"),
    ],
)
def test_each_component_is_a_reason(component: str, reason: str) -> None:
    found = compare(verdict(), verdict(digest="e", **{component: "other"}))
    assert (found.same, found.reasons) == (False, (reason,))


def test_findings_are_compared_by_what_the_digest_covers_and_counted() -> None:
    first = verdict(finding("a"), finding("a"), finding("b"), finding("c", status="waived"))
    second = verdict(finding("a"), finding("b", 2), finding("c"), digest="e")
    found = compare(first, second)
    assert found.only_first == (1, 2, 3)
    assert found.only_second == (1, 2)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        [],
        {},
        {**verdict(), "findings": [{"rule_id": "a"}]},
        {**verdict(), "components": []},
        {**verdict(), "digest": 3},
    ],
)
def test_what_is_no_verdict_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"not the verdict|several"):
        verdict_of(value)


def test_one_verdict_in_a_list_is_taken_and_another_format_is_not() -> None:
    assert verdict_of([verdict()]) == verdict()
    with pytest.raises(ValueError, match="format version 2"):
        verdict_of({**verdict(), "version": 2})
