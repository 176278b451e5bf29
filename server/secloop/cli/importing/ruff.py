"""``secloop import ruff``: which of its security rules (``S``) run where, and ``# noqa`` comments."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from secloop.cli.importing.command import Source, importing
from secloop.cli.importing.mapping import ALL_PYTHON, left_out, standing_for, tests_of
from secloop.cli.importing.policy import Policy
from secloop.cli.importing.ruff_options import Options, read_options, security_codes
from secloop.model import Rule

_FILES = (".ruff.toml", "ruff.toml", "pyproject.toml")


@importing("ruff")
def import_ruff(source: Source) -> Policy:
    """Write which security rules (S) Ruff is configured to run to secloop.toml.

    Reads FOLDER's .ruff.toml, ruff.toml or [tool.ruff] of pyproject.toml, the first of them as Ruff does, or the file of
    --config, and in FOLDER what it extends. `# noqa` comments that hide findings here are shown with the suppressions that say the same; --write adds
    these, and takes out of the comments what they stood for.
    """
    policy = Policy()
    for name in (source.config,) if source.config else _FILES:
        options = read_options(source.tree, name, policy)
        if options is not None:
            _read(options, source, policy)
            break
    return policy


def _read(options: Options, source: Source, policy: Policy) -> None:
    known = tests_of(source.ruleset)
    _selection(options.selected, options.ignored, known, policy)
    for key, ignores in options.in_files.items():
        for path, codes in ignores.items():
            _in_files(path, codes, key, known, policy)
    for key, paths in options.excluded.items():
        if paths:
            policy.extend("exclude", paths, key)


def _selection(
    selected: Sequence[str],
    ignored: Sequence[str],
    known: Mapping[Rule, frozenset[str]],
    policy: Policy,
) -> None:
    """What runs and what does not. Of two codes that a rule has in common, the longer decides, then ``ignore``."""
    tests = frozenset().union(*known.values()) | {
        f"B{code[1:]}" for code in (*selected, *ignored) if len(code) == 4
    }
    runs = {test for test in tests if _weight(test, selected) > _weight(test, ignored)}
    if not runs:
        policy.lacks("select: Ruff runs no security rule (S) here; secloop runs all, and keeps doing so")
    elif {"S", "ALL"} & set(selected):
        if rules := left_out(tests - runs, known, policy, "S"):
            policy.extend("ignore", rules, f"ignore {', '.join(ignored)}")
    else:
        policy.extend("select", standing_for(runs, known), f"select {', '.join(selected)}")


def _in_files(
    path: str,
    given: Collection[str],
    key: str,
    known: Mapping[Rule, frozenset[str]],
    policy: Policy,
) -> None:
    codes = security_codes(given)
    if not codes:
        return
    why = f"{key} {path} {', '.join(codes)}"
    if path.startswith(("!", "/")):
        policy.lacks(f"{why}: {'all files but some' if path.startswith('!') else 'a path of one machine'}")
    elif {"S", "ALL"} & set(codes):
        policy.ignore_in(path, [ALL_PYTHON], why)
    else:
        tests = frozenset().union(*known.values())
        named = {f"B{code[1:]}" for code in codes if len(code) == 4}
        if rules := left_out(named | {test for test in tests if _weight(test, codes)}, known, policy, "S"):
            policy.ignore_in(path, rules, why)


def _weight(test: str, codes: Sequence[str]) -> int:
    """How exactly codes name a test: the length of the longest that does, more than 0 for any."""
    number = test[1:]
    return max(
        (
            1 if code == "ALL" else len(code) + 1
            for code in codes
            if code == "ALL" or number.startswith(code[1:])
        ),
        default=0,
    )
