"""Codemods: fixes for what text cannot do, such as mending imports and arguments whatever their order.

A codemod is one module here with a ``TITLE`` and a function ``rewrite``, and one line in the table below.
README.md says what finding each one expects. libcst is imported when a codemod first runs.
"""

from __future__ import annotations

import importlib
from collections.abc import Collection

from msgspec import Struct

from secloop.fixes.edits import Edit
from secloop.syntax.document import Document

CODEMODS = (
    "assert-to-raise",
    "bind-localhost",
    "chmod-owner-only",
    "cookie-flags",
    "debug-argument",
    "defusedxml",
    "flask-debug-off",
    "hashlib-not-for-security",
    "hashlib-sha256",
    "hmac-compare-digest",
    "https-url",
    "jinja2-autoescape",
    "jinja2-select-autoescape",
    "jwt-checks",
    "keras-safe-mode",
    "literal-eval",
    "lxml-parser",
    "mako-escape",
    "numpy-no-pickle",
    "os-system-to-subprocess",
    "paramiko-reject-policy",
    "random-to-secrets",
    "remove-statement",
    "request-timeout",
    "sql-parameters",
    "ssl-default-context",
    "ssl-protocol",
    "ssl-verify-mode",
    "subprocess-shell-false",
    "tarfile-filter",
    "tempfile-mktemp",
    "tls-context",
    "tls-verify",
    "torch-weights-only",
    "trust-remote-code",
    "xsrf-cookies",
    "yaml-safe-load",
)
"""Every name that ``metadata.secloop.codemod`` may be. The module's name has ``_`` for ``-``."""


class Rewritten(Struct, frozen=True):
    """What a codemod changes, and in a few words what that does.

    ``left`` are modules whose imports are not needed any more once their last use is fixed as well.
    """

    edits: tuple[Edit, ...]
    title: str
    left: tuple[str, ...] = ()


def run_codemod(name: str, document: Document, start: int, end: int) -> Rewritten | str:
    """A codemod's edits for a finding at a span of byte offsets, or in one sentence why it has none."""
    if name not in CODEMODS:
        return f"there is no codemod {name!r}"
    from secloop.fixes.codemods.rewrite import Refused, Rewrite
    from secloop.fixes.codemods.source import NotPythonError, source_of

    codemod = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
    try:
        rewrite = Rewrite(source_of(document), (start, end))
        codemod.rewrite(rewrite)
        return Rewritten(rewrite.edits(), codemod.TITLE, rewrite.left)
    except (NotPythonError, Refused) as refusal:
        return str(refusal)


def unused_imports(before: Document, after: Document, modules: Collection[str]) -> tuple[Edit, ...]:
    """Edits of ``after`` that remove the imports of these modules whose last use went since ``before``."""
    from secloop.fixes.codemods.importing import fallen_out_of_use
    from secloop.fixes.codemods.source import NotPythonError, source_of

    try:
        return fallen_out_of_use(source_of(before), source_of(after), modules)
    except NotPythonError:
        return ()
