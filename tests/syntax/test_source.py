"""Comments, scopes and tokens, in languages with a grammar and without."""

from __future__ import annotations

import pytest

from secloop.syntax.document import Document
from secloop.syntax.source import syntax_of


def at(document: Document, needle: str) -> int:
    return document.data.index(needle.encode())


def comments(path: str, text: str) -> list[tuple[str, bool]]:
    return [(comment.text, comment.alone) for comment in syntax_of(Document(path, text)).comments]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.py", 'x = "# no"  # yes\n# own\n', [("yes", False), ("own", True)]),
        ("a.py", "def f(:\n  x = (  # broken\n", [("broken", False)]),
        ("a.js", "let u = 'http://x'; // one\n/* two */ f()\n", [("one", False), ("two", True)]),
        ("a.ts", "let x: number = 1 // t\n", [("t", False)]),
        ("a.tsx", "const a = <b>// no</b>; // yes\n", [("yes", False)]),
        ("a.yaml", "run: |\n  echo # no\nk: v # yes\n", [("yes", False)]),
        ("Dockerfile", "FROM a\n# own\nRUN echo # no\n", [("own", True)]),
        ("a.go", 's := "// no" // yes\n/* b\n */\n', [("yes", False), ("b", True)]),
        ("a.html", "<a href='//x'><!-- c --></a>", [("c", False)]),
        ("a.tf", 'x = "#{no}" # yes\n// also\n', [("yes", False), ("also", True)]),
        (".env", "# c\nA=b\n", [("c", True)]),
        ("LICENSE", "# not a comment in any language\n", []),
        ("a.sh", "é='# no' # ü\n", [("ü", False)]),
    ],
)
def test_only_real_comment_tokens_count(path: str, text: str, expected: list[tuple[str, bool]]) -> None:
    assert comments(path, text) == expected


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_comment_offsets_are_of_the_documents_own_text(line_end: str) -> None:
    document = Document("a.py", line_end.join(["x = 'é'", "y = 2  # here", ""]))
    (comment,) = syntax_of(document).comments
    assert document.slice(comment.start, comment.end) == "# here"


@pytest.mark.parametrize(
    ("path", "text", "needle", "scope"),
    [
        ("a.py", "class A:\n  def f(self):\n    run(1)\n", "run", "A.f"),
        ("a.py", "run(1)\n", "run", ""),
        ("a.py", "class A:\n  @d\n  def f(self): pass\n", "def", "A"),
        ("a.py", "class A:\n  def f(self):\n    run(1\n", "run", "A.f"),
        ("a.js", "const h = (req) => { run(1) }\n", "run", "h"),
        ("a.js", "class A { m() { run(1) } }\n", "run", "A.m"),
        ("a.ts", "namespace N { function f() { run(1) } }\n", "run", "N.f"),
        ("w.yml", "jobs:\n  build:\n    steps:\n      - run: echo\n", "echo", "jobs.build.steps.run"),
        ("a.go", "func f() { run(1) }\n", "run", ""),
    ],
)
def test_scope_is_the_qualified_name_of_what_encloses(path: str, text: str, needle: str, scope: str) -> None:
    document = Document(path, text)
    assert syntax_of(document).scope(at(document, needle)) == scope


def tokens(path: str, text: str) -> str:
    document = Document(path, text)
    return syntax_of(document).tokens(0, len(document.data))


@pytest.mark.parametrize(
    ("path", "one", "other"),
    [
        ("a.py", "f(a,b)", "f( a,\r\n    b)"),
        ("a.py", "f(a,  # why\n  b)", "f(a,\n  b)"),
        ("a.py", "x = 1 + \\\n  2", "x = 1 + 2"),
        ("a.py", "if a:\n  s = '''q\n  r'''", "if a:\n    s = '''q\n    r'''"),
        ("a.js", "f(a /* c */, b)", "f(a, b)"),
        ("Dockerfile", "RUN a \\\n  && b\n", "RUN a \\\n && b\n"),
        ("a.go", "f(a,  b)", "f(a, b)"),
    ],
)
def test_tokens_do_not_depend_on_layout(path: str, one: str, other: str) -> None:
    assert tokens(path, one) == tokens(path, other)


def test_tokens_keep_what_a_string_says() -> None:
    assert tokens("a.py", "f('a  b')") != tokens("a.py", "f('a b')")


def test_a_token_that_is_cut_by_the_span_gives_its_part() -> None:
    document = Document("a.py", "key = 'AKIA1234 rest'")
    start = at(document, "AKIA")
    assert syntax_of(document).tokens(start, start + 8) == "AKIA1234"


def test_deep_nesting_is_read_without_recursion() -> None:
    depth = 5_000
    document = Document("a.py", "x = " + "(" * depth + "run" + ")" * depth + " # end\n")
    syntax = syntax_of(document)
    assert [comment.text for comment in syntax.comments] == ["end"]
    assert syntax.scope(at(document, "run")) == ""
    assert syntax.tokens(0, len(document.data)).count("(") == depth


@pytest.mark.parametrize(
    ("path", "text", "broken"),
    [
        ("a.py", "x = 1\n", []),
        ("a.py", "x = 1\ndef f(:\n    pass\n", ["def f(:"]),
        ("a.py", "x = (1\n", ["x = (1"]),
        ("a.js", "let a = ;\n", ["="]),
        ("a.go", "func (", []),
    ],
)
def test_what_does_not_parse_has_a_range(path: str, text: str, broken: list[str]) -> None:
    syntax = syntax_of(Document(path, text))
    assert [text[start:end] for start, end in syntax.errors] == broken


@pytest.mark.parametrize(
    "comment", ["#" + " " * 200_000 + "x", "/*" + "*" * 200_000 + "x", "//" + " */" * 70_000]
)
def test_a_hostile_comment_is_read_in_linear_time(comment: str) -> None:
    path = "a.py" if comment.startswith("#") else "a.js"
    assert len(syntax_of(Document(path, comment + "\n")).comments) <= 1


def test_tokens_of_many_places_cost_what_lies_there() -> None:
    document = Document("a.py", "f(a, b)\n" * 20_000)
    syntax = syntax_of(document)
    assert {syntax.tokens(start, start + 7) for start in range(0, len(document.data), 8)} == {"f ( a , b )"}
