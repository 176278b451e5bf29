"""What is not needed any more is gone at once: in a server nobody looks for garbage while somebody types."""

from __future__ import annotations

import gc
from collections import Counter

from native_rules import make_rule

from secloop.engine.cancel import NEVER
from secloop.engine.native.incremental import NativeText
from secloop.engine.native.runner import run_task
from secloop.engine.task import Task
from secloop.syntax.document import Document
from secloop.syntax.source import syntax_of

RULES = (
    make_rule({"pattern": "eval($X)"}),
    make_rule({"patterns": [{"pattern": "$F(...)"}, {"pattern-inside": "class $C: ...\n"}]}, id="inside"),
    make_rule(
        {
            "mode": "taint",
            "pattern-sources": [{"pattern": "request.args"}],
            "pattern-sinks": [{"pattern": "eval(...)"}],
        },
        id="taint",
    ),
)
VERSIONS = (
    "import os as o\nA = 'a'\n\n\ndef f(x):\n    y = request.args[A]\n    eval(y + o.sep)\n\n\nclass C:\n    def g(self):\n        return eval(A)\n",
    "import os as o\nA = 'a'\n\n\ndef f(x):\n    y = request.args[A]\n    eval(y + o.sep, 1)\n\n\nclass C:\n    def g(self):\n        return eval(A)\n",
    "import os as o\nA = 'a'\n\n\ndef f(x):\n    y = request.args[A\n    eval(y + o.sep, 1)\n\n\nclass C:\n    def g(self):\n        return eval(A)\n",
    "A = 'b'\n\n\ndef f(x):\n    eval(x)\n\n\nclass C:\n    def g(self):\n        return eval(A)\n",
)


def check(versions: tuple[str, ...]) -> int:
    """Check the versions of a text one after the other; how many matches there were."""
    text = NativeText()
    found = 0
    for version in versions:
        document = Document("a.py", version)
        found += len(run_task(Task(document, RULES), NEVER, text).found)
        assert syntax_of(document).parsed is not None
    return found


def test_nothing_that_was_worked_out_refers_to_itself() -> None:
    assert check(VERSIONS) > 0  # and rules are compiled
    gc.collect()
    gc.disable()
    try:
        check(VERSIONS)
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        left = Counter(type(one).__name__ for one in gc.garbage if type(one).__module__.startswith("secloop"))
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert not left
