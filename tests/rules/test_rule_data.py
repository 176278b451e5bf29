"""Rule files as data: YAML 1.2 and JSON, their lines, and the limits of SPEC 12."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secloop.rules.json import load_json
from secloop.rules.nodes import DataError
from secloop.rules.yaml import load_yaml


def refused(data: bytes, load=load_yaml) -> tuple[int, str]:
    with pytest.raises(DataError) as caught:
        load(data)
    return caught.value.line, caught.value.reason


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("true", True),
        ("FALSE", False),
        ("tRue", "tRue"),
        ("1", 1),
        ("010", 10),
        ("0o10", 8),
        ("0x1F", 31),
        ("1:30", "1:30"),
        ("2021-01-01", "2021-01-01"),
        ("1.5e3", 1500.0),
        (".5", 0.5),
        ("1_000", "1_000"),
        ("~", None),
        ("'true'", "true"),
        ("!!str 12", "12"),
        ("'<<'", "<<"),
    ],
)
def test_scalars_are_those_of_yaml_1_2(text: str, value: object) -> None:
    read = load_yaml(f"key: {text}".encode()).plain()["key"]
    assert (read, type(read)) == (value, type(value))


def test_keys_stay_text() -> None:
    assert load_yaml(b"on: 1\n2021: 2\n").plain() == {"on": 1, "2021": 2}


def test_anchors_and_merges_are_read() -> None:
    text = b"a: &a {x: 1, y: 2}\nb: *a\nc: {<<: *a, y: 3}\nd: {<<: [{x: 5}, *a]}\n"
    assert load_yaml(text).plain() == {
        "a": {"x": 1, "y": 2},
        "b": {"x": 1, "y": 2},
        "c": {"x": 1, "y": 3},
        "d": {"x": 5, "y": 2},
    }


def test_lines_are_of_keys_and_items() -> None:
    root = load_yaml(b"# first\nrules:\n  - id: a\n    message: |\n      m\n  - id:\n      b\n")
    assert root.line_at(["rules", 0]) == 3
    assert root.line_at(["rules", 0, "message"]) == 4
    assert root.line_at(["rules", 1, "id"]) == 6
    assert root.line_at(["rules", 1, "absent", "deeper"]) == 6


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "duplicate key 'a' (first on line 1)"),
        ("a: [1,\n", 2, "not valid YAML"),
        ('a: é\nb: "\x07"\n', 2, "control characters are not allowed"),
        ("a: 1\n\tb: 2\n", 2, "a tab character"),
        ("a: 1\nb: *c\n", 2, "undefined alias"),
        ("a: 1\n---\nb: 2\n", 2, "expected a single document"),
        ("a: 1\nb: !!python/object:os.system x\n", 2, "tag"),
        ("a: !!int x\n", 1, "does not fit"),
        ("\na: &a [*a]\n", 2, "an alias contains itself"),
        ("a:\n  ? [b]\n  : c\n", 2, "a key must be plain text"),
        ("a: .inf\n", 1, "cannot be written as JSON"),
        ("a: 1e999\n", 1, "cannot be written as JSON"),
        ("a: 9007199254740993\n", 1, "too large for JSON"),
        ("a: 1\n<<: 2\n", 2, "must name a mapping"),
        ("", 1, "empty"),
    ],
)
def test_what_yaml_may_not_hold_names_the_line(text: str, line: int, reason: str) -> None:
    found_line, found = refused(text.encode())
    assert reason in found
    assert found_line == line


def test_text_that_is_not_utf_8_names_the_line() -> None:
    assert refused(b"a: 1\nb: \xff\n") == (2, "not valid UTF-8")


def test_a_file_over_the_size_limit_is_refused() -> None:
    assert "1,000,000 bytes" in refused(b"a: " + b"x" * 1_000_000)[1]


@pytest.mark.parametrize("load", [load_yaml, load_json])
def test_deep_nesting_is_refused_before_it_is_built(load) -> None:
    assert "64 levels" in refused(b"[" * 400_000, load)[1]
    assert load(b"[" * 64 + b"]" * 64)


@pytest.mark.parametrize("load", [load_yaml, load_json])
def test_too_many_values_are_refused(load) -> None:
    assert "100,000 values" in refused(b"[" + b"1," * 100_001 + b"1]", load)[1]


def test_aliases_count_as_what_they_expand_to() -> None:
    """386 bytes that would be ten billion values, and a wide text repeated without many values."""
    levels = [b"a0: &a0 [x,x,x,x,x,x,x,x,x,x]"]
    for level in range(1, 10):
        levels.append(b"a%d: &a%d [%s]" % (level, level, b",".join([b"*a%d" % (level - 1)] * 10)))
    assert "values after alias expansion" in refused(b"\n".join(levels))[1]
    long = b"a: &a " + b"x" * 900_000 + b"\nb: [" + b"*a," * 1_000 + b"]"
    assert "characters after alias expansion" in refused(long)[1]
    nested = b"\n".join([b"a0: &a0 [x]", *(b"a%d: &a%d [[*a%d]]" % (n, n, n - 1) for n in range(1, 40))])
    assert "64 levels after alias expansion" in refused(nested)[1]


def test_merges_are_bounded_while_they_are_made() -> None:
    keys = b",".join(b"k%d: 1" % number for number in range(20_000))
    merges = b"\n".join(b"- {<<: *a}" for _ in range(5_000))
    assert "after merging" in refused(b"- &a {" + keys + b"}\n" + merges)[1]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=20,
)


@given(JSON, st.sampled_from([None, 1]), st.booleans())
def test_json_is_read_as_python_reads_it(value: object, indent: int | None, ascii_only: bool) -> None:
    read = load_json(json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode()).plain()
    assert repr(read) == repr(value) or (isinstance(value, float) and math.isclose(read, value))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('{"a": 1,\n "a": 2}', 2, "duplicate key 'a' (first on line 1)"),
        ('{"a": 1,\n}', 2, "expected a string"),
        ("[1\n2]", 2, "expected ','"),
        ("[1,\n]", 2, "unexpected ']'"),
        ("[1]\n[2]", 2, "after the end"),
        ("[\nNaN]", 2, "unexpected character"),
        ("[1e999]", 1, "cannot be written as JSON"),
        ('["\\ud800"]', 1, "half of a surrogate pair"),
        ('\n["\\x"]', 2, "unknown escape"),
        ("", 1, "unexpected end"),
    ],
)
def test_what_json_may_not_hold_names_the_line(text: str, line: int, reason: str) -> None:
    found_line, found = refused(text.encode(), load_json)
    assert reason in found
    assert found_line == line


def test_json_lines_are_of_keys_and_items() -> None:
    root = load_json(b'{"rules": [\n {"id": "a"},\n {\n  "id": "b"}\n]}')
    assert root.line_at(["rules", 1]) == 3
    assert root.line_at(["rules", 1, "id"]) == 4
