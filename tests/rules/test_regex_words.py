"""The words that a regex matches as a whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secloop.rules.regex_words import whole_words


@pytest.mark.parametrize(
    ("regex", "words"),
    [
        ("^(?:get|post)$", {"get", "post"}),
        ("(get|post)$", {"get", "post"}),
        ("^exec(ute(many)?)?$", {"exec", "execute", "executemany"}),
        ("^[ab]c{1,2}$", {"ac", "acc", "bc", "bcc"}),
        (r"^md\d$", {f"md{digit}" for digit in range(10)}),
        ("^$", {""}),
    ],
)
def test_an_alternation_between_both_ends_is_listed(regex: str, words: set[str]) -> None:
    assert whole_words(regex) == words


@pytest.mark.parametrize(
    "regex",
    [
        *("^(get|post)", "get", "^get.*$", "^a+$"),  # what goes on is not listed
        *("^a|b$", "a|b$", "^(a|b$)$"),  # an end that is one choice's own
        *("^(?!x)[a-z]$", r"^a\b$", r"^\$", "^a\\$"),  # assertions other than the two ends
        *(r"^\w{2}$", "^(?:[a-z]{4})$"),  # too many
        *("^(a$", "(?R)$"),  # what is no regex, or cannot be analysed
    ],
)
def test_anything_else_is_not(regex: str) -> None:
    assert whole_words(regex) is None


_PIECES = st.recursive(
    st.sampled_from(["a", "b", "_", "[ab]", "a?", r"\d?"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        inner.map(lambda part: f"(?:{part}){{0,2}}"),
    ),
    max_leaves=6,
)


@given(_PIECES, st.text("ab_01", max_size=5))
def test_what_is_listed_is_what_matches(piece: str, text: str) -> None:
    words = whole_words(f"^{piece}$")
    if words is not None:
        assert (text in words) is (re.fullmatch(piece, text) is not None)
        assert all(re.fullmatch(piece, word) for word in words)
