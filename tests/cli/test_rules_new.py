"""``secloop rules new``: a rule made of code passes its tests at once, and what is missing is said."""

from __future__ import annotations

import pytest
from cli_repository import Repo
from click.testing import Result

RULES = ".secloop/rules"


def new(repo: Repo, *arguments: str, **keys: str) -> Result:
    return repo.run("rules", "new", *arguments, **keys)


def passes(repo: Repo, rule_id: str) -> None:
    result = repo.run("rules", "test", f"{RULES}/{rule_id}.yaml")
    assert (result.exit_code, result.stdout) == (
        0,
        "1 of 1 tested rule files passed, with 1 test file\n",
    ), result.stdout


def test_code_is_enough(repo: Repo) -> None:
    result = new(repo, "no-login", "--lang", "python", "--code", "legacy.login(user)")
    assert result.exit_code == 0, result.stderr
    passes(repo, "no-login")
    assert repo.read(f"{RULES}/no-login.py") == "# ruleid: no-login\nlegacy.login(user)\n"
    assert result.stdout.splitlines() == [
        f"wrote {RULES}/no-login.yaml",
        f"wrote {RULES}/no-login.py",
        "its tests pass: `secloop rules test` runs them",
        "to fill in: the message: what an attacker can do here, and what to do instead",
        f"to fill in: metadata.cwe does not say which weakness the rule finds ({RULES}/no-login.yaml:2)",
        f"to fill in: metadata.references names no page to read on ({RULES}/no-login.yaml:2)",
        f"to fill in: the tests have 0 `ok` lines, fewer than 1 ({RULES}/no-login.yaml:2)",
    ]


def test_a_whole_rule_by_options_leaves_nothing_to_fill_in(repo: Repo) -> None:
    repo.write("secloop.toml", "")
    repo.write("src/app.py", "def f(user):\n    legacy.login(user, 'x')\n")
    arguments = [
        *("--from", "src/app.py:2", "--vary", "user", "--vary", "'x'", "--ok", "login(user)"),
        *("--fix", "modern.login(user, 'x')", "--severity", "high", "--cwe", "95"),
        *("--message", "Whoever sees $USER logs in as them. Use modern.login."),
        *("--reference", "https://example.org/login"),
    ]
    result = new(repo, "no-login", *arguments)
    assert result.exit_code == 0, result.stderr
    passes(repo, "no-login")
    assert "to fill in" not in result.stdout
    assert repo.read(f"{RULES}/no-login.yaml") == (
        "rules:\n"
        "  - id: no-login\n"
        "    languages: [python]\n"
        "    severity: HIGH\n"
        "    message: >-\n"
        "      Whoever sees $USER logs in as them. Use modern.login.\n"
        "    metadata:\n"
        "      category: security\n"
        "      cwe:\n"
        '        - "CWE-95: Improper Neutralization of Directives in Dynamically Evaluated Code'
        " ('Eval Injection')\"\n"
        "      references:\n"
        '        - "https://example.org/login"\n'
        "    pattern: |-\n"
        "      legacy.login($USER, $X)\n"
        "    fix: |-\n"
        "      modern.login($USER, $X)\n"
    )
    assert repo.read(f"{RULES}/no-login.fixed.py") == (
        "# ruleid: no-login\nmodern.login(user, 'x')\n\n# ok: no-login\nlogin(user)\n"
    )


def test_what_is_not_given_is_asked_for(repo: Repo) -> None:
    answers = ["no-login", "python", "if a:", "    login(a)", "", "", "pass", "", "", "", "", "low", "", ""]
    result = new(repo, "--interactive", input="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.stderr
    passes(repo, "no-login")
    assert "severity: LOW" in repo.read(f"{RULES}/no-login.yaml")
    assert repo.read(f"{RULES}/no-login.py").endswith("if a:\n    login(a)\n\n# ok: no-login\npass\n")


def test_code_from_standard_input(repo: Repo) -> None:
    assert new(repo, "no-login", "--lang", "js", "--code", "-", input="  login(a);\n").exit_code == 0
    assert repo.read(f"{RULES}/no-login.js") == "// ruleid: no-login\nlogin(a);\n"
    passes(repo, "no-login")


def test_another_folder(repo: Repo) -> None:
    assert new(repo, "a", "--lang", "python", "--code", "f()", "--folder", "mine").exit_code == 0
    assert (repo.root / "mine/a.yaml").is_file()
    assert not (repo.root / RULES / "a.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("a", "--lang", "python"), "give the code with --code or --from"),
        (("--code", "f()"), "give an ID and the code's language with --lang"),
        (
            ("a", "--lang", "python", "--code", "f($X, $Y)"),
            "$X, $Y: give code that the rule finds, not a pattern",
        ),
        (("a", "--lang", "klingon", "--code", "f()"), "there are no rules for the language 'klingon'"),
        (("A!", "--lang", "python", "--code", "f()"), "cannot be a rule's id"),
        (("no-eval", "--lang", "python", "--code", "f()"), "there is a rule 'no-eval' already"),
        (("a", "--lang", "python", "--code", "f("), "no rule can be made of this code"),
        (("a", "--lang", "python", "--code", "f()", "--vary", "x"), "'x' may vary, but is not in the code"),
        (("a", "--lang", "python", "--code", "f()", "--cwe", "xss"), "'xss' is no weakness such as CWE-79"),
        (("a", "--lang", "python", "--code", "f(a)", "--vary", "a", "--ok", "f(b)"), "found, not expected"),
        (("a", "--from", "secloop.toml:7"), "secloop.toml has no lines 7 to 7"),
        (("a", "--from", "secloop.toml"), "--from takes the lines"),
    ],
)
def test_what_no_rule_can_be_made_of_is_said_and_writes_nothing(
    repo: Repo, arguments: tuple[str, ...], words: str
) -> None:
    before = sorted(repo.root.rglob("*"))
    result = new(repo, *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert sorted(repo.root.rglob("*")) == before


def test_nothing_is_overwritten(repo: Repo) -> None:
    repo.write(f"{RULES}/a.py", "mine\n")
    result = new(repo, "a", "--lang", "python", "--code", "f()")
    assert result.exit_code == 2
    assert "a.py is there already" in result.stderr
    assert repo.read(f"{RULES}/a.py") == "mine\n"
    assert not (repo.root / RULES / "a.yaml").exists()


def test_a_language_without_comments_has_no_test(repo: Repo) -> None:
    result = new(repo, "a", "--lang", "json", "--code", '{"a": 1}')
    assert result.exit_code == 0, result.stderr
    assert "to fill in: a test, since the language has no comments" in result.stdout
