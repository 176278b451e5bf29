"""``secloop rules docs`` and ``rules show``: a page for each rule, out of the rule and its tests."""

from __future__ import annotations

import re

import pytest
from cli_repository import Repo
from markdown_it import MarkdownIt
from pack_samples import accepted, with_pack

from secloop.rules.pack import bundled_folder

HEADINGS = ["What it finds", "Why it matters", "Vulnerable", "Safe", "Fix", "References"]
RULE = """\
rules:
  - id: no-eval
    languages: [python]
    severity: HIGH
    message: eval runs $X. Whoever chooses it <b>runs</b> code. Use `literal_eval`.
    metadata:
      cwe: ["CWE-95: Eval_Injection"]
      owasp: ["A03:2021 - Injection"]
      asvs: ["v5.0.0-1.3.2"]
      stride: [tampering]
      controls: {soc2: ["CC6.6"]}
      likelihood: LOW
      impact: HIGH
      technology: [python, flask]
      references: ["https://example.org/eval"]
    pattern: eval($X)
    fix: literal_eval($X)
"""
PAGE = """\
<!-- Written by `secloop rules docs`; a change is lost when it runs again. -->

# no-eval

## What it finds

eval runs `$X`.

In a finding, the code that is meant stands in place of `$X`.

Severity: high. Confidence: medium. Languages: python. Technology: flask.

## Why it matters

Whoever chooses it &#60;b&#62;runs&#60;/b&#62; code.

An attack is of low likelihood, and of high impact.

- [CWE-95: Eval\\_Injection](<https://cwe.mitre.org/data/definitions/95.html>)
- [OWASP Top 10: A03:2021 - Injection](<https://owasp.org/Top10/A03_2021-Injection/>)
- ASVS 5.0: v5.0.0-1.3.2
- STRIDE: tampering
- SOC 2: CC6.6

## Vulnerable

```python
eval(a)
```

## Safe

```python
f(a)
```

## Fix

Use `literal_eval`.

Editors offer a fix, which `secloop check --fix` applies, too:

```diff
-eval(a)
+literal_eval(a)
```

## References

- <https://example.org/eval>
"""


@pytest.fixture
def rules(repo: Repo) -> Repo:
    repo.write(".secloop/rules/rules.yaml", RULE)
    repo.write(".secloop/rules/rules.py", "# ruleid: no-eval\neval(a)\n# ok: no-eval\nf(a)\n")
    repo.write(".secloop/rules/rules.fixed.py", "# ruleid: no-eval\nliteral_eval(a)\n# ok: no-eval\nf(a)\n")
    return repo


def test_a_page_out_of_a_rule_and_its_tests(rules: Repo) -> None:
    result = rules.run("rules", "docs", "out")
    assert (result.exit_code, result.stdout) == (0, "1 page written to out\n")
    assert rules.read("out/no-eval.md") == PAGE
    index = rules.read("out/index.md")
    assert "| [no-eval](no-eval.md) | high | medium | CWE-95 | yes |" in index
    assert "### CWE-95: Eval\\_Injection\n\n- [no-eval](no-eval.md)" in index


def test_a_message_of_one_sentence_says_what_to_do_under_fix_as_well(rules: Repo) -> None:
    said = "eval runs $X; use `literal_eval`."
    plain = RULE.replace("eval runs $X. Whoever chooses it <b>runs</b> code. Use `literal_eval`.", said)
    rules.write(".secloop/rules/rules.yaml", plain.replace("    fix: literal_eval($X)\n", ""))
    rules.run("rules", "docs", "out")
    assert "## Fix\n\neval runs `$X`; use `literal_eval`.\n" in rules.read("out/no-eval.md")


def test_pages_of_rules_that_are_no_more_are_removed_and_other_files_stay(rules: Repo) -> None:
    rules.run("rules", "docs", "out")
    rules.write("out/mine.md", "# Mine\n")
    rules.write(".secloop/rules/rules.yaml", RULE.replace("no-eval", "no-more-eval"))
    assert rules.run("rules", "docs", "out", ".secloop/rules").exit_code == 0
    assert sorted(path.name for path in (rules.root / "out").iterdir()) == [
        "index.md",
        "mine.md",
        "no-more-eval.md",
    ]


def test_show_tells_the_same(rules: Repo) -> None:
    shown = rules.run("rules", "show", "no-eval").stdout
    assert [line for line in shown.splitlines() if line in HEADINGS] == HEADINGS
    assert "Vulnerable\n\n    eval(a)\n\nSafe\n\n    f(a)\n" in shown
    assert "Fix         fix\n" in shown
    assert "    pattern: eval($X)" in shown


def test_a_rule_of_a_pack_from_elsewhere_is_shown_with_its_own_tests(repo: Repo) -> None:
    with_pack(repo)
    accepted(repo)
    repo.write("vendor/acme/rules.py", "# ruleid: no-eval\neval(told)\n")
    assert "Vulnerable\n\n    eval(told)\n" in repo.run("rules", "show", "acme/no-eval").stdout
    assert repo.run("rules", "docs", "out").exit_code == 0
    assert "eval(told)" in repo.read("out/acme--no-eval.md")
    assert "(acme--no-eval.md)" in repo.read("out/index.md")


def test_a_rule_that_does_not_load_is_said_and_writes_nothing(rules: Repo) -> None:
    rules.write(".secloop/rules/more.yaml", "rules: [{id: bad}]\n")
    assert rules.run("rules", "docs", "out").exit_code == 2
    assert not (rules.root / "out").exists()


def test_every_rule_of_the_pack_has_a_whole_page_with_links_that_lead_somewhere(repo: Repo) -> None:
    assert repo.run("rules", "docs", "out", str(bundled_folder()[0])).exit_code == 0
    pages = {path.name: path.read_text(encoding="utf-8") for path in (repo.root / "out").glob("*.md")}
    for name, page in pages.items():
        if name != "index.md":
            assert re.findall("^## (.+)$", page, re.MULTILINE) == HEADINGS, name
        tokens = [inner for token in MarkdownIt().parse(page) for inner in token.children or ()]
        links = [str(token.attrGet("href")) for token in tokens if token.type == "link_open"]
        assert all(link.startswith("https://") or link in pages for link in links), name
    assert len(pages) > 150


def test_findings_link_to_the_pages_where_the_root_says_that_there_are_some(rules: Repo) -> None:
    rules.write("a.py", "eval(a)\n")
    rules.write("secloop.toml", 'bundled-rules = false\nrule-pages = "https://example.org/rules/{id}/"\n')
    sarif = rules.run("check", "--format", "sarif", "a.py").stdout
    assert '"helpUri": "https://example.org/rules/no-eval/"' in sarif
    rules.write("secloop.toml", 'bundled-rules = false\nrule-pages = "javascript:{id}"\n')
    assert rules.run("check", "a.py").exit_code == 2
