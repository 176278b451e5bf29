"""How much time and memory a rule may take on a file."""

from __future__ import annotations

from msgspec import Struct


class Limits(Struct, frozen=True):
    """Bounds of a run, and the generous ones under which a rule that reached them runs again, alone.

    Only the generous ones can decide an outcome (SPEC 6): the first ones are there to find the few
    files that need patience, and change nothing but time.

    Attributes:
        rule_timeout: seconds for one rule on one file.
        max_memory_mb: MiB of semgrep-core's heap.
        silence: seconds without a sign of life before a process counts as hung.
        patient_rule_timeout, patient_max_memory_mb, patient_silence: the same for a rule that runs alone.
        patience: seconds for the rules of one file, when it runs rule by rule and one of them has failed for
            good, so that the verdict is undecided anyway; those left over are not tried.
    """

    rule_timeout: float = 5.0
    max_memory_mb: int = 2_000
    silence: float = 60.0
    patient_rule_timeout: float = 20.0
    patient_max_memory_mb: int = 4_000
    patient_silence: float = 90.0
    patience: float = 60.0

    @property
    def patient(self) -> Limits:
        """The limits for a rule that runs alone on a file."""
        return Limits(
            self.patient_rule_timeout,
            self.patient_max_memory_mb,
            self.patient_silence,
        )
