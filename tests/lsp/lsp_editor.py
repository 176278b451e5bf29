"""A small repository with rules of its own, and an editor that drives the real server over stdio."""

from __future__ import annotations

import asyncio
import copy
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, Union

import pytest
import pytest_asyncio
from lsprotocol import types
from pygls.protocol import JsonRPCResponseMessage, default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES
from pytest_lsp.protocol import LanguageClientProtocol

from secloop.lsp.protocol import PlainNotification

RULES = """\
rules:
  - id: no-eval
    languages: [python]
    severity: ERROR
    message: "`eval($X)` runs whatever the text says."
    pattern: eval($X)
    fix: ast.literal_eval($X)
    metadata:
      cwe: ["CWE-95: Eval Injection"]
      owasp: ["A03:2021 - Injection"]
      confidence: HIGH
      references: [https://example.org/eval]
      secloop:
        bad: eval(text)
        good: ast.literal_eval(text)
  - id: no-exec
    languages: [python]
    severity: WARNING
    message: exec runs code.
    pattern: exec(...)
  - id: tainted-run
    languages: [python]
    severity: ERROR
    message: user input is run.
    mode: taint
    pattern-sources: [{pattern: input()}]
    pattern-sinks: [{pattern: run(...)}]
"""
POLICY = "bundled-rules = false\n"

FULL = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(
        apply_edit=True,
        configuration=True,
        workspace_edit=types.WorkspaceEditClientCapabilities(
            document_changes=True,
            resource_operations=[types.ResourceOperationKind.Create],
            change_annotation_support=types.ChangeAnnotationsSupportOptions(),
        ),
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
        diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True),
        workspace_folders=True,
    ),
    text_document=types.TextDocumentClientCapabilities(
        code_action=types.CodeActionClientCapabilities(
            code_action_literal_support=types.ClientCodeActionLiteralOptions(
                code_action_kind=types.ClientCodeActionKindOptions(value_set=["quickfix", "source"])
            ),
            data_support=True,
            is_preferred_support=True,
            resolve_support=types.ClientCodeActionResolveOptions(properties=["edit"]),
        ),
        hover=types.HoverClientCapabilities(
            content_format=[types.MarkupKind.Markdown, types.MarkupKind.PlainText]
        ),
        publish_diagnostics=types.PublishDiagnosticsClientCapabilities(
            related_information=True,
            version_support=True,
            code_description_support=True,
            data_support=True,
        ),
    ),
    window=types.WindowClientCapabilities(
        work_done_progress=True, show_document=types.ShowDocumentClientCapabilities(support=True)
    ),
    notebook_document=types.NotebookDocumentClientCapabilities(
        synchronization=types.NotebookDocumentSyncClientCapabilities()
    ),
)


class Published:
    """What the server published for one document: the version it was for, and the diagnostics."""

    def __init__(self, params: types.PublishDiagnosticsParams) -> None:
        self.version = params.version
        self.items = list(params.diagnostics)

    @property
    def codes(self) -> list[str]:
        return [str(item.code) for item in self.items]


class Editor:
    """An editor with one server: holds what it was told, and waits for conditions, never for time."""

    def __init__(self, client: LanguageClient, root: Path) -> None:
        self.client = client
        self.root = root
        self.published: dict[str, Published] = {}
        self.history: list[tuple[str, Published]] = []
        self.applied: list[types.WorkspaceEdit] = []
        self.registered: list[types.Registration] = []
        self.status: dict[str, dict[str, Any]] = {}
        """The last ``secloop/status`` of each root, by name."""
        self.offers = types.ServerCapabilities()
        """What the server said that it can do."""
        self._news = asyncio.Event()

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    async def until(self, condition: Callable[[], Any]) -> Any:
        """Wait until a condition holds; checked whenever the server says something."""
        while not (value := condition()):
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), 30)
        return value

    def note(self) -> None:
        self._news.set()

    def open(self, path: str, text: str, *, version: int = 1, language: str = "python") -> str:
        uri = path if ":" in path else self.uri(path)
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(
                types.TextDocumentItem(uri=uri, language_id=language, version=version, text=text)
            )
        )
        return uri

    def change(self, uri: str, version: int, *changes: Any) -> None:
        """Change by whole texts or by ``(line, character, line, character, text)``."""
        events: list[Any] = []
        for change in changes:
            if isinstance(change, str):
                events.append(types.TextDocumentContentChangeWholeDocument(text=change))
            else:
                a, b, c, d, text = change
                place = types.Range(types.Position(a, b), types.Position(c, d))
                events.append(types.TextDocumentContentChangePartial(range=place, text=text))
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(uri=uri, version=version), events
            )
        )

    def touch(self, *paths: str) -> None:
        """Tell the server that files changed on disk, as a client that watches them does."""
        self.client.workspace_did_change_watched_files(
            types.DidChangeWatchedFilesParams(
                [types.FileEvent(self.uri(path), types.FileChangeType.Changed) for path in paths]
            )
        )

    def close(self, uri: str) -> None:
        self.client.text_document_did_close(
            types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
        )

    async def shown(self, uri: str, version: int | None = 1) -> Published:
        """What is published for a version, once it is."""

        def ready() -> Published | None:
            found = self.published.get(uri)
            return found if found is not None and found.version == version else None

        return await self.until(ready)

    async def codes(self, uri: str, *expected: str) -> Published:
        """The published set, once its codes are these."""
        return await self.until(
            lambda: (
                self.published[uri]
                if uri in self.published and self.published[uri].codes == list(expected)
                else None
            )
        )

    async def actions(
        self, uri: str, line: int, character: int = 0, only: list[str] | None = None
    ) -> list[types.CodeAction]:
        """Code actions at a place, with the diagnostics that an editor would send along."""
        place = types.Position(line, character)
        here = self.published[uri].items if uri in self.published else []
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(uri),
                types.Range(place, place),
                types.CodeActionContext(
                    diagnostics=[
                        item for item in here if item.range.start.line <= line <= item.range.end.line
                    ],
                    only=only,
                ),
            )
        )
        return list(found or [])  # type: ignore[arg-type]

    async def verdict(self, **params: Any) -> Any:
        """``secloop/verdict`` as plain JSON."""
        return await self.client.protocol.send_request_async("secloop/verdict", params)

    async def ask(self, method: str, **params: Any) -> Any:
        """A request of secloop's own, as plain JSON."""
        return await self.client.protocol.send_request_async(f"secloop/{method}", params)

    async def command(self, name: str, *arguments: Any, token: str | None = None) -> Any:
        return await self.client.workspace_execute_command_async(
            types.ExecuteCommandParams(command=name, arguments=list(arguments), work_done_token=token)
        )


Start = Callable[..., Awaitable[Editor]]

_MAIN = "from secloop.cli.main import main; main()"


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def environment(cache: Path) -> dict[str, str]:
    """Where processes of a test find the package, and a cache of their own."""
    return {**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONPATH": os.pathsep.join(sys.path)}


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    root = tmp_path / "repo"
    (root / ".secloop" / "rules").mkdir(parents=True)
    (root / ".secloop" / "rules" / "rules.yaml").write_text(RULES)
    (root / "secloop.toml").write_text(POLICY)
    return root


@pytest_asyncio.fixture
async def start(repo: Path, cache_folder: Path) -> AsyncIterator[Start]:
    """Starts the server for a client with some capabilities."""
    editors: list[Editor] = []

    async def begin(
        capabilities: types.ClientCapabilities = FULL,
        *,
        folders: list[Path] | None = None,
        settings: dict[str, Any] | None = None,
        encoding: str | None = None,
        code: str = "",
        options: Any = None,
    ) -> Editor:
        """``code`` runs in the server's process first, for tests that must hold something up in it."""
        client = LanguageClient(
            protocol_cls=_Protocol,
            converter_factory=_converter,
            configuration={"": {"secloop": settings}},
        )
        editor = Editor(client, repo)
        _listen(client, editor)
        await client.start_io(
            sys.executable, "-c", f"{code}\n{_MAIN}", "server", env=environment(cache_folder)
        )
        editors.append(editor)
        if encoding is not None:
            capabilities = _with_encoding(capabilities, encoding)
        opened = [repo] if folders is None else folders
        answer = await client.initialize_session(
            types.InitializeParams(
                capabilities=capabilities,
                initialization_options=options,
                workspace_folders=[types.WorkspaceFolder(path.as_uri(), path.name) for path in opened],
            )
        )
        editor.offers = answer.capabilities
        return editor

    yield begin
    for editor in editors:
        await editor.client.shutdown_session()
        await editor.client.stop()


@pytest_asyncio.fixture
async def editor(start: Start) -> Editor:
    """An editor that can do all that the server may make use of, with the repository open."""
    return await start()


def pulling(capabilities: types.ClientCapabilities) -> types.ClientCapabilities:
    """The capabilities of a client that asks for diagnostics itself."""
    changed = copied(capabilities)
    assert changed.text_document is not None
    changed.text_document.diagnostic = types.DiagnosticClientCapabilities()
    return changed


def lacking(part: str, ability: str) -> types.ClientCapabilities:
    """All that a client can do, but for one ability in ``workspace`` or ``text_document``."""
    changed = copied(FULL)
    abilities = getattr(changed, part)
    assert hasattr(abilities, ability)
    setattr(abilities, ability, None)
    return changed


def copied(capabilities: types.ClientCapabilities) -> types.ClientCapabilities:
    """Capabilities that a test may change."""
    return copy.deepcopy(capabilities)


def _with_encoding(capabilities: types.ClientCapabilities, encoding: str) -> types.ClientCapabilities:
    changed = copied(capabilities)
    changed.general = types.GeneralClientCapabilities(position_encodings=[encoding])
    return changed


def _converter() -> Any:
    """pygls's, which takes a code action with a command for a command."""
    converter = default_converter()

    def action(value: Any, _: Any) -> types.Command | types.CodeAction:
        kind = types.Command if isinstance(value.get("command"), str) else types.CodeAction
        return converter.structure(value, kind)

    converter.register_structure_hook(Union[types.Command, types.CodeAction], action)  # noqa: UP007
    return converter


class _Protocol(LanguageClientProtocol):
    """Gives what is secloop's own through as the JSON it is."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        if data.get("method") == "secloop/status":
            return PlainNotification(data["method"], data["jsonrpc"], data["params"])
        if data.get("jsonrpc") and "result" in data and self._result_types.get(data["id"]) is None:
            return JsonRPCResponseMessage(data["id"], data["jsonrpc"], data["result"])
        return super().structure_message(data)


def _listen(client: LanguageClient, editor: Editor) -> None:
    def publish(params: types.PublishDiagnosticsParams) -> None:
        editor.published[params.uri] = Published(params)
        editor.history.append((params.uri, editor.published[params.uri]))

    def apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        editor.applied.append(params.edit)
        return types.ApplyWorkspaceEditResult(applied=True)

    def register(params: types.RegistrationParams) -> None:
        editor.registered += params.registrations

    def status(params: Any) -> None:
        editor.status[params["name"]] = params

    features: dict[str, Callable[..., Any]] = {
        **DEFAULT_CLIENT_FEATURES,
        types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: publish,
        types.WORKSPACE_APPLY_EDIT: apply,
        types.CLIENT_REGISTER_CAPABILITY: register,
        "secloop/status": status,
    }
    for method, handler in features.items():
        client.feature(method)(_noted(handler, client, editor))


def _noted(handler: Callable[..., Any], client: LanguageClient, editor: Editor) -> Callable[[Any], Any]:
    takes_client = handler in DEFAULT_CLIENT_FEATURES.values()

    def noted(params: Any) -> Any:
        try:
            return handler(client, params) if takes_client else handler(params)
        finally:
            editor.note()

    return noted
