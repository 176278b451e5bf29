"""What the pack finds in a small file it finds in a large one: PCRE counts its steps, and gives up without a word."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from secloop.engine.analyze import analyze
from secloop.engine.semgrep import SemgrepCompiler, SemgrepRunner
from secloop.model import RuleSet
from secloop.rules.load import load_rules
from secloop.rules.pack import bundled_rules
from secloop.syntax.document import Document

FILLER = "// What a file is about, in words that no rule asks for, one line after the other.\n" * 11_000


@pytest.fixture(scope="module")
def scripts() -> RuleSet:
    """The bundled rules for JavaScript."""
    pack = load_rules(bundled_rules(), SemgrepCompiler())
    return replace(pack, rules=tuple(rule for rule in pack.rules if rule.id.startswith("javascript-")))


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("app.get('/', (req, res) => { eval(req.query.x); });", "javascript-eval-injection"),
        ("app.get('/', ({ query }, res) => { eval(query.x); });", "javascript-eval-injection"),
        (
            "new WebSocket.Server().on('connection', (ws) => { ws.on('message', (x) => { eval(x); }); });",
            "javascript-eval-injection",
        ),
        ("exports.handler = async (event) => { eval(event.body); };", "javascript-eval-injection"),
        ("box.innerHTML = location.hash;", "javascript-inner-html"),
        ("app.use(cors({ origin: true, credentials: true }));", "javascript-cors-any-origin"),
        (
            "function one(id) { return this.db.query('SELECT * FROM orders WHERE id = ' + id); }",
            "javascript-sql-string-building",
        ),
    ],
)
@pytest.mark.parametrize("where", ["first", "last"])
def test_what_is_found_does_not_depend_on_how_long_the_file_is(
    scripts: RuleSet, code: str, rule: str, where: str
) -> None:
    text = f"{code}\n{FILLER}" if where == "first" else f"{FILLER}{code}\n"
    (file,) = analyze([Document("a.js", text)], scripts, SemgrepRunner(1))
    assert rule in {match.rule_id for match in file.matches}
    assert not file.problems
