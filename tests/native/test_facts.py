"""What is known of a whole text stays right from edit to edit, whatever part of the text is looked at for it."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from secloop.engine.native.facts import Facts
from secloop.engine.native.regexes import compile_regex

INNER = (
    *(
        r"ab",
        r"\bab\b",
        r"(?:a|b)c",
        r"(?i:AB)",
        r"[^\n]b",
        r"a[^c]b",
        r"a\sb",
        r"a$",
        r"^b",
        r"^$",
        r"a?",
        r"$",
    ),
    *(
        r"(?<!a)b",
        r"a(?!b)",
        r"(?-m)^b",
        r"(?-m:b$)",
        r"a\Z",
        r"\Aa",
        r"a.c",
        r"a\nb",
        r"a\R",
        r"[^\S]a",
    ),
)
REGEXES = tuple(compile_regex(rf"(?s)\A.*{inner}.*\z", multiline=True) for inner in INNER)
TEXTS = st.text("abc\n \r", max_size=12)


@given(st.lists(TEXTS, min_size=2, max_size=5))
@example(["ab", "a\nb"])
@example(["a\nb", "ab"])
@example(["b\n\nb", "b\nb"])
@example(["b\nc", "b\n\nc"])
@example(["ab\nab", "ab\nb"])
def test_what_is_known_after_edits_is_what_is_so(versions: list[str]) -> None:
    facts = Facts()
    for version in versions:
        before = {regex: facts.hold(regex) for regex in REGEXES}
        same = facts.follow(version.encode())
        anew = Facts()
        anew.follow(version.encode())
        now = {regex: anew.hold(regex) for regex in REGEXES}
        assert {regex: facts.hold(regex) for regex in REGEXES} == now
        assert same is (before == now)


def test_most_are_looked_for_in_the_lines_of_an_edit_alone() -> None:
    in_line = {inner for inner, regex in zip(INNER, REGEXES, strict=True) if regex.in_line}
    assert {r"ab", r"\bab\b", r"(?:a|b)c", r"(?i:AB)", r"[^\n]b", r"a$", r"^b"} == in_line
