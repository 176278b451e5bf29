"""The line of every key, however TOML lets it be written."""

from __future__ import annotations

import contextlib

import pytest

from secloop.workspace.toml import TomlError, parse_toml

TEXT = """\
# a comment with [brackets] and "quotes
top = 1 # = 2
"quoted \\u0061 key" = 'x'
a.b . "c" = @@@
[not.a.table]
x = 1 " @@@
days = [ # comment ]
  1979-05-27 07:32:00, 07:32:00, +inf,
  'it is',
  { deep = [ [1], { deeper = 1 } ], other = 2 },
]
[table]
key = @@@
]]]
@@@ # end
[table.sub.'sub.sub']
key = -1e6
[[list]]
one = true
[list.inner]
two = 0x1F
[[list]]

one = { x = 1, y.z = [
  3 ] }
[[list.more]]
[[list.more]]
key = 0
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("quotes", ["'''", '"""'])
def test_the_lines_are_those_of_the_text(line_end: str, quotes: str) -> None:
    toml = parse_toml(TEXT.replace("\n", line_end).replace("@@@", quotes).encode())
    lines = {
        ("top",): 2,
        ("quoted a key",): 3,
        ("a",): 4,
        ("a", "b", "c"): 4,
        ("days",): 7,
        ("days", 1): 8,
        ("days", 3): 9,
        ("days", 4, "deep", 1, "deeper"): 10,
        ("table",): 12,
        ("table", "key"): 13,
        ("table", "sub", "sub.sub", "key"): 17,
        ("list",): 18,
        ("list", 0, "one"): 19,
        ("list", 0, "inner", "two"): 21,
        ("list", 1): 22,
        ("list", 1, "one", "y", "z"): 24,
        ("list", 1, "one", "y", "z", 0): 25,
        ("list", 1, "more", 1): 27,
        ("list", 1, "more", 1, "key"): 28,
    }
    assert {key: toml.lines.get(key) for key in lines} == lines


def test_what_has_no_line_has_that_of_what_holds_it() -> None:
    toml = parse_toml(b"\na = 1\n")
    assert toml.line(("a", "b", 3)) == 2
    assert toml.line(("b",)) == 0


HOSTILE = (
    "a." * 400_000 + "a = 1",
    "x = " + "[" * 500_000,
    "x = " + "{a=" * 300_000,
    "x = " + "[]," * 50_000,
    "a = [" + "[1]," * 50_000 + "]",
    ("[" + "a." * 60 + "a]\n") * 8_000,
    '"' * 900_000,
    "x = '" + "'" * 900_000,
)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_file_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(TomlError):
        assert parse_toml(text.encode()).lines
