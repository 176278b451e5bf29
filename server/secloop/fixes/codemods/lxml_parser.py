"""Parses XML without fetching what it refers to."""

from __future__ import annotations

from secloop.fixes.codemods.rewrite import Refused, Rewrite, is_constant

TITLE = "Resolve no external entities"

_OTHER = {"True": "False", "False": "True"}


def rewrite(change: Rewrite) -> None:
    """``resolve_entities=False, no_network=True`` and no DTD."""
    call = change.call_to("lxml.etree.XMLParser", "lxml.etree.iterparse", "lxml.etree.ETCompatXMLParser")
    missing = []
    for keyword, value in (("resolve_entities", "False"), ("no_network", "True"), ("load_dtd", "False")):
        arg = change.argument(call, keyword)
        if arg is not None and is_constant(arg.value, _OTHER[value]):
            change.replace(arg.value, value)
        elif arg is None and keyword != "load_dtd":
            missing.append(f"{keyword}={value}")
        elif arg is not None and not is_constant(arg.value, value):
            raise Refused(f"{keyword} is computed")
    if missing:
        change.add_argument(call, ", ".join(missing))
