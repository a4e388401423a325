"""Back to the page that somebody came from."""

from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request, default: str) -> str:
    """The address of this site that the form or the address names as ``next``; ``default`` where there is none."""
    wanted = request.POST.get("next", "") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else default
