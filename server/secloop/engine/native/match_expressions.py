"""Matches expressions: names through their imports, calls, attributes, collections and all else but operators."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from secloop.engine.native import nodes as n
from secloop.engine.native.errors import Unsupported
from secloop.engine.native.match_bound import (
    BoundKind,
    Env,
    expanded,
    import_path,
    of_expression,
    of_label,
    of_name,
)
from secloop.engine.native.match_compile import Compiler, node, nodes, optional
from secloop.engine.native.match_lists import ListMatching, arguments, in_any_order, in_order, is_dots, items
from secloop.engine.native.match_run import FAIL, Envs, Matching, Run, anything, bind, nothing
from secloop.engine.native.nodes import Node

ANONYMOUS: Final = "$_"
"""The metavariable that matches anything, and twice two different things."""


def ellipsis(_pattern: Node, _compiler: Compiler) -> Matching:
    """``...`` matches any expression."""
    return anything


def metavariable(pattern: Node, _compiler: Compiler) -> Matching:
    """``$X`` in the place of an expression."""
    name = pattern.text
    if name == ANONYMOUS:
        return anything

    def match(code: Node, env: Env, _run: Run) -> Envs:
        return bind(name, of_expression(code), env)

    return match


def lone_metavariable_ellipsis(_pattern: Node, _compiler: Compiler) -> Matching:
    """``$...X`` where no list of arguments is: semgrep takes it for a name, which no code has."""
    return nothing


def name(pattern: Node, _compiler: Compiler) -> Matching:
    """A name matches itself, and a name that is imported under another one."""
    text = pattern.text
    path = (text,)

    def match(code: Node, env: Env, _run: Run) -> Envs:
        if code.kind is n.NAME and (code.text == text or import_path(code) == path):
            return (env,)
        return FAIL

    return match


def identifier(pattern: Node, compiler: Compiler, *, label: bool = False) -> Matching:
    """A name that is no expression: of an attribute, a function, a parameter; a label, if it stands for nothing."""
    text = pattern.text
    if pattern.kind is n.IDENTIFIER:

        def match(code: Node, env: Env, _run: Run) -> Envs:
            return (env,) if code.text == text else FAIL

        return match
    if pattern.kind is n.ELLIPSIS:
        return anything
    if pattern.kind is not n.METAVARIABLE:
        return compiler.compile(pattern)
    if text == ANONYMOUS:
        return anything
    bound = of_label if label else of_name

    def match_metavariable(code: Node, env: Env, _run: Run) -> Envs:
        return bind(text, bound(code), env)

    return match_metavariable


def attribute(pattern: Node, compiler: Compiler) -> Matching:
    """``a.b`` matches itself, and a name that was imported as that."""
    owner = compiler.compile(node(pattern.parts[0]))
    member = identifier(node(pattern.parts[1]), compiler)

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is n.NAME:
            path = import_path(code)
            if len(path) < 2:
                return FAIL
            code = expanded(code, path)
        elif code.kind is not n.ATTRIBUTE:
            return FAIL
        object_, attribute_ = code.parts
        made: list[Env] = []
        for found in owner(object_, env, run):  # type: ignore[arg-type]
            made.extend(member(attribute_, found, run))  # type: ignore[arg-type]
        return made

    return match


def attribute_ellipsis(pattern: Node, compiler: Compiler) -> Matching:
    """``a. ...``: the object of a chain of attributes and calls, or what any part of the chain gives."""
    inner = compiler.compile(node(pattern.parts[0]))

    def match(code: Node, env: Env, run: Run) -> Envs:
        chain = _chain(code)
        run.spend(len(chain))
        return [found for link in chain for found in inner(link, env, run)]

    return match


def _chain(code: Node) -> list[Node]:
    """The expressions along a chain of attributes and calls, the whole one first."""
    if code.kind is n.NAME and len(path := import_path(code)) > 1:
        code = expanded(code, path)
    made = [code]
    while True:
        owner = code
        if code.kind is n.CALL:
            owner = node(code.parts[0])
            if owner.kind is not n.ATTRIBUTE:
                return made
        if owner.kind is not n.ATTRIBUTE:
            return made
        code = node(owner.parts[0])
        made.append(code)


def call(pattern: Node, compiler: Compiler) -> Matching:
    """``f(a, k=b)``."""
    callee = compiler.compile(node(pattern.parts[0]))
    listed = nodes(pattern.parts[1])
    if len(listed) == 1 and listed[0].kind is n.ELLIPSIS:

        def match_callee(code: Node, env: Env, run: Run) -> Envs:
            if code.kind is not n.CALL:
                return FAIL
            return callee(code.parts[0], env, run)  # type: ignore[arg-type]

        return match_callee
    matching = arguments(listed, compiler)
    least = sum(not is_dots(one) and one.kind is not n.METAVARIABLE_ELLIPSIS for one in listed)
    keywords = sum(one.kind is n.KEYWORD for one in listed)

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.CALL:
            return FAIL
        called, given = code.parts
        if len(given) < least:  # type: ignore[arg-type]
            return FAIL
        if keywords and sum(one.kind is n.KEYWORD for one in given) < keywords:  # type: ignore[union-attr]
            return FAIL
        found = callee(called, env, run)  # type: ignore[arg-type]
        if len(found) == 1:
            return matching(given, found[0], run)  # type: ignore[arg-type]
        return [made for one in found for made in matching(given, one, run)]  # type: ignore[arg-type]

    return match


def keyword(pattern: Node, compiler: Compiler) -> Matching:
    """``k=v`` among arguments."""
    key = identifier(node(pattern.parts[0]), compiler, label=True)
    value = compiler.compile(node(pattern.parts[1]))

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.KEYWORD:
            return FAIL
        return _through((key, value), code.parts, env, run)  # type: ignore[arg-type]

    return match


def comprehension(pattern: Node, compiler: Compiler) -> Matching:
    """A comprehension; that of a dictionary is one of a set, of pairs."""
    kinds = ("set", "dict") if pattern.text in ("set", "dict") else (pattern.text,)
    element = compiler.compile(node(pattern.parts[0]))
    clauses = in_order(items(nodes(pattern.parts[1]), compiler))

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.COMPREHENSION or code.text not in kinds:
            return FAIL
        given = nodes(code.parts[1])
        return [made for one in element(node(code.parts[0]), env, run) for made in clauses(given, one, run)]

    return match


def same_parts(pattern: Node, compiler: Compiler) -> Matching:
    """A node of the same kind and text, part by part; what is absent in the pattern must be absent in the code."""
    kind, text = pattern.kind, pattern.text
    matchings = [part_matching(part, compiler) for part in pattern.parts]

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not kind or code.text != text:
            return FAIL
        envs: Envs = (env,)
        for matching, part in zip(matchings, code.parts, strict=True):
            envs = [made for one in envs for made in matching(part, one, run)]
            if not envs:
                return FAIL
        return envs

    return match


def part_matching(part: n.Part, compiler: Compiler) -> PartMatching:
    """Matches a part as it is: a node, a list with ``...``, or nothing."""
    if part is None:
        return _absent
    if isinstance(part, tuple):
        return _list_part(in_order(items(part, compiler)))
    return _node_part(compiler.compile(part))


PartMatching: TypeAlias = Callable[[n.Part, Env, Run], Envs]
"""Matches a part of a node."""


def _absent(part: n.Part, env: Env, _run: Run) -> Envs:
    return (env,) if part is None else FAIL


def _node_part(matching: Matching) -> PartMatching:
    return lambda part, env, run: matching(part, env, run) if isinstance(part, Node) else FAIL


def _list_part(matching: ListMatching) -> PartMatching:
    return lambda part, env, run: matching(part, env, run) if isinstance(part, tuple) else FAIL


def _through(matchings: Sequence[Matching], codes: Sequence[Node], env: Env, run: Run) -> Envs:
    envs: Envs = (env,)
    for matching, code in zip(matchings, codes, strict=True):
        envs = [made for one in envs for made in matching(code, one, run)]
        if not envs:
            return FAIL
    return envs


def spread(pattern: Node, compiler: Compiler) -> Matching:
    """``*a`` and ``**a``: whether a token of the star is kept does not matter."""
    stars, value = pattern.text, compiler.compile(node(pattern.parts[1]))

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.SPREAD or code.text != stars:
            return FAIL
        return value(node(code.parts[1]), env, run)

    return match


def ordered(pattern: Node, compiler: Compiler) -> Matching:
    """A tuple or a list. ``[...]`` is any list, a comprehension too."""
    kind, elements = pattern.kind, nodes(pattern.parts[0])
    if kind is n.LIST and _only_dots(elements):
        return _any_collection((n.LIST,), ("list",))
    matching = in_order(items(elements, compiler))

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not kind:
            return FAIL
        return matching(nodes(code.parts[0]), env, run)

    return match


def unordered(pattern: Node, compiler: Compiler) -> Matching:
    """A set or a dictionary: the order of elements says nothing. ``{...}`` is either, a comprehension too."""
    kind, elements = pattern.kind, nodes(pattern.parts[0])
    if _only_dots(elements):
        return _any_collection((n.SET, n.DICT), ("set", "dict"))
    kept = [compiler.compile(element) for element in elements if not is_dots(element)]
    matching = in_any_order(kept, open_end=len(kept) < len(elements))

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not kind:
            return FAIL
        return matching(nodes(code.parts[0]), env, run)

    return match


def _only_dots(elements: Sequence[Node]) -> bool:
    return len(elements) == 1 and is_dots(elements[0])


def _any_collection(kinds: Sequence[str], comprehensions: Sequence[str]) -> Matching:
    def match(code: Node, env: Env, _run: Run) -> Envs:
        kind = code.kind
        if kind in kinds or (kind is n.COMPREHENSION and code.text in comprehensions):
            return (env,)
        return FAIL

    return match


def assign(pattern: Node, compiler: Compiler) -> Matching:
    """``a = b``; of ``a, b = c, d`` also each pair of its own."""
    target, value = (compiler.compile(node(part)) for part in pattern.parts)

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.ASSIGN:
            return FAIL
        goal, given = node(code.parts[0]), node(code.parts[1])
        made = [found for one in target(goal, env, run) for found in value(given, one, run)]
        if goal.kind is n.CAST:  # ``a.b: int = c`` assigns to ``a.b``, too
            uncast = node(goal.parts[1])
            made.extend(found for one in target(uncast, env, run) for found in value(given, one, run))
        if goal.kind is n.TUPLE and given.kind is n.TUPLE:
            goals, values = nodes(goal.parts[0]), nodes(given.parts[0])
            if len(goals) == len(values):
                run.spend(len(goals))
                for mine, theirs in zip(goals, values, strict=True):
                    made.extend(f for one in target(mine, env, run) for f in value(theirs, one, run))
        return made

    return match


def lambda_(pattern: Node, compiler: Compiler) -> Matching:
    """``lambda a: b``; its parameters as a function's."""
    listed = nodes(pattern.parts[0])
    parameters = parameter_list(listed, compiler)
    body = compiler.compile(node(pattern.parts[1]))

    def match(code: Node, env: Env, run: Run) -> Envs:
        if code.kind is not n.LAMBDA:
            return FAIL
        given, value = nodes(code.parts[0]), node(code.parts[1])
        return [made for one in parameters(given, env, run) for made in body(value, one, run)]

    return match


def parameter_list(listed: Sequence[Node], compiler: Compiler) -> ListMatching:
    """The parameters of a function or lambda, with ``...`` and ``$...X``."""
    return in_order(items(listed, compiler, rest=BoundKind.PARAMETERS))


def type_expression(pattern: Node, compiler: Compiler) -> Matching:
    """A type, wherever one is named."""
    inner = compiler.compile(node(pattern.parts[0]))

    def match(code: Node, env: Env, run: Run) -> Envs:
        return inner(node(code.parts[0]), env, run) if code.kind is n.TYPE_EXPRESSION else FAIL

    return match


def optional_matching(part: n.Part, compiler: Compiler) -> Matching | None:
    """The matcher of a part that may be absent."""
    pattern = optional(part)
    return None if pattern is None else compiler.compile(pattern)


def typed_metavariable(pattern: Node, compiler: Compiler) -> Matching:
    """``$X: T`` as an argument: what is declared to be of a type, or is worth a literal of it."""
    name, wanted = pattern.text, node(node(pattern.parts[0]).parts[0])
    if wanted.kind in (n.METAVARIABLE, n.ELLIPSIS) or wanted.text == "bool":
        raise Unsupported("a metavariable of this type")
    matching = compiler.compile(wanted)
    literal_kind = _TYPES.get(wanted.text) if wanted.kind is n.NAME else None

    def match(code: Node, env: Env, run: Run) -> Envs:
        declared = code.type
        found: Envs = FAIL
        if declared is not None:
            found = matching(
                node(declared.parts[0]) if declared.kind is n.TYPE_EXPRESSION else declared, env, run
            )
            if not found and wanted.text in _STRING_TYPES and declared.text == "string" and not declared.end:
                found = (env,)  # it has that type as it was assigned a string
        if not found and (_is_literal(code, literal_kind, wanted.text) or _is_called(code, wanted)):
            found = (env,)
        if name == ANONYMOUS:
            return found
        return [made for one in found for made in bind(name, of_expression(code), one)]

    return match


def _is_literal(code: Node, kind: str | None, name: str) -> bool:
    """Whether the code is worth a literal of a kind, or of one kind whichever way a condition goes."""
    if kind is None:
        return False
    if code.kind is n.CONDITIONAL:
        return all(_is_literal(node(part), kind, name) for part in code.parts[1:])
    value = code.constant if code.kind is n.NAME else code
    return value is not None and (value.kind is kind or (value.kind is n.CONSTANT and value.text == name))


def _is_called(code: Node, wanted: Node) -> bool:
    """Whether the code is the type's own name, in the text or where it is imported from."""
    if code.kind is n.ATTRIBUTE:
        return wanted.kind is n.NAME and node(code.parts[1]).text == wanted.text
    if code.kind is not n.NAME or wanted.kind is not n.NAME or code.type or code.constant:
        return False
    return code.text == wanted.text or (
        code.resolved is not None and code.resolved.path[-1:] == (wanted.text,)
    )


_STRING_TYPES: Final = frozenset({"str", "String"})
_TYPES: Final = {"int": n.INT, "float": n.FLOAT, "str": n.STRING}
