"""What each of semgrep-core's error types means for a verdict: one total table (SPEC 3)."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from secloop.model import ProblemKind


class Effect(enum.Enum):
    """What an error does to the outcome."""

    PARTIAL_RANGES = "the ranges it names could not be parsed"
    PARTIAL_FILE = "nothing of the file could be parsed"
    ISOLATE = "the file runs again, rule by rule; what fails again is a problem"
    PROBLEM = "a problem at once: another run would say the same"


class Treatment(Struct, frozen=True):
    """An error type's effect, and the kind of problem it is where it becomes one.

    ``fleeting`` if it may go away by itself, so that a rule alone is tried again.
    """

    effect: Effect
    kind: ProblemKind = ProblemKind.UNKNOWN
    why: str = ""
    fleeting: bool = False


_RULE = Treatment(Effect.PROBLEM, ProblemKind.RULE, "it could not be run")
_CRASH = Treatment(Effect.ISOLATE, ProblemKind.ENGINE_CRASH, "semgrep-core failed on it")
_TIMEOUT = Treatment(Effect.ISOLATE, ProblemKind.TIMEOUT, "it ran out of time")
_MEMORY = Treatment(Effect.ISOLATE, ProblemKind.OUT_OF_MEMORY, "it ran out of memory")
_UNPARSED = Treatment(Effect.PARTIAL_FILE)
UNKNOWN = Treatment(Effect.PROBLEM, ProblemKind.UNKNOWN, "semgrep-core said what secloop does not know")
LEFT_OUT = Treatment(Effect.PROBLEM, ProblemKind.RULE, "semgrep-core left it out and did not say why")
"""For a rule that was given and did not run."""

# Keys are the class names in semgrep_interfaces/semgrep_output_v1.py (type error_type).
TREATMENTS: Mapping[str, Treatment] = {
    # A half-typed file is an editor's normal state, so a file that does not parse is partial, not an
    # error: whether that fails a verdict is for policy (strict-parsing) to say.
    "LexicalError": _UNPARSED,
    "ParseError": _UNPARSED,
    "OtherParseError": _UNPARSED,
    "AstBuilderError": _UNPARSED,
    "PartialParsing": Treatment(Effect.PARTIAL_RANGES),
    "RuleParseError": _RULE,
    "PatternParseError": _RULE,
    "PatternParseError0": _RULE,
    "InvalidRuleSchemaError": _RULE,
    "UnknownLanguageError": _RULE,
    "InvalidYaml": _RULE,
    "IncompatibleRule_": _RULE,
    "IncompatibleRule0": _RULE,
    "MissingPlugin": _RULE,
    "SemgrepError": _CRASH,
    "MatchingError": _CRASH,
    "FatalError": _CRASH,
    "StackOverflow": Treatment(
        Effect.ISOLATE, ProblemKind.ENGINE_CRASH, "semgrep-core's stack overflowed on it"
    ),
    "Timeout": _TIMEOUT,
    # semgrep-core gives a function's data flow 0.2 s, whatever else the machine does.
    "FixpointTimeout": Treatment(
        Effect.ISOLATE, ProblemKind.TIMEOUT, "its data flow ran out of time", fleeting=True
    ),
    "TimeoutDuringInterfile": _TIMEOUT,
    "OutOfMemory": _MEMORY,
    "OutOfMemoryDuringInterfile": _MEMORY,
    "TooManyMatches_": Treatment(Effect.ISOLATE, ProblemKind.TOO_MANY_MATCHES, "it has too many matches"),
    # Scans without dependencies, metachecks or warnings of their own do not say these.
    "SemgrepWarning": UNKNOWN,
    "SemgrepMatchFound": UNKNOWN,
    "DependencyResolutionError": UNKNOWN,
}

# How the classes look in JSON: a bare string, or the head of a list.
WIRE_NAMES: Mapping[str, str] = {
    "Lexical error": "LexicalError",
    "Syntax error": "ParseError",
    "Other syntax error": "OtherParseError",
    "AST builder error": "AstBuilderError",
    "Rule parse error": "RuleParseError",
    "SemgrepWarning": "SemgrepWarning",
    "SemgrepError": "SemgrepError",
    "InvalidRuleSchemaError": "InvalidRuleSchemaError",
    "UnknownLanguageError": "UnknownLanguageError",
    "Invalid YAML": "InvalidYaml",
    "Internal matching error": "MatchingError",
    "Semgrep match found": "SemgrepMatchFound",
    "Too many matches": "TooManyMatches_",
    "Fatal error": "FatalError",
    "Timeout": "Timeout",
    "Out of memory": "OutOfMemory",
    "Fixpoint timeout": "FixpointTimeout",
    "Stack overflow": "StackOverflow",
    "Timeout during interfile analysis": "TimeoutDuringInterfile",
    "OOM during interfile analysis": "OutOfMemoryDuringInterfile",
    "Missing plugin": "MissingPlugin",
    "Pattern parse error": "PatternParseError0",
    "Incompatible rule": "IncompatibleRule0",
    "PatternParseError": "PatternParseError",
    "PartialParsing": "PartialParsing",
    "IncompatibleRule": "IncompatibleRule_",
    "DependencyResolutionError": "DependencyResolutionError",
}


def treatment(error_type: Any) -> Treatment:
    """The treatment of an ``error_type`` as it stands in the JSON; a type not known here fails closed."""
    head = error_type[0] if isinstance(error_type, list) and error_type else error_type
    name = WIRE_NAMES.get(head) if isinstance(head, str) else None
    return UNKNOWN if name is None else TREATMENTS[name]
