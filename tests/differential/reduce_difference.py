"""Reduces a difference between the engines to little code and a small rule that show the same."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TypeVar

import yaml
from compared_engines import Answer, Difference, Engine, difference_kind, is_well_formed
from smaller_code import smaller_texts
from smaller_rules import smaller_rules

from secloop.model import Rule
from secloop.syntax.document import Document

_T = TypeVar("_T")
_AT_ONCE = 60
"""Candidates in one semgrep-core process: starting it costs as much as running some dozens of them."""


def reduced(difference: Difference, oracle: Engine, native: Engine, *, rounds: int = 60) -> Difference:
    """The smallest difference of the same kind that was found in so many rounds of candidates."""
    left = rounds
    while left > 0:
        before = difference
        difference, left = _with_less_code(difference, oracle, native, left)
        difference, left = _with_less_rule(difference, oracle, native, left)
        if difference is before:
            break
    return difference


def _with_less_code(
    difference: Difference, oracle: Engine, native: Engine, left: int
) -> tuple[Difference, int]:
    valid = _is_python(difference.document)
    while left > 0:
        texts = smaller_texts(difference.document.normalized.data)
        found = None
        for batch in _batches(texts):
            left -= 1
            documents = [Document(difference.document.path, text.decode(errors="replace")) for text in batch]
            documents = [
                each for each in documents if is_well_formed(each) and (not valid or _is_python(each))
            ]
            found = _first(difference, [difference.rule], documents, oracle, native)
            if found is not None or left <= 0:
                break
        if found is None:
            break
        difference = found
    return difference, left


def _is_python(document: Document) -> bool:
    """Whether Python itself accepts the text, of which the grammar accepts more."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(document.text)
    except (SyntaxError, ValueError, RecursionError):
        return False
    return True


def _with_less_rule(
    difference: Difference, oracle: Engine, native: Engine, left: int
) -> tuple[Difference, int]:
    while left > 0:
        found = None
        for batch in _batches(smaller_rules(difference.rule)):
            left -= 1
            found = _first(difference, batch, [difference.document], oracle, native)
            if found is not None or left <= 0:
                break
        if found is None:
            break
        difference = found
    return difference, left


def _batches(items: Iterable[_T]) -> Iterator[list[_T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, _AT_ONCE)):
        yield batch


def _first(
    difference: Difference, rules: list[Rule], documents: list[Document], oracle: Engine, native: Engine
) -> Difference | None:
    """The first candidate that still shows a difference of that kind."""
    if not documents:
        return None
    actual = native(rules, documents)
    expected = oracle(rules, documents)
    for key in sorted(actual):
        rule, document = rules[key[0]], documents[key[1]]
        if difference_kind(rule, expected[key], actual[key], well_formed=True) == difference.kind:
            return replace(
                difference, rule=rule, document=document, expected=expected[key], actual=actual[key]
            )
    return None


def report(difference: Difference) -> str:
    """A difference as text: the rule, the code, and what either engine says of it."""
    hidden = {"id", "languages", "severity", "message"}
    rule = {key: value for key, value in difference.rule.definition.items() if key not in hidden}
    lines = [
        f"--- {difference.kind}: rule {difference.rule.id}, code from {difference.document.path}",
        yaml.safe_dump(rule, sort_keys=False, allow_unicode=True, width=110).rstrip(),
        "--- code",
        difference.document.normalized.data.decode(errors="replace").rstrip("\n"),
        *_answer("semgrep-core", difference, difference.expected, difference.actual),
        *_answer("native", difference, difference.actual, difference.expected),
    ]
    return "\n".join(lines) + "\n"


def _answer(name: str, difference: Difference, answer: Answer, other: Answer) -> Iterator[str]:
    """One engine's findings, those the other lacks marked with a star."""
    data = difference.document.normalized.data
    yield f"--- {name}" + (f" failed: {answer.failed}" if answer.failed else "")
    left = other.findings(difference.rule)
    for finding, count in sorted(answer.findings(difference.rule).items(), key=repr):
        mark = " " if left[finding] >= count else "*"
        bound = ", ".join(
            f"{name}={data[start:end].decode(errors='replace')!r}@{start}-{end}"
            for name, start, end in finding.metavariables
        )
        source = f" from {_excerpt(data, *finding.source)}" if finding.source else ""
        times = f" x{count}" if count > 1 else ""
        yield f"{mark} {_excerpt(data, finding.start, finding.end)}{source} {bound}{times}".rstrip()
    if difference.kind == "detail":
        yield from (
            f"  . {f.start}-{f.end} {f.message!r} {f.metavariables} {f.trace}"
            for f in sorted(set(answer.found) - set(other.found))
        )


def _excerpt(data: bytes, start: int, end: int) -> str:
    text = data[start:end].decode(errors="replace")
    return f"{start}-{end} {text if len(text) <= 60 else text[:57] + '...'!r}"
