"""The command line: one module a command; it converts and never decides."""
