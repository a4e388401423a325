"""Who calls: the token in the ``Authorization`` header, what it is for, and how often an address guessed wrongly."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from trainer.api.problems import Refused
from trainer.commands.api_tokens import digest_of_key, note_use
from trainer.models import ApiToken
from trainer.queries.people import role_of
from trainer.rules.api_scopes import Scope, allowed


class TokenFor(HttpBearer):
    """Lets in whose token has ``scope``, or any token where there is none.

    A token gives no more than its person has now: whoever lost a role or left takes their tokens' reach along.
    """

    def __init__(self, scope: Scope | None = None):
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest):
        address = f"api-failures:{request.META.get('REMOTE_ADDR', '')}"
        failures = cache.get(address, 0)
        if failures >= settings.API_FAILURES:
            raise Refused(429, retry_after=settings.API_FAILURE_SECONDS)
        if found := super().__call__(request):
            return found
        cache.set(address, failures + 1, settings.API_FAILURE_SECONDS)  # ``incr`` would forget how long it counts
        raise Refused(401, _("请在 Authorization 里带上没有过期的令牌：Bearer pxt_…"))

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        now = timezone.now()
        found = (
            ApiToken.objects.usable(now)
            .filter(digest=digest_of_key(token))
            .select_related("person", "person__employment")
            .first()
        )
        if found is None or not found.person.may_sign_in:
            return None
        note_use(token=found, at=now)
        if self.scope and self.scope not in allowed(found.scopes, role_of(found.person)):
            raise Refused(403, _("要有 %(scope)s。") % {"scope": self.scope})
        return found


def caller(request: HttpRequest) -> ApiToken:
    """The token of a request that was let in."""
    return request.auth
