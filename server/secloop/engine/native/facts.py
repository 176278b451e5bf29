"""What is anywhere in a text, as far as it was asked: what rules see of it beyond the function they are run on."""

from __future__ import annotations

from secloop.engine.native.regexes import Regex, RegexTimeout


class Facts:
    """Whether regexes of the whole text (``Regex.somewhere``) match it. Goes on from version to version.

    Attributes:
        source: the text.
    """

    __slots__ = ("_known", "source")

    def __init__(self) -> None:
        self._known: dict[Regex, bool] = {}
        self.source = b""

    def hold(self, regex: Regex) -> bool:
        """Whether one matches.

        Raises:
            RegexTimeout: if it takes too long.
        """
        known = self._known.get(regex)
        if known is None:
            known = self._known[regex] = _matches(regex, self.source)
        return known

    def follow(self, source: bytes) -> bool:
        """Go on with the next text; false if something that was asked is not as it was."""
        self.source = source
        before, self._known = self._known, {}
        try:
            return all(self.hold(regex) is known for regex, known in before.items())
        except RegexTimeout:
            return False  # Who asks again is told.


def _matches(regex: Regex, source: bytes) -> bool:
    assert regex.somewhere is not None
    return next(regex.somewhere.finditer(source), None) is not None
