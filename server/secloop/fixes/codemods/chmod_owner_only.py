"""A file or folder is for its owner only."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Refused, Rewrite, integer

TITLE = "Allow only the owner"

_POSITIONS = {
    "os.chmod": 1,
    "os.lchmod": 1,
    "os.fchmod": 1,
    "os.mkdir": 1,
    "os.makedirs": 1,
    "os.mkfifo": 1,
    "os.open": 2,
}
_METHODS = frozenset({"chmod", "lchmod", "mkdir", "touch"})
_OWNER_EXECUTES = 0o100
_OTHERS = 0o077


def rewrite(change: Rewrite) -> None:
    """``0o700`` for what the owner can execute, else ``0o600``."""
    call = change.find(cst.Call, lambda node: _position(change, node) is not None, "call that sets a mode")
    position = _position(change, call)
    arg = change.argument(call, "mode", position)
    mode = integer(arg.value) if arg is not None else None
    if arg is None or mode is None:
        raise Refused("the mode is not a number in the call")
    if not mode & _OTHERS:
        raise Refused("the mode is for the owner only")
    change.replace(arg.value, "0o700" if mode & _OWNER_EXECUTES else "0o600")


def _position(change: Rewrite, call: cst.Call) -> int | None:
    for function, position in _POSITIONS.items():
        if change.names.means(call.func, function):
            return position
    if isinstance(call.func, cst.Attribute) and call.func.attr.value in _METHODS:
        return 0
    return None
