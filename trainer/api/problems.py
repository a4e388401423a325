"""What the API says when it cannot do what was asked: problem details (RFC 9457), in the caller's language."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from ninja import Schema

PROBLEM_TYPE = "application/problem+json"
TITLES = {
    400: _("看不懂这个请求"),
    401: _("没有可用的令牌"),
    403: _("令牌没有这项权限"),
    404: _("没有找到，或者不在令牌能看的范围里"),
    409: _("现在不能这样做"),
    422: _("有内容填得不对"),
    429: _("错得太多，请过一会儿再试"),
}


class Problem(Schema):
    """``errors`` names the fields that are wrong, each with its place in the request."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[dict[str, Any]] = []


class Refused(Exception):
    """The request cannot be done. ``detail`` says why, in the caller's language."""

    def __init__(self, status: int, detail: str = "", *, retry_after: int | None = None):
        super().__init__(status, detail)
        self.status, self.detail, self.retry_after = status, detail, retry_after


def problem(
    status: int, detail: str = "", *, errors: Sequence[dict[str, Any]] = (), retry_after: int | None = None
) -> HttpResponse:
    body = {
        "type": "about:blank",
        "title": str(TITLES[status]),
        "status": status,
        "detail": detail,
        "errors": list(errors),
    }
    response = JsonResponse(
        body, status=status, content_type=PROBLEM_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


def problems(*statuses: int) -> dict[int, Any]:
    """For the description of an operation: the ways in which it can fail, beside those of all."""
    return dict.fromkeys((400, 401, 403, 422, 429, *statuses), Problem)
