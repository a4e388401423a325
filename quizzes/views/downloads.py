"""Files to take away."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from quizzes.formats.sheets.lists import Value, write_list

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_file(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def wants_sheet(request: HttpRequest) -> bool:
    """Whether a list is asked for as a file: all of it, as it is filtered (components/export.html)."""
    return request.GET.get("format") == "xlsx"


def as_sheet(title: str, headers: Sequence[object], rows: Iterable[Sequence[Value]]) -> HttpResponse:
    """A list as an Excel file, named after ``title`` and today."""
    content = write_list(title, [str(header) for header in headers], rows)
    return as_file(content, f"{title}-{timezone.localdate():%Y-%m-%d}.xlsx", XLSX)
