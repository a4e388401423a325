"""Where a sign-in begins and where it comes back to: two addresses for each provider, and nothing else of allauth."""

import logging
from functools import wraps

from allauth.socialaccount.providers.feishu.views import FeishuOAuth2Adapter
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.http import Http404
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from requests import RequestException

from trainer.sso.adapter import failed
from trainer.sso.company import DingTalkAdapter
from trainer.sso.configured import DINGTALK, FEISHU, OIDC, WECOM
from trainer.sso.provider import WeComAdapter

log = logging.getLogger(__name__)


def _of(provider_id: str, view):
    """``view`` where the provider is configured, else 404; what the other side garbles is a page of ours, no crash."""

    @wraps(view)
    @never_cache
    @require_safe
    def guarded(request, **kwargs):
        if provider_id not in settings.SSO or kwargs.get("provider_id", provider_id) != provider_id:
            raise Http404
        try:
            return view(request, **kwargs)
        except (KeyError, TypeError, ValueError, RequestException) as error:
            # Without its text, which may be an address with our secret in it.
            log.warning("Signing in with %s failed: %s", provider_id, type(error).__name__)
            return failed(request, provider_id)

    return guarded


def _pair(provider_id: str, adapter) -> list:
    login, callback = OAuth2LoginView.adapter_view(adapter), OAuth2CallbackView.adapter_view(adapter)
    return [
        path(f"{provider_id}/login/", _of(provider_id, login), name=f"{provider_id}_login"),
        path(f"{provider_id}/callback/", _of(provider_id, callback), name=f"{provider_id}_callback"),
    ]


urlpatterns = [
    path("<slug:provider_id>/login/", _of(OIDC, openid_connect.login), name="openid_connect_login"),
    path("<slug:provider_id>/callback/", _of(OIDC, openid_connect.callback), name="openid_connect_callback"),
]
urlpatterns = [
    *_pair(WECOM, WeComAdapter),
    *_pair(DINGTALK, DingTalkAdapter),
    *_pair(FEISHU, FeishuOAuth2Adapter),
    *urlpatterns,
]
