"""What happens when another system says who somebody is."""

import logging

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from trainer.commands.sign_in import AccountClosed, UnknownAccount, person_of_account
from trainer.models.labels import SIGN_IN_LABELS

log = logging.getLogger(__name__)
BACKEND = "django.contrib.auth.backends.ModelBackend"


class CompanyAdapter(DefaultSocialAccountAdapter):
    """Signs in who is known, whatever else allauth would offer: no sign-up, no connecting by oneself."""

    def pre_social_login(self, request, sociallogin):
        account = sociallogin.account
        try:
            person = person_of_account(
                provider=account.provider,
                uid=account.uid,
                addresses=[address.email for address in sociallogin.email_addresses if address.verified],
                at=timezone.now(),
            )
        except UnknownAccount:
            raise ImmediateHttpResponse(_refused(request, "sso_unknown", account)) from None
        except AccountClosed:
            raise ImmediateHttpResponse(_refused(request, "sso_closed", account)) from None
        login(request, person, backend=BACKEND)
        target = sociallogin.state.get("next") or ""
        if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
            target = settings.LOGIN_REDIRECT_URL
        raise ImmediateHttpResponse(redirect(target))

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        if error == AuthError.CANCELLED:
            messages.info(request, _("已取消，没有登录。"))
            raise ImmediateHttpResponse(redirect("login"))
        if exception is not None:
            log.warning("Signing in with %s failed: %s", provider.sub_id, type(exception).__name__)
        raise ImmediateHttpResponse(failed(request, provider.sub_id))

    def is_open_for_signup(self, request, sociallogin):
        return False


def failed(request, provider_id: str):
    """The page for a sign-in that broke off."""
    context = {"provider": SIGN_IN_LABELS[provider_id]}
    return render(request, "registration/sso_failed.html", context, status=400)


def _refused(request, template: str, account):
    context = {"provider": SIGN_IN_LABELS[account.provider], "uid": account.uid}
    return render(request, f"registration/{template}.html", context, status=403)
