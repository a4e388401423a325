"""The sign-ins that allauth brings, told by which name a company knows its people, and to keep nothing else of them."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.dingtalk.provider import DingTalkProvider as AllauthDingTalk
from allauth.socialaccount.providers.dingtalk.views import DingTalkOAuth2Adapter
from allauth.socialaccount.providers.feishu.provider import FeishuProvider as AllauthFeishu
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider

EMPLOYEE = 0  # DingTalk's contact type of those who work for the company


class OpenIdProvider(OpenIDConnectProvider):
    def extract_extra_data(self, data):
        return {}


class FeishuProvider(AllauthFeishu):
    """By ``user_id``, which an admin sees in Feishu; by ``open_id`` where the app may not read that."""

    def extract_uid(self, data):
        return data.get("user_id") or data["open_id"]

    def extract_extra_data(self, data):
        return {}

    def extract_email_addresses(self, data):
        return company_address(data.get("enterprise_email"))


class DingTalkAdapter(DingTalkOAuth2Adapter):
    """DingTalk tells an app only the open id; the user id that an admin sees is asked for with the union id."""

    token_url = "https://oapi.dingtalk.com/gettoken"  # noqa: S105 - an address
    user_url = "https://oapi.dingtalk.com/topapi/user/getbyunionid"

    def complete_login(self, request, app, token, **kwargs):
        with get_adapter().get_requests_session() as session:
            headers = {"x-acs-dingtalk-access-token": token.token}
            me = answer(session.get(self.profile_url, headers=headers))
            keys = {"appkey": app.client_id, "appsecret": app.secret}
            ours = answer(session.get(self.token_url, params=keys))["access_token"]
            found = answer(session.post(self.user_url, params={"access_token": ours}, json={"unionid": me["unionId"]}))
        result = found["result"]
        if result.get("contact_type", EMPLOYEE) != EMPLOYEE:
            raise OAuth2Error("DingTalk: not one of the company's people.")
        return self.get_provider().sociallogin_from_response(request, me | {"userid": result["userid"]})


class DingTalkProvider(AllauthDingTalk):
    oauth2_adapter_class = DingTalkAdapter

    def extract_uid(self, data):
        return data["userid"]

    def extract_extra_data(self, data):
        return {}


def answer(response) -> dict[str, Any]:
    """The JSON of an answer that says no error. Raises ``OAuth2Error`` or a ``RequestException``."""
    response.raise_for_status()
    found = response.json()
    if not isinstance(found, dict) or found.get("errcode"):
        said = found.get("errcode") if isinstance(found, dict) else "no object"
        raise OAuth2Error(f"The other side answered with an error: {said}")  # its text may hold secrets
    return found


def company_address(email: str | None) -> list[EmailAddress]:
    """An address that the company itself gave to its person: nobody can claim another's."""
    return [EmailAddress(email=email, verified=True, primary=True)] if email else []
