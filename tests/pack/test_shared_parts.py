"""What rules share is written into them from one place, and nothing else stands there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import write_rules
import yaml
from write_rules import PARTS, rule_files, written

every_rule_file = pytest.mark.parametrize("path", rule_files(), ids=lambda path: path.stem)
STANDARDS = ("pci-dss-4.0.1", "nist-800-53", "nist-ssdf", "soc2", "iso-27001-2022")
STRIDE = {
    "spoofing",
    "tampering",
    "repudiation",
    "information-disclosure",
    "denial-of-service",
    "elevation-of-privilege",
}


def rule(path: Path) -> dict[str, Any]:
    (found,) = yaml.safe_load(path.read_bytes())["rules"]
    assert isinstance(found, dict)
    return found


@every_rule_file
def test_writing_the_shared_parts_again_changes_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert written(text) == text, "run `make pack`"


@every_rule_file
def test_a_rule_says_which_controls_its_weakness_breaks(path: Path) -> None:
    metadata = rule(path)["metadata"]
    assert all(re.fullmatch(r"v5\.0\.0-\d+\.\d+\.\d+", requirement) for requirement in metadata["asvs"])
    assert tuple(metadata["controls"]) == STANDARDS
    assert all(metadata["controls"].values())
    assert set(metadata["stride"]) <= STRIDE
    assert metadata["asvs"]
    assert metadata["stride"]


@every_rule_file
def test_what_clients_send_is_known_from_the_shared_parts_alone(path: Path) -> None:
    """A rule that follows a request of its own would miss what the others know of frameworks."""
    text = path.read_text(encoding="utf-8")
    sources = re.search(r"^    pattern-sources:\n((?:^     .*\n|^\n)*)", text, re.MULTILINE)
    own = re.sub(r"# shared: .*\n(?:.*\n)*? *# end of shared", "", sources[1]) if sources else ""
    assert not re.search(r"\b(request|req)\.\$?\w", own)


def test_a_part_is_written_where_a_rule_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "flow").mkdir()
    for name, line in (("a", "- pattern: a(...)"), ("b", "- pattern: b(...)")):
        (tmp_path / "flow" / f"{name}.yaml").write_text(f"{line}\n", encoding="utf-8")
    monkeypatch.setattr(write_rules, "PARTS", tmp_path)
    text = "x:\n  # shared: flow\n  - old\n  # end of shared\n  - own\n"
    assert written(text) == (
        "x:\n  # shared: flow\n  - pattern: a(...)\n  - pattern: b(...)\n  # end of shared\n  - own\n"
    )


def test_every_part_is_used() -> None:
    named = {
        name
        for path in rule_files()
        for name in re.findall(r"# shared: (\S+)", path.read_text(encoding="utf-8"))
    }
    for part in PARTS.rglob("*.yaml"):
        name = part.relative_to(PARTS).with_suffix("").as_posix()
        assert {name, str(Path(name).parent.as_posix())} & named, name
