"""``nosemgrep`` comments accept exactly the findings that the real semgrep-core calls ``is_ignored``."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from policy_samples import rule

from secloop.policy.comments import nosemgrep_for_line
from secloop.syntax.document import Document
from secloop.syntax.languages import semgrep_package

RULE_IDS = ("a.b.foo-bar", "baz")

COMMENTS = """
# nosemgrep
# nosem
#nosemgrep
# NOSEMGREP: baz
# nosemgrep: foo-bar
# nosemgrep: b.foo-bar
# nosemgrep: a.b.foo-bar
# nosemgrep: x.a.b.foo-bar
# nosemgrep: bar
# nosemgrep:baz,foo-bar
# nosemgrep: baz foo-bar
# nosemgrep: baz ,foo-bar
# nosemgrep: qux, baz
# nosemgrep: some reason here
# nosemgrep: baz - a reason
# nosemgrep:  baz
# nosemgrep:,baz
# nosemgrep : baz
# nosemgrep= baz
# nosemgrepx
# nosemgrep: BAZ
# nosemgrep: baz)
# nosemgrep: "baz"
# nosemgrep: baz,é,foo-bar
# x nosem y nosemgrep: baz
# nosemgrep: qux nosemgrep: baz
# nosemgrep: baz\t,foo-bar
# nosemgrep:\tbaz
# nosemgrep: baz,\tfoo-bar
# nosemgrep: foo-bar.
# nosemgrep: .baz
# é nosemgrep
# and then nosemgrep
""".strip().split("\n")


def programs(comments: Sequence[str]) -> str:
    """Each comment at the end of a call's line, on the line before, and where it must not count."""
    return "".join(
        f"foo({n}1)  {c}\n\n{c}\nfoo({n}2)\n\n{c}\n\nfoo({n}3)\nx = 1 {c}\nfoo({n}4,\n 5) {c}\n\n"
        for n, c in enumerate(comments)
    )


def by_semgrep(source: str, folder: Path) -> dict[tuple[int, str], bool]:
    target, rules = folder / "target.py", folder / "rules.json"
    target.write_bytes(source.encode())
    definition = {"languages": ["python"], "severity": "ERROR", "message": "m", "pattern": "foo(...)"}
    rules.write_text(json.dumps({"rules": [{"id": one, **definition} for one in RULE_IDS]}))
    core = semgrep_package() / "bin" / "semgrep-core"
    command = [core, "-rules", rules, "-lang", "python", "-json", "-json_nodots", "-j", "1", target]
    done = subprocess.run(command, capture_output=True, check=True)
    return {
        (one["start"]["line"], one["check_id"]): one["extra"]["is_ignored"]
        for one in json.loads(done.stdout)["results"]
    }


def by_us(source: str, places: Sequence[tuple[int, str]]) -> dict[tuple[int, str], bool]:
    document = Document("target.py", source)
    return {
        (line, rule_id): any(one.accepts(rule(rule_id)) for one in nosemgrep_for_line(document, line))
        for line, rule_id in places
    }


def agree(source: str, folder: Path) -> int:
    theirs = by_semgrep(source, folder)
    ours = by_us(source, list(theirs))
    lines = source.split("\n")
    different = [(key, lines[key[0] - 2 : key[0]]) for key in theirs if theirs[key] != ours[key]]
    assert not different
    return len(theirs)


def test_every_form_is_honoured_as_semgrep_does(tmp_path: Path) -> None:
    assert agree(programs(COMMENTS), tmp_path) == len(COMMENTS) * 4 * len(RULE_IDS)


MORE = ("foo-bar", "b.foo-bar", "nosem", " nosemgrep", " NoSem: ", "  ", ", ")
WORDS = st.sampled_from([*RULE_IDS, *MORE, *'\t\x0c\x0b\xa0 ,:="#é.x-/'])


@settings(max_examples=8, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=8).map("".join), min_size=20, max_size=60))
def test_any_comment_is_honoured_as_semgrep_does(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    agree(programs([f"# nosemgrep{text}" for text in texts]), tmp_path_factory.mktemp("core"))


def test_a_carriage_return_ends_a_line() -> None:
    assert by_us("# nosemgrep\r\nfoo()\r\n", [(2, "baz")]) == {(2, "baz"): True}
    assert by_us("foo()\rfoo() # nosemgrep\r", [(1, "baz")]) == {(1, "baz"): False}
