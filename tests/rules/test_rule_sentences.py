"""The sentences of a message: what it finds, why that matters, and what to do instead."""

from __future__ import annotations

import pytest

from secloop.rules.sentences import has_instruction, is_instruction, sentences


def test_sentences_end_where_the_next_one_starts() -> None:
    assert sentences("`a.b` runs $X.\n  Whoever has v1.2 wins! `os.f` is $Y. Use g.") == [
        "`a.b` runs $X.",
        "Whoever has v1.2 wins!",
        "`os.f` is $Y.",
        "Use g.",
    ]


@pytest.mark.parametrize(
    "text", ["Use f.", "Pass a list, or quote it.", "For text, use f.", "If it must be, check it first."]
)
def test_what_to_do(text: str) -> None:
    assert is_instruction(text)


@pytest.mark.parametrize(
    "text", ["The shell reads it, and runs it.", "Whoever can set it runs code.", "`use` is f."]
)
def test_what_is_so(text: str) -> None:
    assert not is_instruction(text)


def test_a_clause_is_enough_to_have_an_instruction() -> None:
    assert has_instruction("Anyone has it; read it from the environment.")
    assert not has_instruction("Anyone has it.")
