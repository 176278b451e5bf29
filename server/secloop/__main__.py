"""``python -m secloop``."""

import os
import sys

if sys.path and os.path.realpath(sys.path[0]) == os.getcwd() and not getattr(sys.flags, "safe_path", False):
    # Python puts the current folder first, and it may be the one to check: nothing of it is to be imported.
    del sys.path[0]

from secloop.cli.main import main

main()
