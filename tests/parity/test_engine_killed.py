"""Invariant 5: semgrep-core killed at any moment is an error in words or is made good for, never a silent pass."""

from __future__ import annotations

import json
import random
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from edit_sequences import POLICY, RULES
from lsp_client import PATIENCE, Server, command, environment

FILES = 6
ROUNDS = 5


class Killer:
    """Kills the semgrep-core processes below a process, each at a random moment of its life."""

    def __init__(self, pid: int, chance: random.Random) -> None:
        self.kills = 0
        self._parent = psutil.Process(pid)
        self._chance = chance
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Killer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        deaths: dict[int, float] = {}
        while not self._stop.wait(0.005):
            try:
                children = self._parent.children(recursive=True)
            except psutil.NoSuchProcess:
                return
            for child in children:
                # Some live, so that there is progress; of the others some die before they could do anything.
                delay = deaths.setdefault(
                    child.pid, time.monotonic() + self._chance.choice((0, 0.05, 0.1, 0.2, 0.3, 60, 60))
                )
                if time.monotonic() >= delay and self._kill(child):
                    self.kills += 1
                    deaths[child.pid] = float("inf")

    @staticmethod
    def _kill(process: psutil.Process) -> bool:
        try:
            if not process.name().startswith("semgrep-core"):
                return False
            process.kill()
        except psutil.Error:
            return False  # it ended by itself
        return True


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with small files, each with the findings that ``wanted`` tells."""
    folder = tmp_path / "root"
    (folder / ".secloop" / "rules").mkdir(parents=True)
    # A rule for several languages is semgrep-core's, for Python too.
    shared = RULES.replace("languages: [python]", "languages: [python, js]")
    (folder / ".secloop" / "rules" / "r.yaml").write_text(shared)
    (folder / "secloop.toml").write_text(POLICY)
    return folder


def text(round_: int, number: int) -> str:
    """A text that no cache has seen."""
    return f"# {round_} {number}\nimport os\neval({number})\nexec(a)\nos.system(b)\nrun(input())\n"


WANTED = Counter({"py-eval": FILES, "py-exec": FILES, "py-system": FILES, "py-taint": FILES})


def write_files(root: Path, round_: int) -> None:
    for number in range(FILES):
        (root / f"f{number}.py").write_text(text(round_, number))


def rules_found(verdict: Any) -> Counter[str]:
    return Counter(finding["rule_id"] for finding in verdict["findings"])


def check(root: Path, cache: Path, chance: random.Random | None = None) -> tuple[Any, int]:
    """The verdict of a check, whose engine is killed if there is a chance for it; and the number of kills."""
    with subprocess.Popen(
        command("check", "--format", "json"),
        cwd=root,
        env=environment(cache),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        killer = Killer(process.pid, chance) if chance else None
        if killer is not None:
            with killer:
                output, errors = process.communicate(timeout=PATIENCE)
        else:
            output, errors = process.communicate(timeout=PATIENCE)
    assert output, errors.decode()
    verdict = json.loads(output)
    assert process.returncode == {"pass": 0, "fail": 1, "error": 2}[verdict["verdict"]]
    return verdict, killer.kills if killer else 0


def assert_no_silent_pass(verdict: Any) -> None:
    """The right findings, or an error that says so."""
    if verdict["verdict"] == "error":
        assert verdict["digest"] is None
        assert verdict["errors"]
        assert all(error["message"] for error in verdict["errors"])
    else:
        assert not verdict["errors"]
        assert rules_found(verdict) == WANTED


def assert_right(verdict: Any) -> None:
    assert not verdict["errors"]
    assert verdict["verdict"] == "fail"
    assert rules_found(verdict) == WANTED


def test_a_check_whose_engine_is_killed_says_what_is_right_or_that_it_cannot(
    root: Path, tmp_path: Path
) -> None:
    chance = random.Random(7)
    kills = 0
    cold = tmp_path / "cold"
    warm = tmp_path / "warm"
    for round_ in range(ROUNDS):
        write_files(root, round_)
        # A fresh cache has the rules compiled as well; a used one must not have learned anything wrong.
        cache = cold / str(round_) if round_ % 3 == 0 else warm
        verdict, killed = check(root, cache, chance)
        kills += killed
        assert_no_silent_pass(verdict)
        assert_right(check(root, cache)[0])
    assert kills


@pytest.fixture
def server(root: Path, tmp_path: Path) -> Iterator[Server]:
    write_files(root, 0)
    started = Server(cache=tmp_path / "cache")
    yield started
    started.stop()


def shown(server: Server, uri: str, version: int) -> tuple[Counter[str], list[str]]:
    """The findings and the errors that are shown for a version, once they are."""
    server.wait(
        lambda: server.diagnostics.get(uri, (0, []))[0] == version, f"diagnostics of version {version}"
    )
    items = server.diagnostics[uri][1]
    found = Counter(item["code"] for item in items if "fingerprint" in item.get("data", {}))
    return found, [item["message"] for item in items if item["severity"] == 1 and "data" not in item]


def test_a_server_whose_engine_is_killed_lives_and_is_right_afterwards(server: Server, root: Path) -> None:
    chance = random.Random(11)
    wanted = Counter(dict.fromkeys(WANTED, 1))
    server.initialize(root)
    file = root / "f0.py"
    uri = file.as_uri()
    server.open(file, text(0, 0))
    assert shown(server, uri, 1) == (wanted, [])
    kills = 0
    for round_ in range(1, ROUNDS + 1):
        version = 2 * round_
        with Killer(server.process.pid, chance) as killer:
            change(server, uri, version, text(round_, 0))
            found, errors = shown(server, uri, version)
            verdict = server.verdict()
        kills += killer.kills
        assert found == wanted or errors
        assert_no_silent_pass(verdict)
        assert_right(server.verdict())
        change(server, uri, version + 1, text(round_, 0) + "#\n")
        assert shown(server, uri, version + 1) == (wanted, [])
    assert kills
    assert not server.errors


def test_rules_that_load_while_the_engine_is_killed_are_all_there_or_an_error_is_shown(
    server: Server, root: Path
) -> None:
    chance = random.Random(13)
    rules = root / ".secloop" / "rules" / "r.yaml"
    server.initialize(root)
    server.open(root / "f0.py", text(0, 0))
    kills = 0
    for round_ in range(ROUNDS):
        # Rules that no cache has seen.
        rules.write_text(RULES.replace("message: exec", f"message: exec {round_}"))
        with Killer(server.process.pid, chance) as killer:
            server.notify(
                "workspace/didChangeWatchedFiles", {"changes": [{"uri": rules.as_uri(), "type": 2}]}
            )
            verdict = server.verdict()
        kills += killer.kills
        assert_no_silent_pass(verdict)
        assert_right(server.verdict())
    assert kills
    assert not server.errors


def change(server: Server, uri: str, version: int, content: str) -> None:
    server.notify(
        "textDocument/didChange",
        {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": content}]},
    )
