"""Random sequences of what happens in an editor, as plain values: print one and it can be replayed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import orjson
from hypothesis import strategies as st

RULES = """\
rules:
  - {id: py-eval, languages: [python], severity: HIGH, message: "eval of $X", pattern: eval($X)}
  - {id: py-exec, languages: [python], severity: MEDIUM, message: exec, pattern: exec(...), metadata: {bandit: B102}}
  - id: py-system
    languages: [python]
    severity: LOW
    message: a shell runs $X
    pattern: os.system($X)
    fix: run($X)
    paths: {exclude: [pkg/]}
  - id: py-taint
    mode: taint
    languages: [python]
    severity: CRITICAL
    message: input reaches $Y
    pattern-sources: [{pattern: input()}]
    pattern-sinks: [{patterns: [{pattern: run($Y)}, {focus-metavariable: $Y}]}]
  - {id: js-eval, languages: [javascript], severity: HIGH, message: "eval of $X", pattern: eval($X), fix: parse($X)}
  - {id: docker-add, languages: [dockerfile], severity: MEDIUM, message: ADD, pattern: ADD $FROM $TO}
  - {id: yaml-run, languages: [yaml], severity: LOW, message: "runs $X", pattern: "run: $X"}
  - {id: token, languages: [regex], severity: INFO, message: token, pattern-regex: 'TOKEN_[0-9]+'}
"""
_MORE_RULES = RULES + (
    "  - {id: py-call, languages: [py], severity: WARNING, message: call, pattern: f($X), metadata: {confidence: LOW}}\n"
)
RULE_TEXTS = (
    RULES,
    RULES.replace("severity: HIGH", "severity: INFO"),
    RULES.replace("\n", "\r\n"),
    "\ufeff" + RULES,
    _MORE_RULES,
    _MORE_RULES.replace("pattern: f($X)", "pattern: f($X"),
    RULES.replace("languages: [javascript]", "languages: [klingon]"),
    RULES + "  - {id: py-eval, languages: [python], severity: LOW, message: twice, pattern: g()}\n",
    RULES + "  broken: [\n",
    "rules: []\n",
    "",
)
_EXPIRES = datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=30)
POLICY = "bundled-rules = false\n"
POLICY_TEXTS = (
    POLICY,
    "\ufeff" + POLICY.replace("\n", "\r\n"),
    POLICY + 'fail-on = "low"\nstrict-parsing = true\n',
    POLICY + 'exclude = ["pkg/", "*.js"]\n',
    POLICY + 'ignore = ["py-e*"]\n[severity]\ntoken = "critical"\n',
    POLICY + 'min-confidence = "medium"\nmax-file-size = 60\n',
    POLICY + '[per-path-ignores]\n"*.py" = ["py-system", "token"]\n',
    POLICY + 'baseline = ".secloop/baseline.json"\n',
    POLICY + 'baseline = "missing.json"\n',
    POLICY
    + "[suppressions]\nrequire-reason = true\nreport-unused = true\nnosec = false\nforbid-from = 'high'\n",
    POLICY
    + f'[[waivers]]\nrule = "py-*"\npath = "a.py"\nreason = "known"\nowner = "me"\nexpires = {_EXPIRES}\n',
    POLICY + "[[waivers]]\nrule = 'token'\nreason = 'old'\nowner = 'me'\nexpires = 2001-01-01\n",
    POLICY + 'fail-onn = "low"\n',
    POLICY + "fail-on = 7\n",
    "bundled-rules = fal",
)
IGNORE_TEXTS = ("", "pkg/\n", "*.js\nweb/\n", "*.py\n!a.py\n", "\ufeffa.py\r\n", "[\n\\\n", "nb.ipynb")

_ODD = "# \x0c\x85\u2028\U0001f600\reval('\u2029\x1c')\r"
_PYTHON = _ODD + "import os\ndef f(x):\n    eval(x)\n    return run(input())\n\nos.system('TOKEN_1')\n"
_NOTEBOOK_CELLS = (
    ("code", "import os\n%pip x\neval(é)"),
    ("markdown", "# eval(1)"),
    ("code", "os.system(a)\n"),
)
NOTEBOOK_LANGUAGE = {"language_info": {"name": "python"}}


def notebook_text(cells: Any, *, indent: bool = False) -> str:
    """A notebook file with (type, source) cells."""
    content = {
        "cells": [
            {
                "cell_type": kind,
                "metadata": {},
                "source": source.splitlines(keepends=True) if indent else source,
            }
            for kind, source in cells
        ],
        "metadata": NOTEBOOK_LANGUAGE,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 if indent else 0).decode()


NOTEBOOK_TEXTS = (
    notebook_text(_NOTEBOOK_CELLS),
    notebook_text(_NOTEBOOK_CELLS, indent=True),
    notebook_text([("code", "eval('\U0001f600\\\n')\n\n")] * 2),
    notebook_text([("raw", "eval(1)"), ("code", "%%time\neval(2)\n!ls"), ("code", "%%bash\neval 3")]),
    notebook_text([]),
    notebook_text(_NOTEBOOK_CELLS).replace('"python"', '"R"'),
    '{"cells": 3}',
    "[]",
    "{",
)

INITIAL: Mapping[str, str] = {
    "a.py": _PYTHON,
    "pkg/b.py": _ODD + "exec('é')  # nosec\nclass C:\n    def m(self): eval(self)\n",
    "web/app.js": "// é\x0c\x85\rlet b = '\U0001f600'; eval(b)\nlet a = eval('\U0001f600' + b);\n",
    "Dockerfile": "FROM x\nADD http://h/TOKEN_2 /x\n",
    "ci.yaml": "jobs:\n  a: &a\n    - run: eval\n  b: *a\n",
    "nb.ipynb": NOTEBOOK_TEXTS[0],
    "raw.ipynb": NOTEBOOK_TEXTS[1],
    "crlf.py": "\ufeffeval(1)\r\nx = '''\r\neval(2)\r\n'''\rexec(3)\r",
    ".secloop/rules/r.yaml": RULES,
    "secloop.toml": POLICY,
    ".gitignore": "",
}
TEXTS: Mapping[str, tuple[str, ...]] = {
    ".secloop/rules/r.yaml": RULE_TEXTS,
    "secloop.toml": POLICY_TEXTS,
    ".gitignore": IGNORE_TEXTS,
    "nb.ipynb": NOTEBOOK_TEXTS,
    "raw.ipynb": NOTEBOOK_TEXTS,
}
CODE = ("a.py", "pkg/b.py", "web/app.js", "Dockerfile", "ci.yaml", "crlf.py", "raw.ipynb", "new.py")
NOTEBOOK = "nb.ipynb"
KEPT = "secloop.toml"
"""Without it the folder would have another root and the whole bundled pack."""

# Steps


@dataclass(frozen=True)
class Open:
    """Open what is on disk; a file that is open stays so."""

    path: str


@dataclass(frozen=True)
class Change:
    """One didChange: (thousandths of the text, units deleted there, text put there), one after the other."""

    path: str
    edits: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Replace:
    """One didChange with the whole text."""

    path: str
    text: str


@dataclass(frozen=True)
class Save:
    """Write the buffer to disk."""

    path: str


@dataclass(frozen=True)
class Close:
    """Close without saving."""

    path: str


@dataclass(frozen=True)
class Write:
    """Another program writes the file."""

    path: str
    text: str


@dataclass(frozen=True)
class Remove:
    """Another program removes the file."""

    path: str


@dataclass(frozen=True)
class EditCell:
    """Change the text of a notebook cell; it is counted modulo how many there are."""

    cell: int
    edits: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class SpliceCells:
    """Replace cells of the notebook by new ones of (type, source)."""

    start: int
    delete: int
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Rest:
    """The user pauses: everything must be right now."""


Step: TypeAlias = "Open | Change | Replace | Save | Close | Write | Remove | EditCell | SpliceCells | Rest"


@dataclass(frozen=True)
class Sequence:
    """What happens, in a folder with the initial files, which are all tracked if it is a git repository."""

    steps: tuple[Step, ...]
    git: bool = False


# Random ones

_CODE_PIECES = (
    "eval(x)",
    "eval(\n  y,\n)\n",
    "exec(s)\n",
    "os.system(p)",
    "run(q)",
    "q = input()\n",
    "TOKEN_12",
    "f(1)",
    "import os\n",
    "from os import system\nsystem(\xe9)\n",
    "import os as o\no.system(1)\n",
    "def f():\n    ",
    "class C:\n    ",
    "@eval(x)\n",
    "if x:\n  ",
    "async def g(a=eval(b)): ...\n",
    "'",
    '"',
    '"""',
    "'''",
    "#",
    "# ",
    "\\\n",
    "(",
    ")",
    "[",
    "}",
    ":",
    ",",
    "f'{eval(x)}'",
    "`",
    "/*",
    "*/",
    "# secloop: ignore[py-eval] why\n",
    "  # secloop: ignore",
    "# secloop: ignore[py-exec, token]\n",
    "  # nosemgrep: py-eval\n",
    "# nosemgrep\n",
    "# nosec B102\n",
    "// secloop: ignore[js-eval] \xe9\n",
    "- run: x\n",
    "ADD a b\n",
    "&a ",
    "*a",
    "%pip x\n",
    "%%bash\n",
    "!ls\n",
    "x?\n",
    "\\u0065val(1)",
)
_ODD_PIECES = (
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "    ",
    "\t",
    " ",
    "  ",
    "\n  ",
    "\x0c",
    "\x85",
    "\u2028",
    "\u2029",
    "\x0b",
    "\x1c",
    "\xe9",
    "\u20ac",
    "\U0001d4e7",
    "\U0001f600",
    "e\u0301",
    "\ufeff",
    "\u200b",
    "\u202e",
    "\x00",
    "\x7f",
    "\ufffd",
)
_HALVES = ("\ud83d", "\ude00", "\ud800")


def _pieces(encoding: str) -> st.SearchStrategy[str]:
    odd = (*_ODD_PIECES, *_HALVES) if encoding == "utf-16" else _ODD_PIECES
    piece = st.one_of(st.sampled_from(_CODE_PIECES), st.sampled_from(odd))
    return st.lists(piece, max_size=4).map("".join)


def _edits(encoding: str) -> st.SearchStrategy[tuple[tuple[int, int, str], ...]]:
    edit = st.tuples(st.integers(0, 1000), st.sampled_from((0, 0, 1, 2, 5, 12, 40)), _pieces(encoding))
    return st.lists(edit, min_size=1, max_size=4).map(tuple)


def _texts(path: str, encoding: str) -> st.SearchStrategy[str]:
    if path in TEXTS:
        return st.sampled_from(TEXTS[path])
    return st.one_of(
        st.just(INITIAL.get(path, _PYTHON)), st.lists(_pieces(encoding), max_size=6).map("".join)
    )


def _whole(kind: type[Any], path: str, encoding: str) -> st.SearchStrategy[Any]:
    return st.builds(kind, st.just(path), _texts(path, encoding))


def _on(kind: type[Any], paths: tuple[str, ...], encoding: str) -> st.SearchStrategy[Any]:
    return st.sampled_from(paths).flatmap(lambda path: _whole(kind, path, encoding))


def steps(encoding: str, focus: str) -> st.SearchStrategy[Step]:
    """One step; what is likely in an editor is likely here, and most edits are in the file in focus."""
    every = (*INITIAL, "new.py")
    plain = tuple(path for path in every if path != NOTEBOOK)
    cells = st.lists(
        st.tuples(st.sampled_from(("code", "code", "markdown", "raw")), _pieces(encoding)), max_size=2
    )
    change = st.builds(Change, st.just(focus), _edits(encoding))
    return st.one_of(
        change,
        change,
        change,
        st.builds(Change, st.sampled_from(CODE), _edits(encoding)),
        st.builds(Change, st.sampled_from((".secloop/rules/r.yaml", ".gitignore")), _edits(encoding)),
        st.builds(EditCell, st.integers(0, 3), _edits(encoding)),
        st.builds(SpliceCells, st.integers(0, 3), st.integers(0, 2), cells.map(tuple)),
        _on(Replace, plain, encoding),
        _on(Replace, tuple(TEXTS)[:3], encoding),
        _on(Write, every, encoding),
        st.builds(Open, st.sampled_from(every)),
        st.builds(Save, st.sampled_from(every)),
        st.builds(Close, st.sampled_from(every)),
        st.builds(Remove, st.sampled_from(tuple(path for path in every if path != KEPT))),
        st.just(Rest()),
    )


def sequences(encoding: str) -> st.SearchStrategy[Sequence]:
    """A short sequence for a client that counts positions in an encoding."""
    return st.sampled_from(CODE).flatmap(
        lambda focus: st.builds(
            Sequence, st.lists(steps(encoding, focus), min_size=1, max_size=7).map(tuple), st.booleans()
        )
    )
