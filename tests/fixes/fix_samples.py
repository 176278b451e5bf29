"""Helpers of the fix tests: code with ``§`` around what the finding spans."""

from __future__ import annotations

import textwrap

from secloop.fixes.codemods import Rewritten, run_codemod
from secloop.fixes.edits import apply
from secloop.model import Match
from secloop.syntax.document import Document


def marked(code: str, path: str = "app.py") -> tuple[Document, int, int]:
    """The document of marked code, dedented, and the byte offsets of the marks."""
    before, inside, after = textwrap.dedent(code).lstrip("\n").split("§")
    start = len(before.encode())
    return Document(path, before + inside + after), start, start + len(inside.encode())


def match_at(document: Document, rule_id: str, start: int, end: int) -> Match:
    """A match of a rule between two byte offsets."""
    return Match(rule_id, document.span(start, end), "message")


def rewritten(codemod: str, code: str, path: str = "app.py") -> str:
    """The text after a codemod, or ``refused: `` and its reason."""
    document, start, end = marked(code, path)
    outcome = run_codemod(codemod, document, start, end)
    return apply(document, outcome.edits).text if isinstance(outcome, Rewritten) else f"refused: {outcome}"
