"""``secloop server``: the language server on standard input and output, or on a port for debugging."""

from __future__ import annotations

import sys

import click


@click.command()
@click.option("--stdio", is_flag=True, help="Serve on standard input and output (the default).")
@click.option("--tcp", is_flag=True, help="Serve one client on a TCP port, for debugging.")
@click.option("--ws", is_flag=True, help="Serve one client on a WebSocket port, for debugging.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address for --tcp and --ws.")
@click.option(
    "--port", default=8888, show_default=True, type=click.IntRange(1, 65535), help="Port for --tcp and --ws."
)
def server(stdio: bool, tcp: bool, ws: bool, host: str, port: int) -> None:
    """Run the language server for editors.

    Editors start it themselves; it speaks the Language Server Protocol on standard input and output, and
    never opens a network connection unless --tcp or --ws asks for a port.
    """
    if stdio + tcp + ws > 1:
        raise click.UsageError("--stdio, --tcp and --ws exclude each other")
    from secloop.lsp.server import serve_stdio, serve_tcp, serve_websocket

    if tcp:
        sys.exit(serve_tcp(host, port))
    if ws:
        sys.exit(serve_websocket(host, port))
    sys.exit(serve_stdio())
