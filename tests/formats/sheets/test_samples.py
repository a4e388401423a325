"""The sheets among the samples are read exactly right."""

import pytest

from quizzes.formats.sheets import read_sheet
from tests.samples.build import Sample, samples
from tests.samples.compare import Verdict, compare

SHEETS = [sample for sample in samples() if sample.file.endswith((".xlsx", ".csv"))]


@pytest.mark.parametrize("sample", SHEETS, ids=lambda sample: sample.file)
def test_every_question_of_a_sample_is_read_right(sample: Sample):
    outcomes = compare(read_sheet(sample.content(), sample.file), sample.truth)

    assert [str(outcome) for outcome in outcomes if outcome.verdict != Verdict.RIGHT] == []
