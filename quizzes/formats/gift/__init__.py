r"""GIFT: Moodle's plain text format for questions.

``read_gift`` and ``write_gift`` are each other's inverse for all our kinds. GIFT has no field for some of what we
keep; that goes into comment lines in square brackets before the question, which other systems pass over:

- ``[tag:…]`` as Moodle reads it, platform and difficulty as ``[tag:platform:…]`` and ``[tag:difficulty:…]``;
- ``[marks:2]``, ``[unit:元]``, ``[guide:…]`` (rubric and reference answer of a free text);
- ``[kind:ordering]``: the question is a matching of places and steps;
- ``[kind:fill]`` and ``[kind:cloze]`` with several gaps: a matching of gaps and right words, and for each gap
  ``[gap:1:=七天 =7天]`` with all its answers. Where the two disagree the question is held: somebody edited one.

In brackets ``\[`` and ``\]`` are brackets, ``\\`` a backslash and ``\n`` a new line.
"""

from quizzes.formats.gift.blocks import looks_like_gift
from quizzes.formats.gift.reading import read_gift
from quizzes.formats.gift.writing import write_gift

__all__ = ["looks_like_gift", "read_gift", "write_gift"]
