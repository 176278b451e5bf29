"""Fixtures of the language server's tests; what they are is in ``lsp_editor``."""

from lsp_editor import cache_folder, editor, repo, start

__all__ = ["cache_folder", "editor", "repo", "start"]
