"""Prints Bandit's checks and ruff's `S` rules beside the rules here: each with a line of a test that both find, or why not.

A rule names Bandit's ids in `metadata.bandit`; ruff's have the same numbers. Both tools are run on the tests of the pack,
and a check counts as covered only if they report it in a line where a rule that names it must find something.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from secloop.rules.testing import expectation
from secloop.syntax.document import Document

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "docs" / "peers.md"
_IMPORT = "An import alone is no weakness; what is done with the module is found."
_CODE = 70

ALSO: Mapping[str, tuple[str, ...]] = {
    "310": ("python-ssrf",),
    "317": ("python-xml-from-request", "python-sax-external-entities"),
}
"""Rules that find the same without naming the check, since a `# nosec` for it does not mean them, or not in all their lines."""

REASONS: Mapping[str, str] = {
    "110": "An error that is passed over is a question of style (`E722`, `SIM105`): no attack follows from it alone.",
    "112": "As with 110.",
    "313": "`cElementTree` is gone since Python 3.9; its successor is what `python-xml-stdlib-parser` finds.",
    "315": "expat alone resolves no entity, and bounds what internal ones grow to since 2.4.",
    "316": "As with 315.",
    "319": "`python-xml-stdlib-parser` finds it.",
    "401": _IMPORT,
    "402": _IMPORT,
    "403": _IMPORT,
    "404": _IMPORT,
    "405": _IMPORT,
    "406": _IMPORT,
    "407": _IMPORT,
    "408": _IMPORT,
    "409": _IMPORT,
    "411": _IMPORT,
    "412": "CGI scripts that are proxied by a header have been fixed in servers and libraries since 2016.",
    "413": _IMPORT,
    "415": _IMPORT,
    "601": "That a command runs on another machine is what paramiko is for: `python-command-injection` and"
    " `python-os-system-variable` find commands that are put together.",
    "603": "A list of arguments without a shell is the safe way; `python-program-from-request` finds one"
    " whose program a client chooses.",
    "604": "Any function that has a `shell` argument is a guess; those that start a shell are found.",
    "606": "As with 603.",
    "607": "A program found by `PATH` is usual; `python-untrusted-search-path` finds a `PATH` that others can write to.",
}
"""Why there is no rule for a check, or no line that both find; by the check's number."""


class Check(NamedTuple):
    """A check of Bandit, of ruff, or of both under one number."""

    number: str
    name: str
    bandit: bool
    ruff: bool

    @property
    def ids(self) -> str:
        """Its ids."""
        return ", ".join(letter + self.number for letter in ("B" * self.bandit, "S" * self.ruff) if letter)


class Case(NamedTuple):
    """A line of a rule's test that the rule must find, and which tools report the check there, by letter."""

    rule_id: str
    code: str
    found_by: frozenset[str]


Report = tuple[str, Path, range]
"""An id, a file, and lines."""


def checks() -> list[Check]:
    """Every check that the installed versions have, by number."""
    bandit, ruff = _bandit_names(), _ruff_names()
    numbers = sorted(bandit.keys() | ruff.keys())
    return [
        Check(number, bandit.get(number) or ruff[number], number in bandit, number in ruff)
        for number in numbers
    ]


def _bandit_names() -> dict[str, str]:
    from bandit.core.extension_loader import MANAGER

    named = {test_id: plugin.name for test_id, plugin in MANAGER.plugins_by_id.items()}
    named |= {test_id: entry["name"] for test_id, entry in MANAGER.blacklist_by_id.items()}
    return {test_id[1:]: name.replace("_", "-") for test_id, name in named.items()}


def _ruff_names() -> dict[str, str]:
    rules = json.loads(_output("ruff", "rule", "--all", "--output-format", "json"))
    return {
        rule["code"][1:]: rule["name"]
        for rule in rules
        if rule["linter"] == "flake8-bandit" and "Removed" not in rule["status"]
    }


def cases() -> dict[str, list[Case]]:
    """By a check's number, the lines that both a tool and a rule for the check find."""
    named = _named_checks()
    expected: dict[Path, Mapping[str, frozenset[int]]] = {}
    found: dict[str, dict[tuple[str, Path, int], set[str]]] = {}
    texts: dict[Path, Document] = {}
    for check, path, lines in (*_bandit(), *_ruff()):
        if ".fixed." in path.name:
            continue
        if path not in texts:
            texts[path] = Document(path.name, path.read_text(encoding="utf-8"))
            expected[path] = expectation(texts[path]).expected
        letter, number = check[0], check[1:]
        for rule_id in named.get(number, ()):
            for line in expected[path].get(rule_id, frozenset()).intersection(lines):
                found.setdefault(number, {}).setdefault((rule_id, path, line), set()).add(letter)
    return {
        number: [
            Case(rule_id, texts[path].line_text(line).strip(), frozenset(letters))
            for (rule_id, path, line), letters in sorted(places.items())
        ]
        for number, places in found.items()
    }


def _named_checks() -> dict[str, set[str]]:
    """By a check's number, the rules that name it."""
    found = {number: set(rule_ids) for number, rule_ids in ALSO.items()}
    for path in sorted((ROOT / "rules").rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        ids = re.search(r"^ +bandit: \[(.*)\]$", text, re.MULTILINE)
        for number in re.findall(r"B(\d{3})", ids[1]) if ids else ():
            found.setdefault(number, set()).add(path.stem)
    return found


def _bandit() -> Iterator[Report]:
    report = json.loads(_output("bandit", "-q", "-r", "rules", "--ignore-nosec", "-f", "json"))
    for one in report["results"]:
        yield (
            one["test_id"],
            ROOT / one["filename"],
            range(min(one["line_range"]), max(one["line_range"]) + 1),
        )


def _ruff() -> Iterator[Report]:
    options = ("--isolated", "--no-cache", "--preview", "--ignore-noqa", "--select", "S")
    for one in json.loads(_output("ruff", "check", *options, "--output-format", "json", "rules")):
        lines = range(one["location"]["row"], one["end_location"]["row"] + 1)
        yield one["code"], Path(one["filename"]), lines


def _output(module: str, *arguments: str) -> str:
    """What a tool prints; that it finds something is its exit code 1."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{module} failed: {done.stderr[-500:]}")
    return done.stdout


def table() -> str:
    """The page.

    Raises:
        KeyError: if a check has neither a line that both find nor a reason.
    """
    known, found = checks(), cases()
    covered = [check for check in known if check.number in found]
    rest = [check for check in known if check.number not in found]
    lines = [
        "# Side by side with Bandit and ruff",
        "",
        "Written by `python scripts/peers_table.py`, which runs both on the tests of the pack.",
        f"Of Bandit's {sum(check.bandit for check in known)} checks,"
        f" {sum(check.bandit for check in covered)} have a rule here, of ruff's"
        f" {sum(check.ruff for check in known)} rules of `S` {sum(check.ruff for check in covered)}.",
        "",
        "## Checks with a rule here, and a line that both find",
        "",
        "| Check | Name | Rules here | A line that both find | Found by |",
        "|---|---|---|---|---|",
        *(_row(check, found[check.number]) for check in covered),
        "",
        "## The rest, and why",
        "",
        "| Check | Name | Why |",
        "|---|---|---|",
        *(f"| {check.ids} | {check.name} | {REASONS[check.number]} |" for check in rest),
        "",
    ]
    return "\n".join(lines)


def _row(check: Check, shared: list[Case]) -> str:
    shown = max(shared, key=lambda case: len(case.found_by))  # The first of those that most tools find.
    rules = ", ".join(f"`{rule_id}`" for rule_id in sorted({case.rule_id for case in shared}))
    code = shown.code if len(shown.code) <= _CODE else f"{shown.code[: _CODE - 1]}…"
    tools = [tool for letter, tool in (("B", "Bandit"), ("S", "ruff")) if letter in shown.found_by]
    # What only changes how the text around it is shown would do so here, too.
    visible = "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in code)
    cell = visible.replace("|", "\\|").replace("`", "'")
    return f"| {check.ids} | {check.name} | {rules} | `{cell}` | {', '.join(tools)} |"


def main() -> None:
    """Write the page."""
    TABLE.write_text(table(), encoding="utf-8", newline="\n")
    print(f"{TABLE.relative_to(ROOT)} is written")


if __name__ == "__main__":
    main()
