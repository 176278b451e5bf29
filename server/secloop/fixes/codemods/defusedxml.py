"""XML is parsed by defusedxml, which refuses entities that fetch files or fill the memory."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.names import Imported
from secloop.fixes.codemods.rewrite import Refused, Rewrite

TITLE = "Parse XML with defusedxml"

_PULL = frozenset({"parse", "parseString"})
_TREE = frozenset({"parse", "iterparse", "fromstring", "tostring", "XML", "XMLParser", "ParseError"})
_OFFERS = {
    "xml.etree.ElementTree": ("defusedxml.ElementTree", _TREE),
    "xml.etree.cElementTree": ("defusedxml.ElementTree", _TREE),
    "xml.dom.minidom": ("defusedxml.minidom", _PULL),
    "xml.dom.pulldom": ("defusedxml.pulldom", _PULL),
    "xml.dom.expatbuilder": ("defusedxml.expatbuilder", _PULL),
    "xml.sax": ("defusedxml.sax", frozenset({"parse", "parseString", "make_parser"})),
}
"""What defusedxml has in place of each module, and which of its names."""


def rewrite(change: Rewrite) -> None:
    """Swap the import where defusedxml has all that the file uses of it, else redirect the one call."""
    call = change.source.find(cst.Call, change.where, lambda node: _function(change, node) is not None)
    function = _function(change, call) if call is not None else None
    imported = _import_of(change, call)
    module = _module(imported) if imported is not None else None
    if imported is not None and module is not None and _has_all(change, imported, module):
        _swap(change, imported, module)
    elif call is not None and function is not None:
        _redirect(change, call, *function)
    else:
        raise Refused("the file uses what defusedxml does not have")


def _function(change: Rewrite, call: cst.Call) -> tuple[str, str] | None:
    """The module and the name of a parsing function, if defusedxml has it."""
    for qualified in change.names.resolve(call.func):
        module, _, name = qualified.rpartition(".")
        if module in _OFFERS and name in _OFFERS[module][1]:
            return module, name
    return None


def _module(imported: Imported) -> str | None:
    """Which of the modules an import is about."""
    return next((name for name in (imported.qualified, imported.module) if name in _OFFERS), None)


def _import_of(change: Rewrite, call: cst.Call | None) -> Imported | None:
    start, end = change.where
    for imported in change.names.imports:
        if _module(imported) is None:
            continue
        low, high = change.source.span(imported.statement)
        if call is None and low < end and start < high:
            return imported
        if call is not None and _leads_to(imported, call):
            return imported
    return None


def _leads_to(imported: Imported, call: cst.Call) -> bool:
    function: cst.BaseExpression = call.func
    while isinstance(function, cst.Attribute):
        function = function.value
    return isinstance(function, cst.Name) and function.value == imported.local


def _has_all(change: Rewrite, imported: Imported, module: str) -> bool:
    """Whether the import may be swapped: a name of its own, used only for what defusedxml has."""
    if not change.names.means(_name_node(imported), imported.qualified, imported.local):
        return False
    if imported.qualified != module:
        return imported.qualified.removeprefix(module + ".") in _OFFERS[module][1]
    uses = [node for node in change.source.nodes if _speaks_of(change, node, imported)]
    return all(_name_used(change, node) in _OFFERS[module][1] for node in uses)


def _name_node(imported: Imported) -> cst.Name | None:
    asname = imported.alias.asname.name if imported.alias.asname else imported.alias.name
    return asname if isinstance(asname, cst.Name) else None


def _speaks_of(change: Rewrite, node: cst.CSTNode, imported: Imported) -> bool:
    if not isinstance(node, cst.Name) or node.value != imported.local:
        return False
    parent = change.source.parent(node)
    if isinstance(parent, cst.Attribute) and parent.attr is node:
        return False
    return change.names.means(node, imported.qualified) and not any(
        isinstance(above, (cst.Import, cst.ImportFrom)) for above in change.source.ancestors(node)
    )


def _name_used(change: Rewrite, node: cst.CSTNode) -> str:
    parent = change.source.parent(node)
    return parent.attr.value if isinstance(parent, cst.Attribute) else ""


def _swap(change: Rewrite, imported: Imported, module: str) -> None:
    statement, alias = imported.statement, imported.alias
    aliases = statement.names
    if isinstance(aliases, cst.ImportStar) or len(aliases) != 1:
        raise Refused("the import has other names beside")
    replacement = _OFFERS[module][0]
    if isinstance(statement, cst.Import):
        change.replace(alias.name, replacement)
    elif imported.module == module and statement.module is not None:
        change.replace(statement.module, replacement)
    else:
        parent, name = replacement.rsplit(".", 1)
        asname = alias.asname is not None
        start, _ = change.source.span(statement)
        old = module.rsplit(".", 1)[1]
        words = f"from {parent} import {name}" + (f" as {imported.local}" if asname or old != name else "")
        change.replace_range(start, change.source.span(statement)[1], words)


def _redirect(change: Rewrite, call: cst.Call, module: str, name: str) -> None:
    change.replace(call.func, change.spell(_OFFERS[module][0], name))
    change.drop_unused(module, module.rpartition(".")[0])
