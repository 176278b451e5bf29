"""Gives a mail or file connection a TLS context that checks whom it is made with."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Rewrite

TITLE = "Check the server's certificate"

_CONTEXTS = {
    "smtplib.SMTP_SSL": "context",
    "imaplib.IMAP4_SSL": "ssl_context",
    "poplib.POP3_SSL": "context",
    "ftplib.FTP_TLS": "context",
    "nntplib.NNTP_SSL": "ssl_context",
}


def rewrite(change: Rewrite) -> None:
    """Add the default context; ``IMAP4.starttls`` has another name for it."""
    call = change.find(cst.Call, lambda node: _keyword(change, node) is not None, "connection over TLS")
    context = change.spell("ssl", "create_default_context")
    change.set_argument(call, _keyword(change, call) or "context", f"{context}()")


def _keyword(change: Rewrite, call: cst.Call) -> str | None:
    for function, keyword in _CONTEXTS.items():
        if change.names.means(call.func, function):
            return keyword
    if isinstance(call.func, cst.Attribute) and call.func.attr.value == "starttls":
        modules = {imported.module for imported in change.names.imports}
        return "ssl_context" if "imaplib" in modules and "smtplib" not in modules else "context"
    return None
