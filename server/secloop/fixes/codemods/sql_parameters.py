"""Values put into an SQL text by formatting are given to the driver beside it instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from secloop.fixes.codemods.rewrite import Refused, Rewrite, quoted, string_value

TITLE = "Pass the values as parameters"

_QUESTION_MARK = frozenset({"sqlite3", "pyodbc", "aiosqlite", "duckdb"})
_PERCENT_S = frozenset({"psycopg", "psycopg2", "pymysql", "MySQLdb", "mysql", "django", "asyncmy", "pymssql"})
_METHODS = ("execute", "executemany")
_VALUE_BEFORE = re.compile(
    r"(?:[=<>(,+*/-]|\b(?:like|ilike|between|and|or|then|else|limit|offset|when|select))\s*$", re.I
)
_VALUES_OPEN = re.compile(r"\b(?:values|in|any|coalesce|lower|upper|date|datetime)\s*\([^()]*$", re.I)
_NAMES_OPEN = re.compile(r"\binto\s+\S+\s*\([^()]*$|\border\s+by\s[^)]*$|\bgroup\s+by\s[^)]*$", re.I)
_PERCENT = re.compile(r"%(?:%|s|d|i)")
_FORMAT = re.compile(r"\{\{|\}\}|\{(?:\d*)\}|\{")

Part = str | cst.BaseExpression


def rewrite(change: Rewrite) -> None:
    """Put the driver's placeholder where each value stood, and the values into a tuple."""
    call = change.find(cst.Call, _executes, "call of execute")
    if len(call.args) != 1 or call.args[0].star:
        raise Refused("the call has parameters already")
    query = call.args[0]
    parts = list(_parts(change, query.value))
    values = [part for part in parts if not isinstance(part, str)]
    if not values:
        raise Refused("the query is a constant, or built elsewhere")
    text = _query(parts, _placeholder(change))
    comma = "," if len(values) == 1 else ""
    given = ", ".join(change.text(value) for value in values)
    start, end = change.source.full_span(query.value)
    change.replace_range(start, end, f"{_literal(text)}, ({given}{comma})")


def _executes(call: cst.Call) -> bool:
    return isinstance(call.func, cst.Attribute) and call.func.attr.value == _METHODS[0]


def _placeholder(change: Rewrite) -> str:
    """The driver's placeholder, if the file's imports leave no doubt about the driver."""
    modules = {found.module.split(".", 1)[0] for found in change.names.imports}
    question, percent = modules & _QUESTION_MARK, modules & _PERCENT_S
    if bool(question) == bool(percent):
        raise Refused("the imports do not tell how the driver writes parameters")
    return "?" if question else "%s"


def _literal(text: str) -> str:
    return f'"""{text}"""' if "\n" in text and '"""' not in text and "\\" not in text else quoted(text)


def _query(parts: list[Part], placeholder: str) -> str:
    """The query with a placeholder for each value; refuses where one may be anything but a value."""
    text = ""
    closing = ""
    for part in parts:
        if not isinstance(part, str):
            quote = text[-1:] if text[-1:] in ("'", '"') else ""
            text = text[: len(text) - len(quote)]
            if not _is_value_place(text):
                raise Refused("a value may be a name or a piece of SQL")
            text += placeholder
            closing = quote
            continue
        if closing:
            if not part.startswith(closing):
                raise Refused("a value is only a part of a quoted text")
            part = part[1:]
        elif text.endswith(placeholder) and re.match(r"[\w.'\"%]", part):
            raise Refused("a value is only a part of a word")
        closing = ""
        text += part.replace("%", "%%") if placeholder == "%s" else part
    if closing or text.count("'") % 2:
        raise Refused("the query's quotes do not match")
    return text


def _is_value_place(before: str) -> bool:
    if before.count("'") % 2 or _NAMES_OPEN.search(before):
        return False
    if re.search(r"[(,]\s*$", before):
        return bool(_VALUES_OPEN.search(before))
    return bool(_VALUE_BEFORE.search(before))


def _parts(change: Rewrite, node: cst.BaseExpression) -> Iterator[Part]:
    """The query's constant pieces and the values between them, in order."""
    constant = string_value(node)
    if constant is not None:
        yield constant
    elif isinstance(node, cst.FormattedString):
        yield from _f_string(node)
    elif isinstance(node, cst.ConcatenatedString):
        yield from _parts(change, node.left)
        yield from _parts(change, node.right)
    elif isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        yield from _added(change, node)
    elif isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Modulo):
        yield from _filled(_PERCENT, node.left, _tuple(node.right))
    elif (
        isinstance(node, cst.Call)
        and isinstance(node.func, cst.Attribute)
        and node.func.attr.value == "format"
    ):
        if any(arg.keyword is not None or arg.star for arg in node.args):
            raise Refused("the query is formatted by names")
        yield from _filled(_FORMAT, node.func.value, [arg.value for arg in node.args])
    else:
        raise Refused("the query is built elsewhere")


def _f_string(node: cst.FormattedString) -> Iterator[Part]:
    if "r" in node.prefix.lower():
        raise Refused("the query is a raw f-string")
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            if "\\" in part.value:
                raise Refused("the query has escapes in an f-string")
            yield part.value.replace("{{", "{").replace("}}", "}")
        elif isinstance(part, cst.FormattedStringExpression):
            if part.conversion or part.format_spec or part.equal:
                raise Refused("a value is formatted on its way into the query")
            yield part.expression


def _added(change: Rewrite, node: cst.BinaryOperation) -> Iterator[Part]:
    for side in (node.left, node.right):
        if isinstance(side, (cst.Name, cst.Attribute, cst.Subscript)):
            yield side
        elif isinstance(side, cst.Call) and change.names.means(side.func, "str") and len(side.args) == 1:
            yield side.args[0].value
        else:
            yield from _parts(change, side)


def _tuple(node: cst.BaseExpression) -> list[cst.BaseExpression]:
    if isinstance(node, cst.Tuple):
        return [element.value for element in node.elements]
    if isinstance(node, cst.Dict):
        raise Refused("the query is filled by names")
    return [node]


def _filled(
    pattern: re.Pattern[str], template: cst.BaseExpression, values: list[cst.BaseExpression]
) -> Iterator[Part]:
    text = string_value(template)
    if text is None:
        raise Refused("the query is built elsewhere")
    left = list(values)
    at = 0
    for found in pattern.finditer(text):
        yield text[at : found.start()]
        at = found.end()
        if found.group() in ("%%", "{{", "}}"):
            yield found.group()[0]
        elif found.group() not in ("%s", "%d", "%i", "{}") or not left:
            raise Refused("the query's places and values do not match")
        else:
            yield left.pop(0)
    if left or (pattern is _PERCENT and "%" in _PERCENT.sub("", text)):
        raise Refused("the query's places and values do not match")
    yield text[at:]
