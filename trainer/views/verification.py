"""What a stranger may see without signing in: whether a certificate holds, and the keys to check badges by."""

from django.conf import settings
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trainer.commands.badge_key import badge_key
from trainer.queries.certificates import Verified, verified
from trainer.rules.badges import public_jwk
from trainer.rules.certificates import read_serial


def address_of(serial: str) -> str:
    """The public address of a certificate."""
    return settings.SITE_URL + reverse("trainer:verify", args=[serial])


@require_safe
@never_cache
def verify_form(request):
    """Type a serial, come to its page."""
    typed = request.GET.get("serial", "")[:60]
    serial = read_serial(typed)
    if serial:
        return redirect("trainer:verify", serial=serial)
    return _unindexed(render(request, "trainer/verify.html", {"typed": typed, "found": None}))


@require_safe
@never_cache
def verify(request, serial):
    found = _found(serial)
    context = {"typed": serial, "found": found, "issuer": settings.SITE_NAME}
    return _unindexed(render(request, "trainer/verify.html", context, status=200 if found else 404))


@require_safe
@never_cache
def status(request, serial):
    """The state as data, for programs that check a badge."""
    found = _found(serial)
    if found is None:
        raise Http404
    state = "expired" if found.state == "valid" and found.expired else found.state
    response = JsonResponse({"id": request.build_absolute_uri(), "status": state, "valid": found.holds})
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def issuer(request):
    """The issuer's profile, by Open Badges 3.0."""
    profile = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": f"{settings.SITE_URL}/badges/issuer.json",
        "type": ["Profile"],
        "name": settings.SITE_NAME,
        "url": settings.SITE_URL,
    }
    return _public(profile)


@require_safe
def keys(request):
    """The public keys that badges are signed with (RFC 7517): whoever has them can check badges without asking us."""
    return _public({"keys": [public_jwk(badge_key().public_key())]})


def _found(serial: str) -> Verified | None:
    known = read_serial(serial)
    return verified(known, on=timezone.localdate()) if known else None


def _public(data: dict) -> JsonResponse:
    response = JsonResponse(data)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _unindexed(response):
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
