"""The text of a document as an editor holds it, by the letter of LSP: what secloop's own store is compared with."""

from __future__ import annotations

import re
from typing import Any

_LINE_END = re.compile("\r\n|\r|\n")


class ClientText:
    """A text as a sequence of what the client's encoding counts: UTF-16 code units, else code points.

    A leading byte order mark and lone surrogates are part of it, as they are in an editor.
    """

    def __init__(self, text: str, encoding: str) -> None:
        self.encoding = encoding
        self._units = self._expand(text)

    @property
    def text(self) -> str:
        """The text with surrogate pairs as the characters they are."""
        return self._units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")

    @property
    def saved(self) -> str:
        """The text as an editor would write it: a lone surrogate has no UTF-8."""
        return re.sub("[\ud800-\udfff]", "\ufffd", self.text)

    def change(self, at: int, delete: int, text: str) -> dict[str, Any]:
        """Replace what is ``at`` thousandths of the text; returns the LSP content change that says so."""
        start = self._addressable(len(self._units) * at // 1000)
        end = self._addressable(min(start + delete, len(self._units)))
        change = {"range": {"start": self._place(start), "end": self._place(end)}, "text": text}
        self._units = self._expand(self.text_units(0, start) + text + self.text_units(end))
        return change

    def replace(self, text: str) -> dict[str, Any]:
        """Replace the whole text; returns the LSP content change that says so."""
        self._units = self._expand(text)
        return {"text": text}

    def text_units(self, start: int, end: int | None = None) -> str:
        """A slice in units."""
        return self._units[start:end]

    def position(self, position: dict[str, int]) -> dict[str, int]:
        """Where a place of the verdict (1-based line, 1-based column in code points, no BOM) is in the client."""
        line = _LINE_END.split(self.text)[position["line"] - 1]
        mark = 1 if position["line"] == 1 and line.startswith("\ufeff") else 0
        before = line[: position["column"] - 1 + mark]
        return {"line": position["line"] - 1, "character": self._measure(before)}

    def _expand(self, text: str) -> str:
        if self.encoding != "utf-16":
            return text
        data = text.encode("utf-16-le", "surrogatepass")
        return "".join(chr(data[i] | data[i + 1] << 8) for i in range(0, len(data), 2))

    def _addressable(self, index: int) -> int:
        """LSP has no position between ``\\r`` and ``\\n``."""
        return index + 1 if self._units[index - 1 : index + 1] == "\r\n" and index else index

    def _place(self, index: int) -> dict[str, int]:
        lines = _LINE_END.split(self._units[:index])
        return {"line": len(lines) - 1, "character": self._measure(lines[-1])}

    def _measure(self, text: str) -> int:
        if self.encoding == "utf-8":
            return len(text.encode("utf-8"))
        return len(self._expand(text))
