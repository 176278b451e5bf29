"""What each format writes, byte for byte, for an ordinary verdict and for a hostile repository."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from report_samples import hostile, notebook, ordinary, several_roots

from secloop.reports import FORMATS, Detail, Report, TextOptions, render

GOLDEN = Path(__file__).parent / "data" / "golden"
SAMPLES: dict[str, Callable[[], Report]] = {
    "ordinary": ordinary,
    "hostile": hostile,
    "several-roots": several_roots,
    "notebook": notebook,
}
TEXTS = {
    "quiet": TextOptions(detail=Detail.QUIET),
    "concise": TextOptions(detail=Detail.CONCISE, show_suppressed=True),
    "verbose": TextOptions(detail=Detail.VERBOSE, show_suppressed=True, width=80),
    "ascii": TextOptions(ascii=True),
    "color": TextOptions(color=True),
}


def check(name: str, text: str) -> None:
    file = GOLDEN / name
    if os.environ.get("SECLOOP_UPDATE_GOLDEN"):
        file.write_bytes(text.encode("utf-8"))
    assert text.encode("utf-8").decode("utf-8") == file.read_bytes().decode("utf-8")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_every_format_writes_what_it_wrote_before(sample: str, format: str) -> None:
    check(f"{sample}.{format}", render(SAMPLES[sample](), format))


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("sample", ["ordinary", "hostile"])
def test_text_in_every_detail(sample: str, name: str) -> None:
    check(f"{sample}.text-{name}", render(replace(SAMPLES[sample](), text=TEXTS[name]), "text"))
