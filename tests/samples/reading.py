"""Read a sample with the reader that its kind of file needs."""

from quizzes.formats.aiken import read_aiken
from quizzes.formats.decoding import decode
from quizzes.formats.found import QuestionsFound, Unreadable
from quizzes.formats.gift import read_gift
from quizzes.formats.moodle_xml import read_moodle_xml
from quizzes.formats.plain import read_text
from quizzes.formats.qti import read_qti
from quizzes.formats.sheets import read_sheet
from quizzes.formats.word import read_docx
from tests.samples.build import Sample
from tests.samples.compare import Outcome, compare


def outcomes_of(sample: Sample) -> list[Outcome]:
    """What became of each question; all are missing where the reader gave up on the file."""
    try:
        found = read(sample)
    except Unreadable:
        found = QuestionsFound("unreadable")
    return compare(found, sample.truth)


def read(sample: Sample) -> QuestionsFound:
    data, suffix = sample.content(), sample.file.rsplit(".", 1)[1]
    if suffix in ("xlsx", "csv", "tsv"):
        return read_sheet(data, sample.file)
    for style, reader in (("GIFT", read_gift), ("Aiken", read_aiken)):
        if style in sample.truth["style"]:
            return reader(decode(data))
    if "Moodle XML" in sample.truth["style"]:
        return read_moodle_xml(data)
    if suffix in ("xml", "zip"):
        return read_qti(data)
    return read_docx(data) if suffix == "docx" else read_text(data)
