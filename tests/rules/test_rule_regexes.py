"""Catastrophic regexes are refused; those that rules are full of are not."""

from __future__ import annotations

import random
from itertools import product

import pytest
from core_scans import matches, regex_rule

from secloop.rules.regexes import LENGTH, MAX_REGEX, RegexError, check_regex

# A regex, what to repeat so that semgrep-core gives up, and what it would otherwise find on another line.
SWITCHED_OFF = [
    (r"(a|aa)+b", "a", "aab"),
    (r"(a|a)*b!", "a", "aab!"),
    (r"(?:a+)+!b", "a", "a!b"),
    (r".*.*.*=x", "=", "a=x"),
    (r"(?:.*;)*x", ";", ";x"),
    (r"(?:a*b?)*\$c", "a", "a$c"),
    (r'"(?:\\.|[^"])*"x', r"\a", r'"\a"x'),
    (r"(?=(a+)+b)ab", "a", "ab"),
]


@pytest.mark.parametrize(("regex", "unit", "sample"), SWITCHED_OFF)
def test_what_a_comment_could_switch_off_is_refused(regex: str, unit: str, sample: str) -> None:
    """The reason why: with such a comment semgrep-core silently finds nothing in the rest of the file."""
    with pytest.raises(RegexError):
        check_regex(regex)
    comment = unit * (LENGTH // len(unit))
    texts = {"plain": f"{sample}\n", "commented": f'"{comment}\n{sample}\n'}
    assert matches([regex_rule("r", **{"pattern-regex": regex})], texts) == {("r", "plain")}


REFUSED = r"""
(a+)+$
(\w+\s?)*$
(.*)*x
([a-z]+)*=
^(([a-z])+.)+[A-Z]([a-z])+$
(x(a?|b?)c)+!
((a{1,8}){1,8}){1,8}b
(?:a?){40}a{20}b
(?:\s*\d+)+x
(?:a*b*)*c
(?:(?>ab*)|abb)*c
(?<!x)(\d+\d*)*;
(?i)(A+a+)+b
\s*\s*\s*\s*x
(\p{L}+)*1
[[:alpha:]]+([[:alpha:]]+)*x
(?x) ( a + ) + b # comment
(?:(?:a|b)+c?)*d
(?<n>\w+)*-\k<n>
a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?b
(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)b
(\Qa\E+)+b
((?i:a)+A?)+b
""".strip().splitlines()

ORDINARY = r"""
(?i)(password|passwd|pwd|secret)\s*[:=]\s*["'][^"']{8,}["']
(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}
-----BEGIN (?:RSA|DSA|EC|OPENSSH|PGP)? ?PRIVATE KEY(?: BLOCK)?-----[\s\S]*?-----END
eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}
xox[baprs]-([0-9a-zA-Z]{10,48})?
(?i)[\w.-]{0,50}?(?:x)(?:[ \t\w.-]{0,20})[\s'"]{0,3}(?:=|:{1,3}=|,)[\x60'"\s=]{0,5}([a-z0-9_-]{32})['"]
^https?://(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d{1,5})?(?:/[^\s]*)?$
^([a-zA-Z0-9_.+-]+)@([a-zA-Z0-9-]+\.)+[a-zA-Z]{2,}$
(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)
.*foo.*bar.*baz
.*(password|secret|token).*=.*
\b(?:md5|sha1)\s*\(
"(?:[^"\\]|\\.)*"
'(?:[^'\\]++|\\.)*+'
(?:\w++\s?)*$
(?>\w+\s)*x
\$\{\{\s*github\.event\.[\w.]+\s*\}\}
(?s)<script[^>]*>.*?</script>
(?:(?!-->)[\s\S])*-->
(?:(?!\\).|\\.)*"
(["'])(?:(?!\1).)*\1
(?i)^(?:authorization|x-api-key)\s*:\s*(?:bearer|basic)\s+[A-Za-z0-9+/=._-]+$
(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$
^(?!.*\.\.)(?=.*\d)[a-z/.\d]+$
(?<user>\w+):(?P<pass>[^@]+)@(?'host'\S+)
\h+\w+\h*=\h*\S+\R
FROM\s+(\S+?)(?::(\S+))?(?:\s+AS\s+\S+)?$
^\s*(?:RUN|CMD)\s+.*\bcurl\b.*\|\s*(?:ba)?sh\b
(\w+,)*\w+;
[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}
(a+)+
^(?:\.{1,2}/)*[\w.-]+$
\bexec(?:File|Sync)?\s*\(\s*[`"'].*\$\{
(?:[^()]|\([^()]*\))*\)
(?x) ^ \s* uses: \s* [^@\s]+ @ (?! [0-9a-f]{40} ) # pin
\Qa.b*c\E+
[]a]+b[^]]+[\]\-a-z\\]+x
x{2,}y{,3}z{a}
(?:\s*foo\s*,)*bar
(?(?=a)a+|b)(?i-s:c)(?#comment)\x{41}\101\cA\p{Lu}[[:^digit:]]
""".strip().splitlines()


@pytest.mark.parametrize("regex", REFUSED)
def test_catastrophic_regexes_are_refused(regex: str) -> None:
    with pytest.raises(RegexError, match=r"exponential time|repeats in a row"):
        check_regex(regex)


@pytest.mark.parametrize("regex", ORDINARY)
def test_ordinary_regexes_are_accepted(regex: str) -> None:
    check_regex(regex)


def test_semgrep_core_takes_every_ordinary_regex() -> None:
    """So that the table holds nothing that no rule could hold."""
    definitions = [
        regex_rule(f"r{number}", **{"pattern-regex": regex}) for number, regex in enumerate(ORDINARY)
    ]
    assert matches(definitions, {"a": "x\n"}) <= {(each["id"], "a") for each in definitions}


@pytest.mark.parametrize(
    ("regex", "reason"),
    [
        ("(?R)", "recursive"),
        ("(a(?1)?b)", "recursive"),
        (r"(?<x>a)\g<x>", "recursive"),
        ("(?&x)", "recursive"),
        ("(*LIMIT_MATCH=1)a", r"\(\*VERB\)"),
        ("(a", "without `\\)`"),
        ("a)", "unmatched"),
        ("[a", "without `]`"),
        ("[z-a]", "out of order"),
        ("*a", "nothing to repeat"),
        ("a{3,2}", "out of order"),
        (r"\y", "unknown escape"),
        ("a\\", r"ends in a `\\`"),
        ("a{70000}", "more than PCRE"),
        ("(" * 61 + ")" * 61, "nested deeper"),
        ("(?C1)a", "not supported"),
        ("x" * (MAX_REGEX + 1), "longer than"),
    ],
)
def test_what_cannot_be_analysed_is_refused(regex: str, reason: str) -> None:
    with pytest.raises(RegexError, match=reason):
        check_regex(regex)


@pytest.mark.parametrize(
    "regex",
    [
        "*".join("abcdefghij" * 50) + "!",
        "(" * 55 + r"\b" + "){999}" * 55 + "x",
        "[a-z]*" * 900,
        "(?:" + "a?b?c?d?e?" * 200 + ")+x",
        "(?:ab|c)*" * 1_000,
        "a" + "+" * 5_000,
        "(?:" + "|".join(f"w{n}x" for n in range(1_500)) + ")+b",
    ],
)
def test_a_regex_that_is_hard_to_analyse_is_refused_and_not_analysed(regex: str) -> None:
    with pytest.raises(RegexError):
        check_regex(regex)


def random_regex(chosen: random.Random, depth: int) -> str:
    kind = chosen.random()
    if depth == 0 or kind < 0.3:
        return chosen.choice(["a", "b", "[ab]", ".", "ab", "aa", "ba"])
    if kind < 0.55:
        return random_regex(chosen, depth - 1) + random_regex(chosen, depth - 1)
    if kind < 0.7:
        return f"(?:{random_regex(chosen, depth - 1)}|{random_regex(chosen, depth - 1)})"
    repeats = ["*", "+", "?", "{2}", "{1,3}", "{2,}", "{0,5}", "*?", "*+"]
    return f"(?:{random_regex(chosen, depth - 1)}){chosen.choice(repeats)}"


@pytest.mark.parametrize("seed", range(3))
def test_what_is_accepted_no_comment_switches_off(seed: int) -> None:
    """Random regexes over two letters, against half a line of each short text repeated."""
    chosen = random.Random(seed)
    accepted: dict[str, str] = {}
    while len(accepted) < 40:
        regex = random_regex(chosen, 4) + "c"
        try:
            check_regex(regex)
        except RegexError:
            continue
        accepted[f"r{len(accepted)}"] = regex
    endings = "".join(f"{''.join(word)}c\n" for size in range(5) for word in product("ab", repeat=size))
    texts = {
        "".join(word): "".join(word) * (LENGTH // 2 // size) + "\n" + endings
        for size in range(1, 4)
        for word in product("ab", repeat=size)
    }
    definitions = [regex_rule(rule_id, **{"pattern-regex": regex}) for rule_id, regex in accepted.items()]
    found = matches(definitions, texts | {"": endings})
    lost = {
        (accepted[rule_id], text)
        for rule_id, empty in found
        for text in texts
        if empty == "" and (rule_id, text) not in found
    }
    assert lost == set()
