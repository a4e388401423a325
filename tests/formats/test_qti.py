"""QTI: what we write we read again, and what other systems write is read or held, never lost."""

from hypothesis import given

from quizzes.formats.qti import read_qti, write_qti
from tests.formats.found_questions import several, without_lines


@given(several)
def test_what_is_written_is_read_again(questions):
    found = read_qti(write_qti(questions))
    assert not found.held and not found.removed
    assert without_lines(found.questions) == questions
