"""Codemods that add, change or remove an argument or a line; ``§`` marks what the finding spans."""

from __future__ import annotations

import pytest
from fix_samples import rewritten


@pytest.mark.parametrize(
    ("codemod", "before", "after"),
    [
        (
            "tls-context",
            "import smtplib\n§s.starttls()§\n",
            "import smtplib\nimport ssl\ns.starttls(context=ssl.create_default_context())\n",
        ),
        (
            "tls-context",
            "import imaplib\nfrom ssl import create_default_context\n§imaplib.IMAP4_SSL(h)§\n",
            "import imaplib\nfrom ssl import create_default_context\n"
            "imaplib.IMAP4_SSL(h, ssl_context=create_default_context())\n",
        ),
        ("https-url", "get(§'http://a.b/c'§)\n", "get('https://a.b/c')\n"),
        ("https-url", "get(§f'http://{h}/c'§)\n", "get(f'https://{h}/c')\n"),
        (
            "jwt-checks",
            "import jwt\n§jwt.decode(t, k, options={'verify_exp': False, 'require': []})§\n",
            "import jwt\njwt.decode(t, k, options={'verify_exp': True, 'require': []})\n",
        ),
        ("debug-argument", "§FastAPI(debug=True, title='a')§\n", "FastAPI(title='a')\n"),
        (
            "debug-argument",
            "§DebuggedApplication(a, evalex=True)§\n",
            "DebuggedApplication(a, evalex=False)\n",
        ),
        ("trust-remote-code", "§load(n, trust_remote_code=True)§\n", "load(n)\n"),
        ("keras-safe-mode", "§load_model(n, safe_mode=False)§\n", "load_model(n)\n"),
        (
            "mako-escape",
            "from mako.template import Template\n§Template(t)§\n",
            'from mako.template import Template\nTemplate(t, default_filters=["h"])\n',
        ),
        ("remove-statement", "a()\n§breakpoint()§\nb()\n", "a()\nb()\n"),
        ("remove-statement", "if a:\n    §breakpoint()§\n", "if a:\n    pass\n"),
    ],
)
def test_changes(codemod: str, before: str, after: str) -> None:
    assert rewritten(codemod, before) == after


@pytest.mark.parametrize(
    ("codemod", "before"),
    [
        ("https-url", "get(§url§)\n"),
        ("jwt-checks", "import jwt\n§jwt.decode(t, k, options=options)§\n"),
        ("debug-argument", "§run(debug=True, use_debugger=True)§\n"),
        ("debug-argument", "§run(debug=debug)§\n"),
        ("trust-remote-code", "§load(n, trust_remote_code=trust)§\n"),
        ("keras-safe-mode", "§load_model(n, safe_mode=True)§\n"),
        ("remove-statement", "a = §breakpoint()§\n"),
        ("remove-statement", "a(); §breakpoint()§\n"),
    ],
)
def test_refuses(codemod: str, before: str) -> None:
    assert rewritten(codemod, before).startswith("refused: ")
