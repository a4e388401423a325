"""Texts as .xls keeps them: in Latin letters or in UTF-16, cut where a record ends."""

import struct
from collections.abc import Sequence


def short_text(body: bytes, at: int) -> str:
    """A text whose length is one byte."""
    return _characters(body, at + 2, body[at], wide=bool(body[at + 1] & 1))


def text(body: bytes, at: int) -> str:
    """A text whose length is two bytes. What a record lacks is left out."""
    count, flags = struct.unpack_from("<HB", body, at)
    return _characters(body, at + 3, count, wide=bool(flags & 1))


def _characters(body: bytes, at: int, count: int, *, wide: bool) -> str:
    raw = body[at : at + count * (2 if wide else 1)]
    return raw.decode("utf-16-le", "replace") if wide else raw.decode("latin-1")


class Pieces:
    """A run of texts over several records. A text that is cut says anew at the cut how its letters are kept."""

    def __init__(self, pieces: Sequence[bytes], at: int):
        self.pieces, self.piece, self.at = pieces, 0, at

    @property
    def ended(self) -> bool:
        while self.piece < len(self.pieces) and self.at >= len(self.pieces[self.piece]):
            self.at -= len(self.pieces[self.piece])
            self.piece += 1
        return self.piece >= len(self.pieces)

    def text(self) -> str:
        """The next text, without its fonts and readings."""
        if self.ended:
            return ""
        body = self.pieces[self.piece]
        count, flags = struct.unpack_from("<HB", body, self.at)
        self.at += 3
        runs = extra = 0
        if flags & 8:
            runs = struct.unpack_from("<H", body, self.at)[0]
            self.at += 2
        if flags & 4:
            extra = struct.unpack_from("<I", body, self.at)[0]
            self.at += 4
        found: list[str] = []
        wide = bool(flags & 1)
        while count:
            body = self.pieces[self.piece]
            width = 2 if wide else 1
            here = min(count, max(len(body) - self.at, 0) // width)
            found.append(_characters(body, self.at, here, wide=wide))
            self.at += here * width
            count -= here
            if count:
                self.piece, self.at = self.piece + 1, 1
                if self.piece >= len(self.pieces) or not self.pieces[self.piece]:
                    break
                wide = bool(self.pieces[self.piece][0] & 1)
        self.at += 4 * runs + extra
        return "".join(found)
