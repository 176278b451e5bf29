"""``tempfile.mktemp`` only names a file that anyone may then create; these create it as well."""

from __future__ import annotations

import re

import libcst as cst

from secloop.fixes.codemods.rewrite import Refused, Rewrite

TITLE = "Create the temporary file safely"

_PARAMETERS = ("suffix", "prefix", "dir")
_NEEDS_NO_FILE = re.compile(r"\b(mkfifo|bind|symlink|link|mkdir|makedirs|copytree|mknod|AF_UNIX)\b")


def rewrite(change: Rewrite) -> None:
    """A file with its mode where it is opened at once, a folder where one is made, else a file's name."""
    call = change.call_to("tempfile.mktemp")
    given = _arguments(change, call)
    outer = _call_around(change, call)
    if outer is not None and change.names.means(outer.func, "open", "io.open"):
        _opened(change, outer, call, given)
    elif outer is not None and change.names.means(outer.func, "os.mkdir", "os.makedirs"):
        if len(outer.args) != 1 or not isinstance(change.source.parent(outer), cst.Expr):
            raise Refused("the folder's name or mode is used further")
        change.replace(outer, f"{_spelled(change, call, 'mkdtemp')}({', '.join(given)})")
    else:
        if _NEEDS_NO_FILE.search(change.source.document.text):
            raise Refused("the name may be for something other than a file")
        arguments = ", ".join([*given, "delete=False"])
        change.replace(call, f"{_spelled(change, call, 'NamedTemporaryFile')}({arguments}).name")
    change.drop_unused("tempfile", "os")


def _spelled(change: Rewrite, call: cst.Call, name: str) -> str:
    return change.spell("tempfile", name, like=call.func)


def _arguments(change: Rewrite, call: cst.Call) -> list[str]:
    """mktemp's arguments as keywords, since the others take them in another order."""
    found = [(name, change.argument(call, name, index)) for index, name in enumerate(_PARAMETERS)]
    return [f"{name}={change.text(arg.value)}" for name, arg in found if arg is not None]


def _call_around(change: Rewrite, call: cst.Call) -> cst.Call | None:
    arg = change.source.parent(call)
    outer = change.source.parent(arg) if isinstance(arg, cst.Arg) else None
    if isinstance(outer, cst.Call) and outer.args[0] is arg and arg.keyword is None:
        return outer
    return None


def _opened(change: Rewrite, outer: cst.Call, call: cst.Call, given: list[str]) -> None:
    """``open(mktemp(), mode, …)``: the other arguments of ``open`` that both take are kept."""
    mode = change.argument(outer, "mode", 1)
    if mode is None or "r" in change.text(mode.value):
        raise Refused("the file is opened for reading")
    kept = [f"mode={change.text(mode.value)}"]
    for arg in outer.args[1:]:
        if arg is mode:
            continue
        if arg.keyword is None or arg.keyword.value not in ("buffering", "encoding", "newline", "errors"):
            raise Refused("open has arguments that a temporary file does not take")
        kept.append(f"{arg.keyword.value}={change.text(arg.value)}")
    arguments = ", ".join([*kept, *given, "delete=False"])
    change.replace(outer, f"{_spelled(change, call, 'NamedTemporaryFile')}({arguments})")
