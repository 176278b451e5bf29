"""Regexes find what PCRE finds, wherever it looks, within a bounded time."""

from __future__ import annotations

import pytest

from secloop.engine.native.errors import Unsupported
from secloop.engine.native.regexes import Regex, compile_regex


def found(pattern: str, text: str) -> list[str]:
    data = text.encode()
    spans = (match[0] for match in compile_regex(pattern, multiline=True).finditer(data))
    return [data[start:end].decode() for start, end in spans]


def places(pattern: str, text: str) -> list[tuple[int, int]]:
    return [match[0] for match in compile_regex(pattern, multiline=True).finditer(text.encode())]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("^a", "a\nba\na", ["a", "a"]),
        ("b$", "b\nbc\nb\n", ["b", "b"]),
        ("a.c", "a\nc a\rc", ["a\rc"]),
        ("(?s)a.c", "a\nc", ["a\nc"]),
        (r"\w+", "caf\u00e9 a_1", ["caf", "a_1"]),
        (r"\bx", "\u00e9x", ["x"]),
        (r"\d", "1\u0663", ["1"]),
        (r"\s", "\u00a0\v", ["\v"]),
        (r"\h", "\u00a0", ["\u00a0"]),
        ("(?i)k", "Kk\u212a", ["K", "k", "\u212a"]),
        ("(?i)\u00e9", "\u00c9", ["\u00c9"]),
        ("(?i)[^k]", "kK\u212aj", ["j"]),
        ("(?i:A)b", "abaB", ["ab"]),
        ("(?x) a b # c", "ab", ["ab"]),
        ("a|ab", "ab", ["a"]),
        ("a+?", "aa", ["a", "a"]),
        ("a(?=b)", "acab", ["a"]),
        ("(?<!a)b", "abb", ["b"]),
        (r"(\w)\1", "abbc", ["bb"]),
        (r"(?<q>['\"])x\k<q>", '\'x" "x"', ['"x"']),
        ("a++b", "aaab", ["aaab"]),
        (r"\x{e9}|\x41|\o{102}", "A\u00e9B", ["A", "\u00e9", "B"]),
        ("a{,2}", "a{,2}", ["a{,2}"]),
        (r"x\R", "x\r\nx\n", ["x\r\n", "x\n"]),
        ("[[:alpha:]]+", "ab1", ["ab"]),
        ("[]a]+", "]a", ["]a"]),
    ],
)
def test_it_finds_what_pcre_finds(pattern: str, text: str, expected: list[str]) -> None:
    assert found(pattern, text) == expected


def test_offsets_count_bytes() -> None:
    assert places("b", "\u00e9b\u00e9b") == [(2, 3), (5, 6)]
    assert places("(?<=\u00e9)b", "\u00e9b\u00e9b") == [(2, 3), (5, 6)]


def test_after_an_empty_match_it_looks_for_another_one_there() -> None:
    assert places("(?=b)|b", "abb") == [(1, 1), (1, 2), (2, 2), (2, 3)]
    assert places("b*", "bba") == [(0, 2), (2, 2), (3, 3)]


def test_no_line_starts_after_the_last_newline() -> None:
    assert places("^", "a\nb\n") == [(0, 0), (2, 2)]
    assert places(r"\n^", "a\n\n") == [(1, 2)]


@pytest.mark.parametrize("text", ["ab", "ab\n"])
def test_a_dollar_stands_before_a_last_newline(text: str) -> None:
    regex = compile_regex("a(b|c)$", multiline=False)
    assert regex.match(text.encode()) == [(0, 2), (1, 2)]
    assert regex.match(b"ab\n\n") is None


def test_groups_have_names_and_places() -> None:
    regex = compile_regex(r"(\w)(?<N>x)?(?P<M>.)", multiline=True)
    assert regex.groups == ("", "N", "M")
    assert list(regex.finditer(b"ab")) == [[(0, 2), (0, 1), (-1, -1), (1, 2)]]


@pytest.mark.parametrize(
    "pattern",
    [
        "(a",
        "a)",
        "[a",
        "*a",
        r"\p{L}",
        r"\X",
        r"\G",
        r"\K",
        "(?R)",
        "(*UTF)",
        "(?|a|b)",
        "(?U)a",
        "(a|)*b",
        "a{2}{3}",
        "^*",
        r"(?i)(a)\1",
        r"\2(a)(b)",
        "(?<n>a)(?<n>b)",
        "[b-a]",
        "(?i)\u00df",
        r"\Qa.b\E+",
    ],
)
def test_what_pcre_might_read_otherwise_is_left_to_it(pattern: str) -> None:
    with pytest.raises(Unsupported):
        Regex(pattern, multiline=True)


def test_a_regex_that_explodes_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    from secloop.engine.native import regexes

    monkeypatch.setattr(regexes, "TIME_LIMIT", 0.05)
    with pytest.raises(regexes.RegexTimeout):
        list(Regex(r"(?=(\w|\w\w)+$)a", multiline=False).finditer(b"a" * 60 + b"!"))


@pytest.mark.parametrize(
    "inner", [r"\bflask\b", "(?:a|b)c", "(?i:x)$", "^y", r"z\.", "(?<!q)r", r"\n\n", "[.*]", r"\\", "s{2}"]
)
@pytest.mark.parametrize(
    "text", ["", "flask", "flasks", "a\nbc", "X\n", "\ny", "z.", "z", "qr", "r", "\n\n", "*\\", "ss"]
)
@pytest.mark.parametrize("flags", ["s", "si", "is"])
def test_a_regex_for_a_whole_text_is_that_of_what_is_somewhere_in_it(
    inner: str, text: str, flags: str
) -> None:
    regex = compile_regex(rf"(?{flags})\A.*{inner}.*\z", multiline=True)
    assert regex.somewhere is not None
    data = text.encode()
    assert [spans[0] for spans in regex.finditer(data)] == (
        [(0, len(data))] if next(regex.somewhere.finditer(data), None) else []
    )


@pytest.mark.parametrize(
    "pattern",
    [
        *(r"(?s)\A.*a|b.*\z", r"(?s)\A.*(a).*\z", r"(?s)\A.*?a.*\z", r"(?s)\A.*a\.*\z", r"(?s)\A.*[a.*\]\z"),
        *(r"\A.*a.*\z", r"(?s)\A.*a.*", r"(?s).*a.*\z", r"(?s)\A.*.*\z", r"(?s)\A.*\Qa.*\z"),
    ],
)
def test_any_other_one_is_not(pattern: str) -> None:
    try:
        regex = compile_regex(pattern, multiline=True)
    except Unsupported:
        return
    assert regex.somewhere is None
