"""Every error type that semgrep-core can name has exactly one meaning for a verdict."""

from __future__ import annotations

import ast

import pytest

from secloop.engine.errors import TREATMENTS, UNKNOWN, WIRE_NAMES, Effect, treatment
from secloop.model import ProblemKind
from secloop.syntax.languages import semgrep_package


def error_type_class() -> ast.ClassDef:
    source = (semgrep_package() / "semgrep_interfaces" / "semgrep_output_v1.py").read_text()
    (found,) = (
        node for node in ast.parse(source).body if isinstance(node, ast.ClassDef) and node.name == "ErrorType"
    )
    return found


def test_table_is_total() -> None:
    """Its keys are the classes in ``ErrorType.value: Union[...]``."""
    (union,) = (
        node.annotation.slice
        for node in error_type_class().body
        if isinstance(node, ast.AnnAssign) and isinstance(node.annotation, ast.Subscript)
    )
    assert isinstance(union, ast.Tuple)
    assert {ast.unparse(name) for name in union.elts} == set(TREATMENTS)


def test_names_in_the_json_are_those_of_semgrep() -> None:
    """``from_json`` reads each as ``if x == 'name': return cls(Class(...))``."""
    read: dict[str, str] = {}
    for node in ast.walk(error_type_class()):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Compare):
            value = (
                ast.literal_eval(node.test.comparators[0])
                if ast.unparse(node.test.left) in ("x", "cons")
                else None
            )
            if isinstance(value, str):
                (call,) = (child for child in node.body if isinstance(child, ast.Return))
                read[value] = ast.unparse(call.value).split("(")[1]  # type: ignore[arg-type]
    assert read == dict(WIRE_NAMES)


@pytest.mark.parametrize("unheard", ["Something new", ["Something new", 1], [], None, 3, {"a": 1}, [["x"]]])
def test_a_type_that_is_not_known_fails_closed(unheard: object) -> None:
    assert treatment(unheard) is UNKNOWN
    assert (UNKNOWN.effect, UNKNOWN.kind) == (Effect.PROBLEM, ProblemKind.UNKNOWN)


@pytest.mark.parametrize(
    ("said", "effect", "kind"),
    [
        ("Timeout", Effect.ISOLATE, ProblemKind.TIMEOUT),
        ("Fixpoint timeout", Effect.ISOLATE, ProblemKind.TIMEOUT),
        ("Out of memory", Effect.ISOLATE, ProblemKind.OUT_OF_MEMORY),
        ("Too many matches", Effect.ISOLATE, ProblemKind.TOO_MANY_MATCHES),
        ("Stack overflow", Effect.ISOLATE, ProblemKind.ENGINE_CRASH),
        (["IncompatibleRule", {}], Effect.PROBLEM, ProblemKind.RULE),
    ],
)
def test_what_some_mean(said: object, effect: Effect, kind: ProblemKind) -> None:
    assert (treatment(said).effect, treatment(said).kind) == (effect, kind)
