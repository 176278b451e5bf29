"""Random reports, most of whose names and texts mean harm to some format."""

from __future__ import annotations

from typing import TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from report_samples import ROOT, finding, rule, verdict

from secloop.model import (
    Acceptance,
    Notice,
    Outcome,
    Partial,
    PolicyChange,
    Problem,
    ProblemKind,
    RuleSet,
    Severity,
    Skipped,
    Status,
    Verdict,
)
from secloop.reports import Report
from secloop.syntax.document import Document

T = TypeVar("T")
FEW = settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
"""For tests over whole reports, which take long to make."""

_PIECES = [
    *"ab Z09.,;:|`*_~<>&\"'()[]{}#@!$%^\\/-+=\t\n\r",
    *"\x00\x07\x1b\x7f\x85\x9b\u200b\u202e\u2028\u2066\ufeff\ufffe\ud800\udcff",
    *"é日👍",
    *["e\u0301", "```", "::", "\n::error::", "##[", "]]>", "<!--", "-->", "<b>", "http://", "www.", "@me"],
    *["#1", "&amp;", "%0A", "1. ", "- ", "| |", "](x)", "{0}", "![", "\r\n", "GH-1", ":tada:", "<script>"],
    "a@b.example",
]


def hostile_text(max_size: int = 12) -> st.SearchStrategy[str]:
    """Short texts of pieces that some format gives a meaning to."""
    return st.lists(st.sampled_from(_PIECES), max_size=max_size).map("".join)


def paths() -> st.SearchStrategy[str]:
    """Relative paths, never empty."""
    return hostile_text().map(lambda text: "d/" + text.replace("\x00", "").replace("/", "") + "x")


_PROBLEMS = st.builds(
    Problem,
    st.sampled_from(ProblemKind),
    hostile_text(),
    st.one_of(st.just(""), paths()),
    st.integers(0, 9),
    hostile_text(2),
)


_CHANGES = st.builds(PolicyChange, st.just("rule"), paths(), st.just(2), hostile_text())


def _few(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


@st.composite
def verdicts(draw: st.DrawFn, root: str = ROOT) -> tuple[Verdict, tuple[Document, ...], RuleSet]:
    """A verdict with findings of any status, and the documents and rules behind it."""
    names = draw(st.lists(paths(), min_size=1, max_size=2, unique=True))
    documents = tuple(Document(name, draw(hostile_text(30)) + "x") for name in names)
    rules = [
        rule(
            f"rule-{number}{draw(hostile_text(3))}",
            draw(st.sampled_from(Severity)),
            message=draw(hostile_text(20)),
            metadata={
                "cwe": draw(st.lists(st.sampled_from(["CWE-79: a|b", "22", "CWE-1 <b>", "x"]), max_size=2)),
                "owasp": draw(hostile_text(4)),
                "references": draw(st.lists(st.sampled_from(["https://a.example/x_(y)", "x:y"]), max_size=2)),
                "secloop": {"good": draw(hostile_text(6)), "how-to-fix": draw(hostile_text(6))},
            },
            **({"fix": "x"} if draw(st.booleans()) else {}),
        )
        for number in range(2)
    ]
    findings = []
    for number in range(draw(st.integers(0, 4))):
        document = draw(st.sampled_from(documents))
        start = draw(st.integers(0, len(document.text)))
        end = draw(st.integers(start, len(document.text)))
        span = document.span(len(document.text[:start].encode()), len(document.text[:end].encode()))
        status = draw(st.sampled_from(Status))
        accepted = Acceptance("inline", draw(hostile_text()), draw(st.integers(0, 3)), draw(hostile_text(2)))
        made = finding(
            draw(st.sampled_from(rules)),
            document,
            span,
            message=draw(hostile_text(20)),
            status=status,
            trace=[("source", span), ("sink", span)] if draw(st.booleans()) else (),
            acceptance=None if status is Status.OPEN else accepted,
            proved=draw(st.sampled_from([None, True, False])),
        )
        findings.append(replace(made, fingerprint=f"{number:064x}"))
    made_verdict = verdict(
        findings,
        root=root,
        problems=draw(_few(_PROBLEMS)),
        skipped=draw(_few(st.builds(Skipped, paths(), st.sampled_from(["binary", "excluded"])))),
        partial=draw(_few(st.builds(Partial, paths(), st.just((documents[0].span(0, 1),))))),
        notices=draw(_few(st.builds(Notice, st.just("unused-suppression"), hostile_text(), paths()))),
        policy_changes=draw(_few(_CHANGES)),
        unsaved=draw(_few(paths())),
        files_checked=draw(st.integers(0, 5000)),
        rules_run=draw(st.integers(0, 2000)),
    )
    if made_verdict.outcome is Outcome.PASS and draw(st.booleans()):
        made_verdict = replace(made_verdict, outcome=Outcome.FAIL)
    return made_verdict, documents, RuleSet(tuple(rules), (), "")


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report over one or two roots."""
    roots = draw(st.sampled_from([(ROOT,), (f"{ROOT}/a", f"{ROOT}/b")]))
    drawn = [draw(verdicts(root)) for root in roots]
    texts = {(one.root, document.path): document for one, documents, _ in drawn for document in documents}
    return Report(
        verdicts=tuple(one for one, _, _ in drawn),
        rules={one.root: ruleset for one, _, ruleset in drawn},
        documents=lambda root, path: texts.get((root, path)),
        fixes=lambda root, of: ((0, 1, "\x1b<"),) if of.fix else None,
    )
