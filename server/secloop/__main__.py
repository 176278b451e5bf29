"""``python -m secloop``."""

from secloop.cli.main import main

main()
