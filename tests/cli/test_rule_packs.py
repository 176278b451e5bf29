"""Rule packs from elsewhere: a folder, a wheel, a git submodule; pinned by ``secloop.lock``, and never imported."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from cli_repository import Repo, needs_links
from pack_samples import CONFIG, PACK, WHEEL_CONFIG, accepted, install_wheel, with_pack

LOOSER = PACK.replace("pattern: eval($X)", "pattern: harmless($X)")


def errors(repo: Repo, *arguments: str) -> list[tuple[str, str]]:
    """Path and message of each error; the verdict must be one."""
    code, verdict = repo.check(*arguments)
    assert (code, verdict["verdict"], verdict["digest"]) == (2, "error", None)
    return [(error["path"], error["message"]) for error in verdict["errors"]]


class TestAFolder:
    def test_counts_once_it_is_accepted(self, repo: Repo) -> None:
        with_pack(repo)
        ((path, message),) = errors(repo)
        assert path == "secloop.toml"
        assert "not in secloop.lock" in message
        assert "secloop rules update acme" in message

        accepted(repo)
        assert repo.findings() == [("acme/no-eval", "app.py", 1, "open")]

    def test_fails_closed_when_it_is_not_what_was_accepted(self, repo: Repo) -> None:
        with_pack(repo)
        accepted(repo)
        repo.write("vendor/acme/rules.yaml", LOOSER)

        ((path, message),) = errors(repo)
        assert path == "secloop.lock"
        assert "is not what was accepted" in message
        assert "secloop rules update acme" in message
        repo.write("vendor/acme/rules.yaml", PACK)
        assert repo.findings()

    @pytest.mark.parametrize("change", ["added", "removed", "renamed"])
    def test_every_rule_file_is_pinned(self, repo: Repo, change: str) -> None:
        with_pack(repo)
        repo.write("vendor/acme/more/b.yml", PACK.replace("no-eval", "no-evil"))
        accepted(repo)
        more = repo.root / "vendor/acme/more/b.yml"
        if change == "added":
            repo.write("vendor/acme/c.yaml", "rules: []\n")
        elif change == "removed":
            more.unlink()
        else:
            more.rename(more.with_name("c.yml"))
        assert errors(repo)

    def test_what_is_no_rule_is_not_pinned(self, repo: Repo) -> None:
        with_pack(repo)
        accepted(repo)
        repo.write("vendor/acme/README.md", "news")
        repo.write("vendor/acme/rules.py", "# ruleid: no-eval\neval(x)\n")
        # Nor is its code checked: tests of rules are bad code on purpose.
        assert [path for _, path, _, _ in repo.findings()] == ["app.py"]

    def test_line_ends_that_git_changed_are_the_same_content(self, repo: Repo) -> None:
        with_pack(repo)
        accepted(repo)
        repo.write("vendor/acme/rules.yaml", PACK.replace("\n", "\r\n"))
        repo.write("secloop.lock", repo.read("secloop.lock").replace("\n", "\r\n"))
        assert repo.findings() == [("acme/no-eval", "app.py", 1, "open")]

    def test_rules_of_two_packs_and_of_the_repository_may_have_one_name(self, repo: Repo) -> None:
        repo.write("secloop.toml", CONFIG + '[packs."b.c"]\npath = "./other//rules/"\n')
        repo.write("vendor/acme/rules.yaml", PACK)
        repo.write(
            "other/rules/r.json",
            '{"rules": [{"id": "no-eval", "languages": ["python"], "severity": "LOW", "message": "m", "pattern": "eval(...)"}]}',
        )
        repo.write("app.py", "eval(x)\n")
        repo.write("app.js", "eval(x)\n")
        accepted(repo)
        assert {rule for rule, *_ in repo.findings()} == {
            "acme/no-eval",
            "acme/no-eval-in-js",  # which semgrep-core runs: it takes no slash in an id
            "b.c/no-eval",
            "no-eval",
        }

    def test_policy_and_comments_name_its_rules(self, repo: Repo) -> None:
        with_pack(repo)
        accepted(repo)
        repo.write(
            "app.py",
            "eval(a)  # secloop: ignore[acme/no-eval] a constant\neval(b)  # nosemgrep: no-eval\neval(c)\n",
        )
        assert [status for *_, status in repo.findings()] == ["suppressed", "suppressed", "open"]
        repo.write("secloop.toml", 'ignore = ["acme/*"]\n' + CONFIG)
        assert repo.findings() == []

    def test_a_pack_cannot_override_a_bundled_rule(self, repo: Repo) -> None:
        text = PACK.replace(
            "    pattern: eval", "    metadata: {secloop: {overrides: true}}\n    pattern: eval"
        )
        with_pack(repo, text.replace("no-eval", "python-eval"))
        accepted(repo)
        assert [rule for rule, *_ in repo.findings()] == ["acme/python-eval"]

    def test_what_cannot_be_read_is_an_error(self, repo: Repo) -> None:
        with_pack(repo)
        accepted(repo)
        shutil.rmtree(repo.root / "vendor")
        ((_, message),) = errors(repo)
        assert 'the pack "acme"' in message
        assert "vendor/acme: the configuration names rules here, but it does not exist" in message
        repo.write("vendor/acme/readme.txt", "")
        ((_, message),) = errors(repo)
        assert "no rule files" in message
        assert "git submodule update --init" in message
        repo.write("secloop.toml", CONFIG.replace("vendor/acme", "vendor/rule.yaml"))
        repo.write("vendor/rule.yaml", PACK)
        assert "vendor/rule.yaml is a file" in repo.run("rules", "update", "acme").stderr
        repo.write("secloop.toml", CONFIG)
        repo.write("vendor/acme/rules.yaml", "#" * 1_000_001)
        ((_, message),) = errors(repo)
        assert "larger than 1 MB" in message

    @needs_links
    def test_a_link_out_of_the_root_is_not_followed(self, repo: Repo, tmp_path: Path) -> None:
        with_pack(repo)
        accepted(repo)
        (repo.root / "vendor").rename(tmp_path / "outside")
        (repo.root / "vendor").symlink_to(tmp_path / "outside", target_is_directory=True)
        ((_, message),) = errors(repo)
        assert "symbolic link" in message

    @pytest.mark.parametrize(
        ("config", "words"),
        [
            ('[packs.acme]\npath = "../acme"', "a path inside the root"),
            ('[packs.acme]\nwheel = "../acme"', "the name of an installed distribution"),
            ('[packs."a/b"]\npath = "x"', "the name of a pack"),
            ("[packs.acme]\n", 'needs at least one of "path", "wheel"'),
        ],
    )
    def test_what_is_wrong_in_the_configuration(self, repo: Repo, config: str, words: str) -> None:
        repo.write("secloop.toml", config)
        assert any(words in message for _, message in errors(repo))


class TestTheLock:
    @pytest.mark.parametrize(
        ("text", "line", "words"),
        [
            ("version = 2\n", 1, "version"),
            ("packs = [\n", 1, "not valid TOML"),
            ('version = 1\n[packs.acme]\ndigest = "md5:1"\n', 3, "sha256:"),
            ("version = 1\n[packs.acme]\n", 2, "digest"),
            ("version = 1\nsigned = true\n", 2, "unknown key"),
        ],
    )
    def test_a_broken_one_accepts_nothing(self, repo: Repo, text: str, line: int, words: str) -> None:
        with_pack(repo)
        repo.write("secloop.lock", text)
        _, verdict = repo.check()
        (error,) = verdict["errors"]
        assert (error["path"], error["kind"]) == ("secloop.lock", "policy")
        assert error["line"] in (line, line + 1)
        assert words in error["message"]

    def test_every_report_names_it(self, repo: Repo) -> None:
        assert repo.check()[1]["lock"] is None
        with_pack(repo)
        accepted(repo)
        lock = repo.check()[1]["lock"]
        assert lock["path"] == "secloop.lock"
        assert lock["packs"]["acme"] in repo.read("secloop.lock")
        assert f"lock {lock['digest'][:12]}" in repo.run("check").stdout
        verbose = repo.run("check", "--verbose").stdout
        assert lock["digest"] in verbose
        assert lock["packs"]["acme"] in verbose
        sarif = json.loads(repo.run("check", "--format", "sarif").stdout)
        assert sarif["runs"][0]["properties"]["secloop"][0]["lock"] == lock

    def test_no_lock_is_read_where_no_pack_is_named(self, repo: Repo) -> None:
        repo.write("secloop.lock", "broken")
        assert repo.check()[0] == 0


class TestASubmodule:
    @pytest.fixture
    def module(self, repo: Repo, tmp_path: Path) -> Repo:
        """A pack's own repository, which ``repo`` has as a submodule that is committed and accepted."""
        folder = tmp_path / "acme"
        folder.mkdir()
        module = Repo(folder)
        shutil.rmtree(folder / ".secloop")
        (folder / "secloop.toml").unlink()
        module.write("rules.yaml", PACK)
        module.commit()
        with_pack(repo)
        shutil.rmtree(repo.root / "vendor")
        repo.git("init", "-q")
        repo.git(
            "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(folder), "vendor/acme"
        )
        accepted(repo)
        repo.commit()
        return module

    def test_is_read_as_the_commit_that_is_recorded(self, repo: Repo, module: Repo) -> None:
        expected = [("acme/no-eval", "app.py", 1, "open")]
        assert repo.findings() == expected
        # The index and a revision hold a commit's name, not files: those are in the submodule's repository.
        assert repo.findings("--staged") == expected
        assert repo.findings("--policy-from", "HEAD") == expected
        repo.write("vendor/acme/rules.yaml", LOOSER)
        assert errors(repo)
        assert repo.findings("--staged") == expected
        assert repo.findings("--policy-from", "HEAD") == expected

    def test_a_newer_commit_has_to_be_accepted(self, repo: Repo, module: Repo) -> None:
        inner = Repo.__new__(Repo)
        inner.root = repo.root / "vendor/acme"
        inner.write("rules.yaml", LOOSER)
        inner.commit("newer")
        repo.git("add", "vendor/acme")
        assert errors(repo)
        assert errors(repo, "--staged")

        result = repo.run("rules", "update", "--yes")
        assert "~ acme/no-eval  pattern" in result.stdout, result.output
        repo.git("add", "-A")
        assert repo.findings() == repo.findings("--staged") == []
        code, verdict = repo.check("--policy-from", "HEAD")
        assert code == 1
        assert [finding["rule_id"] for finding in verdict["findings"]] == ["acme/no-eval"]
        assert any(change["hides"] for change in verdict["policy_changes"])

    @needs_links
    def test_one_that_leads_out_of_the_root_is_not_read(
        self, repo: Repo, module: Repo, tmp_path: Path
    ) -> None:
        (repo.root / "vendor/acme").rename(tmp_path / "elsewhere")
        (repo.root / "vendor/acme").symlink_to(module.root, target_is_directory=True)
        ((_, message),) = errors(repo, "--staged")
        assert "vendor/acme leads out of the root" in message

    def test_one_that_is_not_checked_out_is_an_error(self, repo: Repo, module: Repo) -> None:
        repo.git("submodule", "--quiet", "deinit", "-f", "vendor/acme")
        for arguments in ((), ("--staged",)):
            ((_, message),) = errors(repo, *arguments)
            assert "git submodule update --init" in message


class TestAWheel:
    @pytest.fixture
    def installed(self, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """The environment that the wheel is installed into; the repository names it, and it is accepted."""
        folder = tmp_path / "environment"
        install_wheel(folder, PACK)
        monkeypatch.syspath_prepend(str(folder))
        monkeypatch.setenv("PYTHONPATH", str(folder))
        with_pack(repo)
        repo.write("secloop.toml", WHEEL_CONFIG)
        accepted(repo)
        return folder

    def test_is_data_that_is_never_imported(self, repo: Repo, installed: Path) -> None:
        done = repo.process("check", "--format", "json")
        assert done.returncode == 1, done.stderr
        assert [one["rule_id"] for one in json.loads(done.stdout)["findings"]] == ["acme/no-eval"]

    def test_another_version_has_to_be_accepted(self, repo: Repo, installed: Path) -> None:
        shutil.rmtree(installed)
        ((_, message),) = errors(repo)
        assert "is not installed" in message
        install_wheel(installed, LOOSER, "2.0")
        ((path, _),) = errors(repo)
        assert path == "secloop.lock"
        # What was accepted is remembered, since the old wheel is gone.
        result = repo.run("rules", "update", "--yes")
        assert "~ acme/no-eval  pattern" in result.stdout, result.output
        assert "1 gone" in result.stdout
        assert repo.findings() == []

    def test_the_policy_of_a_base_needs_the_version_that_it_pins(self, repo: Repo, installed: Path) -> None:
        repo.git("init", "-q")
        repo.commit("base")
        shutil.rmtree(installed)
        install_wheel(installed, LOOSER, "2.0")
        accepted(repo)
        assert repo.findings() == []
        ((path, message),) = errors(repo, "--policy-from", "HEAD")
        assert path == "secloop.lock"
        assert "install the acme-rules that the secloop.lock of" in message

    def test_a_record_does_not_lead_out_of_it(self, repo: Repo, installed: Path, tmp_path: Path) -> None:
        outside = tmp_path / "outside.yaml"
        outside.write_text(PACK.replace("no-eval", "stolen"))
        shutil.rmtree(installed)
        listed = ("../outside.yaml", str(outside), "acme_rules/rules/../../../outside.yaml")
        install_wheel(installed, PACK, listed=listed)
        assert repo.findings() == [("acme/no-eval", "app.py", 1, "open")]

    def test_too_much_is_not_read(self, repo: Repo, installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("secloop.project.packs._MAX_SIZE", 100)
        ((_, message),) = errors(repo)
        assert "together" in message
        monkeypatch.setattr("secloop.project.packs._MAX_FILES", 0)
        ((_, message),) = errors(repo)
        assert "more than 0 rule files" in message

    def test_the_whole_wheel_must_be_rules_unless_a_folder_is_named(
        self, repo: Repo, installed: Path
    ) -> None:
        repo.write("secloop.toml", WHEEL_CONFIG.replace('path = "acme_rules/rules"\n', ""))
        result = repo.run("rules", "update", "--yes")
        assert result.exit_code == 2
        assert "settings.yaml" in result.stderr
        assert "nothing was accepted" in result.stderr
