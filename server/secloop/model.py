"""The values every part of secloop exchanges: rules, spans, matches, findings and verdicts.

Nothing here does I/O or imports another module of the package. All values are frozen, so a
snapshot taken by one thread cannot change under another.

Units (SPEC 1): an ``offset`` is a 0-based UTF-8 byte offset into the document's text, a ``line`` is
1-based, a ``column`` is 1-based in code points, and an ``end`` is exclusive.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct, field

FORMAT_VERSION = 1
"""Version of the verdict's JSON and of the digest (SPEC 3, 4)."""


class Severity(enum.IntEnum):
    """How much harm a finding can do, ordered so that ``max()`` is the worst."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @property
    def label(self) -> str:
        """The lower-case name used in every report."""
        return self.name.lower()

    @classmethod
    def parse(cls, name: str) -> Severity:
        """Read a secloop or Semgrep severity name (SPEC 8), in any case.

        Raises:
            ValueError: if the name is neither.
        """
        key = name.upper()
        known = _SEMGREP_SEVERITIES.get(key)
        if known is None:
            raise ValueError(f"unknown severity {name!r}")
        return known

    @property
    def can_fail(self) -> bool:
        """Whether a finding of this severity can ever fail a verdict (info never does)."""
        return self is not Severity.INFO


_SEMGREP_SEVERITIES = {
    "CRITICAL": Severity.CRITICAL,
    "HIGH": Severity.HIGH,
    "MEDIUM": Severity.MEDIUM,
    "LOW": Severity.LOW,
    "INFO": Severity.LOW,
    "ERROR": Severity.HIGH,
    "WARNING": Severity.MEDIUM,
    "INVENTORY": Severity.INFO,
    "EXPERIMENT": Severity.INFO,
}
# In rule files INFO is Semgrep's word for low; in policy files "info" is our own level. Policy
# code reads its words with Severity.from_label.


class Confidence(enum.IntEnum):
    """How sure a rule is that what it finds is real, ordered."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2

    @property
    def label(self) -> str:
        """The lower-case name used in every report."""
        return self.name.lower()


class Status(enum.Enum):
    """What policy says about a finding; only ``OPEN`` ones can fail a verdict."""

    OPEN = "open"
    SUPPRESSED = "suppressed"
    WAIVED = "waived"
    BASELINE = "baseline"


class Outcome(enum.Enum):
    """The answer of a verdict, with the exit code that ``secloop check`` gives for it."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    ERROR = "error"

    @property
    def exit_code(self) -> int:
        """0, 1 or 2 (DESIGN, stable surfaces)."""
        return _EXIT_CODES[self]


_EXIT_CODES = {Outcome.PASS: 0, Outcome.FAIL: 1, Outcome.ERROR: 2}


class ProblemKind(enum.Enum):
    """Why a verdict could not be decided (SPEC 3, *errors*)."""

    RULE = "rule"
    POLICY = "policy"
    ENGINE_CRASH = "engine-crash"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out-of-memory"
    TOO_MANY_MATCHES = "too-many-matches"
    UNREADABLE = "unreadable"
    UNDECODABLE = "undecodable"
    PARSE = "parse"
    GIT = "git"
    UNKNOWN = "unknown"


class Position(Struct, frozen=True, order=True):
    """A place in a document; orders by offset."""

    offset: int
    line: int
    column: int


class Span(Struct, frozen=True, order=True):
    """A half-open range of a document."""

    start: Position
    end: Position


class Problem(Struct, frozen=True):
    """An error that makes a verdict ``error``: what, where, and what to do about it.

    ``path`` is relative to the root (or absolute for a file outside it) and may be empty for a
    problem of the whole run; ``line`` is 1-based, 0 when unknown. ``message`` is one sentence.
    """

    kind: ProblemKind
    message: str
    path: str = ""
    line: int = 0
    rule_id: str = ""


class Skipped(Struct, frozen=True):
    """A file that was deliberately not checked: ``binary``, ``too-large``, ``minified`` or ``excluded``."""

    path: str
    reason: str


class Partial(Struct, frozen=True):
    """A file of which some ranges could not be parsed, so that rules may miss what is there."""

    path: str
    ranges: tuple[Span, ...]


class RuleSource(Struct, frozen=True):
    """Where a rule was read: a display path and the 1-based line of its ``id``.

    ``origin`` is ``bundled`` for the pack shipped with secloop, ``repo`` for the checked repository's
    own rules and ``pack`` for rules from elsewhere.
    """

    path: str
    line: int
    origin: str


class Rule(Struct, frozen=True, eq=False):
    """One rule that has been loaded and validated.

    ``definition`` is the rule as plain JSON-able data, exactly what semgrep-core is given;
    ``languages`` are semgrep's canonical language ids (``python``, ``js``, ``ts``, ``dockerfile``, ``yaml``, …);
    ``include`` and ``exclude`` are the rule's ``paths:`` globs; ``digest`` is the SHA-256 hex of the
    canonical JSON of the definition.
    """

    id: str
    languages: tuple[str, ...]
    severity: Severity
    confidence: Confidence
    message: str
    definition: Mapping[str, Any]
    source: RuleSource
    digest: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    @property
    def metadata(self) -> Mapping[str, Any]:
        """The rule's ``metadata`` mapping, empty when it has none."""
        value = self.definition.get("metadata")
        return value if isinstance(value, Mapping) else {}

    @property
    def secloop(self) -> Mapping[str, Any]:
        """The ``metadata.secloop`` mapping, which holds what is ours (e.g. ``codemod``)."""
        value = self.metadata.get("secloop")
        return value if isinstance(value, Mapping) else {}

    @property
    def codemod(self) -> str | None:
        """Name of the libcst codemod that fixes this rule's findings, if there is one."""
        value = self.secloop.get("codemod")
        return value if isinstance(value, str) else None

    @property
    def has_fix(self) -> bool:
        """Whether a fix is defined; whether it works on a finding is for the proof to say."""
        return "fix" in self.definition or "fix-regex" in self.definition or self.codemod is not None


class RuleSet(Struct, frozen=True, eq=False, dict=True, weakref=True):
    """Every rule that applies to a root, sorted by id, and what could not be loaded.

    ``digest`` is the canonical ``ruleset_digest``: independent of file order, key order, comments and
    platform. ``prefilters`` maps each rule id to the formula without which the rule cannot match a
    text (``None``: it always must run); the engine reads it, see ``engine/prefilter.py``.
    """

    rules: tuple[Rule, ...]
    problems: tuple[Problem, ...]
    digest: str
    prefilters: Mapping[str, Any] = field(default_factory=dict)

    def get(self, rule_id: str) -> Rule | None:
        """The rule with that id, or None."""
        return self.by_id.get(rule_id)

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        """Rules by id."""
        return {rule.id: rule for rule in self.rules}


class TraceStep(Struct, frozen=True):
    """One step of a taint trace, in order: ``source``, any number of ``step``, ``sink``.

    In a `Finding` of a notebook ``span`` counts within the cell ``cell``; in a `Match` it never does.
    """

    kind: str
    span: Span
    content: str
    cell: int | None = None


class Metavariable(Struct, frozen=True):
    """What a metavariable was bound to: its span in the document, or None if it has no place there."""

    name: str
    content: str
    span: Span | None


class Match(Struct, frozen=True):
    """What an engine found, before policy: a rule, a span, and how the pattern bound.

    ``message`` has its metavariables filled in. Spans are of the document's own text. ``place`` is what a fingerprint
    is made of: the qualified name of the enclosing scope and the matched tokens (SPEC 5).
    """

    rule_id: str
    span: Span
    message: str
    metavariables: tuple[Metavariable, ...] = ()
    trace: tuple[TraceStep, ...] = ()
    place: tuple[str, str] = ("", "")


class FileResult(Struct, frozen=True):
    """All that an engine has to say of one document under one rule set.

    A function of the document's text and path and of the rules alone. ``matches`` are sorted by
    (span, rule id, message).
    """

    path: str
    matches: tuple[Match, ...] = ()
    problems: tuple[Problem, ...] = ()
    partial: tuple[Span, ...] = ()


class Acceptance(Struct, frozen=True):
    """Why a finding is not open, and in whose words.

    ``kind`` is ``inline`` (``secloop: ignore[…]``), ``nosemgrep``, ``nosec``, ``waiver``, ``baseline`` or ``diff`` (it
    existed in the revision compared with). ``line`` is that of the comment, or of the waiver in the policy file.
    """

    kind: str
    reason: str
    line: int = 0
    owner: str = ""
    expires: str = ""


class Finding(Struct, frozen=True):
    """A match under a policy: what a user sees, in every surface.

    ``span`` counts within the notebook cell when ``cell`` (0-based over all cells) is set, otherwise
    within the file. ``fix`` says that a fix is defined; ``proved`` whether it was proved, None where
    proving was not asked for. ``group`` and ``group_moved`` are the fingerprints of the first of the equal
    findings in the same scope, which baselines and ``--diff`` count. ``cell_trace`` is the trace with positions
    within cells, None outside notebooks.
    """

    rule_id: str
    path: str
    span: Span
    severity: Severity
    confidence: Confidence
    message: str
    fingerprint: str
    fingerprint_moved: str
    status: Status
    fix: bool
    match: Match
    metadata: Mapping[str, Any]
    cell: int | None = None
    proved: bool | None = None
    acceptance: Acceptance | None = None
    group: str = ""
    group_moved: str = ""
    cell_trace: tuple[TraceStep, ...] | None = None

    @property
    def trace(self) -> tuple[TraceStep, ...]:
        """The taint trace, empty for search rules."""
        return self.match.trace if self.cell_trace is None else self.cell_trace


class PolicyChange(Struct, frozen=True):
    """Something the change under review did to what judges it (``--policy-from``).

    ``what`` is ``rule``, ``policy``, ``baseline``, ``waiver`` or ``suppression``; ``hides`` are fingerprints of
    the findings that the change takes out of the verdict.
    """

    what: str
    path: str
    line: int
    message: str
    hides: tuple[str, ...] = ()


class Notice(Struct, frozen=True):
    """A warning that does not change the verdict, such as an expired waiver or an unused suppression.

    ``line`` counts within the notebook cell when ``cell`` is set.
    """

    kind: str
    message: str
    path: str = ""
    line: int = 0
    cell: int | None = None


class Components(Struct, frozen=True):
    """What a digest is made of besides the findings (SPEC 3, 4)."""

    secloop: str
    semgrep_core: str
    ruleset_digest: str
    policy_digest: str
    content_digest: str
    as_of: str


class Lock(Struct, frozen=True):
    """What pins the rule packs from elsewhere: the lock file, the SHA-256 of its text, and each pack's digest by name."""

    path: str
    digest: str
    packs: Mapping[str, str]


class Verdict(Struct, frozen=True):
    """The answer for one root. ``digest`` is None exactly when ``outcome`` is ``ERROR``."""

    root: str
    outcome: Outcome
    digest: str | None
    components: Components
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    skipped: tuple[Skipped, ...]
    partial: tuple[Partial, ...]
    unsaved: tuple[str, ...]
    notices: tuple[Notice, ...]
    policy_changes: tuple[PolicyChange, ...]
    files_checked: int
    rules_run: int
    lock: Lock | None = None
