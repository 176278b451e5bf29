"""Invariant 6: a repository is data. Whatever is in it, nothing of it runs, and both surfaces say the same in time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hostile_repository import ATTACKS, SECRET, Attack, Place
from lsp_client import Server, command, environment

IN_TIME = 60.0
"""Seconds: a bound that no bomb keeps, and not a measurement."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the attacks are made of POSIX files")


@pytest.fixture(scope="module")
def server(cache: Path) -> Iterator[Server]:
    """One server that goes through all the repositories: it has to survive them."""
    started = Server(cache=cache)
    started.initialize(pulls=False)
    yield started
    started.stop()


def _check(place: Place, cache: Path, form: str = "json") -> tuple[int, str, str]:
    """Exit code, output and errors of a check in the folder."""
    done = subprocess.run(
        command("check", "--format", form),
        cwd=place.root,
        env=environment(cache),
        capture_output=True,
        timeout=IN_TIME,
        encoding="utf-8",
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_runs_nothing_and_hides_nothing(
    attack: Attack, tmp_path: Path, cache: Path, server: Server
) -> None:
    place = Place.make(tmp_path)
    attack.arm(place)

    code, output, errors = _check(place, cache)
    assert "Traceback" not in errors
    verdict = json.loads(output)
    assert code == {"pass": 0, "fail": 1, "error": 2}[verdict["verdict"]]
    _is_as_expected(verdict, attack)

    said = _served(server, place)
    said.pop("unsaved"), verdict.pop("unsaved")
    assert said == verdict
    assert not server.errors
    assert not place.canary.exists(), place.canary.read_text()
    assert SECRET.strip() not in output


def _is_as_expected(verdict: Any, attack: Attack) -> None:
    if attack.error is None:
        assert verdict["errors"] == []
        assert verdict["verdict"] == "fail"
    else:
        assert verdict["verdict"] == "error"
        said = [f"{error['path']}: {error['message']}" for error in verdict["errors"]]
        assert any(attack.error in words for words in said), said
        assert all(len(words) < 2000 for words in said)
    if attack.error is None or "policy" not in attack.name:
        assert ("py-eval", "good.py") in {(one["rule_id"], one["path"]) for one in verdict["findings"]}


def _served(server: Server, place: Place) -> Any:
    """The server's verdict over the folder, with the good file open and its diagnostics shown."""
    server.move_to(place.root, None)
    good = place.root / "good.py"
    server.open(good, good.read_text())
    try:
        server.wait(lambda: good.as_uri() in server.diagnostics, "diagnostics of the good file", IN_TIME)
        return server.verdict()
    finally:
        server.notify("textDocument/didClose", {"textDocument": {"uri": good.as_uri()}})
        server.move_to(None, place.root)


SHADOWS = (
    *(
        "secloop/__init__.py",
        "secloop/cli/__init__.py",
        "semgrep/__init__.py",
        "sitecustomize.py",
        "usercustomize.py",
    ),
    *(
        "yaml.py",
        "click.py",
        "orjson.py",
        "json.py",
        "re.py",
        "re2.py",
        "pygls/__init__.py",
        "tree_sitter.py",
    ),
    *("libcst/__init__.py", "platformdirs.py", "tomli.py", "pathspec.py", "rich/__init__.py", "rfc8785.py"),
)


@pytest.fixture
def shadowed(tmp_path: Path) -> Place:
    """A folder with Python modules named as ours and those we use; each leaves the canary when imported."""
    place = Place.make(tmp_path)
    for path in SHADOWS:
        place.write(path, f"import os\nopen({str(place.canary)!r}, 'a').write({path!r})\n")
    place.write("semgrep/bin/semgrep-core", place.program.read_bytes())
    (place.root / "semgrep/bin/semgrep-core").chmod(0o755)
    return place


def _installed(folder: Path) -> list[str]:
    """A console script as pip writes it, which puts its own folder on the import path and not the current one."""
    script = folder / "bin" / "secloop-script.py"
    script.parent.mkdir()
    script.write_text("import sys\nfrom secloop.cli.main import main\nsys.exit(main())\n")
    return [sys.executable, str(script)]


def test_modules_of_the_checked_folder_are_not_imported(shadowed: Place, tmp_path: Path, cache: Path) -> None:
    script = _installed(tmp_path)
    path = os.environ.get("PATH", "")
    env = environment(cache, PATH=os.pathsep.join([".", "semgrep/bin", path]))
    for arguments in (["check", "--format", "json"], ["check"], ["rules", "list"]):
        done = subprocess.run(
            [*script, *arguments], cwd=shadowed.root, env=env, capture_output=True, timeout=IN_TIME
        )
        assert done.returncode in (0, 1), done.stderr.decode()
    server = Server(cache=cache, cwd=shadowed.root, arguments=[*script, "server"])
    server.initialize(shadowed.root)
    assert server.verdict()["verdict"] == "fail"
    server.stop()
    assert not shadowed.canary.exists(), shadowed.canary.read_text()


def test_nor_are_they_when_secloop_is_run_as_a_module(shadowed: Place, cache: Path) -> None:
    # A folder named secloop is what `python -m secloop` is told to run: nobody can help that.
    for path in SHADOWS[:2]:
        (shadowed.root / path).unlink()
    (shadowed.root / "secloop" / "cli").rmdir()
    (shadowed.root / "secloop").rmdir()
    # Python itself imports json and re only after it has put the current folder first.
    done = subprocess.run(
        [sys.executable, "-m", "secloop", "check", "--format", "json"],
        cwd=shadowed.root,
        env=environment(cache),
        capture_output=True,
        timeout=IN_TIME,
    )
    assert done.returncode == 1, done.stderr.decode()
    assert not shadowed.canary.exists(), shadowed.canary.read_text()


@pytest.mark.parametrize("form", ["text", "markdown", "github", "sarif"])
def test_hostile_names_reach_no_terminal_or_log_as_commands(form: str, tmp_path: Path, cache: Path) -> None:
    place = Place.make(tmp_path)
    next(attack for attack in ATTACKS if attack.name == "names").arm(place)
    code, output, _ = _check(place, cache, form)
    assert code == 1
    assert "\x1b" not in output
    assert "\u202e" not in output or form == "sarif"
    assert not any(line.startswith("::error::x") for line in output.splitlines())
