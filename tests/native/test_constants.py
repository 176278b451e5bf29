"""What names and expressions are known to be worth."""

from __future__ import annotations

import pytest
from matches import tree
from test_names import module

from secloop.engine.native import nodes as n
from secloop.engine.native.constants import Constants, propagate
from secloop.engine.native.errors import TooDeep
from secloop.engine.native.names import Names, resolve
from secloop.engine.native.nodes import Node


def worth(code: str) -> list[str | None]:
    """What the arguments of the calls of ``use`` are worth: a literal's text, or the type in angle brackets."""
    found = []
    for node in tree(code).walk():
        if node.kind is n.CALL and isinstance(node.parts[0], Node) and node.parts[0].text == "use":
            found += [_text(argument) for argument in node.parts[1] or () if isinstance(argument, Node)]
    return found


def _text(node: Node) -> str | None:
    value = node.constant
    if value is None:
        return None
    return f"<{value.text}>" if value.kind is n.CONSTANT else value.text or value.kind


def test_a_global_assigned_once_has_its_value_everywhere() -> None:
    code = """
A = "a"
B = "b"
B = "c"
def f():
    use(A, B)
for i in x:
    use(A, B)
"""
    assert worth(code) == ["a", None, "a", None]


def test_a_function_that_assigns_a_global_takes_its_value() -> None:
    assert worth("A = 1\ndef f():\n use(A)\ndef g():\n global A\n A = 2") == [None]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x = 'a'\nuse(x)", "a"),
        ("x = 'a'\nx = 'b'\nuse(x)", "b"),
        ("x = 'a'\nx += 'b'\nuse(x)", "ab"),
        ("x = 'a' if p else 'b'\nuse(x)", "<str>"),
        ("x = p\nuse(x)", None),
        ("x = 'a'\nx.append(p)\nuse(x)", None),
        ("x = 'a'\ny = x.append(p)\nuse(x)", "a"),
        ("x = 'a'\nx[0] = p\nuse(x)", None),
        ("x, y = 'a', 'b'\nuse(x)", None),
        ("x = y = 'a'\nuse(x)", None),
        ("x: str = 'a'\nuse(x)", "a"),
        ("use(x := 'a')", None),
        ("def g(x='a'):\n  use(x)", None),
    ],
)
def test_assignments(code: str, expected: str | None) -> None:
    assert worth("def f(p):\n " + code.replace("\n", "\n ")) == [expected]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x = 1\nif p:\n  x = 1\nuse(x)", "1"),
        ("x = 1\nif p:\n  x = 2\nuse(x)", "<int>"),
        ("x = 1\nif p:\n  x = 'a'\nuse(x)", "<any>"),
        ("if p:\n  x = 1\nuse(x)", None),
        ("x = 1\nif p:\n  x = 2\n  return\nuse(x)", "1"),
        ("x = 1\nfor i in p:\n  pass\nuse(x)", None),
        ("x = 1\nfor i in p:\n  x = 1\nuse(x)", "1"),
        ("x = 1\nfor i in p:\n  break\nuse(x)", "1"),
        ("x = 1\ny = [i for i in p]\nuse(x)", None),
        ("x = 1\ntry:\n  x = 2\nexcept E:\n  x = 3\nuse(x)", "2"),
        ("x = 1\ntry:\n  g()\n  x = 2\nexcept E:\n  use(x)", "1"),
        ("x = 1\nwith p:\n  x = 2\nuse(x)", "2"),
        ("x = 1\nyield x\nuse(x)", None),
        ("x = 1\nmatch p:\n  case 1:\n    x = 1\nuse(x)", "1"),
    ],
)
def test_ways_meet(code: str, expected: str | None) -> None:
    assert worth("def f(p):\n " + code.replace("\n", "\n ")) == [expected]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("'a' + 'b'", "ab"),
        ("'a' 'b'", "ab"),
        ("f'a{A}'", "aA"),
        ("f'a{N}'", "a7"),
        ("f'a{p}'", None),
        ("'a' * 3", "<str>"),
        ("N + 1", "8"),
        ("N // 2", "3"),
        ("N / 2", None),
        ("-N", "-7"),
        ("2 ** 62", str(2**62)),
        ("2 ** 63", None),
        ("N < 8", "True"),
        ("not True", "False"),
        ("1.5 + 1", None),
        ("[A]", None),
        ("A.upper()", None),
        ("A[0]", None),
    ],
)
def test_operations(expression: str, expected: str | None) -> None:
    assert worth(f"A = 'A'\nN = 7\ndef f(p):\n use({expression})") == [expected]


def test_a_value_is_where_its_literal_stands() -> None:
    code = "A = 'text'\ndef f():\n use(A)"
    name = next(node for node in tree(code).walk() if node.kind is n.NAME and node.constant is not None)
    assert name.constant is not None
    start, end = name.constant.span
    assert code[start:end] == "'text'"


class Editing:
    """A text whose versions are followed one after the other."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.reuse: dict[str, Node] = {}
        self.names: Names | None = None
        self.constants: Constants | None = None
        self.renewed()

    def renewed(self, old: str = "", new: str = "") -> list[str]:
        """The functions that had to be followed after replacing a piece of the text."""
        self.code = self.code.replace(old, new) if old else self.code
        self.tree = module(self.code, self.reuse)
        self.names = resolve(self.tree, self.names)
        self.constants = propagate(self.tree, self.names, self.constants)
        return [node.text for node in self.constants.renewed]


CODE = "A = 'a'\nB = 'b'\ndef first():\n use(A)\ndef second():\n use(B)\n"


def test_a_changed_value_renews_the_functions_that_can_see_it() -> None:
    assert Editing(CODE).renewed("'a'", "'aa'") == ["first"]


def test_a_value_that_is_only_moved_renews_nothing() -> None:
    editing = Editing(CODE)
    assert editing.renewed("A = 'a'", "# moved\nA  =  'a'") == []
    name = next(node for node in editing.tree.walk() if node.text == "A" and node.constant is not None)
    assert name.constant is not None
    start, end = name.constant.span
    assert editing.code[start:end] == "'a'"


def test_what_is_made_of_a_value_moves_with_it() -> None:
    editing = Editing("A = 'a'\ndef first():\n use(A + 'b')\n")
    assert editing.renewed("A = 'a'", "# moved\nA  =  'a'") == []
    total = next(node for node in editing.tree.walk() if node.kind is n.OPERATION)
    assert total.constant is not None
    start, end = total.constant.span
    assert (total.constant.text, editing.code[start:end]) == ("ab", "'a'")


def test_a_value_that_goes_leaves_none_behind() -> None:
    editing = Editing("A = 1\ndef first(p):\n while f(A):\n  use(A)\n return A\n use(A)\n")
    assert editing.renewed("A = 1", "A = 1\nA = 2") == ["first"]
    assert [node for node in editing.tree.walk() if node.kind is n.NAME and node.constant is not None] == []


def test_a_second_assignment_takes_the_value() -> None:
    editing = Editing(CODE)
    assert editing.renewed("B = 'b'", "B = 'b'\nB = 'c'") == ["second"]
    assert [node for node in editing.tree.walk() if node.text == "B" and node.constant is not None] == []


def test_strings_that_double_do_not_fill_memory() -> None:
    doubling = "".join(f"X{i} = X{i - 1} + X{i - 1}\n" for i in range(1, 60))
    assert worth(f"X0 = 'a'\n{doubling}use(X4, X59)") == ["a" * 16, "<str>"]


def test_loops_in_loops_end() -> None:
    code = (
        "".join(f"{' ' * depth}x = 1\n{' ' * depth}for i in p:\n" for depth in range(40))
        + " " * 40
        + "x = 1\n"
    )
    with pytest.raises(TooDeep):
        worth(code)


def test_a_long_sum_and_a_long_chain_of_elif_are_followed() -> None:
    sum_ = " + ".join(["'a'"] * 100)
    assert worth(f"A = {sum_}\ndef f():\n use(A)\n use({sum_})") == ["a" * 100] * 2
    assert worth(
        "def f(x):\n if x:\n  y = 1\n" + " elif x:\n  y = 1\n" * 1000 + " else:\n  y = 1\n use(y)"
    ) == ["1"]
