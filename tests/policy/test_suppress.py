"""Which findings a comment accepts, and what is said of comments that are wrong (SPEC 7)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from policy_samples import TODAY, evaluate, kinds, marked, rule, rules, statuses

from secloop.model import Problem, ProblemKind, RuleSet, Severity, Status
from secloop.policy import comments
from secloop.policy.evaluate import FileFindings, evaluate_file
from secloop.syntax.document import Cell, Document
from secloop.syntax.source import Comment
from secloop.workspace.settings import Config, SuppressionSettings


def with_settings(**values: object) -> Config:
    return Config(suppressions=SuppressionSettings(**values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("§f()§  # secloop: ignore[r] it is fine", "s"),
        ("§f()§  # secloop:ignore[r]", "s"),
        ("§f()§  # secloop: ignore[other, r] both", "s"),
        ("§f()§  # secloop: ignore[ r ]", "s"),
        ("§f()§  # type: ignore  # secloop: ignore[r] fine", "s"),
        ("§f()§  # secloop: ignore[r] fine  # noqa", "s"),
        ("§f()§  # secloop: ignore[x] a # secloop: ignore[r] b", "s"),
        ("§f()§  # secloop: ignore[other]", "o"),
        ("§f()§  # secloop: ignore[R]", "o"),
        ("§f()§  # secloop: ignore[*]", "o"),
        ("§f()§  # secloop: ignore", "o"),
        ("§f()§  # secloop: ignore[]", "o"),
        ("§f()§  # secloop: ignore[r", "o"),
        ("§f()§  # see secloop: ignore[r]", "o"),
        ("§f()§; x = '# secloop: ignore[r]'", "o"),
        ('x = """\n# secloop: ignore[r]\n"""; §f()§', "o"),
        ("# secloop: ignore[r] fine\n§f()§", "s"),
        ("# secloop: ignore[r] fine\n§f()§\n§f()§", "so"),
        ("# secloop: ignore[r]\n# more words\n#\n§f()§", "s"),
        ("# secloop: ignore[r]\n# secloop: ignore[s]\n§s!f()§; §g()§", "ss"),
        ("# secloop: ignore[r]\n\n§f()§", "o"),
        ("x = 1  # secloop: ignore[r]\n§f()§", "o"),
        ("§f()§\n# secloop: ignore[r]", "o"),
        ("def g():\n    # secloop: ignore[r]\n    §f()§", "s"),
        ("§f(\n    1)§  # secloop: ignore[r]", "o"),
        ("§f(  # secloop: ignore[r]\n    1)§", "s"),
        ("f(\n    # secloop: ignore[r]\n    §g()§)", "s"),
        ("# secloop: ignore[r]\x0cfine\n§f()§", "s"),
        ("x = 'a\u2028b'; §f()§  # secloop: ignore[r]", "s"),
        ("# é🎉 \n§f('é🎉')§  # secloop: ignore[r] é🎉", "s"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_our_own_comments(source: str, expected: str, line_end: str) -> None:
    ruleset = rules("r", "s", "other", "x")
    assert statuses(evaluate(source.replace("\n", line_end), ruleset=ruleset)) == expected


def test_block_comments_of_other_languages() -> None:
    def status(source: str, path: str = "app.js") -> str:
        return statuses(evaluate(source, path=path))

    assert status("§f()§ // secloop: ignore[r] fine") == "s"
    assert status("§f()§ /* secloop: ignore[r] fine */") == "s"
    assert status("/* secloop: ignore[r] fine */\n§f()§") == "s"
    assert status("/*\n * secloop: ignore[r] fine\n */\n§f()§") == "s"
    assert status("/* secloop: ignore[r] fine */ §f()§") == "s"
    assert status("/* secloop: ignore[r]\n fine */ §f()§") == "s"
    assert status("§f(`// secloop: ignore[r]`)§") == "o"
    assert status("{§f§: 1}  // secloop: ignore[r]", "data.json") == "o"
    assert status("# secloop: ignore[r] fine\nRUN §curl§ x", "Dockerfile") == "s"
    assert status("a: §b§  # secloop: ignore[r] fine", "a.yaml") == "s"
    assert status("<!-- secloop: ignore[r] fine -->\n§<b>§", "a.html") == "s"


def test_the_reason_is_in_the_authors_words() -> None:
    def reason(source: str, path: str = "app.py") -> str:
        accepted = evaluate(source, path=path).findings[0].acceptance
        assert accepted is not None
        return accepted.reason

    assert reason("§f()§  # secloop: ignore[r] see #12, é  # noqa") == "see #12, é"
    assert reason("§f()§ /* secloop: ignore[r] fine */", "a.js") == "fine"
    assert reason("§f()§  # nosemgrep: r - it is fine") == "it is fine"
    assert reason("§f()§  # nosec - it is fine") == "it is fine"


def test_in_a_notebook_a_comment_holds_within_its_cell() -> None:
    first, second = "# secloop: ignore[r]\n§f()§\n# secloop: ignore[r]  # nosemgrep", "§f()§"
    source, result = marked(f"{first}\n{second}", "a.ipynb")
    end = len(first.replace("§", ""))
    document = Document("a.ipynb", source.text, cells=(Cell(1, 0, end), Cell(3, end + 1, end + 4)))
    file = evaluate_file(document, result, rules("r"), Config(), TODAY)
    assert statuses(file) == "so"
    assert [(f.cell, f.span.start.line, f.span.start.offset) for f in file.findings] == [
        (1, 2, 21),
        (3, 1, 0),
    ]


BANDIT = rules(
    rule("r", metadata={"bandit": ["B602", "B603"]}), rule("s", metadata={"bandit": "B701"}), rule("t")
)


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# nosec", "sss"),
        ("#nosec", "sss"),
        ("# NOSEC", "sss"),
        ("# nosec: because I say so", "sss"),
        ("# type: ignore # nosec", "sss"),
        ("# nosec B602", "soo"),
        ("# nosec: B602", "soo"),
        ("# nosec b603, B701 both", "sso"),
        ("# nosec B603,B701", "sso"),
        ("# nosec B999", "ooo"),
        ("# nosec subprocess_popen_with_shell_equals_true", "ooo"),
        ("# nosecurity", "ooo"),
        ("'# nosec'", "ooo"),
    ],
)
def test_nosec_as_bandit_reads_it(comment: str, expected: str) -> None:
    joint = ";" if comment.startswith("'") else " "
    source = f"§f()§; §s!g()§; §t!h()§{joint}{comment}\n"
    assert statuses(evaluate(source, ruleset=BANDIT)) == expected


def test_nosec_holds_for_its_own_line_of_python_only() -> None:
    assert statuses(evaluate("# nosec\n§f()§")) == "o"
    assert statuses(evaluate("§f()§  // #nosec", path="app.go")) == "o"


def test_foreign_forms_can_be_switched_off() -> None:
    assert statuses(evaluate("§f()§  # nosemgrep", with_settings(nosemgrep=False))) == "o"
    assert statuses(evaluate("§f()§  # nosec", with_settings(nosec=False))) == "o"
    assert statuses(evaluate("§f()§  # nosec nosemgrep", with_settings(nosec=False))) == "s"


def test_a_required_reason_is_required_of_every_form() -> None:
    strict = with_settings(require_reason=True)
    for comment in (
        "secloop: ignore[r]",
        "secloop: ignore[r] - # noqa",
        "nosemgrep",
        "nosemgrep: r",
        "nosec",
    ):
        file = evaluate(f"§f()§  # {comment}\n", strict)
        assert (statuses(file), kinds(file)) == ("o", ["reasonless-suppression"]), comment
    for comment in ("secloop: ignore[r] why", "nosemgrep: r - why", "nosec why"):
        file = evaluate(f"§f()§  # {comment}\n", strict)
        assert (statuses(file), kinds(file)) == ("s", []), comment


def test_a_reasonless_comment_does_not_shadow_one_with_a_reason() -> None:
    source = "# secloop: ignore[r]\n# secloop: ignore[r] because\n§f()§"
    assert statuses(evaluate(source, with_settings(require_reason=True))) == "s"


def test_from_a_severity_up_comments_have_no_effect_and_a_notice_says_so() -> None:
    forbid = with_settings(forbid_from=Severity.HIGH)
    for comment in ("secloop: ignore[r] why", "nosemgrep", "nosec"):
        file = evaluate(f"§f()§  # {comment}\n", forbid)
        assert (statuses(file), kinds(file)) == ("o", ["forbidden-suppression"]), comment
    medium = rules(rule("r", Severity.MEDIUM))
    assert statuses(evaluate("§f()§  # nosec\n", forbid, medium)) == "s"


def test_the_severity_that_is_forbidden_is_the_one_after_overrides() -> None:
    config = Config(
        severity={"r": Severity.LOW}, suppressions=SuppressionSettings(forbid_from=Severity.MEDIUM)
    )
    assert statuses(evaluate("§f()§  # nosec\n", config)) == "s"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = 1  # secloop: ignore", [("bare-suppression", 1)]),
        ("\nx = 1  # secloop: ignore[] why", [("bare-suppression", 2)]),
        ("x = 1  # secloop: ignore[r why", [("bare-suppression", 1)]),
        ("x = 1  # secloop: ignored[r]", [("malformed-suppression", 1)]),
        ("x = 1  # secloop: ignore-file[r]", [("malformed-suppression", 1)]),
        ("x = 1  # secloop ignore[r]", [("malformed-suppression", 1)]),
        ("x = 1  # secloop ignores what is [there]", []),
        ("x = 1  # secloop: ignore[r, nope]", [("unknown-rule", 1)]),
        ("x = 1  # secloop: ignore[r*]", [("unknown-rule", 1)]),
        ("x = '# secloop: ignore'", []),
        ("x = 1  # nosemgrep: nope", []),
    ],
)
def test_comments_that_are_wrong_are_reported(source: str, expected: list[tuple[str, int]]) -> None:
    file = evaluate(source)
    assert [(notice.kind, notice.line) for notice in file.notices] == expected
    assert all(notice.path == "app.py" for notice in file.notices)


def test_a_rule_that_did_not_load_is_no_unknown_one() -> None:
    broken = RuleSet((), (Problem(ProblemKind.RULE, "bad", rule_id="gone"),), "")
    assert kinds(evaluate("x = 1  # secloop: ignore[gone]", ruleset=broken)) == []


class TestUnused:
    config = with_settings(report_unused=True)

    def evaluate(self, source: str, config: Config | None = None) -> FileFindings:
        return evaluate(source, config or self.config, rules("r", "s"))

    def test_off_by_default(self) -> None:
        assert kinds(evaluate("x = 1  # secloop: ignore[r]")) == []

    def test_each_id_that_finds_nothing_is_reported(self) -> None:
        assert kinds(self.evaluate("x = 1  # secloop: ignore[r]")) == ["unused-suppression"]
        file = self.evaluate("§f()§  # secloop: ignore[r, s]")
        assert [notice.message for notice in file.notices] == ["'s' finds nothing here: remove it"]

    def test_a_comment_before_a_blank_line_is_unused(self) -> None:
        assert kinds(self.evaluate("# secloop: ignore[r]\n\n§f()§")) == ["unused-suppression"]

    def test_used_even_if_the_policy_forbids_it(self) -> None:
        config = with_settings(report_unused=True, forbid_from=Severity.LOW)
        assert kinds(self.evaluate("§f()§  # secloop: ignore[r]", config)) == ["forbidden-suppression"]

    def test_nothing_is_said_of_rules_that_did_not_run(self) -> None:
        config = replace(self.config, ignore=("r",))
        assert kinds(self.evaluate("x = 1  # secloop: ignore[r]", config)) == []
        config = replace(self.config, per_path_ignores={"app.*": ("r",)})
        assert kinds(self.evaluate("x = 1  # secloop: ignore[r]", config)) == []


def test_the_acceptance_says_which_form_and_line() -> None:
    file = evaluate("# secloop: ignore[r] why\n§f()§\n§g()§  # nosemgrep\n§h()§  # nosec\n")
    accepted = [f.acceptance for f in file.findings]
    assert [(a.kind, a.line) for a in accepted if a] == [("inline", 1), ("nosemgrep", 3), ("nosec", 4)]
    assert {f.status for f in file.findings} == {Status.SUPPRESSED}


@pytest.mark.parametrize(
    "line",
    [
        "#secloop: ignore[" * 20_000,
        f"# secloop: ignore[r] x{' ' * 300_000}y",
        f"#{' ' * 300_000}secloop:",
        f"#secloop:{' ' * 300_000}ignore",
        f"#secloop: ignore{' ' * 300_000}x",
        "# " + "/*" * 150_000 + "secloop:",
        "/*" + "*" * 300_000 + "secloop:",
        "#secloop: ignore[r]" + " # x" * 80_000,
        "# nosec" + " B1" * 100_000 + "_",
        "# nosec" + " a_a" * 80_000 + "-",
        "# nosec" + "_a" * 150_000 + "-",
        "#" + " " * 300_000 + "xnosemgrep: " + "a," * 1000,
    ],
    ids=lambda line: line[:20],
)
def test_hostile_comments_are_read_in_linear_time(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Quadratic time would take minutes here. The comment comes from a double, to test only what reads it.
    document = Document("app.py", f"{line}\n{' ' * 100_000}x\n")

    class OneComment:
        comments = (Comment(0, len(line), "", True),)

    monkeypatch.setattr(comments, "syntax_of", lambda _: OneComment())
    comments.inline_suppressions(document)
    comments.nosec_suppressions(document)
    list(comments.nosemgrep_for_line(document, 2))


def test_a_long_stack_of_comments_is_read_in_linear_time() -> None:
    file = evaluate("# secloop: ignore[r] why\n" * 20_000 + "§f()§")
    assert statuses(file) == "s"
