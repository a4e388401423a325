"""Which sign-ins there are follows from the environment; half of one is an error."""

import pytest
from django.urls import reverse

from tests.trainer.signing_in import PROVIDERS, VALUES, callback_url, login_url
from trainer import checks

pytestmark = pytest.mark.django_db



def test_the_sign_in_page_offers_what_is_configured(client, company):
    page = client.get(reverse("login"), {"next": "/account/"}).content.decode()

    assert [f"用{name}登录" in page for name in ("集团账号", "企业微信", "钉钉", "飞书")] == [True] * 4
    assert f"{login_url('wecom')}?next=%2Faccount%2F" in page


@pytest.mark.parametrize("provider", PROVIDERS)
def test_without_configuration_there_is_nothing(client, provider):
    assert "登录方式" not in client.get(reverse("login")).content.decode()
    assert client.get(login_url(provider)).status_code == 404
    assert client.get(callback_url(provider), {"code": "x", "state": "y"}).status_code == 404


def test_another_name_in_the_address_is_nobody(client, company):
    assert client.get("/accounts/sso/okta/login/").status_code == 404


@pytest.mark.parametrize(
    "left_out", ["SSO_OIDC_SECRET", "SSO_WECOM_AGENT_ID", "SSO_DINGTALK_SECRET", "SSO_FEISHU_APP_ID"]
)
def test_half_a_configuration_is_no_configuration(settings, left_out):
    settings.SSO_VALUES = VALUES | {"SSO_OIDC_SERVER": "https://id.example.com"}
    assert checks.sign_ins_are_complete(None) == []
    settings.SSO_VALUES[left_out] = ""

    error, = checks.sign_ins_are_complete(None)

    assert error.id == "trainer.E008"
    assert left_out in error.hint


def test_a_server_that_is_not_encrypted_is_refused_in_service(settings):
    settings.SSO_VALUES = VALUES | {"SSO_OIDC_SERVER": "http://id.example.com"}
    settings.TESTING = False

    assert [error.id for error in checks.sign_ins_are_complete(None)] == ["trainer.E009"]
