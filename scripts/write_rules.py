"""Writes into each rule what it shares with others: the taint parts it names, and what standards say of its CWE.

A rule says ``# shared: NAME`` where it wants ``rule_parts/NAME.yaml``, or every file of that folder, and the
lines from there to ``# end of shared`` are written anew. The name ``controls`` stands for what ``rule_parts/controls.yaml``
has for the first CWE of the rule.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
PARTS = Path(__file__).with_name("rule_parts")
_BLOCK = re.compile(r"^( *)# shared: ([\w/-]+)\n(?:.*\n)*?\1# end of shared\n", re.MULTILINE)
_FIRST_CWE = re.compile(r"^ +cwe:\n +- \"(CWE-\d+):", re.MULTILINE)


def written(rule: str) -> str:
    """The text of a rule file with its shared parts as they are now.

    Raises:
        KeyError: if the table of controls lacks the rule's CWE.
        OSError: if there is no such part.
    """

    def block(match: re.Match[str]) -> str:
        indentation, name = match.groups()
        lines = _controls(rule) if name == "controls" else _part(name)
        body = "".join(f"{indentation}{line}\n" if line else "\n" for line in lines)
        return f"{indentation}# shared: {name}\n{body}{indentation}# end of shared\n"

    return _BLOCK.sub(block, rule)


@cache
def _part(name: str) -> list[str]:
    folder = PARTS / name
    files = sorted(folder.glob("*.yaml")) if folder.is_dir() else [folder.with_name(f"{folder.name}.yaml")]
    return [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def _controls(rule: str) -> list[str]:
    cwe = _FIRST_CWE.search(rule)
    if cwe is None:
        raise ValueError("a rule with controls needs a CWE")
    family, asvs, stride = _table()["weaknesses"][cwe[1]]
    standards = dict(_table()["families"][family])
    owasp = standards.pop("owasp")
    return [
        "owasp:",
        *(f'  - "{name}"' for name in owasp),
        f"asvs: {_flow(f'v5.0.0-{requirement}' for requirement in asvs)}",
        "controls:",
        *(f"  {standard}: {_flow(ids)}" for standard, ids in standards.items()),
        f"stride: [{', '.join(stride)}]",
    ]


def _flow(ids: Any) -> str:
    return "[" + ", ".join(json.dumps(each) for each in ids) + "]"


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load((PARTS / "controls.yaml").read_bytes())
    return table


def rule_files() -> list[Path]:
    """Every rule file of the pack that may have shared parts, sorted."""
    return sorted(
        path for path in (ROOT / "rules").rglob("*.yaml") if not path.stem.endswith((".test", ".fixed"))
    )


def main() -> None:
    """Write every rule file whose parts changed."""
    changed = 0
    for path in rule_files():
        text = path.read_text(encoding="utf-8")
        if (new := written(text)) != text:
            path.write_text(new, encoding="utf-8", newline="\n")
            changed += 1
    print(f"{changed} rules have new shared parts")


if __name__ == "__main__":
    main()
