"""Reads other tools' configuration: data within limits, of which nothing is executed."""

from __future__ import annotations

import configparser
from collections.abc import Mapping, Sequence
from typing import Any

from secloop.cli.outputs import undecided
from secloop.rules.nodes import DataError
from secloop.workspace.config import MAX_CONFIG_SIZE
from secloop.workspace.toml import TomlError, parse_toml
from secloop.workspace.tree import Tree


def found(tree: Tree, names: Sequence[str]) -> Mapping[str, bytes]:
    """The files of these names that are there, in this order."""
    files = {}
    for name in names:
        try:
            files[name] = tree.read(name, MAX_CONFIG_SIZE)
        except FileNotFoundError:
            continue
        except OSError as error:
            undecided(f"{name} cannot be read: {error.strerror}")
    return files


def toml(name: str, data: bytes, *table: str) -> Mapping[str, Any] | None:
    """A table of a TOML file, the whole by default; None if it has none."""
    try:
        values: Any = parse_toml(data).values
    except TomlError as error:
        undecided(f"{name}:{error.line}: not valid TOML: {error}")
    for part in table:
        values = values.get(part) if isinstance(values, Mapping) else None
    if values is None:
        return None
    return mapping(values, f"{name}: {'.'.join(table) or 'the file'}")


def yaml(name: str, data: bytes) -> Mapping[str, Any]:
    """A YAML file of plain values."""
    from secloop.rules.yaml import load_yaml

    try:
        value = load_yaml(data).plain()
    except DataError as error:
        undecided(f"{name}:{error.line}: {error.reason}")
    return {} if value is None else mapping(value, name)


def ini(name: str, data: bytes, section: str) -> Mapping[str, str]:
    """A section of an INI file, without the interpolation that it could ask for."""
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(data.decode("utf-8"), name)
    except (configparser.Error, UnicodeDecodeError) as error:
        undecided(f"{name}: not an INI file: {' '.join(str(error).split())}")
    if not parser.has_section(section):
        undecided(f"{name} has no section [{section}]")
    return dict(parser.items(section))


def mapping(value: Any, what: str) -> Mapping[str, Any]:
    """A value that must be a table."""
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        undecided(f"{what} must be a table")
    return value


def texts(value: Any, what: str) -> tuple[str, ...]:
    """A value that must be a list of texts; nothing at all is an empty one."""
    if value is None:
        return ()
    if not isinstance(value, (list, tuple)) or not all(isinstance(each, str) for each in value):
        undecided(f"{what} must be a list of texts")
    return tuple(each.strip() for each in value if each.strip())
