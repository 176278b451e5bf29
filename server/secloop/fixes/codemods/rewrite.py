"""What a codemod changes: expressions and arguments where they stand, and the imports that follow."""

from __future__ import annotations

import ast
from collections.abc import Callable

import libcst as cst

from secloop.fixes.codemods.importing import added_name, insertion, removal, unneeded
from secloop.fixes.codemods.names import Imported, names_of
from secloop.fixes.codemods.source import NodeT, Range, Source
from secloop.fixes.edits import Edit, OverlapError, line_end_at, ordered, with_line_ends
from secloop.syntax.document import Document

# Where an expression of any precedence can stand without parentheses.
_OPEN_PLACES = (
    cst.Arg,
    cst.Assign,
    cst.AnnAssign,
    cst.AugAssign,
    cst.Return,
    cst.Expr,
    cst.Element,
    cst.DictElement,
    cst.Index,
    cst.If,
    cst.While,
    cst.Assert,
    cst.Raise,
    cst.Yield,
    cst.Del,
)


class Refused(ValueError):
    """Why a codemod has nothing to offer for a finding; one sentence without a full stop."""


class Rewrite:
    """Collects the edits of one codemod for one finding.

    Attributes:
        source: the file.
        names: what its names stand for.
        where: the finding's span, as byte offsets.
    """

    def __init__(self, source: Source, where: Range) -> None:
        self.source = source
        self.names = names_of(source)
        self.where = where
        self._edits: list[Edit] = []
        self._import_edits: list[Edit] = []
        self._siblings: list[tuple[Imported, str]] = []
        self._droppable: list[str] = []

    # What the finding speaks of

    def find(
        self, kind: type[NodeT] | tuple[type[NodeT], ...], accept: Callable[[NodeT], bool], what: str
    ) -> NodeT:
        """The node that the finding speaks of; refuses if there is not exactly one."""
        node = self.source.find(kind, self.where, accept)
        if node is None:
            raise Refused(f"there is no single {what} in the finding")
        return node

    def call_to(self, *qualified: str) -> cst.Call:
        """The call of one of these functions."""
        return self.find(
            cst.Call, lambda call: self.names.means(call.func, *qualified), f"call of {qualified[0]}"
        )

    def reference_to(self, *qualified: str) -> cst.BaseExpression:
        """The name or attribute that stands for one of these."""
        kinds = (cst.Name, cst.Attribute)
        return self.find(kinds, lambda node: self.names.means(node, *qualified), f"use of {qualified[0]}")

    def text(self, node: cst.CSTNode) -> str:
        """A node's source text."""
        return self.source.code(node)

    # Arguments

    def argument(self, call: cst.Call, keyword: str, position: int | None = None) -> cst.Arg | None:
        """The argument given by this keyword or at this position; refuses where ``*`` may hide it."""
        for arg in call.args:
            if arg.keyword is not None and arg.keyword.value == keyword:
                return arg
        if any(arg.star == "**" for arg in call.args):
            raise Refused(f"{keyword} may be among the ** arguments")
        if position is None:
            return None
        given = [arg for arg in call.args if arg.keyword is None and arg.star == ""]
        if any(arg.star == "*" for arg in call.args):
            raise Refused(f"{keyword} may be among the * arguments")
        return given[position] if position < len(given) else None

    def set_argument(self, call: cst.Call, keyword: str, value: str, position: int | None = None) -> None:
        """Give an argument a value, in its place if it is there and else as the last keyword."""
        arg = self.argument(call, keyword, position)
        if arg is None:
            self.add_argument(call, f"{keyword}={value}")
        elif self.text(arg.value) != value:
            self.replace(arg.value, value)

    def add_argument(self, call: cst.Call, text: str) -> None:
        """Add an argument after the last one, on a line of its own if that has one."""
        if not call.args:
            self._edit(Edit(*(self._after_parenthesis(call),) * 2, text))
            return
        last = call.args[-1]
        if isinstance(last.value, cst.GeneratorExp) and not last.value.lpar:
            raise Refused("the call's argument is a generator without parentheses")
        end = self.source.full_span(last.value)[1]
        self._edit(Edit(end, end, f",{self._gap_before(call, last)}{text}"))

    def _after_parenthesis(self, call: cst.Call) -> int:
        start = self.source.full_span(call.func)[1]
        return start + len(self.source.code(call.whitespace_after_func).encode()) + 1

    def _gap_before(self, call: cst.Call, last: cst.Arg) -> str:
        """White space between arguments: a line end and indentation where the last one starts a line."""
        document = self.source.document
        position = document.position(self.source.span(last)[0])
        before = document.line_text(position.line)[: position.column - 1]
        own_line = not before.strip() and position.line > document.position(self.source.span(call)[0]).line
        return "\n" + before if own_line else " "

    def remove_argument(self, call: cst.Call, arg: cst.Arg) -> None:
        """Remove an argument with its comma, and its line if it had one for itself."""
        index = call.args.index(arg)
        start = self.source.span(arg)[0]
        end = self.source.full_span(arg.value)[1]
        comma = self.source.span(arg.comma)[1] if isinstance(arg.comma, cst.Comma) else end
        lines = self._own_lines(start, comma)
        if lines is not None:
            self._edit(Edit(*lines, ""))
        elif index + 1 < len(call.args):
            self._edit(Edit(start, self.source.span(call.args[index + 1])[0], ""))
        elif index == 0:
            self._edit(Edit(start, comma, ""))
        else:
            previous = self.source.full_span(call.args[index - 1].value)[1]
            commented = "#" in self.source.document.slice(previous, start)
            self._edit(Edit(start, comma, "") if commented else Edit(previous, end, ""))

    def _own_lines(self, start: int, end: int) -> Range | None:
        """The lines that hold nothing but the code from ``start`` to ``end`` and a comment after it."""
        document = self.source.document
        first, last = document.position(start), document.position(end)
        line_start = document.line_span(first.line)[0]
        before = document.slice(line_start, start)
        after = document.slice(end, document.line_span(last.line)[1]).strip()
        if before.strip() or (after and not after.startswith("#")) or last.line == document.line_count:
            return None
        return line_start, document.line_starts[last.line]

    # Text

    def replace(self, node: cst.CSTNode, text: str, *, atom: bool = True) -> None:
        """Put an expression in place of one; ``atom`` says that it binds as tightly as a call does."""
        start, end = self.source.span(node)
        bare = not getattr(node, "lpar", ())
        if not atom and bare and not isinstance(self.source.parent(node), _OPEN_PLACES):
            text = f"({text})"
        self._edit(Edit(start, end, text))

    def replace_range(self, start: int, end: int, text: str) -> None:
        """Put text in place of the bytes from ``start`` to ``end``."""
        self._edit(Edit(start, end, text))

    def _edit(self, edit: Edit) -> None:
        if set(edit.text) & set("\"'\\\n") and self._inside_f_string(edit.start, edit.end):
            # Before Python 3.12 an f-string's own quotes cannot be used within it.
            raise Refused("the code stands inside an f-string")
        self._edits.append(edit)

    def _inside_f_string(self, start: int, end: int) -> bool:
        return any(
            isinstance(node, cst.FormattedString) and low < start and end < high
            for node in self.source.nodes
            for low, high in (self.source.span(node),)
        )

    # Imports

    def spell(self, module: str, name: str, like: cst.CSTNode | None = None) -> str:
        """Code for ``module.name`` where the finding stands, in the way the file speaks of the module.

        ``like`` is a name or attribute of the same module that stood there. Adds what import it needs, and
        refuses rather than hide a name.
        """
        at = like if like is not None else self._place()
        if isinstance(like, cst.Attribute) and self.names.means(like.value, module):
            return f"{self.text(like.value)}.{name}"
        direct = self._visible(f"{module}.{name}", at)
        if direct is not None:
            return direct.local
        sibling = self._from_import(module, like)
        if sibling is not None and not self.names.hidden(name, at, None):
            self._siblings.append((sibling, name))
            return name
        whole = self._visible(module, at)
        if whole is not None:
            return f"{whole.local}.{name}"
        return f"{self.import_module(module, at)}.{name}"

    def import_module(self, module: str, at: cst.CSTNode | None = None) -> str:
        """Make ``module`` available by its full name, and give that name."""
        at = at if at is not None else self._place()
        top = module.split(".", 1)[0]
        known = [found for found in self.names.imports if found.local == top and found.qualified == top]
        available = [
            found for found in known if self._before(found, at) and not self.names.hidden(top, at, found)
        ]
        if any(found.module == module for found in available):
            return module
        if self.names.hidden(top, at, known[0] if known else None) or (
            not known and (self.source.module, top) in self.names.bindings
        ):
            raise Refused(f"the name {top} is taken here, so that {module} cannot be imported")
        self._import_edits.append(insertion(self.source, module, self.source.span(at)[0]))
        return module

    def _visible(self, qualified: str, at: cst.CSTNode) -> Imported | None:
        for found in self.names.imports:
            if (
                found.qualified == qualified
                and found.at_runtime
                and self._before(found, at)
                and found.scope in self.names.scopes(at)
                and not self.names.hidden(found.local, at, found)
            ):
                return found
        return None

    def _before(self, imported: Imported, at: cst.CSTNode) -> bool:
        """Whether an import has run by then: it stands before, or the place is in a function, run later."""
        if not imported.at_runtime or imported.scope not in self.names.scopes(at):
            return False
        if self.source.document.cells and not self._same_cell(imported, at):
            return True
        later = any(
            isinstance(scope, (cst.FunctionDef, cst.Lambda)) and scope is not imported.scope
            for scope in self.names.scopes(at)
        )
        return later or self.source.span(imported.statement)[0] < self.source.span(at)[0]

    def _same_cell(self, imported: Imported, at: cst.CSTNode) -> bool:
        cell_of = self.source.document.cell_of
        return cell_of(self.source.span(imported.statement)[0]) == cell_of(self.source.span(at)[0])

    def _from_import(self, module: str, like: cst.CSTNode | None) -> Imported | None:
        """The ``from module import …`` that binds the name which stood in the place."""
        if not isinstance(like, cst.Name):
            return None
        for found in self.names.imports:
            if (
                found.local == like.value
                and found.module == module
                and found.qualified.startswith(module + ".")
            ):
                return found
        return None

    def _place(self) -> cst.CSTNode:
        return self.source.at(self.where[0])

    def drop_unused(self, *modules: str) -> None:
        """Remove imports of these modules, or of names from them, that this change was the last to use."""
        self._droppable += modules

    def edits(self) -> tuple[Edit, ...]:
        """Everything collected, in order, with the document's line ends; refuses if nothing changes."""
        replaced = [(edit.start, edit.end) for edit in self._edits]
        new_code = [edit.text for edit in self._edits]
        gone = [
            imported
            for imported in self.names.imports
            if imported.module in self._droppable and self._was_used_in(imported, replaced)
            if unneeded(self.source, self.names, imported, replaced, new_code)
        ]
        additions = [self._beside(sibling, name, gone) for sibling, name in dict.fromkeys(self._siblings)]
        removals = [edit for imported in gone if (edit := removal(self.source, imported)) is not None]
        document = self.source.document
        added = [*self._edits, *self._import_edits, *additions]
        merged = _merged(document, added, removals)
        result = [
            Edit(edit.start, edit.end, with_line_ends(edit.text, line_end_at(document, edit.start)))
            for edit in merged
            if document.slice(edit.start, edit.end) != edit.text
        ]
        if not result:
            raise Refused("there is nothing to change")
        try:
            return ordered(result)
        except OverlapError:
            raise Refused("the changes to this file's imports get in each other's way") from None

    def _beside(self, sibling: Imported, name: str, gone: list[Imported]) -> Edit:
        """Import a name beside another of its module, or in its place if that one is not used any more."""
        if sibling in gone:
            gone.remove(sibling)
            return Edit(*self.source.span(sibling.alias), name)
        return added_name(self.source, sibling, name)

    @property
    def left(self) -> tuple[str, ...]:
        """The modules given to `drop_unused`."""
        return tuple(self._droppable)

    def _was_used_in(self, imported: Imported, replaced: list[Range]) -> bool:
        return any(
            isinstance(node, cst.Name)
            and node.value == imported.local
            and any(low <= self.source.span(node)[0] < high for low, high in replaced)
            for node in self.source.nodes
        )


def _merged(document: Document, edits: list[Edit], removals: list[Edit]) -> list[Edit]:
    """Removals take up insertions at their edges: ``import random`` becomes ``import secrets`` in one."""
    left = list(dict.fromkeys(edits))
    result: list[Edit] = []
    for cut in removals:
        before = [edit for edit in left if edit.start == edit.end == cut.start]
        after = [edit for edit in left if edit.start == edit.end == cut.end and edit not in before]
        left = [edit for edit in left if edit not in before and edit not in after]
        text = "".join(edit.text for edit in (*before, *after))
        if document.data[: cut.start].endswith((b"\n\n", b"\r\n\r\n")) or cut.start == 0:
            text = text.lstrip("\n")
        result.append(Edit(cut.start, cut.end, text))
    return _with_insertions([*left, *result])


def _with_insertions(edits: list[Edit]) -> list[Edit]:
    """Edits that replace take up what is inserted where they start: a finding may be the first code."""
    replaced = {edit.start for edit in edits if edit.start != edit.end}
    taken: dict[int, str] = {}
    result: list[Edit] = []
    for edit in edits:
        if edit.start == edit.end and edit.start in replaced:
            taken[edit.start] = taken.get(edit.start, "") + edit.text
        else:
            result.append(edit)
    return [
        Edit(edit.start, edit.end, taken[edit.start] + edit.text) if edit.start in taken else edit
        for edit in result
    ]


def string_value(node: cst.CSTNode | None) -> str | None:
    """The value of a plain string literal (also several side by side), None for anything else."""
    if isinstance(node, (cst.SimpleString, cst.ConcatenatedString)):
        value = node.evaluated_value
        return value if isinstance(value, str) else None
    return None


def quoted(value: str) -> str:
    """A string literal as formatters write it: in double quotes unless that needs more escapes."""
    text = repr(value)
    if text.startswith("'") and '"' not in text:
        return '"' + text[1:-1] + '"'
    return text


def is_constant(node: cst.CSTNode | None, name: str) -> bool:
    """Whether a node is ``True``, ``False`` or ``None``."""
    return isinstance(node, cst.Name) and node.value == name


def constant_keyword(call: cst.Call, keyword: str, name: str) -> cst.Arg | None:
    """The argument of a call that is passed by a keyword, if it is that constant; None otherwise."""
    given = (arg for arg in call.args if arg.keyword is not None and arg.keyword.value == keyword)
    arg = next(given, None)
    return arg if arg is not None and is_constant(arg.value, name) else None


def integer(node: cst.CSTNode | None) -> int | None:
    """The value of an integer literal, None for anything else."""
    if not isinstance(node, cst.Integer):
        return None
    value = ast.literal_eval(node.value)
    return value if isinstance(value, int) else None
