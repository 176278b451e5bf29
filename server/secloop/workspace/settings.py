"""The settings of a root: what ``secloop.toml`` or ``[tool.secloop]`` says, with defaults.

The field names, with ``-`` for ``_``, are the keys of the file; loading, error reporting and the JSON
Schema are derived from these classes.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from msgspec import Struct, field

from secloop.model import Confidence, Severity


class Waiver(Struct, frozen=True):
    """An accepted risk: which findings, in whose name, why, and until when.

    At least one of ``rule`` (an id or glob), ``path`` (a glob) and ``fingerprint`` (full, or a prefix
    of at least 12 digits) is given; all that are given must match. ``line`` is where the file says it.
    """

    reason: str
    owner: str
    expires: datetime.date
    rule: str = ""
    path: str = ""
    fingerprint: str = ""
    line: int = 0


class SuppressionSettings(Struct, frozen=True):
    """What inline suppression comments may do (SPEC 7)."""

    require_reason: bool = False
    forbid_from: Severity | None = None
    nosemgrep: bool = True
    nosec: bool = True
    report_unused: bool = False


class PolicySettings(Struct, frozen=True):
    """How a change to the policy itself is judged: ``on-change`` is ``"fail"`` or ``"warn"``."""

    on_change: str = "warn"


class LintSettings(Struct, frozen=True):
    """What ``secloop rules lint`` wants of a root's own rules; it changes no verdict.

    ``require`` are checks that otherwise only the bundled pack has to pass. The numbers are lines of tests, and
    characters of a message.
    """

    ignore: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    min_found: int = 1
    min_not_found: int = 1
    min_message: int = 20
    max_message: int = 1_000


class Pack(Struct, frozen=True):
    """Where a rule pack from elsewhere is: a folder of the root, or the wheel of an installed distribution.

    With ``wheel``, ``path`` is a folder in the wheel. ``line`` is where the file says it.
    """

    path: str = ""
    wheel: str = ""
    line: int = 0

    @property
    def folder(self) -> str:
        """The folder as every tree spells it, without ``./`` or a last ``/``."""
        return "/".join(name for name in self.path.split("/") if name not in ("", "."))


class Config(Struct, frozen=True):
    """Everything that a root's configuration decides.

    ``fail_on`` is None for ``"never"``. ``max_file_size`` counts bytes, ``timeout`` seconds for one rule on
    one file, ``max_memory`` MiB for one engine process. ``path`` is the file it was read from, relative to
    the root, empty when the defaults apply.
    """

    rules: tuple[str, ...] = ()
    packs: Mapping[str, Pack] = field(default_factory=dict)
    bundled_rules: bool = True
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_path_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fail_on: Severity | None = Severity.MEDIUM
    min_confidence: Confidence = Confidence.LOW
    severity: Mapping[str, Severity] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    default_excludes: bool = True
    max_file_size: int = 1_000_000
    check_minified: bool = False
    strict_parsing: bool = False
    timeout: float = 30.0
    max_memory: int = 4096
    baseline: str = ""
    max_waiver_days: int = 365
    suppressions: SuppressionSettings = SuppressionSettings()
    policy: PolicySettings = PolicySettings()
    waivers: tuple[Waiver, ...] = ()
    lint: LintSettings = LintSettings()
    rule_pages: str = ""
    path: str = ""
