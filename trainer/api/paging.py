"""Long lists, page by page."""

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from ninja import Field, Schema

T = TypeVar("T")
MOST = 200


class Paging(Schema):
    page: int = Field(1, ge=1, le=100_000, description="第几页，从 1 起")
    per_page: int = Field(50, ge=1, le=MOST, description="每页几条")


class Page(Schema, Generic[T]):
    """``total`` is how many there are on all pages."""

    items: list[T]
    page: int
    per_page: int
    total: int


def paged(rows: QuerySet, paging: Paging, as_data: Callable[[Iterable[Any]], list[Any]]) -> dict[str, Any]:
    """One page of ``rows``, which must be in a total order; a page past the end is empty."""
    start = (paging.page - 1) * paging.per_page
    items = as_data(list(rows[start : start + paging.per_page]))
    return {"items": items, "page": paging.page, "per_page": paging.per_page, "total": rows.count()}
