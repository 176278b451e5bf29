"""What is anywhere in a text, as far as it was asked: what rules see of it beyond the function they are run on."""

from __future__ import annotations

from secloop.engine.native.regexes import Regex, RegexTimeout
from secloop.syntax.incremental import difference


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
            assert regex.somewhere is not None
            known = self._known[regex] = _found(regex.somewhere, self.source)
        return known

    def follow(self, source: bytes) -> bool:
        """Go on with the next text; false if something that was asked is not as it was."""
        before, self.source = self.source, source
        edited = difference(before, source)
        old, new = _lines(before, edited[0], edited[1]), _lines(source, edited[0], edited[2])
        known, self._known = self._known, {}
        try:
            for regex, held in known.items():
                if _may_differ(regex, held, old, new):
                    self.hold(regex)
                else:
                    self._known[regex] = held
        except RegexTimeout:
            return False  # Who asks again is told.
        return self._known == known


def _may_differ(regex: Regex, held: bool, old: bytes, new: bytes) -> bool:
    """Whether a regex may match a text where it did not, or no more, by the lines that an edit changes."""
    assert regex.somewhere is not None
    return not regex.in_line or _found(regex.somewhere, old if held else new)


def _lines(source: bytes, start: int, end: int) -> bytes:
    """The lines of a range."""
    last = source.find(b"\n", end)
    return source[source.rfind(b"\n", 0, start) + 1 : last if last >= 0 else len(source)]


def _found(regex: Regex, source: bytes) -> bool:
    return next(regex.finditer(source), None) is not None
