"""XML read as it comes, piece by piece: no tree in memory, no entities, no document type."""

from collections.abc import Callable
from xml.parsers import expat

from quizzes.formats.found import Unreadable

DAMAGED = "表格文件已损坏，读不出来。请用 Excel 或 WPS 打开并另存为 .xlsx 后再试。"
PIECE = 1 << 16

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class _Forbidden(Exception):
    pass


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def attribute(attributes: dict[str, str], name: str) -> str:
    """An attribute by its local name, whatever the prefix."""
    if name in attributes:
        return attributes[name]
    return next((value for key, value in attributes.items() if local(key) == name), "")


def parser(start: Start, end: End) -> expat.XMLParserType:
    """A parser that calls back with names as they are written. It refuses document types, so entities, too."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.buffer_size = 1 << 16
    made.StartElementHandler = start
    made.EndElementHandler = end
    made.StartDoctypeDeclHandler = _refuse
    return made


def _refuse(*_: object) -> None:
    raise _Forbidden


def feed(made: expat.XMLParserType, data: bytes) -> None:
    """Parse ``data`` to its end. Raises ``Unreadable`` where it is not well formed or declares a document type."""
    try:
        view = memoryview(data)
        for at in range(0, len(view), PIECE):
            made.Parse(bytes(view[at : at + PIECE]), False)
        made.Parse(b"", True)
    except _Forbidden:
        raise Unreadable("文件里有 XML 实体或外部引用，为安全起见没有打开。请另存为新的 .xlsx 后再试。") from None
    except (expat.ExpatError, ValueError, LookupError):
        raise Unreadable(DAMAGED) from None
