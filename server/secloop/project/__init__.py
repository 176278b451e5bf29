"""One root with its rules and policy: what the command line and the language server both ask, and nothing else.

A project is a snapshot. It is loaded from a tree (disk, open buffers, git's index or a revision) and answers
for that policy and those rules until a new one is loaded. The surfaces differ only in the tree they pass.
"""

from secloop.project.engine import Engine
from secloop.project.options import OptionError, Options, today
from secloop.project.overview import overview
from secloop.project.root import Check, Project
from secloop.project.roots import by_root, check_roots
from secloop.project.scan import Progress
from secloop.project.sources import DEFAULT_BASELINE, REPO_RULES

__all__ = [
    "DEFAULT_BASELINE",
    "REPO_RULES",
    "Check",
    "Engine",
    "OptionError",
    "Options",
    "Progress",
    "Project",
    "by_root",
    "check_roots",
    "overview",
    "today",
]
