"""Writes the bundled rules as they ship, which ``tests/pack`` compares with what reading and compiling them gives."""

from __future__ import annotations

from msgspec.structs import replace

from secloop.engine.semgrep import SemgrepCompiler
from secloop.rules.load import load_rules
from secloop.rules.pack import bundled_rules
from secloop.rules.shipped import PATH, shipped_text


def main() -> None:
    """Load the pack as if it came from somebody else, which takes nothing from the file."""
    compiler = SemgrepCompiler()
    ruleset = load_rules((replace(file, origin="pack") for file in bundled_rules()), compiler)
    if ruleset.problems:
        raise SystemExit("\n".join(f"{each.path}:{each.line}: {each.message}" for each in ruleset.problems))
    text = shipped_text(bundled_rules(), ruleset, compiler.version)
    PATH.write_text(text, encoding="utf-8", newline="\n")
    print(f"{PATH.name}: {len(ruleset.rules)} rules")


if __name__ == "__main__":
    main()
