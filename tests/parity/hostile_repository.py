"""Repositories that attack whoever opens them: each attack is a function that adds itself to a good folder."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from edit_sequences import POLICY, RULES
from lsp_client import environment

GOOD = "eval(1)\n"
SECRET = "eval('secret of another folder')\n"


@dataclass(frozen=True)
class Place:
    """A folder to be checked, one outside of it, and a program that leaves a canary when it runs."""

    root: Path
    outside: Path
    canary: Path
    program: Path

    @classmethod
    def make(cls, home: Path) -> Place:
        """A good folder: one rule file, one policy, one file with one finding."""
        root, outside, canary = home / "root", home / "outside", home / "canary"
        outside.mkdir(parents=True)
        (outside / "secret.py").write_text(SECRET)
        (outside / "rules.yaml").write_text(RULES.replace("py-eval", "outer-eval"))
        (outside / "secloop.toml").write_text("bundled-rules = false\nignore = ['*']\n")
        (outside / "baseline.json").write_text("{}")
        program = home / "evil"
        program.write_text(f'#!/bin/sh\necho "$0 $*" >> "{canary.as_posix()}"\n')
        program.chmod(0o755)
        place = cls(root, outside, canary, program)
        place.write("secloop.toml", POLICY)
        place.write(".secloop/rules/r.yaml", RULES)
        place.write("good.py", GOOD)
        return place

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file of the folder."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content)

    def link(self, path: str, target: Path | str) -> None:
        """Put a symbolic link into the folder, in place of what is there."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        file.symlink_to(target)

    def pipe(self, path: str) -> None:
        """Put a named pipe without a writer there, in place of what is there."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        os.mkfifo(file)

    def git(self, *arguments: str, cwd: Path | None = None) -> None:
        """Run git in the folder, before it is armed."""
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "core.fsmonitor=false"]
        subprocess.run(
            ["git", *identity, *arguments],
            cwd=cwd or self.root,
            check=True,
            capture_output=True,
            env=environment(None),
        )


@dataclass(frozen=True)
class Attack:
    """An attack, and the word that an error must have; with none, the good file's finding decides as ever."""

    name: str
    arm: Callable[[Place], None]
    error: str | None = None


ATTACKS: list[Attack] = []


def _attack(error: str | None = None) -> Callable[[Callable[[Place], None]], Callable[[Place], None]]:
    def note(arm: Callable[[Place], None]) -> Callable[[Place], None]:
        ATTACKS.append(Attack(arm.__name__.strip("_"), arm, error))
        return arm

    return note


# git

_PROGRAM_KEYS = (
    *("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "core.gitProxy"),
    *("core.alternateRefsCommand", "diff.external", "diff.evil.textconv", "diff.evil.command"),
    *("filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "merge.evil.driver"),
    *("gpg.program", "gpg.ssh.program", "sequence.editor", "credential.helper", "remote.origin.uploadpack"),
)
_COMMANDS = ("ls-files", "ls-tree", "cat-file", "rev-parse", "merge-base", "diff-tree", "config", "status")


def _arm_git(place: Place, root: Path) -> None:
    evil = place.program.as_posix()
    attributes = "* filter=evil diff=evil merge=evil\n"
    (root / ".gitattributes").write_text(attributes)
    place.git("add", "-A", "-f", cwd=root)
    place.git("commit", "-qm", "x", cwd=root)
    (root / ".git" / "info").mkdir(exist_ok=True)
    (root / ".git" / "info" / "attributes").write_text(attributes)
    (root / "included").write_text(f"[core]\n\tfsmonitor = {evil}\n[diff]\n\texternal = {evil}\n")
    hooks = root / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in (
        "post-index-change",
        "fsmonitor-watchman",
        "reference-transaction",
        "post-checkout",
        "pre-commit",
    ):
        (hooks / hook).write_bytes(place.program.read_bytes())
        (hooks / hook).chmod(0o755)
    settings = {
        **dict.fromkeys(_PROGRAM_KEYS, evil),
        **{f"pager.{name}": evil for name in _COMMANDS},
        **{f"alias.{name}": f"!{evil}" for name in _COMMANDS},
        "core.hooksPath": hooks.as_posix(),
        "core.worktree": "..",
        "filter.evil.required": "true",
        "include.path": "../included",
        "protocol.ext.allow": "always",
        "remote.origin.url": f"ext::{evil} %S",
        "log.showSignature": "true",
    }
    for name, value in settings.items():
        place.git("config", name, value, cwd=root)
    place.canary.unlink(missing_ok=True)


@_attack()
def _git_settings(place: Place) -> None:
    place.git("init", "-q", "--template=")
    _arm_git(place, place.root)
    place.write("good.py", GOOD + "\n")


@_attack()
def _git_folder_elsewhere(place: Place) -> None:
    place.git("init", "-q", "--template=", cwd=place.outside)
    _arm_git(place, place.outside)
    place.write(".git", f"gitdir: {(place.outside / '.git').as_posix()}\n")


@_attack("git")
def _git_file_is_noise(place: Place) -> None:
    place.write(".git", "gitdir: /dev/zero\n" * 1000)


@_attack()
def _git_folder_is_empty(place: Place) -> None:
    (place.root / ".git").mkdir()


# Rules


@_attack("values after alias expansion")
def _rules_of_anchors(place: Place) -> None:
    bomb = (
        "a: &a ["
        + "x," * 9
        + "]\n"
        + "".join(f"{b}: &{b} [" + f"*{a}," * 9 + "]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    )
    place.write(".secloop/rules/bomb.yaml", bomb + "rules: *i\n")


@_attack("deep")
def _rules_nested_deep(place: Place) -> None:
    place.write(".secloop/rules/deep.yaml", "rules: " + "[" * 100_000)


@_attack("deep")
def _json_rules_nested_deep(place: Place) -> None:
    place.write(".secloop/rules/deep.json", '{"rules": ' + "[" * 100_000)


@_attack("1 MB")
def _rules_too_large(place: Place) -> None:
    place.write(".secloop/rules/large.yaml", "rules: []\n" + "#" * 5_000_000)


def _rule(body: str, name: str = "evil") -> str:
    return f"rules:\n  - id: {name}\n    languages: [python]\n    severity: HIGH\n    message: m\n{body}"


@_attack("exponential")
def _rule_with_a_catastrophic_regex(place: Place) -> None:
    place.write(".secloop/rules/evil.yaml", _rule("    pattern-regex: '(a|aa)+b'\n"))
    place.write("a.py", "# " + "a" * 200 + "\n")


@_attack("exponential")
def _rule_with_a_catastrophic_condition(place: Place) -> None:
    condition = "{metavariable: $X, regex: '^(([a-z])+.)+[A-Z]([a-z])+$'}"
    body = f"    patterns: [{{pattern: eval($X)}}, {{metavariable-regex: {condition}}}]\n"
    place.write(".secloop/rules/evil.yaml", _rule(body))
    place.write("a.py", f"eval({'a' * 200})\n")


@_attack("pattern")
def _rule_of_ellipses(place: Place) -> None:
    place.write(
        ".secloop/rules/evil.yaml",
        _rule("    pattern: f($A0" + "".join(f", ..., $A{i}" for i in range(1, 30)) + ")\n"),
    )
    place.write("a.py", "f(" + ", ".join(f"x{i}" for i in range(200)) + ")\n")


@_attack()
def _rule_with_slow_globs(place: Place) -> None:
    globs = json.dumps(["*a" * 30 + "b", "**/" * 40 + "x", "a*" * 40])
    place.write(".secloop/rules/evil.yaml", _rule(f"    pattern: g()\n    paths: {{include: {globs}}}\n"))
    place.write("a" * 200 + ".py", "g()\n")


@_attack("exponential")
def _rule_with_a_fix_that_explodes(place: Place) -> None:
    fix = "    fix-regex: {regex: '(a|b|ab)*c', replacement: '" + "\\1" * 200 + "'}\n"
    place.write(".secloop/rules/evil.yaml", _rule("    pattern: h($X)\n" + fix))
    place.write("a.py", f"h({'ab' * 2000})\n")


@_attack("symbolic link")
def _rule_file_links_out(place: Place) -> None:
    place.link(".secloop/rules/out.yaml", place.outside / "rules.yaml")
    place.write("secloop.toml", POLICY + 'rules = [".secloop/rules/out.yaml"]\n')


@_attack("symbolic link")
def _rules_folder_links_out(place: Place) -> None:
    place.link("more", place.outside)
    place.write("secloop.toml", POLICY + 'rules = ["more/rules.yaml"]\n')


@_attack("not a file or folder")
def _rule_file_is_a_pipe(place: Place) -> None:
    place.pipe("more.yaml")
    place.write("secloop.toml", POLICY + 'rules = ["more.yaml"]\n')


@_attack()
def _rule_folder_holds_a_pipe(place: Place) -> None:
    place.pipe(".secloop/rules/pipe.yaml")


@_attack("not read")
def _more_rules_than_anyone_can_load(place: Place) -> None:
    regex = "(" + "|".join(f"[a-{c}]{{1,20}}x?" for c in "bcdefghijklmnop") + ")"
    for number in range(40):
        rules = "".join(
            f"  - {{id: r{number}-{i}, languages: [regex], severity: LOW, message: m, pattern-regex: '{regex}{i}'}}\n"
            for i in range(600)
        )
        place.write(f".secloop/rules/z{number}.yaml", "rules:\n" + rules)


# Policy


@_attack("leads out")
def _policy_links_out(place: Place) -> None:
    place.link("secloop.toml", place.outside / "secloop.toml")


@_attack("secloop.toml")
def _policy_is_a_folder(place: Place) -> None:
    (place.root / "secloop.toml").unlink()
    (place.root / "secloop.toml").mkdir()


@_attack("not a regular file")
def _policy_is_a_pipe(place: Place) -> None:
    place.pipe("secloop.toml")


@_attack("rules")
def _policy_names_rules_outside(place: Place) -> None:
    place.write("secloop.toml", POLICY + 'rules = ["/etc", "../outside", "a/../../outside/rules.yaml"]\n')


@_attack("baseline")
def _policy_names_a_baseline_outside(place: Place) -> None:
    place.write("secloop.toml", POLICY + 'baseline = "../../../../../../etc/passwd"\n')


@_attack("baseline")
def _baseline_links_out(place: Place) -> None:
    place.link("base.json", "/etc/passwd")
    place.write("secloop.toml", POLICY + 'baseline = "base.json"\n')


@_attack("baseline")
def _baseline_is_a_pipe(place: Place) -> None:
    place.pipe("base.json")
    place.write("secloop.toml", POLICY + 'baseline = "base.json"\n')


@_attack("baseline")
def _baseline_nested_deep(place: Place) -> None:
    place.write("base.json", "[" * 200_000)
    place.write("secloop.toml", POLICY + 'baseline = "base.json"\n')


@_attack()
def _policy_with_slow_globs(place: Place) -> None:
    slow = "*a" * 40 + "*b"
    place.write("secloop.toml", POLICY + f"exclude = ['{slow}', '{'**/' * 60}z']\nignore = ['{slow}']\n")
    place.write(".gitignore", f"{slow}\n{'**/a' * 60}\n[a-\\\n")
    place.write("a" * 200 + ".py", "g()\n")


@_attack("secloop.toml")
def _policy_nested_deep(place: Place) -> None:
    place.write("secloop.toml", POLICY + "rules = " + "[" * 50_000 + "\n")


@_attack("secloop.toml")
def _policy_of_dotted_keys(place: Place) -> None:
    place.write("secloop.toml", POLICY + ".".join("a" * 20_000) + " = 1\n")


@_attack("pyproject.toml")
def _pyproject_with_hostile_values(place: Place) -> None:
    (place.root / "secloop.toml").unlink()
    place.write(
        "pyproject.toml",
        "[tool.secloop]\nbundled-rules = false\n"
        f"timeout = {'9' * 4_000}\nmax-memory = -inf\nmax-file-size = 9223372036854775808\n"
        "fail-on = '\\u001b[2J'\nrules = [{a = 1979-05-27}]\nexclude = ['\\u0000']\nseverity = {'*' = 'CRITICAL\\n'}\n",
    )


@_attack("secloop.toml")
def _policy_with_more_digits_than_python_reads(place: Place) -> None:
    place.write("secloop.toml", POLICY + f"max-memory = {'9' * 100_000}\n")


@_attack("max-waiver-days")
def _waiver_for_ever(place: Place) -> None:
    waiver = "rule = '*'\nreason = 'x'\nowner = 'x'\nexpires = 9999-12-31\n"
    place.write("secloop.toml", POLICY + f"[[waivers]]\n{waiver}")


# Files


@_attack()
def _links_out(place: Place) -> None:
    place.link("linked.py", place.outside / "secret.py")
    place.link("folder", place.outside)
    place.link("etc", "/etc")
    place.link("loop", ".")
    place.link("self.py", "self.py")
    place.link("up/up", "..")


@_attack()
def _pipes(place: Place) -> None:
    for path in ("pipe.py", "Dockerfile", "pkg/__init__.py", ".semgrepignore", "n.ipynb"):
        place.pipe(path)


@_attack()
def _ignore_file_is_a_pipe(place: Place) -> None:
    place.pipe(".gitignore")


@_attack()
def _names(place: Place) -> None:
    for name in (
        "a\nb.py",
        "\x1b[31mred\x1b[0m.py",
        "q'\"`$(touch canary).py",
        "-rf.py",
        " .py",
        "::error::x.py",
        "|x.py",
    ):
        place.write(name, "eval(2)\n")
    place.write("<img src=x onerror=alert(1)>/\u202egpj.py", "exec(3)\n")


@_attack()
def _settings_of_semgrep(place: Place) -> None:
    place.write(".semgrepignore", "*\n:include /etc/passwd\n")
    place.write(".semgrep.yml", RULES.replace("py-eval", "other"))
    place.write(".semgrep/settings.yml", "api_token: x\n")


@_attack("notebook")
def _notebook_nested_deep(place: Place) -> None:
    place.write("n.ipynb", '{"cells": ' + "[" * 200_000)


@_attack()
def _notebook_of_many_cells(place: Place) -> None:
    cell = '{"cell_type": "code", "source": ["x\\n"]}'
    place.write("n.ipynb", '{"cells": [' + ",".join([cell] * 50_000) + "]}")


@_attack("notebook")
def _notebook_with_a_huge_number(place: Place) -> None:
    place.write("n.ipynb", '{"nbformat": ' + "9" * 100_000 + ', "cells": []}')


@_attack()
def _slow_to_parse(place: Place) -> None:
    place.write("open.py", "eval(" * 3_000)
    place.write("deep.py", "x = " + "[" * 3_000 + "]" * 3_000 + "\neval(1)\n")
    place.write("string.py", "eval(1)\n" + '"""' * 20_001)
    place.write("deep.js", "eval(" + "{a:" * 3_000)
    place.write("Dockerfile", "RUN " + "\\\n" * 20_000)
    place.write(
        "comments.py", "# secloop: ignore[" + "a," * 200_000 + "\neval(1) # nosemgrep: " + "x," * 100_000
    )


@_attack("time")
def _yaml_to_check_of_anchors(place: Place) -> None:
    bomb = "a: &a [run, run, run]\n" + "".join(
        f"{b}: &{b} [" + f"*{a}," * 9 + "]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    place.write("bomb.yaml", bomb + "run: *i\n")
    place.write("secloop.toml", POLICY + "timeout = 1\n")


@_attack("encoding")
def _encodings(place: Place) -> None:
    for codec in (
        "zlib",
        "hex",
        "bz2",
        "rot13",
        "punycode",
        "unicode_escape",
        "idna",
        "undefined",
        "nothing",
        "../x",
    ):
        place.write(f"{codec.strip('./')}.py", f"# coding: {codec}\neval(1)\n")


@_attack("UTF-8")
def _names_that_are_no_text(place: Place) -> None:
    file = os.path.join(os.fsencode(place.root), b"\xff\xfe.py")
    with open(file, "wb") as stream:
        stream.write(b"eval(1)\n")
