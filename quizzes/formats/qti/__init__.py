"""QTI: the exchange format of many systems, in its generations 1.2, 2.x and 3.0, single files and packages.

``read_qti`` reads all of them. ``write_qti`` writes a package of QTI 2.1 that it reads back as the same questions:
our name is the item's ``label``, topic, tags, platform and difficulty are LOM metadata in the manifest, a unit stands
in a ``span`` of the class ``unit`` after the entry, the rubric in a ``rubricBlock`` for the scorer.
"""

from quizzes.formats.qti.reading import read_qti
from quizzes.formats.qti.writing import write_qti

__all__ = ["read_qti", "write_qti"]
