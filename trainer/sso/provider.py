"""WeCom (企业微信) as a provider of django-allauth, which looks for it in this module.

As the vendor documents it: the person signs in with a QR code, or without one inside WeCom; the code that comes back
is exchanged, with the application's own token, for the user id, which is the account name that an admin sees. WeCom
knows neither PKCE nor a person's token.
"""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from django.utils.http import urlencode

from trainer.sso.company import answer, company_address
from trainer.sso.configured import WECOM


class WeComClient(OAuth2Client):
    def get_redirect_url(self, authorization_url, scope, extra_params):
        agent = extra_params["agentid"]
        if "wxwork" in self.request.headers.get("User-Agent", "").lower():
            params = {
                "appid": self.consumer_key, "redirect_uri": self.callback_url, "response_type": "code",
                "scope": "snsapi_base", "state": self.state, "agentid": agent,
            }  # fmt: skip
            return f"{WeComAdapter.inside_url}?{urlencode(params)}#wechat_redirect"
        params = {
            "login_type": "CorpApp", "appid": self.consumer_key, "agentid": agent, "redirect_uri": self.callback_url,
            "state": self.state,
        }  # fmt: skip
        return f"{authorization_url}?{urlencode(params)}"

    def get_access_token(self, code, pkce_code_verifier=None, extra_data=None):
        """The application's token: the code is for whom to ask, see ``WeComAdapter.complete_login``."""
        params = {"corpid": self.consumer_key, "corpsecret": self.consumer_secret}
        with get_adapter().get_requests_session() as session:
            return answer(session.get(self.access_token_url, params=params))


class WeComAdapter(OAuth2Adapter):
    provider_id = WECOM
    client_class = WeComClient
    authorize_url = "https://login.work.weixin.qq.com/wwlogin/sso/login"
    inside_url = "https://open.weixin.qq.com/connect/oauth2/authorize"
    access_token_url = "https://qyapi.weixin.qq.com/cgi-bin/gettoken"  # noqa: S105 - an address
    identity_url = "https://qyapi.weixin.qq.com/cgi-bin/auth/getuserinfo"
    user_url = "https://qyapi.weixin.qq.com/cgi-bin/user/get"

    def complete_login(self, request, app, token, **kwargs):
        said = {"access_token": token.token}
        with get_adapter().get_requests_session() as session:
            identity = answer(session.get(self.identity_url, params={**said, "code": request.GET["code"]}))
            userid = identity.get("userid") or identity.get("UserId")
            if not userid:
                raise OAuth2Error("WeCom: not one of the company's people.")
            user = session.get(self.user_url, params={**said, "userid": userid})
        try:
            mail = answer(user).get("biz_mail", "")
        except OAuth2Error:  # the application may not read it: the user id is enough
            mail = ""
        return self.get_provider().sociallogin_from_response(request, {"userid": userid, "biz_mail": mail})


class WeComProvider(OAuth2Provider):
    id = WECOM
    name = "WeCom"
    account_class = ProviderAccount
    oauth2_adapter_class = WeComAdapter

    def get_default_scope(self):
        return []

    def get_auth_params(self):
        return {"agentid": self.app.key}

    def extract_uid(self, data):
        return data["userid"]

    def extract_extra_data(self, data):
        return {}

    def extract_email_addresses(self, data):
        return company_address(data["biz_mail"])


provider_classes = [WeComProvider]
