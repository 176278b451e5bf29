"""Every file has one root, whatever folder is open (SPEC 2)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from scratch_repository import Repository, write

from secloop.workspace.discovery import discover
from secloop.workspace.roots import find_root, read_disk
from secloop.workspace.settings import Config
from secloop.workspace.tree import DiskTree


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    Repository(tmp_path / "git")
    Repository(tmp_path / "mono" / "vendored")
    return write(
        tmp_path,
        {
            "git/a/b.py": "",
            "git/svc/secloop.toml": "",
            "git/svc/x/b.py": "",
            "git/py/pyproject.toml": "[tool.secloop]\nfail-on = 'high'\n",
            "git/py/x/pyproject.toml": "[tool.ruff]\n",
            "git/py/x/b.py": "",
            "git/broken/pyproject.toml": "[tool.secloop\n",
            "git/typo/pyproject.toml": "[tool.secloop]\nx = \n",
            "mono/secloop.toml": "not TOML at all",
            "mono/vendored/b.py": "",
            "plain/x/b.py": "",
        },
    )


@pytest.mark.parametrize(
    ("path", "root"),
    [
        ("git/a/b.py", "git"),
        ("git", "git"),
        ("git/a/new/unsaved.py", "git"),
        ("git/svc/x/b.py", "git/svc"),
        ("git/svc", "git/svc"),
        ("git/svc/secloop.toml", "git/svc"),
        ("git/py/x/b.py", "git/py"),
        ("git/py/x/../../a/b.py", "git"),
        ("git/broken/b.py", "git"),
        ("git/typo/b.py", "git/typo"),
        ("mono/vendored/b.py", "mono"),
        ("plain/x/b.py", "plain"),
    ],
)
def test_the_nearest_configuration_else_git_else_the_folder(tree: Path, path: str, root: str) -> None:
    assert find_root(tree / path, fallback=tree / "plain") == tree / root


def test_an_unsaved_configuration_makes_a_root_and_an_emptied_one_does_not(tree: Path) -> None:
    buffers = {tree / "git/a/secloop.toml": b"", tree / "git/py/pyproject.toml": b""}

    def read(path: Path) -> bytes | None:
        return buffers.get(path, read_disk(path))

    assert find_root(tree / "git/a/b.py", tree, read) == tree / "git/a"
    assert find_root(tree / "git/py/x/b.py", tree, read) == tree / "git"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege")
@pytest.mark.parametrize("name", ["secloop.toml", "pyproject.toml"])
@pytest.mark.parametrize("target", ["../../py/pyproject.toml", "../py/pyproject.toml", "nowhere"])
def test_root_and_discovery_agree_about_a_linked_configuration(tree: Path, name: str, target: str) -> None:
    root = tree / "git" / "a"
    write(root, {"sub/b.py": "", "py/pyproject.toml": "[tool.secloop]"})
    (root / "sub" / name).symlink_to(target)
    is_root = find_root(root / "sub/b.py", root) == root / "sub"
    assert is_root == (target != "nowhere")
    assert ("sub" in discover(DiskTree(root), Config()).nested_roots) == is_root


def test_a_configuration_that_cannot_be_read_makes_a_root_that_reports_it(tree: Path) -> None:
    (tree / "plain" / "x" / "secloop.toml").mkdir()
    assert find_root(tree / "plain/x/b.py", tree) == tree / "plain/x"
