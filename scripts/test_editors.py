"""``make test-editors``: the VS Code extension and the Neovim plugin, in the real editors.

VS Code is code-server from npm in Debian's Chromium. It is prepared once, in the user's cache folder; what the
browser showed is kept in ``dist/screenshots``. With ``--readme`` the pictures of the extension's README and
walkthrough are made anew of those, once all tests have passed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from prerequisites import CACHE, debian_program, npm, use_node

ROOT = Path(__file__).resolve().parent.parent
EXTENSION = ROOT / "vscode-extension"
SCREENSHOTS = ROOT / "dist" / "screenshots"
README_PICTURES = ("light-bulb", "data-flow", "findings", "rule", "rule-edit", "compare")
CODE_SERVER_VERSION = "4.100.3"
PLAYWRIGHT_VERSION = "1.65.1"
_NATIVE_PARTS = ("@vscode/spdlog", "native-watchdog", "@parcel/watcher", "node-pty")
_PURPOSE = "make test-editors"


def code_server() -> Path:
    """The folder with code-server and playwright-core, prepared if it is not there yet.

    Raises:
        SystemExit: with words, if it cannot be prepared.
    """
    folder = CACHE / f"code-server-{CODE_SERVER_VERSION}-playwright-{PLAYWRIGHT_VERSION}"
    if folder.is_dir():
        return folder
    unfinished = folder.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    packages = (f"code-server@{CODE_SERVER_VERSION}", f"playwright-core@{PLAYWRIGHT_VERSION}")
    _npm(unfinished, "install", "--ignore-scripts", *packages)
    vscode = unfinished / "node_modules" / "code-server" / "lib" / "vscode"
    _npm(vscode, "install", "--omit=dev", "--ignore-scripts")
    for part in _NATIVE_PARTS:
        _npm(vscode, "rebuild", part, check=False)  # node-pty's exit code is not 0, though it is built.
    _npm(unfinished, "rebuild", "argon2")
    if not (vscode / "node_modules" / "node-pty" / "build" / "Release" / "pty.node").is_file():
        raise SystemExit(f"{_PURPOSE}: node-pty could not be built; it needs a C++ compiler and Python")
    ripgrep = vscode / "node_modules" / "@vscode" / "ripgrep" / "bin"
    ripgrep.mkdir(parents=True, exist_ok=True)
    (ripgrep / "rg").symlink_to(debian_program("rg", "ripgrep", purpose=_PURPOSE))
    unfinished.rename(folder)
    return folder


def build_extension() -> Path:
    """Check, test and pack the extension, printing what is in the package; its path."""
    _npm(EXTENSION, "ci", "--ignore-scripts")
    for script in ("lint", "test", "package"):
        _npm(EXTENSION, "run", script)
    _audit()
    return EXTENSION / "dist" / "secloop.vsix"


def _audit() -> None:
    """Fail on known weaknesses in what ships; say so where the registry answers no such question."""
    command = [npm(), "audit", "--omit=dev", "--audit-level=high", "--json"]
    answer = subprocess.run(command, cwd=EXTENSION, stdout=subprocess.PIPE, check=False)
    found = json.loads(answer.stdout or b"{}").get("metadata", {}).get("vulnerabilities")
    if found is None:
        print(
            "npm audit: NOT CHECKED, the registry that is configured answers no audits; what ships is listed above"
        )
        return
    print(f"npm audit --omit=dev: {found}")
    if answer.returncode:
        raise SystemExit("npm audit: what the extension ships has weaknesses of high severity")


def test_vscode(environment: Mapping[str, str]) -> int:
    """Run the tests in VS Code, one file after the other; the exit code."""
    files = sorted(str(file) for file in (ROOT / "tests" / "editors" / "vscode").glob("*.test.mjs"))
    command = ["node", "--test", "--test-concurrency=1", "--test-reporter=spec", *files]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def test_neovim() -> int:
    """Run the tests in Neovim and the other editors; the exit code."""
    debian_program("emacs", "emacs-nox", "elpa-eglot", purpose=_PURPOSE)
    command = [sys.executable, "-m", "pytest", "tests/editors", "-q"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def vscode_environment() -> dict[str, str]:
    """What the tests in VS Code are told by environment variables, everything in it prepared."""
    use_node(_PURPOSE)
    debian_program("g++", "build-essential", purpose=_PURPOSE)
    return {
        **os.environ,
        "SECLOOP_CHROMIUM": debian_program("chromium", "chromium", purpose=_PURPOSE),
        "SECLOOP_EDITOR_TOOLS": str(code_server()),
        "SECLOOP_VSIX": str(build_extension()),
        "SECLOOP_PROGRAM": str(Path(sys.executable).parent / "secloop"),
        "SECLOOP_SHOTS": str(SCREENSHOTS),
    }


def _npm(folder: Path, *arguments: str, check: bool = True) -> None:
    quiet = ("--no-audit", "--no-fund", "--silent") if arguments[0] in ("install", "ci", "rebuild") else ()
    done = subprocess.run([npm(), *arguments, *quiet], cwd=folder, check=False)
    if check and done.returncode:
        raise SystemExit(f"{_PURPOSE}: `npm {' '.join(arguments)}` failed in {folder.name}")


def main() -> int:
    """Run all; the exit code is not 0 if the tests of any editor fail."""
    failed = max([test_vscode(vscode_environment()), test_neovim()])
    if "--readme" in sys.argv[1:] and not failed:
        for name in README_PICTURES:
            shutil.copyfile(SCREENSHOTS / f"{name}.png", EXTENSION / "media" / "readme" / f"{name}.png")
    return failed


if __name__ == "__main__":
    sys.exit(main())
