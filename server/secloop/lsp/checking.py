"""What workers do with immutable snapshots: which files are checked, what is found and which fixes work."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from secloop.engine.cancel import Cancel
from secloop.lsp.carrying import with_carried
from secloop.lsp.overlay import Overlay
from secloop.lsp.targets import Checked, Proved
from secloop.lsp.views import NotebookTextView, View
from secloop.model import Finding, Problem, Skipped, Status
from secloop.policy.evaluate import FileFindings
from secloop.project import Project
from secloop.syntax.document import Document
from secloop.workspace.reading import read_document
from secloop.workspace.tree import OverlayTree

_T = TypeVar("_T")


def evaluate(project: Project, document: Document, cancel: Cancel) -> FileFindings:
    """The findings of one document. Raises Cancelled."""
    return project.evaluate(document, cancel=cancel)


def evaluate_at_once(
    project: Project, document: Document, last: Checked | None, cancel: Cancel
) -> FileFindings | None:
    """The findings of the rules that run at once, with those of the others in the last version. Raises Cancelled."""
    found = project.evaluate_at_once(document, cancel=cancel)
    return found if last is None or found is None else with_carried(project, document, found, last)


def timed(work: Callable[[], _T]) -> tuple[_T, float]:
    """What some work gives, and the seconds that it took."""
    started = time.perf_counter()
    return work(), time.perf_counter() - started


def may_be_fixed(finding: Finding) -> bool:
    """Whether a finding has a fix worth proving."""
    return finding.fix and finding.status is Status.OPEN


def prove(checked: Checked, cancel: Cancel) -> Mapping[str, Proved]:
    """The proved fixes of a checked document that can be made in the client, by fingerprint. Raises Cancelled."""
    findings = list(filter(may_be_fixed, checked.findings.findings))
    matches = [finding.match for finding in findings]
    proofs = checked.project.prove(checked.view.document, matches, cancel=cancel)
    return {
        finding.fingerprint: Proved(finding, fix)
        for finding in findings
        if (fix := proofs[finding.match].fix) is not None and checked.view.edits(fix.edits) is not None
    }


def covered_paths(project: Project, overlay: Overlay, paths: Iterable[str]) -> set[str]:
    """Those of some paths that a project checks; walks the disk and asks git."""
    discoverer = project.discoverer(overlay.tree(project.root))
    return {path for path in paths if discoverer.covers(path)}


def unreadable(project: Project, view: View) -> Skipped | Problem | None:
    """Why a text is not checked although its file is: the same answer as for a file of that content."""
    if isinstance(view, NotebookTextView) and view.problem is not None:
        return view.problem
    document = view.document
    found = read_document(OverlayTree(project.tree, {document.path: document}), document.path, project.config)
    return None if isinstance(found, Document) else found


def failed(document: Document, problem: Problem) -> FileFindings:
    """What to show of a document that could not be checked."""
    return FileFindings(document.path, "", problems=(problem,))
