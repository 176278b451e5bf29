"""Remembers results and compiled rules between runs: one SQLite file in the user's cache folder.

A cache never changes an answer and never fails a run (DESIGN, invariant 2): what is damaged, locked or
not writable counts as absent, and ``Cache.notice`` says so once.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import orjson
from msgspec import Struct

DIRECTORY_VARIABLE = "SECLOOP_CACHE_DIR"
DEFAULT_LIMIT = 500_000_000
"""Bytes that the cache may hold before what was used least recently goes."""
_FILE = "cache-1.sqlite3"
_BUSY_SECONDS = 5.0
_AT_ONCE = 900  # SQLite of old took no more than 999 parameters
_KEPT_AFTER_EVICTION = 0.8
_LARGEST_PART = 4
"""A value larger than the limit divided by this is not kept: it would push out everything else."""
_SCHEMA = """
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS entry (key TEXT PRIMARY KEY, value BLOB, checksum BLOB, used INTEGER);
CREATE INDEX IF NOT EXISTS entry_used ON entry (used);
PRAGMA user_version = 1;
COMMIT;
"""
_Change = Callable[[sqlite3.Connection], None]


def cache_directory() -> Path:
    """The folder of the cache: ``SECLOOP_CACHE_DIR``, or the platform's for secloop's caches."""
    given = os.environ.get(DIRECTORY_VARIABLE)
    if given:
        return Path(given)
    import platformdirs  # with more modules than all else that a check of one file needs

    return Path(platformdirs.user_cache_dir("secloop", appauthor=False))


class CacheInfo(Struct, frozen=True):
    """What ``secloop cache info`` shows; sizes in bytes."""

    path: Path
    entries: int
    size: int
    limit: int


class Cache:
    """A map from (namespace, key) to bytes that forgets what was used least recently.

    Implements the rules' ``Store`` and the engine's ``ResultCache``. Safe to use from many threads and many
    processes at once. Values carry a checksum: one that was not written whole is never returned.

    Attributes:
        notice: why the cache is not (fully) in use, one sentence; None while all is well.
    """

    def __init__(self, directory: Path, *, limit: int = DEFAULT_LIMIT) -> None:
        self.path = directory / _FILE
        self.limit = limit
        self.notice: str | None = None
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._readable = True
        self._writable = True

    def get(self, namespace: str, key: str) -> bytes | None:
        """The value of a key, or None."""
        return self.get_many(namespace, (key,)).get(key)

    def put(self, namespace: str, key: str, value: bytes) -> None:
        """Remember a value, if possible."""
        self.put_many(namespace, {key: value})

    def get_many(self, namespace: str, keys: Sequence[str]) -> Mapping[str, bytes]:
        """The values that are there, by key."""
        found: dict[str, bytes] = {}
        with self._lock:
            if not self._readable:
                return found
            stale: list[str] = []
            today = _today()
            try:
                for name, value, checksum, used in self._select([f"{namespace}:{key}" for key in keys]):
                    if isinstance(value, bytes) and checksum == _checksum(name, value):
                        found[name[len(namespace) + 1 :]] = value
                        if used != today:
                            stale.append(name)
            except (sqlite3.Error, OSError) as error:
                self._readable = self._writable = False
                self._say(f"could not be read ({error}); working without it")
                return {}
            if stale and self._writable:
                self._touch(stale, today)
        return found

    def put_many(self, namespace: str, values: Mapping[str, bytes]) -> None:
        """Remember values, if possible, in one transaction."""
        today = _today()
        rows = [
            (f"{namespace}:{key}", value, _checksum(f"{namespace}:{key}", value), today)
            for key, value in values.items()
            if len(value) <= self.limit // _LARGEST_PART
        ]
        with self._lock:
            self._write(lambda connection: self._insert(connection, rows))

    def info(self) -> CacheInfo:
        """How much is in the cache.

        Raises:
            sqlite3.Error, OSError: if it cannot be read.
        """
        with self._lock:
            connection = self._open()
            (entries,) = connection.execute("SELECT count(*) FROM entry").fetchone()
            return CacheInfo(self.path, entries, _used_bytes(connection), self.limit)

    def clean(self) -> None:
        """Forget everything; a damaged file is removed, with those of older formats.

        Raises:
            OSError: if a file cannot be removed.
        """
        with self._lock:
            try:
                connection = self._open()
                connection.execute("DELETE FROM entry")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.execute("VACUUM")
            except sqlite3.Error:
                self.close()
                _unlink(self.path)
            for old in self.path.parent.glob("cache-*.sqlite3"):
                if old.name != _FILE:
                    _unlink(old)
            self._readable = self._writable = True
            self.notice = None

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _touch(self, names: Sequence[str], today: int) -> None:
        """Note that entries were used. Whoever is writing now matters more, so this never waits."""
        connection = self._open()
        connection.execute("PRAGMA busy_timeout = 0")
        with contextlib.suppress(sqlite3.OperationalError):
            connection.execute(
                "UPDATE entry SET used = ? WHERE key IN (SELECT value FROM json_each(?))",
                (today, orjson.dumps(names).decode()),
            )
        connection.execute(f"PRAGMA busy_timeout = {int(_BUSY_SECONDS * 1000)}")

    def _select(self, names: Sequence[str]) -> Iterator[tuple[str, object, object, object]]:
        connection = self._open()
        for start in range(0, len(names), _AT_ONCE):
            part = names[start : start + _AT_ONCE]
            marks = ",".join("?" * len(part))
            # Only question marks are put into the statement.
            query = f"SELECT key, value, checksum, used FROM entry WHERE key IN ({marks})"  # noqa: S608
            yield from connection.execute(query, part)

    def _insert(self, connection: sqlite3.Connection, rows: Sequence[tuple[str, bytes, bytes, int]]) -> None:
        connection.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)", rows)
        if _used_bytes(connection) > self.limit:
            _evict(connection, int(self.limit * _KEPT_AFTER_EVICTION))

    def _write(self, change: _Change) -> None:
        """Make a change in one transaction; one that fails is the last that this process tries."""
        if not self._writable:
            return
        try:
            connection = self._open()
            connection.execute("BEGIN IMMEDIATE")
            try:
                change(connection)
                connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise
        except (sqlite3.Error, OSError) as error:
            self._writable = False
            self._say(f"could not be written ({error}); new results are not kept")

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            connection = sqlite3.connect(
                self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                _prepare(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _say(self, what: str) -> None:
        if self.notice is None:
            self.notice = f"the cache {self.path} {what}; `secloop cache clean` makes a new one"


def open_cache(directory: Path | None = None, *, limit: int = DEFAULT_LIMIT) -> Cache:
    """The cache in a folder, by default the user's. Nothing is opened or made before its first use."""
    return Cache(cache_directory() if directory is None else directory, limit=limit)


def _prepare(connection: sqlite3.Connection) -> None:
    until = time.monotonic() + _BUSY_SECONDS
    while connection.execute("PRAGMA user_version").fetchone() != (1,):
        try:
            # A new file has nothing to lose in a power cut, and waiting for the disk takes longer than a check.
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            # Readers and a writer do not wait for each other in WAL mode.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_SCHEMA)
        except sqlite3.OperationalError:
            # Another process is making it at this moment; SQLite itself does not wait for a change of mode.
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
    # After a power cut the last entries may be gone, which a cache can bear.
    connection.execute("PRAGMA synchronous = NORMAL")


def _today() -> int:
    """Days since 1970: fine enough to choose what goes first, and so coarse that reading seldom writes."""
    return int(time.time() // 86_400)


def _checksum(name: str, value: bytes) -> bytes:
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass") + b"\0" + value, digest_size=16).digest()


def _used_bytes(connection: sqlite3.Connection) -> int:
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def _evict(connection: sqlite3.Connection, target: int) -> None:
    """Delete what was used least recently until about ``target`` bytes are used."""
    while (used := _used_bytes(connection)) > target:
        (entries,) = connection.execute("SELECT count(*) FROM entry").fetchone()
        if not entries:
            break
        goes = max(int(entries * (1 - target / used)), 1)
        connection.execute(
            "DELETE FROM entry WHERE key IN (SELECT key FROM entry ORDER BY used, rowid LIMIT ?)", (goes,)
        )
    connection.execute("PRAGMA incremental_vacuum").fetchall()


def _unlink(database: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
