"""MD4, MD5 and SHA-1 become SHA-256."""

from __future__ import annotations

from secloop.fixes.codemods.rewrite import Refused, Rewrite, string_value

TITLE = "Hash with SHA-256"

WEAK = ("hashlib.md4", "hashlib.md5", "hashlib.sha1")
_WEAK_NAMES = frozenset({"md4", "md5", "sha1", "sha", "sha-1"})


def rewrite(change: Rewrite) -> None:
    """Change the function, or the name given to ``hashlib.new``."""
    call = change.call_to(*WEAK, "hashlib.new")
    security = change.argument(call, "usedforsecurity")
    if security is not None:
        change.remove_argument(call, security)
    if change.names.means(call.func, "hashlib.new"):
        name = change.argument(call, "name", 0)
        if name is None or (string_value(name.value) or "").lower() not in _WEAK_NAMES:
            raise Refused("the call names no weak hash")
        change.replace(name.value, '"sha256"')
        return
    change.replace(call.func, change.spell("hashlib", "sha256", like=call.func))
    change.drop_unused("hashlib")
