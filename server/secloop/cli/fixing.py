"""``secloop check --fix``: apply every fix that is proved, or show what it would change."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from secloop.cli.outputs import show, write_stdin_back
from secloop.cli.proofs import open_by_path
from secloop.cli.running import Request, report, run_checks, say, shown
from secloop.fixes.edits import unified_diff
from secloop.fixes.prove import FixedDocument
from secloop.project import Check
from secloop.reports import Detail
from secloop.syntax.document import Document
from secloop.workspace.writing import WriteError, changed_bytes, write_document


def fix(request: Request, *, dry_run: bool) -> int:
    """Fix and report what is left; with ``dry_run`` print a unified diff and report what is there now.

    Text from standard input is written to standard output with its fixes, as formatters do.
    """
    checks = run_checks(request)
    if request.source.stdin is not None and not dry_run:
        return _fix_stdin(request, checks)
    fixed = refused = unwritten = 0
    for check in checks:
        for before, after in _fixed_documents(check):
            refused += len(after.refused)
            _explain(request, before, after)
            if not after.changed:
                continue
            if dry_run:
                name = shown(check.project.root, before.path)
                show(unified_diff(before, after.document, old=name, new=name))
            else:
                try:
                    write_document(check.project.root, before, after.document)
                except WriteError as error:
                    say(str(error))
                    unwritten += len(after.applied)
                    continue
            fixed += len(after.applied)
    say(_summary(fixed, refused, unwritten, dry_run))
    if dry_run:
        return max((check.verdict.outcome.exit_code for check in checks), default=0)
    return report(request, run_checks(request) if fixed else checks)


def _fixed_documents(check: Check) -> list[tuple[Document, FixedDocument]]:
    documents = []
    for path, findings in open_by_path(check).items():
        matches = [finding.match for finding in findings if finding.fix]
        if matches:
            document = check.documents[path]
            documents.append((document, check.project.fix_all(document, matches)))
    return documents


def _fix_stdin(request: Request, checks: Sequence[Check]) -> int:
    data = request.source.stdin or b""
    for check in checks:
        for before, after in _fixed_documents(check):
            data = changed_bytes(data, before, after.document)
    write_stdin_back(data)
    fixed = replace(request, source=replace(request.source, stdin=data))
    return max((check.verdict.outcome.exit_code for check in run_checks(fixed)), default=0)


def _explain(request: Request, before: Document, after: FixedDocument) -> None:
    if request.text.detail is Detail.VERBOSE:
        for refusal in after.refused:
            place = f"{before.path}:{refusal.match.span.start.line}"
            say(f"{place}: no fix for {refusal.match.rule_id}: {refusal.reason}")


def _summary(fixed: int, refused: int, unwritten: int, dry_run: bool) -> str:
    words = f"{fixed} finding{'' if fixed == 1 else 's'} {'would be fixed' if dry_run else 'fixed'}"
    if refused:
        words += f", {refused} left, whose fix could not be proved (--verbose says why)"
    if unwritten:
        words += f", {unwritten} left, whose file could not be written"
    return words
