"""Rule fixes, codemods, and the proof that a fix works (SPEC 10)."""
