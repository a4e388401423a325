"""Moodle XML: what we write we read again, and what Moodle writes is read or held, never lost."""

from hypothesis import given

from quizzes.formats.moodle_xml import read_moodle_xml, write_moodle_xml
from tests.formats.found_questions import several, without_lines


@given(several)
def test_what_is_written_is_read_again(questions):
    found = read_moodle_xml(write_moodle_xml(questions))
    assert not found.held and not found.removed
    assert without_lines(found.questions) == questions
