"""What a rule pack from elsewhere holds: rule files that are data, and the digest that pins them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

import rfc8785
from msgspec import Struct

from secloop.rules.pack import RuleFile

_LINE_END = re.compile(rb"\r\n?")


class PackContent(Struct, frozen=True):
    """The rule files of a pack by their paths in it, and what these are shown under."""

    files: Mapping[str, bytes]
    shown: str = ""

    @property
    def digest(self) -> str:
        """``sha256:`` and the digest of every rule file's path and text; however git ends the lines of a checkout."""
        rows = sorted([path, _text_hash(data)] for path, data in self.files.items())
        return f"sha256:{hashlib.sha256(rfc8785.dumps(rows)).hexdigest()}"

    def rule_files(self, name: str) -> Iterator[RuleFile]:
        """The files as the loader takes them, under the name that the configuration gives the pack."""
        for path, data in sorted(self.files.items()):
            yield RuleFile(f"{self.shown}/{path}" if self.shown else path, data, "pack", name)


def _text_hash(data: bytes) -> str:
    return hashlib.sha256(_LINE_END.sub(b"\n", data)).hexdigest()
