"""Small programs in which data flows, drawn at random: as semgrep-core's ways to follow taint need to be met."""

from __future__ import annotations

from random import Random
from typing import Final

_VARIABLES: Final = ("a", "b", "c", "d", "e")
_INDEXES: Final = ("0", "1", "'p'", "'k'", "a")
_FIELDS: Final = ("p", "q", "r")
_OPERATORS: Final = ("+", "-", "*", "%", "==", "<", "in", "is", "and", "or", "not in", "@", "|")


class Program:
    """Draws a function. Loops hold only what makes no deeper values, so that semgrep-core ends with them."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def function(self, name: str, size: int) -> str:
        """The code of a function with ``size`` statements of its own."""
        body = "".join(self._statement(1, 0) for _ in range(size))
        return f"async def {name}(a, b):\n{body}\n"

    def _one(self, *choices: str) -> str:
        return self._random.choice(choices)

    def _variable(self) -> str:
        return self._one(*_VARIABLES)

    def _place(self, depth: int = 0) -> str:
        """What can be assigned to."""
        at = self._random.random()
        if at < 0.5 or depth > 2:
            return self._variable()
        if at < 0.75:
            return f"{self._place(depth + 1)}.{self._one(*_FIELDS)}"
        if at < 0.95:
            return f"{self._place(depth + 1)}[{self._one(*_INDEXES)}]"
        return f"self.{self._one(*_FIELDS)}"

    def _flat(self) -> str:
        """A value with nothing in it."""
        return self._one(
            "source()",
            f"g({self._place()}, {self._place()})",
            f"{self._place()} + {self._place()}",
            "1",
            f"{self._place()}.m({self._place()})",
        )

    def _value(self, depth: int = 0) -> str:
        random = self._random
        at = random.random()
        if depth > 2 or at < 0.3:
            return self._place()
        if at < 0.45:
            return "source()"

        def inner() -> str:
            return self._value(depth + 1)

        forms = (
            lambda: f"g({inner()}, k={inner()})",
            lambda: f"{self._place()}.m({inner()})",
            lambda: f"({inner()} {self._one(*_OPERATORS)} {inner()})",
            lambda: f"[{inner()}, {inner()}]",
            lambda: f"({inner()}, {inner()})",
            lambda: f"{{'p': {inner()}, {self._variable()}: {inner()}}}",
            lambda: f"{{{inner()}, 1}}",
            lambda: f"({inner()} if {inner()} else {inner()})",
            lambda: f"(not {inner()})",
            lambda: 'f"{' + self._variable() + '} x"',
            lambda: f"[{self._flat()} for {self._variable()} in {inner()}]",
            lambda: f"[{self._variable()} for {self._variable()}, i in {inner()} if {self._place()}]",
            lambda: f"(await {inner()})",
            lambda: f"({self._variable()} := {self._flat()})",
            lambda: f"{self._place()}[{inner()}:1]",
            lambda: f"g(*{inner()}, **{self._variable()})",
            lambda: f"({inner()} < {inner()} < 3)",
            lambda: f"({inner()}).{self._one(*_FIELDS)}",
            lambda: f"'%s' % {inner()}",
        )
        return random.choice(forms)()

    def _block(self, indent: int, depth: int, *, loop: bool) -> str:
        statement = self._settled if loop else self._statement
        return "".join(statement(indent + 1, depth + 1) for _ in range(self._random.randint(1, 3)))

    def _statement(self, indent: int, depth: int) -> str:
        at = self._random.random() * (0.7 if depth > 2 else 1)
        start = "    " * indent
        if at < 0.35:
            return f"{start}{self._place()} = {self._value()}\n"
        if at < 0.45:
            return f"{start}sink({self._value()})\n"
        if at < 0.5:
            return f"{start}{self._place()} += {self._value()}\n"
        if at < 0.57:
            return f"{start}{self._place()}, {self._place()} = {self._value()}\n"
        if at < 0.62:
            return f"{start}{self._variable()} = {self._variable()} = {self._value()}\n"
        if at < 0.7:
            return f"{start}{self._one(self._value(), 'del a', 'assert ' + self._value())}\n"
        then = self._block(indent, depth, loop=at >= 0.8)
        if at < 0.8:
            otherwise = f"{start}else:\n{self._block(indent, depth, loop=False)}"
            return f"{start}if {self._value()}:\n{then}{self._one('', otherwise)}"
        if at < 0.86:
            return f"{start}while {self._value()}:\n{then}"
        if at < 0.92:
            return f"{start}for {self._variable()} in {self._value()}:\n{then}"
        return f"{start}with {self._value()} as {self._variable()}:\n{then}"

    def _settled(self, indent: int, depth: int) -> str:
        """A statement that a loop can repeat without making ever deeper values."""
        at = self._random.random() * (0.6 if depth > 3 else 1)
        start = "    " * indent
        if at < 0.3:
            return f"{start}{self._place()} = {self._flat()}\n"
        if at < 0.45:
            return f"{start}{self._variable()} = {self._place()}\n"
        if at < 0.6:
            return f"{start}sink({self._place()})\n"
        if at < 0.65:
            return f"{start}if {self._variable()}: {self._one('break', 'continue', 'return')}\n"
        body = self._block(indent, depth, loop=True)
        if at < 0.85:
            return f"{start}if {self._place()}:\n{body}"
        handled = self._block(indent, depth, loop=True)
        return f"{start}try:\n{body}{start}except E as e:\n{handled}"
