"""Where a codemod puts an import, when it removes one, and that it keeps the file as it is elsewhere."""

from __future__ import annotations

import pytest
from fix_samples import marked, rewritten

from secloop.fixes.codemods import Rewritten, run_codemod
from secloop.fixes.edits import apply
from secloop.syntax.document import Document
from secloop.syntax.notebook import cells_document

COMPARE = "x = hmac.compare_digest(a, b)\n"


@pytest.mark.parametrize(
    ("head", "after"),
    [
        ("", "import hmac\n\n"),
        ("#!/usr/bin/env python\n# Copyright.\n\n", "#!/usr/bin/env python\n# Copyright.\n\nimport hmac\n\n"),
        ('"""Doc."""\n', '"""Doc."""\n\nimport hmac\n\n'),
        ('"""Doc."""\n\n\n', '"""Doc."""\n\nimport hmac\n\n\n'),
        ("import abc\nimport os\n\n", "import abc\nimport hmac\nimport os\n\n"),
        (
            "from abc import ABC\nfrom os import path\n",
            "import hmac\nfrom abc import ABC\nfrom os import path\n",
        ),
        ("import abc  # first\n\nimport django\n", "import abc  # first\nimport hmac\n\nimport django\n"),
        ("# why\nimport os\n", "# why\nimport hmac\nimport os\n"),
        ("import django\n\nfrom . import app\n", "import hmac\n\nimport django\n\nfrom . import app\n"),
        (
            "from __future__ import annotations\nimport os\n",
            "from __future__ import annotations\nimport hmac\nimport os\n",
        ),
        ("import abc, os\nif x:\n    import sys\n", "import abc, os\nimport hmac\nif x:\n    import sys\n"),
        ("if TYPE_CHECKING:\n    import hmac\n", "import hmac\n\nif TYPE_CHECKING:\n    import hmac\n"),
        ("import hmac\n", "import hmac\n"),
        ("try:\n    import hmac\nexcept ImportError:\n    hmac = None\n",) * 2,
    ],
)
def test_an_import_is_put_where_it_belongs(head: str, after: str) -> None:
    assert rewritten("hmac-compare-digest", head + "x = §a == b§\n") == after + COMPARE


def test_a_third_party_import_follows_the_standard_library() -> None:
    code = "import os\nimport xml.sax\n\nimport yaml\nxml.sax.handler\n§xml.sax.parse(f, h)§\n"
    after = "import os\nimport xml.sax\n\nimport defusedxml.sax\nimport yaml\nxml.sax.handler\n"
    assert rewritten("defusedxml", code) == after + "defusedxml.sax.parse(f, h)\n"


@pytest.mark.parametrize(
    "code",
    [
        "hmac = 1\nx = §a == b§\n",
        "def f(hmac):\n    return §a == b§\n",
        "def f():\n    global hmac\n    return §a == b§\n",
        "import other as hmac\nx = §a == b§\n",
        "for hmac in y:\n    pass\nx = §a == b§\n",
        "x = [§a == b§ for hmac in y]\n",
    ],
)
def test_no_name_is_hidden(code: str) -> None:
    assert rewritten("hmac-compare-digest", code) == (
        "refused: the name hmac is taken here, so that hmac cannot be imported"
    )


def test_another_functions_local_name_is_no_obstacle() -> None:
    code = "def g(hmac): ...\ndef f():\n    return §a == b§\n"
    assert rewritten("hmac-compare-digest", code).startswith("import hmac\n\ndef g(hmac): ...\n")


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("import random\nx = §random.choice(a)§\n", False),
        ("import random\nx = §random.choice(a)§\nrandom.seed()\n", True),
        ("import random\n__all__ = ['random']\nx = §random.choice(a)§\n", True),
        ("import random\ny: 'random.Random'\nx = §random.choice(a)§\n", True),
        ("import random as random\nx = §random.choice(a)§\n", True),
        ("def f():\n    import random\n    return §random.choice(a)§\n", True),
        ("import random; y = 1\nx = §random.choice(a)§\n", True),
        ("import random\nx = §random.choice(a)§\ny.random(random=1)\n", False),
        ("import random\nx = §random.choice([random.random()])§\n", True),
    ],
)
def test_an_import_goes_with_its_last_use(code: str, kept: bool) -> None:
    after = rewritten("random-to-secrets", code)
    assert "secrets.choice" in after
    assert ("import random" in after) is kept


def test_a_package_keeps_its_imports_for_others() -> None:
    code = "import random\nx = §random.choice(a)§\n"
    assert "import random\n" in rewritten("random-to-secrets", code, "pkg/__init__.py")


def test_parenthesized_names_keep_their_layout() -> None:
    code = "from hashlib import (\n    md5,\n    sha512,  # long\n)\n§md5(x)§\nmd5(y)\n"
    assert rewritten("hashlib-sha256", code) == (
        "from hashlib import (\n    md5,\n    sha256,\n    sha512,  # long\n)\nsha256(x)\nmd5(y)\n"
    )


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_added_lines_end_as_the_file_does(line_end: str) -> None:
    code = "import sys\n\ndef f():\n    §assert a == b§\n".replace("\n", line_end)
    assert rewritten("assert-to-raise", code) == (
        "import sys\n\ndef f():\n    if not (a == b):\n        raise AssertionError\n".replace("\n", line_end)
    )
    assert rewritten("hmac-compare-digest", code.replace("§assert a == b§", "§a == b§")) == (
        "import hmac\nimport sys\n\ndef f():\n    hmac.compare_digest(a, b)\n".replace("\n", line_end)
    )


def test_offsets_count_bytes() -> None:
    assert rewritten("literal-eval", "é = '😀'; x = §eval(é)§\n") == (
        "import ast\n\né = '😀'; x = ast.literal_eval(é)\n"
    )


def test_an_import_is_added_in_the_notebook_cell_that_needs_it() -> None:
    document = cells_document("n.ipynb", [(0, "import hmac"), (1, "%%time\nx = a == b"), (2, "y = a == b")])
    start = document.text.index("a == b")
    outcome = run_codemod("hmac-compare-digest", document, start, start + 6)
    assert isinstance(outcome, Rewritten)
    after = apply(document, outcome.edits)
    cells = [after.slice(cell.start, cell.end) for cell in after.cells]
    assert cells == ["import hmac", "      \nx = hmac.compare_digest(a, b)", "y = a == b"]
    start = document.text.index("x = ")
    outcome = run_codemod("literal-eval", *_eval_in_last_cell())
    assert isinstance(outcome, Rewritten)
    after = apply(_eval_in_last_cell()[0], outcome.edits)
    assert [after.slice(cell.start, cell.end) for cell in after.cells] == [
        "a = 1",
        "import ast\nast.literal_eval(a)",
    ]


def _eval_in_last_cell() -> tuple[Document, int, int]:
    document = cells_document("n.ipynb", [(0, "a = 1"), (1, "eval(a)")])
    return document, 6, 13


@pytest.mark.parametrize(
    "code",
    [
        "x = " + "(" * 5_000 + "§eval(s)§" + ")" * 5_000,
        "x = " + "[" * 1_100 + "§eval(s)§" + "]" * 1_100,
        "x = §eval(s)§" + " + 1" * 3_000,
        "x = " + "'a' " * 20_000 + "; §eval(s)§",
        "if §eval(s)§: pass\n" + "elif x: pass\n" * 20_000,
        "x = §eval(s)§" + ".a" * 5_000,
    ],
)
def test_nesting_that_would_end_the_process_is_refused(code: str) -> None:
    document, start, end = marked(code)
    assert (
        run_codemod("literal-eval", document, start, end) == "the code is nested too deeply to be rewritten"
    )


def test_a_syntax_error_is_refused() -> None:
    assert rewritten("literal-eval", "x = §eval(s)§\ndef (\n") == "refused: the file has a syntax error"


def test_what_libcst_does_not_keep_is_refused() -> None:
    code = "x = §eval(s)§\n\x0cdef f(): ...\n"
    assert rewritten("literal-eval", code) == "refused: the file's text cannot be rewritten exactly"
