"""Rules generated from real code: patterns made of its parts, in random operators, for search and for taint."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import Any

from abstracted_patterns import EXPRESSIONS, STATEMENTS, Abstraction, Node, is_expression, text_of
from compared_engines import parse
from rule_corpus import comparable

from secloop.model import Rule
from secloop.syntax.document import Document

Definition = dict[str, Any]

_ENCLOSING = frozenset(
    [
        "function_definition",
        "class_definition",
        "if_statement",
        "for_statement",
        "while_statement",
        "try_statement",
        "with_statement",
        "decorated_definition",
        "call",
        "return_statement",
    ]
)
_OPTIONS = (
    "taint_assume_safe_functions",
    "taint_assume_safe_indexes",
    "taint_assume_safe_booleans",
    "taint_assume_safe_numbers",
    "taint_assume_safe_comparisons",
    "taint_only_propagate_through_assignments",
    "taint_unify_mvars",
)
_PATTERN_OPTIONS = (
    "constant_propagation",
    "symbolic_propagation",
    "commutative_boolop",
    "symmetric_eq",
    "ac_matching",
)


@dataclass(frozen=True)
class Generated:
    """A rule with what it exercises."""

    rule: Rule
    features: frozenset[str]


class RuleGenerator:
    """Makes rules from one document; all that is random about them is in ``choice``."""

    def __init__(self, document: Document, choice: random.Random) -> None:
        self.choice = choice
        self.nodes: list[Node] = []
        stack = [parse(document.normalized.data).root_node]
        while stack:
            node = stack.pop()
            self.nodes.append(node)
            stack.extend(reversed(node.named_children))
        self.expressions = [
            node for node in self.nodes if is_expression(node) and 3 < node.end_byte - node.start_byte < 400
        ]
        self.calls = [node for node in self.expressions if node.type == "call"]
        self.statements = [
            node for node in self.nodes if node.type in STATEMENTS and node.end_byte - node.start_byte < 1200
        ]
        self.features: set[str] = set()

    def rule(self, name: str, taint: float = 0.35) -> Generated | None:
        """A rule of that id, or None if the document has nothing to make one of; ``taint``: how many of them are."""
        self.features = set()
        if not self.expressions or not self.statements:
            return None
        definition: Definition | None
        if self.some(taint):
            definition = self._taint()
        elif self.some(0.12):
            definition = self._new_syntax()
        else:
            definition = self._formula(self._abstraction())
        if definition is None:
            return None
        if self.some(0.12):
            option = self.choice.choice(_PATTERN_OPTIONS)
            definition.setdefault("options", {})[option] = self.some(0.6)
            self.features.add(f"option {option}")
        rule = comparable({"id": name, **definition})
        return Generated(rule, frozenset(self.features))

    def some(self, probability: float) -> bool:
        """A decision."""
        return self.choice.random() < probability

    def _abstraction(self) -> Abstraction:
        made = Abstraction(self.choice, self.choice.choice([0.0, 0.2, 0.4, 0.6, 0.8]))
        made.features = self.features
        return made

    def _node(self) -> Node:
        pools = [self.expressions, self.calls or self.expressions, self.statements]
        return self.choice.choice(self.choice.choices(pools, [3, 3, 3])[0])

    def _pattern_of(self, abstraction: Abstraction) -> tuple[Node, str]:
        node = self._node()
        if node.type in STATEMENTS and self.some(0.4):
            siblings = [
                child
                for child in (node.parent.named_children if node.parent else [])
                if child.type in STATEMENTS
            ]
            at = next((index for index, each in enumerate(siblings) if each.id == node.id), 0)
            several = siblings[at : at + self.choice.randint(2, 4)]
            if len(several) > 1 and several[-1].end_byte - several[0].start_byte < 1500:
                return node, abstraction.sequence(several)
        return node, abstraction.render(node)

    def _formula(self, abstraction: Abstraction, depth: int = 0) -> Definition:
        node, pattern = self._pattern_of(abstraction)
        kind = self.choice.choices(
            ["pattern", "patterns", "pattern-either", "pattern-regex"], [3, 6, 2, 0.4]
        )[0]
        if kind == "pattern" or depth > 1:
            self.features.add("pattern")
            return {"pattern": pattern}
        if kind == "pattern-regex":
            return self._regex()
        if kind == "pattern-either":
            self.features.add("pattern-either")
            others = [self._formula(abstraction, depth + 1) for _ in range(self.choice.randint(1, 2))]
            return {"pattern-either": [{"pattern": pattern}, *others]}
        self.features.add("patterns")
        parts: list[Definition] = [{"pattern": pattern}]
        for _ in range(self.choice.randint(1, 3)):
            condition = self._condition(node, abstraction, depth)
            if condition is not None:
                parts.append(condition)
        return {"patterns": parts}

    def _regex(self) -> Definition:
        self.features.add("pattern-regex")
        text = text_of(self.choice.choice(self.expressions)).split("\n")[0][:30]
        return {"pattern-regex": self._regex_for(text)}

    def _condition(self, node: Node, abstraction: Abstraction, depth: int) -> Definition | None:
        kinds = [
            self._inside,
            self._negation,
            self._not_inside,
            self._metavariable_regex,
            self._metavariable_pattern,
            self._metavariable_comparison,
            self._focus,
            self._not_regex,
            self._either,
        ]
        weights = [4, 3, 2, 3, 3, 1.5, 3, 0.4, 1.5]
        return self.choice.choices(kinds, weights)[0](node, abstraction, depth)

    def _enclosing(self, node: Node) -> Node | None:
        found: list[Node] = []
        parent = node.parent
        while parent is not None:
            if parent.type in _ENCLOSING:
                found.append(parent)
            parent = parent.parent
        return self.choice.choice(found) if found else None

    def _inside(self, node: Node, abstraction: Abstraction, _: int) -> Definition | None:
        around = self._around(node, abstraction)
        if around is None:
            return None
        self.features.add("pattern-inside")
        return {"pattern-inside": around}

    def _around(self, node: Node, abstraction: Abstraction) -> str | None:
        """The head of something that encloses the node, or statements before it and an ellipsis."""
        if self.some(0.3):
            statement = node
            while statement.parent is not None and statement.type not in STATEMENTS:
                statement = statement.parent
            before = statement.prev_named_sibling
            if before is not None and before.type in STATEMENTS and before.end_byte - before.start_byte < 300:
                self.features.add("statement ellipsis")
                return f"{abstraction.render(before)}\n..."
            return None
        around = self._enclosing(node)
        if around is None:
            return None
        body = around.child_by_field_name("body") or around.child_by_field_name("consequence")
        if body is None or around.type == "try_statement":
            return abstraction.render(around) if around.end_byte - around.start_byte < 500 else None
        head = _head(around, body, abstraction)
        self.features.add("body ellipsis")
        return f"{head}\n    ..."

    def _not_inside(self, node: Node, abstraction: Abstraction, _: int) -> Definition | None:
        other = self.choice.choice(self.expressions)
        around = self._around(other if self.some(0.7) else node, abstraction)
        if around is None:
            return None
        self.features.add("pattern-not-inside")
        return {"pattern-not-inside": around}

    def _negation(self, node: Node, abstraction: Abstraction, depth: int) -> Definition | None:
        same = [
            other
            for other in self.nodes
            if other.type == node.type and other.end_byte - other.start_byte < 600
        ]
        self.features.add("pattern-not")
        if self.some(0.2) and depth < 1:
            return {"pattern-not": self._new_or_old(self._formula(abstraction, depth + 1))}
        return {"pattern-not": abstraction.render(self.choice.choice(same) if same else node)}

    def _new_or_old(self, formula: Definition) -> Any:
        return formula["pattern"] if set(formula) == {"pattern"} else formula

    def _metavariable(self, abstraction: Abstraction, preferred: list[str] | None = None) -> str | None:
        names = preferred or list(abstraction.bound)
        return self.choice.choice(names) if names else None

    def _regex_for(self, text: str) -> str:
        words = re.findall(r"\w+", text) or ["x"]
        word = self.choice.choice(words)
        options = [
            f"^{re.escape(text)}$",
            f".*{word}.*",
            f"{word[:3]}",
            f"(?i){word.upper()}",
            f"^(?!{word}).*",
            f"({word}|other)$",
            r"^\w+$",
            r"[\"'].*",
            r"^[a-z_.]+\(",
            f"({word[:2]})(.*)",
        ]
        return self.choice.choice(options)

    def _metavariable_regex(self, _: Node, abstraction: Abstraction, __: int) -> Definition | None:
        name = self._metavariable(abstraction)
        if name is None:
            return None
        self.features.add("metavariable-regex")
        condition: Definition = {"metavariable": name, "regex": self._regex_for(abstraction.bound[name])}
        return {"metavariable-regex": condition}

    def _metavariable_pattern(self, _: Node, abstraction: Abstraction, depth: int) -> Definition | None:
        name = self._metavariable(abstraction)
        if name is None:
            return None
        self.features.add("metavariable-pattern")
        node = abstraction.nodes[name]
        inner = [child for child in node.named_children if is_expression(child)]
        if self.some(0.3) or node.type not in EXPRESSIONS:
            node = self.choice.choice(self.expressions)
        elif inner and self.some(0.3):
            node = self.choice.choice(inner)
        pattern = abstraction.render(node)
        choice = self.choice.randrange(4)
        if choice == 0:
            alternatives = [
                {"pattern": pattern},
                {"pattern": abstraction.render(self.choice.choice(self.expressions))},
            ]
            return {"metavariable-pattern": {"metavariable": name, "pattern-either": alternatives}}
        if choice == 1:
            return {
                "metavariable-pattern": {
                    "metavariable": name,
                    "patterns": [{"pattern": "$ANY"}, {"pattern-not": pattern}],
                }
            }
        if choice == 2:
            return {"metavariable-pattern": {"metavariable": name, "patterns": [{"pattern-not": pattern}]}}
        return {"metavariable-pattern": {"metavariable": name, "pattern": pattern}}

    def _metavariable_comparison(self, _: Node, abstraction: Abstraction, __: int) -> Definition | None:
        number = self._metavariable(abstraction, abstraction.numbers) if abstraction.numbers else None
        if number is not None:
            operator = self.choice.choice(["<", ">", "<=", ">=", "==", "!="])
            value = self.choice.choice([0, 1, 2, 10, 100, abstraction.bound[number]])
            comparison = f"{number} {operator} {value}"
        else:
            name = self._metavariable(abstraction)
            if name is None:
                return None
            word = (re.findall(r"\w+", abstraction.bound[name]) or ["x"])[0]
            comparison = self.choice.choice(
                [
                    f'str({name}) == "{word}"',
                    f're.match("{word}", {name})',
                    f'not re.match(".*{word}", {name})',
                ]
            )
            number = name
        self.features.add("metavariable-comparison")
        return {"metavariable-comparison": {"metavariable": number, "comparison": comparison}}

    def _focus(self, _: Node, abstraction: Abstraction, __: int) -> Definition | None:
        name = self._metavariable(abstraction)
        if name is None:
            return None
        self.features.add("focus-metavariable")
        if len(abstraction.bound) > 1 and self.some(0.15):
            return {"focus-metavariable": self.choice.sample(sorted(abstraction.bound), 2)}
        return {"focus-metavariable": name}

    def _not_regex(self, _: Node, __: Abstraction, ___: int) -> Definition | None:
        self.features.add("pattern-not-regex")
        return {"pattern-not-regex": self._regex()["pattern-regex"]}

    def _either(self, node: Node, abstraction: Abstraction, depth: int) -> Definition | None:
        self.features.add("pattern-either")
        inside = self._inside(node, abstraction, depth)
        alternatives: list[Definition] = [{"pattern": abstraction.render(node)}]
        alternatives.append(inside or {"pattern": abstraction.render(self._node())})
        return {"pattern-either": alternatives}

    def _new_syntax(self) -> Definition:
        self.features.add("match:")
        return {"match": _in_new_syntax(self._formula(self._abstraction()))}

    # Taint

    def _taint(self) -> Definition | None:
        scopes = [
            node
            for node in self.nodes
            if node.type in {"function_definition", "module"}
            and len(_below(node, {"call"})) > 1
            and (node.type != "module" or self.some(0.2))
        ]
        if not scopes:
            return None
        scope = self.choice.choice(scopes)
        calls = _below(scope, {"call"})
        values = [
            node
            for node in _below(scope, EXPRESSIONS)
            if is_expression(node) and node.end_byte - node.start_byte < 200
        ]
        self.features.add("taint")
        sources = [self._source(scope, values, calls) for _ in range(self.choice.randint(1, 2))]
        sinks = [self._sink(calls) for _ in range(self.choice.randint(1, 3))]
        taint: Definition = {"mode": "taint", "pattern-sources": sources, "pattern-sinks": sinks}
        if self.some(0.3):
            taint["pattern-sanitizers"] = [self._sanitizer(calls, values)]
        if self.some(0.3):
            propagator = self._propagator(calls)
            if propagator is not None:
                taint["pattern-propagators"] = [propagator]
        for option in _OPTIONS:
            if self.some(0.07):
                taint.setdefault("options", {})[option] = True
                self.features.add(f"option {option}")
        if self.some(0.12):
            self._label(taint)
        return taint

    def _source(self, scope: Node, values: list[Node], calls: list[Node]) -> Definition:
        abstraction = self._abstraction()
        abstraction.density = min(abstraction.density, 0.4)
        parameters = scope.child_by_field_name("parameters")
        if parameters is not None and self.some(0.45):
            self.features.add("parameter source")
            body = "\n    ...\n"
            names = [text_of(node) for node in parameters.named_children if node.type == "identifier"]
            name = self.choice.choice(names) if names and self.some(0.5) else "$P"
            inside = self.choice.choice(
                [
                    f"def $F(..., {name}, ...):{body}",
                    f"def {text_of(scope.child_by_field_name('name') or scope)}(..., {name}, ...):{body}",
                ]
            )
            source: Definition = {"patterns": [{"pattern": name}, {"pattern-inside": inside}]}
            if self.some(0.3):
                source = (
                    {"patterns": [{"pattern": inside}, {"focus-metavariable": name}]}
                    if name == "$P"
                    else source
                )
        else:
            node = self.choice.choice(self.choice.choice([calls, values]) or calls)
            source = {"pattern": abstraction.render(node)}
        for option, chance in (("by-side-effect", 0.1), ("exact", 0.1), ("control", 0.06)):
            if self.some(chance):
                source[option] = True
                self.features.add(f"source {option}")
        return source

    def _sink(self, calls: list[Node]) -> Definition:
        node = self.choice.choice(calls)
        callee = text_of(node.named_children[0]) if node.named_children else "f"
        if "\n" in callee or len(callee) > 60:
            callee = "$F"
        form = self.choice.randrange(5)
        if form == 0:
            sink: Definition = {"pattern": f"{callee}(...)"}
        elif form == 1:
            sink = {"patterns": [{"pattern": f"{callee}(..., $SINK, ...)"}, {"focus-metavariable": "$SINK"}]}
        elif form == 2:
            sink = {"pattern": f"{callee}($SINK, ...)"}
        elif form == 3:
            sink = {
                "pattern": self.choice.choice(
                    ["$F(...)", "return $SINK", "$O.$M(...)", "$SINK[...]", f"{callee}(...)"]
                )
            }
        else:
            sink = {"pattern": self._abstraction().render(node)}
        for option, chance in (("exact", 0.12), ("at-exit", 0.03)):
            if self.some(chance):
                sink[option] = True
                self.features.add(f"sink {option}")
        return sink

    def _sanitizer(self, calls: list[Node], values: list[Node]) -> Definition:
        self.features.add("sanitizer")
        node = self.choice.choice(self.choice.choice([calls, values]) or calls)
        callee = text_of(node.named_children[0]) if node.type == "call" else ""
        pattern = f"{callee}(...)" if callee and "\n" not in callee else self._abstraction().render(node)
        sanitizer: Definition = {"pattern": pattern}
        if callee and self.some(0.3):
            sanitizer = {
                "patterns": [{"pattern": f"{callee}($CLEAN, ...)"}, {"focus-metavariable": "$CLEAN"}]
            }
        for option, chance in (("by-side-effect", 0.25), ("exact", 0.15), ("not-conflicting", 0.15)):
            if self.some(chance):
                sanitizer[option] = True
                self.features.add(f"sanitizer {option}")
        return sanitizer

    def _propagator(self, calls: list[Node]) -> Definition | None:
        methods = [
            node for node in calls if node.named_children and node.named_children[0].type == "attribute"
        ]
        if not methods:
            return None
        self.features.add("propagator")
        attribute = self.choice.choice(methods).named_children[0].child_by_field_name("attribute")
        name = text_of(attribute) if attribute is not None else "append"
        propagator: Definition = {"pattern": f"$TO.{name}(..., $FROM, ...)", "from": "$FROM", "to": "$TO"}
        if self.some(0.3):
            propagator["by-side-effect"] = self.some(0.5)
            self.features.add("propagator by-side-effect")
        return propagator

    def _label(self, taint: Definition) -> None:
        self.features.add("label")
        for at, source in enumerate(taint["pattern-sources"]):
            source["label"] = "AB"[at]
            if at and self.some(0.4):
                source["requires"] = "A"
        formulas = (
            ["A", "A and not B", "B or A", "A and B"] if len(taint["pattern-sources"]) > 1 else ["A", "not A"]
        )
        for sink in taint["pattern-sinks"]:
            sink["requires"] = self.choice.choice(formulas)


def _head(around: Node, body: Node, abstraction: Abstraction) -> str:
    """A compound statement up to its body, abstracted."""
    rendered = abstraction.render(around)
    kept: list[str] = []
    for line in rendered.splitlines():
        kept.append(line)
        if line.endswith(":") and not line.startswith("@"):
            break
    del body
    return "\n".join(kept)


def _below(node: Node, kinds: frozenset[str] | set[str]) -> list[Node]:
    found: list[Node] = []
    stack = [node]
    while stack:
        current = stack.pop()
        if current.type in kinds and current.end_byte - current.start_byte < 300:
            found.append(current)
        stack.extend(reversed(current.named_children))
    return found


def _in_new_syntax(formula: Definition) -> Any:
    """A formula of the older syntax in the newer one, as far as that has the same."""
    ((key, value),) = formula.items()
    if key == "pattern":
        return value
    if key == "pattern-regex":
        return {"regex": value}
    if key == "pattern-either":
        return {"any": [_in_new_syntax(item) for item in value]}
    if key in {"pattern-inside", "pattern-not-inside"}:
        inside = {"inside": value}
        return inside if key == "pattern-inside" else {"not": inside}
    if key == "pattern-not":
        return {"not": value if isinstance(value, str) else _in_new_syntax(value)}
    if key == "pattern-not-regex":
        return {"not": {"regex": value}}
    conditions: list[Definition] = []
    conjuncts: list[Any] = []
    for item in value:
        ((name, inner),) = item.items()
        if name == "focus-metavariable":
            conditions.append({"focus": inner})
        elif name == "metavariable-regex":
            conditions.append(inner)
        elif name == "metavariable-comparison":
            conditions.append({"comparison": inner["comparison"]})
        elif name == "metavariable-pattern":
            rest = {key: each for key, each in inner.items() if key != "metavariable"}
            conditions.append({"metavariable": inner["metavariable"], **_as_mapping(_in_new_syntax(rest))})
        else:
            conjuncts.append(_in_new_syntax(item))
    matched: Definition = {"all": conjuncts}
    if conditions:
        matched["where"] = conditions
    return matched


def _as_mapping(formula: Any) -> Definition:
    return {"pattern": formula} if isinstance(formula, str) else formula
