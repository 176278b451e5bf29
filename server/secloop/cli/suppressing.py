"""``secloop check --add-suppressions``: an ignore comment with a reason for every open finding."""

from __future__ import annotations

from secloop.cli.outputs import show, undecided, write_stdin_back
from secloop.cli.proofs import open_by_path
from secloop.cli.running import Request, run_checks, say, shown
from secloop.fixes.edits import Edit, apply, unified_diff
from secloop.policy.annotate import add_suppressions
from secloop.policy.comments import is_reason
from secloop.workspace.writing import WriteError, changed_bytes, write_document


def add(request: Request, reason: str, *, dry_run: bool) -> int:
    """Write the comments, or print the diff; 0 if every open finding has one, 2 if one could not be written.

    Text from standard input is written to standard output with its comments, as ``--fix`` does.
    """
    if not is_reason(reason):
        undecided("--add-suppressions needs a reason, such as 'legacy code, see TICKET-1'")
    written = refused = 0
    stdin = request.source.stdin or b""
    for check in run_checks(request):
        for path, findings in open_by_path(check).items():
            document = check.documents[path]
            additions = add_suppressions(document, findings, reason, check.project.config.suppressions)
            for finding, why in additions.impossible:
                refused += 1
                say(f"{path}:{finding.span.start.line}: {finding.rule_id} cannot be suppressed here: {why}")
            changed = apply(document, [Edit(edit.start, edit.end, edit.text) for edit in additions.edits])
            if request.source.stdin is not None and not dry_run:
                stdin = changed_bytes(stdin, document, changed)
            elif dry_run:
                name = shown(check.project.root, path)
                show(unified_diff(document, changed, old=name, new=name))
            elif changed.text != document.text:
                try:
                    write_document(check.project.root, document, changed)
                except WriteError as error:
                    refused += len(findings) - len(additions.impossible)
                    say(str(error))
                    continue
            written += len(findings) - len(additions.impossible)
    if request.source.stdin is not None and not dry_run:
        write_stdin_back(stdin)
    say(
        f"{written} finding{'' if written == 1 else 's'} {'would be' if dry_run else ''} suppressed".replace(
            "  ", " "
        )
    )
    return 2 if refused else 0
