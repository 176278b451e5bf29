"""Reports: a verdict written out in a format that somebody reads, one module a format."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import MappingProxyType

from secloop.reports.model import Detail, Report, TextOptions

__all__ = ["FORMATS", "Detail", "Report", "TextOptions", "render"]

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "text": "secloop.reports.text",
        "json": "secloop.reports.json",
        "sarif": "secloop.reports.sarif",
        "github": "secloop.reports.github",
        "gitlab-sast": "secloop.reports.gitlab_sast",
        "gitlab-codequality": "secloop.reports.gitlab_codequality",
        "junit": "secloop.reports.junit",
        "markdown": "secloop.reports.markdown",
    }
)
"""Every format by the name that ``--format`` takes, with the module that writes it."""


def render(report: Report, format: str) -> str:
    """Write a report in one of ``FORMATS``.

    The result is a function of the report alone, ends in a line end, uses ``\\n`` line ends and can
    always be encoded as UTF-8. Only the module of that format is imported.

    Raises:
        KeyError: if there is no such format.
    """
    module = importlib.import_module(FORMATS[format])
    text: str = module.render(report)
    return text
