"""Documents of our own with the ills that real ones have, and what must come of them."""

import json
from pathlib import Path

import pytest

from trainer.readers.drafts import read_document

FOLDER = Path(__file__).parents[1] / "samples" / "documents"
SAMPLES = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_keeps_every_sentence_about_the_job_and_nothing_else(path):
    truth = json.loads(path.with_suffix(".truth.json").read_text())

    read = read_document(path.read_bytes(), path.name, simplify=truth.get("simplify", False))

    text = "\n\n".join(f"{lesson.title}\n{lesson.body}" for lesson in read.lessons)
    assert [lesson.title for lesson in read.lessons] == truth["titles"]
    assert [sentence for sentence in truth["kept"] if sentence not in text] == []
    assert [piece for piece in truth["gone"] if piece in text] == []
    for piece in truth.get("flagged", []):
        assert any(piece in doubt.text for doubt in read.flagged)


def test_there_are_samples():
    assert len(SAMPLES) >= 3
