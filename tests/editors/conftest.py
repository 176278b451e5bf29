"""Fixtures of the tests in editors; what they are is in ``rule_repo``."""

from rule_repo import repo

__all__ = ["repo"]
