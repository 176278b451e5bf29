"""Rejects an SSH server whose host key is not known, instead of trusting whoever answers."""

from __future__ import annotations

from secloop.fixes.codemods.rewrite import Rewrite

TITLE = "Reject unknown host keys"

_TRUSTING = tuple(
    f"{module}.{name}"
    for module in ("paramiko", "paramiko.client")
    for name in ("AutoAddPolicy", "WarningPolicy")
)


def rewrite(change: Rewrite) -> None:
    """Change the policy's class, called or not."""
    policy = change.reference_to(*_TRUSTING)
    (qualified,) = change.names.resolve(policy)
    module = qualified.rsplit(".", 1)[0]
    change.replace(policy, change.spell(module, "RejectPolicy", like=policy))
    change.drop_unused(module)
