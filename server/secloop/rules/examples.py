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
        """A case's statement, what stands before it at its own level, and the lines that it is inside of."""
        shown = {*self._cases[case], *self._before(case)}
        for header in self._headers(case):
            # What a closing bracket opens is above, where a header has several lines.
            first = self._opening(header) if self._closes(header) else header
            shown |= {
                *range(first, header + 1),
                *self._closing(header, max(shown)),
                *self._directly_above(first),
            }
        return shown

    def _headers(self, case: int) -> Iterator[int]:
        """The lines above that are indented less and less: what a line is inside of."""
        indent = self._indent(case)
        for line in range(case - 1, 0, -1):
            if self._is_context(line) and self._indent(line) < indent:
                yield line
                indent = self._indent(line)

    def _before(self, case: int) -> Iterator[int]:
        """The statements of one line above a case, as far as they are at its level; at the top up to a blank line."""
        indent = self._indent(case)
        for line in range(case - 1, 0, -1):
            blank = not self._lines[line].strip()
            if (blank and not indent) or (self._is_context(line) and self._indent(line) < indent):
                return
            if self._is_context(line) and self._indent(line) == indent and self._is_single(line):
                yield line

    def _directly_above(self, header: int) -> Iterator[int]:
        """The statements of one line just above a header, such as decorators."""
        for line in range(header - 1, 0, -1):
            same = self._is_context(line) and self._indent(line) == self._indent(header)
            if not same or not self._is_single(line):
                return
            yield line

    def _is_context(self, line: int) -> bool:
        """Whether a line is code that no annotation is about."""
        text = self._lines[line]
        return bool(text.strip()) and not is_annotation(text) and line not in self._taken

    def _is_single(self, line: int) -> bool:
        """Whether a line is a statement of its own."""
        return not self._closes(line) and self._statement(line) == {line}

    def _closes(self, line: int) -> bool:
        return _CLOSES.match(self._lines[line]) is not None

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
                return {line} if self._closes(line) else set()
        return set()

    def _opening(self, closing: int) -> int:
        """The line that opens what a line closes."""
        indent = self._indent(closing)
        above = (line for line in range(closing - 1, 0, -1) if self._lines[line].strip())
        return next((line for line in above if self._indent(line) <= indent), closing)

    def _indent(self, line: int) -> int:
        text = self._lines[line]
        return len(text) - len(text.lstrip())
