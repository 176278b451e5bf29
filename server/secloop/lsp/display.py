"""Shows the client what is known: diagnostics of open files, of closed ones, and of rule and policy files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from secloop.lsp.diagnostics import Diagnostic, complaint_diagnostic, fault_diagnostic, file_diagnostics
from secloop.lsp.positions import PositionMap
from secloop.lsp.roots import Fault
from secloop.lsp.state import State
from secloop.lsp.targets import Target
from secloop.lsp.uris import from_path, to_path
from secloop.project.authoring import Complaint


class Display:
    """What the client was told, and what it is to be told."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._closed: set[str] = set()
        """URIs of files that are not open, but have diagnostics."""

    def diagnostics(self, target: Target) -> Mapping[str, list[Diagnostic]]:
        """Everything to show of an open file, by the URI of the file or of its notebook's cells."""
        checked = target.begun or target.checked
        shown: dict[str, list[Diagnostic]] = {target.uri: []}
        if checked is not None:
            settings = self._state.settings
            shown.update(file_diagnostics(checked.view, checked.findings, checked.project, settings))
        shown[target.uri] += self.faults_at(target.file)
        if target.root is not None and target.root.complaints:
            shown[target.uri] += self._complaints(target, target.root.complaints)
        return shown

    def _complaints(self, target: Target, by_file: Mapping[Path, Sequence[Complaint]]) -> list[Diagnostic]:
        """What is wrong in a test file of rules."""
        complaints = by_file.get(target.file or Path(), ())
        if not complaints:
            return []
        view = self._state.view(target)
        return [complaint_diagnostic(one, view.line(None, one.line)[1]) for one in complaints]

    def is_held(self, target: Target) -> bool:
        """Whether what is shown of an open file stays until it is saved."""
        return self._state.settings.on_save and target.unsaved

    def show(self, target: Target) -> None:
        """Publish the diagnostics of an open file, unless they are still to come or the client asks for them."""
        known = target.settled.is_set() or target.begun is not None
        if self._state.client.abilities.pulls_diagnostics or not known or self.is_held(target):
            return
        diagnostics = self.diagnostics(target)
        for uri, items in diagnostics.items():
            # A version is given to its whole set only.
            self._state.client.publish(uri, None if target.begun else self._state.version(uri), items)
        for cell in target.shown - set(diagnostics):
            self._state.client.publish(
                cell, self._state.version(cell), []
            )  # A cell that has gone, or is not checked any more.
        target.shown = set(diagnostics)

    def show_closed(self, shown: Mapping[str, list[Diagnostic]]) -> None:
        """Publish what a check of the workspace found in files that are not open, and clear the rest."""
        if self._state.client.abilities.pulls_diagnostics:
            self._state.client.refresh_diagnostics()
            return
        for uri in self._closed - set(shown):
            if self._state.target(uri) is None:
                self._state.client.publish(uri, None, self.faults_at(to_path(uri)))
        for uri, items in shown.items():
            self._state.client.publish(uri, None, items)
        self._closed = set(shown)

    def faults_at(self, file: Path | None) -> list[Diagnostic]:
        """What is wrong in a rule or policy file, open or not."""
        faults = [
            fault for root in self._state.roots.values() for fault in root.faults.get(file or Path(), ())
        ]
        return [fault_diagnostic(fault.about, self._positions(file, fault)) for fault in faults]

    def _positions(self, file: Path | None, fault: Fault) -> PositionMap | None:
        buffer = next((one for one in self._state.store if to_path(one.uri) == file), None)
        if buffer is not None:
            return PositionMap(buffer.snapshot(fault.about.path), self._state.store.encoding, bom=buffer.bom)
        return PositionMap(fault.text, self._state.store.encoding) if fault.text is not None else None

    def show_faults(self, file: Path) -> None:
        """Publish what is wrong in a rule or policy file, open or not."""
        target = next((one for one in self._state.targets if one.file == file), None)
        if target is not None:
            self.show(target)
        elif not self._state.client.abilities.pulls_diagnostics:
            self._state.client.publish(from_path(file), None, self.faults_at(file))
