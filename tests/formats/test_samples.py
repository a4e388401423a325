"""Question banks as people write them: what is read must be right, what is unsure must be held."""

import pytest

from tests.samples.build import samples
from tests.samples.compare import HARMFUL
from tests.samples.reading import outcomes_of

SAMPLES = samples()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.file)
def test_sample_is_read_as_it_is(sample):
    outcomes = outcomes_of(sample)
    wrong = [str(outcome) for outcome in outcomes if outcome.verdict in HARMFUL]
    lost = [outcome.explanation for outcome in outcomes if outcome.explanation]
    assert not wrong and not lost, "\n".join([*wrong, *lost])


def test_samples_are_many_and_have_every_style():
    assert len(SAMPLES) >= 140
    assert sum(len(sample.truth["questions"]) for sample in SAMPLES) >= 1_400
