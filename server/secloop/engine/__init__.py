"""Runs rules on documents: which rules a document needs, the engine that runs them, and what it found."""
