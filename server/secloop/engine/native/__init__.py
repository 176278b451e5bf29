"""Semgrep's rule language in process: compiled once per rule set, run over trees of which an edit changes a part."""
