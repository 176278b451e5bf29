"""Programs of other registries that tests need: found, or installed from Debian where that is allowed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import platformdirs

CACHE = Path(platformdirs.user_cache_dir("secloop-dev"))
"""Where what was installed is kept, outside of the work tree."""


def debian_program(name: str, *packages: str, purpose: str) -> str:
    """A program's path, with its Debian packages installed if it is not there yet.

    Raises:
        SystemExit: with words, if it cannot be had: the run then fails, it does not skip.
    """
    found = shutil.which(name)
    if found is None and shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-q"], check=True)
        subprocess.run(["apt-get", "install", "-qy", *packages], check=True)
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
