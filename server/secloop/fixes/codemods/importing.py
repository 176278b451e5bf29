"""Where an import goes in a Python file, and when one may go away."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence

import libcst as cst

from secloop.fixes.codemods.names import Imported, Names, dotted, names_of
from secloop.fixes.codemods.source import Range, Source
from secloop.fixes.edits import Edit

_Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement
_EXPRESSION_IN_STRING = re.compile(r"[\w.\[\], |]+")


def first_cell(source: Source, where: int) -> Range:
    """The part of the text in which an import for a finding must stand: its notebook cell, or everything."""
    cell = source.document.cell_of(where)
    return (cell.start, cell.end) if cell else (0, len(source.document.data))


def insertion(source: Source, module: str, where: int) -> Edit:
    """The edit that adds ``import module`` at the top: sorted into the group of imports it belongs to.

    Line ends in its text are ``\\n``.
    """
    low, high = first_cell(source, where)
    body = [node for node in source.module.body if low <= _start(source, node) < high]
    after_prelude = _prelude(body)
    groups = _groups(source, body[after_prelude:], where)
    if not groups:
        return _without_imports(source, body, after_prelude, module, high)
    group = next((found for found in groups if _belongs(found, module)), None)
    if group is not None:
        return _into_group(source, group, module, high)
    if _is_stdlib(module):
        return _at(_start(source, groups[0][0]), f"import {module}\n\n")
    stdlib = [found for found in groups if _belongs(found, "sys")]
    if stdlib:
        edit = _after(source, stdlib[-1][-1], f"import {module}\n", high)
        return Edit(edit.start, edit.end, "\n" + edit.text)
    return _at(_start(source, groups[0][0]), f"import {module}\n\n")


def _start(source: Source, node: cst.CSTNode) -> int:
    """Where a statement starts, its decorators included."""
    decorators: Sequence[cst.CSTNode] = getattr(node, "decorators", ())
    return min(source.span(part)[0] for part in (node, *decorators))


def _prelude(body: Sequence[_Statement]) -> int:
    """How many statements must stay in front of any import: a docstring and ``from __future__`` imports."""
    count = 0
    for statement in body:
        small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
        docstring = count == 0 and isinstance(small, cst.Expr) and isinstance(small.value, cst.SimpleString)
        future = isinstance(small, cst.ImportFrom) and dotted(small.module) == "__future__"
        if not docstring and not future:
            break
        count += 1
    return count


def _groups(source: Source, body: Sequence[_Statement], where: int) -> list[list[cst.SimpleStatementLine]]:
    """The imports at the top of the file and before the finding, split at blank lines."""
    groups: list[list[cst.SimpleStatementLine]] = []
    for statement in body:
        if (
            not isinstance(statement, cst.SimpleStatementLine)
            or not isinstance(statement.body[0], (cst.Import, cst.ImportFrom))
            or _start(source, statement) > where
        ):
            break
        blank = any(line.comment is None for line in statement.leading_lines)
        if not groups or blank:
            groups.append([])
        groups[-1].append(statement)
    return groups


def _modules(statement: cst.SimpleStatementLine) -> Iterator[str]:
    for small in statement.body:
        if isinstance(small, cst.Import):
            yield from (dotted(alias.name) or "" for alias in small.names)
        elif isinstance(small, cst.ImportFrom):
            yield "." * len(small.relative) + (dotted(small.module) or "")


def _is_stdlib(module: str) -> bool:
    return module.split(".", 1)[0] in sys.stdlib_module_names


def _belongs(group: Sequence[cst.SimpleStatementLine], module: str) -> bool:
    modules = [name for statement in group for name in _modules(statement) if not name.startswith(".")]
    alike = sum(_is_stdlib(name) == _is_stdlib(module) for name in modules)
    return alike * 2 >= len(modules) and alike > 0


def _into_group(source: Source, group: Sequence[cst.SimpleStatementLine], module: str, high: int) -> Edit:
    plain = [statement for statement in group if isinstance(statement.body[0], cst.Import)]
    before = [statement for statement in plain if min(_modules(statement)) < module]
    if before:
        return _after(source, before[-1], f"import {module}\n", high)
    return _at(_start(source, (plain or list(group))[0]), f"import {module}\n")


def _without_imports(
    source: Source, body: Sequence[_Statement], after_prelude: int, module: str, high: int
) -> Edit:
    if after_prelude == 0:
        blank = (
            "" if body and isinstance(body[0], cst.SimpleStatementLine) and source.document.cells else "\n"
        )
        at = _start(source, body[0]) if body else first_cell(source, high)[0]
        return _at(at, f"import {module}\n{blank}")
    last = body[after_prelude - 1]
    edit = _after(source, last, f"import {module}\n", high)
    following = body[after_prelude] if after_prelude < len(body) else None
    # The blank lines that followed the docstring now follow the import.
    has_blank = following is not None and any(line.comment is None for line in following.leading_lines)
    return Edit(edit.start, edit.end, "\n" + edit.text + ("" if has_blank or following is None else "\n"))


def _at(offset: int, text: str) -> Edit:
    return Edit(offset, offset, text)


def _after(source: Source, statement: cst.CSTNode, text: str, high: int) -> Edit:
    """Insert lines after a statement's last line."""
    end = source.span(statement)[1]
    starts = source.document.line_starts
    index = bisect_right(starts, end)
    if index < len(starts) and starts[index] <= high:
        return _at(starts[index], text)
    return _at(high, "\n" + text.removesuffix("\n"))


def added_name(source: Source, beside: Imported, name: str) -> Edit:
    """The edit that adds a name to the ``from`` import of another one, sorted if its names are."""
    aliases = _aliases(beside)
    names = [dotted(alias.name) or "" for alias in aliases]
    spans = [source.span(alias) for alias in aliases]
    separator = ", "
    if len(spans) > 1:
        between = source.document.slice(spans[-2][1], spans[-1][0])
        separator = between if "#" not in between else separator
    smaller = [index for index, known in enumerate(names) if known < name]
    if names == sorted(names) and not smaller:
        return _at(spans[0][0], name + separator)
    index = smaller[-1] if names == sorted(names) else len(names) - 1
    return _at(spans[index][1], separator + name)


def unneeded(
    source: Source, names: Names, imported: Imported, replaced: Sequence[Range], new_code: Iterable[str]
) -> bool:
    """Whether an import's last use went with the replaced ranges."""
    asname = imported.alias.asname
    exported = source.document.path.endswith("__init__.py") or (
        # ``import x as x`` is a way to export it.
        asname is not None and dotted(imported.alias.name) == imported.local
    )
    twice = sum(other.local == imported.local for other in names.imports) > 1
    return not exported and not twice and not _used(source, imported.local, replaced, new_code)


def removal(source: Source, imported: Imported) -> Edit | None:
    """The edit that removes an import that is not needed; None if it must stay for other reasons."""
    if imported.scope is not source.module:
        return None
    aliases = _aliases(imported)
    if len(aliases) > 1:
        return _without_alias(source, aliases, imported.alias)
    return _without_statement(source, imported.statement)


def _aliases(imported: Imported) -> list[cst.ImportAlias]:
    names = imported.statement.names
    return [imported.alias] if isinstance(names, cst.ImportStar) else list(names)


def fallen_out_of_use(before: Source, after: Source, modules: Collection[str]) -> tuple[Edit, ...]:
    """Edits that remove the imports of these modules which were used before and are not any more."""
    once_used = {
        imported.local for imported in names_of(before).imports if _used(before, imported.local, (), ())
    }
    names = names_of(after)
    edits = [
        removal(after, imported)
        for imported in names.imports
        if imported.module in modules and imported.local in once_used
        if unneeded(after, names, imported, (), ())
    ]
    return tuple(edit for edit in edits if edit is not None)


def _used(source: Source, name: str, replaced: Sequence[Range], new_code: Iterable[str]) -> bool:
    word = re.compile(rf"(?<![\w.]){re.escape(name)}\b")
    if any(word.search(code) for code in new_code):
        return True
    for node in source.nodes:
        if isinstance(node, cst.Name) and node.value == name:
            use = _is_use(source, node)
        elif isinstance(node, cst.SimpleString):
            # __all__, and annotations written as strings.
            use = bool(_EXPRESSION_IN_STRING.fullmatch(node.raw_value) and word.search(node.raw_value))
        else:
            continue
        start, end = source.span(node)
        if use and not any(low <= start and end <= high for low, high in replaced):
            return True
    return False


def _is_use(source: Source, name: cst.Name) -> bool:
    parent = source.parent(name)
    if isinstance(parent, cst.Attribute):
        if parent.attr is name:
            return False
    elif isinstance(parent, cst.Arg):
        return parent.keyword is not name
    return (
        not any(isinstance(above, cst.ImportAlias) for above in source.ancestors(name))
        and not (isinstance(parent, cst.ImportFrom))
        and not _in_module_name(source, name)
    )


def _in_module_name(source: Source, name: cst.Name) -> bool:
    return any(isinstance(above, cst.ImportFrom) for above in source.ancestors(name))


def _without_alias(source: Source, aliases: list[cst.ImportAlias], alias: cst.ImportAlias) -> Edit | None:
    index = aliases.index(alias)
    if index + 1 < len(aliases):
        start, end = source.span(alias)[0], source.span(aliases[index + 1])[0]
    else:
        start, end = source.span(aliases[index - 1])[1], source.span(alias)[1]
    return None if "#" in source.document.slice(start, end) else Edit(start, end, "")


def _without_statement(source: Source, statement: cst.CSTNode) -> Edit | None:
    line = source.parent(statement)
    if not isinstance(line, cst.SimpleStatementLine) or len(line.body) != 1:
        return None
    if source.parent(line) is not source.module:
        return None
    start, end = source.span(statement)
    starts = source.document.line_starts
    index = bisect_right(starts, end)
    stop = starts[index] if index < len(starts) else len(source.document.data)
    cell = source.document.cell_of(start)
    return Edit(start, min(stop, cell.end) if cell else stop, "")
