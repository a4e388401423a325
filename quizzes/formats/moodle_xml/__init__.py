"""Moodle XML: what Moodle exports and imports under this name.

``read_moodle_xml`` and ``write_moodle_xml`` are each other's inverse for all our kinds. How they are written:

- several gaps, and gaps to choose from, as Moodle's embedded answers (``cloze``); one gap as ``shortanswer``;
- an ordering as the plugin ``ordering`` has it; a unit as the numerical question's unit;
- the rubric and the reference answer in the field for the marker (``graderinfo``);
- our name as ``idnumber``, the topic as category, platform and difficulty as tags ``platform:…``, ``difficulty:…``.
"""

from quizzes.formats.moodle_xml.reading import read_moodle_xml
from quizzes.formats.moodle_xml.writing import write_moodle_xml

__all__ = ["read_moodle_xml", "write_moodle_xml"]
