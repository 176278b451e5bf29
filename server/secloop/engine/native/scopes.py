"""Walks code in the order in which semgrep declares names, and fills in what they stand for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from secloop.engine.native import nodes as n
from secloop.engine.native.names import (
    ENTITY,
    GLOBAL,
    LOCAL,
    MODULE,
    PARAMETER,
    Binding,
    Chunk,
    Environment,
    Names,
    Resolved,
    Scope,
    Visible,
    fresh,
)
from secloop.engine.native.nodes import Base, Node, Part

_LITERAL_TYPES: Final = {
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
_SPECIAL: Final = frozenset(("self", "cls"))
"""For semgrep these are keywords wherever they are read or assigned."""
_UNBOUND: Final = Resolved(PARAMETER, (), -1)
"""What the names of ``*args``, ``**kwargs`` and of handlers in classes stand for; uses of them stand for nothing."""


def resolve_module(module: Node, names: Names, before: Names | None) -> Names:
    """See `names.resolve`."""
    resolver = _ModuleResolver(names, before)
    resolver.visit_part(module.parts[0])
    return names


class _Resolver:
    """Walks a chunk.

    Attributes:
        top: the innermost scope.
        outer: the scopes around it inside the chunk, innermost last.
        used: what the names that are declared in no scope meant where the chunk begins.
        seen: what they mean here.
        function: whether the place is in a function.
        member: whether it is in a class and not in a function inside that.
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

    def visit(self, node: Node) -> None:
        """Resolve the names in a statement or expression."""
        _VISITS[node.kind](self, node)

    def visit_part(self, part: Part) -> None:
        """Likewise for what may be a list or missing."""
        if part is None:
            return
        if isinstance(part, tuple):
            for node in part:
                _VISITS[node.kind](self, node)
        else:
            _VISITS[part.kind](self, part)

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

    def assign(self, node: Node, value: Node | None = None) -> None:
        """Resolve a name that is assigned, and declare it where it means nothing.

        Args:
            value: what it is assigned, where that is plain ``name = value``.
        """
        name = node.text
        if name in _SPECIAL:
            return
        found = self.declared_here(name)
        if found is None:
            if self.member:
                node.resolved = node.type = None
                return
            known = value is None or self.look_up(name) is not None
            found = self.declare(name, None if known or value is None else _type_of(value))
        node.resolved = resolved = found.resolved
        node.type = found.type
        if resolved.kind is GLOBAL:
            self.chunk.stores.append(resolved)
            if value is not None:
                self.chunk.assigned.append((resolved, value))

    def define(self, node: Node) -> None:
        """A function in the chunk."""
        _function(self, node)


class _ModuleResolver(_Resolver):
    """Walks what is in no chunk, and has each chunk resolved in what is visible to it."""

    def __init__(self, names: Names, before: Names | None) -> None:
        super().__init__(names, names.module, {}, {}, False)
        self.top = self.globals
        self.before = {} if before is None else before.chunks
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

    def define(self, node: Node) -> None:
        chunk = self.before.get(node)
        if chunk is not None and chunk.environment.holds(self.globals, self.imported, self.member):
            for name, binding in chunk.imports:
                self.imported[name] = self.names.intern(name, binding.resolved, None)
        else:
            chunk = Chunk()
            resolver = _Resolver(self.names, chunk, self.globals, self.imported, self.member)
            _function(resolver, node)
            used = resolver.used
            chunk.environment = Environment(tuple(used), tuple(used.values()), self.member)
            self.names.renewed.append(node)
        self.names.chunks[node] = chunk


def _type_of(value: Node) -> Node | None:
    return value.type if value.kind is n.NAME else _LITERAL_TYPES.get(value.kind)


# Expressions.


def _nothing(_: _Resolver, __: Node) -> None:
    pass


def _children(self: _Resolver, node: Node) -> None:
    for part in node.parts:
        if part is not None:
            self.visit_part(part)


def _name(self: _Resolver, node: Node) -> None:
    name = node.text
    if name in _SPECIAL:
        return
    found = self.top.get(name)
    if found is None:
        found = self.look_up(name)
        if found is None:
            node.resolved = node.type = None
            return
    node.resolved = resolved = found.resolved
    node.type = found.type
    if resolved.kind is GLOBAL:
        self.chunk.reads.append(node)


def _label(self: _Resolver, node: Part) -> None:
    """A name that is no expression: semgrep resolves it all the same."""
    assert isinstance(node, Node)
    found = self.top.get(node.text) or self.look_up(node.text)
    if found is None:
        node.resolved = node.type = None
    else:
        node.resolved = found.resolved
        node.type = found.type


def _attribute(self: _Resolver, node: Node) -> None:
    value, name = node.parts
    assert isinstance(value, Node)
    _VISITS[value.kind](self, value)
    _label(self, name)


def _call(self: _Resolver, node: Node) -> None:
    callee, arguments = node.parts
    assert isinstance(callee, Node)
    assert isinstance(arguments, tuple)
    _VISITS[callee.kind](self, callee)
    for argument in arguments:
        _VISITS[argument.kind](self, argument)


def _keyword(self: _Resolver, node: Node) -> None:
    self.visit_part(node.parts[1])


def _index(self: _Resolver, node: Node) -> None:
    for part in node.parts:
        assert isinstance(part, Node)
        _inner(self, part)


def _slices(self: _Resolver, node: Node) -> None:
    """All of them have the same object."""
    for position, item in enumerate(node.children()):
        value, *bounds = item.parts
        if not position:
            self.visit_part(value)
        for bound in bounds:
            if isinstance(bound, Node):
                (_inner if item.kind is n.INDEX else _Resolver.visit)(self, bound)


def _inner(self: _Resolver, node: Node) -> None:
    """The object and the index of ``a[b]`` and what is assigned: semgrep only looks for globals inside them."""
    if node.kind is n.NAME:
        if node.text not in _SPECIAL:
            _label(self, node)
            if node.resolved is not None and node.resolved.kind is GLOBAL:
                self.chunk.bare.add(id(node))
    elif node.kind is n.INDEX:
        self.visit_part(node.parts[0])
        self.visit_part(node.parts[1])
    else:
        self.visit(node)


def _fold(self: _Resolver, node: Node) -> None:
    self.chunk.folds.append(node)
    _children(self, node)


def _comprehension(self: _Resolver, node: Node) -> None:
    element, clauses = node.parts
    scope = _enter(self)
    self.visit_part(clauses)
    self.visit_part(element)
    _leave(self, scope)


def _comprehension_for(self: _Resolver, node: Node) -> None:
    target, iterable = node.parts
    assert isinstance(target, Node)
    assert isinstance(iterable, Node)
    _target(self, target)
    self.visit(iterable)


def _lambda(self: _Resolver, node: Node) -> None:
    parameters, body = node.parts
    assert isinstance(parameters, tuple)
    assert isinstance(body, Node)
    scope, state = _enter(self), (self.function, self.member)
    self.function, self.member = True, False
    _parameters(self, parameters)
    self.visit(body)
    self.function, self.member = state
    _leave(self, scope)


def _enter(self: _Resolver) -> Scope:
    scope = self.top
    self.outer.append(scope)
    self.top = {}
    return scope


def _leave(self: _Resolver, scope: Scope) -> None:
    self.top = scope
    self.outer.pop()


# What is assigned.


def _assign(self: _Resolver, node: Node) -> None:
    """The target is declared first, but for a name that means nothing yet."""
    target, value = node.parts
    assert isinstance(target, Node)
    assert isinstance(value, Node)
    if target.kind is not n.NAME:
        _stored(self, target)
        _inner(self, value)
        return
    known = self.look_up(target.text) is not None
    if known:
        self.assign(target, value)
    (_inner if value.kind is n.NAME else _Resolver.visit)(self, value)
    if not known:
        self.assign(target, value)


def _augmented(self: _Resolver, node: Node) -> None:
    target, value = node.parts
    assert isinstance(target, Node)
    assert isinstance(value, Node)
    _stored(self, target)
    _inner(self, value)


def _stored(self: _Resolver, target: Node) -> None:
    if target.kind is not n.INDEX:
        _left(self, target)
        return
    _element_stored(self, target)
    value, index = target.parts
    assert isinstance(value, Node)
    _base(self, value, read=False)
    reads = len(self.chunk.reads)
    self.visit_part(index)
    self.chunk.bare.update(id(node) for node in self.chunk.reads[reads:])
    del self.chunk.reads[reads:]


def _element_stored(self: _Resolver, target: Node) -> None:
    """``a[b] = c`` counts as an assignment to ``a``; as an element of a tuple it does not."""
    value = target.parts[0]
    assert isinstance(value, Node)
    if value.kind is n.NAME and value.text not in _SPECIAL:
        self.assign(value)


def _left(self: _Resolver, node: Node) -> None:
    """The left side of an assignment: all names in it but those in brackets are declared."""
    kind = node.kind
    if kind is n.NAME:
        self.assign(node)
    elif kind is n.ATTRIBUTE:
        value, name = node.parts
        assert isinstance(value, Node)
        assert isinstance(name, Node)
        _base(self, value)
        found = self.declared_here(name.text)
        name.resolved, name.type = (None, None) if found is None else (found.resolved, found.type)
    elif kind is n.INDEX:
        value, index = node.parts
        assert isinstance(value, Node)
        assert isinstance(index, Node)
        _base(self, value, read=False)
        _inner(self, index)
    elif kind is n.LAMBDA or kind is n.COMPREHENSION:
        self.visit(node)
    else:
        for child in node.children():
            _left(self, child)


def _base(self: _Resolver, node: Node, *, read: bool = True) -> None:
    """The ``a`` of ``a.b = c``: declared, but not assigned."""
    if node.kind is not n.NAME:
        _left(self, node)
        return
    stores = len(self.chunk.stores)
    self.assign(node)
    del self.chunk.stores[stores:]
    if read and node.resolved is not None and node.resolved.kind is GLOBAL:
        self.chunk.reads.append(node)


def _target(self: _Resolver, node: Node) -> None:
    """A pattern of Python: its names are always declared anew."""
    kind = node.kind
    if kind is n.PATTERN_NAME:
        if self.member:
            _label(self, node)
        else:
            node.resolved = self.declare(node.text).resolved
    elif kind is n.PATTERN_EXPRESSION:
        stores = len(self.chunk.stores)
        _left(self, _only(node))
        del self.chunk.stores[stores:]
    elif kind is n.PATTERN_OTHER and node.text == "as_pattern":
        for part in list(node.children())[:-1]:
            _target(self, part)
    elif kind.startswith("pattern"):
        for child in node.children():
            _target(self, child)
    else:
        self.visit(node)


def _only(node: Node) -> Node:
    part = node.parts[0]
    assert isinstance(part, Node)
    return part


# Statements.


def _variable(self: _Resolver, node: Node) -> None:
    name, type_, value = node.parts
    assert isinstance(name, Node)
    self.visit_part(type_)
    self.visit_part(value)
    if self.member:
        _label(self, name)
    else:
        assert type_ is None or isinstance(type_, Node)
        binding = self.declare(name.text, type_)
        name.resolved, name.type = binding.resolved, type_
    if name.resolved is not None and name.resolved.kind is GLOBAL:
        self.chunk.stores.append(name.resolved)


def _global(self: _Resolver, node: Node) -> None:
    """Brings in what is declared already; without that, it means nothing."""
    name = _only(node)
    _label(self, name)
    if node.text == "global":
        self.use(name.text)
        found = self.globals.get(name.text)
    else:
        found = next((scope[name.text] for scope in reversed(self.outer) if name.text in scope), None)
        if found is not None and found is self.globals.get(name.text):
            found = None
    if found is not None:
        self.top[name.text] = found


def _for(self: _Resolver, node: Node) -> None:
    target = _only(node)
    _target(self, target)
    self.visit_part(node.parts[1])
    self.visit_part(node.parts[2])


def _with_item(self: _Resolver, node: Node) -> None:
    _target(self, _only(node))
    self.visit_part(node.parts[1])


def _handler(self: _Resolver, node: Node) -> None:
    type_, name, body = node.parts
    if isinstance(name, Node):
        name.resolved = _UNBOUND if self.member else self.declare(name.text).resolved
    self.visit_part(type_)
    self.visit_part(body)


def _case(self: _Resolver, node: Node) -> None:
    _target(self, _only(node))
    self.visit_part(node.parts[1])


def _import(self: _Resolver, node: Node) -> None:
    parts, alias = node.parts
    if isinstance(alias, Node):
        assert isinstance(parts, tuple)
        self.import_as(alias, MODULE, tuple(part.text for part in parts))


def _import_from(self: _Resolver, node: Node) -> None:
    parts, imported = node.parts
    assert isinstance(parts, tuple)
    assert isinstance(imported, tuple)
    path = tuple(part.text for part in parts)
    for item in imported:
        name, alias = item.parts
        assert isinstance(name, Node)
        self.import_as(alias if isinstance(alias, Node) else name, ENTITY, (*path, name.text))


# Definitions.


def _define(self: _Resolver, node: Node) -> None:
    self.define(node)


def _function(self: _Resolver, node: Node) -> None:
    name, parameters, returns, decorators, body = node.parts
    assert isinstance(parameters, tuple)
    _label(self, name)
    self.visit_part(decorators)
    self.chunk.functions.append(node)
    scope, state = _enter(self), (self.function, self.member)
    self.function, self.member = True, False
    _parameters(self, parameters)
    self.visit_part(returns)
    self.visit_part(body)
    self.function, self.member = state
    _leave(self, scope)


def _parameters(self: _Resolver, parameters: tuple[Node, ...]) -> None:
    """All of them are declared before any default value or annotation."""
    for parameter in parameters:
        if parameter.kind is n.PARAMETER:
            name, type_, _ = parameter.parts
            assert isinstance(name, Node)
            assert type_ is None or isinstance(type_, Node)
            binding = self.top[name.text] = Binding(Resolved(PARAMETER, (), fresh()), type_)
            name.resolved, name.type = binding.resolved, type_
        elif parameter.kind is n.PARAMETER_REST and isinstance(parameter.parts[0], Node):
            parameter.parts[0].resolved = _UNBOUND
        elif parameter.kind is n.PARAMETER_PATTERN:
            _target(self, _only(parameter))
    for parameter in parameters:
        if parameter.kind is n.PARAMETER or parameter.kind is n.PARAMETER_REST:
            for part in parameter.parts[1:]:
                self.visit_part(part)


def _class(self: _Resolver, node: Node) -> None:
    name, bases, decorators, body = node.parts
    _label(self, name)
    self.visit_part(bases)
    self.visit_part(decorators)
    member, self.member = self.member, True
    self.visit_part(body)
    self.member = member


def _decorator(self: _Resolver, node: Node) -> None:
    value, arguments = node.parts
    if isinstance(value, Node):
        if value.kind is n.IDENTIFIER:
            _label(self, value)
            if value.resolved is not None and value.resolved.kind is GLOBAL:
                self.chunk.reads.append(value)
        else:
            self.visit(value)
    self.visit_part(arguments)


def _type_alias(self: _Resolver, node: Node) -> None:
    _label(self, node.parts[0])
    self.visit_part(node.parts[1])


class _Visits(dict[str, Callable[[_Resolver, Node], None]]):
    """How each kind of node is visited."""

    def __missing__(self, kind: str) -> Callable[[_Resolver, Node], None]:
        self[kind] = _children
        return _children


_VISITS: Final = _Visits(
    {
        n.NAME: _name,
        n.ATTRIBUTE: _attribute,
        n.CALL: _call,
        n.KEYWORD: _keyword,
        n.INDEX: _index,
        n.SLICES: _slices,
        n.OPERATION: _fold,
        n.CONCAT: _fold,
        n.FORMAT: _fold,
        n.CONDITIONAL: _fold,
        n.COMPREHENSION: _comprehension,
        n.COMPREHENSION_FOR: _comprehension_for,
        n.LAMBDA: _lambda,
        n.ASSIGN: _assign,
        n.AUGMENTED: _augmented,
        n.VARIABLE: _variable,
        n.GLOBAL: _global,
        n.FOR: _for,
        n.WITH_ITEM: _with_item,
        n.HANDLER: _handler,
        n.CASE: _case,
        n.IMPORT: _import,
        n.IMPORT_FROM: _import_from,
        n.FUNCTION: _define,
        n.CLASS: _class,
        n.DECORATOR: _decorator,
        n.TYPE_ALIAS: _type_alias,
        **dict.fromkeys((*_LITERAL_TYPES, n.ENCODED, n.ELLIPSIS, n.OPERATOR, n.IDENTIFIER), _nothing),
        **dict.fromkeys((n.PASS, n.BREAK, n.CONTINUE, n.IMPORT_ALL, n.MODIFIER, n.RAISE_NOTHING), _nothing),
    }
)
