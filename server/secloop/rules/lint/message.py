"""Checks of a rule's message: how long it is, whether it says what to do, and that its names are bound."""

from __future__ import annotations

import re

from secloop.rules.lint.model import Complaint, Complaints, Steps, Subject
from secloop.rules.lint.parts import positive_texts

_NAME = re.compile(r"\$(?:[A-Z_][A-Z_0-9]*|\d+)")
_GROUP = re.compile(r"\(\?P?<([A-Z_][A-Z_0-9]*)>|(?<!\\)\((?!\?)")
_CODE = re.compile(r"`[^`]*`")
_CLAUSE = re.compile(r"(?:^|[.!?;:,]\s+|\b(?:or|and|then)\s+)([A-Za-z]+)")
_MESSAGE: Steps = ("message",)
_INSTRUCTIONS = frozenset(
    [
        "accept",
        "add",
        "allow",
        "ask",
        "assign",
        "avoid",
        "bind",
        "build",
        "call",
        "cap",
        "change",
        "check",
        "choose",
        "compare",
        "configure",
        "convert",
        "create",
        "deactivate",
        "declare",
        "define",
        "delete",
        "deny",
        "disable",
        "do",
        "download",
        "drop",
        "enable",
        "encode",
        "encrypt",
        "end",
        "escape",
        "exempt",
        "fill",
        "fix",
        "generate",
        "give",
        "go",
        "hash",
        "install",
        "instead",
        "keep",
        "leave",
        "let",
        "limit",
        "list",
        "listen",
        "load",
        "log",
        "look",
        "make",
        "mark",
        "match",
        "mount",
        "move",
        "name",
        "open",
        "parse",
        "pass",
        "pin",
        "prefer",
        "protect",
        "put",
        "quote",
        "raise",
        "read",
        "redirect",
        "reject",
        "remove",
        "render",
        "replace",
        "require",
        "restrict",
        "return",
        "revoke",
        "rotate",
        "run",
        "sanitize",
        "say",
        "send",
        "serve",
        "set",
        "sign",
        "start",
        "store",
        "switch",
        "take",
        "throw",
        "turn",
        "use",
        "validate",
        "verify",
        "wrap",
        "write",
    ]
)


def length(subject: Subject) -> Complaints:
    """A message is long enough to say something and short enough to be read."""
    size, demands = len(subject.rule.message.strip()), subject.demands
    if size < demands.shortest_message:
        yield Complaint(f"the message has {size} characters, fewer than {demands.shortest_message}", _MESSAGE)
    if size > demands.longest_message:
        yield Complaint(f"the message has {size} characters, more than {demands.longest_message}", _MESSAGE)


def instruction(subject: Subject) -> Complaints:
    """A message names what to do: some clause of it starts with a verb in the imperative."""
    prose = _CODE.sub("it", subject.rule.message)
    if not any(word.lower() in _INSTRUCTIONS for word in _CLAUSE.findall(prose)):
        yield Complaint("the message does not say what to do instead (`Use …`, `Pass …`)", _MESSAGE)


def names(subject: Subject) -> Complaints:
    """Each metavariable of a message is one that the rule can bind."""
    texts = list(positive_texts(subject.definition))
    bound = {name for text in texts for name in _NAME.findall(text)}
    groups = [group for text in texts for group in _GROUP.findall(text)]
    bound |= {f"${name}" for name in groups if name} | {f"${number}" for number in range(len(groups) + 1)}
    for name in dict.fromkeys(_NAME.findall(subject.rule.message)):
        if name not in bound:
            yield Complaint(f"the message has {name}, which no pattern of the rule binds", _MESSAGE)
