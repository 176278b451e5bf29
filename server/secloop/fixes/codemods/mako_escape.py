"""Lets Mako escape what it writes into a page."""

from __future__ import annotations

from secloop.fixes.codemods.rewrite import Rewrite

TITLE = "Escape values"


def rewrite(change: Rewrite) -> None:
    """Add ``default_filters=["h"]``."""
    call = change.call_to("mako.template.Template", "mako.lookup.TemplateLookup")
    change.set_argument(call, "default_filters", '["h"]')
