"""What the columns of a sheet mean: guessed, put right by a person, and remembered for the next file like it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from quizzes.formats.sheets.mapping import mappings_from_data, mappings_to_data
from trainer.commands.load_reading import read_again
from trainer.models import Load, SheetMapping


@transaction.atomic
def choose_columns(*, file_id: int, mapping: dict[str, Any], by, at: datetime) -> Load:
    """Read the file once more with these columns, and remember them for sheets with the same headers.

    Raises ``InvalidMapping`` and ``NotNow``.
    """
    chosen = mappings_from_data(mapping)
    for sheet in chosen.sheets:
        if sheet.headers and sheet.is_read:
            SheetMapping.objects.update_or_create(
                headers=sheet.fingerprint,
                defaults={"mapping": [column.code for column in sheet.columns], "saved_at": at, "saved_by": by},
            )
    return read_again(file_id=file_id, mapping=mappings_to_data(chosen), by=by, at=at)
