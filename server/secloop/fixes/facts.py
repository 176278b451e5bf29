"""What a proof compares of a text before and after: its findings, and whether it parses."""

from __future__ import annotations

import ast
import hashlib
import threading
import warnings
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence

from msgspec import Struct

from secloop.fixes.depth import too_deep
from secloop.model import FileResult, Match, RuleSet
from secloop.syntax.document import Document
from secloop.syntax.source import document_languages, syntax_of

_CAPACITY = 512


class Facts(Struct, frozen=True):
    """One text under one rule set.

    Attributes:
        matches: all that the rules found.
        problem: why the engine could not decide, empty if it could.
        compiles: whether Python takes it; None for other languages.
        errors: how many places do not parse.
    """

    matches: tuple[Match, ...]
    problem: str
    compiles: bool | None
    errors: int

    @property
    def counts(self) -> Counter[str]:
        """How often each rule matches."""
        return Counter(match.rule_id for match in self.matches)


def worse(before: Facts, after: Facts, gone: Counter[str]) -> str | None:
    """What is worse after a fix, so that it may not be offered; None if nothing is.

    ``gone`` is how much less often each rule must match.
    """
    if after.problem:
        return f"the fixed text could not be checked: {after.problem}"
    if (before.compiles and not after.compiles) or after.errors > before.errors:
        return "the fixed text would not parse"
    counts_before, counts_after = before.counts, after.counts
    for rule_id, times in gone.items():
        if counts_after[rule_id] > counts_before[rule_id] - times:
            return "the finding would still be there"
    for rule_id, times in counts_after.items():
        if times > counts_before[rule_id]:
            return f"the fix would bring a new finding of {rule_id}"
    return None


class Memory:
    """Remembers the facts of texts, a bounded number of them; safe to share between threads."""

    def __init__(self, capacity: int = _CAPACITY) -> None:
        self._capacity = capacity
        self._known: OrderedDict[str, Facts] = OrderedDict()
        self._lock = threading.Lock()

    def facts(
        self,
        documents: Sequence[Document],
        ruleset: RuleSet,
        analyse: Callable[[Sequence[Document]], Sequence[FileResult]],
    ) -> list[Facts]:
        """The facts of each document; those not known are analysed in one call."""
        keys = [_key(document, ruleset) for document in documents]
        with self._lock:
            found = {key: self._known[key] for key in keys if key in self._known}
        fresh = {key: document for key, document in zip(keys, documents, strict=True) if key not in found}
        if fresh:
            results = analyse(list(fresh.values()))
            for (key, document), result in zip(fresh.items(), results, strict=True):
                found[key] = _facts(document, result)
        self._remember(found)
        return [found[key] for key in keys]

    def _remember(self, found: dict[str, Facts]) -> None:
        with self._lock:
            for key, facts in found.items():
                self._known[key] = facts
                self._known.move_to_end(key)
            while len(self._known) > self._capacity:
                self._known.popitem(last=False)


def _key(document: Document, ruleset: RuleSet) -> str:
    parts = (ruleset.digest, document.path, hashlib.sha256(document.data).hexdigest())
    return "\0".join(parts)


def _facts(document: Document, result: FileResult) -> Facts:
    syntax = syntax_of(document)
    errors = _error_count(document) if syntax.has_grammar else _unparsed(document, result)
    problem = result.problems[0].message if result.problems else ""
    return Facts(result.matches, problem, _compiles(document), errors)


_BRACKETS = {ord(")"): ord("("), ord("]"): ord("["), ord("}"): ord("{")}


def _unparsed(document: Document, result: FileResult) -> int:
    """For a language that we carry no grammar for: what the engine could not parse, and unmatched brackets.

    The engine parses only where a rule can match, so that it may have nothing to say of the fixed text.
    """
    data = bytearray(document.data)
    for comment in syntax_of(document).comments:
        data[comment.start : comment.end] = b" " * (comment.end - comment.start)
    open_brackets: list[int] = []
    unmatched = 0
    for byte in data:
        if byte in b"([{":
            open_brackets.append(byte)
        elif byte in _BRACKETS:
            if open_brackets and open_brackets[-1] == _BRACKETS[byte]:
                open_brackets.pop()
            else:
                unmatched += 1
    return len(result.partial) + unmatched + len(open_brackets)


def _error_count(document: Document) -> int:
    tree = syntax_of(document).tree
    if tree is None or not tree.root_node.has_error:
        return 0
    count = 0
    cursor = tree.walk()
    while True:
        node = cursor.node
        if node is not None and (node.is_error or node.is_missing):
            count += 1
        # Only a node with an error below it is worth going down into.
        if node is not None and node.has_error and cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return count


_warnings_lock = threading.Lock()


def _compiles(document: Document) -> bool | None:
    """Whether Python compiles the text (nothing of it runs); None if it is not Python or nests too deeply.

    tree-sitter accepts what Python does not, such as a keyword argument given twice.
    """
    if "python" not in document_languages(document) or too_deep(document):
        return None
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if document.cells else 0
    # catch_warnings changes what the whole process has, so that one thread at a time may use it here.
    with _warnings_lock, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(document.text, document.path, "exec", flags=flags, dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
            return False
    return True
