"""Signing in with the company's account, against a provider on this machine."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from quizzes.models import AuditEntry
from tests.factories.people import PASSWORD, UserFactory
from tests.trainer.signing_in import (
    PROVIDERS,
    callback_url,
    come_back,
    known_to,
    login_url,
    openid,
    set_out,
    sign_in,
    signed_in,
)
from trainer.rules.vocabulary import EmploymentState
from trainer.sso.provider import WeComAdapter

pytestmark = pytest.mark.django_db

# --- coming in -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_known_account_comes_in_and_is_taken_where_it_wanted_to_go(client, company, trainee, provider):
    known_to(provider, trainee)

    response = sign_in(client, provider, next="/account/")

    assert response.url == "/account/"
    assert signed_in(client) == str(trainee.pk)
    assert client.get("/account/").status_code == 200
    assert SocialAccount.objects.get().extra_data == {}, "nothing that the company told is kept"


@pytest.mark.parametrize("provider", ["oidc", "wecom", "feishu"])
def test_a_person_is_found_once_by_the_address_that_the_company_vouches_for(client, company, trainee, provider):
    trainee.email = "Lin@Example.com"
    trainee.save()

    sign_in(client, provider)

    assert signed_in(client) == str(trainee.pk)
    account = SocialAccount.objects.get()
    assert (account.user, account.provider, account.uid) == (trainee, provider, "lin")
    assert AuditEntry.objects.get().action == "link_account"
    trainee.email = ""
    trainee.save()
    client.logout()
    sign_in(client, provider)
    assert signed_in(client) == str(trainee.pk), "the link stays when the address goes"


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_stranger_is_told_to_ask_an_admin_and_no_account_is_made(client, company, trainee, provider):
    people = set(type(trainee).objects.values_list("pk", flat=True))

    response = sign_in(client, provider)

    page = response.content.decode()
    assert response.status_code == 403
    assert "请管理员先建账号" in page and "lin" in page
    assert signed_in(client) is None
    assert set(type(trainee).objects.values_list("pk", flat=True)) == people
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("why", ["switched off", "left"])
def test_who_is_gone_does_not_come_in(client, company, trainee, provider, why):
    known_to(provider, trainee)
    if why == "left":
        type(trainee.employment).objects.update(state=EmploymentState.LEFT)
    else:
        type(trainee).objects.filter(pk=trainee.pk).update(is_active=False)

    response = sign_in(client, provider)

    assert response.status_code == 403
    assert "账号已停用" in response.content.decode()
    assert signed_in(client) is None


def test_who_left_does_not_come_in_by_password_either(client, trainee):
    type(trainee.employment).objects.update(state=EmploymentState.LEFT)

    response = client.post(reverse("login"), {"username": trainee.username, "password": PASSWORD})

    assert response.status_code == 200
    assert signed_in(client) is None


def test_the_password_still_opens_the_door_beside_it(client, company, trainee):
    client.post(reverse("login"), {"username": trainee.username, "password": PASSWORD})

    assert signed_in(client) == str(trainee.pk)


# --- whom an address does not open for -------------------------------------------------------------------


def test_an_address_that_is_not_verified_opens_nothing(client, company, trainee):
    trainee.email = "lin@example.com"
    trainee.save()
    company.answers |= openid(company.url, email_verified=False)

    assert sign_in(client, "oidc").status_code == 403
    assert signed_in(client) is None


def test_a_superuser_is_never_found_by_address(client, company, db):
    UserFactory(email="lin@example.com", is_superuser=True)

    assert sign_in(client, "oidc").status_code == 403


def test_whoever_is_linked_already_is_not_linked_again(client, company, trainee):
    trainee.email = "lin@example.com"
    trainee.save()
    known_to("oidc", trainee, uid="another")

    assert sign_in(client, "oidc").status_code == 403
    assert signed_in(client) is None


def test_an_account_cannot_be_connected_by_oneself(client, company, trainee, supervisor):
    """``process=connect`` is allauth's way to hang an account on whoever is signed in: here it only signs in."""
    known_to("oidc", supervisor)
    client.force_login(trainee)

    sign_in(client, "oidc", process="connect")

    assert signed_in(client) == str(supervisor.pk)
    assert SocialAccount.objects.get().user == supervisor


# --- what is sent, and what comes back -------------------------------------------------------------------


def test_openid_connect_sends_a_state_and_a_challenge_and_the_verifier_later(client, company, trainee):
    known_to("oidc", trainee)
    url, sent = set_out(client, "oidc")

    assert url.startswith(f"{company.url}/authorize?")
    assert sent["code_challenge_method"] == "S256"
    assert sent["redirect_uri"] == "http://testserver/accounts/sso/oidc/callback/"
    come_back(client, "oidc", state=sent["state"])
    asked = company.last("/token")
    assert len(asked.body["code_verifier"]) >= 43
    assert asked.body["code"] == "c0de"


@pytest.mark.parametrize(
    ("agent", "address"),
    [
        ("Mozilla/5.0", "https://login.work.weixin.qq.com/wwlogin/sso/login?"),
        ("Mozilla/5.0 wxwork/4.1", "https://open.weixin.qq.com/connect/oauth2/authorize?"),
    ],
)
def test_wecom_is_asked_by_a_qr_code_outside_and_without_one_inside(client, company, agent, address):
    response = client.get(login_url("wecom"), headers={"user-agent": agent})

    assert response.url.startswith(address)
    sent = dict(parse_qsl(urlsplit(response.url).query))
    assert (sent["appid"], sent["agentid"]) == ("ww1", "1000002")
    assert sent["state"]


def test_wecom_is_asked_for_the_person_with_the_code(client, company, trainee):
    known_to("wecom", trainee)

    sign_in(client, "wecom")

    assert company.last("/cgi-bin/gettoken").query == {"corpid": "ww1", "corpsecret": "wecom-secret"}
    assert company.last("/cgi-bin/auth/getuserinfo").query == {"access_token": "wecom-token", "code": "c0de"}


def test_dingtalk_is_asked_for_the_user_id_that_an_admin_sees(client, company, trainee):
    known_to("dingtalk", trainee)

    sign_in(client, "dingtalk")

    assert company.last("/topapi/user/getbyunionid").body == {"unionid": "u-1"}


def test_an_app_of_wecom_that_may_not_read_addresses_still_signs_in(client, company, trainee):
    known_to("wecom", trainee)
    company.answers["/cgi-bin/user/get"] = {"errcode": 60011, "errmsg": "no privilege"}

    sign_in(client, "wecom")

    assert signed_in(client) == str(trainee.pk)


@pytest.mark.parametrize(
    ("provider", "path", "answer"),
    [
        ("oidc", "/token", (400, {"error": "invalid_grant"})),
        ("oidc", "/token", (200, b"<html>")),
        ("oidc", "/userinfo", (500, {})),
        ("oidc", "/userinfo", {"email": "lin@example.com"}),
        ("wecom", "/cgi-bin/gettoken", {"errcode": 40001, "errmsg": "invalid credential"}),
        ("wecom", "/cgi-bin/auth/getuserinfo", {"errcode": 40029, "errmsg": "invalid code"}),
        ("wecom", "/cgi-bin/auth/getuserinfo", {"errcode": 0, "openid": "a guest"}),
        ("dingtalk", "/v1.0/oauth2/userAccessToken", {"code": "invalid"}),
        ("dingtalk", "/v1.0/contact/users/me", {"nick": "林"}),
        ("dingtalk", "/topapi/user/getbyunionid", {"errcode": 60121, "errmsg": "找不到该用户"}),
        ("dingtalk", "/topapi/user/getbyunionid", {"errcode": 0, "result": {"contact_type": 1, "userid": "lin"}}),
        ("feishu", "/open-apis/authen/v1/access_token", {"code": 20003, "msg": "invalid code"}),
        ("feishu", "/open-apis/authen/v1/user_info", {"code": 99991663, "msg": "token"}),
        ("feishu", "/open-apis/authen/v1/user_info", (200, b"[]")),
    ],
)
def test_an_answer_that_is_none_ends_on_a_page_that_says_so(client, company, trainee, provider, path, answer):
    known_to(provider, trainee)
    company.answers[path] = answer

    response = sign_in(client, provider)

    assert response.status_code == 400
    assert "没有登录成功" in response.content.decode()
    assert signed_in(client) is None


def test_a_secret_of_ours_never_comes_into_the_log(client, company, trainee, monkeypatch, caplog):
    monkeypatch.setattr(WeComAdapter, "access_token_url", "http://127.0.0.1:1/cgi-bin/gettoken")

    response = sign_in(client, "wecom")

    assert response.status_code == 400
    assert "wecom" in caplog.text
    assert "wecom-secret" not in caplog.text


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("state", ["", "made-up"])
def test_coming_back_without_having_set_out_opens_nothing(client, company, trainee, provider, state):
    known_to(provider, trainee)

    response = come_back(client, provider, state=state)

    assert response.status_code == 400
    assert signed_in(client) is None


def test_a_state_is_good_for_its_own_browser_only(client, company, trainee, django_user_model):
    known_to("oidc", trainee)
    _, sent = set_out(client, "oidc")

    other = type(client)()
    assert come_back(other, "oidc", state=sent["state"]).status_code == 400


def test_who_cancels_is_back_on_the_sign_in_page(client, company):
    _, sent = set_out(client, "oidc")

    response = client.get(callback_url("oidc"), {"error": "access_denied", "state": sent["state"]}, follow=True)

    assert "已取消" in response.content.decode()


def test_a_foreign_destination_is_not_followed(client, company, trainee):
    known_to("oidc", trainee)

    assert sign_in(client, "oidc", next="https://evil.example/").url == reverse("trainer:home")
