"""Read a sample as the site does, from nothing but its name and its bytes."""

from quizzes.formats.found import QuestionsFound
from tests.samples.build import Sample
from tests.samples.compare import Outcome, compare
from trainer.readers.files import read_file


def outcomes_of(sample: Sample) -> list[Outcome]:
    """What became of each question; all are missing where the reader gave up on the file."""
    return compare(read(sample), sample.truth)


def read(sample: Sample) -> QuestionsFound:
    read = read_file(sample.content(), sample.file)
    return QuestionsFound(read.format, read.questions, read.held, read.removed)
