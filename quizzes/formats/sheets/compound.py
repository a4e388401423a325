"""The streams of an OLE file, the container of Excel's old .xls: followed within bounds, however it is built."""

import struct
from itertools import islice

from quizzes.formats.archive import OLE_MAGIC
from quizzes.formats.found import Unreadable

DAMAGED = "旧版 Excel 文件（.xls）已损坏，读不出来。请用 Excel 或 WPS 打开并另存为 .xlsx 后再试。"
_LAST_SECTOR = 0xFFFFFFF9  # from here on: free, end of chain and the like
_ENTRY = 128
_STREAM, _ROOT = 2, 5


def stream(data: bytes, *names: str) -> bytes:
    """The first stream with one of the ``names``. Raises ``Unreadable`` where there is none or a chain is broken."""
    try:
        return _Container(data).stream(names)
    except (struct.error, IndexError, UnicodeDecodeError, OverflowError):
        raise Unreadable(DAMAGED) from None


class _Container:
    def __init__(self, data: bytes):
        if not data.startswith(OLE_MAGIC) or len(data) < 512:
            raise Unreadable(DAMAGED)
        self.data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise Unreadable(DAMAGED)
        self.size, self.mini_size = 1 << shift, 1 << mini_shift
        self.sectors = len(data) // self.size + 1
        directory, self.cutoff = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 56)[0]
        first_mini, first_table = struct.unpack_from("<I", data, 60)[0], struct.unpack_from("<I", data, 68)[0]
        self.table = self._table(first_table)
        self.entries = self._chain(directory)
        self.mini_table = self._numbers(self._chain(first_mini))

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self.size
        return self.data[at : at + self.size]

    def _numbers(self, raw: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])

    def _table(self, further: int) -> tuple[int, ...]:
        """Which sector follows which."""
        places = list(struct.unpack_from("<109I", self.data, 76))
        seen = 0
        while further < _LAST_SECTOR and seen <= self.sectors:
            numbers = self._numbers(self._sector(further))
            places += numbers[:-1]
            further, seen = numbers[-1], seen + 1
        used = [place for place in places if place < self.sectors]
        return self._numbers(b"".join(self._sector(place) for place in islice(used, self.sectors)))

    def _chain(self, first: int) -> bytes:
        """The sectors of one stream; a chain that bites its own tail ends with the file."""
        pieces: list[bytes] = []
        number = first
        while number < _LAST_SECTOR and len(pieces) <= self.sectors:
            pieces.append(self._sector(number))
            number = self.table[number]
        return b"".join(pieces[: self.sectors])

    def stream(self, names: tuple[str, ...]) -> bytes:
        found: dict[str, tuple[int, int]] = {}
        root = 0
        for at in range(0, len(self.entries) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<H", self.entries, at + 64)[0], self.entries[at + 66]
            name = self.entries[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            first, size = struct.unpack_from("<II", self.entries, at + 116)
            if kind == _ROOT:
                root = first
            elif kind == _STREAM:
                found.setdefault(name, (first, size))
        for name in names:
            if name in found:
                first, size = found[name]
                whole = self._chain(first) if size >= self.cutoff else self._mini(self._chain(root), first)
                return whole[:size]
        raise Unreadable(DAMAGED)

    def _mini(self, store: bytes, first: int) -> bytes:
        pieces: list[bytes] = []
        number = first
        while number < _LAST_SECTOR and len(pieces) <= len(self.mini_table):
            pieces.append(store[number * self.mini_size : (number + 1) * self.mini_size])
            number = self.mini_table[number]
        return b"".join(pieces)
