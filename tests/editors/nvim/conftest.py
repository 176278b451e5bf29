"""Fixtures of Neovim's tests; what they are is in ``nvim_editor``."""

from nvim_editor import start

__all__ = ["start"]
