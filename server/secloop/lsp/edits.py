"""Changes to documents as LSP workspace edits that carry the versions they were made for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from secloop.lsp.client import Abilities
from secloop.lsp.views import Part


@dataclass(frozen=True, slots=True)
class Change:
    """Text edits by file or notebook cell.

    Attributes:
        edits: LSP text edits.
        creates: URI of a file that has to be made first.
        label: what the editor asks the user to confirm, empty if nothing need be.
    """

    edits: Mapping[Part, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    creates: str = ""
    label: str = ""

    def workspace_edit(self, abilities: Abilities) -> dict[str, Any]:
        """A WorkspaceEdit: with document versions, where the client takes them."""
        if not abilities.versioned_edits:
            return {"changes": {part.uri: list(changes) for part, changes in self.edits.items()}}
        mark = {"annotationId": "secloop"} if self.label and abilities.annotates_edits else {}
        changes: list[dict[str, Any]] = []
        if self.creates and abilities.creates_files:
            changes.append({"kind": "create", "uri": self.creates, **mark})
        changes += (
            {
                "textDocument": {"uri": part.uri, "version": part.version},
                "edits": [{**one, **mark} for one in edits],
            }
            for part, edits in self.edits.items()
        )
        edit: dict[str, Any] = {"documentChanges": changes}
        if mark:
            edit["changeAnnotations"] = {"secloop": {"label": self.label, "needsConfirmation": True}}
        return edit
