"""``secloop import``: other tools' configuration as policy, and their comments as suppressions."""

from __future__ import annotations

import json
from typing import Any

import pytest
import tomli
from cli_repository import CONFIG, Repo, needs_links
from click.testing import Result

RULES = """\
rules:
  - id: python-eval
    languages: [python]
    severity: HIGH
    message: eval
    pattern: eval(...)
    metadata: {confidence: HIGH, bandit: [B307]}
  - id: python-md5
    languages: [python]
    severity: MEDIUM
    message: md5
    pattern: md5(...)
    metadata: {bandit: [B303, B324]}
  - id: python-assert
    languages: [python]
    severity: LOW
    message: assert
    pattern: assert $X
    metadata: {bandit: B101}
  - id: own
    languages: [python]
    severity: HIGH
    message: own
    pattern: own(...)
"""


@pytest.fixture
def other(repo: Repo) -> Repo:
    """A repository whose only rules stand for some of Bandit's tests, as its policy says and nothing else."""
    repo.write(".secloop/rules/rules.yaml", RULES)
    repo.git("init", "-q")
    return repo


def imported(repo: Repo, tool: str, *arguments: str) -> Result:
    """The command, adding to the policy."""
    result = repo.run("import", tool, "--merge", *arguments)
    assert result.exit_code == 0, result.output
    return result


def policy(repo: Repo, tool: str) -> dict[str, Any]:
    """The policy that is written."""
    imported(repo, tool)
    return tomli.loads(repo.read("secloop.toml"))


class TestBandit:
    def test_ini(self, other: Repo) -> None:
        other.write(
            ".bandit",
            "[bandit]\nexclude = ./tests/,*/migrations/*,/docs\nskips = B101,B324\nlevel = 3\nconfidence: 2\n",
        )
        made = policy(other, "bandit")
        assert made["exclude"] == ["tests/", "migrations/", "docs"]
        assert made["ignore"] == ["python-assert"]
        assert (made["fail-on"], made["min-confidence"]) == ("high", "medium")

    @pytest.mark.parametrize("name", ["bandit.yaml", ".bandit.yml", "pyproject.toml"])
    def test_yaml_and_pyproject(self, other: Repo, name: str) -> None:
        if name == "pyproject.toml":
            text = '[tool.bandit]\ntests = ["B307"]\nexclude_dirs = ["a/b"]\nassert_used.skips = ["*/test_*.py"]\n'
        else:
            text = "tests: [B307]\nexclude_dirs: [a/b]\nassert_used: {skips: ['*/test_*.py']}\n"
        other.write(name, text)
        made = policy(other, "bandit")
        assert made["select"] == ["python-eval"]
        assert made["exclude"] == ["/a/b"]
        assert "python-assert" in made["per-path-ignores"]["test_*.py"]

    def test_what_has_no_equivalent_is_listed(self, other: Repo) -> None:
        other.write(
            "bandit.yaml",
            "skips: [B324, B999, nonsense]\nhardcoded_tmp_directory: {}\nexclude_dirs: [/opt/venv]\n",
        )
        output = imported(other, "bandit").stdout
        listed = output[output.index("No equivalent") :]
        assert "python-md5 stands for B303 as well, so it stays" in listed
        assert "B999: no rule stands for it" in listed
        for words in ("nonsense: not the id of a test", "hardcoded_tmp_directory", "exclude_dirs /opt/venv"):
            assert words in listed

    def test_the_policy_does_what_bandit_did(self, other: Repo) -> None:
        other.write("bandit.yaml", "skips: [B101]\nexclude_dirs: [tests]\n")
        other.write("app.py", "assert x\neval(x)\n")
        other.write("tests/test_app.py", "eval(x)\n")
        imported(other, "bandit")
        assert other.findings() == [("python-eval", "app.py", 2, "open")]

    def test_comments_become_suppressions_with_their_reasons(self, other: Repo) -> None:
        source = (
            "eval(a)  # nosec B307 a constant, reviewed\n"
            "eval(b)  # type: ignore # nosec: eval_used # noqa: E501\n"
            "eval(c); own(c)  # NOSEC\n"
            "eval(d)  # nosec B101\n"
            "text = 'eval(e)  # nosec'\n"
            "eval(f)  # a comment\n"
        )
        other.write("bandit.yaml", "skips: [B101]\n")
        other.write("app.py", source)
        result = imported(other, "bandit", "--write")
        assert other.read("app.py") == (
            "eval(a)  # secloop: ignore[python-eval] a constant, reviewed\n"
            "eval(b)  # type: ignore # nosec: eval_used # noqa: E501\n"
            "eval(c); own(c)  # secloop: ignore[own, python-eval]\n"
            "eval(d)  # nosec B101\n"
            "text = 'eval(e)  # nosec'\n"
            "eval(f)  # a comment\n"
        )
        assert "app.py:4: # nosec B101 stays: nothing is found here" in result.stdout
        assert [status for *_, status in other.findings()] == [
            "suppressed",
            "open",
            "suppressed",
            "suppressed",
            "open",
            "open",
        ]

    def test_comments_are_only_told_of_without_write(self, other: Repo) -> None:
        source = "eval(a)  # nosec\n"
        other.write("app.py", source)
        result = imported(other, "bandit")
        assert "# nosec → # secloop: ignore[python-eval]" in result.stdout
        assert other.read("app.py") == source
        assert other.read("secloop.toml") == CONFIG  # There is no policy to import.
        diff = imported(other, "bandit", "--write", "--dry-run").stdout
        assert "-eval(a)  # nosec\n+eval(a)  # secloop: ignore[python-eval]\n" in diff
        assert other.read("app.py") == source

    def test_line_ends_and_encoding_stay(self, other: Repo) -> None:
        other.write("app.py", "# coding: latin-1\r\neval(é)  # nosec ça va\r\n".encode("latin-1"))
        imported(other, "bandit", "--write")
        written = (other.root / "app.py").read_bytes().decode("latin-1")
        assert written == "# coding: latin-1\r\neval(é)  # secloop: ignore[python-eval] ça va\r\n"


class TestRuff:
    @pytest.mark.parametrize(
        ("lint", "ignore"),
        [
            ('select = ["ALL"]\nignore = ["S101", "E501"]', ["python-assert"]),
            ('extend-select = ["S"]\nextend-ignore = ["S3"]', ["python-eval", "python-md5"]),
            ('select = ["S", "S307"]\nignore = ["S1", "S3"]', ["python-assert", "python-md5"]),
        ],
    )
    def test_all_but_some(self, other: Repo, lint: str, ignore: list[str]) -> None:
        other.write("ruff.toml", f"[lint]\n{lint}\n")
        made = policy(other, "ruff")
        assert made["ignore"] == ignore
        assert "select" not in made

    def test_only_some(self, other: Repo) -> None:
        other.write("pyproject.toml", '[tool.ruff]\nselect = ["E", "S1"]\nextend-exclude = ["gen"]\n')
        made = policy(other, "ruff")
        assert made["select"] == ["python-assert"]
        assert made["exclude"] == ["gen"]

    def test_files_for_which_rules_are_left_out(self, other: Repo) -> None:
        other.write(
            "ruff.toml",
            '[lint]\nselect = ["S"]\n[lint.per-file-ignores]\n"tests/*" = ["S101", "D"]\n"bin/*" = ["S"]\n'
            '"x.py" = ["D"]\n"!src/*" = ["S"]\n',
        )
        result = imported(other, "ruff")
        ignores = tomli.loads(other.read("secloop.toml"))["per-path-ignores"]
        assert ignores["tests/*"] == ["python-assert"]
        assert ignores["bin/*"] == ["python-*"]
        assert ignores.keys() == {"tests/*", "bin/*"}
        assert "!src/*" in result.stdout[result.stdout.index("No equivalent") :]

    def test_the_first_of_its_files_counts(self, other: Repo) -> None:
        other.write(".ruff.toml", 'lint.select = ["S"]\nlint.ignore = ["S101"]\nextend = "../ruff.toml"\n')
        other.write("ruff.toml", 'lint.select = ["S"]\nlint.ignore = ["S307"]\n')
        result = imported(other, "ruff")
        assert tomli.loads(other.read("secloop.toml"))["ignore"] == ["python-assert"]
        assert "../ruff.toml is not in this folder" in result.stdout

    @pytest.mark.parametrize(
        ("own", "key", "rules"),
        [
            ("", "ignore", ["python-assert"]),
            ('lint.extend-select = ["S101"]', "ignore", None),
            ('lint.ignore = ["S307"]', "ignore", ["python-assert", "python-eval"]),
            ('lint.select = ["S101"]', "select", ["python-assert"]),
            ('lint.ignore = ["S"]', "ignore", None),
        ],
    )
    def test_what_a_file_extends_holds_where_it_says_nothing_else(
        self, other: Repo, own: str, key: str, rules: list[str] | None
    ) -> None:
        other.write("conf/base.toml", 'lint.select = ["S"]\nlint.ignore = ["S101"]\n')
        other.write("ruff.toml", f'extend = "conf/base.toml"\n{own}\n')
        result = imported(other, "ruff")
        assert result.stdout.startswith("ruff.toml, conf/base.toml\n") or rules is None
        assert tomli.loads(other.read("secloop.toml")).get(key) == rules

    def test_paths_of_an_extended_file_are_relative_to_it(self, other: Repo) -> None:
        other.write(
            "conf/base.toml",
            'extend-exclude = ["gen", "a/b"]\n[lint]\nselect = ["S"]\n[lint.per-file-ignores]\n"old/*" = ["S"]\n'
            '[lint.extend-per-file-ignores]\n"t/*" = ["S101"]\n',
        )
        other.write(
            "ruff.toml",
            'extend = "conf/base.toml"\nextend-exclude = ["c"]\n[lint.per-file-ignores]\n"bin/*" = ["S"]\n',
        )
        made = policy(other, "ruff")
        assert made["exclude"] == ["gen", "conf/a/b", "c"]
        assert made["per-path-ignores"] == {"bin/*": ["python-*"], "conf/t/*": ["python-assert"]}

    @pytest.mark.parametrize(
        ("extend", "words"), [("ruff.toml", "which extends it"), ("nope.toml", "no configuration of Ruff")]
    )
    def test_an_extension_that_leads_nowhere_is_an_error(self, other: Repo, extend: str, words: str) -> None:
        other.write("ruff.toml", f'extend = "{extend}"\n')
        result = other.run("import", "ruff", "--merge")
        assert result.exit_code == 2
        assert words in result.stderr

    def test_no_security_rule(self, other: Repo) -> None:
        other.write("ruff.toml", 'lint.select = ["E"]\n')
        assert "runs no security rule" in imported(other, "ruff").stdout

    def test_comments(self, other: Repo) -> None:
        other.write("ruff.toml", 'lint.select = ["S"]\n')
        other.write(
            "app.py",
            "eval(a)  # noqa: S307 a constant\n"
            "eval(b)  # noqa: E501, S307\n"
            "eval(c)  # noqa\n"
            "eval(d)  # noqa: S101\n"
            "x = 1  # noqa\n"
            "y = 1  # noqa: E501\n",
        )
        other.write("b.py", "# ruff: noqa: S101\nassert x\n")
        result = imported(other, "ruff", "--write")
        assert other.read("app.py") == (
            "eval(a)  # secloop: ignore[python-eval] a constant\n"
            "eval(b)  # noqa: E501  # secloop: ignore[python-eval]\n"
            "eval(c)  # noqa  # secloop: ignore[python-eval]\n"
            "eval(d)  # noqa: S101\n"
            "x = 1  # noqa\n"
            "y = 1  # noqa: E501\n"
        )
        assert "b.py:1: # ruff: noqa: S101 stays: it is for the whole file" in result.stdout
        assert "app.py:5" not in result.stdout


class TestSemgrep:
    def test_ignored_paths_and_rules(self, other: Repo) -> None:
        other.write(".semgrepignore", "# vendored\n:include .gitignore\nvendor/\n:include other\n*.min.js\n")
        other.write(".semgrep/a.yml", RULES.replace("python-", "semgrep-").replace("id: own", "id: theirs"))
        other.write(
            ".semgrep.yml",
            'rules: [{id: js, languages: [js], severity: ERROR, message: m, pattern: "f()"}]\n',
        )
        result = imported(other, "semgrep")
        made = tomli.loads(other.read("secloop.toml"))
        assert made["exclude"] == ["vendor/", "*.min.js"]
        assert made["rules"] == [".semgrep", ".semgrep.yml"]
        assert ":include other" in result.stdout[result.stdout.index("No equivalent") :]
        assert "4 rules in process, 1 in semgrep-core" in result.stdout
        assert "semgrep-core: its languages are js: js" in result.stdout
        assert {rule for rule, *_ in other.findings()} == set()
        other.write("app.py", "theirs(x)\nown(x)\n")
        assert ("theirs" in other.run("rules", "list").stdout) is True

    def test_comments_of_every_language(self, other: Repo) -> None:
        other.write(
            ".secloop/rules/js.yaml",
            RULES.replace("python-", "js-")
            .replace("[python]", "[javascript]")
            .replace("own", "js-own")
            .replace("assert $X", "assert($X)"),
        )
        other.write(
            "app.py",
            "eval(a)  # nosemgrep: python-eval -- a constant\n# nosemgrep\neval(b)\neval(c)  # nosemgrep: other\n",
        )
        other.write("app.js", "eval(a) // nosemgrep: js-eval, other\neval(b) /* nosemgrep */\n")
        imported(other, "semgrep", "--write")
        python, javascript = other.read("app.py").splitlines(), other.read("app.js").splitlines()
        assert python[0] == "eval(a)  # secloop: ignore[python-eval] a constant"
        assert python[1].startswith("# secloop: ignore[")
        assert python[3] == "eval(c)  # nosemgrep: other"
        assert javascript[0].startswith("eval(a) // secloop: ignore[js-eval")
        assert javascript[1].startswith("eval(b) /* secloop: ignore[")
        assert javascript[1].endswith("] */")


class TestWriting:
    @pytest.fixture
    def configured(self, other: Repo) -> Repo:
        other.write(
            "secloop.toml",
            '# ours\nbundled-rules = false\nignore = ["own"]  # why\nfail-on = "low"\n\n[severity]\nown = "low"\n',
        )
        other.write("bandit.yaml", "skips: [B101]\nlevel: 3\nassert_used: {skips: [a.py]}\n")
        return other

    def test_a_configuration_is_not_overwritten(self, configured: Repo) -> None:
        before = configured.read("secloop.toml")
        result = configured.run("import", "bandit")
        assert (result.exit_code, configured.read("secloop.toml")) == (2, before)
        assert "--merge adds to it, --force replaces it" in result.stderr

    def test_merge_adds_and_keeps_comments(self, configured: Repo) -> None:
        result = configured.run("import", "bandit", "--merge")
        text = configured.read("secloop.toml")
        values = tomli.loads(text)
        assert text.startswith("# ours\n")
        assert "# why" in text
        assert values["ignore"] == ["own", "python-assert"]
        assert (values["fail-on"], values["severity"]) == ("low", {"own": "low"})
        assert "python-assert" in values["per-path-ignores"]["a.py"]
        assert "fail-on stays low, not high" in result.stdout
        again = configured.run("import", "bandit", "--merge")
        assert configured.read("secloop.toml") == text
        assert "says all of it already" in again.stderr

    def test_force_replaces(self, configured: Repo) -> None:
        assert configured.run("import", "bandit", "--force").exit_code == 0
        text = configured.read("secloop.toml")
        assert "# ours" not in text
        assert text.startswith("# Imported by `secloop import bandit` from bandit.yaml.\n")
        assert configured.run("import", "bandit", "--force", "--merge").exit_code == 2

    def test_dry_run_prints_a_diff(self, configured: Repo) -> None:
        before = configured.read("secloop.toml")
        result = configured.run("import", "bandit", "--dry-run")
        assert (result.exit_code, configured.read("secloop.toml")) == (0, before)
        assert "+++ b/secloop.toml" in result.stdout

    def test_into_pyproject(self, other: Repo) -> None:
        (other.root / "secloop.toml").unlink()
        other.write(
            "pyproject.toml",
            '[tool.bandit]\nskips = ["B101"]\n\n[tool.secloop]\nbundled-rules = false\nfail-on = "low"\n',
        )
        assert other.run("import", "bandit").exit_code == 2
        assert other.run("import", "bandit", "--merge").exit_code == 0
        values = tomli.loads(other.read("pyproject.toml"))["tool"]
        assert values["secloop"]["ignore"] == ["python-assert"]
        assert values["bandit"] == {"skips": ["B101"]}
        assert not (other.root / "secloop.toml").exists()

    def test_another_folder_and_another_file(self, other: Repo) -> None:
        other.write("sub/conf/b.yaml", "skips: [B101]\n")
        result = other.run("import", "bandit", "sub", "--config", "sub/conf/b.yaml")
        assert result.exit_code == 0, result.output
        assert "conf/b.yaml" in other.read("sub/secloop.toml")
        result = other.run("import", "bandit", "--config", "../b.yaml")
        assert result.exit_code == 2
        assert "there is no ../b.yaml" in result.stderr


class TestHostile:
    @pytest.mark.parametrize(
        ("tool", "name", "text", "words"),
        [
            ("bandit", "bandit.yaml", "a: !!python/object/apply:os.system [touch owned]\n", "bandit.yaml:1"),
            ("bandit", "bandit.yaml", "a: &a [x, x]\nb: &b [*a, *a]\nb: [*b]\n", "duplicate key"),
            ("bandit", "bandit.yaml", "skips: {B101: 1}\n", "must be a list of texts"),
            ("bandit", "bandit.yaml", "- skips\n", "must be a table"),
            ("bandit", ".bandit", "skips = B101\n", "not an INI file"),
            ("bandit", ".bandit", "[other]\nskips = %(home)s\n", "has no section [bandit]"),
            ("bandit", ".bandit", b"[bandit]\nskips = \xff\n", "not an INI file"),
            ("bandit", "bandit.yaml", "exclude_dirs: ['" + "*a" * 5000 + "']\n", "exclude"),
            ("ruff", "ruff.toml", "lint = 1\n", "must be a table"),
            ("ruff", "ruff.toml", "lint = {\n", "not valid TOML"),
            ("ruff", "ruff.toml", "#" * 1_000_001, "too large"),
        ],
    )
    def test_is_told_in_words(self, other: Repo, tool: str, name: str, text: str | bytes, words: str) -> None:
        other.write(name, text)
        result = other.run("import", tool, "--merge")
        assert result.exit_code == 2, result.output
        assert isinstance(result.exception, SystemExit)
        assert words in result.stderr
        assert other.read("secloop.toml") == CONFIG
        assert not (other.root / "owned").exists()

    @needs_links
    def test_a_link_out_of_the_folder_is_not_read(self, other: Repo, tmp_path: Any) -> None:
        (tmp_path / "secret").write_text("[bandit]\nskips = B101\n")
        (other.root / ".bandit").symlink_to(tmp_path / "secret")
        result = other.run("import", "bandit")
        assert result.exit_code == 2
        assert "leads out of the root" in result.stderr

    @pytest.mark.parametrize(
        ("tool", "comment", "becomes"),
        [
            ("bandit", "# nosec why", "# secloop: ignore[python-eval] why"),
            ("ruff", "# noqa: S307", "# secloop: ignore[python-eval]"),
            ("semgrep", "# nosemgrep", "# secloop: ignore[python-eval]"),
        ],
    )
    def test_comments_in_notebooks(self, other: Repo, tool: str, comment: str, becomes: str) -> None:
        sources = ["x = 1\ny = 2", f"%time\nz = 3\neval(z)  {comment}"]
        cells = [{"cell_type": "code", "source": each, "metadata": {}, "outputs": []} for each in sources]
        other.write("n.ipynb", json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}))
        assert "n.ipynb:cell 1:3: " in imported(other, tool, "--write").stdout
        written = [cell["source"] for cell in json.loads(other.read("n.ipynb"))["cells"]]
        assert written == [sources[0], f"%time\nz = 3\neval(z)  {becomes}"]

    def test_comments_without_a_configuration(self, other: Repo) -> None:
        other.write("app.py", "eval(a)  # nosec\n")
        result = imported(other, "bandit")
        assert "there is no configuration of bandit under its usual names; --config reads" in result.stderr

    def test_nothing_to_import(self, other: Repo) -> None:
        for tool in ("bandit", "ruff", "semgrep"):
            result = other.run("import", tool)
            assert result.exit_code == 2
            assert f"no configuration of {tool}" in result.stderr


@pytest.mark.parametrize("flags", [(), ("--force",), ("--merge",), ("--dry-run",)])
@pytest.mark.parametrize("there", [True, False])
def test_where_nothing_is_policy_none_is_written(other: Repo, there: bool, flags: tuple[str, ...]) -> None:
    other.write("ruff.toml", 'lint.select = ["E"]\n')
    if not there:
        (other.root / "secloop.toml").unlink()
    result = other.run("import", "ruff", *flags)
    assert result.exit_code == 0, result.stderr
    assert "nothing of it is policy" in result.stderr
    assert (other.root / "secloop.toml").exists() is there
    assert not there or other.read("secloop.toml") == CONFIG
