"""Verdicts made by hand: a small ordinary one, and one from a repository that means harm."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from secloop.model import (
    Acceptance,
    Components,
    Confidence,
    Finding,
    Match,
    Metavariable,
    Notice,
    Outcome,
    Partial,
    PolicyChange,
    Problem,
    ProblemKind,
    Rule,
    RuleSet,
    RuleSource,
    Severity,
    Skipped,
    Span,
    Status,
    TraceStep,
    Verdict,
)
from secloop.reports import Report
from secloop.syntax.document import Cell, Document, clean

ROOT = "/repo"
MARK = "§"


def marked(path: str, text: str, *, cells: tuple[Cell, ...] = ()) -> tuple[Document, list[Span]]:
    """A document, and the spans between each pair of marks in its text."""
    pieces = text.split(MARK)
    document = Document(path, "".join(pieces), cells=cells)
    at, spans, opened = 0, [], 0
    for number, piece in enumerate(pieces[:-1]):
        at += len(clean(piece).encode())
        if number % 2:
            spans.append(document.span(opened, at))
        opened = at
    return document, spans


def rule(
    rule_id: str,
    severity: Severity = Severity.HIGH,
    *,
    message: str = "What was found.",
    metadata: Mapping[str, Any] | None = None,
    **definition: Any,
) -> Rule:
    """A rule as loaded."""
    return Rule(
        id=rule_id,
        languages=("python",),
        severity=severity,
        confidence=Confidence.HIGH,
        message=message,
        definition={"id": rule_id, "message": message, "metadata": dict(metadata or {}), **definition},
        source=RuleSource(f"rules/python/{rule_id}.yaml", 2, "bundled"),
        digest=hashlib.sha256(rule_id.encode(errors="replace")).hexdigest(),
    )


def finding(
    of: Rule,
    document: Document,
    span: Span,
    *,
    message: str = "",
    status: Status = Status.OPEN,
    trace: Sequence[tuple[str, Span]] = (),
    bound: Mapping[str, Span] | None = None,
    **changes: Any,
) -> Finding:
    """A finding of a rule at a span of a document."""
    match = Match(
        of.id,
        span,
        message or of.message,
        tuple(
            Metavariable(name, document.slice(where.start.offset, where.end.offset), where)
            for name, where in (bound or {}).items()
        ),
        tuple(TraceStep(kind, at, document.slice(at.start.offset, at.end.offset)) for kind, at in trace),
    )
    identity = f"{of.id}\0{document.slice(span.start.offset, span.end.offset)}\0{span.start.line}"
    made = Finding(
        rule_id=of.id,
        path=document.path,
        span=span,
        severity=of.severity,
        confidence=of.confidence,
        message=match.message,
        fingerprint=hashlib.sha256(f"{document.path}\0{identity}".encode(errors="replace")).hexdigest(),
        fingerprint_moved=hashlib.sha256(identity.encode(errors="replace")).hexdigest(),
        status=status,
        fix=of.has_fix,
        match=match,
        metadata=of.metadata,
    )
    return replace(made, **changes)


def verdict(findings: Sequence[Finding] = (), **changes: Any) -> Verdict:
    """A verdict over findings; fail if any is open."""
    problems = changes.get("problems", ())
    is_open = any(f.status is Status.OPEN for f in findings)
    outcome = Outcome.ERROR if problems else Outcome.FAIL if is_open else Outcome.PASS
    made = Verdict(
        root=ROOT,
        outcome=outcome,
        digest=None if problems else "d1" * 32,
        components=Components("1.2.3", "1.182.0", "a1" * 32, "b2" * 32, "c3" * 32, "2026-03-04"),
        findings=tuple(findings),
        problems=(),
        skipped=(),
        partial=(),
        unsaved=(),
        notices=(),
        policy_changes=(),
        files_checked=4,
        rules_run=35,
    )
    return replace(made, **changes)


def report(
    made: Verdict, documents: Sequence[Document] = (), rules: Sequence[Rule] = (), **changes: Any
) -> Report:
    """A report over one verdict."""
    texts = {document.path: document for document in documents}
    return Report(
        verdicts=(made,),
        rules={made.root: RuleSet(tuple(rules), (), "a1" * 32)},
        documents=lambda root, path: texts.get(path),
        **changes,
    )


SHELL = rule(
    "python-subprocess-shell-true",
    Severity.CRITICAL,
    message=(
        "A command built from user input is run by a shell. Whatever the shell understands in it, such as"
        " `;` or `$(…)`, is run too.\n\nPass the command as a list and leave `shell` off."
    ),
    metadata={
        "cwe": ["CWE-78: Improper Neutralization of Special Elements used in an OS Command"],
        "owasp": ["A03:2021 - Injection"],
        "references": ["https://docs.python.org/3/library/subprocess.html#security-considerations"],
        "confidence": "HIGH",
        "secloop": {
            "how-to-fix": "Pass a list of arguments; quote with shlex.quote() where a shell is needed.",
            "bad": 'subprocess.run(f"ping {host}", shell=True)\n',
            "good": 'command = ["ping", host]\nif host:\n    subprocess.run(command)\n',
        },
    },
    **{"fix-regex": {"regex": "shell=True", "replacement": "shell=False"}},
)
YAML_LOAD = rule(
    "python-yaml-load",
    Severity.HIGH,
    message="yaml.load() can construct any Python object.",
    metadata={"cwe": "CWE-502: Deserialization of Untrusted Data", "references": ["https://pyyaml.org/wiki"]},
    fix="yaml.safe_load($X)",
)
MD5 = rule("python-weak-hash", Severity.MEDIUM, message="MD5 is broken.", metadata={"cwe": ["CWE-327"]})
BIND = rule("python-bind-all-interfaces", Severity.LOW, message="The server listens on every interface.")


def ordinary() -> Report:
    """A failing verdict with a trace, fixes, and a finding of every status."""
    views, (source, step, sink, whole, load) = marked(
        "app/views.py",
        """import subprocess

import yaml


def ping(request):
    host = §request.args["host"]§
    §command = f"ping -c 1 {host}"§
    §subprocess.run(command, shell=True)§
    return "ok"


def load(request):
    §return subprocess.run(
        request.body,
        shell=True,
    )§


def config(data):
    return §yaml.load(data)§
""",
    )
    hashes, (first, second) = marked(
        "app/hashes.py",
        "import hashlib\n\nETAG = §hashlib.md5(b'x')§\n"
        "OLD = §hashlib.md5(b'y')§  # secloop: ignore[python-weak-hash] cache key\n",
    )
    server, (listen,) = marked("app/server.py", "import app\n\napp.run(§host='0.0.0.0'§)\n")
    findings = (
        finding(MD5, hashes, first, status=Status.BASELINE, acceptance=Acceptance("baseline", "")),
        finding(
            MD5,
            hashes,
            second,
            status=Status.SUPPRESSED,
            acceptance=Acceptance("inline", "cache key", line=4),
        ),
        finding(
            BIND,
            server,
            listen,
            status=Status.WAIVED,
            acceptance=Acceptance("waiver", "behind the proxy", 12, "team-web", "2026-09-01"),
        ),
        finding(
            SHELL,
            views,
            sink,
            trace=(("source", source), ("step", step), ("sink", sink)),
            bound={"$CMD": step},
        ),
        finding(SHELL, views, whole),
        finding(YAML_LOAD, views, load, proved=True),
    )
    made = verdict(
        findings,
        skipped=(Skipped("logo.png", "binary"), Skipped("data/dump.sql", "too-large")),
        partial=(Partial("app/broken.py", (hashes.span(0, 5), hashes.span(0, 30))),),
        unsaved=(),
        notices=(
            Notice("expired-waiver", "The waiver of python-eval expired on 2026-02-01.", "secloop.toml", 9),
        ),
        policy_changes=(
            PolicyChange(
                "suppression",
                "app/hashes.py",
                4,
                "A comment now ignores python-weak-hash.",
                (findings[1].fingerprint,),
            ),
        ),
    )

    def fixes(root: str, of: Finding) -> tuple[tuple[int, int, str], ...] | None:
        start = of.match.span.start.offset
        return ((start + len("yaml."), start + len("yaml.load"), "safe_load"),) if of.proved else None

    return report(made, [views, hashes, server], [SHELL, YAML_LOAD, MD5, BIND], fixes=fixes)


HOSTILE_PATH = "src/\x1b[2J::error file=x::<b>|`@admin`\n#1\udcff 100%,a:b.py"


def hostile() -> Report:
    """An undecided verdict where names, code and messages try to break out of every format."""
    evil = rule(
        "evil-rule",
        Severity.HIGH,
        message="$X",
        metadata={
            "cwe": ["CWE-79: <script>alert(1)</script>", "not a cwe", 7],
            "owasp": "A01 ]]> <img src=x onerror=alert(1)>",
            "references": ["javascript:alert(1)", "https://example.com/a)b", "https://example.com/\nx"],
        },
        fix="x",
    )
    document, (span, second) = marked(
        HOSTILE_PATH,
        "x\t= '\x1b]0;owned\x07\u202e ##[set-output]' + §eval(\t'日本\x9b\u200b' )§ # 👍🏽 e\u0301\r\n"
        "\x0c§\ud800''§\x00\r\n",
    )
    message = (
        "::error::no\n::set-output name=a::b\r\n</testcase>]]>&amp; <script>alert('x')</script> | a |"
        " `code` ``` @everyone @org/team #1 GH-2 [link](http://evil.example) ![i](http://evil.example/i.png)"
        " www.evil.example *b* _i_ ~~s~~ \x00\x08\x1b[31mred\u202e\ud800 {1} {0} %0A"
    )
    findings = (
        finding(evil, document, span, message=message, trace=(("source", second), ("sink", span))),
        finding(
            evil,
            document,
            second,
            message="",
            status=Status.SUPPRESSED,
            acceptance=Acceptance("inline", "because --> ]]> <b>\x1b[1m @me", line=2),
        ),
    )
    made = verdict(
        findings,
        problems=(
            Problem(
                ProblemKind.TIMEOUT,
                "The rule took longer than 30 s\n::error::x.",
                HOSTILE_PATH,
                0,
                "evil-rule",
            ),
            Problem(ProblemKind.RULE, "pattern <b> does not parse", ".secloop/rules/a.yaml", 3, "evil-rule"),
            Problem(ProblemKind.UNREADABLE, "permission denied", "/etc/other file", 0),
        ),
        skipped=(Skipped(HOSTILE_PATH + ".png", "binary"),),
        notices=(Notice("unused-suppression", "::warning::| <i> |", HOSTILE_PATH, 1),),
        policy_changes=(PolicyChange("waiver", HOSTILE_PATH, 2, "\x1b[0m<u>@org", ("ff" * 32,)),),
    )
    return report(made, [document], [evil], fixes=lambda root, of: ((0, 1, "<\x1b>"), (3, 3, "é\n")))


def several_roots() -> Report:
    """A failing root and one that passed, side by side in one folder."""
    first = ordinary()
    api = replace(first.verdicts[0], root="/repo/services/api")
    web = verdict((), root="/repo/services/web", digest="e2" * 32, files_checked=1, rules_run=12)
    return replace(first, verdicts=(api, web), rules={api.root: first.rules[ROOT]})


def notebook() -> Report:
    """A finding in cell 2 of a notebook, with a trace from cell 0."""
    text = "name = §input()§\n\nprint(1)\nimport os\n§os.system(name)§\nprint(2)\n"
    start = len("name = input()\n\n")
    cells = (Cell(0, 0, start - 1), Cell(2, start, len(text) - 5))
    document, (source, sink) = marked("study.ipynb", text, cells=cells)
    inside = Document("study.ipynb", "print(1)\nimport os\nos.system(name)\nprint(2)\n")
    where = inside.span(inside.text.index("os.system"), inside.text.index("\nprint(2)"))
    found = finding(SHELL, document, sink, trace=(("source", source), ("sink", sink)))
    found = replace(
        found,
        span=where,
        cell=2,
        cell_trace=(
            TraceStep("source", source, "input()", 0),
            TraceStep("sink", where, "os.system(name)", 2),
        ),
    )
    notice = Notice("unused-suppression", "This comment suppresses nothing.", "study.ipynb", 1, 2)
    return report(verdict((found,), notices=(notice,)), [document], [SHELL])
