"""Examples for readers out of a rule's tests: code that it finds and code that it does not, with what is around."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

from msgspec import Struct

from secloop.rules.testing import annotated_lines, is_annotation, names_rule
from secloop.syntax.document import Document

_CASES = 3
"""As many of a kind are shown."""
_LONGEST = 40
"""Lines of an example; what is longer is cut."""
_CLOSES = re.compile(r"\s*[)\]}]")
_GOES_ON = re.compile(r"\s*(?:[)\]}]|(?:else|elif|except|finally|case)\b)")


class Examples(Struct, frozen=True):
    """Pieces of code."""

    vulnerable: tuple[str, ...] = ()
    safe: tuple[str, ...] = ()


def examples(targets: Sequence[Document], rule_id: str) -> Examples:
    """The first cases of each kind, of the first test file that has any."""
    found = [_of_file(target, rule_id) for target in targets]
    return Examples(
        next((each.vulnerable for each in found if each.vulnerable), ()),
        next((each.safe for each in found if each.safe), ()),
    )


def _of_file(target: Document, rule_id: str) -> Examples:
    code = _Code(target)
    kinds = {
        kind: [
            line
            for line, found, rule_ids in annotated_lines(target)
            if found == kind and any(names_rule(named, rule_id) for named in rule_ids)
        ][:_CASES]
        for kind in ("ruleid", "ok")
    }
    return Examples(tuple(code.pieces(kinds["ruleid"])), tuple(code.pieces(kinds["ok"])))


class _Code:
    """The lines of a test file, 1-based, with those that are statements under an annotation."""

    def __init__(self, target: Document) -> None:
        self._lines = ["", *(target.line_text(line) for line in range(1, target.line_count + 1))]
        self._cases = {line: self._statement(line) for line, _, _ in annotated_lines(target)}
        self._taken = {line for lines in self._cases.values() for line in lines}

    def pieces(self, cases: Sequence[int]) -> Iterator[str]:
        """The code of some cases, those that share what is around them together."""
        together: list[set[int]] = []
        for case in cases:
            shown = self._shown(case)
            known = next((lines for lines in together if lines & shown), None)
            if known is None:
                together.append(shown)
            else:
                known |= shown
        for lines in together:
            yield self._text(sorted(lines)[:_LONGEST])

    def _text(self, lines: Sequence[int]) -> str:
        shown: list[str] = []
        before = lines[0]
        for line in lines:
            if any(not self._lines[each].strip() for each in range(before, line)) and shown[-1:] != [""]:
                shown.append("")
            shown.append(self._lines[line].rstrip())
            before = line
        return textwrap.dedent("\n".join(shown)).strip("\n")

    def _shown(self, case: int) -> set[int]:
        """A case's statement, the lines that it is inside of, and what stands before it at its own level."""
        shown = set(self._cases[case])
        indent = self._indent(case)
        at_case = True
        beside = True
        for line in range(case - 1, 0, -1):
            text = self._lines[line]
            if line in shown:
                continue
            if not text.strip():
                beside = at_case and indent > 0
                if not indent:
                    break
                continue
            if is_annotation(text) or line in self._taken:
                beside = beside and at_case
                continue
            here = self._indent(line)
            closing = _CLOSES.match(text) is not None
            if here < indent:
                shown |= {line, *self._closing(line, max(shown))}
                indent, at_case, beside = here, False, True
                if closing:  # The end of a header of several lines: what it opens is above.
                    shown |= self._opening(line)
            elif here == indent and beside and not closing and self._is_single(line):
                shown.add(line)
            elif here != indent or not at_case:
                beside = at_case
        return shown

    def _statement(self, line: int) -> set[int]:
        """The lines of what starts in a line: those that are indented more, and what closes or goes on with it."""
        indent, lines = self._indent(line), {line}
        for after in range(line + 1, len(self._lines)):
            text = self._lines[after]
            if not text.strip() or is_annotation(text):
                if self._indent(after) > indent or not text.strip():
                    continue
                break
            here = self._indent(after)
            if here < indent or (here == indent and not _GOES_ON.match(text)):
                break
            lines.add(after)
        return lines

    def _closing(self, header: int, after: int) -> set[int]:
        """The line that closes what a header opens, if it is a line of its own."""
        indent = self._indent(header)
        for line in range(after + 1, len(self._lines)):
            if self._lines[line].strip() and self._indent(line) <= indent:
                return {line} if _CLOSES.match(self._lines[line]) else set()
        return set()

    def _opening(self, closing: int) -> set[int]:
        """The lines from the one that opens what a line closes."""
        indent = self._indent(closing)
        for line in range(closing - 1, 0, -1):
            if self._lines[line].strip() and self._indent(line) <= indent:
                return set(range(line, closing))
        return set()

    def _is_single(self, line: int) -> bool:
        """Whether a statement has this line alone."""
        return self._statement(line) == {line}

    def _indent(self, line: int) -> int:
        text = self._lines[line]
        return len(text) - len(text.lstrip())
