"""Bytes of a text file → text, in whatever encoding a shop's computer wrote them."""

import codecs

from quizzes.formats.found import Unreadable

# The longer mark first: UTF-32's begins like UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FOREIGN = (b"\x7fELF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_FEW = 3  # broken characters that a file may have, e.g. where it was cut; they show as �
_CONTROL = frozenset(map(chr, range(32))) - set("\t\n\r\f\v\x1a\x1b\x1c\x1d\x1e\x1f")


def decode(data: bytes) -> str:
    """The text with line ends as ``\\n`` and without a byte order mark.

    Knows UTF-8, UTF-16 (also without a mark) and GB18030 with all that came before it. Raises ``Unreadable`` where
    the bytes are no text.
    """
    if data.startswith(_FOREIGN):
        raise Unreadable("这不是文本文件。请检查后重新选择。")
    text = _decode(data)
    if "\0" in text or sum(text.count(char) for char in _CONTROL) > len(text) / 50:
        raise Unreadable("文件里有大量不可显示的字符，不像是文本。请另存为 UTF-8 编码的文本后再试。")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    wide = _wide(data)
    for encoding in (wide,) if wide else ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, "replace")
        if text.count("�") <= _FEW + len(text) // 2000:
            return text
    raise Unreadable("认不出文件的文字编码。请用记事本打开，另存为 UTF-8 编码后再试。")


def _wide(data: bytes) -> str:
    """UTF-16 without a mark shows by its line ends and spaces, half of whose bytes are 0."""
    sample = data[:20_000]
    if len(data) % 2 or not sample:
        return ""
    low, high = sample[1::2].count(0), sample[::2].count(0)
    if max(low, high) * 100 < len(sample) // 2:  # one character in a hundred is a space, a line end or a digit
        return ""
    return "utf-16-le" if low > high else "utf-16-be"
