"""secloop: the security feedback loop as code."""

__version__ = "0.1.0"
