"""Four companies' sign-ins on this machine, and the way through one."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import jwt
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.feishu.client import FeishuOAuth2Client
from allauth.socialaccount.providers.feishu.views import FeishuOAuth2Adapter
from django.urls import reverse
from django.utils import timezone

from trainer.sso.company import DingTalkAdapter
from trainer.sso.configured import VARIABLES, allauth_providers
from trainer.sso.provider import WeComAdapter

VALUES = dict.fromkeys(VARIABLES, "") | {
    "SSO_OIDC_CLIENT_ID": "school", "SSO_OIDC_SECRET": "oidc-secret", "SSO_OIDC_NAME": "集团账号",
    "SSO_WECOM_CORP_ID": "ww1", "SSO_WECOM_AGENT_ID": "1000002", "SSO_WECOM_SECRET": "wecom-secret",
    "SSO_DINGTALK_CLIENT_ID": "ding1", "SSO_DINGTALK_SECRET": "ding-secret",
    "SSO_FEISHU_APP_ID": "cli_1", "SSO_FEISHU_SECRET": "feishu-secret",
}  # fmt: skip
PROVIDERS = ("oidc", "wecom", "dingtalk", "feishu")


def open_company(server, settings, monkeypatch):
    """All four providers, answering for the account ``lin`` with the address lin@example.com."""
    server.asked.clear()
    settings.SSO_VALUES = VALUES | {"SSO_OIDC_SERVER": server.url}
    settings.SSO = list(PROVIDERS)
    settings.SOCIALACCOUNT_PROVIDERS = allauth_providers(settings.SSO_VALUES)
    for adapter, addresses in {
        WeComAdapter: ("access_token_url", "identity_url", "user_url"),
        DingTalkAdapter: ("access_token_url", "profile_url", "token_url", "user_url"),
        FeishuOAuth2Adapter: ("access_token_url", "user_info_url"),
        FeishuOAuth2Client: ("app_access_token_url",),
    }.items():
        for name in addresses:
            path = urlsplit(getattr(adapter, name)).path
            monkeypatch.setattr(adapter, name, server.url + path)
    server.answers = {
        **openid(server.url),
        "/cgi-bin/gettoken": {"errcode": 0, "errmsg": "ok", "access_token": "wecom-token", "expires_in": 7200},
        "/cgi-bin/auth/getuserinfo": {"errcode": 0, "errmsg": "ok", "userid": "lin"},
        "/cgi-bin/user/get": {"errcode": 0, "userid": "lin", "name": "林", "biz_mail": "lin@example.com"},
        "/v1.0/oauth2/userAccessToken": {"accessToken": "user-token", "refreshToken": "r", "expireIn": 7200},
        "/v1.0/contact/users/me": {"nick": "林", "openId": "o-1", "unionId": "u-1", "mobile": "13800000000"},
        "/gettoken": {"errcode": 0, "access_token": "app-token", "expires_in": 7200},
        "/topapi/user/getbyunionid": {"errcode": 0, "result": {"contact_type": 0, "userid": "lin"}},
        "/open-apis/auth/v3/app_access_token/internal/": {"code": 0, "app_access_token": "a", "expire": 7200},
        "/open-apis/authen/v1/access_token": {"code": 0, "data": {"access_token": "u", "expires_in": 7200}},
        "/open-apis/authen/v1/user_info": {
            "code": 0,
            "data": {"name": "林", "open_id": "ou-1", "user_id": "lin", "enterprise_email": "lin@example.com"},
        },
    }
    return server


def openid(url, **claims):
    now = timezone.now()
    said = {"sub": "lin", "email": "lin@example.com", "email_verified": True} | claims
    token = {"iss": url, "aud": "school", "iat": now, "exp": now + timedelta(minutes=5)} | said
    return {
        "/.well-known/openid-configuration": {
            "issuer": url, "authorization_endpoint": f"{url}/authorize", "token_endpoint": f"{url}/token",
            "userinfo_endpoint": f"{url}/userinfo", "jwks_uri": f"{url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        },
        "/token": {"access_token": "t", "token_type": "Bearer", "id_token": jwt.encode(token, "k" * 32)},
        "/userinfo": said,
    }  # fmt: skip


def login_url(provider):
    return reverse("openid_connect_login", args=["oidc"]) if provider == "oidc" else reverse(f"{provider}_login")


def callback_url(provider):
    return login_url(provider).replace("/login/", "/callback/")


def set_out(client, provider, **query):
    """Follow the button on the sign-in page; where it leads, and its parameters."""
    response = client.get(login_url(provider), query)
    assert response.status_code == 302
    return response.url, dict(parse_qsl(urlsplit(response.url).query))


def come_back(client, provider, *, state, code="c0de"):
    name = "authCode" if provider == "dingtalk" else "code"
    return client.get(callback_url(provider), {name: code, "state": state})


def sign_in(client, provider, **query):
    _, sent = set_out(client, provider, **query)
    return come_back(client, provider, state=sent["state"])


def signed_in(client):
    return client.session.get("_auth_user_id")


def known_to(provider, user, uid="lin"):
    return SocialAccount.objects.create(user=user, provider=provider, uid=uid)
