"""Papers on paper: laid out once, written as a Word file or as PDF, with the key or without it."""

from quizzes.formats.printing.paper import Paper, Part, Printed, printed
from quizzes.formats.printing.pdf import write_pdf

__all__ = ["Paper", "Part", "Printed", "printed", "write_pdf", "write_word"]


def write_word(paper: Paper, *, with_key: bool) -> bytes:
    """The paper as .docx. Without the key it has a line for the name and room to write."""
    from quizzes.formats.printing.word import write  # its library takes long to load, and only who prints needs it

    return write(paper, with_key=with_key)
