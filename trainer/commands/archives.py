"""A person's training archive as a file to take away, with a note of who took it."""

from datetime import datetime
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from quizzes.formats.printing.pdf import set_pdf
from quizzes.models import AuditEntry
from trainer.models import Employment, User
from trainer.queries.archive import archive_json
from trainer.queries.packet_links import Reader
from trainer.queries.packet_words import Names, in_words, people_in
from trainer.queries.packets import packet_of
from trainer.queries.timeline import timeline

STYLE = """
h1 { font-size: 17pt; margin: 0 0 2mm; font-weight: normal; }
h2 { font-size: 12.5pt; margin: 6mm 0 2mm; break-after: avoid; font-weight: normal; border-bottom: .4pt solid #999; }
h3 { font-size: 10.5pt; margin: 3mm 0 1mm; break-after: avoid; font-weight: normal; }
p, ul, dl { margin: 0 0 2mm; } ul { padding-left: 5mm; } li { break-inside: avoid; }
dl { display: grid; grid-template-columns: 32mm 1fr; gap: 1mm 3mm; } dt { color: #555; } dd { margin: 0; }
.quiet { color: #555; } .state { color: #0b5c5c; } .text { white-space: pre-wrap; }
table { width: 100%; border-collapse: collapse; font-size: 9.5pt; }
td { border-bottom: .4pt solid #ccc; padding: 1.2mm 3mm 1.2mm 0; vertical-align: top; }
tr { break-inside: avoid; } .day { width: 24mm; color: #555; white-space: nowrap; }
"""


@transaction.atomic
def export_archive(*, person: User, file: IO[bytes], by: User | None, at: datetime) -> None:
    """Write the archive of ``person`` into ``file``: ``archive.json``, and ``archive.pdf`` to read."""
    AuditEntry.objects.create(at=at, by=by, action="export_archive", target=f"user:{person.pk}")
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        with archive.open("archive.json", "w", force_zip64=True) as data:
            for piece in archive_json(person, at=at):
                data.write(piece.encode())
        archive.writestr("archive.pdf", _summary(person, at))


def _summary(person: User, at: datetime) -> bytes:
    employment = Employment.objects.select_related("user", "team__supervisor").filter(user=person).first()
    words = None
    if employment:
        packet = packet_of(employment, at=at)
        words = in_words(packet, Names(people_in(packet)), reader=Reader.OWN)
    title = _("%(person)s 的培训档案") % {"person": person}
    context = {
        "person": person,
        "employment": employment,
        "words": words,
        "events": timeline(person, own=True),
        "title": title,
        "at": at,
    }
    return set_pdf(render_to_string("trainer/archive_print.html", context), style=STYLE, mark=title)
