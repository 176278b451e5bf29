"""What rule metadata says in many spellings (one text or a list, ``CWE-78: …`` or ``78``), read one way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from secloop.reports.visible import one_line, visible_lines

_CWE = re.compile(r"^(?:CWE[-\s]?)?(\d{1,5})(?!\d)\s*:?\s*(.*)$", re.IGNORECASE | re.DOTALL)
_OWASP = re.compile(r"^(A\d\d):(2021|2025)\s*-\s*(.+)$")
_URL = re.compile(r"^https?://[A-Za-z0-9.-]+(?::\d+)?(?:[/?#][A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*)?$")


class Cwe(Struct, frozen=True, order=True):
    """One entry of the Common Weakness Enumeration; ``name`` is empty where the rule does not give it."""

    number: int
    name: str

    @property
    def id(self) -> str:
        """``CWE-78``."""
        return f"CWE-{self.number}"

    @property
    def url(self) -> str:
        """The entry's page."""
        return f"https://cwe.mitre.org/data/definitions/{self.number}.html"


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, (list, tuple)) else [value]
    return [text for text in (one_line(str(v)) for v in values if isinstance(v, (str, int))) if text]


def cwes(metadata: Mapping[str, Any]) -> list[Cwe]:
    """The CWE entries that ``metadata.cwe`` names, in its order, each once."""
    found = (_CWE.match(text) for text in _texts(metadata.get("cwe")))
    entries = {int(match.group(1)): match.group(2).strip() for match in found if match}
    return [Cwe(number, name) for number, name in entries.items()]


def owasp(metadata: Mapping[str, Any]) -> list[str]:
    """The OWASP categories that ``metadata.owasp`` names, such as ``A03:2021 - Injection``."""
    return list(dict.fromkeys(_texts(metadata.get("owasp"))))


def owasp_page(category: str) -> str:
    """The page of a category as `owasp` names it; that of the Top 10 if it is of no edition that is known."""
    known = _OWASP.match(category)
    if known is None:
        return "https://owasp.org/Top10/"
    number, year, name = known.groups()
    edition = "" if year == "2021" else f"{year}/"
    words = re.sub(r"[^A-Za-z0-9()-]+", "_", name.strip())
    return f"https://owasp.org/Top10/{edition}{number}_{year}-{words}/"


def page_name(rule_id: str) -> str:
    """How a rule's page is called, without an ending: its id, which any file system and address takes."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", rule_id.replace("/", "--")).strip(".") or "rule"


def page_of(rule_id: str, pages: str) -> str:
    """The address of a rule's page, or an empty text; ``pages`` has ``{id}`` where the page's name belongs."""
    # Asked for each finding at each keystroke, mostly where there are no pages.
    return pages.replace("{id}", page_name(rule_id)) if pages else ""


def references(metadata: Mapping[str, Any]) -> list[str]:
    """The web pages that ``metadata.references`` names; what is not an http(s) address is left out."""
    return [url for url in dict.fromkeys(_texts(metadata.get("references"))) if _URL.match(url)]


def how_to_fix(metadata: Mapping[str, Any]) -> str:
    """What to do about a finding in words (``metadata.secloop.how-to-fix``), or an empty text."""
    ours = metadata.get("secloop")
    value = ours.get("how-to-fix") if isinstance(ours, Mapping) else None
    return one_line(value) if isinstance(value, str) else ""


def examples(metadata: Mapping[str, Any]) -> tuple[str, str]:
    """The rule's bad and good example (``metadata.secloop.bad`` and ``good``), empty where not given."""
    ours = metadata.get("secloop")
    values = [ours.get(key) for key in ("bad", "good")] if isinstance(ours, Mapping) else []
    bad, good = (visible_lines(v).strip("\n") if isinstance(v, str) else "" for v in values or ("", ""))
    return bad, good
