"""The language server: converts between LSP and the project's answers, and decides nothing itself."""
