"""What names stand for: variables, imports, and what a function outside others depends on."""

from __future__ import annotations

from itertools import count
from typing import Final, TypeAlias

from secloop.engine.native.nodes import Node

LOCAL: Final = "local"
PARAMETER: Final = "parameter"
GLOBAL: Final = "global"
MODULE: Final = "module"  # ``import a.b as c``; without ``as`` nothing is declared
ENTITY: Final = "entity"  # ``from a import b``

_fresh: Final = count(1)


def fresh() -> int:
    """An id that no other variable of the process has."""
    return next(_fresh)


class Resolved:
    """What a name stands for. Immutable.

    Two names of equal text stand for the same variable if their `Resolved` are equal. The ids of locals and parameters
    are unique in the process, so those of different functions never are equal; a global's is its name and the number of
    its declaration among those of that name, so it stays the same while the text is edited elsewhere.

    Attributes:
        kind: one of this module's constants.
        path: of an import the components of the full name (``from ..a import b`` has "..", "a", "b"), else ().
        id: of the variable; 0 for imports, which semgrep does not tell apart by where they stand.
    """

    __slots__ = ("_hash", "id", "kind", "path")

    def __init__(self, kind: str, path: tuple[str, ...], id_: int | tuple[str, int]) -> None:
        self.kind = kind
        self.path = path
        self.id = id_
        self._hash = hash((kind, path, id_))

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Resolved):
            return NotImplemented
        return self.kind == other.kind and self.path == other.path and self.id == other.id

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return f"{self.kind}:{'.'.join(self.path) or self.id}"


class Binding:
    """A declaration: what its name stands for, and the type that it is known to have. Immutable, equal by identity."""

    __slots__ = ("resolved", "type")

    def __init__(self, resolved: Resolved, type_: Node | None = None) -> None:
        self.resolved = resolved
        self.type = type_


Scope: TypeAlias = "dict[str, Binding]"
Visible: TypeAlias = "tuple[Binding | None, Binding | None]"
"""The global and the import that a name could mean."""
Shape: TypeAlias = "tuple[tuple[str, str], ...]"
"""What a type is written as."""


class Environment:
    """What the names that a chunk uses but does not declare mean where it begins. Immutable and hashable.

    Attributes:
        names: the names, in the order of their first use.
        visible: what each of them could mean.
        member: whether the chunk stands in a class.
    """

    __slots__ = ("_hash", "member", "names", "visible")

    def __init__(self, names: tuple[str, ...], visible: tuple[Visible, ...], member: bool) -> None:
        self.names = names
        self.visible = visible
        self.member = member
        self._hash = hash((names, visible, member))

    def holds(self, scope: Scope, imported: Scope, member: bool) -> bool:
        """Whether it is the environment at a place that sees these globals and imports."""
        if member is not self.member:
            return False
        for name, (variable, module) in zip(self.names, self.visible, strict=True):
            if scope.get(name) is not variable or imported.get(name) is not module:
                return False
        return True

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Environment):
            return NotImplemented
        return (self.names, self.visible, self.member) == (other.names, other.visible, other.member)

    def __hash__(self) -> int:
        return self._hash


class Chunk:
    """What resolving a chunk, or the rest of a module, has found out.

    Attributes:
        environment: what it was resolved in.
        state: the state of the declarations outside it (`Names.state`) in which that is known to hold.
        variables: the identities of what the globals in the environment are resolved to.
        imports: in it, by the names they declare for what follows, in order.
        stores: the globals that it assigns, once for each time.
        assigned: the globals that it assigns by plain ``name = value``, with that value, in order.
        reads: the names that stand for globals and are read.
        bare: the identities of names that stand for globals and are read where nothing but the flow counts.
        folds: the expressions that can be worth a literal without being one, outer ones first.
        functions: in it, itself included.
    """

    __slots__ = (
        "assigned",
        "bare",
        "environment",
        "folds",
        "functions",
        "imports",
        "reads",
        "state",
        "stores",
        "variables",
    )

    def __init__(self) -> None:
        self.environment = Environment((), (), False)
        self.state = 0
        self.variables: tuple[int, ...] = ()
        self.imports: list[tuple[str, Binding]] = []
        self.stores: list[Resolved] = []
        self.assigned: list[tuple[Resolved, Node]] = []
        self.reads: list[Node] = []
        self.bare: set[int] = set()
        self.folds: list[Node] = []
        self.functions: list[Node] = []


class Place:
    """What is declared where a chunk begins: the globals, the imports, whether that is in a class, `Names.state`."""

    __slots__ = ("globals", "imported", "member", "state")

    def __init__(self, scope: Scope, imported: Scope, member: bool, state: int) -> None:
        self.globals = scope
        self.imported = imported
        self.member = member
        self.state = state


class Names:
    """What the names of a module stand for.

    Attributes:
        module: what is in no chunk.
        chunks: by their FUNCTION node, in document order.
        places: likewise.
        renewed: those that were resolved now and not taken over from an earlier version.
        interned: the declarations that chunks can see, so that equal ones of different versions are the same object.
        state: stands for all the declarations so far: equal ones in different versions have equal states.
    """

    __slots__ = ("_earlier", "_states", "chunks", "interned", "module", "places", "renewed", "state")

    def __init__(self, before: Names | None = None) -> None:
        self.module = Chunk()
        self.chunks: dict[Node, Chunk] = {}
        self.places: dict[Node, Place] = {}
        self.renewed: list[Node] = []
        self.interned: dict[tuple[str, Resolved, Shape], Binding] = {}
        self.state = 0
        self._states: dict[tuple[int, int], int] = {}
        self._earlier = None if before is None else (before.interned, before._states)

    def intern(self, name: str, resolved: Resolved, type_: Node | None) -> Binding:
        """Note a declaration of a global or an import; the same object for equal ones."""
        shape = () if type_ is None else tuple((part.kind, part.text) for part in type_.walk())
        key = (name, resolved, shape)
        found = self.interned.get(key)
        if found is None and self._earlier is not None:
            found = self._earlier[0].get(key)
        if found is None:
            found = Binding(resolved, type_)
        self.interned[key] = found
        step = (self.state, id(found))
        state = self._states.get(step, 0)
        if not state and self._earlier is not None:
            state = self._earlier[1].get(step, 0)
        self.state = self._states[step] = state or fresh()
        return found

    def complete(self) -> None:
        """Forget the version before."""
        self._earlier = None
