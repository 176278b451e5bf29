"""A Python text's tree is a function of the text: however it was reached, and for broken text too."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import tree_sitter_python
from tree_sitter import Language, Parser, Tree

from secloop.syntax import incremental
from secloop.syntax.incremental import Parsed, PythonText, difference, parse

EDITS = int(os.environ.get("SECLOOP_EDITS", "1000"))
"""`make soak` asks for 100,000."""
RULES = Path(__file__).resolve().parents[2] / "rules"
SOURCES = Path(incremental.__file__).resolve().parents[1]
PARSER = Parser(Language(tree_sitter_python.language()))


def nodes(tree: Tree) -> Iterator[tuple[int, int, int, int, bool]]:
    """Kind, range, field and whether it is missing of every node, in document order."""
    cursor = tree.walk()
    while True:
        node = cursor.node
        assert node is not None
        yield node.kind_id, node.start_byte, node.end_byte, cursor.field_id or 0, node.is_missing
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def same(left: Parsed, right: Parsed) -> bool:
    def ranges(parsed: Parsed) -> list[tuple[int, int]]:
        return [(one.start, one.end) for one in parsed.damaged]

    return (
        left.repaired == right.repaired
        and ranges(left) == ranges(right)
        and list(nodes(left.tree)) == list(nodes(right.tree))
        and all(
            list(nodes(one.tree)) == list(nodes(other.tree))
            for one, other in zip(left.damaged, right.damaged, strict=True)
        )
    )


def damaged(text: str) -> list[str]:
    data = text.encode()
    return [data[one.start : one.end].decode() for one in parse(data).damaged]


def repaired(text: str) -> str:
    return parse(text.encode()).repaired.decode()


PIECES = (
    *"()[]{}:,.=\"'#\\@ \n\t*x1é",
    '"""',
    "'''",
    'f"',
    'f"{a["',
    "f'''{",
    "\n    ",
    "\n        ",
    "\ndef f(",
    "\ndef f(a):\n    return a\n",
    "\n    def m(self):\n        pass\n",
    "\nclass C:\n",
    "\n    foo(a,",
    "    @property\n",
    "\n@d(\n",
    "if x:",
    "\nelse:\n",
    "\n    else:\n        y\n",
    "\ntry:\n    x\nexcept E:\n    y\n",
    "\nmatch x:\n    case 1:\n        y\n",
    "lambda: ",
    "async ",
    "return ",
    "import ",
    'x = """a\nb\n"""\n',
    '"""a\ndef g():\n    eval(x)\n"""',
    "# c\n",
    "\f",
    "\\\n",
)


def edited(data: bytes, random: random.Random) -> bytes:
    """The text after one edit of the kinds that typing, deleting, pasting and indenting are."""
    at = random.randrange(len(data) + 1)
    kind = random.random()
    if kind < 0.6:
        return data[:at] + random.choice(PIECES).encode() + data[at:]
    if kind < 0.85:
        return data[:at] + data[at + random.choice((1, 1, 1, 2, 3, 5, 30)) :]
    lines = data.split(b"\n")
    row = random.randrange(len(lines))
    if kind < 0.9:
        lines[row] = random.choice((b"    " + lines[row], lines[row].removeprefix(b"    ")))
    elif kind < 0.95:
        lines[row : row + random.randrange(1, 8)] = []
    else:
        lines[row:row] = random.choice(lines[max(row - 20, 0) :]), b""
    return b"\n".join(lines)


def whole_characters(data: bytes) -> bytes:
    return data.decode("utf-8", "ignore").encode()


def texts() -> list[bytes]:
    files = [*sorted(RULES.rglob("*.py")), *sorted(SOURCES.rglob("*.py"))]
    found = [file.read_bytes().replace(b"\r\n", b"\n") for file in files]
    return [data for data in found if 400 < len(data) < 7_000]


def test_random_edits() -> None:
    rng = random.Random(20)
    corpus = texts()
    made = broken = 0
    while made < EDITS:
        text = PythonText()
        versions = [rng.choice(corpus)]
        for _ in range(60):
            data = versions[-1]
            if rng.random() < 0.35 and len(versions) > 1:
                # Mostly one or two mistakes at a time, as while typing: steps back come often.
                versions.pop()
                data = versions[-1]
            else:
                data = whole_characters(edited(data, rng))
                versions.append(data)
            made += 1
            got = text.update(data)
            fresh = parse(data)
            assert same(got, fresh), data
            assert got.broken == PARSER.parse(data).root_node.has_error, data
            assert len(got.repaired) == len(data)
            broken += got.broken
    assert broken > made / 2


def test_a_text_that_parses_has_the_tree_of_its_parser() -> None:
    for data in texts()[::7]:
        parsed = parse(data)
        assert not parsed.damaged
        assert list(nodes(parsed.tree)) == list(nodes(PARSER.parse(data)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1\nfoo(\ny = 2\n", ["foo("]),
        ("def f():\n    a\n    b(\n    c\n\n\ndef g():\n    d\n", ["b("]),
        ('def f():\n    """Half.\n    a = 1\n\ndef g():\n    """Whole."""\n', ['"""Half.']),
        ("class C:\n    def m(self, x=):\n        a\n    def n(self):\n        b\n", ["def m(self, x=):"]),
        ("if x and:\n    a\nelse:\n    b(\n    c\n", ["if x and:", "b("]),
        ("@d(\ndef f():\n    a\nb\n", ["@d(\ndef f():\n    a"]),
        ("for x in y:\n    match x:\n        case 1:\n            a b\n            c\n", ["a b"]),
        ("x = [\na,\nb,\n]\ny = )\n", ["y = )"]),
        ('x = """\ndef f():\n"""\ny = )\n', ["y = )"]),
        ("x = 1", []),
        ("", []),
        ("(", ["("]),
    ],
)
def test_only_the_statement_that_does_not_parse_is_damaged(text: str, expected: list[str]) -> None:
    assert damaged(text) == expected
    assert not PARSER.parse(repaired(text).encode()).root_node.has_error


def test_what_stands_in_for_damage_keeps_everything_in_its_place() -> None:
    text = "def f(a, b=):\n    x = (\n    y\nz = ("
    assert repaired(text) == "def f():     \n    pass \n    y\n     "


def test_nothing_costs_more_than_a_multiple_of_the_text() -> None:
    for text in ("(\n" * 20_000, 'a"""\n' * 9_999, "if x:\n " * 3_000, "class A:\n (\n" * 5_000):
        parsed = parse(text.encode())
        assert len(parsed.repaired) == len(text)


def test_the_difference_of_two_texts() -> None:
    assert difference(b"abc", b"abc") == (3, 3, 3)
    assert difference(b"aaa", b"aa") == (2, 3, 2)
    assert difference(b"abcd", b"axd") == (1, 3, 2)
    assert difference(b"", b"ab") == (0, 0, 2)
