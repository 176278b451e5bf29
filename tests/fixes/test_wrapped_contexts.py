"""Whatever stands around a finding, a codemod's text parses, and what it does not speak of stays as it is."""

from __future__ import annotations

import ast
import textwrap

from fix_samples import marked
from hypothesis import given
from hypothesis import strategies as st
from test_codemods import CHANGES

from secloop.fixes.codemods import Rewritten, run_codemod
from secloop.fixes.edits import apply

WRAPPERS = [
    "def f(self, é='😀'):\n    {}",
    "async def f():\n\tasync with a as b:\n\t\t{}",
    "class C:\n  @property\n  def f(self):\n      '''Doc.'''\n      {}\n  x = 1",
    "if x:\n    pass\nelse:  # why\n    {}",
    "try:\n    {}\nexcept ValueError:\n    raise\nfinally:\n    done()",
    "with open(p) as file:\n    # before\n    {}\n    # after",
    "for i in range(3):\n    {}\n    continue",
    "while True:\n\n    {}\n\n    break\n",
    "match x:\n    case [1, *_]:\n        {}",
    "{}",
]
HEADS = [
    "",
    '"""Doc."""\n',
    "#!/usr/bin/env python\n# é\n\n",
    "from __future__ import annotations\n",
    "import os\n\n",
]
TAILS = ["", "\n", "# end", "x = '''a\n  b'''\n", "\x0c\ndef last(): ...\n"]


def _split(code: str) -> tuple[str, str]:
    """The imports at the top of a case, and the rest."""
    lines = textwrap.dedent(code).lstrip("\n").splitlines(keepends=True)
    count = 0
    while count < len(lines) and lines[count].startswith(("import ", "from ")):
        count += 1
    return "".join(lines[:count]), "".join(lines[count:])


CASES = [
    (name, *_split(before))
    for name, cases in CHANGES.items()
    for before, _ in cases
    if not before.lstrip().startswith(('"""', "§import"))
]


def _wrapped(code: str, wrapper: str) -> str:
    before, after = wrapper.split("{}")
    indent = before.rpartition("\n")[2]
    body = textwrap.indent(code.rstrip("\n"), indent).removeprefix(indent)
    return f"{before}{body}{after}\n"


@st.composite
def contexts(draw: st.DrawFn) -> tuple[str, str]:
    """A codemod and marked code that it changes when it stands alone."""
    name, imports, code = draw(st.sampled_from(CASES))
    for wrapper in draw(st.lists(st.sampled_from(WRAPPERS), max_size=3)):
        code = _wrapped(code, wrapper)
    text = draw(st.sampled_from(HEADS)) + imports + code + draw(st.sampled_from(TAILS))
    return name, text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@given(contexts())
def test_a_codemod_keeps_the_text_parseable(context: tuple[str, str]) -> None:
    name, code = context
    document, start, end = marked(code)
    ast.parse(document.text)
    outcome = run_codemod(name, document, start, end)
    assert isinstance(outcome, Rewritten), outcome
    after = apply(document, outcome.edits)
    ast.parse(after.text)
    assert ("\r" in after.text) is ("\r" in document.text)
    assert not (set("\r\n") <= set(after.text.replace("\r\n", "")))
    changed = [document.position(edit.start).line for edit in outcome.edits]
    last = document.position(end).line
    assert all(line <= last for line in changed), "code after the finding stays as it is"
