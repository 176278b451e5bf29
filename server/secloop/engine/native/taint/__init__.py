"""Taint rules: what comes from a source and reaches a sink, followed through a small intermediate representation."""
