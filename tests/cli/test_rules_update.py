"""``secloop rules update``: what is different in packs, in rules and in findings, before it is accepted."""

from __future__ import annotations

import json

from cli_repository import Repo
from pack_samples import CONFIG, PACK, accepted, with_pack

CHANGED = PACK.replace("severity: HIGH", "severity: LOW").replace("no-eval-in-js", "no-eval-in-scripts") + (
    """\
  - id: no-exec
    languages: [python]
    severity: HIGH
    message: exec runs what an attacker sends
    pattern: exec(...)
"""
)


def changed(repo: Repo) -> Repo:
    """A repository with an accepted pack in which a rule is new, one changed and one gone."""
    with_pack(repo)
    repo.write("app.js", "eval(x)\n")
    repo.write("run.py", "exec(x)\n")
    accepted(repo)
    repo.write("vendor/acme/rules.yaml", CHANGED)
    return repo


def test_shows_rules_and_findings_before_it_asks(repo: Repo) -> None:
    result = changed(repo).run("rules", "update", input="n\n")
    before = repo.read("secloop.lock")

    lines = [line.strip() for line in result.stdout.splitlines()]
    assert "acme: changed" in lines
    assert "+ acme/no-exec  high  exec runs what an attacker sends" in lines
    assert "~ acme/no-eval  severity (HIGH → LOW)" in lines
    assert "- acme/no-eval-in-js" in lines
    assert "Findings here: 2 new, 1 gone, 1 changed" in lines
    assert "+ run.py:1:1  acme/no-exec  high" in lines
    assert "- app.js:1:1  acme/no-eval-in-js  medium" in lines
    assert "~ app.py:1:1  acme/no-eval  high → low" in lines
    assert (result.exit_code, repo.read("secloop.lock")) == (1, before)
    assert "nothing was accepted" in result.stderr


def test_accepts_when_told_to(repo: Repo) -> None:
    result = changed(repo).run("rules", "update", "acme", input="y\n")
    assert result.exit_code == 0
    assert {rule for rule, *_ in repo.findings()} == {
        "acme/no-exec",
        "acme/no-eval",
        "acme/no-eval-in-scripts",
    }
    again = repo.run("rules", "update")
    assert (again.exit_code, "up to date" in again.stderr) == (0, True)


def test_no_answer_is_no(repo: Repo) -> None:
    changed(repo)
    before = repo.read("secloop.lock")
    done = repo.process("rules", "update")
    assert (done.returncode, repo.read("secloop.lock")) == (1, before)
    assert "nothing was accepted" in done.stderr


def test_check_writes_nothing_and_exits_1(repo: Repo) -> None:
    changed(repo)
    before = repo.read("secloop.lock")
    result = repo.run("rules", "update", "--check")
    assert (result.exit_code, repo.read("secloop.lock")) == (1, before)
    accepted(repo)
    assert repo.run("rules", "update", "--check").exit_code == 0
    assert repo.run("rules", "update", "--check", "--yes").exit_code == 2


def test_json_says_the_same(repo: Repo) -> None:
    result = changed(repo).run("rules", "update", "--check", "--format", "json")
    value = json.loads(result.stdout)
    (pack,) = value["packs"]
    assert (pack["name"], pack["status"], pack["accepted_rules_known"]) == ("acme", "changed", True)
    assert pack["added"] == ["acme/no-eval-in-scripts", "acme/no-exec"]
    assert pack["changed"] == [{"id": "acme/no-eval", "parts": ["severity (HIGH → LOW)"]}]
    assert pack["removed"] == ["acme/no-eval-in-js"]
    assert pack["accepted"] in repo.read("secloop.lock")
    assert pack["digest"] != pack["accepted"]
    findings = {kind: len(found) for kind, found in value["findings"].items()}
    assert findings == {"added": 2, "removed": 1, "changed": 1}


def test_what_was_accepted_comes_from_the_last_commit_where_no_cache_remembers_it(repo: Repo) -> None:
    with_pack(repo)
    accepted(repo)
    repo.commit()
    repo.run("cache", "clean")
    repo.write("vendor/acme/rules.yaml", CHANGED)
    result = repo.run("rules", "update", "--check")
    assert "~ acme/no-eval  severity (HIGH → LOW)" in result.stdout


def test_says_so_where_what_was_accepted_is_not_to_be_had(repo: Repo) -> None:
    changed(repo).run("cache", "clean")
    result = repo.run("rules", "update", "--check")
    assert "~ acme/no-eval  it is not known here in what" in result.stdout
    assert "+ acme/no-exec" in result.stdout
    assert "- acme/no-eval-in-js" in result.stdout
    assert "is not to be had here" in result.stdout


def test_rules_that_do_not_load_are_not_accepted(repo: Repo) -> None:
    changed(repo).write("vendor/acme/rules.yaml", CHANGED.replace("exec(...)", "exec((("))
    before = repo.read("secloop.lock")
    result = repo.run("rules", "update", "--yes")
    assert (result.exit_code, repo.read("secloop.lock")) == (2, before)
    assert "[acme/no-exec]" in result.stderr
    assert "nothing was accepted" in result.stderr


def test_a_pack_that_is_named_no_more_leaves_the_lock(repo: Repo) -> None:
    changed(repo).write("secloop.toml", "bundled-rules = false\n")
    result = repo.run("rules", "update", "--yes")
    assert "named by secloop.toml no more" in result.stdout, result.output
    assert "2 gone" in result.stdout
    assert "acme" not in repo.read("secloop.lock")


def test_one_pack_is_accepted_and_the_others_stay_as_they_are(repo: Repo) -> None:
    changed(repo).write("secloop.toml", CONFIG + '[packs.more]\npath = "more"\n')
    repo.write("more/rules.yaml", PACK)
    assert repo.run("rules", "update", "--yes", "more").exit_code == 0
    _, verdict = repo.check()
    assert ['"acme"' in error["message"] for error in verdict["errors"]] == [True]


def test_a_broken_lock_is_written_anew(repo: Repo) -> None:
    with_pack(repo).write("secloop.lock", "broken")
    result = repo.run("rules", "update", "--yes")
    assert result.exit_code == 0
    assert "not valid TOML" in result.stderr
    assert repo.findings()


def test_says_what_is_missing(repo: Repo) -> None:
    result = repo.run("rules", "update")
    assert result.exit_code == 2
    assert "[packs.NAME]" in result.stderr
    result = with_pack(repo).run("rules", "update", "acmee")
    assert result.exit_code == 2
    assert 'did you mean "acme"?' in result.stderr
