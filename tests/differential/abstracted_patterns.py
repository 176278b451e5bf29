"""Patterns made from real code: parts of it become metavariables, the same one for equal parts, and ellipses."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable, Sequence
from typing import TypeAlias

import tree_sitter

Node: TypeAlias = tree_sitter.Node

EXPRESSIONS = frozenset(
    [
        "attribute",
        "await",
        "binary_operator",
        "boolean_operator",
        "call",
        "comparison_operator",
        "conditional_expression",
        "dictionary",
        "concatenated_string",
        "dictionary_comprehension",
        "false",
        "float",
        "identifier",
        "integer",
        "lambda",
        "list",
        "list_comprehension",
        "none",
        "not_operator",
        "parenthesized_expression",
        "set",
        "set_comprehension",
        "string",
        "subscript",
        "true",
        "tuple",
        "unary_operator",
    ]
)
STATEMENTS = frozenset(
    [
        "expression_statement",
        "assert_statement",
        "return_statement",
        "delete_statement",
        "raise_statement",
        "pass_statement",
        "if_statement",
        "for_statement",
        "while_statement",
        "try_statement",
        "with_statement",
        "function_definition",
        "class_definition",
        "decorated_definition",
        "import_statement",
        "import_from_statement",
    ]
)
_NEVER = frozenset(
    "parameters lambda_parameters import_statement import_from_statement global_statement".split()  # noqa: SIM905
)


def text_of(node: Node) -> str:
    """The source of a node."""
    return (node.text or b"").decode(errors="replace")


def is_expression(node: Node) -> bool:
    """Whether ``$X`` could stand for the node."""
    if node.type not in EXPRESSIONS or node.parent is None:
        return False
    if node.type == "identifier":
        parent = node.parent
        if parent.type in _NEVER or parent.type in {"dotted_name", "aliased_import", "typed_parameter"}:
            return False
        named = parent.child_by_field_name("name") or parent.child_by_field_name("attribute")
        return named is None or named.id != node.id
    return node.parent.type != "concatenated_string"


class Abstraction:
    """What was abstracted so far: patterns rendered by the same abstraction share their metavariables.

    Attributes:
        bound: metavariable to the code that it stands for.
        numbers, strings, names: the metavariables that stand for these.
        density: how likely a part is abstracted, from 0 to 1.
        features: what the patterns have, for the summary.
    """

    def __init__(self, choice: random.Random, density: float) -> None:
        self.choice = choice
        self.density = density
        self.bound: dict[str, str] = {}
        self.nodes: dict[str, Node] = {}
        self.numbers: list[str] = []
        self.strings: list[str] = []
        self.names: list[str] = []
        self.features: set[str] = set()
        self._of_text: dict[str, str] = {}
        self._special: dict[str, Callable[[Node], str | None]] = {
            "argument_list": self._arguments,
            "parameters": self._parameters,
            "attribute": self._attribute,
            "string": self._string,
            "list": self._elements,
            "tuple": self._elements,
            "set": self._elements,
            "dictionary": self._elements,
            "block": self._block,
            "keyword_argument": self._keyword,
            "function_definition": self._definition,
            "class_definition": self._definition,
            "decorated_definition": self._decorated,
            "aliased_import": self._import,
            "import_from_statement": self._import,
            "assignment": self._assignment,
            "comment": lambda _: "",
        }

    def some(self, probability: float) -> bool:
        """A decision."""
        return self.choice.random() < probability

    def render(self, node: Node) -> str:
        """A pattern that should match the node, flush left."""
        text = " " * node.start_point[1] + self._render(node)
        return "\n".join(line.rstrip() for line in textwrap.dedent(text).splitlines() if line.strip())

    def sequence(self, statements: Sequence[Node]) -> str:
        """A pattern of several statements, with ellipses in place of some of them."""
        lines = [self.render(statements[0])]
        for statement in statements[1:-1]:
            if self.some(0.6):
                if lines[-1] != "...":
                    lines.append("...")
                    self.features.add("statement ellipsis")
            else:
                lines.append(self.render(statement))
        lines.append(self.render(statements[-1]))
        self.features.add("statement sequence")
        return "\n".join(lines)

    def metavariable(self, node: Node, text: str | None = None) -> str:
        """The metavariable that stands for a piece of code, the same one for the same text."""
        text = text_of(node) if text is None else text
        if self.some(0.05):
            return "$_"
        if text in self._of_text:
            self.features.add("repeated metavariable")
            return self._of_text[text]
        name = f"${self.choice.choice('XYZ')}{len(self.bound) or ''}"
        self._of_text[text] = name
        self.bound[name] = text
        self.nodes[name] = node
        if node.type in {"integer", "float"}:
            self.numbers.append(name)
        elif node.type == "string":
            self.strings.append(name)
        elif re.fullmatch(r"\w+", text):
            self.names.append(name)
        return name

    def _render(self, node: Node) -> str:
        if is_expression(node):
            if self.some(self.density * (0.25 if node.type in {"call", "attribute"} else 0.6)):
                return self._abstracted(node)
            if self.some(0.04 * self.density) and node.parent is not None and node.parent.type != "call":
                self.features.add("deep expression")
                return f"<... {self._plain(node)} ...>"
        return self._plain(node)

    def _abstracted(self, node: Node) -> str:
        if node.type == "string":
            return self._string_literal(node)
        parent = node.parent
        if self.some(0.06) and parent is not None and parent.type in {"return_statement", "if_statement"}:
            self.features.add("expression ellipsis")
            return "..."
        if (
            self.some(0.3)
            and parent is not None
            and parent.type == "argument_list"
            and node.type in {"identifier", "call", "string", "integer"}
        ):
            self.features.add("typed metavariable")
            kind = {"integer": "int", "string": "str"}.get(node.type) or self.choice.choice(
                ["str", "int", "Path"]
            )
            return f"{self.metavariable(node)}: {kind}"
        return self.metavariable(node)

    def _plain(self, node: Node) -> str:
        special = self._special.get(node.type)
        rendered = special(node) if special is not None else None
        return self._children(node) if rendered is None else rendered

    def _children(self, node: Node) -> str:
        if not node.children:
            return text_of(node)
        source = node.text or b""
        at = node.start_byte
        parts: list[str] = []
        for child in node.children:
            parts.append(
                source[at - node.start_byte : child.start_byte - node.start_byte].decode(errors="replace")
            )
            parts.append(self._render(child))
            at = child.end_byte
        parts.append(source[at - node.start_byte :].decode(errors="replace"))
        return "".join(parts)

    def _arguments(self, node: Node) -> str | None:
        return self._list(node, "argument ellipsis")

    def _parameters(self, node: Node) -> str | None:
        return self._list(node, "parameter ellipsis")

    def _elements(self, node: Node) -> str | None:
        if node.type == "tuple" and not text_of(node).startswith("("):
            return None
        return self._list(node, f"{node.type} ellipsis")

    def _list(self, node: Node, feature: str) -> str | None:
        children = [child for child in node.named_children if child.type != "comment"]
        opened, closed = text_of(node)[:1], text_of(node)[-1:]
        if not self.some(self.density) or (node.type == "tuple" and len(children) < 2):
            return None
        if self.some(0.25):
            self.features.add(feature)
            return f"{opened}...{closed}"
        if self.some(0.12) and node.type in {"argument_list", "parameters"}:
            self.features.add("metavariable ellipsis")
            return f"{opened}$...{self.choice.choice(['ARGS', 'REST'])}{closed}"
        items: list[str] = []
        for child in children:
            if self.some(0.45):
                self.features.add(feature)
                if not items or items[-1] != "...":
                    items.append("...")
            else:
                items.append(self._render(child))
        if self.some(0.4) and (not items or items[-1] != "..."):
            self.features.add(feature)
            items.append("...")
        if (
            node.type == "argument_list"
            and self.some(0.1)
            and all("=" in item or item == "..." for item in items)
        ):
            items.reverse()
        return f"{opened}{', '.join(items)}{closed}"

    def _attribute(self, node: Node) -> str | None:
        inner, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
        if inner is None or name is None:
            return None
        if self.some(0.15 * self.density) and inner.type in {"attribute", "call"}:
            self.features.add("chain ellipsis")
            base = inner
            while base.type in {"attribute", "call"} and base.named_children:
                base = base.named_children[0]
            return f"{self._render(base)}. ... .{text_of(name)}"
        if self.some(0.2 * self.density):
            self.features.add("attribute metavariable")
            return f"{self._render(inner)}.{self.metavariable(name)}"
        return None

    def _string(self, node: Node) -> str | None:
        return self._string_literal(node) if self.some(self.density * 0.5) else text_of(node)

    def _string_literal(self, node: Node) -> str:
        text = text_of(node)
        inner = "".join(text_of(child) for child in node.named_children if child.type == "string_content")
        prefix = "f" if any(child.type == "interpolation" for child in node.named_children) else ""
        if self.some(0.45):
            self.features.add("f-string ellipsis" if prefix else "string ellipsis")
            return f'{prefix}"..."'
        if not prefix and self.some(0.4) and inner:
            self.features.add("string metavariable")
            return f'"{self.metavariable(node, inner)}"'
        words = re.findall(r"[A-Za-z]{3,}", inner)
        if words and not prefix and self.some(0.6):
            self.features.add("string regex")
            return f'"=~/{self.choice.choice(words)}/"'
        return text if self.some(0.3) else self.metavariable(node)

    def _block(self, node: Node) -> str | None:
        statements = [child for child in node.named_children if child.type != "comment"]
        if not self.some(self.density) or not statements:
            return None
        if self.some(0.5):
            self.features.add("body ellipsis")
            return "..."
        indent = "\n" + " " * node.start_point[1]
        kept: list[str] = []
        for statement in statements:
            if self.some(0.5):
                self.features.add("statement ellipsis")
                if not kept or kept[-1] != "...":
                    kept.append("...")
            else:
                kept.append(self._render(statement))
        if self.some(0.5) and kept[-1] != "...":
            kept.append("...")
        return indent.join(kept)

    def _keyword(self, node: Node) -> str | None:
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is None or value is None or not self.some(0.25 * self.density):
            return None
        self.features.add("keyword metavariable")
        return f"{self.metavariable(name)}={self._render(value)}"

    def _definition(self, node: Node) -> str | None:
        name = node.child_by_field_name("name")
        if name is None:
            return None
        rendered = self._children(node)
        if self.some(self.density):
            self.features.add("definition metavariable")
            word = "class" if node.type == "class_definition" else "def"
            return rendered.replace(f"{word} {text_of(name)}", f"{word} {self.metavariable(name)}", 1)
        return rendered

    def _decorated(self, node: Node) -> str | None:
        definition = node.child_by_field_name("definition")
        if definition is None or not self.some(0.3):
            self.features.add("decorator")
            return None
        return self._render(definition)

    def _import(self, node: Node) -> str | None:
        if not self.some(0.3 * self.density):
            return text_of(node)
        self.features.add("import metavariable")
        names = [child for child in node.named_children if child.type == "dotted_name"]
        if node.type == "import_from_statement" and len(names) == 2:
            return f"from {text_of(names[0])} import {self.metavariable(names[1])}"
        return text_of(node)

    def _assignment(self, node: Node) -> str | None:
        left = node.child_by_field_name("left")
        if left is not None and self.some(0.15 * self.density):
            self.features.add("expression ellipsis")
            return f"{self._render(left)} = ..."
        return None
