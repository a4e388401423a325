"""The first rows of a sheet that was uploaded, and the columns that somebody gave such headers before."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings

from quizzes.formats.sheets.mapping import Mapping, SheetMappings
from trainer.commands.bounded_reading import Given, read_bounded
from trainer.models import LoadFile, SheetMapping
from trainer.readers.first_rows import FirstRows, first_rows

SECONDS = 20


def rows_of(file: LoadFile) -> Sequence[FirstRows]:
    """The first rows of the file's sheets, read apart from the site; none when that does not work."""
    data = bytes(file.bytes.data)
    if not settings.READ_FILES_APART:
        return first_rows(data, file.name)
    found: Any = next(read_bounded([Given(file.name, data)], seconds=SECONDS, read=first_rows))  # type: ignore[arg-type]
    return found if isinstance(found, tuple) else ()


def remembered(file: LoadFile, guessed: SheetMappings) -> SheetMappings:
    """The mappings as somebody has put them right before for the same headers; those of unread sheets by any row."""
    known = dict(SheetMapping.objects.values_list("headers", "mapping"))
    if not known:
        return guessed
    mappings = guessed.remembering(known)
    if all(sheet.is_read for sheet in mappings.sheets):
        return mappings
    headed = {first.sheet: _with_known_header(first, known) for first in rows_of(file)}
    sheets = [sheet if sheet.is_read else headed.get(sheet.sheet) or sheet for sheet in mappings.sheets]
    return SheetMappings(tuple(sheets)).remembering(known)


def _with_known_header(first: FirstRows, known: dict[str, Any]) -> Mapping | None:
    """The sheet with the first row whose texts are headers that somebody has given columns."""
    for number, cells in first.rows:
        mapping = replace(Mapping(first.sheet, number, (), ()), headers=cells)
        if mapping.fingerprint in known:
            return mapping
    return None
