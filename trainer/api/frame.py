"""What every operation has around it: the caller's language, and a tag of the answer's content."""

import hashlib
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation.trans_real import parse_accept_lang_header

Run = Callable[..., HttpResponse]


def language_of(request: HttpRequest) -> str:
    """Chinese, unless the caller asks for English first."""
    for language, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if language.startswith("zh"):
            break
        if language.startswith("en"):
            return "en"
    return "zh-hans"


def framed(run: Run) -> Run:
    @wraps(run)
    def around(request: HttpRequest, **kwargs):
        language = language_of(request)
        with translation.override(language):
            response = run(request, **kwargs)
        response["Content-Language"] = language
        response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ("Accept-Language", "Authorization"))
        return _tagged(request, response)

    return around


def _tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Whoever has the same answer already is not sent it again."""
    if request.method != "GET" or response.status_code != 200:
        return response
    tag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        unchanged = HttpResponseNotModified()
        for name in ("Content-Language", "Cache-Control", "Vary"):
            unchanged[name] = response[name]
        response = unchanged
    response["ETag"] = tag
    return response
