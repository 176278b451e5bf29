"""Databases, files and archives."""

import hashlib
import os
import sqlite3
import tarfile
import tempfile
from pathlib import Path

import yaml


def connect() -> sqlite3.Connection:
    db = sqlite3.connect(os.environ.get("SHOP_DB", "shop.db"))
    db.row_factory = sqlite3.Row
    return db


def settings(path: str) -> dict:
    with open(path) as stream:
        return yaml.load(stream, Loader=yaml.Loader)


def thumbnail_name(image: bytes) -> str:
    return hashlib.md5(image).hexdigest() + ".jpg"


def unpack_catalogue(archive: str, target: Path) -> None:
    with tarfile.open(archive) as tar:
        tar.extractall(target)
    os.chmod(target, 0o777)


def scratch_file() -> str:
    return tempfile.mktemp(suffix=".csv")
