"""Papers on paper: laid out once, written as a Word file or as PDF, with the key or without it."""

from quizzes.formats.printing.paper import Paper, Part, Printed, printed
from quizzes.formats.printing.pdf import write_pdf
from quizzes.formats.printing.word import write_word

__all__ = ["Paper", "Part", "Printed", "printed", "write_pdf", "write_word"]
