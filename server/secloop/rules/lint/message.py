"""Checks of a rule's message: how long it is, whether it says what to do, and that its names are bound."""

from __future__ import annotations

import re

from secloop.rules.lint.model import Complaint, Complaints, Steps, Subject
from secloop.rules.lint.parts import positive_texts
from secloop.rules.sentences import has_instruction

_NAME = re.compile(r"\$(?:[A-Z_][A-Z_0-9]*|\d+)")
_GROUP = re.compile(r"\(\?P?<([A-Z_][A-Z_0-9]*)>|(?<!\\)\((?!\?)")
_MESSAGE: Steps = ("message",)


def length(subject: Subject) -> Complaints:
    """A message is long enough to say something and short enough to be read."""
    size, demands = len(subject.rule.message.strip()), subject.demands
    if size < demands.shortest_message:
        yield Complaint(f"the message has {size} characters, fewer than {demands.shortest_message}", _MESSAGE)
    if size > demands.longest_message:
        yield Complaint(f"the message has {size} characters, more than {demands.longest_message}", _MESSAGE)


def instruction(subject: Subject) -> Complaints:
    """A message names what to do: some clause of it starts with a verb in the imperative."""
    if not has_instruction(subject.rule.message):
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
