"""No rule vanishes in silence: each compiles or has a reason."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from engine_samples import EVAL, rule

from secloop.engine.core import Core
from secloop.engine.installed import core_binary, core_version
from secloop.engine.semgrep import SemgrepCompiler
from secloop.rules.load import Compilation


def compile_(*definitions: Any) -> Compilation:
    return SemgrepCompiler().compile([rule(definition).definition for definition in definitions])


def test_a_prefilter_or_none_for_each_rule() -> None:
    compilation = compile_(EVAL, {"id": "any", "pattern": "$X == $X"})
    assert compilation.prefilters == {"eval": ["Pred", ["Idents", ["eval"]]], "any": None}
    assert compilation.failures == {}


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({"pattern": "foo(("}, "Invalid pattern for Python"),
        ({"pattern": "foo", "min-version": "99.0.0"}, "requires upgrading"),
        ({"pattern": "foo", "max-version": "1.0.0"}, "requires downgrading|no longer|at most"),
        ({"patterns": [{"pattern-not": "foo"}]}, "positive"),
        ({"pattern-regex": "(unclosed"}, "."),
        ({"languages": ["nonsense"], "pattern": "foo"}, "language"),
        ({"mode": "taint", "pattern-sources": [{"pattern": "foo"}]}, "."),
    ],
)
def test_bad_rules_have_reasons_and_leave_good_ones_alone(bad: dict[str, Any], reason: str) -> None:
    compilation = compile_({**EVAL, "id": "first"}, {"id": "bad", **bad}, EVAL)
    assert set(compilation.prefilters) == {"first", "eval"}
    assert set(compilation.failures) == {"bad"}
    assert re.search(reason, compilation.failures["bad"])


def test_many_bad_rules_among_good_ones() -> None:
    definitions = [
        {"id": f"r{i}", "pattern": "foo((" if i % 3 == 0 else "foo", "languages": ["python"]}
        for i in range(20)
    ]
    compilation = compile_(*definitions)
    assert set(compilation.failures) == {f"r{i}" for i in range(0, 20, 3)}
    assert set(compilation.prefilters) == {f"r{i}" for i in range(20) if i % 3}


def test_an_engine_that_is_not_there_fails_every_rule() -> None:
    compilation = SemgrepCompiler(core=Core(["/nowhere/semgrep-core"])).compile([rule(EVAL).definition])
    assert not compilation.prefilters
    assert "cannot be run" in compilation.failures["eval"]


def test_numbers_that_json_libraries_dislike() -> None:
    compilation = compile_({**EVAL, "metadata": {"n": 2**80}})
    assert set(compilation.prefilters) == {"eval"}


def test_text_that_is_not_unicode_has_a_reason() -> None:
    compilation = compile_(EVAL, {**EVAL, "id": "bad", "metadata": {"s": "\ud800"}})
    assert set(compilation.prefilters) == {"eval"}
    assert set(compilation.failures) == {"bad"}


def test_version_is_semgreps() -> None:
    assert SemgrepCompiler().version == core_version()
    assert core_version().count(".") == 2


@pytest.mark.parametrize(
    "prefilters", [False, True], ids=["while rules are compiled", "while prefilters are asked for"]
)
def test_one_death_of_the_engine_refuses_no_rule(tmp_path: Path, prefilters: bool) -> None:
    died = tmp_path / "died"
    script = tmp_path / "mortal.py"
    script.write_text(
        "import os, subprocess, sys\n"
        f"if ('-prefilter_of_rules' in sys.argv) is {prefilters}:\n"
        "    try:\n"
        f"        os.close(os.open({str(died)!r}, os.O_CREAT | os.O_EXCL))\n"
        "        os._exit(9)\n"
        "    except FileExistsError:\n"
        "        pass\n"
        f"sys.exit(subprocess.run([{str(core_binary())!r}, *sys.argv[1:]]).returncode)\n"
    )
    compilation = SemgrepCompiler(core=Core([sys.executable, str(script)])).compile([rule(EVAL).definition])
    assert died.exists()
    assert (set(compilation.prefilters), compilation.failures) == ({"eval"}, {})
