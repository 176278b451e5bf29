"""Text as documents: decoding, positions, languages, comments, scopes and tokens."""
