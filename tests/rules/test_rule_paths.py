"""``paths:`` mean what they mean to semgrep-core, which is asked here, and take linear time."""

from __future__ import annotations

import random
import time

import pytest
from core_scans import matches, regex_rule
from msgspec.structs import replace
from rule_samples import loaded, repo, rule

from secloop.rules.paths import MAX_GLOB, GlobError, applies, check_globs

# fmt: off
GLOBS = [
    "foo", "foo.py", "*.py", "/foo", "/src", "src/", "src/*", "src/**", "**/src", "**/src/**",
    "/src/*.py", "src/a.py", "src/**/a.py", "**/*.py", "*", "**", "a/b", "/a/b", "a/b/", "*/b", "?oo",
    "[fs]oo", "[!f]oo", "[^f]oo", "{foo,src}", "*.{py,js}", r"\*.py", "foo*", "*oo", "./src",
    "src/./a.py", "../x", "/", "foo/", "foo/**/", "**/", "/**", "a**b", "**a", "src/*/a.py", "!foo",
    "#foo", "[a-c].py", "SRC", "*.PY", "src//a.py", r"\f\o\o", "x{1}", "é*", "?", "foo?",
    "[[:alpha:]]oo", "*.*", ".*", "/*", "/*/a.py", "a?b", "a[/]b", "**/**/a.py", "src/**/**", "***",
    "foo/***", r"[\]]", "[*]", "[a-]", "-", "+(foo)", "./", "//", ".//", ".", "..", "a//", "**//",
    ".//a", "/./a", "*/[!a]", "*[/]b", "a[!b]/", "[!!f]oo", "", "foo ", " foo", "a b", "[a b]",
]
# fmt: on
# fmt: off
PATHS = [
    "foo", "foo.py", "src/foo", "src/foo/x.py", "foo/x", "foo/x/y.py", "src/a.py", "src/b/a.py",
    "src/b/c/a.py", "x/src/a.py", "a/b", "a/b/c", "x/a/b", "x/a/b/c", "a.py", "b.py", "d.py", "b", "x/b",
    "x/b/c", "soo", "*.py", "aXb", "a/b.py", "axxb", "SRC/a.py", "a.PY", "!foo", "#foo", "[", "]", "-",
    "é.py", "é", "{foo,src}", ".hidden", "x/.hidden/y", "x1", "x{1}", "ab/ab", "a.js", "xa", "src/**",
    "z/foo", "z/foo.py", "foo1", "*", "+(foo)", "moo", ":oo", "a b", "foo ",
]
# fmt: on


def disagreements(globs: list[str], paths: list[str], key: str) -> list[tuple[str, str, bool]]:
    """Where ``applies`` says something else than semgrep-core: glob, path, and what semgrep-core says."""
    (plain,) = loaded(repo(rule("pattern: x"))).rules
    by_id = {f"r{number}": glob for number, glob in enumerate(globs)}
    definitions = [
        regex_rule(rule_id, **{"pattern-regex": "x", "paths": {key: [glob]}})
        for rule_id, glob in by_id.items()
    ]
    theirs = matches(definitions, dict.fromkeys(paths, "x\n"))
    ours = {
        (rule_id, path)
        for rule_id, glob in by_id.items()
        for path in paths
        if applies(replace(plain, **{key: (glob,)}), path)
    }
    return [(by_id[rule_id], path, (rule_id, path) in theirs) for rule_id, path in theirs ^ ours]


@pytest.mark.parametrize("key", ["include", "exclude"])
def test_written_globs_agree_with_semgrep_core(key: str) -> None:
    assert disagreements(GLOBS, PATHS, key) == []


@pytest.mark.parametrize("seed", range(3))
def test_random_globs_agree_with_semgrep_core(seed: int) -> None:
    chosen = random.Random(seed)
    pieces = [
        "a",
        "b",
        "/",
        "/",
        "*",
        "**",
        "?",
        "[ab]",
        "[!a]",
        "[/a]",
        "[^b]",
        ".",
        "é",
        r"\*",
        "./",
        "[+-9]",
        " ",
    ]
    globs = {"".join(chosen.choices(pieces, k=chosen.randint(0, 7))) for _ in range(300)}
    names = ["a", "b", "c", "é", ".x", "ab", "*", " "]
    paths = {
        "/".join("".join(chosen.choices(names, k=chosen.randint(1, 3))) for _ in range(chosen.randint(1, 4)))
        for _ in range(120)
    }
    assert disagreements(sorted(globs), sorted(paths), "include") == []


def test_empty_lists_do_not_restrict_and_exclude_wins() -> None:
    def admits(paths: str, path: str) -> bool:
        (found,) = loaded(repo(rule(f"pattern: x\npaths: {paths}"))).rules
        return applies(found, path)

    assert admits("{include: [], exclude: []}", "a")
    assert admits("{include: [foo, bar]}", "x/bar/y")
    assert not admits("{include: [foo, bar]}", "x/y")
    assert admits("{include: [foo], exclude: ['*.md']}", "foo/x.py")
    assert not admits("{include: [foo], exclude: ['*.md']}", "foo/x.md")


@pytest.mark.parametrize(
    ("glob", "reason"),
    [
        ("[a", "`[` without `]`"),
        ("a[]b]", "empty class"),
        ("a[!]b]", "empty class"),
        ("[z-a]", "out of order"),
        ("a\\", "ends in a backslash"),
        ("a\tb", "control character"),
        ("a" * (MAX_GLOB + 1), "longer than"),
    ],
)
def test_globs_that_semgrep_core_cannot_compile_are_refused(glob: str, reason: str) -> None:
    with pytest.raises(GlobError, match=reason.replace("[", r"\[").replace("]", r"\]")):
        check_globs((glob,))


def test_a_hostile_glob_takes_linear_time() -> None:
    glob = "*a" * 60 + "b"
    (found,) = loaded(repo(rule(f"pattern: x\npaths: {{include: ['{glob}']}}"))).rules
    started = time.monotonic()
    assert not applies(found, "a" * 4_000)
    assert time.monotonic() - started < 5


def test_a_path_that_is_not_utf_8_is_only_not_named() -> None:
    (found,) = loaded(repo(rule("pattern: x\npaths: {include: ['*.py']}"))).rules
    assert applies(found, "a\udcff.py")
