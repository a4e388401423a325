"""Files broken in many ways: a reader may read or refuse them, but nothing else may come out of it."""

from collections.abc import Callable

from hypothesis import strategies as st

from quizzes.formats.found import QuestionsFound, Unreadable, from_data, to_data, to_report

LONG = 100_000  # characters


def repeated(piece: str) -> str:
    return piece * (LONG // len(piece))


@st.composite
def damaged(draw, sample: bytes):
    """``sample`` with some of its bytes changed, cut out, doubled or moved."""
    data = bytearray(sample)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        piece = bytes(data[start:end])
        others = [b"<", b">", b"{", b"}", b"&", b"\0", b"\xff", b"\n"]
        data[start:end] = draw(st.sampled_from([b"", piece + piece, piece[::-1], *others]))
    return bytes(data)


def swallow(read: Callable[[], QuestionsFound]) -> QuestionsFound | None:
    """What was read, checked to be storable and printable, or ``None`` where it was refused with words."""
    try:
        found = read()
    except Unreadable as refused:
        assert str(refused)
        return None
    for question in found.questions:
        assert from_data(to_data(question)) == question
        to_report(question)
    for held in found.held:
        assert held.reason and held.line >= 1
    return found
