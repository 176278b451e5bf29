"""Programs of other registries that tests need: found, or installed from Debian where that is allowed."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import platformdirs

CACHE = Path(platformdirs.user_cache_dir("secloop-dev"))
"""Where what was installed is kept, outside of the work tree."""
NODE_VERSION = "20.20.2"
_OLDEST_NODE = (20, 19)


def debian_program(name: str, *packages: str, purpose: str) -> str:
    """A program's path, with its Debian packages installed if it is not there yet.

    Raises:
        SystemExit: with words, if it cannot be had: the run then fails, it does not skip.
    """
    found = shutil.which(name)
    if found is None and shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-q"], ["install", "-qy", *packages]):
            subprocess.run(["apt-get", *command], env=quiet, check=False)  # what it lacks is told below
        found = shutil.which(name)
    if found is None:
        raise SystemExit(
            f"{purpose} needs {name}, which cannot be installed here: install {', '.join(packages)}"
        )
    return found


def npm() -> str:
    """npm's path.

    Raises:
        SystemExit: with words, if it cannot be had.
    """
    return debian_program("npm", "nodejs", "npm", purpose="make test-all")


def use_node(purpose: str) -> None:
    """Have what is run from here on find a Node that is new enough, and its headers for what npm compiles.

    Raises:
        SystemExit: with words, if it cannot be had.
    """
    program = Path(debian_program("node", "nodejs", "npm", purpose=purpose)).resolve()
    answer = subprocess.run([program, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout
    if tuple(map(int, answer.strip("v\n").split("."))) < _OLDEST_NODE:
        program = _node_of_npm(purpose)
        os.environ["PATH"] = os.pathsep.join([str(program.parent), os.environ["PATH"]])
    installed = program.parent.parent
    if (installed / "include" / "node" / "node.h").is_file():
        os.environ["npm_config_nodedir"] = str(installed)  # noqa: SIM112 - node-gyp, which would download them, reads it as it is


def _node_of_npm(purpose: str) -> Path:
    """Node as npm has it as a package, for systems whose own is too old, as Debian 12's is."""
    package = f"node-{sys.platform}-{'arm64' if platform.machine() in ('arm64', 'aarch64') else 'x64'}"
    folder = CACHE / f"node-{NODE_VERSION}"
    program = folder / "node_modules" / package / "bin" / "node"
    if not program.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm(), "install", "--no-audit", "--no-fund", "--silent", f"{package}@{NODE_VERSION}"]
        subprocess.run([*command, "--prefix", str(folder)], check=False)
    if not program.is_file():
        raise SystemExit(f"{purpose} needs Node {NODE_VERSION}, and npm could not install it")
    return program
