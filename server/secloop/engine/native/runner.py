"""Runs the rules whose plan is native, and names those that semgrep-core has to run."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from secloop.engine.cancel import Cancel, Cancelled
from secloop.engine.native import VERSION
from secloop.engine.native.compiled import CompiledRule, compiled, select
from secloop.engine.native.conditions import NotCode
from secloop.engine.native.errors import TooDeep
from secloop.engine.native.evaluate import Code, evaluate
from secloop.engine.native.incremental import NativeText, RecentTexts
from secloop.engine.native.index import Index
from secloop.engine.native.interpolate import findings
from secloop.engine.native.match import StepsExceeded
from secloop.engine.native.regexes import RegexTimeout
from secloop.engine.native.taint.flow import FlowExceeded
from secloop.engine.result import NOTHING, EngineResult, Failure, merged
from secloop.engine.task import Task
from secloop.model import ProblemKind, Rule

if TYPE_CHECKING:
    from secloop.engine.native.hits import Hit
    from secloop.engine.native.taint.rules import TaintRule

_NO_TREE: Final = Index()
_log = logging.getLogger(__name__)


class NativeRunner:
    """The ``Runner`` for rules whose plan is native; the others are refused."""

    def __init__(self, texts: RecentTexts | None = None) -> None:
        """``texts`` are those that change, where the same ones are run again and again."""
        self._texts = texts

    @property
    def version(self) -> str:
        """The version of this engine."""
        return f"native {VERSION}"

    def run(self, tasks: Sequence[Task], cancel: Cancel) -> Iterator[tuple[int, EngineResult]]:
        """See ``Runner.run``."""
        for number, task in enumerate(tasks):
            text = self._texts.get(task.document) if self._texts is not None else NativeText()
            yield number, run_task(task, cancel, text)


def run_task(task: Task, cancel: Cancel, text: NativeText | None = None) -> EngineResult:
    """What those of a task's rules find that have a native plan.

    Args:
        text: the text that the document is a version of.

    Raises:
        Cancelled: if the token is cancelled.
    """
    selected = select(task.rules)
    results: list[EngineResult] = []
    refused = selected.refused
    code = selected.code
    run = run_rule if task.can_match is None else partial(_run_if, task.can_match)
    if code:
        try:
            results = (text or NativeText()).run(task.document, selected, run, cancel)
        except TooDeep:
            # semgrep-core has a stack that grows.
            refused = (*refused, *(rule.id for rule in task.rules if compiled(rule) in code))
        except Cancelled:
            raise
        except Exception as error:  # noqa: BLE001 - a defect of ours fails closed, and other files go on
            needed = (rule for rule in task.rules if compiled(rule) in code)
            results = [_crashed(rule, error) for rule in needed]
    plain = Code(_NO_TREE, task.document.normalized.data)
    for rule, made in selected.textual:
        cancel.check()
        results.append(run(rule, made, plain))
    if refused:
        results.append(EngineResult(refused=refused))
    return merged([result for result in results if result is not NOTHING])


def _run_if(can_match: Callable[[Rule], bool], rule: Rule, made: CompiledRule, code: Code) -> EngineResult:
    """Likewise; rules that read text, which takes long, only if they can match it. Nobody keeps what they find."""
    return run_rule(rule, made, code) if made.spans is not None or can_match(rule) else NOTHING


def run_rule(rule: Rule, made: CompiledRule, code: Code) -> EngineResult:
    """What one rule finds in code; what keeps it from it is among the failures."""
    try:
        hits = evaluate(made.formula, code) if made.taint is None else _tainted(made.taint, code)
        return EngineResult(tuple(findings(rule, hits, code.source))) if hits else NOTHING
    except TooDeep as depth:
        return _failed(rule, ProblemKind.ENGINE_CRASH, f"the file is {depth}")
    except NotCode as reason:
        return _failed(rule, ProblemKind.ENGINE_CRASH, str(reason))
    except (StepsExceeded, FlowExceeded, RegexTimeout):
        return _failed(rule, ProblemKind.TIMEOUT, _TOO_LONG)
    except Exception as defect:  # noqa: BLE001 - likewise, and other rules go on
        return _crashed(rule, defect)


def _crashed(rule: Rule, error: Exception) -> EngineResult:
    _log.info("rule %s", rule.id, exc_info=error)
    what = ": ".join(filter(None, (type(error).__name__, str(error))))
    return _failed(
        rule, ProblemKind.ENGINE_CRASH, f"the native engine failed, which is a defect of secloop ({what})"
    )


def _tainted(rule: TaintRule, code: Code) -> Sequence[Hit]:
    from secloop.engine.native.taint.find import find
    from secloop.engine.native.taint.units import Units

    def units() -> Units:
        if code.units is None:
            (module,) = code.index.roots
            code.units = Units(module, code.source)
        return code.units

    return find(rule, code, units)


_TOO_LONG: Final = "it ran out of time; exclude the file, or leave the rule out for it with per-path-ignores"


def _failed(rule: Rule, kind: ProblemKind, reason: str) -> EngineResult:
    return EngineResult(failures=(Failure(rule.id, kind.value, f"rule {rule.id}: {reason}"),))
