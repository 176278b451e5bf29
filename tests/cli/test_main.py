"""The command's entry point: what it does when something goes wrong that nobody foresaw."""

from __future__ import annotations

import pytest

from secloop.cli import main


def test_an_unforeseen_error_decides_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_: object) -> None:
        raise OverflowError("too large")

    monkeypatch.setattr(main, "cli", fail)
    with pytest.raises(SystemExit) as ended:
        main.main()
    assert ended.value.code == 2
    assert "nothing was decided: OverflowError('too large')" in capsys.readouterr().err
