"""secloop and its peers: where they are, their versions, and the commands that are run."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shlex
import shutil
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import secloop

_SCRIPTS = Path(sysconfig.get_path("scripts"))
SECLOOP, RUFF, BANDIT, SEMGREP = "secloop", "ruff", "bandit", "semgrep"


def versions() -> dict[str, str]:
    """The versions of everything that is compared."""
    found = {name: importlib.metadata.version(name) for name in (SEMGREP, RUFF, BANDIT)}
    return {SECLOOP: secloop.__version__, **found}


def program(name: str) -> list[str]:
    """The command that starts a tool of this environment.

    Raises:
        SystemExit: if it is not installed.
    """
    found = shutil.which(name, path=str(_SCRIPTS))
    if found:
        return [found]
    if name == SECLOOP:
        return [sys.executable, "-m", "secloop"]
    raise SystemExit(f"{name} is not installed here: run `make bench`, which installs it")


def shown(command: list[str], scratch: Path) -> str:
    """A command as a reader would type it: no paths of this machine."""
    words = [word.replace(f"{scratch}{os.sep}", "").replace(str(scratch), ".") for word in command]
    if words[0] == sys.executable:
        words = [words[2], *words[3:]]
    return shlex.join([Path(words[0]).stem, *words[1:]])


def environment(caches: Path) -> dict[str, str]:
    """The environment of every measured process: caches of its own, nothing online, bytecode is kept."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **inherited,
        "PATH": os.pathsep.join((str(_SCRIPTS), os.environ.get("PATH", ""))),
        "SECLOOP_CACHE_DIR": str(caches / SECLOOP),
        "RUFF_CACHE_DIR": str(caches / RUFF),
        "SEMGREP_SEND_METRICS": "off",
        "SEMGREP_ENABLE_VERSION_CHECK": "0",
        "SEMGREP_SETTINGS_FILE": str(caches / "semgrep-settings.yml"),
        "NO_COLOR": "1",
    }


@dataclass(frozen=True)
class Checker:
    """A command that checks paths and prints JSON, in which ``findings`` is the key of the list of findings.

    ``cached``: a second run can be faster than the first. ``suffixes``: the files it reads, any if empty.
    """

    name: str
    arguments: tuple[str, ...]
    findings: str = "results"
    cached: bool = False
    suffixes: tuple[str, ...] = ()

    def command(self, path: str) -> list[str]:
        """What to run, in the scratch folder, which has the rules in ``rules``."""
        return [*program(self.name), *self.arguments, path]

    def reads(self, target: str) -> bool:
        """Whether a target is for this checker: a folder, or a file it has rules for."""
        return not self.suffixes or "." not in target or target.endswith(self.suffixes)

    def count(self, output: bytes) -> int:
        """How many findings are in its output.

        Raises:
            ValueError: if the output is something else.
        """
        value = json.loads(output)
        found = value[self.findings] if isinstance(value, dict) else value
        return len(found)


CHECKERS = (
    Checker(SECLOOP, ("check", "--format", "json"), findings="findings", cached=True),
    Checker(
        RUFF,
        ("check", "--select", "S", "--output-format", "json"),
        cached=True,
        suffixes=(".py",),
    ),
    Checker(BANDIT, ("--recursive", "--quiet", "--format", "json"), suffixes=(".py",)),
    Checker(SEMGREP, ("scan", "--config", "rules/", "--metrics", "off", "--disable-version-check", "--json")),
)


@dataclass(frozen=True)
class Server:
    """A language server.

    ``versioned``: its diagnostics name the document version that they are of. One that does not version
    them checks on save only: then the next publication counts. ``languages``: those it has rules for, any
    if empty.
    """

    name: str
    arguments: tuple[str, ...]
    versioned: bool = True
    languages: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The command as it is typed."""
        return " ".join((self.name, *self.arguments))

    @property
    def command(self) -> list[str]:
        """What to run."""
        return [*program(self.name), *self.arguments]


def servers(scratch: Path) -> tuple[Server, ...]:
    """The servers to compare, set up for rules in the scratch folder."""
    scan = {
        "configuration": [str(scratch / "rules")],
        "onlyGitDirty": False,
        "ci": False,
        "exclude": [],
        "include": [],
        "jobs": os.cpu_count() or 1,
        "maxMemory": 0,
        "maxTargetBytes": 1_000_000,
        "timeout": 30,
        "timeoutThreshold": 3,
    }
    metrics = {"enabled": False, "isNewAppInstall": False}
    return (
        Server(SECLOOP, ("server",)),
        Server(RUFF, ("server",), languages=("python",), settings={"settings": {"lint": {"select": ["S"]}}}),
        Server(SEMGREP, ("lsp",), versioned=False, settings={"scan": scan, "metrics": metrics}),
    )
