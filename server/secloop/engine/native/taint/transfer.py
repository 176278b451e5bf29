"""What an instruction does to taint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from secloop.engine.native import nodes as n
from secloop.engine.native.taint import il
from secloop.engine.native.taint.shapes import ANY, Cell, Fields, Key, gathered
from secloop.engine.native.taint.state import State, clean, lookup, store
from secloop.engine.native.taint.taints import NO_TAINTS, Taint, Taints, union

if TYPE_CHECKING:
    from secloop.engine.native.nodes import Node
    from secloop.engine.native.taint.effects import Effects
    from secloop.engine.native.taint.rules import TaintOptions
    from secloop.engine.native.taint.tables import Tables

Value: TypeAlias = "tuple[Taints, Fields]"
NOTHING: Final[Value] = (NO_TAINTS, None)
_COMPARISONS: Final = frozenset(
    {"==", "!=", "<>", "<", ">", "<=", ">=", "in", "not in", "is", "is not"}
)


class Transfer:
    """Follows taint through the instructions of a function, with a rule's matches in it."""

    def __init__(self, tables: Tables, options: TaintOptions, effects: Effects) -> None:
        self.tables = tables
        self.options = options
        self.effects = effects
        self.state: State = {}

    # Instructions.

    def instruction(self, instruction: il.Instruction) -> None:
        """Do what an instruction does to the state."""
        if isinstance(instruction, il.UnknownInstruction):
            return
        if isinstance(instruction, il.Define):
            self._assign(instruction.target, NOTHING)
            return
        value = self._sanitized(instruction.origin)
        if value is None:
            if isinstance(instruction, il.Assign):
                value = self.value(instruction.value)
            elif isinstance(instruction, il.Call):
                value = self._call(instruction)
            else:
                value = self._special(instruction)
            value = self._checked(instruction.origin, value)
        if instruction.target is not None:
            self._assign(instruction.target, value)

    def returned(self, action: il.Return) -> None:
        """A value is returned, which may be a sink as a statement."""
        value = self.value(action.value)
        self._reaches(action.origin, gathered(*value))

    def _assign(self, target: il.Lvalue, value: Value) -> None:
        for offset in target.offsets:
            if offset.index is not None:
                self.value(offset.index)
        taints, fields = value
        if taints or fields is not None:
            store(self.state, target, Cell(taints, fields))
        else:
            clean(self.state, target)

    def _call(self, call: il.Call) -> Value:
        taints = NO_TAINTS
        for argument in call.arguments:
            taints = union(taints, gathered(*self.value(argument)))
        taints = union(taints, self._callee(call.callee))
        if self.options.taint_assume_safe_functions or self.options.taint_only_propagate_through_assignments:
            result: Value = NOTHING
        else:
            result = taints, None
        inside = call.call if call.call is not None else call.origin
        result = self._sourced(inside, result)
        self._reaches(inside, union(taints, result[0]))
        if inside is not call.origin:
            self._reaches(call.origin, union(taints, result[0]))
        return result

    def _callee(self, callee: il.Expression) -> Taints:
        """The taints of what is called, and of the object whose method it is."""
        taints = gathered(self.value(callee)[0], None)
        if isinstance(callee, il.Fetch) and callee.lvalue.offsets and callee.lvalue.offsets[-1].index is None:
            lvalue = callee.lvalue
            receiver = il.Lvalue(lvalue.variable, lvalue.offsets[:-1], lvalue.origin, lvalue.token)
            known = lookup(self.state, receiver)
            if known is not None:
                taints = union(taints, gathered(known.taints, known.fields))
        return taints

    def _special(self, special: il.Special) -> Value:
        taints = NO_TAINTS
        for operand in special.operands:
            taints = union(taints, gathered(*self.value(operand)))
        result: Value = taints, None
        if special.call is not None and special.call is not special.origin:
            result = self._checked(special.call, result)
        return result

    # Values.

    def value(self, expression: il.Expression) -> Value:
        """The taints of a value and of what is in it."""
        sanitized = self._sanitized(expression.origin)
        if sanitized is not None:
            return sanitized
        if isinstance(expression, il.Fetch):
            return self._fetch(expression)
        if isinstance(expression, il.Literal):
            result = NOTHING
        elif isinstance(expression, il.Operation):
            result = self._operation(expression)
        elif isinstance(expression, il.Composite):
            result = self._composite(expression)
        elif isinstance(expression, il.Record):
            result = self._record(expression)
        elif expression.partial is not None:
            result = gathered(*self.value(expression.partial)), None
        else:
            result = NOTHING
        return self._checked(expression.origin, result)

    def _operation(self, expression: il.Operation) -> Value:
        taints = NO_TAINTS
        for operand in expression.operands:
            taints = union(taints, gathered(*self.value(operand)))
        options = self.options
        if options.taint_only_propagate_through_assignments:
            return NOTHING
        if options.taint_assume_safe_comparisons and expression.operator in _COMPARISONS:
            return NOTHING
        return taints, None

    def _composite(self, expression: il.Composite) -> Value:
        if expression.kind is n.SET:
            taints = NO_TAINTS
            for element in expression.elements:
                taints = union(taints, gathered(*self.value(element)))
            return taints, None
        fields: dict[Key, Cell] = {}
        for position, element in enumerate(expression.elements):
            taints, inner = self.value(element)
            if taints or inner is not None:
                fields[position] = Cell(taints, inner)
        return NO_TAINTS, fields or None

    def _record(self, expression: il.Record) -> Value:
        own = NO_TAINTS
        fields: dict[Key, Cell] = {}
        for key, value in expression.entries:
            own = union(own, gathered(*self.value(key)))
            taints, inner = self.value(value)
            if taints or inner is not None:
                fields[_constant(key)] = Cell(taints, inner)
        return own, fields or None

    def _fetch(self, expression: il.Fetch) -> Value:
        lvalue = expression.lvalue
        fresh = self._at_prefix(lvalue.origin, lvalue, 0)
        for position, offset in enumerate(lvalue.offsets, 1):
            if offset.index is not None:
                index = self.value(offset.index)[0]
                if not self.options.taint_assume_safe_indexes:
                    fresh = union(fresh, index)
            fresh = union(fresh, self._at_prefix(offset.origin, lvalue, position))
        known = lookup(self.state, lvalue)
        taints, fields = (known.taints, known.fields) if known is not None else NOTHING
        value = union(fresh, taints), fields
        if expression.origin is not lvalue.whole_origin:
            value = self._sourced(expression.origin, value)
        self._reaches(expression.origin, gathered(*value))
        return self._propagated(expression.origin, value)

    def _at_prefix(self, origin: Node | None, lvalue: il.Lvalue, length: int) -> Taints:
        """The taints that a part of an l-value is a source of."""
        if origin is None:
            return NO_TAINTS
        taints = NO_TAINTS
        for match in self.tables.sources.get(id(origin), ()):
            item = match.item
            taint = {(match.identity, item.label): Taint(match, item.label)}  # type: ignore[dict-item]
            if item.side_effect:
                prefix = il.Lvalue(lvalue.variable, lvalue.offsets[:length], lvalue.origin, lvalue.token)
                store(self.state, prefix, Cell(taint, None))
            if not item.only_side_effect:
                taints = union(taints, taint)
        if length < len(lvalue.offsets) and id(origin) in self.tables.sinks:
            prefix = il.Lvalue(lvalue.variable, lvalue.offsets[:length], lvalue.origin, lvalue.token)
            known = lookup(self.state, prefix)
            self._reaches(origin, union(taints, known.taints if known is not None else NO_TAINTS))
        return taints

    # What pieces of code are.

    def _sanitized(self, origin: Node | None) -> Value | None:
        if origin is not None and id(origin) in self.tables.sanitizers:
            return NOTHING
        return None

    def _checked(self, origin: Node | None, value: Value) -> Value:
        """The value with what a piece of code is a source of, once it has been seen whether it is a sink."""
        value = self._sourced(origin, value)
        self._reaches(origin, gathered(*value))
        return self._propagated(origin, value)

    def _sourced(self, origin: Node | None, value: Value) -> Value:
        if origin is None:
            return value
        matches = self.tables.sources.get(id(origin))
        if not matches:
            return value
        taints, fields = value
        for match in matches:
            label = match.item.label
            taint = Taint(match, label)
            taints = union(taints, {taint.key: taint})
        return taints, fields

    def _propagated(self, origin: Node | None, value: Value) -> Value:
        return value

    def _reaches(self, origin: Node | None, taints: Taints) -> None:
        if origin is None or not taints:
            return
        for match in self.tables.sinks.get(id(origin), ()):
            self.effects.record(match, taints)


def _constant(key: il.Expression) -> Key:
    """The key of an entry if it is a literal that semgrep tells apart."""
    if isinstance(key, il.Literal) and key.origin is not None:
        if key.origin.kind is n.STRING:
            return key.origin.text
        if key.origin.kind is n.INT and key.origin.text.isdecimal():
            return int(key.origin.text)
    return ANY
