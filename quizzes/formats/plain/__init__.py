"""Question banks as people write them, in Chinese and without a format.

A line goes through these nouns in this order: ``rows`` (one spelling, with its shadow), ``markup`` (Markdown),
``furniture`` (page numbers and titles out), ``shapes`` (what a line looks like), ``segments`` (what it is, after
all before it: whole questions and lists of keys), ``options`` and ``keys`` (the parts of one question), ``keylists``
(keys that stand apart), ``judging`` (a question, or held for a person).
"""

from quizzes.formats.plain.reading import read_lines, read_text

__all__ = ["read_lines", "read_text"]
