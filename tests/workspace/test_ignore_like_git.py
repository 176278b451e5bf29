"""Ignore rules are git's own: random patterns over random trees, judged by git itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scratch_repository import Repository

from secloop.workspace.discovery import discover
from secloop.workspace.settings import Config
from secloop.workspace.tree import DiskTree

NAMES = ("a", "b", "ab", "A", "é", "x y", "a.b", "[a]", "-", "!a", "#a", "a ", "b-a", "]")
TOKENS = (
    *(
        "a",
        "b",
        "ab",
        "é",
        ".",
        "-",
        " ",
        "x",
        "A",
        "/",
        "/",
        "/",
        "*",
        "*",
        "**",
        "**/",
        "/**",
        "?",
        "\t",
        "\r",
    ),
    *(
        "[ab]",
        "[!a]",
        "[^a]",
        "[a-b]",
        "[b-a]",
        "[]a]",
        "[]-a]",
        "[a-]",
        "[[:alpha:]]",
        "[[:x:]]",
        "[[:alpha:",
    ),
    *("[", "]", "\\", "\\\\", "\\a", "\\*", "\\ ", "!", "#", "[\\]]", "[a/b]", "[!/]", "[[:space:]]", "[[a]"),
)
FOLDERS = ("", "a/", "b/", "a/ab/", "a/b/a/", "é/", "x y/", "[a]/")
lists_of_patterns = st.lists(
    st.lists(st.sampled_from(TOKENS), min_size=1, max_size=7).map("".join), max_size=5
).map("\n".join)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    repository = Repository(tmp_path_factory.mktemp("universe"))
    repository.write({f"{folder}{name}/f": "" for folder in FOLDERS for name in NAMES[:4]})
    files = (repository.root / folder / name for folder in FOLDERS for name in NAMES)
    for file in files:
        if not file.is_dir():
            file.touch()
    return repository


def listed_by_git(repository: Repository, folder: str = ".") -> set[str]:
    listing = repository.git("-C", folder, "ls-files", "-z", "-c", "-o", "--exclude-per-directory=.gitignore")
    return set(listing.split("\0")) - {""}


def ignored_by_git(repository: Repository, folder: str) -> bool:
    try:
        repository.git("check-ignore", "--no-index", "-q", "--", folder)
    except subprocess.CalledProcessError as error:
        if error.returncode == 1:
            return False
        raise
    return True


def discovered(root: Path) -> set[str]:
    found = discover(DiskTree(root), Config(default_excludes=False))
    assert found.problems == ()
    return set(found.files)


@settings(max_examples=150, deadline=None)
@given(top=lists_of_patterns, inner=lists_of_patterns, deep=lists_of_patterns)
def test_files_are_ignored_exactly_as_git_ignores_them(
    repository: Repository, top: str, inner: str, deep: str
) -> None:
    repository.git("read-tree", "--empty")
    repository.write({".gitignore": top, "a/.gitignore": inner, "a/ab/.gitignore": deep})
    assert discovered(repository.root) == listed_by_git(repository)


@settings(max_examples=60, deadline=None)
@given(
    ignored=lists_of_patterns,
    inner=lists_of_patterns,
    tracked=st.lists(st.sampled_from([f + n for f in FOLDERS for n in NAMES[4:]]), min_size=1, max_size=4),
    folder=st.sampled_from((".", "a", "a/b", "a/ab")),
)
def test_what_git_tracks_is_never_ignored_and_rules_above_the_root_hold(
    repository: Repository, ignored: str, inner: str, tracked: list[str], folder: str
) -> None:
    repository.write({".gitignore": ignored, "a/.gitignore": inner, "a/ab/.gitignore": ""})
    # secloop checks a root in a folder that is itself ignored; git does not.
    assume(not ignored_by_git(repository, folder))
    repository.git("read-tree", "--empty")
    repository.git("--literal-pathspecs", "add", "-f", "--", *tracked)
    assert discovered(repository.root / folder) == listed_by_git(repository, folder)
