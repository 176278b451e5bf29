"""The scopes that semgrep declares names in, and what a name means at a place.

How each kind of node is walked is registered in `VISITS` by `scope_expressions` and `scope_statements`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from secloop.engine.native import nodes as n
from secloop.engine.native.bindings import (
    GLOBAL,
    LOCAL,
    Binding,
    Chunk,
    Environment,
    Names,
    Place,
    Resolved,
    Scope,
    Visible,
    fresh,
)
from secloop.engine.native.nodes import Base, Node, Part

LITERAL_TYPES: Final = {
    kind: Node(n.NAME, text, (), 0, 0, Base(0))
    for kind, text in (
        (n.INT, "int"),
        (n.FLOAT, "float"),
        (n.STRING, "string"),
        (n.BOOL, "bool"),
        (n.NONE, "null"),
        (n.IMAGINARY, "imag"),
    )
}
SPECIAL: Final = frozenset(("self", "cls"))
"""For semgrep these are keywords wherever they are read or assigned."""

Visit: TypeAlias = "Callable[[Resolver, Node], None]"


class Resolver:
    """Walks a chunk.

    Attributes:
        top: the innermost scope.
        outer: the scopes around it inside the chunk, innermost last.
        used: what the names that are declared in no scope meant where the chunk begins.
        seen: what they mean here.
        function: whether the place is in a function.
        member: whether it is in a class and not in a function inside that.
        blocks: how many blocks it is in.
    """

    def __init__(self, names: Names, chunk: Chunk, scope: Scope, imported: Scope, member: bool) -> None:
        self.names = names
        self.chunk = chunk
        self.globals = scope
        self.imported = imported
        self.top: Scope = {}
        self.outer: list[Scope] = []
        self.used: dict[str, Visible] = {}
        self.seen: dict[str, Binding | None] = {}
        self.function = False
        self.member = member
        self.blocks = 0

    def visit_part(self, part: Part) -> None:
        """Walk what may be a list or missing."""
        if part is None:
            return
        if isinstance(part, tuple):
            for node in part:
                VISITS[node.kind](self, node)
        else:
            VISITS[part.kind](self, part)

    def enter(self) -> Scope:
        """Begin a scope inside the innermost one, which is returned for `leave`."""
        scope = self.top
        self.outer.append(scope)
        self.top = {}
        return scope

    def leave(self, scope: Scope) -> None:
        """End the innermost scope."""
        self.top = scope
        self.outer.pop()

    def define(self, _: Node) -> bool:
        """Called for each function; whether that has resolved it."""
        return False

    def look_up(self, name: str) -> Binding | None:
        """What a name means where it is read."""
        found = self.top.get(name)
        if found is None:
            for scope in reversed(self.outer):
                found = scope.get(name)
                if found is not None:
                    return found
            return self.free(name)
        return found

    def free(self, name: str) -> Binding | None:
        """What a name means that no scope of the chunk declares."""
        try:
            return self.seen[name]
        except KeyError:
            self.use(name)
            found = self.seen[name] = self.globals.get(name) or self.imported.get(name)
            return found

    def use(self, name: str) -> None:
        """Remember what a name means outside."""
        if name not in self.used:
            self.used[name] = self.globals.get(name), self.imported.get(name)

    def import_as(self, node: Node, kind: str, path: tuple[str, ...]) -> None:
        """Declare an import, for all that follows in the file."""
        name = node.text
        self.use(name)
        binding = self.names.intern(name, Resolved(kind, path, 0), None)
        node.resolved = binding.resolved
        self.imported[name] = binding
        self.seen[name] = self.globals.get(name) or binding
        self.chunk.imports.append((name, binding))

    def declare(self, name: str, type_: Node | None = None) -> Binding:
        """Declare a variable anew in the innermost scope."""
        kind = LOCAL if self.function else GLOBAL
        binding = self.top[name] = Binding(Resolved(kind, (), fresh()), type_)
        return binding

    def declared_here(self, name: str) -> Binding | None:
        """What a name means where it is assigned: in functions, globals do not count."""
        if self.member:
            return self.look_up(name)
        found = self.top.get(name)
        if found is None:
            self.use(name)
            found = self.imported.get(name)
        return found

    def assign(self, node: Node, value: Node | None = None, *, anew: bool = False) -> None:
        """Resolve a name that is assigned, and declare it where it means nothing.

        Args:
            value: what it is assigned, where that is plain ``name = value``.
            anew: it meant nothing before that value, and is declared whatever is in there.
        """
        name = node.text
        if name in SPECIAL:
            return
        found = None if anew else self.declared_here(name)
        if found is None:
            if self.member:
                node.resolved = node.type = None
                return
            found = self.declare(name, _type_of(value) if anew and value is not None else None)
        node.resolved = resolved = found.resolved
        node.type = found.type
        if resolved.kind is GLOBAL:
            self.chunk.stores.append(resolved)
            if value is not None:
                self.chunk.assigned.append((resolved, value))


class ModuleResolver(Resolver):
    """Walks what is in no chunk, and has each chunk resolved in what is visible to it."""

    def __init__(self, names: Names, before: Names | None) -> None:
        super().__init__(names, names.module, {}, {}, False)
        self.top = self.globals
        self.before = {} if before is None else before.chunks
        self.place = Place({}, {}, False, 0)
        self.declared: dict[str, int] = {}

    def free(self, name: str) -> Binding | None:
        return self.globals.get(name) or self.imported.get(name)

    def use(self, name: str) -> None:
        pass

    def declare(self, name: str, type_: Node | None = None) -> Binding:
        if self.top is not self.globals:
            return super().declare(name, type_)
        number = self.declared[name] = self.declared.get(name, 0) + 1
        binding = self.top[name] = self.names.intern(name, Resolved(GLOBAL, (), (name, number)), type_)
        return binding

    def define(self, node: Node) -> bool:
        """Resolve a chunk, or take it over from before."""
        chunk, state = self.before.get(node), self.names.state
        if self.place.state != state or self.place.member is not self.member:
            self.place = Place(dict(self.globals), dict(self.imported), self.member, state)
        self.names.places[node] = self.place
        if chunk is not None and self._holds(chunk.environment, chunk.state):
            for name, binding in chunk.imports:
                self.imported[name] = self.names.intern(name, binding.resolved, None)
            chunk.state = state
        else:
            chunk = resolved_chunk(self.names, node, self.globals, self.imported, self.member)
            self.names.renewed.append(node)
        self.names.chunks[node] = chunk
        return True

    def _holds(self, environment: Environment, state: int) -> bool:
        """Whether an environment is that of this place, as it certainly is in the state it was found in."""
        if state == self.names.state:
            return environment.member is self.member
        return environment.holds(self.globals, self.imported, self.member)


def resolved_chunk(names: Names, node: Node, scope: Scope, imported: Scope, member: bool) -> Chunk:
    """Resolve a chunk in what it sees; what it imports is added to that."""
    chunk = Chunk()
    chunk.state = names.state
    resolver = Resolver(names, chunk, scope, imported, member)
    VISITS[node.kind](resolver, node)
    used = resolver.used
    chunk.environment = Environment(tuple(used), tuple(used.values()), member)
    seen = (variable for variable, _ in used.values() if variable is not None)
    chunk.variables = tuple(id(variable.resolved) for variable in seen)
    return chunk


def _type_of(value: Node) -> Node | None:
    return value.type if value.kind is n.NAME else LITERAL_TYPES.get(value.kind)


def walk_parts(resolver: Resolver, node: Node) -> None:
    """Walk whatever is in a node, in order."""
    for part in node.parts:
        if part is None:
            continue
        if isinstance(part, tuple):
            for child in part:
                VISITS[child.kind](resolver, child)
        else:
            VISITS[part.kind](resolver, part)


class _Visits(dict[str, Visit]):
    def __missing__(self, kind: str) -> Visit:
        self[kind] = walk_parts
        return walk_parts


VISITS: Final = _Visits()
"""How each kind of node is walked."""


def visits(*kinds: str) -> Callable[[Visit], Visit]:
    """Register a function as the one that walks these kinds of nodes."""

    def register(function: Visit) -> Visit:
        for kind in kinds:
            VISITS[kind] = function
        return function

    return register
