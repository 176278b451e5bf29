"""Text put into GitHub-flavoured Markdown so that it shows as it is and does nothing."""

from __future__ import annotations

import re

from secloop.reports.visible import one_line, visible, visible_lines

# Besides what always means something: a sign that would start a list or underline a heading, the dot of a
# bare address, and the colon of one or of an emoji.
_PUNCTUATION = re.compile(r"([\\`*_\[\]#!<>~&:$]|^[-+=]|(?<=www)\.)", re.IGNORECASE)
_LIST_NUMBER = re.compile(r"^(\d+)([.)])")
_CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_ZERO_WIDTH = "\u200b"
# GitHub and GitLab look for these in the finished text, where a backslash is no longer seen: people, issues,
# merge requests, snippets, epics, labels and milestones.
_REFERENCE = re.compile(r"(@(?=\S)|[#!$&](?=\d)|[~%](?=[\w\"])|\b[Gg][Hh]-(?=\d))")


def escaped(text: str, *, code: bool = False, in_table: bool = False) -> str:
    """One line of text that shows as it is: no HTML, links, mentions, references or formatting.

    With ``code``, what stands between single backticks is shown as code, which rule messages are written for.
    """
    line = one_line(text)
    if not code:
        return _escaped(line)
    parts: list[str] = []
    at = 0
    for found in _CODE.finditer(line):
        parts += [_escaped(line[at : found.start()]), code_span(found.group(1), in_table=in_table)]
        at = found.end()
    return "".join([*parts, _escaped(line[at:])])


def _escaped(line: str) -> str:
    line = _LIST_NUMBER.sub(r"\1\\\2", _PUNCTUATION.sub(r"\\\1", _REFERENCE.sub(r"\1" + _ZERO_WIDTH, line)))
    # A pipe would end a cell of a table, in some readers also after a backslash.
    return line.replace("|", "&#124;")


def code_span(text: str, *, in_table: bool = False) -> str:
    """Text as a code span, between more backticks than it holds in a row."""
    shown = visible(text)
    if in_table and "|" in shown:
        return escaped(shown)  # even in a code span a pipe ends a cell
    ticks = "`" * (_longest_run(shown) + 1)
    pad = " " if shown[:1] in ("`", " ", "") or shown[-1:] in ("`", " ") else ""
    return f"{ticks}{pad}{shown}{pad}{ticks}"


def fenced(text: str, language: str = "") -> str:
    """Text as a fenced code block, its fence longer than any run of backticks in it."""
    shown = visible_lines(text)
    fence = "`" * max(_longest_run(shown) + 1, 3)
    return f"{fence}{language}\n{shown}\n{fence}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
