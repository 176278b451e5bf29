"""``secloop cache``: shows where the cache is and how much it holds, or empties it."""

from __future__ import annotations

import sqlite3

import click

from secloop.workspace.cache import open_cache


@click.group()
def cache() -> None:
    """Show or clean the cache of results.

    The cache holds nothing that is not found again; deleting it costs only time. It is in the user's cache
    folder, or where SECLOOP_CACHE_DIR says.
    """


@cache.command()
def info() -> None:
    """Show where the cache is and how much it holds."""
    store = open_cache()
    try:
        found = store.info()
    except (sqlite3.Error, OSError) as error:
        raise click.ClickException(f"the cache {store.path} cannot be read: {error}") from None
    click.echo(f"{found.path}")
    click.echo(
        f"{found.entries:,} entries, {found.size / 1e6:,.1f} MB of at most {found.limit / 1e6:,.0f} MB"
    )


@cache.command()
def clean() -> None:
    """Forget everything that is in the cache."""
    store = open_cache()
    try:
        store.clean()
    except OSError as error:
        raise click.ClickException(f"the cache {store.path} cannot be cleaned: {error}") from None
    finally:
        store.close()
    click.echo(f"cleaned {store.path}")
