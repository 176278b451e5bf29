"""Code that nests as deep as one asks, in every way that Python has: each shape by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

Shape: TypeAlias = Callable[[int], str]


def _around(opening: str, inside: str, closing: str, *, before: str = "x = ") -> Shape:
    return lambda levels: f"{before}{opening * levels}{inside}{closing * levels}\n"


def _chain(first: str, link: str, *, before: str = "x = ") -> Shape:
    return lambda levels: f"{before}{first}{link * levels}\n"


def _suites(header: str, *, last: str = "f()") -> Shape:
    def code(levels: int) -> str:
        lines = [" " * level + header for level in range(levels)]
        return "\n".join([*lines, " " * levels + last, ""])

    return code


def _names(line: str) -> Shape:
    """Each name is made of the one before."""

    def code(levels: int) -> str:
        lines = [line.format(new=f"a{level + 1}", old=f"a{level}") for level in range(levels)]
        return "\n".join(["a0 = input()", *lines, f"f(a{levels})", ""])

    return code


SHAPES: Mapping[str, Shape] = {
    "parentheses": _around("(", "1", ")"),
    "lists": _around("[", "", "]"),
    "tuples": _around("(", "1", ",)"),
    "dictionaries": _around("{1: ", "1", "}"),
    "unary operators": _around("-", "1", ""),
    "not": _around("not ", "a", ""),
    "attributes": _chain("a", ".b"),
    "calls": _chain("f", "()"),
    "nested calls": _around("f(", "", ")"),
    "keyword arguments": _around("f(a=", "1", ")"),
    "stars": _around("f(*", "a", ")"),
    "subscripts": _chain("a", "[0]"),
    "nested subscripts": _around("a[", "0", "]"),
    "sums": _chain("a", " + b"),
    "powers": _chain("1", " ** 1"),
    "string sums": _chain("'a'", " + 'a'"),
    "and": _chain("a", " and b"),
    "and, or": _chain("a", " and b or c"),
    "comparisons": _chain("a", " < b"),
    "adjacent strings": _chain("'a'", " 'a'"),
    "f-strings": _around("f'{", "1", "}'"),
    "lambdas": _around("lambda: ", "1", ""),
    "defaults": _around("lambda a=", "1", ": 1"),
    "conditionals": _around("a if b else ", "1", ""),
    "await": _around("await ", "a", "", before="async def g(): "),
    "yield": _around("(yield ", "1", ")", before="def g(): x = "),
    "walrus": _around("(a := ", "1", ")"),
    "assignments": _around("x = ", "1", "", before=""),
    "augmented assignments": _around("x += ", "1", "", before=""),
    "comprehensions": _around("[a for a in ", "b", "]"),
    "clauses of a comprehension": lambda levels: f"x = [a{' for a in b' * levels}]\n",
    "annotations": _around("a[", "b", "] ", before="x: "),
    "unions": _chain("a", " | b", before="x: "),
    "targets": lambda levels: f"for {'(' * levels}a{',)' * levels} in b: pass\n",
    "sequence patterns": lambda levels: f"match a:\n case {'[' * levels}b{']' * levels}: pass\n",
    "class patterns": lambda levels: f"match a:\n case {'A(' * levels}b{')' * levels}: pass\n",
    "or patterns": lambda levels: f"match a:\n case 1{' | 1' * levels}: pass\n",
    "imports": _chain("a", ".b", before="import "),
    "unclosed": _around("f(", "", "", before=""),
    "elif": lambda levels: "if a: f()\n" + "elif b: f()\n" * levels,
    "if": _suites("if a:"),
    "for": _suites("for a in b:"),
    "with": _suites("with a as b:"),
    "functions": _suites("def g(a):"),
    "classes": _suites("class A:"),
    "items of with": lambda levels: f"with {', '.join(['a as b'] * levels)}: f()\n",
    "decorators": lambda levels: "@a\n" * levels + "def g(): pass\n",
    "aliases": _names("{new} = {old}"),
    "constants": _names("{new} = {old} + 'b'"),
    "arguments": lambda levels: f"f({'a, ' * levels})\n",
    "statements": lambda levels: "def g():\n" + " f(a)\n" * levels,
}
