"""The sentences of a rule's message: what it finds, why that matters, and what to do instead."""

from __future__ import annotations

import re

_CODE = re.compile(r"`[^`]*`")
_CLAUSE = re.compile(r"(?:^|[.!?;:,]\s+|\b(?=(?:or|and|so|then)\s))(?:(?:or|and|so|then)\s+)*([A-Za-z]+)")
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z`$\"'(])")
_CONDITION = re.compile(
    r"(?:As|Before|Even|Else|For|From|If|In|Instead|On|Once|Only|Otherwise|Rather|To|Until|When|Where|With)\b"
)
_INSTRUCTION = re.compile(
    r"""
    accept | add | allow | ask | assign | avoid | bind | build | call | cap | change | check | choose |
    compare | configure | convert | create | deactivate | declare | define | delete | deny | disable |
    do | download | drop | enable | encode | encrypt | end | escape | exempt | fill | fix | generate |
    give | go | hash | install | instead | keep | leave | let | limit | list | listen | load | log |
    look | make | mark | match | mount | move | name | open | parse | pass | pin | prefer | protect |
    put | quote | raise | read | redirect | refuse | reject | remove | render | replace | require | restrict |
    return | revoke | rotate | run | sanitize | say | send | serve | set | sign | start | store | switch
    | take | throw | turn | use | validate | verify | wrap | write
    """,
    re.VERBOSE | re.IGNORECASE,
)


def sentences(message: str) -> list[str]:
    """The sentences of a message, each in one line."""
    return [" ".join(each.split()) for each in _END.split(message.strip()) if each.strip()]


def has_instruction(text: str) -> bool:
    """Whether some clause starts with a verb in the imperative."""
    return any(_INSTRUCTION.fullmatch(word) for word in _CLAUSE.findall(_CODE.sub("it", text)))


def is_instruction(sentence: str) -> bool:
    """Whether a sentence as a whole says what to do, if need be under a condition."""
    first = re.match(r"[A-Za-z]+", sentence)
    if first is not None and _INSTRUCTION.fullmatch(first.group()):
        return True
    return _CONDITION.match(sentence) is not None and has_instruction(sentence)
