"""Questions in the rows of a sheet: Excel, OpenDocument and separated text, read and written.

``opening`` gives plain cells of text, ``headers`` says which column means what, ``rows`` makes questions of them.
"""

from quizzes.formats.sheets.mapping import Field, Mapping, SheetMappings
from quizzes.formats.sheets.reading import guess_mapping, read_sheet
from quizzes.formats.sheets.template import write_template
from quizzes.formats.sheets.writing import write_sheet

__all__ = ["Field", "Mapping", "SheetMappings", "guess_mapping", "read_sheet", "write_sheet", "write_template"]
