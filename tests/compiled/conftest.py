"""Tests of the compiled engine use what those of the native engine use."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "native"))
