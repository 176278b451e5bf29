"""What names in a Python file stand for: imports with their aliases, and what hides them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import libcst as cst
from msgspec import Struct

from secloop.fixes.codemods.source import Source

Scope = cst.CSTNode
_SCOPES = (
    cst.Module,
    cst.FunctionDef,
    cst.ClassDef,
    cst.Lambda,
    cst.ListComp,
    cst.SetComp,
    cst.DictComp,
    cst.GeneratorExp,
)


class Imported(Struct, frozen=True, eq=False):
    """One name that an import binds.

    ``qualified`` is what the local name stands for (``import a.b`` binds ``a``), ``module`` what is imported;
    ``alias`` is the part of the statement that says so.
    """

    local: str
    qualified: str
    module: str
    statement: cst.Import | cst.ImportFrom
    alias: cst.ImportAlias
    scope: Scope
    at_runtime: bool


def dotted(node: cst.BaseExpression | None) -> str | None:
    """``a.b.c`` of a name or attribute, None for anything else."""
    if isinstance(node, cst.Name):
        return node.value
    if isinstance(node, cst.Attribute):
        base = dotted(node.value)
        return None if base is None else f"{base}.{node.attr.value}"
    return None


class Names:
    """Answers for one file what a name or attribute stands for where it is used."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @cached_property
    def imports(self) -> tuple[Imported, ...]:
        """Every name bound by an import, in document order; ``from x import *`` binds none that we know."""
        return tuple(found for node in self._source.nodes for found in self._imported(node))

    def _imported(self, node: cst.CSTNode) -> Iterator[Imported]:
        if not isinstance(node, (cst.Import, cst.ImportFrom)) or isinstance(node.names, cst.ImportStar):
            return
        scope = self.scope(node)
        runtime = not any(
            isinstance(above, cst.If) and (dotted(above.test) or "").endswith("TYPE_CHECKING")
            for above in self._source.ancestors(node)
        )
        base = ""
        if isinstance(node, cst.ImportFrom):
            base = "." * len(node.relative) + (dotted(node.module) or "")
        for alias in node.names:
            name = dotted(alias.name) or ""
            asname = alias.asname.name if alias.asname else None
            module = base if base else name
            if isinstance(node, cst.ImportFrom):
                local, qualified = name, f"{base}.{name}"
            else:
                local, qualified = name.split(".", 1)[0], name.split(".", 1)[0]
            if isinstance(asname, cst.Name):
                local, qualified = asname.value, f"{base}.{name}" if base else name
            yield Imported(local, qualified, module, node, alias, scope, runtime)

    @cached_property
    def bindings(self) -> dict[tuple[Scope, str], list[cst.Name]]:
        """Every name bound otherwise than by an import, by scope."""
        found: dict[tuple[Scope, str], list[cst.Name]] = {}
        for node in self._source.nodes:
            if isinstance(node, cst.Name) and self._binds(node):
                found.setdefault((self._binding_scope(node), node.value), []).append(node)
        return found

    @cached_property
    def declared_elsewhere(self) -> frozenset[str]:
        """Names in ``global`` and ``nonlocal`` statements, which are bound elsewhere than they look."""
        return frozenset(
            item.name.value
            for node in self._source.nodes
            if isinstance(node, (cst.Global, cst.Nonlocal))
            for item in node.names
        )

    @cached_property
    def _imports_by_scope(self) -> dict[tuple[Scope, str], list[Imported]]:
        found: dict[tuple[Scope, str], list[Imported]] = {}
        for imported in self.imports:
            found.setdefault((imported.scope, imported.local), []).append(imported)
        return found

    def scope(self, node: cst.CSTNode) -> Scope:
        """The scope that a node is evaluated in."""
        below = node
        for above in self._source.ancestors(node):
            # Its name, decorators, defaults and annotations belong outside; parameters' names inside.
            parameter = isinstance(below, cst.Parameters) and self._is_parameter_name(node)
            if isinstance(above, cst.FunctionDef) and below is not above.body and not parameter:
                below = above
                continue
            if isinstance(above, cst.ClassDef) and below is not above.body:
                below = above
                continue
            if isinstance(above, _SCOPES):
                return above
            below = above
        return self._source.module

    def _is_parameter_name(self, node: cst.CSTNode) -> bool:
        parent = self._source.parent(node)
        return isinstance(parent, cst.Param) and parent.name is node

    def _binding_scope(self, node: cst.Name) -> Scope:
        if any(isinstance(above, cst.NamedExpr) for above in self._source.ancestors(node)):
            # ``:=`` binds in the scope around comprehensions.
            scope = self.scope(node)
            while isinstance(scope, (cst.ListComp, cst.SetComp, cst.DictComp, cst.GeneratorExp)):
                scope = self.scope(scope)
            return scope
        return self.scope(node)

    def _binds(self, name: cst.Name) -> bool:
        below: cst.CSTNode = name
        for above in self._source.ancestors(name):
            if isinstance(above, (cst.Tuple, cst.List, cst.Element, cst.StarredElement)):
                below = above
                continue
            if isinstance(above, (cst.FunctionDef, cst.ClassDef, cst.Param)):
                return above.name is below
            if isinstance(
                above, (cst.AssignTarget, cst.AnnAssign, cst.AugAssign, cst.For, cst.CompFor, cst.NamedExpr)
            ):
                return above.target is below
            if isinstance(above, (cst.AsName, cst.MatchAs, cst.MatchStar)):
                return above.name is below and not any(
                    isinstance(higher, cst.ImportAlias) for higher in self._source.ancestors(above)
                )
            return False
        return False

    def scopes(self, node: cst.CSTNode) -> Iterator[Scope]:
        """The scopes in which a name used at a node is looked for, innermost first."""
        scope = self.scope(node)
        first = True
        while True:
            if first or not isinstance(scope, cst.ClassDef):
                yield scope
            if isinstance(scope, cst.Module):
                return
            first = first and not isinstance(scope, cst.FunctionDef)
            scope = self.scope(scope)

    def resolve(self, node: cst.CSTNode | None) -> frozenset[str]:
        """The qualified names that a name or attribute may stand for; empty if that is not known.

        A builtin or unbound name stands for itself.
        """
        if isinstance(node, cst.Attribute):
            return frozenset(f"{base}.{node.attr.value}" for base in self.resolve(node.value))
        if not isinstance(node, cst.Name):
            return frozenset()
        for scope in self.scopes(node):
            imported = self._imports_by_scope.get((scope, node.value), ())
            bound = self.bindings.get((scope, node.value), ())
            if imported and all(self._is_fallback(binding) for binding in bound):
                return frozenset(found.qualified for found in imported)
            if imported or bound:
                return frozenset()
        return frozenset({node.value})

    def _is_fallback(self, name: cst.Name) -> bool:
        """Whether a name is bound to None, as in ``except ImportError: yaml = None``."""
        target = self._source.parent(name)
        assign = self._source.parent(target) if target is not None else None
        return (
            isinstance(assign, cst.Assign)
            and isinstance(assign.value, cst.Name)
            and assign.value.value == "None"
        )

    def means(self, node: cst.CSTNode | None, *qualified: str) -> bool:
        """Whether a name or attribute surely stands for one of these."""
        found = self.resolve(node)
        return bool(found) and found <= frozenset(qualified)

    def hidden(self, name: str, node: cst.CSTNode, imported: Imported | None) -> bool:
        """Whether a module-level import's name would mean something else where a node is."""
        for scope in self.scopes(node):
            others = [
                found
                for found in self._imports_by_scope.get((scope, name), ())
                if imported is None or found.qualified != imported.qualified
            ]
            bound = self.bindings.get((scope, name), ())
            if others or any(imported is None or not self._is_fallback(item) for item in bound):
                return True
            if imported is not None and scope is imported.scope:
                return False
        return name in self.declared_elsewhere and imported is None


def names_of(source: Source) -> Names:
    """The names of a file, worked out once."""
    cached: Names | None = source.__dict__.get("_names")
    if cached is None:
        cached = source.__dict__["_names"] = Names(source)
    return cached
