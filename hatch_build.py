"""Compiles the native engine's modules to C extensions, by mypyc, when a wheel is built with `SECLOOP_COMPILE=require`.

What is compiled gives the same answers in about half of the time. An editable install stays pure: a compiled module
would stand before the source that one edits.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = Path("server")
ENGINE = Path("secloop/engine/native")
PURE = frozenset(("worker.py", "pool.py", "comparison.py"))
"""A program that is started by its path, what waits for it, and what mixes int and float as Python does, not C."""

_TOOLS = ("mypy==2.4.1", "setuptools>=77")
"""Pinned, since one version of mypyc makes one program of a source."""
_TYPED = ("msgspec", "tree-sitter", "tree-sitter-python")
"""Our dependencies whose types the compiled modules use."""

_SETUP = """
import sys
from mypyc.build import mypycify
from mypyc.irbuild import expression
from setuptools import setup

# Its own slices of bytes fail where they end before they start, so they are left to Python: this one matches no type.
expression.bytes_slice_op = expression.bytes_slice_op._replace(arg_types=[])
arguments = ["--config-file=", "--ignore-missing-imports", *sys.argv.pop().split(",")]
modules = mypycify(arguments, opt_level="2", group_name="secloop_native")
setup(name="secloop-native", packages=[], ext_modules=modules)
"""


class CompiledEngine(BuildHookInterface):  # type: ignore[type-arg]
    """The build hook that hatchling calls (``tool.hatch.build.targets.wheel.hooks.custom``)."""

    def dependencies(self) -> list[str]:
        """What a build environment needs: nothing where nothing is compiled."""
        if not _wanted():
            return []
        needed = self.metadata.core.dependencies
        return [*_TOOLS, *(one for one in needed if re.split(r"[^\w.-]", one)[0] in _TYPED)]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into a temporary folder, and put what came out beside the sources in the wheel."""
        if version == "editable" or not _wanted():
            return
        self._folder = tempfile.TemporaryDirectory(prefix="secloop-build-")
        folder = Path(self._folder.name)
        failure = _compile(Path(self.root), folder)
        if failure:
            raise RuntimeError(f"the native engine could not be compiled:\n{failure}")
        built = folder / "built"
        for library in sorted((*built.rglob("*.so"), *built.rglob("*.pyd"))):
            build_data["force_include"][str(library)] = library.relative_to(built).as_posix()
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        if folder := getattr(self, "_folder", None):
            folder.cleanup()


def _wanted() -> bool:
    """Whether to compile: where that is asked for, since it takes minutes and a C compiler."""
    return os.environ.get("SECLOOP_COMPILE") == "require"


def _compile(root: Path, folder: Path) -> str:
    """Compile the sources below ``root`` into ``folder/built``; the reason, if that fails."""
    shutil.copytree(
        root / SOURCES / "secloop", folder / "secloop", ignore=shutil.ignore_patterns("__pycache__")
    )
    modules = [
        path.relative_to(folder).as_posix()
        for path in sorted((folder / ENGINE).glob("*.py"))
        if path.name not in PURE
    ]
    (folder / "setup_native.py").write_text(_SETUP, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "setup_native.py", "build_ext", "--build-lib", "built", ",".join(modules)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return "\n".join(done.stdout.splitlines()[-40:]) if done.returncode else ""
