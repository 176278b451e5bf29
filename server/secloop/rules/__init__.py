"""Rules: reading, validating, digesting and testing them."""
