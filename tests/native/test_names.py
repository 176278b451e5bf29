"""What names stand for, and what has to be resolved again after an edit."""

from __future__ import annotations

import textwrap

import pytest
import tree_sitter
import tree_sitter_python

from secloop.engine.native import nodes as n
from secloop.engine.native.errors import TooDeep
from secloop.engine.native.lower import lower_module
from secloop.engine.native.names import Names, Resolved, resolve
from secloop.engine.native.nodes import Node

_PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_python.language()))
_NAMES = (n.NAME, n.IDENTIFIER, n.PATTERN_NAME)


def module(code: str, reuse: dict[str, Node] | None = None) -> Node:
    """The tree of a text; functions with the text of one in ``reuse`` are that node."""
    source = textwrap.dedent(code).encode()
    known = {} if reuse is None else reuse

    def reused(tree: tree_sitter.Node) -> Node | None:
        node = known.get(source[tree.start_byte : tree.end_byte].decode())
        if node is not None:
            node.base.offset = tree.start_byte
        return node

    made = lower_module(_PARSER.parse(source), source, reused)
    for node in made.walk():
        if node.kind is n.FUNCTION:
            start, end = node.span
            known.setdefault(source[start:end].decode(), node)
    return made


def meanings(code: str, name: str) -> list[Resolved | None]:
    """What the occurrences of a name stand for, in order."""
    tree = module(code)
    resolve(tree)
    found = [node for node in tree.walk() if node.kind in _NAMES and node.text == name]
    return [node.resolved for node in sorted(found, key=lambda node: node.token_span)]


def kinds(code: str, name: str) -> list[str]:
    """Their kinds, with the full name of an import; "-" for none."""
    return [
        "-" if one is None else " ".join([one.kind, ".".join(one.path)]).strip()
        for one in meanings(code, name)
    ]


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("import a.b as c\nc()", "c", "module a.b"),
        ("from a.b import c\nc()", "c", "entity a.b.c"),
        ("from a import b as c\nc()", "c", "entity a.b"),
        ("from . import c\nc()", "c", "entity ..c"),
        ("from .a import c\nc()", "c", "entity ..a.c"),
        ("import c\nc()", "c", "-"),
        ("from a import *\nc()", "c", "-"),
        ("c()\nfrom a import c", "c", "-"),
    ],
)
def test_imports_are_their_full_names(code: str, name: str, expected: str) -> None:
    assert expected in kinds(code, name)


def test_an_import_in_a_function_holds_below_it_everywhere() -> None:
    code = """
        def f():
            from a import g
        g()
        def h():
            g()
        """
    assert kinds(code, "g") == ["entity a.g"] * 3


def test_the_last_of_alternative_imports_counts() -> None:
    code = """
        try:
            import a as m
        except ImportError:
            import b as m
        m.f()
        """
    assert kinds(code, "m") == ["module a", "module b", "module b"]


def test_assigning_to_an_import_declares_nothing() -> None:
    assert kinds("from a import g\ng = 1\ng()", "g") == ["entity a.g"] * 3


def test_parameters_and_loops_hide_imports() -> None:
    code = """
        from a import g
        def f(g):
            g()
        for g in g():
            g
        """
    assert kinds(code, "g") == ["entity a.g", "parameter", "parameter", "global", "global", "global"]


def test_each_function_has_its_own_variables() -> None:
    first, second = dict.fromkeys(meanings("def f():\n x = 1\n x\ndef g():\n x = 1\n x", "x"))
    assert first is not None
    assert second is not None
    assert first.kind == second.kind == "local"
    assert first != second


def test_a_name_means_what_was_declared_above_it() -> None:
    code = """
        def f():
            x
        x = 1
        def g():
            x
            x = 2
            x
        """
    assert kinds(code, "x") == ["-", "global", "global", "local", "local"]


def test_global_brings_in_what_is_known() -> None:
    assert kinds("x = 1\ndef f():\n global x\n x = 2", "x") == ["global"] * 3
    assert kinds("def f():\n global x\n x = 2", "x") == ["-", "local"]


def test_classes_declare_nothing() -> None:
    code = """
        class C:
            x = 1
            y = x
            def m(self):
                self.x = x
        """
    assert kinds(code, "x") == ["-"] * 4


def test_names_in_comprehensions_and_lambdas_end_with_them() -> None:
    assert kinds("[x for x in y]\nx", "x") == ["global", "global", "-"]
    assert kinds("lambda x: x\nx", "x") == ["parameter", "parameter", "-"]


def test_self_is_no_variable() -> None:
    assert kinds("def f(self):\n self.x", "self") == ["parameter", "-"]


def test_types_are_those_of_annotations_and_literals() -> None:
    tree = module("def f(a: Foo):\n b = 'text'\n c = a\n d = f()\n use(a, b, c, d)")
    resolve(tree)
    types = {node.text: node.type for node in tree.walk() if node.kind is n.NAME}
    assert types["a"] is types["c"]
    assert types["a"] is not None
    assert types["a"].kind is n.TYPE_EXPRESSION
    assert types["b"] is not None
    assert types["b"].text == "string"
    assert types["d"] is None


class Editing:
    """A text whose versions are resolved one after the other."""

    def __init__(self, code: str) -> None:
        self.code = textwrap.dedent(code)
        self.reuse: dict[str, Node] = {}
        self.names: Names | None = None
        self.renewed()

    def renewed(self, old: str = "", new: str = "") -> list[str]:
        """The functions that had to be resolved after replacing a piece of the text."""
        self.code = self.code.replace(old, new) if old else self.code
        self.names = resolve(module(self.code, self.reuse), self.names)
        return [node.text for node in self.names.renewed]


CODE = """
    from a import one
    from a import two
    LIMIT = 3

    def first():
        return one(LIMIT)

    def second():
        return two()

    class Third:
        def third(self):
            return LIMIT
    """


def test_an_edit_above_renews_nothing() -> None:
    assert Editing(CODE).renewed("LIMIT = 3", "# comment\nother = 2\nLIMIT = 3") == []


def test_an_edited_function_is_renewed_alone() -> None:
    assert Editing(CODE).renewed("return two()", "return two(1)") == ["second"]


def test_a_changed_import_renews_the_functions_that_use_it() -> None:
    assert Editing(CODE).renewed("from a import two", "from b import two") == ["second"]


def test_a_global_declared_twice_renews_the_functions_that_see_the_other_one() -> None:
    assert Editing(CODE).renewed("LIMIT = 3", "LIMIT: int = 3") == ["first", "third"]


def test_an_import_inside_a_function_reaches_those_below() -> None:
    editing = Editing(CODE)
    assert editing.renewed("    return one(LIMIT)", "    from c import two\n    return one(LIMIT)") == [
        "first",
        "second",
    ]
    assert editing.renewed("LIMIT = 3", "LIMIT = 4") == []


def test_taken_over_functions_mean_the_same() -> None:
    editing = Editing(CODE)
    editing.renewed("LIMIT = 3", "x = 1\nLIMIT = 3")
    tree = module(editing.code, editing.reuse)
    resolve(tree, editing.names)
    limits = [node.resolved for node in tree.walk() if node.kind is n.NAME and node.text == "LIMIT"]
    assert len(limits) == 3
    assert len(set(limits)) == 1


def test_blocks_nested_too_deep_are_said() -> None:
    code = "".join(f"{' ' * depth}if x:\n" for depth in range(120)) + " " * 120 + "pass\n"
    with pytest.raises(TooDeep):
        resolve(module(code))


def test_a_long_chain_of_elif_is_no_nesting() -> None:
    resolve(module("if x:\n a\n" + "elif x:\n a\n" * 2000))
