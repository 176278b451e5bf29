"""Advice on rules: what a rule of a pack should have, and what its own tests show to be of no use."""
