"""`secloop check` against git: --diff, --staged, --policy-from."""

from __future__ import annotations

from typing import Any

from cli_repository import CONFIG, RULE, Repo


def test_diff_accepts_what_existed_at_the_merge_base(repo: Repo) -> None:
    repo.write("a.py", "eval(x)\n")
    repo.commit()
    repo.git("checkout", "-qb", "topic")
    repo.write("a.py", "y = 1\neval(x)\nexec(y)\n")
    assert repo.findings("--diff", "main") == [
        ("no-eval", "a.py", 2, "baseline"),
        ("no-exec", "a.py", 3, "open"),
    ]


def test_diff_is_against_the_merge_base_and_not_the_tip(repo: Repo) -> None:
    repo.write("a.py", "x = 1\n")
    repo.commit()
    repo.git("checkout", "-qb", "topic")
    repo.write("a.py", "eval(x)\n")
    repo.commit()
    repo.git("checkout", "-q", "main")
    repo.write("a.py", "eval(x)\n")
    repo.commit("the same on main")
    repo.git("checkout", "-q", "topic")
    assert [status for *_, status in repo.findings("--diff", "main")] == ["open"]


def test_diff_follows_renames_committed_staged_or_not(repo: Repo) -> None:
    body = "".join(f"value_{number} = {number}\n" for number in range(20))
    repo.write("old.py", body + "eval(x)\n")
    repo.commit()
    (repo.root / "old.py").rename(repo.root / "new.py")
    assert repo.findings("--diff", "HEAD") == [("no-eval", "new.py", 21, "baseline")]
    repo.git("add", "-A")
    assert repo.findings("--diff", "HEAD") == [("no-eval", "new.py", 21, "baseline")]
    repo.git("checkout", "-qb", "topic")
    repo.commit("moved")
    assert repo.findings("--diff", "main") == [("no-eval", "new.py", 21, "baseline")]


def test_diff_uses_current_rules_on_both_sides(repo: Repo) -> None:
    repo.write(".secloop/rules/rules.yaml", RULE.replace("pattern: exec(...)", "pattern: nothing(...)"))
    repo.write("a.py", "exec(x)\n")
    repo.commit()
    repo.write(".secloop/rules/rules.yaml", RULE)
    assert repo.findings("--diff", "HEAD") == [("no-exec", "a.py", 1, "baseline")]


def test_an_unknown_revision_is_exit_code_2(repo: Repo) -> None:
    repo.commit()
    result = repo.run("check", "--diff", "no-such")
    assert result.exit_code == 2
    assert "no-such" in result.stderr


def test_diff_outside_of_git_is_exit_code_2(repo: Repo) -> None:
    assert repo.run("check", "--diff", "HEAD").exit_code == 2


def test_staged_reads_files_rules_and_policy_from_the_index(repo: Repo) -> None:
    repo.write("a.py", "x = 1\n")
    repo.commit()
    repo.write("a.py", "eval(x)\n")
    assert repo.findings("--staged") == []
    repo.git("add", "a.py")
    repo.write("a.py", "x = 1\n")
    assert repo.findings("--staged") == [("no-eval", "a.py", 1, "open")]
    assert repo.findings() == []
    repo.write("secloop.toml", CONFIG + 'ignore = ["no-eval"]\n')
    assert len(repo.findings("--staged")) == 1
    repo.git("add", "secloop.toml")
    assert repo.findings("--staged") == []


def test_staged_and_the_checkout_of_it_have_one_digest(repo: Repo) -> None:
    repo.write("a.py", "eval(x)\r\n")
    repo.write("d/b.py", "exec(x)\n")
    repo.git("init", "-q")
    repo.git("add", "-A")
    staged = repo.check("--staged", "--as-of", "2026-01-01")[1]
    assert staged == repo.check("--as-of", "2026-01-01")[1]


def test_the_roots_of_staged_files_are_those_of_the_index(repo: Repo) -> None:
    repo.write("sub/a.py", "eval(x)\n")
    repo.commit()
    repo.write("sub/secloop.toml", 'bundled-rules = false\nfail-on = "never"\n')
    assert repo.check("--staged", "sub/a.py")[0] == 1
    repo.git("add", "-A")
    assert repo.check("--staged", "sub/a.py")[0] == 0


def policy_changes(repo: Repo, *arguments: str) -> tuple[int, list[Any]]:
    code, verdict = repo.check("--policy-from", "main", *arguments)
    return code, [(c["what"], c["path"], len(c["hides"])) for c in verdict["policy_changes"]]


def on_topic(repo: Repo) -> None:
    repo.write("a.py", "eval(x)\n")
    repo.commit()
    repo.git("checkout", "-qb", "topic")


def test_a_change_cannot_approve_itself_by_policy(repo: Repo) -> None:
    on_topic(repo)
    repo.write("secloop.toml", CONFIG + 'ignore = ["no-eval"]\n')
    assert repo.check()[0] == 0
    assert policy_changes(repo) == (1, [("policy", "secloop.toml", 1)])


def test_a_change_cannot_approve_itself_by_its_rules(repo: Repo) -> None:
    on_topic(repo)
    repo.write(".secloop/rules/rules.yaml", RULE.replace("eval($X)\n    fix", "evil($X)\n    fix"))
    assert policy_changes(repo) == (1, [("rule", ".secloop/rules/rules.yaml", 1)])


def test_an_inline_suppression_of_the_change_is_listed(repo: Repo) -> None:
    on_topic(repo)
    repo.write("a.py", "eval(x)  # secloop: ignore[no-eval] trust me\n")
    code, changes = policy_changes(repo)
    assert (code, changes) == (0, [("suppression", "a.py", 1)])


def test_the_base_decides_whether_policy_changes_fail(repo: Repo) -> None:
    repo.write("secloop.toml", CONFIG + '[policy]\non-change = "fail"\n')
    on_topic(repo)
    repo.write("a.py", "eval(x)  # secloop: ignore[no-eval] trust me\n")
    assert policy_changes(repo)[0] == 1
    repo.write("secloop.toml", CONFIG)
    assert policy_changes(repo)[0] == 1


def test_a_suppression_that_was_there_before_is_no_change(repo: Repo) -> None:
    repo.write("a.py", "eval(x)  # secloop: ignore[no-eval] reviewed\n")
    repo.commit()
    repo.git("checkout", "-qb", "topic")
    repo.write("a.py", "\n\neval(x)  # secloop: ignore[no-eval] reviewed\n")
    assert policy_changes(repo) == (0, [])


def test_a_path_that_is_missing_is_no_policy_change(repo: Repo) -> None:
    on_topic(repo)
    code, verdict = repo.check("--policy-from", "main", "a.py", "missing.py")
    assert (code, [error["path"] for error in verdict["errors"]]) == (2, ["missing.py"])
    assert verdict["policy_changes"] == []


def test_a_waiver_and_a_baseline_of_the_change_count_for_nothing(repo: Repo) -> None:
    on_topic(repo)
    waiver = '[[waivers]]\nrule = "no-eval"\nreason = "r"\nowner = "o"\nexpires = 2026-06-01\n'
    repo.write("secloop.toml", CONFIG + waiver)
    assert repo.check("--as-of", "2026-01-01")[0] == 0
    code, changes = policy_changes(repo, "--as-of", "2026-01-01")
    assert (code, changes[0][0]) == (1, "waiver")


def test_an_exclude_of_the_change_hides_nothing_in_silence(repo: Repo) -> None:
    on_topic(repo)
    repo.write("secloop.toml", CONFIG + 'exclude = ["a.py"]\n')
    assert policy_changes(repo) == (1, [("policy", "secloop.toml", 1)])


def test_a_new_root_of_the_change_is_listed(repo: Repo) -> None:
    repo.write("sub/a.py", "eval(x)\n")
    on_topic(repo)
    repo.write("sub/secloop.toml", CONFIG)
    code, verdicts = repo.check("--policy-from", "main")
    assert code == 1
    assert [change["path"] for change in verdicts[0]["policy_changes"]] == ["sub/"]
