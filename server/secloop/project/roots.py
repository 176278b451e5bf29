"""Several roots in one check: which paths belong to which, and the roots nested in what is checked."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from secloop.engine.cancel import NEVER, Cancel
from secloop.project.root import Check, Project
from secloop.project.scan import Progress, no_progress
from secloop.workspace.roots import Read, find_root, read_disk


def by_root(places: Sequence[Path], current: Path, read: Read = read_disk) -> dict[Path, list[str]]:
    """Paths grouped by the root they belong to, relative to it; a root itself gives no path: all of it.

    ``read`` gives the configuration files that make roots.
    """
    grouped: dict[Path, list[str]] = {}
    for place in places:
        absolute = Path(os.path.normpath(current / place))
        root = find_root(absolute, current, read)
        try:
            relative = absolute.relative_to(root).as_posix()
        except ValueError:
            root, relative = absolute.parent, absolute.name
        grouped.setdefault(root, []).append(relative)
    return {root: [] if "." in relative else relative for root, relative in grouped.items()}


def check_roots(
    places: Mapping[Path, Sequence[str]],
    load: Callable[[Path], Project],
    *,
    cancel: Cancel = NEVER,
    progress: Progress = no_progress,
) -> list[Check]:
    """Check several roots, and every root nested in what is checked, each with its own verdict.

    Args:
        places: paths relative to each root; an empty list stands for the whole root.
        load: makes the project of a root.

    Raises:
        Cancelled: if ``cancel`` was.
        GitError: if git is needed and fails.
    """
    pending = dict(places)
    checks: dict[Path, Check] = {}
    while pending:
        root, paths = pending.popitem()
        check = load(root).check(paths, cancel=cancel, progress=progress)
        checks[root] = check
        for nested in check.nested_roots:
            inner = root / nested
            if inner not in checks:
                pending[inner] = []
    return [checks[root] for root in sorted(checks)]
