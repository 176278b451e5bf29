"""Names and constants are what semgrep-core says they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from matches import tree
from named_ast import engine_meanings, semgrep_meanings

DATA = Path(__file__).parent / "data"


def differences(source: str) -> list[str]:
    """What the engine says otherwise than semgrep-core."""
    expected, actual = semgrep_meanings(source), engine_meanings(tree(source))
    assert len(expected) > 20
    lines = source.encode().split(b"\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    found = []
    for (place, name), meaning in expected.items():
        other = actual.get((place, name))
        if other != meaning and not (other is None and meaning == ("", "", "")):
            line = sum(start <= place for start in starts)
            found.append(f"{line}: {lines[line - 1].decode()}: {name} is {other} and not {meaning}")
    return found


def functions(name: str, first: str = "pass") -> str:
    """A text with a function for each line of a data file, in which ``\\n`` stands for a line end."""
    statements = (DATA / name).read_text().replace("\\n", "\n ").splitlines(keepends=False)
    made: list[str] = []
    for statement in statements:
        if statement.startswith(" "):
            made[-1] += f"\n{statement}"
        else:
            made.append(statement)
    return "".join(f"def f{i}(p):\n {first}\n {one}\n z\n p\n" for i, one in enumerate(made))


@pytest.mark.parametrize("path", sorted((DATA / "names").glob("*.py")), ids=lambda path: path.stem)
def test_names(path: Path) -> None:
    assert not differences(path.read_text())


@pytest.mark.parametrize("first", ["z = 1", "z = p.q()"])
def test_constants_in_a_function(first: str) -> None:
    assert not differences(functions("constant_flow.txt", first))


def test_constants_from_outside_a_function() -> None:
    assert not differences('z = "g"\n' + functions("constant_globals.txt"))


def test_operations_on_constants() -> None:
    lines = (DATA / "constant_operations.txt").read_text().splitlines()
    known = "".join(f"v{i} = {line}\n" for i, line in enumerate(lines))
    read = "".join(f" use(v{i})\n" for i in range(len(lines)))
    local = "".join(f" v = {line}\n use(v)\n" for line in lines)
    assert not differences(f'G = "g"\nI = 7\n{known}def f():\n{read}def g(p):\n{local}')
