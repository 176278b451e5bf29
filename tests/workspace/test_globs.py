"""Globs of the policy: gitignore-style over paths, stars over rule ids, and none that takes long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secloop.workspace.ignore import GlobError, IdGlobs, PathGlobs


@pytest.mark.parametrize(
    ("patterns", "matched", "other"),
    [
        (("tests/",), ["tests/a.py", "x/tests/b/c.py"], ["tests", "x/tests"]),
        (("/tests/",), ["tests/a.py"], ["x/tests/a.py"]),
        (("tests/**",), ["tests/a.py", "tests/b/c.py"], ["tests", "x/tests/a.py"]),
        (("*.py",), ["a.py", "x/a.py", "x.py/a.js"], ["a.pyi", "py"]),
        (("src/*.py",), ["src/a.py"], ["src/x/a.py", "x/src/a.py"]),
        (("**/gen/*.py",), ["gen/a.py", "x/y/gen/a.py"], ["gen/x/a.py"]),
        (("a/**/b",), ["a/b", "a/x/b", "a/x/y/b", "a/x/b/c"], ["a/bc", "xa/b"]),
        (("*", "!*.py"), ["a.js", "x/a.py"], ["a.py"]),
        (("file[0-9].py", "é?"), ["file1.py", "éx"], ["file.py", "file10.py", "e1"]),
        (("#x", "a "), ["#x", "a "], ["x", "a"]),
        ((), [], ["a", ""]),
    ],
)
def test_path_globs(patterns: tuple[str, ...], matched: list[str], other: list[str]) -> None:
    globs = PathGlobs(patterns)
    assert [path for path in (*matched, *other) if globs.match(path)] == matched


@pytest.mark.parametrize(
    ("patterns", "matched", "other"),
    [
        (("python-*",), ["python-", "python-eval"], ["javascript-python-eval"]),
        (("*-eval", "a.b"), ["x-eval", "a.b"], ["a-b", "axb", "eval"]),
        (("*",), ["", "x", "line\nbreak"], []),
        (("[x]?", "a+*"), ["[x]?", "a+b"], ["xa", "aab"]),
        ((), [], ["", "x"]),
    ],
)
def test_id_globs(patterns: tuple[str, ...], matched: list[str], other: list[str]) -> None:
    globs = IdGlobs(patterns)
    assert [each for each in (*matched, *other) if globs.match(each)] == matched


@pytest.mark.timeout(30)
def test_hostile_globs_match_in_linear_time() -> None:
    pattern = "*a" * 400 + "b"
    path, rule_id = "a" * 4000, "a" * 4000
    globs, ids = PathGlobs([pattern, "**/" * 300 + "b", "?*" * 400 + "b"]), IdGlobs([pattern])
    for _ in range(100):
        assert not globs.match(path)
        assert not ids.match(rule_id)


@pytest.mark.parametrize(
    "patterns", [["a" * 1001], ["a"] * 10_001, ["*" * 900] * 3], ids=["long", "many", "wild"]
)
@pytest.mark.parametrize("globs", [PathGlobs, IdGlobs])
def test_lists_beyond_the_limits_are_refused(
    globs: type[PathGlobs] | type[IdGlobs], patterns: list[str]
) -> None:
    with pytest.raises(GlobError, match=r"longer than|more than"):
        globs(patterns)


@given(st.lists(st.text(max_size=40), max_size=10), st.text(max_size=60))
def test_no_pattern_fails(patterns: list[str], path: str) -> None:
    encodable = [each.encode("utf-8", "replace").decode() for each in (*patterns, path)]
    PathGlobs(encodable[:-1]).match(encodable[-1])
    IdGlobs(encodable[:-1]).match(encodable[-1])


@given(
    st.lists(st.from_regex(r"[a-c*]{0,6}", fullmatch=True), min_size=1, max_size=6),
    st.from_regex("[a-c]{0,8}"),
)
def test_many_patterns_match_as_each_does(patterns: list[str], name: str) -> None:
    assert IdGlobs(patterns).match(name) == any(IdGlobs([each]).match(name) for each in patterns)
    assert PathGlobs(patterns).match(name) == any(PathGlobs([each]).match(name) for each in patterns)
