"""The command's entry point: what it does when something goes wrong that nobody foresaw."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cli_repository import needs_links

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


def test_an_unforeseen_error_that_nobody_reads_is_no_failed_check() -> None:
    fails = "from secloop.cli import main\ndef cli(**_): raise OverflowError\nmain.cli = cli\nmain.main()"
    program = subprocess.Popen([sys.executable, "-c", fails], stderr=subprocess.PIPE)
    assert program.stderr is not None
    program.stderr.close()
    assert program.wait() == 2


@needs_links  # Windows keeps a folder that a process is in.
def test_a_current_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    # As the installed script does it: `python -m` wants the folder before secloop is asked.
    call = "import sys; from secloop.cli.main import main; sys.argv = ['secloop', 'check']; main()"
    command = ["sh", "-c", 'cd "$0" && rmdir "$0" && exec "$1" -c "$2"', gone, sys.executable, call]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (2, "Error: the current folder is there no more\n")
