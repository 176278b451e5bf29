"""semgrep-core's dumped trees, and the engine's trees in the same normal form: nested tuples and lists, no positions."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from secloop.engine.native import nodes as n
from secloop.engine.native.nodes import Node
from secloop.syntax.languages import semgrep_package

CORE = semgrep_package() / "bin" / "semgrep-core"

_TOKEN = re.compile(
    r"""\s*(?:
    "(?P<text>[^"]*)"
    |(?P<word>[^\W\d][\w.']*)
    |(?P<number>-?\d[\w.+-]*|-?inf|-?nan)
    |(?P<mark>[\[\](){};,=])
    )""",
    re.VERBOSE | re.DOTALL,
)

# Strings are printed without escaping, so where one ends is a guess.
_LITERAL = re.compile(r'\s*"(?P<text>.*?)"(?=,\s*\(\)\)\))', re.DOTALL)


def dump(source: str, *options: str, what: str = "-dump_ast", suffix: str = ".py") -> str:
    """What semgrep-core prints for a text; empty if it refuses it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"code{suffix}"
        path.write_bytes(source.encode("utf-8"))
        command = [str(CORE), "-lang", "python", *options, what, str(path)]
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else ""


def parsed(text: str) -> Any:
    """The dumped value: a constructor is a tuple that starts with its name, a record a dict."""
    tokens = list(_tokens(text))
    value, end = _value(tokens, 0)
    assert end == len(tokens), tokens[end : end + 10]
    return value


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    stop = len(text.rstrip())
    last = ["", "", ""]
    while at < stop:
        found = (_LITERAL if last == ["String", "(", "("] else _TOKEN).match(text, at)
        assert found is not None, text[at : at + 100]
        kind = found.lastgroup or ""
        yield kind, found.group(kind)
        last = [*last[1:], found.group(kind)]
        at = found.end()


def _value(tokens: list[tuple[str, str]], at: int) -> tuple[Any, int]:
    kind, text = tokens[at]
    at += 1
    if kind == "text":
        return text, at
    if kind == "number":
        return ("#", text), at
    if kind == "word":
        if at < len(tokens) and tokens[at] == ("mark", "("):
            inner, at = _value(tokens, at)
            arguments = inner[1:] if isinstance(inner, tuple) and inner and inner[0] == "" else (inner,)
            return (text, *arguments), at
        return (text,), at
    if text == "(":
        items, at = _sequence(tokens, at, ")", ",")
        return (items[0] if len(items) == 1 else ("", *items)), at
    if text == "[":
        return _sequence(tokens, at, "]", ";")
    assert text == "{", tokens[at - 3 : at + 5]
    record: dict[str, Any] = {}
    while tokens[at][1] != "}":
        key = tokens[at][1]
        record[key], at = _value(tokens, at + 2)
        if tokens[at][1] == ";":
            at += 1
    return record, at + 1


def _sequence(tokens: list[tuple[str, str]], at: int, end: str, separator: str) -> tuple[list[Any], int]:
    items = []
    while tokens[at] != ("mark", end):
        item, at = _value(tokens, at)
        items.append(item)
        if tokens[at] == ("mark", separator):
            at += 1
    return items, at + 1


def simple(value: Any) -> Any:
    """Without positions, ids and what is absent."""
    if isinstance(value, dict):
        kept = {key: simple(one) for key, one in value.items() if key not in ("pinfo", "name_info")}
        return {key: one for key, one in kept.items() if one not in (("None",), [], "", ())}
    if isinstance(value, list):
        return [simple(one) for one in value]
    if not isinstance(value, tuple):
        return value
    made = tuple(
        simple(one) for one in value if one != ("",) and not (isinstance(one, dict) and "id_info_id" in one)
    )
    if made == ("Method",):  # a function of a class, which matches like any other
        return ("Function",)
    if len(made) == 2 and made[0] == "" and isinstance(made[1], (str, tuple)):
        return made[1]
    return made


def semgrep_form(source: str, *options: str) -> list[Any]:
    """The statements of a text as semgrep-core reads it."""
    text = dump(source, *options)
    if not text:
        raise ValueError("semgrep-core refuses it")
    made = simple(parsed(text))
    return list(made[1])


def engine_form(module: Node) -> list[Any]:
    """The statements of the engine's tree in semgrep's words."""
    return [_form(statement) for statement in _listed(module.parts[0])]


def _listed(part: n.Part) -> tuple[Node, ...]:
    assert isinstance(part, tuple), part
    return part


def _one(part: n.Part) -> Node:
    assert isinstance(part, Node), part
    return part


def _form(node: Node) -> Any:
    return _FORMS[node.kind](node)


def _name(text: str) -> Any:
    special = {"self": "Self", "cls": "Cls"}.get(text)
    return ("N", ("IdSpecial", (special,))) if special else ("N", ("Id", text))


def _some(part: n.Part, make: Callable[[Node], Any] = _form) -> Any:
    return ("Some", make(_one(part))) if part is not None else ("None",)


def _number(node: Node) -> Any:
    text = node.text
    if node.kind is n.INT:
        known = re.fullmatch(r"-?\d+", text) and -(2**63) <= int(text) < 2**63
        return ("Int", ("Some", ("#", text)) if known else ("None",))
    try:
        return ("Float", ("Some", ("#", f"{float(text.replace('_', '')):.6f}")))
    except ValueError:
        return ("Float", ("None",))


def _literal(node: Node) -> Any:
    if node.kind in (n.INT, n.FLOAT):
        return _number(node)
    if node.kind is n.BOOL:
        return ("Bool", (node.text.lower(),))
    if node.kind is n.NONE:
        return ("Null",)
    return ("Imag" if node.kind is n.IMAGINARY else "String", node.text)


def _argument(node: Node) -> Any:
    if node.kind is n.KEYWORD:
        return ("ArgKwd", node.text, _form(_one(node.parts[1])))
    return ("Arg", _form(node))


def _call(special: Any, operands: tuple[Node, ...]) -> Any:
    return ("Call", ("Special", special), [("Arg", _form(one)) for one in operands])


_OPERATORS = {
    "+": "Plus",
    "-": "Minus",
    "*": "Mult",
    "/": "Div",
    "%": "Mod",
    "**": "Pow",
    "//": "FloorDiv",
    "@": "MatMult",
    "<<": "LSL",
    ">>": "ASR",
    "&": "BitAnd",
    "|": "BitOr",
    "^": "BitXor",
    "~": "BitNot",
    "and": "And",
    "or": "Or",
    "not": "Not",
    "==": "Eq",
    "!=": "NotEq",
    "<": "Lt",
    "<=": "LtE",
    ">": "Gt",
    ">=": "GtE",
    "is": "PhysEq",
    "is not": "NotPhysEq",
    "in": "In",
    "not in": "NotIn",
}


def _op(text: str) -> Any:
    return ("Op", (_OPERATORS[text],))


def _spread(node: Node) -> Any:
    name = "HashSplat" if node.text == "**" else "Spread"
    return _call((name,), (_one(node.parts[1]),))


def _slice(node: Node) -> Any:
    return ("SliceAccess", _form(_one(node.parts[0])), ("", *(_some(one) for one in node.parts[1:])))


def _comparisons(node: Node) -> Any:
    signs = [("E", ("Special", _op(one.text))) for one in _listed(node.parts[0])]
    return ("OtherExpr", "CmpOps", signs + [("E", _form(one)) for one in _listed(node.parts[1])])


def _container(kind: str) -> Callable[[Node], Any]:
    return lambda node: ("Container", (kind,), [_form(one) for one in _listed(node.parts[0])])


_COMPREHENSIONS = {"list": "List", "set": "Dict", "dict": "Dict", "generator": "Tuple"}


def _comprehension(node: Node) -> Any:
    clauses = [_form(one) for one in _listed(node.parts[1])]
    kind = _COMPREHENSIONS[node.text]
    return ("Comprehension", (kind,), ("", _form(_one(node.parts[0])), clauses))


def _type(node: Node) -> Any:
    if node.kind is n.KEYWORD:
        return {"t": ("OtherType", "ArgKwdParent", [("I", node.text), ("E", _form(_one(node.parts[1])))])}
    return {"t": ("TyExpr", _form(_one(node.parts[0])))}


def _without(record: dict[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in record.items() if one not in (("None",), [])}


def _block(node: Node) -> Any:
    return ("Block", [_form(one) for one in _listed(node.parts[0])])


def _target(node: Node) -> Any:
    if node.kind is n.ELLIPSIS:
        return ("PatEllipsis",)
    return ("PatId", node.text) if node.kind is n.METAVARIABLE else _form(node)


def _parameter(node: Node) -> Any:
    if node.kind is n.PARAMETER_PATTERN:
        return ("ParamPattern", _form(_one(node.parts[0])))
    if node.kind is n.ELLIPSIS:
        return ("ParamEllipsis",)
    if node.kind is n.METAVARIABLE_ELLIPSIS:
        return ("Param", {"pname": ("Some", node.text)})
    if node.kind is n.PARAMETER:
        record = {
            "pname": ("Some", node.text),
            "pdefault": _some(node.parts[2]),
            "ptype": _some(node.parts[1], _type),
        }
        return ("Param", _without(record))
    name, kind = node.parts
    if name is None:
        return ("OtherParam", "SingleStar" if node.text == "*" else "SlashParam", [])
    record = {"pname": ("Some", _one(name).text), "ptype": _some(kind, _type)}
    return ("ParamRest" if node.text == "*" else "ParamHashSplat", _without(record))


def _definition(name: str, attributes: n.Part, what: Any) -> Any:
    entity = _without({"name": ("EN", ("Id", name)), "attrs": [_form(one) for one in _listed(attributes)]})
    return ("DefStmt", entity, what)


def _function(node: Node) -> Any:
    _, parameters, returns, attributes, body = node.parts
    record = {
        "fkind": ("Function",),
        "fparams": [_parameter(one) for one in _listed(parameters)],
        "frettype": _some(returns, _type),
        "fbody": ("FBStmt", _block(_one(body))),
    }
    return _definition(node.text, attributes, ("FuncDef", _without(record)))


def _lambda(node: Node) -> Any:
    record = {
        "fkind": ("LambdaKind",),
        "fparams": [_parameter(one) for one in _listed(node.parts[0])],
        "fbody": ("FBExpr", _form(_one(node.parts[1]))),
    }
    return ("Lambda", _without(record))


def _class(node: Node) -> Any:
    _, bases, attributes, body = node.parts
    members = [("F", _form(one)) for one in _listed(_one(body).parts[0])]
    record = {
        "ckind": ("Class",),
        "cextends": [("", _type(one), ("None",)) for one in _listed(bases)],
        "cbody": members,
    }
    return _definition(node.text, attributes, ("ClassDef", _without(record)))


def _variable(node: Node) -> Any:
    record = {"vinit": _some(node.parts[2]), "vtype": _some(node.parts[1], _type)}
    return _definition(node.text, (), ("VarDef", _without(record)))


def _decorator(node: Node) -> Any:
    value, arguments = node.parts
    if arguments is not None:
        return ("NamedAttr", ("Id", node.text), [_argument(one) for one in _listed(arguments)])
    return ("OtherAttribute", "pip0614: expr attr", [("E", _form(_one(value)))])


def _handler(node: Node) -> Any:
    kind, name, body = node.parts
    if kind is None:
        caught: Any = ("CatchPattern", ("PatWildcard",))
    elif isinstance(kind, Node) and kind.kind is n.ELLIPSIS:
        caught = ("CatchPattern", ("PatEllipsis",))
    else:
        record = {"pname": _some(name, lambda one: one.text), "ptype": _some(kind, _type)}
        caught = ("CatchParam", _without(record))
    return ("", caught, _block(_one(body)))


def _try(node: Node) -> Any:
    body, handlers, otherwise, final = node.parts
    return (
        "Try",
        _block(_one(body)),
        [_handler(one) for one in _listed(handlers)],
        _some(otherwise, _block),
        _some(final, _block),
    )


def _raise_from(node: Node) -> Any:
    kind = "OS_ThrowFrom" if node.text == "from" else "OS_ThrowArgsLocation"
    causes = [("E", _form(one)) for one in _listed(node.parts[0])]
    return ("OtherStmt", (kind,), [*causes, ("S", _form(_one(node.parts[1])))])


def _dotted(part: n.Part) -> Any:
    return ("DottedName", [one.text for one in _listed(part)])


def _directive(what: Any) -> Any:
    return ("DirectiveStmt", {"d": what})


def _imported(node: Node) -> Any:
    name, alias = node.parts
    return ("Direct", _one(name).text) if alias is None else ("Aliased", _one(name).text, _one(alias).text)


def _loop_else(node: Node) -> Any:
    kind = "OS_ForOrElse" if node.text == "for else" else "OS_WhileOrElse"
    return ("OtherStmt", (kind,), [("S", _form(one)) for one in _listed(node.parts[0])])


def _literal_pattern(text: str) -> Any:
    if text == "None":
        return ("Null",)
    if text in ("True", "False"):
        return ("Bool", (text.lower(),))
    kind = n.INT if re.fullmatch(r"-?\d+", text) else n.FLOAT
    return _number(Node(kind, text, (), 0, 0, n.Base(0)))


def _qualified(names: list[str]) -> Any:
    if len(names) == 1:
        return ("Id", names[0])
    middle = ("Some", ("QDots", [("", name, ("None",)) for name in names[:-1]]))
    return ("IdQualified", {"name_last": ("", names[-1], ("None",)), "name_middle": middle})


def _other_pattern(node: Node) -> Any:
    parts = list(node.children())
    if node.text == "or":
        return ("PatDisj", *map(_form, parts))
    if node.text == "keyword":
        return ("PatKeyVal", *map(_form, parts))
    if node.text == "as":
        return ("PatAs", _form(parts[0]), parts[1].text)
    if node.text == "splat":
        return ("OtherPat", "PatSplat", [("P", _form(parts[0]))])
    if node.text == "attribute":
        return ("OtherPat", "PatAttribute", [("Name", _qualified([part.text for part in parts]))])
    if node.text == "complex":
        return (
            "OtherPat",
            "PatComplex",
            [("P", _form(parts[0])), ("Tk",), ("P", _form(parts[1]))],
        )
    if node.text == "record":
        return ("PatRecord", [])
    name = {"string": "PatInterpolatedString", "strings": "PatConcatenatedString"}[node.text]
    return ("OtherPat", name, [("E", _form(part)) for part in parts])


_FORMS: dict[str, Callable[[Node], Any]] = {
    n.NAME: lambda x: _name(x.text),
    n.METAVARIABLE: lambda x: _name(x.text),
    n.METAVARIABLE_ELLIPSIS: lambda x: _name(x.text),
    n.TYPED_METAVARIABLE: lambda x: ("TypedMetavar", x.text, _type(_one(x.parts[0]))),
    n.DEEP: lambda x: ("DeepEllipsis", _form(_one(x.parts[0]))),
    n.ATTRIBUTE_ELLIPSIS: lambda x: ("DotAccessEllipsis", _form(_one(x.parts[0]))),
    **{
        kind: lambda x: ("L", _literal(x)) for kind in (n.INT, n.FLOAT, n.IMAGINARY, n.STRING, n.BOOL, n.NONE)
    },
    n.ELLIPSIS: lambda x: ("Ellipsis",),
    n.ENCODED: lambda x: _call(("EncodedString", x.text), (_one(x.parts[0]),)),
    n.CONCAT: lambda x: _call(("ConcatString", ("SequenceConcat",)), _listed(x.parts[0])),
    n.FORMAT: lambda x: _call(("ConcatString", ("FString", x.text)), _listed(x.parts[0])),
    n.CALL: lambda x: ("Call", _form(_one(x.parts[0])), [_argument(one) for one in _listed(x.parts[1])]),
    n.SPREAD: _spread,
    n.ATTRIBUTE: lambda x: ("DotAccess", _form(_one(x.parts[0])), ("FN", ("Id", _one(x.parts[1]).text))),
    n.INDEX: lambda x: ("ArrayAccess", _form(_one(x.parts[0])), _form(_one(x.parts[1]))),
    n.SLICE: _slice,
    n.SLICES: lambda x: ("OtherExpr", "Slices", [("E", _form(one)) for one in _listed(x.parts[0])]),
    n.OPERATION: lambda x: _call(_op(x.text), _listed(x.parts[1])),
    n.COMPARISONS: _comparisons,
    n.TUPLE: _container("Tuple"),
    n.LIST: _container("List"),
    n.SET: _container("Set"),
    n.DICT: _container("Dict"),
    n.COMPREHENSION: _comprehension,
    n.COMPREHENSION_FOR: lambda x: ("CompFor", _target(_one(x.parts[0])), _form(_one(x.parts[1]))),
    n.COMPREHENSION_IF: lambda x: ("CompIf", _form(_one(x.parts[0]))),
    n.LAMBDA: _lambda,
    n.CONDITIONAL: lambda x: ("Conditional", *(_form(_one(one)) for one in x.parts)),
    n.AWAIT: lambda x: ("Await", _form(_one(x.parts[0]))),
    n.YIELD: lambda x: ("Yield", _some(x.parts[0]), ("true" if x.text else "false",)),
    n.ASSIGN: lambda x: ("Assign", _form(_one(x.parts[0])), _form(_one(x.parts[1]))),
    n.AUGMENTED: lambda x: (
        "AssignOp",
        _form(_one(x.parts[0])),
        (_OPERATORS[x.text],),
        _form(_one(x.parts[1])),
    ),
    n.CAST: lambda x: ("Cast", _type(_one(x.parts[0])), _form(_one(x.parts[1]))),
    n.WITH_ITEM: lambda x: ("LetPattern", _target(_one(x.parts[0])), _form(_one(x.parts[1]))),
    n.PATTERN_NAME: lambda x: ("PatId", x.text),
    n.PATTERN_TUPLE: lambda x: ("PatTuple", [_target(one) for one in _listed(x.parts[0])]),
    n.PATTERN_LIST: lambda x: ("PatList", [_target(one) for one in _listed(x.parts[0])]),
    n.PATTERN_EXPRESSION: lambda x: ("OtherPat", "ExprToPattern", [("E", _form(_one(x.parts[0])))]),
    n.PATTERN_LITERAL: lambda x: ("PatLiteral", _literal_pattern(x.text)),
    n.PATTERN_WILDCARD: lambda x: ("PatWildcard",),
    n.PATTERN_CLASS: lambda x: (
        "PatConstructor",
        _qualified(x.text.split(".")),
        [_form(one) for one in _listed(x.parts[0])],
    ),
    n.PATTERN_OTHER: _other_pattern,
    n.EXPRESSION: lambda x: ("ExprStmt", _form(_one(x.parts[0]))),
    n.VARIABLE: _variable,
    n.BLOCK: _block,
    n.IF: lambda x: (
        "If",
        ("Cond", _form(_one(x.parts[0]))),
        _block(_one(x.parts[1])),
        _some(x.parts[2], _block),
    ),
    n.WHILE: lambda x: ("While", ("Cond", _form(_one(x.parts[0]))), _block(_one(x.parts[1]))),
    n.FOR: lambda x: (
        "For",
        ("ForEach", _target(_one(x.parts[0])), _form(_one(x.parts[1]))),
        _block(_one(x.parts[2])),
    ),
    n.RETURN: lambda x: ("Return", _some(x.parts[0])),
    n.BREAK: lambda x: ("Break", ("LNone",)),
    n.CONTINUE: lambda x: ("Continue", ("LNone",)),
    n.PASS: lambda x: ("OtherStmt", ("OS_Pass",), [("Tk",)]),
    n.RAISE: lambda x: ("Throw", _form(_one(x.parts[0]))),
    n.RAISE_NOTHING: lambda x: ("OtherStmt", ("OS_ThrowNothing",), [("Tk",)]),
    n.RAISE_FROM: _raise_from,
    n.ASSERT: lambda x: ("Assert", [("Arg", _form(one)) for one in _listed(x.parts[0])]),
    n.DELETE: lambda x: ("OtherStmt", ("OS_Delete",), [("E", _form(one)) for one in _listed(x.parts[0])]),
    n.GLOBAL: lambda x: _definition(_one(x.parts[0]).text, (), ("UseOuterDecl",)),
    n.TRY: _try,
    n.WITH: lambda x: (
        "OtherStmtWithStmt",
        ("OSWS_With",),
        [("E", _form(_one(x.parts[0])))],
        _block(_one(x.parts[1])),
    ),
    n.IMPORT: lambda x: _directive(("ImportAs", _dotted(x.parts[0]), _some(x.parts[1], lambda y: y.text))),
    n.IMPORT_FROM: lambda x: _directive(
        ("ImportFrom", _dotted(x.parts[0]), [_imported(one) for one in _listed(x.parts[1])])
    ),
    n.IMPORT_ALL: lambda x: _directive(("ImportAll", _dotted(x.parts[0]))),
    n.FUNCTION: _function,
    n.CLASS: _class,
    n.DECORATOR: _decorator,
    n.MODIFIER: lambda x: ("KeywordAttr", (x.text.title(),)),
    n.ASYNC: lambda x: ("OtherStmt", ("OS_Async",), [("S", _form(_one(x.parts[0])))]),
    n.TYPE_ALIAS: lambda x: _definition(
        x.text, (), ("TypeDef", {"tbody": ("AliasType", _type(_one(x.parts[1])))})
    ),
    n.MATCH: lambda x: (
        "Switch",
        ("Some", ("Cond", _form(_one(x.parts[0])))),
        [_form(one) for one in _listed(x.parts[1])],
    ),
    n.CASE: lambda x: ("CasesAndBody", [("Case", _form(_one(x.parts[0])))], _block(_one(x.parts[1]))),
    n.OTHER: lambda x: _loop_else(x) if x.text.endswith(" else") else ("Other", x.text),
}


def semgrep_pattern_form(pattern: str) -> Any:
    """A pattern as semgrep-core reads it."""
    text = dump(pattern, what="-dump_pattern", suffix=".sgrep")
    if not text:
        raise ValueError("semgrep-core refuses it")
    return simple(parsed(text))


def engine_pattern_form(pattern: Node) -> Any:
    """The engine's pattern in semgrep's words."""
    if pattern.kind is n.DECORATOR:
        return ("At", _form(pattern))
    if pattern.kind is n.BLOCK:
        return ("Ss", [_form(one) for one in _listed(pattern.parts[0])])
    made = _form(pattern)
    return ("S" if made[0] in _STATEMENTS else "E", made)


_STATEMENTS = frozenset(
    [
        "ExprStmt",
        "DefStmt",
        "If",
        "While",
        "For",
        "Return",
        "Break",
        "Continue",
        "Throw",
        "Assert",
        "OtherStmt",
        "OtherStmtWithStmt",
        "Try",
        "DirectiveStmt",
        "Switch",
        "Block",
    ]
)
