"""git is asked through plumbing alone, and nothing of a repository runs."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from scratch_repository import Repository, write

from secloop.workspace import git
from secloop.workspace.discovery import discover
from secloop.workspace.renames import renames
from secloop.workspace.settings import Config
from secloop.workspace.tree import DiskTree, IndexTree, RevisionTree


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


EXECUTED = (
    *("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "core.gitProxy"),
    *("core.alternateRefsCommand", "diff.external", "diff.evil.textconv", "diff.evil.command"),
    *("filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "merge.evil.driver"),
    *("gpg.program", "sequence.editor", "remote.origin.uploadpack"),
)
"""Settings that name a program."""


class Hostile:
    """A repository whose every executable key writes a canary."""

    def __init__(self, folder: Path) -> None:
        self.canary = folder / "canary"
        self.script = folder / "evil"
        self.script.write_text(f'#!/bin/sh\necho "$0 $*" >> "{self.canary.as_posix()}"\n')
        self.script.chmod(0o755)
        self.repository = Repository(folder / "hostile")
        self.base = self.repository.commit(
            {"a.py": "print(1)\n" * 9, "old.py": "x = 1\n" * 20, "gone.py": "y\n"}
        )
        self.lost = self.repository.git("rev-parse", "HEAD:gone.py")
        self.head = self.repository.commit(
            {"b.py": "b\n", "new.py": "x = 1\n" * 20 + "z\n"}, removed=("old.py",)
        )
        self._arm()

    def _arm(self) -> None:
        evil = self.script.as_posix()
        ext = f"ext::{evil} %S"
        info = f"160000,{self.base},module"
        self.repository.git("update-index", "--add", "--cacheinfo", info)
        attributes = "* filter=evil diff=evil merge=evil\n"
        self.repository.write(
            {
                ".gitattributes": attributes,
                ".git/info/attributes": attributes,
                ".gitmodules": f'[submodule "module"]\n\tpath = module\n\turl = {ext}\n\tupdate = !{evil}\n',
                "included": f"[core]\n\tfsmonitor = {evil}\n[diff]\n\texternal = {evil}\n",
                "a.py": "print(2)\n",
            }
        )
        hooks = self.repository.root / "hooks"
        hooks.mkdir()
        for hook in ("post-index-change", "fsmonitor-watchman", "reference-transaction", "post-checkout"):
            (hooks / hook).write_bytes(self.script.read_bytes())
            (hooks / hook).chmod(0o755)
        commands = ("ls-files", "ls-tree", "cat-file", "rev-parse", "merge-base")
        settings = {
            **dict.fromkeys(EXECUTED, evil),
            **{f"pager.{name}": evil for name in commands},
            **{f"alias.{name}": f"!{evil}" for name in commands},
            "core.hooksPath": hooks.as_posix(),
            "core.attributesFile": (self.repository.root / ".gitattributes").as_posix(),
            "core.untrackedCache": "true",
            "credential.helper": f"!{evil}",
            "filter.evil.required": "true",
            "log.showSignature": "true",
            "include.path": "../included",
            "submodule.module.url": ext,
            "submodule.module.update": f"!{evil}",
            "submodule.recurse": "true",
            "protocol.allow": "always",
            "protocol.ext.allow": "always",
            "remote.origin.url": ext,
            "remote.origin.promisor": "true",
            "remote.origin.partialclonefilter": "blob:none",
            "core.repositoryFormatVersion": "1",
            "extensions.partialClone": "origin",
        }
        for name, value in settings.items():
            self.repository.git("-c", "core.fsmonitor=false", "config", name, value)
        lost = self.repository.root / ".git" / "objects" / self.lost[:2] / self.lost[2:]
        lost.chmod(0o644)
        lost.unlink()
        self.canary.unlink(missing_ok=True)


@pytest.fixture
def hostile(tmp_path: Path) -> Hostile:
    return Hostile(tmp_path)


@pytest.mark.parametrize("command", [("status",), ("diff",), ("ls-files", "-m"), ("cat-file", "-p", "LOST")])
def test_the_hostile_repository_is_loaded(hostile: Hostile, command: tuple[str, ...]) -> None:
    arguments = (hostile.lost if word == "LOST" else word for word in command)
    with contextlib.suppress(subprocess.CalledProcessError):
        hostile.repository.git(*arguments)
    assert hostile.canary.exists()


def test_nothing_of_a_hostile_repository_runs(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    root = hostile.repository.root
    for name in ("GIT_EXTERNAL_DIFF", "GIT_SSH_COMMAND", "GIT_SSH", "GIT_ASKPASS", "GIT_PAGER", "GIT_EDITOR"):
        monkeypatch.setenv(name, str(hostile.script))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", f"'core.fsmonitor'='{hostile.script}'")

    assert git.top_level(root / "a.py") == root
    assert {"a.py", "b.py", "module"} <= git.ls_files(root)
    assert git.ls_index(root)["module"].is_submodule
    assert git.resolve(root, "HEAD") == hostile.head
    assert git.merge_base(root, hostile.base) == hostile.base
    assert git.changed_paths(root, hostile.base, "HEAD") == {"b.py", "new.py", "old.py"}
    with (
        RevisionTree(root, "HEAD") as revision,
        IndexTree(root) as index,
        RevisionTree(root, hostile.base) as base,
    ):
        assert revision.read("a.py") == index.read("a.py") == b"print(1)\n" * 9
        with pytest.raises(FileNotFoundError):
            revision.read("gone.py")
        disk = DiskTree(root)
        found = discover(disk, Config())
        assert found.problems == ()
        for tree in (revision, index, disk):
            assert renames(base, base.entries, tree, discover(tree, Config()).files) == {"new.py": "old.py"}

    assert not hostile.canary.exists(), hostile.canary.read_text()


def test_the_environment_cannot_redirect_git(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit({"a.py": ""})
    elsewhere = Repository(repository.root.parent / "elsewhere")
    elsewhere.commit({"b.py": ""})
    monkeypatch.setenv("GIT_DIR", str(elsewhere.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(elsewhere.root))
    monkeypatch.setenv("GIT_INDEX_FILE", str(elsewhere.root / ".git" / "index"))
    assert git.ls_files(repository.root) == {"a.py"}
    assert set(git.ls_index(repository.root)) == {"a.py"}


def test_staged_reads_the_index_that_a_commit_is_made_from(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({"a.py": "old\n"})
    repository.write({"a.py": "new\n"})
    # What `git commit -a` does: it fills an index beside the usual one and names it to its hooks.
    other = repository.root / ".git" / "next-index-1.lock"
    repository.git("read-tree", "HEAD", GIT_INDEX_FILE=str(other))
    repository.git("add", "a.py", GIT_INDEX_FILE=str(other))
    with IndexTree(repository.root) as usual:
        assert usual.read("a.py") == b"old\n"
    monkeypatch.chdir(repository.root)
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/next-index-1.lock")
    with IndexTree(repository.root) as committed:
        assert committed.read("a.py") == b"new\n"


def test_a_commit_all_in_a_real_hook_is_what_staged_reads(repository: Repository) -> None:
    repository.commit({"a.py": "old\n", "b.py": "old\n"})
    hook = repository.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        f'#!/bin/sh\nexec "{Path(sys.executable).as_posix()}" -c "\n'
        "from pathlib import Path\n"
        "from secloop.workspace.tree import IndexTree\n"
        "Path('seen').write_bytes(IndexTree(Path.cwd()).read('a.py') + IndexTree(Path.cwd()).read('b.py'))\n"
        '"\n'
    )
    hook.chmod(0o755)
    repository.write({"a.py": "new\n", "b.py": "new\n"})
    source = str(Path(git.__file__).parents[2])
    repository.git("commit", "-q", "-m", "one", "a.py", PYTHONPATH=source)
    assert (repository.root / "seen").read_text() == "new\nold\n"
    repository.git("commit", "-q", "-a", "-m", "all", PYTHONPATH=source)
    assert (repository.root / "seen").read_text() == "new\nnew\n"


def test_unmerged_files_are_refused(repository: Repository) -> None:
    blob = repository.commit({"a.py": "1\n"}) and repository.git("rev-parse", "HEAD:a.py")
    entries = "".join(f"100644 {blob} {stage}\ta.py\n" for stage in (1, 2, 3))
    repository.git("update-index", "--force-remove", "a.py")
    repository.git("update-index", "--index-info", stdin=entries.encode())
    with pytest.raises(git.GitError, match="unresolved merge conflicts"):
        IndexTree(repository.root)


@pytest.mark.parametrize("revision", ["", "--all", "-h", "nowhere", "HEAD:a.py", "HEAD\0", "A..B", "^HEAD"])
def test_what_names_no_commit_is_refused_in_words(repository: Repository, revision: str) -> None:
    repository.commit({"a.py": "1\n"})
    with pytest.raises(git.GitError, match=r"revision|commit"):
        git.resolve(repository.root, revision)


def test_revisions_without_common_history_say_so(repository: Repository) -> None:
    repository.commit({"a.py": "1\n"})
    repository.git("checkout", "-q", "--orphan", "other")
    repository.commit({"b.py": "2\n"})
    with pytest.raises(git.GitError, match=r"no common ancestor.*shallow"):
        git.merge_base(repository.root, "main")


def test_a_repository_of_another_user_is_refused_with_the_way_out(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({"a.py": "1\n"})
    monkeypatch.setattr(git, "_environment", lambda: {**os.environ, "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"})
    with pytest.raises(git.GitError, match=r"another user owns it.*safe.directory"):
        git.ls_files(repository.root)
    (problem,) = discover(DiskTree(repository.root), Config()).problems
    assert problem.kind.value == "git"


@pytest.fixture
def without_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("without_git")
def test_without_git_a_repository_is_a_folder(tmp_path: Path) -> None:
    root = write(tmp_path / "x", {".git/HEAD": "", "a.py": "", "b.py": "", ".gitignore": "b.py\n"})
    found = discover(DiskTree(root), Config())
    assert found.files == (".gitignore", "a.py")
    assert found.problems == ()
    with pytest.raises(git.GitMissingError, match="not installed"):
        IndexTree(root)


def test_a_git_program_in_the_current_folder_is_not_run(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({"a.py": ""})
    write(repository.root, {"git": "#!/bin/sh\nexit 1\n", "git.exe": ""})
    (repository.root / "git").chmod(0o755)
    monkeypatch.chdir(repository.root)
    monkeypatch.setenv("PATH", os.pathsep.join((".", "", os.environ["PATH"])))
    assert "a.py" in git.ls_files(repository.root)


def test_names_of_any_bytes_come_through(repository: Repository) -> None:
    names = {"é.py", 'quo"te.py', "new\nline.py", "tab\t.py", " space .py"}
    repository.commit(dict.fromkeys(names, "x\n"))
    assert git.ls_files(repository.root) == names
    assert set(git.ls_index(repository.root)) == names
    assert set(git.ls_tree(repository.root, "HEAD")) == names


def test_a_revision_below_a_root_in_a_subfolder_has_its_paths(repository: Repository) -> None:
    repository.commit({"service/app/a.py": "1\n", "other.py": ""})
    with RevisionTree(repository.root / "service", "HEAD") as tree:
        assert set(tree.entries) == {"app/a.py"}
        assert tree.read("app/a.py") == b"1\n"
    (repository.root / "new").mkdir()
    with RevisionTree(repository.root / "new", "HEAD") as tree:
        assert discover(tree, Config()).files == ()


def test_blobs_are_read_as_stored_and_only_up_to_the_limit(repository: Repository) -> None:
    repository.commit({"a.bin": bytes(range(256)) * 9000, "b.py": "b\n"})
    entries = git.ls_tree(repository.root, "HEAD")
    with git.BlobReader(repository.root) as blobs:
        assert blobs.read(entries["a.bin"].object_id, 300) == (
            bytes(range(256)) + bytes(range(44)),
            256 * 9000,
        )
        assert blobs.read(entries["b.py"].object_id) == (b"b\n", 2)
        with pytest.raises(FileNotFoundError):
            blobs.read("0" * 40)
        assert blobs.read(entries["b.py"].object_id, 0) == (b"", 2)


def test_a_commit_that_is_not_there_is_told_from_a_repository_without_commits(repository: Repository) -> None:
    for revision in ("HEAD", "main~1"):
        with pytest.raises(git.GitError, match="which has no commits yet"):
            git.resolve(repository.root, revision)
    repository.commit({"a.py": "x\n"})
    with pytest.raises(
        git.GitError, match=r"no commit 'mian' in this repository; check its name, or fetch it"
    ):
        git.resolve(repository.root, "mian")


def test_a_bare_repository_is_refused(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"a.py": "x\n"})
    repository.git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    for ask in (git.ls_index, lambda folder: git.resolve(folder, "HEAD")):
        with pytest.raises(git.GitError, match="is a bare repository, which has no files to check"):
            ask(tmp_path / "bare")
