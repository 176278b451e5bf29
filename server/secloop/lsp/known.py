"""What is known of each root at one moment, without checking anything: a snapshot that workers can use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from secloop.lsp.roots import Root
from secloop.lsp.state import State
from secloop.lsp.targets import Checked
from secloop.model import Verdict
from secloop.project import Check, Project, overview


@dataclass(frozen=True)
class Known:
    """One root.

    Attributes:
        project: its rules and policy; None while they are loaded for the first time.
        opened: the answers for its open files, by path.
        silent: paths of its open files that are not checked.
        whole: the last check of all its files, if nothing but open files changed since.
        settled: whether every answer is of the newest version, under the newest rules.
    """

    root: Path
    project: Project | None
    opened: Mapping[str, Checked]
    silent: frozenset[str]
    whole: Check | None
    settled: bool

    def verdict(self, project: Project) -> Verdict:
        """The verdict over it. Takes a while: use it in a worker."""
        answers = [(one.view.document, one.findings) for one in self.opened.values()]
        return overview(project, answers, self.whole)

    @property
    def digest_holds(self) -> bool:
        """Whether that verdict's digest is the one that a check would give now."""
        if self.whole is None:
            return False
        checked = {file.path for file in self.whole.files}
        return checked.issuperset(self.opened) and checked.isdisjoint(self.silent)


def known(state: State) -> list[Known]:
    """What is known of each root that has been loaded, is being loaded or was checked, by its path."""
    return [_known(state, path) for path in sorted({*state.roots, *state.wholes})]


def _known(state: State, path: Path) -> Known:
    whole = state.wholes.get(path)
    root = state.roots.get(path) or Root(path, whole.project if whole else None)
    targets = [target for target in state.targets if target.root is root]
    return Known(
        root=path,
        project=root.project,
        opened={target.path: target.checked for target in targets if target.checked is not None},
        silent=frozenset(target.path for target in targets if target.checked is None),
        whole=whole,
        settled=root.loading is None and all(target.settled.is_set() for target in targets),
    )
