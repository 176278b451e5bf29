"""workspace/executeCommand for authors of rules: run a rule's tests, and show what a rule finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from secloop.lsp.code_lens import rules_at
from secloop.lsp.params import text_of
from secloop.lsp.session import Session
from secloop.project.authoring import Tested


async def test_rules(session: Session, params: types.ExecuteCommandParams) -> list[dict[str, Any]]:
    """``secloop.testRules`` with ``{uri, rule_id?}``: run the tests of a rule file, or those a file is part of."""
    argument = (params.arguments or [None])[0]
    uri, rule_id = text_of(argument, "uri"), text_of(argument, "rule_id", "")
    target = session.target(uri)
    _, path = await rules_at(session, uri)
    if target is None or target.root is None:
        raise JsonRpcInvalidParams("the rule's file is not open")
    tested = await session.authoring.run(target.root, [path])
    reports = [_report(one, rule_id) for one in tested]
    failures = [failure for report in reports for failure in report["failures"]]
    kind = types.MessageType.Warning if failures else types.MessageType.Info
    session.client.show(f"secloop: {_words(rule_id or path, reports, failures)}", kind)
    return reports


def _report(one: Tested, rule_id: str) -> dict[str, Any]:
    failures = [
        f"{complaint.path}:{complaint.line}: {complaint.message}"
        for complaint in one.complaints()
        if not rule_id or not complaint.rule_id or complaint.rule_id == rule_id
    ]
    return {
        "path": one.report.rule_path,
        "rule_ids": list(one.report.rule_ids),
        "targets": list(one.report.targets),
        "passed": not failures,
        "failures": failures,
    }


def _words(what: str, reports: Sequence[Mapping[str, Any]], failures: Sequence[str]) -> str:
    targets = [target for report in reports for target in report["targets"]]
    if not targets:
        return f"{what} has no tests: they are in files of the same name with another ending beside it"
    if not failures:
        return f"the tests of {what} pass ({', '.join(targets)})"
    more = f", and {len(failures) - 1} more" if len(failures) > 1 else ""
    return f"a test of {what} fails: {failures[0]}{more}"


async def show_matches(session: Session, params: types.ExecuteCommandParams) -> list[Any]:
    """``secloop.showMatches`` with ``{uri, rule_id, locations}``: go to the first of them.

    Editors that have a better way to show places do this themselves.
    """
    argument = (params.arguments or [None])[0]
    locations = argument.get("locations") if isinstance(argument, Mapping) else None
    if not isinstance(locations, list):
        raise JsonRpcInvalidParams("'locations' must be a list")
    if locations and session.client.abilities.shows_documents:
        first = locations[0]
        await session.client.ask_json(
            types.WINDOW_SHOW_DOCUMENT,
            {"uri": first["uri"], "takeFocus": True, "selection": first["range"]},
        )
    return locations
