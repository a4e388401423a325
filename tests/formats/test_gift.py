"""GIFT: what we write we read again, and what people and Moodle write is read or held, never lost."""

from hypothesis import given

from quizzes.formats.gift import read_gift, write_gift
from tests.formats.found_questions import several, without_lines


@given(several)
def test_what_is_written_is_read_again(questions):
    found = read_gift(write_gift(questions))
    assert not found.held and not found.removed
    assert without_lines(found.questions) == questions
