"""TypeScript, and its dialect with JSX; scopes as in JavaScript."""

from __future__ import annotations

import tree_sitter_typescript

from secloop.syntax.grammars import Grammar
from secloop.syntax.grammars.javascript import COMMENT_TYPES, scope_name

GRAMMAR = Grammar(tree_sitter_typescript.language_typescript, COMMENT_TYPES, "//", scope_name)
TSX_GRAMMAR = Grammar(tree_sitter_typescript.language_tsx, COMMENT_TYPES, "//", scope_name)
