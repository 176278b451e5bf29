"""What a string with a prefix is worth to semgrep."""

from __future__ import annotations

from typing import Final

from secloop.engine.native import nodes as n
from secloop.engine.native.nodes import Node


def encoded_value(code: Node) -> Node:
    """The string in an ENCODED one. In ``r"..."`` semgrep escapes again what it has unescaped."""
    string = code.parts[0]
    assert isinstance(string, Node)
    if code.text != "r" or (escaped := _escaped(string.text)) == string.text:
        return string
    made = Node(n.STRING, escaped, (), string.start, string.end, string.base)
    made.tokens = string.tokens
    return made


def _escaped(text: str) -> str:
    """As OCaml's ``String.escaped``."""
    if text.isalnum() and text.isascii():
        return text
    return "".join(_ESCAPES.get(byte) or _byte(byte) for byte in text.encode())


def _byte(byte: int) -> str:
    return chr(byte) if 32 <= byte < 127 else f"\\{byte:03}"


_ESCAPES: Final = {
    ord('"'): '\\"',
    ord("\\"): "\\\\",
    ord("\n"): "\\n",
    ord("\t"): "\\t",
    ord("\r"): "\\r",
    ord("\b"): "\\b",
}
