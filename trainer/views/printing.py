"""Pages of our own as PDF."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from quizzes.formats.printing.pdf import set_pdf

STYLE = """
h1 { font-size: 17pt; margin: 0 0 2mm; font-weight: normal; }
h2 { font-size: 12.5pt; margin: 6mm 0 2mm; break-after: avoid; font-weight: normal; border-bottom: .4pt solid #999; }
h3 { font-size: 10.5pt; margin: 3mm 0 1mm; break-after: avoid; font-weight: normal; }
p, ul, dl { margin: 0 0 2mm; } ul { padding-left: 5mm; } a { color: inherit; }
dl { display: grid; grid-template-columns: 32mm 1fr; gap: 1mm 3mm; } dt { color: #555; } dd { margin: 0; }
.quiet { color: #555; } .state { color: #0b5c5c; } .text { white-space: pre-wrap; }
.hash { font-size: 8pt; word-break: break-all; }
section { break-inside: auto; } .requirement { break-inside: avoid; }
.sign { margin-top: 12mm; display: grid; grid-template-columns: 1fr 1fr; gap: 10mm; }
"""


def pdf_response(template: str, context: dict[str, Any], title: str) -> HttpResponse:
    """The template, a whole page without styles, as a PDF to open or to keep. Its links begin with ``site``."""
    page = render_to_string(template, {"site": settings.SITE_URL, **context})
    response = HttpResponse(set_pdf(page, style=STYLE, mark=_("客服学堂")), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{title}.pdf")
    return response
