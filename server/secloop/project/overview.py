"""What is known of a root without checking it: its open files, over the last check of the whole root."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from secloop.model import Verdict
from secloop.policy.evaluate import FileFindings, assemble
from secloop.project.root import Check, Project
from secloop.syntax.document import Document


def overview(
    project: Project, opened: Iterable[tuple[Document, FileFindings]], whole: Check | None
) -> Verdict:
    """The verdict over what is known.

    Args:
        opened: what was found in open files as they are now.
        whole: the last check of the whole root, if nothing but those open files changed since.

    Without ``whole`` the verdict is over the open files alone. With it, it is the one that a check would
    give now, provided that every open file is among those that were checked.
    """
    files = {document.path: replace(found, hash=document.hash) for document, found in opened}
    problems = [each for each in whole.verdict.problems if each.path not in files] if whole else []
    before = [each for each in whole.files if each.path not in files] if whole else []
    return assemble(
        str(project.root),
        [*files.values(), *before],
        ruleset=project.ruleset,
        config=project.config,
        as_of=project.as_of,
        semgrep_core=project.engine.compiler.version,
        skipped=whole.verdict.skipped if whole else (),
        problems=(*project.problems, *problems),
        baseline=project.baseline,
        whole=whole is not None,
    )
