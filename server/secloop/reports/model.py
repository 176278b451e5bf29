"""What a report is made from: verdicts, the rules and documents behind them, and how to show them."""

from __future__ import annotations

import enum
import os.path
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct, field

from secloop.model import Finding, Outcome, RuleSet, Severity, Span, Status, Verdict
from secloop.syntax.document import Document

Replacement = tuple[int, int, str]
"""A replacement of the bytes from the first to before the second offset of a document's text."""


class Detail(enum.IntEnum):
    """How much the text format says: the verdict line, a line a finding, code frames, everything."""

    QUIET = 0
    CONCISE = 1
    FULL = 2
    VERBOSE = 3


class TextOptions(Struct, frozen=True):
    """How the text format looks; no other format knows of it.

    ``width`` counts terminal cells. ``ascii`` draws frames without box characters, for terminals whose
    encoding has none.
    """

    detail: Detail = Detail.FULL
    show_suppressed: bool = False
    color: bool = False
    width: int = 100
    ascii: bool = False


def _no_document(*_: str) -> Document | None:
    return None


def _no_fix(*_: str | Finding) -> tuple[Replacement, ...] | None:
    return None


def _always(*_: str | Finding) -> bool:
    return True


class Report(Struct, frozen=True):
    """Everything that a format may show, for one or several roots.

    Attributes:
        verdicts: one for each root, in the order to show.
        rules: each root's rule set.
        documents: gives the text of a path of a root, for code frames; None where there is none.
        fixes: gives a finding's fix as replacements in its document, None where there is none to show.
        fails: whether an open finding of a root makes its verdict fail; all do where nothing is given.
        prefixes: what to put before a root's paths to make them relative to the repository (or current
            directory), such as ``services/api``. A root that is not named gets no prefix when it is the only
            one, else its path below the folder that holds all roots.
        pages: where a root says that pages about its rules are, with ``{id}`` in the place of the rule.
    """

    verdicts: tuple[Verdict, ...]
    rules: Mapping[str, RuleSet] = field(default_factory=dict)
    documents: Callable[[str, str], Document | None] = _no_document
    fixes: Callable[[str, Finding], tuple[Replacement, ...] | None] = _no_fix
    fails: Callable[[str, Finding], bool] = _always
    prefixes: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    text: TextOptions = TextOptions()

    @property
    def outcome(self) -> Outcome:
        """The worst outcome of all roots: an error outranks a fail (SPEC 3)."""
        return max((v.outcome for v in self.verdicts), key=lambda o: o.exit_code, default=Outcome.PASS)

    def prefix(self, verdict: Verdict) -> str:
        """What stands before the paths of a verdict, without a slash at its end; empty for nothing."""
        known = self.prefixes.get(verdict.root)
        if known is not None:
            return known.replace("\\", "/").strip("/")
        if len(self.verdicts) < 2:
            return ""
        return _below(_common_folder([v.root for v in self.verdicts]), verdict.root)

    def path(self, verdict: Verdict, path: str) -> str:
        """A path of a verdict as the report shows it; absolute and empty ones stay as they are."""
        prefix = self.prefix(verdict)
        if not prefix or not path or os.path.isabs(path):
            return path
        return f"{prefix}/{path}"

    def findings(self, *statuses: Status) -> Iterator[tuple[Verdict, Finding]]:
        """Every finding that has one of these statuses (all when none is named), with its verdict."""
        for verdict in self.verdicts:
            for finding in verdict.findings:
                if not statuses or finding.status in statuses:
                    yield verdict, finding

    def document(self, verdict: Verdict, path: str) -> Document | None:
        """The text behind a path of a verdict, or None."""
        return self.documents(verdict.root, path)


def _common_folder(roots: list[str]) -> str:
    try:
        return os.path.commonpath(roots)
    except ValueError:  # different drives, or some relative and some absolute
        return ""


def _below(folder: str, root: str) -> str:
    inside = os.path.relpath(root, folder) if folder else root
    return "" if inside == "." else inside.replace("\\", "/").strip("/")


def place(span: Span, cell: int | None) -> str:
    """A start position in words that editors and people can follow: ``12:5``, or ``cell 3:12:5``."""
    where = f"{span.start.line}:{span.start.column}"
    return where if cell is None else f"cell {cell}:{where}"


def line_place(line: int, cell: int | None) -> str:
    """A line in words: ``12``, or ``cell 3:12``; empty when it is not known."""
    if not line:
        return ""
    return str(line) if cell is None else f"cell {cell}:{line}"


def worst_first(severities: Mapping[Severity, int]) -> list[tuple[Severity, int]]:
    """Counts by severity, the worst first, those of zero left out."""
    ordered = sorted(severities.items(), reverse=True)
    return [(severity, number) for severity, number in ordered if number]
