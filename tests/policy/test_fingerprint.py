"""A finding keeps its fingerprint through edits elsewhere, and equal findings stay apart (SPEC 5)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from policy_samples import evaluate, marked, rules

from secloop.policy.fingerprint import fingerprints, identities

SOURCE = """
import os

class Shop:
    def pay(self, card):
        §os.system("a" + card)§
        if card:
            §os.system("a" + card)§

def pay(card):
    §os.system("a" + card)§
"""


def prints(source: str, path: str = "app.py", *, moved: bool = False) -> list[str]:
    document, result = marked(source, path)
    return [pair[moved] for pair in fingerprints(document, result.matches)]


def test_equal_findings_in_one_scope_and_in_different_scopes_are_different() -> None:
    assert len(set(prints(SOURCE))) == 3


def test_the_path_counts_in_one_fingerprint_and_not_in_the_other() -> None:
    assert prints(SOURCE, moved=True) == prints(SOURCE, "b.py", moved=True)
    assert not set(prints(SOURCE)) & set(prints(SOURCE, "b.py"))


LINES = st.text(alphabet="abc #\x0c\x85\u2028é🎉", max_size=12).map(lambda text: f"# {text}")


@given(
    before=st.lists(LINES, max_size=4),
    after=st.lists(LINES, max_size=4),
    inside=st.lists(LINES, max_size=3),
    indent=st.integers(0, 3),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_fingerprints_survive_edits_elsewhere_line_shifts_reindentation_and_line_ends(
    before: list[str], after: list[str], inside: list[str], indent: int, line_end: str
) -> None:
    comments = "".join(f"        {line}\n" for line in inside)
    code = SOURCE.replace("        if card", f"{comments}        if card")
    shifted = "\n".join("    " * indent + line if line else line for line in code.split("\n"))
    wrapped = "".join("    " * level + "if True:\n" for level in range(indent)) + shifted
    edited = "\n".join([*before, wrapped, *after]).replace("\n", line_end)
    assert prints(edited) == prints(SOURCE)


def test_white_space_comments_and_line_breaks_within_the_match_do_not_count() -> None:
    assert prints("§f(a, b)§") == prints("§f( a,\n    # why\n    b)§") == prints("§f(a,\r\n  b)§")


def test_what_is_matched_the_rule_and_the_scope_count() -> None:
    variants = [
        "§f(a)§",
        "§f(b)§",
        "§other!f(a)§",
        "def g():\n    §f(a)§",
        "class g:\n    def g(self):\n        §f(a)§",
    ]
    assert len({prints(variant)[0] for variant in variants}) == len(variants)


def test_message_severity_and_metavariables_do_not_count() -> None:
    first = evaluate("§f(a)§").findings[0]
    lower = evaluate("§f(a)§", ruleset=rules("r", "s")).findings[0]
    assert first.fingerprint == lower.fingerprint


def test_an_equal_finding_in_another_scope_shifts_nothing() -> None:
    alone = prints("def f():\n    §g()§\n")
    assert prints("def e():\n    §g()§\n\ndef f():\n    §g()§\n")[1:] == alone


def test_only_the_index_shifts_when_an_equal_one_comes_before() -> None:
    one = prints("def f():\n    §g()§\n")
    two = prints("def f():\n    §g()§\n    §g()§\n")
    assert two[0] == one[0]
    document, result = marked("def f():\n    §g()§\n    §g()§\n")
    first, second = identities(document, result.matches)
    assert first.group == second.group == first.fingerprint
    assert first.group_moved == second.group_moved == first.fingerprint_moved


def test_two_matches_of_one_rule_at_one_place_stay_two() -> None:
    document, result = marked("§f()§")
    assert len({one for one, _ in fingerprints(document, result.matches * 2)}) == 2


def test_a_path_that_is_not_unicode_has_a_fingerprint() -> None:
    assert prints("§f()§", "bad\udcff.py") != prints("§f()§", "bad\udcfe.py")


def test_fingerprints_are_pinned() -> None:
    # These are in people's baselines, waivers and trackers: a change here is a new format version.
    expected = "b141dbf268b99cea1d28a6f574c64d6ec3c5c380e7f56aca6bec899afd0ad1a6"
    assert prints("def f():\n    §g(1)§\n") == [expected]
