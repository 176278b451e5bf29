"""Rule packs from elsewhere to test with: folders, git submodules and wheels that pip installs."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

from cli_repository import Repo

PACK = """\
rules:
  - id: no-eval
    languages: [python]
    severity: HIGH
    message: eval of $X runs what an attacker sends
    pattern: eval($X)
  - id: no-eval-in-js
    languages: [javascript]
    severity: MEDIUM
    message: eval
    pattern: eval($X)
"""
CONFIG = 'bundled-rules = false\n[packs.acme]\npath = "vendor/acme"\n'
WHEEL_CONFIG = 'bundled-rules = false\n[packs.acme]\nwheel = "acme-rules"\npath = "acme_rules/rules"\n'


def with_pack(repo: Repo, text: str = PACK) -> Repo:
    """A repository whose only rules are those of a pack in a folder, which is not accepted yet."""
    (repo.root / ".secloop/rules/rules.yaml").unlink()
    repo.write("secloop.toml", CONFIG)
    repo.write("vendor/acme/rules.yaml", text)
    repo.write("app.py", "eval(x)\n")
    return repo


def accepted(repo: Repo) -> None:
    """Accept what the packs hold."""
    result = repo.run("rules", "update", "--yes")
    assert result.exit_code == 0, result.output


def install_wheel(folder: Path, text: str, version: str = "1.0", *, listed: tuple[str, ...] = ()) -> None:
    """Build a wheel whose package must not be imported, and have pip install it into a folder.

    ``listed`` are further files that its record names without their being in it.
    """
    info = f"acme_rules-{version}.dist-info"
    files = {
        "acme_rules/__init__.py": "raise SystemExit('a pack was imported')\n",
        "acme_rules/settings.yaml": "colour: red\n",
        "acme_rules/rules/rules.yaml": text,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: acme-rules\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = [f"{name},sha256={_digest(content)},{len(content)}" for name, content in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*rows, f"{info}/RECORD,,", ""])
    wheel = folder.parent / f"acme_rules-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "-q",
            "--no-index",
            "--no-deps",
            "--no-compile",
            "--upgrade",
            "--target",
            str(folder),
            str(wheel),
        ],
        check=True,
        capture_output=True,
    )
    if listed:
        record = folder / info / "RECORD"
        record.write_text(record.read_text() + "".join(f"{name},,\n" for name in listed))


def _digest(content: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content.encode()).digest()).rstrip(b"=").decode()
