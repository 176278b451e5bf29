"""The cache remembers across processes, stays within its bounds, and is never the reason that a run fails."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from secloop.cli.cache import cache as cache_command
from secloop.workspace import cache as module
from secloop.workspace.cache import Cache, cache_directory, open_cache

HAMMER = """
import sys
from pathlib import Path
from secloop.workspace.cache import Cache
me, directory = int(sys.argv[1]), Path(sys.argv[2])
cache = Cache(directory)
for turn in range(30):
    shared = {f"k{turn}-{i}": b"%d-%d" % (turn, i) * 50 for i in range(20)}
    cache.put_many("shared", shared)
    cache.put("own", f"{me}-{turn}", b"%d" % me)
    for key, value in cache.get_many("shared", list(shared)).items():
        assert value == shared[key]
assert all(cache.get("own", f"{me}-{turn}") == b"%d" % me for turn in range(30))
assert cache.notice is None, cache.notice
"""


def entries(directory: Path) -> sqlite3.Connection:
    (file,) = directory.glob("*.sqlite3")
    return sqlite3.connect(file, isolation_level=None)


def test_values_outlive_the_process_that_put_them(tmp_path: Path) -> None:
    Cache(tmp_path).put_many("results", {"a": b"1", "b": b""})
    fresh = Cache(tmp_path)
    assert fresh.get_many("results", ["a", "b", "c"]) == {"a": b"1", "b": b""}
    assert fresh.get("other", "a") is None


def test_more_keys_than_sqlite_takes_parameters(tmp_path: Path) -> None:
    values = {str(i): b"%d" % i for i in range(5_000)}
    cache = Cache(tmp_path)
    cache.put_many("n", values)
    assert cache.get_many("n", list(values)) == values


def test_nothing_is_made_before_the_first_use(tmp_path: Path) -> None:
    open_cache(tmp_path / "later")
    assert not (tmp_path / "later").exists()


def test_many_processes_at_once(tmp_path: Path) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", HAMMER, str(i), str(tmp_path)], stderr=subprocess.PIPE)
        for i in range(8)
    ]
    assert [(process.communicate()[1], process.returncode) for process in running] == [(b"", 0)] * 8


def test_many_threads_at_once(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    threads = [
        threading.Thread(target=lambda i=i: [cache.put("t", f"{i}-{j}", b"x") for j in range(20)])
        for i in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(cache.get_many("t", [f"{i}-{j}" for i in range(8) for j in range(20)])) == 160


def test_size_is_bounded_and_the_least_recently_used_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path, limit=1_000_000)
    monkeypatch.setattr(module, "_today", lambda: 100)
    cache.put_many("n", {"used again": b"u", "forgotten": b"f"})
    monkeypatch.setattr(module, "_today", lambda: 101)
    cache.get("n", "used again")
    for part in range(30):
        cache.put_many("n", {f"{part}-{i}": os.urandom(1_000) for i in range(50)})
        cache.get("n", "used again")
    assert cache.info().size <= 1_000_000
    assert cache.get("n", "forgotten") is None
    assert cache.get("n", "29-49") is not None
    assert cache.notice is None


def test_a_value_that_would_push_out_all_others_is_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=100_000)
    cache.put_many("n", {"small": b"s", "huge": bytes(90_000)})
    assert set(cache.get_many("n", ["small", "huge"])) == {"small"}


@pytest.mark.parametrize(
    "garbage",
    [
        "value = x'00'",
        "value = 'text'",
        "value = NULL",
        "checksum = NULL",
        "checksum = value",
        "(value, checksum) = (SELECT value, checksum FROM entry WHERE key = 'n:b')",
    ],
)
def test_garbage_in_a_row_is_a_miss(tmp_path: Path, garbage: str) -> None:
    Cache(tmp_path).put_many("n", {"a": b"right", "b": b"other"})
    with entries(tmp_path) as connection:
        connection.execute(f"UPDATE entry SET {garbage} WHERE key = 'n:a'")
    cache = Cache(tmp_path)
    assert cache.get("n", "a") is None
    cache.put("n", "a", b"right")
    assert cache.get("n", "a") == b"right"
    assert cache.notice is None


@pytest.mark.parametrize("damage", ["truncated", "overwritten", "other program's", "no table"])
def test_a_damaged_file_is_done_without_and_said_once(tmp_path: Path, damage: str) -> None:
    healthy = Cache(tmp_path)
    healthy.put_many("n", {str(i): bytes(2_000) for i in range(100)})
    healthy.close()
    (file,) = tmp_path.glob("*.sqlite3")
    if damage == "truncated":
        file.write_bytes(file.read_bytes()[:10_000])
    elif damage == "overwritten":
        file.write_bytes(file.read_bytes()[:4_096] + os.urandom(100_000))
    elif damage == "other program's":
        file.write_bytes(b"not a database at all" * 1_000)
    else:
        with entries(tmp_path) as connection:
            connection.execute("DROP TABLE entry")
    cache = Cache(tmp_path)
    cache.get_many("n", [str(i) for i in range(100)])
    cache.put("n", "new", b"v")
    first = cache.notice
    assert first is not None
    assert "secloop cache clean" in first
    cache.get("n", "new")
    assert cache.notice == first
    cache.clean()
    cache.put("n", "new", b"v")
    assert (cache.get("n", "new"), cache.notice) == (b"v", None)


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "cache")
    cache.put("n", "a", b"1")
    assert cache.get("n", "a") is None
    assert cache.notice is not None


def test_a_locked_file_is_read_but_not_waited_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BUSY_SECONDS", 0.1)
    Cache(tmp_path).put("n", "a", b"1")
    with entries(tmp_path) as other:
        other.execute("BEGIN IMMEDIATE")
        cache = Cache(tmp_path)
        assert cache.get("n", "a") == b"1"
        cache.put("n", "b", b"2")
        assert "locked" in str(cache.notice)
        assert cache.get("n", "a") == b"1"
        other.execute("ROLLBACK")


def test_the_folder_is_the_users_or_the_one_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECLOOP_CACHE_DIR", str(tmp_path))
    assert open_cache().path.parent == tmp_path
    monkeypatch.delenv("SECLOOP_CACHE_DIR")
    assert "secloop" in str(cache_directory())
    assert cache_directory().is_absolute()


def test_command_shows_and_cleans(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECLOOP_CACHE_DIR", str(tmp_path))
    (tmp_path / "cache-0.sqlite3").write_bytes(b"an older format")
    (tmp_path / "notes.txt").write_text("not ours")
    open_cache().put("n", "a", b"1")
    assert "1 entries" in CliRunner().invoke(cache_command, ["info"]).output
    assert CliRunner().invoke(cache_command, ["clean"]).exit_code == 0
    assert open_cache().get("n", "a") is None
    assert {path.name for path in tmp_path.iterdir()} >= {"notes.txt"}
    assert not (tmp_path / "cache-0.sqlite3").exists()


def test_command_says_what_cannot_be_cleaned(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("SECLOOP_CACHE_DIR", str(tmp_path / "file"))
    result = CliRunner().invoke(cache_command, ["clean"])
    assert result.exit_code == 1
    assert "cannot be cleaned" in result.output
