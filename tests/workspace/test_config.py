"""The policy file: what it says, every error with its line, and a schema that agrees with the loader."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import tomli
from scratch_repository import write

from secloop.model import Confidence, Problem, ProblemKind, Severity
from secloop.syntax.document import Document
from secloop.workspace.config import CONFIG_TABLE, config_schema, load_config
from secloop.workspace.kinds import ListOf, Table
from secloop.workspace.schema import SCHEMA_PATH, schema_text
from secloop.workspace.settings import Config, PolicySettings, SuppressionSettings, Waiver
from secloop.workspace.tree import DiskTree, OverlayTree

WAIVER = '[[waivers]]\nreason = "r"\nowner = "o"\nexpires = 2030-01-31\n'


def load(root: Path, text: str | bytes, name: str = "secloop.toml") -> tuple[Config, tuple[Problem, ...]]:
    return load_config(DiskTree(write(root, {name: text})))


def errors(root: Path, text: str | bytes, name: str = "secloop.toml") -> list[tuple[int, str]]:
    problems = load(root, text, name)[1]
    assert all(each.kind is ProblemKind.POLICY and each.path == name for each in problems)
    return [(each.line, each.message) for each in problems]


def test_everything_can_be_said(tmp_path: Path) -> None:
    text = """
        rules = ["security/rules", "more.yaml"]
        bundled-rules = false
        select = ["python-*"]
        ignore = ["python-assert"]
        per-path-ignores = { "tests/**" = ["python-*", "js-x"] }
        fail-on = "high"
        min-confidence = "medium"
        severity = { "python-*" = "critical", x = "info" }
        exclude = ["/gen", "!build/"]
        default-excludes = false
        max-file-size = 5_000
        strict-parsing = true
        timeout = 2
        max-memory = 512
        baseline = ".secloop/baseline.json"
        max-waiver-days = 30

        [suppressions]
        require-reason = true
        forbid-from = "critical"
        nosemgrep = false
        nosec = false
        report-unused = true

        [policy]
        on-change = "fail"

        [[waivers]]
        rule = "python-*"
        path = "legacy/"
        fingerprint = "0123456789ab"
        reason = "until the rewrite"
        owner = "ada"
        expires = 2030-01-31

        [[waivers]]
        rule = "x"
        reason = "r"
        owner = "o"
        expires = "2030-02-01"
    """
    first = Waiver(
        "until the rewrite", "ada", datetime.date(2030, 1, 31), "python-*", "legacy/", "0123456789ab", line=29
    )
    second = Waiver("r", "o", datetime.date(2030, 2, 1), "x", line=37)
    assert load(tmp_path, text) == (
        Config(
            rules=("security/rules", "more.yaml"),
            bundled_rules=False,
            select=("python-*",),
            ignore=("python-assert",),
            per_path_ignores={"tests/**": ("python-*", "js-x")},
            fail_on=Severity.HIGH,
            min_confidence=Confidence.MEDIUM,
            severity={"python-*": Severity.CRITICAL, "x": Severity.INFO},
            exclude=("/gen", "!build/"),
            default_excludes=False,
            max_file_size=5_000,
            strict_parsing=True,
            timeout=2.0,
            max_memory=512,
            baseline=".secloop/baseline.json",
            max_waiver_days=30,
            suppressions=SuppressionSettings(True, Severity.CRITICAL, False, False, True),
            policy=PolicySettings("fail"),
            waivers=(first, second),
            path="secloop.toml",
        ),
        (),
    )


def test_without_a_file_the_defaults_apply(tmp_path: Path) -> None:
    assert load_config(DiskTree(tmp_path)) == (Config(), ())


def test_never_fails_on_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, 'fail-on = "never"')[0].fail_on is None


def test_pyproject_counts_only_in_its_own_table(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n[tool.ruff]\nselect = ["S"]\n[tool.secloop]\ntimeout = 9\n'
    config, problems = load(tmp_path, text, "pyproject.toml")
    assert (config, problems) == (Config(timeout=9.0, path="pyproject.toml"), ())
    config, problems = load(tmp_path, '[project]\nname = "secloop"\n[tool.ruff]\n', "pyproject.toml")
    assert (config, problems) == (Config(), ())


def test_a_pyproject_without_our_table_may_be_anything(tmp_path: Path) -> None:
    assert load(tmp_path, "[[[ not TOML about secloop", "pyproject.toml") == (Config(), ())
    assert errors(tmp_path, "[tool.secloop]\nx = [\n", "pyproject.toml")[0][0] > 0


def test_lines_in_pyproject_are_those_of_the_file(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n\n[tool.secloop.suppressions]\nnosecc = 1\n'
    message = 'unknown key "nosecc" in "suppressions"; did you mean "nosec"?'
    assert errors(tmp_path, text, "pyproject.toml") == [(5, message)]


def test_secloop_toml_wins_over_pyproject(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "[tool.secloop]\ntimeout = 9\n"})
    assert load(tmp_path, "timeout = 4\n")[0].timeout == 4.0


def test_an_open_buffer_wins_over_the_file(tmp_path: Path) -> None:
    write(tmp_path, {"secloop.toml": "timeout = 4\n"})
    tree = OverlayTree(DiskTree(tmp_path), {"secloop.toml": Document("secloop.toml", "\ntimeot = 5\n")})
    (problem,) = load_config(tree)[1]
    assert (problem.line, problem.message) == (2, 'unknown key "timeot"; did you mean "timeout"?')


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("\nfail_on = 'low'", 2, 'unknown key "fail_on"; did you mean "fail-on"?'),
        ("xyz = 1", 1, 'unknown key "xyz"'),
        ("[supressions]\nnosec = true", 1, 'unknown key "supressions"; did you mean "suppressions"?'),
        ("timeout = 1\ntimeout = 2", 2, "not valid TOML: Cannot overwrite a value"),
        ("a = 1\nb = [1,\n2", 3, "not valid TOML: Unclosed array"),
        ("x = " + "9" * 5000, 0, "not valid TOML: Exceeds the limit"),
        ("x = " + "[" * 99_999, 0, "not valid TOML: "),
        ("a = 1\n" + "x." * 99 + "x = 1", 0, "not valid TOML: a key has more than 64 parts"),
        (b"a = 1\nb = '\xff'", 2, "not valid TOML: the file is not UTF-8"),
        (b"x" * 1_000_001, 0, "the configuration is larger than 1 MB"),
        ("rules = 'x'", 1, '"rules" must be an array, not a string'),
        (
            "rules = [\n'x',\n\n3]",
            4,
            '"rules[2]" must be a path inside the root, relative to it, not an integer',
        ),
        ("rules = ['../x']", 1, '"rules[1]" must be a path inside the root, relative to it'),
        ("rules = ['/etc']", 1, '"rules[1]" must be a path inside the root, relative to it'),
        ("rules = ['C:\\x']", 1, '"rules[1]" must be a path inside the root, relative to it'),
        ("baseline = 'a/../../b'", 1, '"baseline" must be a path inside the root, relative to it'),
        ("bundled-rules = 1", 1, '"bundled-rules" must be true or false, not an integer'),
        ("timeout = true", 1, '"timeout" must be a number, not a boolean'),
        ("timeout = inf", 1, '"timeout" must be from 0.1 to 3600'),
        ("timeout = 0", 1, '"timeout" must be from 0.1 to 3600'),
        ("max-memory = 64.5", 1, '"max-memory" must be an integer, not a float'),
        (
            "fail-on = 'info'",
            1,
            '"fail-on" must be one of "critical", "high", "medium", "low", "never", not "info"',
        ),
        ("fail-on = 'HIGH'", 1, 'not "HIGH"; did you mean "high"?'),
        ("[severity]\na = 'low'\nb = 'mediun'", 3, '"severity.b" must be one of'),
        ("[severity]\n'a.b' = 3", 2, '"severity.a.b" must be one of'),
        ("min-confidence = 3", 1, '"min-confidence" must be one of "high", "medium", "low", not an integer'),
        ("policy.on-change = 'stop'", 1, '"policy.on-change" must be one of "fail", "warn", not "stop"'),
        ("suppressions = []", 1, '"suppressions" must be a table, not an array'),
        ("[per-path-ignores]\n'a/' = 'x'", 2, '"per-path-ignores.a/" must be an array, not a string'),
        ("exclude = ['']", 1, '"exclude[1]" must be a path glob'),
        (f"exclude = ['{'a' * 1001}']", 1, '"exclude[1]" is longer than 1000 characters'),
        (f"exclude = {['a'] * 1001}", 1, '"exclude" has more than 1000 items'),
        (f"exclude = {['*' * 900] * 3}", 1, '"exclude": more than 2000 wildcards'),
        (f"select = {['*' * 900] * 3}", 1, '"select": more than 2000 wildcards'),
        (WAIVER, 1, '"waivers[1]" needs at least one of "rule", "path", "fingerprint"'),
        (WAIVER + "rule = 'x'\n" + WAIVER, 6, '"waivers[2]" needs at least one of'),
        (WAIVER + "rule = ' '", 5, '"waivers[1].rule" must be a rule id or a glob over rule ids'),
        (
            WAIVER + "rule = 'x'\nexpire = 1",
            6,
            'unknown key "expire" in "waivers[1]"; did you mean "expires"?',
        ),
        (WAIVER + "fingerprint = 'ABCDEF012345'", 5, "must be 12 to 64 hexadecimal digits in lower case"),
        (WAIVER + "fingerprint = '0123'", 5, "must be 12 to 64 hexadecimal digits in lower case"),
        ("[[waivers]]\nrule = 'x'\nowner = 'o'\nexpires = 2030-01-01", 1, '"waivers[1]" needs "reason"'),
        ("[[waivers]]\nrule = 'x'\nreason = 'r'\nexpires = 2030-01-01", 1, '"waivers[1]" needs "owner"'),
        ("[[waivers]]\nrule = 'x'\nreason = 'r'\nowner = 'o'", 1, '"waivers[1]" needs "expires"'),
        (
            WAIVER.replace('"r"', '" "') + "rule = 'x'",
            2,
            '"waivers[1].reason" must be a text that is not blank',
        ),
        (
            WAIVER.replace("2030-01-31", "'2030-02-31'") + "rule = 'x'",
            4,
            "must be a date such as 2030-12-31, not",
        ),
        (
            WAIVER.replace("2030-01-31", "'20300131'") + "rule = 'x'",
            4,
            "must be a date such as 2030-12-31, not",
        ),
        (WAIVER.replace("2030-01-31", "2030-01-31T00:00:00") + "rule = 'x'", 4, "not a date with time"),
        ("waivers = 'x'", 1, '"waivers" must be an array, not a string'),
    ],
)
def test_every_error_says_where_and_what(tmp_path: Path, text: str | bytes, line: int, message: str) -> None:
    found = errors(tmp_path, text)
    assert found[0][0] == line
    assert message in found[0][1]
    assert len(found) == 1


def test_what_is_wrong_stays_at_its_default_and_the_rest_holds(tmp_path: Path) -> None:
    config, problems = load(tmp_path, "timeout = 'x'\nmax-memory = 100\nexclude = ['a', 3]\n")
    assert (config.timeout, config.max_memory, config.exclude) == (30.0, 100, ("a",))
    assert [each.line for each in problems] == [1, 3]


def test_a_list_of_globs_that_cannot_be_matched_is_left_out(tmp_path: Path) -> None:
    config, (problem,) = load(tmp_path, f"[per-path-ignores]\na = ['x']\nb = {['*' * 900] * 3}\n")
    assert (config.per_path_ignores, problem.line) == ({}, 3)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege")
def test_a_file_that_leads_out_of_the_root_or_is_none_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, {"outside.toml": "timeout = 1\n", "root/x": ""})
    (tmp_path / "root" / "secloop.toml").symlink_to("../outside.toml")
    config, (problem,) = load_config(DiskTree(tmp_path / "root"))
    assert (config.timeout, problem.kind) == (30.0, ProblemKind.POLICY)
    assert "leads out of the root" in problem.message
    (tmp_path / "secloop.toml").mkdir()
    assert load_config(DiskTree(tmp_path))[1]


def test_a_file_with_a_byte_order_mark_and_other_line_ends_is_read(tmp_path: Path) -> None:
    assert load(tmp_path, b"\xef\xbb\xbftimeout = 3\r\n\r\n")[0].timeout == 3.0
    assert errors(tmp_path, b"\xef\xbb\xbf# c\r\n\r\ntimeot = 3\r\n")[0][0] == 3


def tables() -> list[Table]:
    nested = [setting.kind for setting in CONFIG_TABLE.settings.values()]
    inner = [kind.item if isinstance(kind, ListOf) else kind for kind in nested]
    return [CONFIG_TABLE, *(kind for kind in inner if isinstance(kind, Table))]


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.model.__name__)
def test_every_field_of_the_model_is_a_key(table: Table) -> None:
    fields = {name.replace("_", "-") for name in table.model.__struct_fields__}
    assert fields - set(table.settings) <= {"line", "path"}
    assert set(table.settings) <= fields


def test_the_shipped_schema_is_the_generated_one() -> None:
    assert SCHEMA_PATH.read_text(encoding="utf-8") == schema_text()
    jsonschema_rs.meta.validate(config_schema())


def plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "fail-on = 'never'\ntimeout = 1.5\n[severity]\n'a-*' = 'info'",
        "rules = ['a/b', '.secloop/x', 'a..b']\nbaseline = 'b.json'",
        "per-path-ignores = { 'a/' = [] }",
        WAIVER + "rule = 'x'",
        WAIVER + "fingerprint = '0123456789abcdef'",
        "fail-on = 'info'",
        "fail_on = 'low'",
        "rules = ['../a']",
        "rules = ['a/..']",
        "rules = ['\\a']",
        "baseline = 'c:/x'",
        "exclude = ['']",
        f"exclude = {['a'] * 1001}",
        "timeout = 0",
        "max-memory = 64.5",
        "max-file-size = 0",
        "bundled-rules = 'no'",
        "suppressions = []",
        "policy = { on-change = 'x' }",
        "severity = { a = 'x' }",
        "severity = { '' = 'low' }",
        WAIVER,
        WAIVER + "rule = ' '",
        WAIVER + "rule = 'x'\nmore = 1",
        WAIVER + "fingerprint = '0123'",
        WAIVER + "fingerprint = '0123456789ab\\n'".replace("'", '"'),
        "[[waivers]]\nrule = 'x'",
    ],
)
def test_schema_and_loader_agree(tmp_path: Path, text: str) -> None:
    is_valid = jsonschema_rs.is_valid(config_schema(), plain(tomli.loads(text)))
    assert is_valid == (errors(tmp_path, text) == [])


@pytest.mark.parametrize("number", ["9" * 400, "-" + "9" * 400, "inf", "-inf", "nan", "1e999"])
def test_a_number_beyond_all_bounds_is_out_of_range(number: str, tmp_path: Path) -> None:
    write(tmp_path, {"secloop.toml": f"timeout = {number}\n"})
    _, (problem,) = load_config(DiskTree(tmp_path))
    assert '"timeout" must be from' in problem.message
