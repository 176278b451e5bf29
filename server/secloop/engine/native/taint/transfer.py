"""What an instruction does to taint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from secloop.engine.native import nodes as n
from secloop.engine.native.taint import il
from secloop.engine.native.taint.pieces import NOTHING, Pieces, Value
from secloop.engine.native.taint.shapes import ANY, Cell, Fields, Key, gathered
from secloop.engine.native.taint.simple_types import COMPARISONS, is_boolean, is_number
from secloop.engine.native.taint.state import State, clean, lookup, place, store
from secloop.engine.native.taint.taints import NO_TAINTS, Taint, Taints, union

if TYPE_CHECKING:
    from secloop.engine.native.nodes import Node
    from secloop.engine.native.taint.matches import SpecMatch
    from secloop.engine.native.taint.rules import Source
    from secloop.engine.native.taint.uses import Parameters

_SIMPLE: Final = frozenset({n.OPERATION, n.NAME, n.INT, n.FLOAT, n.BOOL})


class Transfer(Pieces):
    """Follows taint through the instructions of a function, with a rule's matches in it."""

    def instruction(self, instruction: il.Instruction) -> None:
        """Do what an instruction does to the state."""
        self.touched = []
        self.awaited = set()
        if isinstance(instruction, il.UnknownInstruction):
            return
        is_clean = self.is_clean(instruction.origin)
        value = NOTHING if is_clean else self._result(instruction)
        target = instruction.target
        touched = self.touched
        self.touched = []
        if target is not None and not (target.is_temporary and target.origin is None):
            # What a sink requires of its metavariables is not told by a target.
            before = dict(self.state) if self.tables.parts_of else self.state
            held = gathered(*self.value(il.Fetch(target, target.whole_origin)))
            if not is_clean:
                # What the target held before reaches a sink that the assignment is.
                after, self.state = self.state, before
                self.reaches(instruction.origin, held)
                self.state = after
        if isinstance(instruction, il.Define) and value is NOTHING:
            return  # Defining a lambda leaves what its variable held.
        if target is not None:
            self._assign(target, value, keep=bool(self.touched) or _holds_any(target, touched))

    def _result(self, instruction: il.Assign | il.Call | il.Special | il.Define) -> Value:
        if isinstance(instruction, il.Call):
            value = self._call(instruction)
            if instruction.call is instruction.origin:
                passed = self.propagated(instruction.origin, gathered(*value), None)
                return union(value[0], passed), value[1]
        elif isinstance(instruction, il.Assign):
            value = self.value(instruction.value)
        else:
            value = self._special(instruction) if isinstance(instruction, il.Special) else NOTHING
        return self.checked(instruction.origin, value)

    def returned(self, action: il.Return) -> None:
        """A value is returned."""
        taints, _ = self.value(action.value)
        # What is returned is looked at once more, without what is in it.
        self.reaches(action.value.origin, taints)

    def _assign(self, target: il.Lvalue, value: Value, *, keep: bool) -> None:
        """Assign a value; ``keep``: to what has got taint by a side effect, which keeps it if the value is clean."""
        taints, fields = value
        if self._is_safe(target.whole_origin):
            taints = NO_TAINTS
        if taints or fields is not None:
            store(self.state, target, Cell(taints, fields))
        elif not keep:
            clean(self.state, target)

    def _mark(self, lvalue: il.Lvalue, match: SpecMatch[Source], taints: Taints) -> None:
        """Make an l-value what a source marks by a side effect, if what it holds beside the taints allows."""
        held = NO_TAINTS
        if match.item.requires is not None:
            known = lookup(self.state, lvalue)
            held = known.taints if known is not None else NO_TAINTS
        marked = self.taint_of(match, union(taints, held))
        if marked:
            self.touched.append(lvalue)
            store(self.state, lvalue, Cell(marked, None))

    def _call(self, call: il.Call) -> Value:
        taints = self._of_all(call.arguments)
        safe = self.options.taint_assume_safe_functions
        # What the object holds before a source marks it by a side effect.
        receiver = NO_TAINTS if safe else self._receiver(call.callee)
        own = self.value(call.callee, called=True)[0]
        result: Value = (own if safe else union(union(taints, receiver), own)), None
        inside = call.call if call.call is not None else call.origin
        incoming = own if safe else {**own, **receiver, **taints}
        result = self.sourced(inside, result, incoming)
        # At a sink, the way through an argument is shown even if that through the receiver is shorter.
        self.reaches(inside, taints, passed=True)
        self.reaches(inside, result[0])
        if inside is not call.origin:
            passed = self.propagated(inside, union(taints, result[0]), None)
            result = union(result[0], passed), None
        return result

    def _receiver(self, callee: il.Expression) -> Taints:
        """The taints of the object whose method is called, and of all in it."""
        method = _method(callee)
        if method is None:
            return NO_TAINTS
        receiver = _prefix(method, len(method.offsets) - 1)
        known = lookup(self.state, receiver)
        if known is None or self.is_clean(receiver.whole_origin):
            return NO_TAINTS
        return gathered(known.taints, known.fields)

    def _special(self, special: il.Special) -> Value:
        taints = NO_TAINTS
        for operand in special.operands:
            taints = union(taints, gathered(*self.value(operand)))
        result: Value = taints, None
        if special.call is not None and special.call is not special.origin:
            result = self.checked(special.call, result)
        return result

    def with_parameters(self, state: State, parameters: Parameters) -> State:
        """The state with the taints that parameters are sources of."""
        found: State = {key: Cell(taints, None) for key, name in parameters if (taints := self.named(name))}
        return {**state, **found} if found else state

    def named(self, identifier: Node) -> Taints:
        """The taints that a parameter or global variable is a source of, where nothing has to come in first."""
        found = [
            Taint(match, match.item.label).through(identifier)
            for match in self.tables.sources.get(id(identifier), ())
            if match.item.requires is None or match.item.requires(())
        ]
        return {taint.key: taint for taint in found}

    # Values.

    def value(self, expression: il.Expression, *, element: bool = False, called: bool = False) -> Value:
        """The taints of a value and of what is in it; to semgrep, an element is not safe for its type.

        ``called``: where it is a method, what only the object holds is no taint of it.
        """
        if self.is_clean(expression.origin):
            if isinstance(expression, il.Fetch) and id(expression.origin) in self.tables.cleans:
                clean(self.state, expression.lvalue)
            return NOTHING
        if isinstance(expression, il.Fetch):
            return self._fetch(expression, called=called)
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
        result = self.checked(expression.origin, result)
        return NOTHING if not element and self._is_safe(expression.origin) else result

    def _operation(self, expression: il.Operation) -> Value:
        taints = self._of_all(expression.operands)
        if self.options.taint_assume_safe_comparisons and expression.operator in COMPARISONS:
            return NOTHING
        return taints, None

    def _of_all(self, operands: Sequence[il.Expression]) -> Taints:
        """The taints of several values, the first one's way before; what is in them comes after, the last one's before."""
        taints = inner = NO_TAINTS
        for operand in operands:
            own, fields = self.value(operand)
            taints = union(taints, own)
            if fields is not None:
                inner = union(gathered(NO_TAINTS, fields), inner)
        return union(taints, inner)

    def _is_safe(self, origin: Node | None) -> bool:
        """Whether it is a number or a boolean and the rule says that these are safe."""
        if origin is None or origin.kind not in _SIMPLE:
            return False
        options = self.options
        if options.taint_assume_safe_numbers and is_number(origin):
            return True
        return options.taint_assume_safe_booleans and is_boolean(origin)

    def _composite(self, expression: il.Composite) -> Value:
        if expression.kind is n.SET:
            taints = NO_TAINTS
            for element in expression.elements:
                taints = union(taints, gathered(*self.value(element, element=True)))
            return taints, None
        fields: dict[Key, Cell] = {}
        for position, element in enumerate(expression.elements):
            taints, inner = self.value(element, element=True)
            if taints or inner is not None:
                fields[position] = Cell(taints, inner)
        return NO_TAINTS, fields or None

    def _record(self, expression: il.Record) -> Value:
        own = NO_TAINTS
        fields: dict[Key, Cell] = {}
        for key, value in expression.entries:
            own = union(own, gathered(*self.value(key, element=True)))
            taints, inner = self.value(value, element=True)
            if taints or inner is not None:
                fields[_constant(key)] = Cell(taints, inner)
        return own, fields or None

    def _fetch(self, expression: il.Fetch, *, called: bool) -> Value:
        lvalue = expression.lvalue
        # What is known before a source marks it by a side effect.
        known = lookup(self.state, lvalue)
        carried = (
            called and _method(expression) is not None and lookup(self.state, lvalue, strict=True) is None
        )
        cleaned = False
        fresh = NO_TAINTS
        for length in range(len(lvalue.offsets) + 1):
            index = lvalue.offsets[length - 1].index if length else None
            if index is not None:
                taints = self.value(index, element=True)[0]
                if not self.options.taint_assume_safe_indexes:
                    fresh = union(fresh, taints)
            fresh = self._at_prefix(lvalue, length, fresh)
            if length < len(lvalue.offsets) and self._cleaned(lvalue, length):
                cleaned = True
                fresh = NO_TAINTS
        taints, fields = NOTHING if known is None or cleaned or carried else (known.taints, known.fields)
        value: Value = union(taints, fresh), fields
        value = union(value[0], self.propagated(lvalue.whole_origin, gathered(*value), lvalue)), fields
        if self.tables.lvalue_sinks:
            self.holds(lvalue.whole_origin, _shown(*value))
        if self._is_safe(expression.origin):
            value = NO_TAINTS, fields
        if expression.origin is not lvalue.whole_origin:
            value = self.sourced(expression.origin, value, NO_TAINTS)
        self.reaches(expression.origin, _shown(*value))
        return value

    def _cleaned(self, lvalue: il.Lvalue, length: int) -> bool:
        """Whether a part of an l-value is clean; it stays so if that is a side effect."""
        if not self.tables.sanitizers:
            return False
        prefix = _prefix(lvalue, length)
        origin = prefix.whole_origin
        if not self.is_clean(origin):
            return False
        if id(origin) in self.tables.cleans:
            clean(self.state, prefix)
        return True

    def _at_prefix(self, lvalue: il.Lvalue, length: int, taints: Taints) -> Taints:
        """The taints of a part of an l-value and those that it is a source of."""
        origin = lvalue.offsets[length - 1].origin if length else lvalue.origin
        if origin is None:
            return taints
        tables = self.tables
        whole = length == len(lvalue.offsets)
        sources = tables.sources.get(id(origin))
        before = taints
        if sources:
            held = lookup(self.state, _prefix(lvalue, length))
            incoming = taints if held is None else union(taints, held.taints)
            taints = union(taints, self.taints_of(sources, incoming))
        for match in tables.marks.get(id(origin), ()):
            self._mark(_prefix(lvalue, length), match, before)
        if not whole and tables.concerns_parts(origin):
            prefix = _prefix(lvalue, length)
            known = lookup(self.state, prefix)
            own = known.taints if known is not None else NO_TAINTS
            taints = union(taints, self.propagated(origin, union(taints, own), prefix))
            self.holds(origin, union(taints, own))
        return taints


def _holds_any(target: il.Lvalue, touched: Sequence[il.Lvalue]) -> bool:
    """Whether any of some l-values is a target or something in it."""
    own = place(target) if touched else None
    return own is not None and any(
        other is not None and other[0] == own[0] and other[1][: len(own[1])] == own[1]
        for other in map(place, touched)
    )


def _shown(taints: Taints, fields: Fields) -> Taints:
    """All taints of a variable and what is in it, as a sink shows them: its own by their way even if that is longer."""
    return {**gathered(taints, fields), **taints} if fields is not None else taints


def _method(callee: il.Expression) -> il.Lvalue | None:
    """The attribute that is called, if it is one: it is an element no more than a variable."""
    if isinstance(callee, il.Fetch) and callee.lvalue.offsets and callee.lvalue.offsets[-1].index is None:
        return callee.lvalue
    return None


def _prefix(lvalue: il.Lvalue, length: int) -> il.Lvalue:
    if length == len(lvalue.offsets):
        return lvalue
    return il.Lvalue(lvalue.variable, lvalue.offsets[:length], lvalue.origin, lvalue.token)


def _constant(key: il.Expression) -> Key:
    """The key of an entry if it is a literal that semgrep tells apart."""
    if isinstance(key, il.Literal) and key.origin is not None:
        if key.origin.kind is n.STRING:
            return key.origin.text
        if key.origin.kind is n.INT and key.origin.text.isdecimal():
            return int(key.origin.text)
    return ANY
