"""SPEC 1: a notebook is one document of its Python code cells."""

from __future__ import annotations

import json
from typing import Any

import pytest

from secloop.syntax.document import UndecodableError
from secloop.syntax.notebook import blank_magics, notebook_document


def notebook(*cells: tuple[str, Any], **metadata: Any) -> str:
    return json.dumps(
        {
            "cells": [
                {"cell_type": kind, "source": source, "outputs": [{"text": "eval(1)"}]}
                for kind, source in cells
            ],
            "metadata": metadata,
            "nbformat": 4,
        }
    )


def test_code_cells_are_joined_and_numbered_over_all_cells() -> None:
    document = notebook_document(
        "n.ipynb", notebook(("markdown", "# t"), ("code", ["a = 1\n", "b"]), ("code", "é"))
    )
    assert document.text == "a = 1\nb\né"
    assert [(cell.index, document.slice(cell.start, cell.end)) for cell in document.cells] == [
        (1, "a = 1\nb"),
        (2, "é"),
    ]
    assert [cell.index for offset in (0, 7, 8) if (cell := document.cell_of(offset))] == [1, 1, 2]


@pytest.mark.parametrize(
    ("source", "blanked"),
    [
        ("%pip install x\nimport x", "              \nimport x"),
        ("!ls \\\n  -l\ny = 1", "     \n    \ny = 1"),
        ("files = !ls\nf()", "           \nf()"),
        ("%%bash\nrm -rf /\n", "      \n        \n"),
        ("%%time\nrun(1)", "      \nrun(1)"),
        ("df.head?\nx", "        \nx"),
        ("a = b % c\nd != e\n", "a = b % c\nd != e\n"),
        ("x = '%s' % y\n", "x = '%s' % y\n"),
        ("%é\r\nx", "  \r\nx"),
    ],
)
def test_magics_are_blanked_to_equal_length(source: str, blanked: str) -> None:
    assert blank_magics(source) == blanked


def test_a_notebook_in_another_language_has_no_python() -> None:
    source = notebook(("code", "eval(x)"), language_info={"name": "R"})
    assert notebook_document("n.ipynb", source).text == ""


@pytest.mark.parametrize("source", ["", "{", "[]", "3", "[" * 100_000])
def test_what_is_not_a_notebook_is_refused_in_words(source: str) -> None:
    with pytest.raises(UndecodableError, match="not a notebook"):
        notebook_document("n.ipynb", source)


def test_odd_shapes_are_read_as_far_as_they_go() -> None:
    assert (
        notebook_document("n.ipynb", '{"cells": [1, {"cell_type": "code", "source": [2, "x"]}]}').text == "x"
    )
