"""What a file held before follows it when it moves."""

from __future__ import annotations

from pathlib import Path

import pytest
from scratch_repository import write

from secloop.syntax.document import Document
from secloop.workspace.discovery import discover
from secloop.workspace.renames import renames
from secloop.workspace.settings import Config
from secloop.workspace.tree import DiskTree, OverlayTree

LONG = "".join(f"line {number}\n" for number in range(40))
OTHER = "".join(f"other {number}\n" for number in range(40))


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ({"a.py": LONG}, {"b.py": LONG}, {"b.py": "a.py"}),
        ({"a.py": LONG}, {"a.py": LONG, "b.py": LONG}, {}),
        ({"a.py": LONG}, {"b.py": LONG.replace("\n", "\r\n")}, {"b.py": "a.py"}),
        ({"a.py": LONG}, {"b.py": "new\n" + LONG.replace("line 7", "changed")}, {"b.py": "a.py"}),
        ({"a.py": LONG}, {"b.py": OTHER}, {}),
        ({"a.py": LONG}, {"b.py": LONG + OTHER + OTHER}, {}),
        ({"a.py": ""}, {"b.py": ""}, {}),
        ({"a.py": LONG}, {"b.py": LONG, "c.py": LONG}, {"b.py": "a.py"}),
        (
            {"x/a.py": LONG, "x/b.py": LONG},
            {"y/b.py": LONG, "y/a.py": LONG},
            {"y/a.py": "x/a.py", "y/b.py": "x/b.py"},
        ),
        ({"a.py": LONG, "b.py": LONG + "x\n"}, {"c.py": LONG + "x\ny\n"}, {"c.py": "b.py"}),
        ({"x/a.py": LONG, "x/b.py": LONG}, {"y/b.py": LONG + "z\n"}, {"y/b.py": "x/b.py"}),
        ({"a.bin": bytes(range(256))}, {"b.bin": bytes(range(256))}, {"b.bin": "a.bin"}),
    ],
    ids=[
        *(
            "moved",
            "copied",
            "line-ends",
            "edited",
            "unrelated",
            "outgrown",
            "empty",
            "only-once",
            "same-names",
        ),
        *("most-similar", "similar-same-name", "binary"),
    ],
)
def test_renames(
    tmp_path: Path, before: dict[str, str | bytes], after: dict[str, str | bytes], moved: dict[str, str]
) -> None:
    old, new = DiskTree(write(tmp_path / "old", before)), DiskTree(write(tmp_path / "new", after))
    assert renames(old, before, new, after) == moved


def test_an_unsaved_buffer_is_followed_too(tmp_path: Path) -> None:
    old, new = DiskTree(write(tmp_path / "old", {"a.py": LONG})), DiskTree(write(tmp_path / "new", {}))
    overlaid = OverlayTree(new, {"b.py": Document("b.py", LONG)})
    assert renames(old, ["a.py"], overlaid, discover(overlaid, Config()).files) == {"b.py": "a.py"}


@pytest.mark.timeout(60)
def test_many_alike_files_are_no_trouble(tmp_path: Path) -> None:
    before = {f"a{number}.py": LONG + f"{number}\n" for number in range(600)}
    after = {f"b{number}.py": LONG + f"{number}\nmore\n" for number in range(600)}
    old, new = DiskTree(write(tmp_path / "old", before)), DiskTree(write(tmp_path / "new", after))
    assert renames(old, before, new, after) == {f"b{n}.py": f"a{n}.py" for n in range(600)}
