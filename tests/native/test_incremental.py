"""What is found in a text is a function of the text: the same after any edits as from scratch, and by parts as in one."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest
from native_rules import make_rule

from secloop.engine.cancel import NEVER
from secloop.engine.native.compiled import CompiledRule, compiled, select
from secloop.engine.native.constants import propagate
from secloop.engine.native.evaluate import Code
from secloop.engine.native.incremental import NativeText, RecentTexts
from secloop.engine.native.index import Index
from secloop.engine.native.lower import lower_module
from secloop.engine.native.names import resolve
from secloop.engine.native.runner import run_rule, run_task
from secloop.engine.result import EngineResult, merged
from secloop.engine.task import Task
from secloop.model import Rule
from secloop.syntax.document import Document
from secloop.syntax.source import syntax_of

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "differential"))

from rule_corpus import COMPACT_RULES, PACK, all_rules  # noqa: E402

EDITS = int(os.environ.get("SECLOOP_NATIVE_EDITS", "80"))
RULES = tuple(rule for rule in all_rules() if not isinstance(compiled(rule), str))

MODULE = '''\
import os
import subprocess as sp
from flask import request, Flask

app = Flask(__name__)
SECRET = "s3cret"
COMMAND = "ls " + SECRET


def first(value, other=COMMAND):
    """Runs it."""
    import pickle
    data = pickle.loads(value)
    sp.call(COMMAND, shell=True)
    return eval(data)


class Holder(Base):
    """Holds."""

    limit = 10

    @app.route("/run")
    def run(self, name):
        with open(name) as file:
            text = file.read()
        if text == SECRET:
            os.system("echo " + name)
        return request.args.get("x") == request.args.get("x")

    @property
    async def other(self):
        def inner(a):
            return exec(a)
        return inner

    def last(self, items):
        for item in items:
            try:
                yield hashlib.md5(item.encode(SECRET))
            except Exception:
                pass


if __name__ == "__main__":
    first(os.environ["HOME"])
    import hashlib
    app.run(debug=True)
'''

SNIPPETS = (
    *"()[]:,.=\"'# \n\tx1é",
    '"""',
    "\n    ",
    "\n        eval(name)",
    "\nSECRET = 'other'\n",
    "\nimport hashlib as h\n",
    "\nfrom os import system as popen\n",
    "\n    import os as sp\n",
    "    @staticmethod\n",
    "\n    def more(self):\n        return eval(SECRET)\n",
    "\ndef alone(a, b=SECRET):\n    return a == a\n",
    "\nclass Other:\n",
    "\n    global SECRET\n    SECRET = 1\n",
    "eval(",
    "COMMAND",
    "# nosec",
    "match x:\n    case 1:\n        eval(x)\n",
    'f"{SECRET}"',
    "lambda q: q",
    "pass\n",
)


def edited(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    kind = rng.random()
    if kind < 0.55:
        return text[:at] + rng.choice(SNIPPETS) + text[at:]
    if kind < 0.8:
        return text[:at] + text[at + rng.choice((1, 1, 2, 5, 20)) :]
    lines = text.split("\n")
    row = rng.randrange(len(lines))
    if kind < 0.9:
        lines[row] = rng.choice(("    " + lines[row], lines[row].removeprefix("    "), "# " + lines[row]))
    elif kind < 0.95:
        lines[row : row + rng.randrange(1, 12)] = []
    else:
        copied = lines[row : row + rng.randrange(1, 14)]
        to = rng.randrange(len(lines))
        lines[to:to] = copied
    return "\n".join(lines)


def typed(text: str, rng: random.Random) -> list[str]:
    """The text after each character of a statement that is typed into it."""
    lines = text.split("\n")
    row = rng.randrange(len(lines))
    indent = lines[row][: len(lines[row]) - len(lines[row].lstrip())]
    at = sum(len(line) + 1 for line in lines[:row])
    statement = rng.choice(
        ("os.system(SECRET)", 'eval("a" + b)', "x = y == y", "if name:", "def g(a):", '"""doc"""')
    )
    inserted = f"{indent}{statement}\n"
    return [text[:at] + inserted[:end] + text[at:] for end in range(1, len(inserted) + 1)]


def run(text: str, rules: tuple[Rule, ...], kept: NativeText | None = None) -> EngineResult:
    return run_task(Task(Document("a.py", text), rules), NEVER, kept)


def test_random_edits() -> None:
    rng = random.Random(6)
    made = found = 0
    while made < EDITS:
        kept = NativeText()
        versions = [MODULE]
        for _ in range(15):
            if rng.random() < 0.3 and len(versions) > 1:
                versions.pop()
            elif rng.random() < 0.15:
                versions += typed(versions[-1], rng)[:: rng.choice((1, 3))]
            else:
                versions.append(edited(versions[-1], rng))
            for text in versions[-3:]:
                made += 1
                result = run(text, RULES, kept)
                assert result == run(text, RULES), text
                found += len(result.found)
    assert found > made


def in_one(document: Document, rule: Rule) -> EngineResult:
    """What a rule finds when the whole text is searched at once."""
    parsed = syntax_of(document).parsed
    made = compiled(rule)
    assert parsed is not None
    assert not isinstance(made, str)
    module = lower_module(parsed.tree, parsed.repaired)
    propagate(module, resolve(module))
    return merged([run_rule(rule, made, Code(Index(module), document.normalized.data))])


def test_by_parts_is_as_in_one() -> None:
    rules = RULES[::3]
    for file in sorted(COMPACT_RULES.rglob("*.py"))[::3] + sorted(PACK.rglob("*.py"))[::40]:
        document = Document("a.py", file.read_text(encoding="utf-8"))
        for rule in rules:
            whole = in_one(document, rule)
            parts = run_task(Task(document, (rule,)), NEVER)
            assert parts.failures or whole.failures or parts.found == whole.found, (file, rule.id)


def test_rules_are_run_on_the_function_that_changed_only() -> None:
    rules = (make_rule("eval(...)"),)
    ran: list[bytes] = []

    def note(rule: Rule, made: object, code: Code) -> EngineResult:
        ran.append(code.index.roots[0].text.encode())
        return EngineResult()

    text = NativeText()
    before = "import a\n\n\ndef f():\n    eval(1)\n\n\ndef g():\n    eval(2)\n"
    after = before.replace("eval(1)", "eval(11)")
    for version in (before, after, "\n\n" + after):
        text.run(Document("a.py", version), select(rules), note, NEVER)
    assert ran == [b"f", b"g", b"f"]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("import a\n\n\n\ndef f():\n    eval(1)\n\n\neval(3)\n", []),  # white space
        ("import a\n\n\ndef f():\n    eval(1)\n    \n\n\neval(3)\n", []),
        ("import a\n\n\ndef f():\n    eval(1)\n    e\n\n\neval(3)\n", [b"f"]),  # a line at its end
        ("import a\n\n\nx\ndef f():\n    eval(1)\n\n\neval(3)\n", [b""]),
    ],
)
def test_what_an_edit_between_functions_costs(after: str, expected: list[bytes]) -> None:
    rules = (make_rule("eval(...)"),)
    ran: list[bytes] = []

    def note(rule: Rule, made: CompiledRule, code: Code) -> EngineResult:
        ran.append(code.index.roots[0].text.encode())
        return run_rule(rule, made, code)

    text = NativeText()
    text.run(
        Document("a.py", "import a\n\n\ndef f():\n    eval(1)\n\n\neval(3)\n"), select(rules), note, NEVER
    )
    ran.clear()
    results = text.run(Document("a.py", after), select(rules), note, NEVER)
    assert ran == expected
    assert merged(results).found == run(after, rules).found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("X = 'a'\ndef f():\n    g(X)\n", "X = 'b'\ndef f():\n    g(X)\n"),
        ("X = 'a'\ndef f():\n    g(X)\n", 'X = "a"\ndef f():\n    g(X)\n'),
        ("import a\ndef f():\n    a.g('a')\n", "import b as a\ndef f():\n    a.g('a')\n"),
        ("def f():\n    g('a')\n", "def f():\n    X = 'c'\n    g(X)\n"),
        ("def f():\n    g('a')\n", "class A:\n    def f():\n        g('a')\n"),
        ("X = 'a'\ndef f():\n    pass\ng(X)\n", "X = 'a'\ndef f():\n    global X\n    X = 2\ng(X)\n"),
    ],
)
def test_a_function_follows_what_it_sees(before: str, after: str) -> None:
    rules = (
        make_rule('g("...")', message="value($X)"),
        make_rule("g($X)", id="s", message="value($X) $X"),
        make_rule("b.g(...)", id="t"),
        make_rule("class $C:\n  ...\n  g(...)\n", id="u"),
    )
    kept = NativeText()
    for text in (before, after, before):
        assert run(text, rules, kept) == run(text, rules)


def assert_found(text: str, rule: Rule, kept: NativeText, count: int) -> None:
    """That a rule finds so much in a text, whatever was kept of the texts before."""
    result = run(text, (rule,), kept)
    assert len(result.found) == count
    assert result == run(text, (rule,))


GATED = make_rule(
    {
        "patterns": [
            {"pattern": "eval($X)"},
            {"pattern-inside": {"pattern-regex": r"(?s)\A.*\bflask\b.*\z"}},
            {"pattern-not-inside": {"pattern-regex": r"(?s)\A.*\bquiet\b.*\z"}},
        ]
    }
)


def test_what_a_rule_asks_of_the_whole_text_counts_in_every_function() -> None:
    kept = NativeText()
    functions = "def f():\n    eval(x)\n\n\ndef g():\n    eval(x)\n\n\n"
    made = compiled(GATED)
    assert isinstance(made, CompiledRule)
    assert made.spans == ()
    for text, found in (
        (functions, 0),
        (functions + "import flask\n", 2),
        (functions + "import flask  # x\n", 2),
        (functions.replace("f():\n", "f():\n    'quiet'\n") + "import flask\n", 0),
        (functions + "import flask\n", 2),
        (functions.replace("g():\n", "g():\n    flask\n"), 2),
        (functions, 0),
    ):
        assert_found(text, GATED, kept, found)


IN_CLASS = make_rule(
    {
        "patterns": [
            {"pattern": "eval($X)"},
            {"pattern-inside": "class $C(..., $BASE, ...):\n    ...\n"},
            {"metavariable-regex": {"metavariable": "$BASE", "regex": "^Handler$"}},
        ]
    }
)


def test_a_class_whose_bases_a_rule_passes_over_leaves_its_functions_apart() -> None:
    kept = NativeText()
    body = "    def f(self):\n        eval(x)\n\n    def g(self):\n        eval(y)\n"
    for text, found in (
        (f"class A(Other):\n{body}", 0),
        (f"class A(Other):\n{body}".replace("y", "yy"), 0),
        (f"class A(Handler):\n{body}", 2),
        (f"class A(Handler):\n{body}".replace("y", "yy"), 2),
        (f"class A(Other, Handler):\n{body}", 2),
        (f"class A(Other):\n{body}", 0),
    ):
        assert_found(text, IN_CLASS, kept, found)


BELOW_VALUE = make_rule(
    {
        "patterns": [
            {"pattern": "eval($X)"},
            {"pattern-inside": "$NAME = $VALUE\n...\n"},
            {"metavariable-regex": {"metavariable": "$VALUE", "regex": "(?s).*loud"}},
        ]
    }
)


def test_what_stands_above_functions_counts_in_them_as_far_as_a_condition_holds() -> None:
    kept = NativeText()
    functions = "\n\ndef f():\n    eval(x)\n\n\ndef g():\n    eval(x)\n"
    for text, found in (
        (f"NAME = [1]{functions}", 0),
        (f"NAME = [1]{functions}".replace("f():", "f():\n    y"), 0),
        (f"NAME = [loud]{functions}", 2),
        (f"NAME = [loud]{functions}".replace("f():", "f():\n    y"), 2),
        (f"NAME = [  # quiet\n1]{functions}", 0),
        (f"NAME = [  # loud\n1]{functions}", 2),
        (f"NAME = [  # quiet\n1]{functions}", 0),
        (functions.replace("eval(x)", "a = loud\n    eval(x)"), 2),
    ):
        assert_found(text, BELOW_VALUE, kept, found)


def test_what_is_called_and_bound_elsewhere_is_looked_for_by_the_names_that_conditions_list() -> None:
    """A function without these names is not looked at, although no word is in the patterns."""
    rule = make_rule(
        {
            "patterns": [
                {
                    "patterns": [
                        {"pattern": "$CLIENT.$CALL($URL)"},
                        {"pattern-inside": "$CLIENT = $LIBRARY.$KIND(...)\n...\n"},
                        {"metavariable-regex": {"metavariable": "$KIND", "regex": "^Session$"}},
                    ]
                },
                {"pattern-inside": {"pattern-regex": r"(?s)\A.*requests.*\z"}},
                {"metavariable-regex": {"metavariable": "$CALL", "regex": "^(?:get|post)$"}},
            ]
        }
    )
    made = compiled(rule)
    assert isinstance(made, CompiledRule)
    assert made.core is not None
    assert made.core.words == {"get", "post"}
    kept = NativeText()
    functions = "\n\ndef f(url):\n    client.get(url)\n    other.get(url)\n    client.send(url)\n"
    for text, found in (
        (f"client = requests.Session(){functions}", 1),
        (f"client = requests.Session(){functions}".replace("send", "post"), 2),
        (f"client = requests.Adapter(){functions}", 0),
        (f"client = others.Session(){functions}", 0),
        (f"client = requests.Session(){functions}", 1),
    ):
        assert_found(text, rule, kept, found)


def test_few_texts_are_kept() -> None:
    texts = RecentTexts()
    first = texts.get(Document("0.py", "x"))
    assert texts.get(Document("0.py", "y")) is first
    for number in range(1, 9):
        texts.get(Document(f"{number}.py", "x"))
    assert texts.get(Document("0.py", "x")) is not first
    large = texts.get(Document("large.py", "x" * 400_000))
    assert texts.get(Document("large.py", "x" * 400_000)) is large
