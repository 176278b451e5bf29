"""Jinja templates escape what they are given, by the suffix of their names."""

from __future__ import annotations

from secloop.fixes.codemods.jinja2_autoescape import unescaped
from secloop.fixes.codemods.rewrite import Rewrite

TITLE = "Escape in HTML and XML templates"


def rewrite(change: Rewrite) -> None:
    """``autoescape=select_autoescape()``, imported the way the file imports jinja2.

    A ``Template`` has no name to judge by, so that it gets ``True``.
    """
    call = unescaped(change)
    if change.names.means(call.func, "jinja2.Template"):
        change.set_argument(call, "autoescape", "True")
        return
    like = call.func if change.names.means(call.func, "jinja2.Environment") else None
    change.set_argument(call, "autoescape", f"{change.spell('jinja2', 'select_autoescape', like=like)}()")
