"""Jinja templates escape what they are given."""

from __future__ import annotations

import libcst as cst

from secloop.fixes.codemods.rewrite import Refused, Rewrite, is_constant

TITLE = "Escape by default"

ENVIRONMENTS = (
    "jinja2.Environment",
    "jinja2.environment.Environment",
    "jinja2.Template",
    "jinja2.sandbox.SandboxedEnvironment",
    "jinja2.sandbox.ImmutableSandboxedEnvironment",
)


def rewrite(change: Rewrite) -> None:
    """Add ``autoescape=True``, or put it in place of ``False``."""
    call = unescaped(change)
    change.set_argument(call, "autoescape", "True")


def unescaped(change: Rewrite) -> cst.Call:
    """The environment of the finding, if nothing but ``False`` or nothing at all says how it escapes."""
    call = change.call_to(*ENVIRONMENTS)
    autoescape = change.argument(call, "autoescape")
    if autoescape is not None and not is_constant(autoescape.value, "False"):
        raise Refused("the environment has an autoescape of its own")
    return call
