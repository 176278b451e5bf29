"""A server that is missing, too old, silent, nonsense or dying: one clear message, a way out and no loop."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
from nvim_editor import Nvim, Start

VERSION = "secloop, version 0.1.0"


def program(folder: Path, body: str, version: str = VERSION) -> Path:
    """A program named secloop that is none; notes each start as a server."""
    folder.mkdir(exist_ok=True)
    file = folder / "secloop"
    file.write_text(
        f"#!{sys.executable}\n"
        "import sys, time\n"
        f"if '--version' in sys.argv: print({version!r}); sys.exit()\n"
        f"open({str(folder / 'starts')!r}, 'a').write('x')\n"
        f"{body}\n"
    )
    file.chmod(0o755)
    return folder


def starts(folder: Path) -> int:
    noted = folder / "starts"
    return len(noted.read_text()) if noted.exists() else 0


def opened(nvim: Nvim) -> None:
    """Several files, since a message for each would be a message too many."""
    for name in ("a.py", "b.py", "c.py"):
        nvim.edit(name)


def told_once(nvim: Nvim, words: str) -> None:
    nvim.noted(words)
    opened(nvim)
    # A message too many would come from what still runs, or from what that has left to do.
    nvim.wait("#vim.lsp.get_clients({ _uninitialized = true }) == 0")
    nvim.lua("vim.schedule(function() all_done = true end)")
    nvim.wait("all_done")
    assert len(nvim.notes) == 1, nvim.notes
    assert "`:Secloop restart` tries again" in nvim.notes[0]
    assert nvim.lua("return require('secloop').status()") == "secloop: no server"


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    return tmp_path / "bin"


def test_a_missing_server(start: Start, bin_folder: Path) -> None:
    nvim = start(options="{ cmd = { 'no-such-secloop', 'server' } }")
    opened(nvim)
    told_once(nvim, "there is no program `no-such-secloop`: install it with `pipx install secloop`")
    nvim.vim.command("checkhealth secloop")
    assert any("ERROR There is no program" in line for line in nvim.text)


def test_the_way_out_is_to_restart_once_it_is_there(start: Start, bin_folder: Path) -> None:
    link = bin_folder / "later"
    nvim = start(options=f"{{ cmd = {{ '{link}', 'server' }} }}")
    nvim.typed("eval(x)")
    nvim.noted("there is no program")
    bin_folder.mkdir()
    link.symlink_to(Path(sys.executable).parent / "secloop")
    nvim.vim.command("Secloop restart")
    nvim.codes("no-eval")


def test_a_server_that_is_too_old(start: Start, bin_folder: Path) -> None:
    program(bin_folder, "sys.exit(3)", version="secloop, version 0.0.9")
    nvim = start([bin_folder])
    opened(nvim)
    told_once(nvim, "is version 0.0.9, and this plugin needs 0.1.0: upgrade it")
    assert starts(bin_folder) == 0


def test_a_program_that_is_not_secloop(start: Start, bin_folder: Path) -> None:
    program(bin_folder, "sys.exit(3)", version="Hello, world")
    nvim = start([bin_folder])
    opened(nvim)
    told_once(nvim, "is not secloop: it does not tell its version")
    assert starts(bin_folder) == 0


def test_a_server_that_says_garbage(start: Start, bin_folder: Path) -> None:
    program(bin_folder, "while True: print('garbage: yes', end='\\r\\n\\r\\n', flush=True); time.sleep(0.01)")
    nvim = start([bin_folder])
    opened(nvim)
    told_once(nvim, "is not the Language Server Protocol")
    assert starts(bin_folder) == 1


def test_a_server_that_never_answers(start: Start, bin_folder: Path) -> None:
    program(bin_folder, "time.sleep(600)")
    nvim = start([bin_folder], options="{ timeout = 1000 }")
    opened(nvim)
    told_once(nvim, "was started, but did not answer within 1 seconds")
    assert starts(bin_folder) == 1
    nvim.wait("#vim.api.nvim_get_proc_children(vim.fn.getpid()) == 0")


def test_a_server_that_ends_at_once_is_not_started_for_ever(start: Start, bin_folder: Path) -> None:
    program(bin_folder, "sys.exit(3)")
    nvim = start([bin_folder])
    nvim.edit("a.py")
    told_once(nvim, "the server ended 5 times within 3 minutes")
    assert starts(bin_folder) == 5


def kill(nvim: Nvim) -> None:
    """Kill the server, and wait until it is gone."""
    (client,) = nvim.lua("return vim.tbl_map(function(one) return one.id end, vim.lsp.get_clients())")
    (process,) = nvim.processes
    os.kill(process, signal.SIGKILL)
    nvim.wait("vim.lsp.get_client_by_id(...) == nil", client)


def test_a_server_that_was_killed_is_started_again(start: Start) -> None:
    nvim = start()
    nvim.typed("eval(x)")
    nvim.codes("no-eval")
    kill(nvim)
    nvim.wait("#vim.lsp.get_clients({ bufnr = 0 }) == 1")
    nvim.type("Goexec(y)<Esc>")
    nvim.codes("no-eval", "no-exec")
    assert nvim.notes == []


def test_killed_again_and_again_it_is_left_alone_until_it_is_restarted(start: Start) -> None:
    nvim = start()
    nvim.typed("eval(x)")
    for _ in range(5):
        nvim.codes("no-eval")
        kill(nvim)
    nvim.noted("the server ended 5 times within 3 minutes")
    assert nvim.processes == []
    nvim.vim.command("Secloop restart")
    nvim.codes("no-eval")
    assert len(nvim.notes) == 1


def test_quitting_is_no_fault(start: Start) -> None:
    nvim = start()
    nvim.typed("eval(x)")
    nvim.codes("no-eval")
    nvim.lua("vim.lsp.enable('secloop', false)")
    nvim.wait("#vim.lsp.get_clients() == 0")
    nvim.wait("#vim.api.nvim_get_proc_children(vim.fn.getpid()) == 0")
    assert nvim.notes == []


def test_the_log_can_be_seen(start: Start) -> None:
    nvim = start()
    nvim.typed("eval(x)")
    nvim.codes("no-eval")
    kill(nvim)
    nvim.vim.command("Secloop log")
    assert nvim.vim.current.buffer.name == str(nvim.log)
    assert any("the server ended" in line for line in nvim.text)
