"""Which files of a root are checked, and what is said of those that are not (SPEC 2)."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest
from scratch_repository import Repository, write

from secloop.model import ProblemKind
from secloop.syntax.document import Document
from secloop.workspace.config import load_config
from secloop.workspace.discovery import Discoverer, Discovery, discover
from secloop.workspace.settings import Config
from secloop.workspace.tree import DiskTree, IndexTree, OverlayTree, RevisionTree

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="a POSIX file system")


def find(root: Path, *paths: str, config: Config | None = None) -> Discovery:
    return discover(DiskTree(root), config or Config(), paths)


def skipped(discovery: Discovery) -> list[str]:
    assert {each.reason for each in discovery.skipped} <= {"excluded"}
    return [each.path for each in discovery.skipped]


def messages(discovery: Discovery) -> list[tuple[str, str]]:
    return [(each.path, each.message) for each in discovery.problems]


def test_every_file_is_found_sorted(tmp_path: Path) -> None:
    write(tmp_path, {"b/c.py": "", "a.py": "", "b.py": "", ".github/x.yml": "", "b/.hidden": ""})
    assert find(tmp_path).files == (".github/x.yml", "a.py", "b.py", "b/.hidden", "b/c.py")


def test_ignored_files_are_left_out_unless_git_tracks_them(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit({".gitignore": "*.gen.py\nout/\n", "out/kept.py": "", "kept.gen.py": "", "a.py": ""})
    repository.write({"out/new.py": "", "new.gen.py": "", "new.py": ""})
    assert find(tmp_path).files == (".gitignore", "a.py", "kept.gen.py", "new.py", "out/kept.py")


def test_only_ignore_files_in_the_repository_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Repository(tmp_path / "r")
    repository.write({"a.py": "", "b.py": "", ".git/info/exclude": "a.py\n"})
    write(
        tmp_path,
        {"home/.gitconfig": f"[core]\nexcludesFile = {tmp_path.as_posix()}/mine\n", "mine": "b.py\n"},
    )
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert find(tmp_path / "r").files == ("a.py", "b.py")


def test_ignore_files_count_outside_of_git_too(tmp_path: Path) -> None:
    write(
        tmp_path,
        {".gitignore": "/gen/\n", "gen/a.py": "", "x/gen/a.py": "", "x/.gitignore": "b.py\n", "x/b.py": ""},
    )
    assert find(tmp_path).files == (".gitignore", "x/.gitignore", "x/gen/a.py")


def test_rules_above_a_root_in_a_subfolder_count(tmp_path: Path) -> None:
    Repository(tmp_path)
    write(tmp_path, {".gitignore": "/app/gen/\n*.tmp\n", "app/gen/a.py": "", "app/a.tmp": "", "app/b.py": ""})
    assert find(tmp_path / "app").files == ("b.py",)
    buffers = {"../.gitignore": Document("../.gitignore", "b.py\n")}
    tree = OverlayTree(DiskTree(tmp_path / "app"), buffers)
    assert discover(tree, Config()).files == ("a.tmp", "gen/a.py")


def test_rules_above_the_repository_do_not_count(tmp_path: Path) -> None:
    Repository(tmp_path / "repository")
    write(tmp_path, {".gitignore": "a.py\n", "repository/a.py": ""})
    root = tmp_path / "repository"
    tree = OverlayTree(DiskTree(root), {"../.gitignore": Document("../.gitignore", "*\n")})
    assert find(root).files == discover(tree, Config()).files == ("a.py",)


def test_default_excludes_are_folders_of_tools(tmp_path: Path) -> None:
    write(
        tmp_path,
        {f"{name}/x.py": "" for name in ("node_modules", ".venv", "a/build", "a/__pycache__", ".secloop")},
    )
    write(tmp_path, {"dist": "a file", "builder/x.py": ""})
    assert find(tmp_path).files == ("builder/x.py", "dist")
    everything = find(tmp_path, config=Config(default_excludes=False))
    assert len(everything.files) == 7


def test_the_policy_excludes_and_takes_back(tmp_path: Path) -> None:
    write(tmp_path, {"gen/a.py": "", "x/gen/a.py": "", "build/a.py": "", "x/build/a.py": "", "b.py": ""})
    config = Config(exclude=("/gen", "!build/", "x/build"))
    assert find(tmp_path, config=config).files == ("b.py", "build/a.py", "x/gen/a.py")


def test_an_excluded_folder_is_listed_once_if_git_tracks_something_in_it(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit({"build/a.py": "", "build/b/c.py": "", "a.py": "", "gen.py": ""})
    repository.write({"node_modules/x.js": "", "other.gen.py": ""})
    found = find(tmp_path, config=Config(exclude=("gen.py", "*.gen.py")))
    assert (found.files, skipped(found)) == (("a.py",), ["build/", "gen.py"])


def test_excludes_hold_for_what_is_named(tmp_path: Path) -> None:
    write(tmp_path, {".gitignore": "*.log\n", "node_modules/a/x.js": "", "a.log": "", "b.py": "", "c.py": ""})
    found = find(tmp_path, "b.py", "node_modules/a/x.js", "a.log", config=Config(exclude=("c.py",)))
    assert (found.files, skipped(found)) == (("b.py",), ["a.log", "node_modules/a/x.js"])
    assert skipped(find(tmp_path, "c.py", config=Config(exclude=("c.py",)))) == ["c.py"]
    assert skipped(find(tmp_path, "node_modules")) == ["node_modules"]
    assert skipped(find(tmp_path, ".git/config")) == []


def test_named_folders_and_files_are_found_once(tmp_path: Path) -> None:
    write(tmp_path, {"a/b.py": "", "a/c/d.py": "", "e.py": ""})
    assert find(tmp_path, "a", "a/b.py", "a/c/").files == ("a/b.py", "a/c/d.py")
    assert find(tmp_path, "./a/../e.py").files == ("e.py",)
    assert find(tmp_path, ".").files == find(tmp_path).files == find(tmp_path, "").files


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("..", "the path is outside the root"),
        ("../x.py", "the path is outside the root"),
        ("a/../../x.py", "the path is outside the root"),
        ("/etc/passwd", "the path is outside the root"),
        ("a\0b", "the path is outside the root"),
        ("nothing.py", "there is no such file or folder"),
        ("a.py/x", "there is no such file or folder"),
    ],
)
def test_a_path_that_cannot_be_checked_is_a_problem(tmp_path: Path, path: str, message: str) -> None:
    write(tmp_path, {"x.py": "", "root/a.py": ""})
    found = find(tmp_path / "root", path)
    assert (found.files, messages(found)) == ((), [(path, message)])


def test_a_nested_configuration_is_a_root_of_its_own(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.py": "",
            "one/secloop.toml": "",
            "one/a.py": "",
            "two/pyproject.toml": "[tool.secloop]",
            "two/a.py": "",
            "three/pyproject.toml": "[tool.ruff]",
            "three/a.py": "",
        },
    )
    found = find(tmp_path)
    assert found.files == ("a.py", "three/a.py", "three/pyproject.toml")
    assert found.nested_roots == ("one", "two")
    assert find(tmp_path, "one/a.py") == Discovery((), nested_roots=("one",))
    # A configuration that is only typed yet counts, and one that is typed away does not.
    buffers = {"three/secloop.toml": Document("", ""), "two/pyproject.toml": Document("", "[tool]")}
    overlaid = discover(OverlayTree(DiskTree(tmp_path), buffers), Config())
    assert overlaid.nested_roots == ("one", "three")


def test_a_repository_in_a_folder_is_a_root_unless_a_configuration_is_above_it(tmp_path: Path) -> None:
    outer = Repository(tmp_path)
    outer.commit({"a.py": "", ".gitignore": "*.log\n"})
    inner = Repository(tmp_path / "inner")
    inner.commit({"b.py": "", "kept.gen": "", ".gitignore": "*.gen\n"})
    inner.write({"new.gen": "", "c.log": ""})
    assert find(tmp_path).nested_roots == ("inner",)
    # Its own ignore rules and tracked files hold in it, not those of the repository around it.
    write(tmp_path, {"secloop.toml": ""})
    config, _ = load_config(DiskTree(tmp_path))
    found = find(tmp_path, config=config)
    assert [path for path in found.files if path.startswith("inner/")] == [
        *("inner/.gitignore", "inner/b.py", "inner/c.log", "inner/kept.gen")
    ]


@posix_only
def test_links_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"outside/secret.py": "", "root/a.py": "", "root/d/b.py": ""})
    root = tmp_path / "root"
    (root / "file.py").symlink_to("../outside/secret.py")
    (root / "folder").symlink_to("../outside")
    (root / "inner.py").symlink_to("a.py")
    (root / "d" / "loop").symlink_to("..")
    (root / "dangling.py").symlink_to("nowhere")
    assert find(root) == Discovery(("a.py", "d/b.py"))
    named = find(root, "file.py", "folder/secret.py", "d/loop/a.py", "inner.py", "dangling.py")
    assert named.files == ()
    assert skipped(named) == ["d/loop/a.py", "dangling.py", "file.py", "folder/secret.py", "inner.py"]


@posix_only
def test_pipes_sockets_and_devices_are_never_opened(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit({"a.py": "", "tracked.py": ""})
    (tmp_path / "tracked.py").unlink()
    for name in ("pipe.py", "tracked.py", "secloop.toml", ".gitignore"):
        os.mkfifo(tmp_path / name)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(tmp_path / "socket.py"))
    found = find(tmp_path)
    assert found.files == ("a.py",)
    assert messages(found) == [("tracked.py", "git tracks it, but it is not a regular file")]
    assert messages(find(tmp_path, "pipe.py")) == [("pipe.py", "it is not a regular file")]
    assert "not a regular file" in load_config(DiskTree(tmp_path))[1][0].message
    with pytest.raises(OSError, match="not a regular file"):
        DiskTree(tmp_path).read("pipe.py")


def test_a_folder_that_cannot_be_listed_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.py": "", "locked/b.py": "", "x/.gitignore": "a\n"})
    real = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = find(tmp_path)
    assert (found.files, messages(found)) == (
        ("a.py", "x/.gitignore"),
        [("locked", "it cannot be read: Permission denied")],
    )


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_not_utf_8_is_a_problem_unless_excluded(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.py")).touch()
    (tmp_path / os.fsdecode(b"d\xff")).mkdir()
    write(tmp_path, {"a.py": ""})
    found = find(tmp_path)
    assert found.files == ("a.py",)
    message = "its name is not UTF-8; rename or exclude it"
    assert messages(found) == [("caf\\udce9.py", message), ("d\\udcff", message)]
    assert find(tmp_path, config=Config(exclude=("caf?.py", "d[!a]"))).problems == ()


@pytest.mark.parametrize(
    ("ignore", "line", "message"),
    [
        (b"a\n" + b"*" * 1001, 2, "longer than 1000 bytes"),
        (b"a*\n" * 2001, 2001, "more than 2000 wildcards"),
        (b"a\n" * 10_001, 10_001, "more than 10000 patterns"),
        (b"a" * 1_000_001, 0, "it cannot be read"),
    ],
    ids=["long", "wild", "many", "large"],
)
def test_ignore_rules_beyond_the_limits_are_a_problem(
    tmp_path: Path, ignore: bytes, line: int, message: str
) -> None:
    write(tmp_path, {"a.py": "", "x/.gitignore": ignore})
    found = find(tmp_path)
    (problem,) = found.problems
    assert "a.py" in found.files
    assert (problem.path, problem.line, message in problem.message) == ("x/.gitignore", line, True)


def test_a_repository_that_git_cannot_read_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, {".git": "gitdir: nowhere\n", "a.py": ""})
    (problem,) = find(tmp_path).problems
    assert (problem.kind, "not a git repository" in problem.message) == (ProblemKind.GIT, True)


def test_buffers_index_and_revision_are_discovered_alike(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(
        {"a.py": "", "b/c.py": "", "build/x.py": "", ".gitignore": "c.py\n", "n/secloop.toml": ""}
    )
    disk = DiskTree(tmp_path)
    expected = discover(disk, Config())
    assert expected.nested_roots == ("n",)
    buffers = {path: Document(path, "text") for path in ("a.py", "b/c.py")}
    with IndexTree(tmp_path) as index, RevisionTree(tmp_path, "HEAD") as revision:
        for tree in (OverlayTree(disk, buffers), index, revision):
            assert discover(tree, Config()) == expected


def test_a_buffer_is_a_file_before_it_is_saved(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": "", ".gitignore": ""})
    paths = ("new.py", "new/b.py", "out/c.py", "node_modules/d.js")
    buffers = {path: Document(path, "") for path in paths}
    tree = OverlayTree(DiskTree(tmp_path), {**buffers, ".gitignore": Document(".gitignore", "/out/\n")})
    assert discover(tree, Config()).files == (".gitignore", "a.py", "new.py", "new/b.py")
    discoverer = Discoverer(tree, Config())
    assert [discoverer.covers(path) for path in paths] == [True, True, False, False]
    assert not discoverer.covers("../x.py")
