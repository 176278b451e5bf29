"""Lowers expressions, except for strings and for what binds names."""

from __future__ import annotations

from secloop.engine.native import nodes as n
from secloop.engine.native.errors import TooDeep
from secloop.engine.native.lowering import MAX_DEPTH, Lowering, Tree, children, lowers, operator
from secloop.engine.native.nodes import Node

_SIGNED = 2**63
_UNSIGNED = 2**64
_BASES = {"0x": 16, "0o": 8, "0b": 2}


@lowers("keyword_identifier")
def _keyword_identifier(low: Lowering, tree: Tree) -> Node:
    """``print`` or ``match`` where it is an ordinary name."""
    return low.name(tree)


@lowers("true", "false")
def _bool(low: Lowering, tree: Tree) -> Node:
    return low.node(n.BOOL, "True" if tree.type == "true" else "False", (), tree)


@lowers("none")
def _none(low: Lowering, tree: Tree) -> Node:
    return low.node(n.NONE, "", (), tree)


@lowers("ellipsis")
def _ellipsis(low: Lowering, tree: Tree) -> Node:
    return low.node(n.ELLIPSIS, "", (), tree)


@lowers("integer")
def _integer(low: Lowering, tree: Tree) -> Node:
    text = low.text(tree)
    if text[-1] in "jJ":
        return low.node(n.INT if low.modern else n.IMAGINARY, text, (), tree)
    return low.node(n.INT, _integer_value(text, low.modern), (), tree)


def _integer_value(text: str, modern: bool) -> str:
    """The decimal value, or the source text of one that takes more than 64 bits, as OCaml reads it."""
    digits = text.replace("_", "").lower()
    if digits[-1] == "l":
        if modern:
            return text
        digits = digits[:-1]
    base = _BASES.get(digits[:2], 10)
    try:
        value = int(digits[2:] if base != 10 else digits, base)
    except ValueError:
        return text
    if base != 10 and _SIGNED <= value < _UNSIGNED:
        value -= _UNSIGNED
    return str(value) if value < _SIGNED else text


@lowers("float")
def _float(low: Lowering, tree: Tree) -> Node:
    text = low.text(tree)
    if text[-1] in "jJ":
        return low.node(n.FLOAT if low.modern else n.IMAGINARY, text, (), tree)
    return low.node(n.FLOAT, text, (), tree)


@lowers("parenthesized_expression")
def parenthesized(low: Lowering, tree: Tree) -> Node:
    """What is inside, matched with its parentheses; ``yield`` and a comprehension's own are not widened."""
    if low.called is not None and low.called[1].id == tree.id:
        return called_type(low)
    outer = tree
    while tree.type == "parenthesized_expression":
        inside = children(tree)
        if not inside:
            return low.node(n.OTHER, "damaged", (), outer)
        tree = inside[0]
    made = low.expression(tree)
    if made.kind is not n.YIELD or low.modern:
        if made.kind is n.NAME or made.kind is n.STRING:
            made.tokens = made.tokens or (made.start, made.end)
        made.start = outer.start_byte - low.offset
        made.end = outer.end_byte - low.offset
    return made


@lowers("attribute")
def _attribute(low: Lowering, tree: Tree) -> Node:
    return _postfix(low, tree)


@lowers("call")
def _call(low: Lowering, tree: Tree) -> Node:
    return _postfix(low, tree)


@lowers("subscript")
def _subscript(low: Lowering, tree: Tree) -> Node:
    return _postfix(low, tree)


_POSTFIX = {"attribute": "object", "call": "function", "subscript": "value"}


def _postfix(low: Lowering, tree: Tree) -> Node:
    """``a.b(c)[d]``: a loop and not a recursion, since fluent interfaces chain far."""
    chain = []
    while (field := _POSTFIX.get(tree.type)) is not None:
        below = tree.child_by_field_name(field)
        if below is None:
            break
        chain.append(tree)
        tree = below
    if not chain:
        return low.node(n.OTHER, "damaged", (), tree)
    if low.depth + len(chain) > MAX_DEPTH:
        raise TooDeep(f"nested more than {MAX_DEPTH} levels deep")
    starred = tree.type == "list_splat"  # the grammar reads ``*a.b(c)`` in a list as a call of ``*a.b``
    made = low.expression(children(tree)[0] if starred else tree)
    for link in reversed(chain):
        made = _LINKS[link.type](low, link, made)
    return low.place(n.SPREAD, "*", (None, made), made.start, made.end) if starred else made


def _attribute_of(low: Lowering, tree: Tree, value: Node) -> Node:
    name = tree.child_by_field_name("attribute")
    if name is None:
        return low.node(n.OTHER, "damaged", (value,), tree)
    made = low.identifier(name)
    end = name.end_byte - low.offset
    if made.kind is n.ELLIPSIS:
        return low.place(n.ATTRIBUTE_ELLIPSIS, "", (value,), value.start, end)
    return low.place(n.ATTRIBUTE, "", (value, made), value.start, end)


def _call_of(low: Lowering, tree: Tree, callee: Node) -> Node:
    return low.place(n.CALL, "", (callee, arguments(low, tree)), callee.start, tree.end_byte - low.offset)


def arguments(low: Lowering, call: Tree) -> tuple[Node, ...]:
    """The arguments of a call."""
    listed = call.child_by_field_name("arguments")
    if listed is None:
        return ()
    if listed.type == "generator_expression":
        return (_bare_generator(low, listed),)
    return tuple(argument(low, child) for child in children(listed))


def argument(low: Lowering, tree: Tree) -> Node:
    """One argument: here the stars are tokens, while in a list they are not."""
    type_ = tree.type
    if type_ == "keyword_argument":
        name, value = tree.child_by_field_name("name"), tree.child_by_field_name("value")
        if name is not None and value is not None:
            made, key = low.expression(value), low.identifier(name)
            if key.kind is n.TYPED_METAVARIABLE:
                kind = low.place(n.TYPE_EXPRESSION, "", (made,), made.start, made.end)
                return low.place(key.kind, key.text, (kind,), key.start, made.end)
            return low.place(n.KEYWORD, key.text, (key, made), key.start, made.end)
    if type_ in ("list_splat", "dictionary_splat"):
        inside = children(tree)
        if inside:
            star = low.node(n.OPERATOR, "*" if type_ == "list_splat" else "**", (), tree.children[0])
            made = low.expression(inside[0])
            return low.place(n.SPREAD, star.text, (star, made), star.start, made.end)
    made = low.expression(tree)
    if made.kind is n.SPREAD and made.parts[0] is None and isinstance(made.parts[1], Node):
        start = tree.start_byte - low.offset  # a call of what is starred, see ``_postfix``
        star = low.place(n.OPERATOR, "*", (), start, start + 1)
        return low.place(n.SPREAD, "*", (star, made.parts[1]), start, made.end)
    return made


def _bare_generator(low: Lowering, tree: Tree) -> Node:
    """``f(a for a in b)``: the parentheses are the call's, and semgrep's first parser takes it for a list's."""
    made = low.expression(tree)
    if low.modern:
        return made
    made.text = "list"
    clauses = made.parts[1]
    element = made.parts[0]
    assert isinstance(clauses, tuple)
    assert isinstance(element, Node)
    made.start = element.start
    made.end = clauses[-1].end if clauses else element.end
    return made


def _index_of(low: Lowering, tree: Tree, value: Node) -> Node:
    opening = next((child for child in tree.children if child.type == "["), tree)
    return _index_in(low, tree.children_by_field_name("subscript"), value, tree, opening)


def _index_in(low: Lowering, items: list[Tree], value: Node, tree: Tree, opening: Tree) -> Node:
    """What is in brackets; a comma after a single item says nothing to semgrep."""
    start, end = value.start, tree.end_byte - low.offset
    if len(items) == 1:
        return _indexed(low, items[0], value, start, end)
    if any(item.type == "slice" for item in items):
        parts = tuple(_indexed(low, item, value, start, None) for item in items)
        return low.place(n.SLICES, "", (parts,), start, max(part.end for part in parts))
    elements = tuple(low.expression(item) for item in items)
    index = low.around(n.TUPLE, "", (elements,), elements, tree)
    if low.modern:
        index.start, index.end = opening.start_byte - low.offset, end
    return low.place(n.INDEX, "", (value, index), start, end)


def _indexed(low: Lowering, item: Tree, value: Node, start: int, end: int | None) -> Node:
    """One of the indexes or slices in brackets; only the last one's range reaches the closing bracket."""
    if item.type == "slice":
        bounds = _bounds(low, item)
        last = max((bound.end for bound in bounds if bound is not None), default=value.end)
        return low.place(n.SLICE, "", (value, *bounds), start, last if end is None else end)
    made = low.expression(item)
    return low.place(n.INDEX, "", (value, made), start, made.end if end is None else end)


def _bounds(low: Lowering, tree: Tree) -> tuple[Node | None, Node | None, Node | None]:
    bounds: list[Node | None] = [None, None, None]
    place = 0
    for child in tree.children:
        if child.type == ":":
            place += 1
        elif not child.is_extra:
            bounds[min(place, 2)] = low.expression(child)
    if low.modern:
        bounds[2] = None  # the second parser loses the step
    return bounds[0], bounds[1], bounds[2]


_LINKS = {"attribute": _attribute_of, "call": _call_of, "subscript": _index_of}


@lowers("binary_operator", "boolean_operator")
def _binary(low: Lowering, tree: Tree) -> Node:
    """``a + b + c``: the left ones in a loop, since long sums are common.

    For semgrep's first parser ``a and b and c`` is one operation, with the first operator's token, and operators
    such as ``*`` are grouped from the right.
    """
    chain = []
    while tree.type in ("binary_operator", "boolean_operator"):
        left = tree.child_by_field_name("left")
        if left is None:
            break
        chain.append(tree)
        tree = left
    if low.depth + len(chain) > MAX_DEPTH:
        raise TooDeep(f"nested more than {MAX_DEPTH} levels deep")
    made = low.expression(tree)
    chain.reverse()
    at = 0
    while at < len(chain):
        count = 1 if low.modern else _alike(chain, at)
        signs = [_sign(low, link) for link in chain[at : at + count]]
        rights = tuple(_right(low, link) for link in chain[at : at + count])
        if count > 1 and chain[at].type == "boolean_operator":
            made = _operation(low, signs[0], (made, *rights))
        else:
            made = _from_right(low, signs, (made, *rights))
        at += count
    return made


def _alike(chain: list[Tree], at: int) -> int:
    """How many operations from one on are grouped together."""
    sign = _operator_of(chain[at])
    group = _MULTIPLICATIVE if sign in _MULTIPLICATIVE else {sign} if sign in ("and", "or") else ()
    end = at + 1
    while end < len(chain) and _operator_of(chain[end]) in group:
        end += 1
    return end - at


def _operator_of(link: Tree) -> str:
    sign = link.child_by_field_name("operator")
    return sign.type if sign is not None else ""


_MULTIPLICATIVE = frozenset(("*", "/", "%", "//", "@"))


def _sign(low: Lowering, link: Tree) -> Node:
    sign = link.child_by_field_name("operator") or link
    return low.node(n.OPERATOR, sign.type, (), sign)


def _right(low: Lowering, link: Tree) -> Node:
    right = link.child_by_field_name("right")
    return low.expression(right) if right is not None else low.node(n.OTHER, "damaged", (), link)


def _from_right(low: Lowering, signs: list[Node], operands: tuple[Node, ...]) -> Node:
    made = operands[-1]
    for sign, left in zip(reversed(signs), reversed(operands[:-1]), strict=True):
        made = _operation(low, sign, (left, made))
    return made


def _operation(low: Lowering, sign: Node, operands: tuple[Node, ...]) -> Node:
    start = min(sign.start, operands[0].start)
    return low.place(n.OPERATION, sign.text, (sign, operands), start, operands[-1].end)


@lowers("unary_operator", "not_operator")
def _unary(low: Lowering, tree: Tree) -> Node:
    argument = tree.child_by_field_name("argument")
    if argument is None:
        return low.node(n.OTHER, "damaged", (), tree)
    token = tree.children[0]
    return _operation(low, low.node(n.OPERATOR, token.type, (), token), (low.expression(argument),))


@lowers("comparison_operator")
def _comparison(low: Lowering, tree: Tree) -> Node:
    operands = children(tree)
    signs = []
    for sign in tree.children_by_field_name("operators"):
        text = " ".join(low.text(sign).split())
        signs.append(operator(low, "!=" if text == "<>" else text, sign))
    if len(operands) == 2 and len(signs) == 1:
        return _operation(low, signs[0], (low.expression(operands[0]), low.expression(operands[1])))
    kept = tuple(low.expression(operand) for operand in operands[1:])
    return low.place(n.COMPARISONS, "", (tuple(signs), kept), signs[0].start, kept[-1].end)


@lowers("conditional_expression")
def _conditional(low: Lowering, tree: Tree) -> Node:
    inside = children(tree)
    if len(inside) != 3:
        return low.node(n.OTHER, "damaged", (), tree)
    then, condition, otherwise = (low.expression(child) for child in inside)
    return low.place(n.CONDITIONAL, "", (condition, then, otherwise), then.start, otherwise.end)


@lowers("await")
def _await(low: Lowering, tree: Tree) -> Node:
    """``await a ** b`` is a power of what is awaited; tree-sitter reads it the other way."""
    inside = children(tree)[0]
    power = inside if inside.type == "binary_operator" and _operator_of(inside) == "**" else None
    awaited = power.child_by_field_name("left") if power is not None else inside
    value = low.expression(awaited or inside)
    made = low.place(n.AWAIT, "", (value,), tree.start_byte - low.offset, value.end)
    return made if power is None else _operation(low, _sign(low, power), (made, _right(low, power)))


@lowers("yield")
def _yield(low: Lowering, tree: Tree) -> Node:
    inside = children(tree)
    start = tree.start_byte - low.offset
    if not inside:
        return low.node(n.YIELD, "", (None,), tree.children[0])
    value = low.expression(inside[0])
    spelled = "from" if any(child.type == "from" for child in tree.children) else ""
    return low.place(n.YIELD, spelled, (value,), start, value.end)


def called_type(low: Lowering) -> Node:
    """The call that ``low.called`` says."""
    assert low.called is not None
    keyword, listed = low.called
    low.called = None
    callee, arguments = low.name(keyword), tuple(argument(low, child) for child in children(listed))
    return low.place(n.CALL, "", (callee, arguments), callee.start, listed.end_byte - low.offset)


@lowers("tuple")
def _tuple(low: Lowering, tree: Tree) -> Node:
    if low.called is not None and low.called[1].id == tree.id:
        return called_type(low)
    return low.node(n.TUPLE, "", (_elements(low, tree),), tree)


@lowers("tuple_pattern")
def _tuple_pattern(low: Lowering, tree: Tree) -> Node:
    """``(a, b)`` as a target; ``(a)`` is one in tree-sitter, but not for semgrep's first parser."""
    inside = children(tree)
    if not low.modern and len(inside) == 1 and not any(child.type == "," for child in tree.children):
        return widened(low, low.expression(inside[0]), tree)
    return low.node(n.TUPLE, "", (_elements(low, tree),), tree)


def widened(low: Lowering, made: Node, tree: Tree) -> Node:
    """A node matched with its parentheses."""
    if made.kind is n.NAME and made.tokens is None:
        made.tokens = (made.start, made.end)
    made.start, made.end = tree.start_byte - low.offset, tree.end_byte - low.offset
    return made


@lowers("expression_list", "pattern_list")
def bare_tuple(low: Lowering, tree: Tree) -> Node:
    """``a, b`` without parentheses: a trailing comma is not part of it."""
    elements = _elements(low, tree)
    if low.modern and tree.type == "pattern_list" and len(elements) == 1:
        return elements[0]
    return low.around(n.TUPLE, "", (elements,), elements, tree)


@lowers("list", "list_pattern")
def _list(low: Lowering, tree: Tree) -> Node:
    return low.node(n.LIST, "", (_elements(low, tree),), tree)


@lowers("set")
def _set(low: Lowering, tree: Tree) -> Node:
    return low.node(n.SET, "", (_elements(low, tree),), tree)


@lowers("dictionary")
def _dictionary(low: Lowering, tree: Tree) -> Node:
    """With ``**`` in it, semgrep takes it for a set."""
    elements = _elements(low, tree)
    kind = n.SET if any(element.kind is n.SPREAD for element in elements) else n.DICT
    return low.node(kind, "", (elements,), tree)


@lowers("pair")
def _pair(low: Lowering, tree: Tree) -> Node:
    inside = children(tree)
    if len(inside) != 2:
        return low.node(n.OTHER, "damaged", (), tree)
    elements = (low.expression(inside[0]), low.expression(inside[1]))
    return low.around(n.TUPLE, "", (elements,), elements, tree)


def _elements(low: Lowering, tree: Tree) -> tuple[Node, ...]:
    return tuple(low.expression(child) for child in children(tree))


@lowers("list_splat", "dictionary_splat", "list_splat_pattern", "dictionary_splat_pattern")
def _splat(low: Lowering, tree: Tree) -> Node:
    """``*a`` outside a call: semgrep keeps no token of the star. In a display ``**a`` is one star too."""
    inside = children(tree)
    if not inside:
        return low.node(n.OTHER, "damaged", (), tree)
    value = low.expression(inside[0])
    return low.place(n.SPREAD, "*", (None, value), value.start, value.end)


_COMPREHENSIONS = {
    "list_comprehension": "list",
    "set_comprehension": "set",
    "dictionary_comprehension": "dict",
    "generator_expression": "generator",
}


@lowers(*_COMPREHENSIONS)
def _comprehension(low: Lowering, tree: Tree) -> Node:
    inside = children(tree)
    element = low.expression(inside[0])
    clauses = tuple(_clause(low, child) for child in inside[1:])
    return low.node(n.COMPREHENSION, _COMPREHENSIONS[tree.type], (element, clauses), tree)


def _clause(low: Lowering, tree: Tree) -> Node:
    if tree.type == "if_clause":
        condition = low.expression(children(tree)[0])
        return low.around(n.COMPREHENSION_IF, "", (condition,), (condition,), tree)
    left = tree.child_by_field_name("left")
    right = tree.children_by_field_name("right")
    if left is None or not right:
        return low.node(n.OTHER, "damaged", (), tree)
    values = tuple(low.expression(value) for value in right if not value.is_extra and value.type != ",")
    value = values[0] if len(values) == 1 else low.around(n.TUPLE, "", (values,), values, tree)
    goal = target(low, left)
    return low.place(n.COMPREHENSION_FOR, "", (goal, value), goal.start, value.end)


@lowers("named_expression")
def _named(low: Lowering, tree: Tree) -> Node:
    name, value = tree.child_by_field_name("name"), tree.child_by_field_name("value")
    if name is None or value is None:
        return low.node(n.OTHER, "damaged", (), tree)
    goal, made = low.expression(name), low.expression(value)
    return low.place(n.ASSIGN, "", (goal, made), goal.start, made.end)


@lowers("type")
def _type(low: Lowering, tree: Tree) -> Node:
    return low.expression(children(tree)[0])


@lowers("generic_type")
def _generic_type(low: Lowering, tree: Tree) -> Node:
    """``List[int]`` where a type stands."""
    inside = children(tree)
    value = low.expression(inside[0])
    items = [_unwrapped(child) for child in children(inside[1])]
    if low.modern and value.text == "type" and items:
        return low.expression(items[0])  # the second parser loses the name of this one
    return _index_in(low, items, value, tree, inside[1])


def _unwrapped(tree: Tree) -> Tree:
    inside = children(tree)
    return inside[0] if tree.type == "type" and len(inside) == 1 else tree


@lowers("union_type")
def _union_type(low: Lowering, tree: Tree) -> Node:
    """``A | B | C``, which tree-sitter groups from the right here, and so does semgrep's second parser."""
    if low.modern:
        left, right = (low.expression(child) for child in children(tree))
        sign = next(child for child in tree.children if child.type == "|")
        return _operation(low, low.node(n.OPERATOR, "|", (), sign), (left, right))
    operands: list[Node] = []
    signs: list[Tree] = []
    rest = [tree]
    while rest:
        part = rest.pop()
        if part.type == "|":
            signs.append(part)
        elif part.type in ("union_type", "type"):
            rest.extend(reversed([child for child in part.children if not child.is_extra]))
        elif part.type == "binary_operator" and _operator_of(part) == "|":
            rest.extend(reversed([child for child in part.children if not child.is_extra]))
        else:
            operands.append(low.expression(part))
    made = operands[0]
    for token, operand in zip(signs, operands[1:], strict=False):
        made = _operation(low, low.node(n.OPERATOR, "|", (), token), (made, operand))
    return made


@lowers("member_type")
def _member_type(low: Lowering, tree: Tree) -> Node:
    value, name = children(tree)
    made = low.expression(value)
    return low.place(n.ATTRIBUTE, "", (made, low.identifier(name)), made.start, name.end_byte - low.offset)


@lowers("splat_type")
def _splat_type(low: Lowering, tree: Tree) -> Node:
    return _splat(low, tree)


def type_expression(low: Lowering, tree: Tree) -> Node:
    """Wherever code names a type."""
    made = low.expression(tree)
    return low.place(n.TYPE_EXPRESSION, "", (made,), made.start, made.end)


def target(low: Lowering, tree: Tree) -> Node:
    """What ``for``, ``with`` and a comprehension bind: a pattern, whose names are no expressions."""
    return as_pattern(low, low.expression(tree))


_ONLY_IN_PATTERNS = (n.METAVARIABLE, n.METAVARIABLE_ELLIPSIS)


def as_pattern(low: Lowering, made: Node) -> Node:
    """An expression turned into a pattern."""
    start, end = made.start, made.end
    if made.kind is n.NAME and made.text not in ("self", "cls"):
        start, end = made.tokens or (start, end)
        return low.place(n.PATTERN_NAME, made.text, (), start, end)
    if made.kind in _ONLY_IN_PATTERNS or (low.pattern and made.kind is n.ELLIPSIS):
        return made
    if made.kind is n.TUPLE or made.kind is n.LIST:
        elements = made.parts[0]
        assert isinstance(elements, tuple)
        kind = n.PATTERN_TUPLE if made.kind is n.TUPLE else n.PATTERN_LIST
        return low.place(kind, "", (tuple(as_pattern(low, element) for element in elements),), start, end)
    return low.place(n.PATTERN_EXPRESSION, "", (made,), start, end)
