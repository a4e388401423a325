"""The frame of every page: rail, language, theme, error pages."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from trainer.views import frame
from trainer.views.frame import Frame

RAILS = (frame.TRAINEE_RAIL, frame.SUPERVISOR_RAIL, frame.ADMIN_RAIL)


def page(client, url="/account/", **extra):
    return client.get(url, **extra).content.decode()


def rail(client):
    return re.findall(r'<a class="place" href="[^"]*"[^>]*>.*?<span>(.*?)</span>', page(client), re.DOTALL)


@pytest.mark.parametrize(
    ("who", "places"),
    [
        ("trainee", ["今日", "学习", "练习", "对练", "我的"]),
        ("supervisor", ["小组", "批改", "质检", "申诉", "学习", "商品", "题库", "蓝图"]),
        (
            "admin",
            ["内容", "导入", "题库", "蓝图", "方案", "商品", "小组", "批改", "质检", "申诉", "学习", "人员", "后台"],
        ),
    ],
)
def test_each_role_has_its_rail(client, request, who, places):
    client.force_login(request.getfixturevalue(who))

    assert rail(client) == places


def test_the_place_where_one_is_is_marked(client, trainee):
    client.force_login(trainee)

    current = re.findall(r'<a class="place"[^>]*aria-current="page">.*?<span>(.*?)</span>', page(client), re.DOTALL)

    assert current == ["我的"]


@pytest.mark.parametrize("places", RAILS)
def test_no_page_belongs_to_two_places(places):
    pages = [name for first, _, _, more in places for name in (first, *more)]

    assert len(pages) == len(set(pages))


@pytest.mark.parametrize("places", RAILS)
def test_every_first_page_of_a_place_exists(places):
    assert all(reverse(name) for name, *_ in places)


def test_the_frame_costs_two_queries_of_permissions_and_a_page_without_it_none(
    rf, supervisor, django_assert_num_queries
):
    request = rf.get("/account/")
    request.user, request.resolver_match = supervisor, None

    with django_assert_num_queries(0):
        context = frame.frame(request)
    with django_assert_num_queries(2):
        assert context["frame"].places
        assert str(context["frame"].role_label) == "主管"


def test_the_account_page_costs_five_queries(client, trainee, django_assert_num_queries):
    client.force_login(trainee)

    with django_assert_num_queries(5):  # session, person, two of permissions, employment with team and supervisor
        client.get("/account/")


# --- language --------------------------------------------------------------------------------------------


def test_chinese_is_the_language_of_the_site_whatever_the_browser_asks_first(client):
    html = page(client, "/accounts/login/", headers={"Accept-Language": "en-US,en;q=0.9"})

    assert 'lang="zh-hans"' in html
    assert "用户名" in html


def test_a_forged_language_cookie_is_ignored(client):
    client.cookies["django_language"] = "../../etc"

    assert 'lang="zh-hans"' in page(client, "/accounts/login/")


def test_the_switch_remembers_english_even_before_signing_in(client):
    answer = client.post("/i18n/setlang/", {"language": "en", "next": "/accounts/login/"})

    html = page(client, answer.url)
    assert 'lang="en"' in html
    assert "Username" in html


def test_djangos_own_messages_follow_the_language(client, trainee):
    client.force_login(trainee)
    empty = {"old_password": "", "new_password1": "", "new_password2": ""}

    chinese = client.post("/accounts/password/", empty).content.decode()
    client.post("/i18n/setlang/", {"language": "en"})
    english = client.post("/accounts/password/", empty).content.decode()

    assert "这个字段是必填项。" in chinese
    assert "This field is required." in english


# --- theme -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_a_chosen_theme_is_in_the_page_from_the_first_byte(client, chosen):
    answer = client.post("/account/theme/", {"theme": chosen, "next": "/accounts/login/"})

    assert answer.url == "/accounts/login/"
    assert f'data-bs-theme="{chosen}"' in page(client, "/accounts/login/")


def test_automatic_leaves_it_to_the_system(client):
    client.post("/account/theme/", {"theme": "dark"})
    client.post("/account/theme/", {"theme": "auto"})

    html = page(client, "/accounts/login/")
    assert "data-bs-theme" not in html
    assert html.count('name="theme-color"') == 2


def test_an_unknown_theme_is_refused_and_a_forged_cookie_ignored(client):
    assert client.post("/account/theme/", {"theme": "pink"}).status_code == 400
    client.cookies["theme"] = '"><script>'
    assert "data-bs-theme" not in page(client, "/accounts/login/")


def test_the_theme_switch_does_not_lead_to_other_sites(client):
    answer = client.post("/account/theme/", {"theme": "dark", "next": "https://evil.example/"})

    assert answer.url == reverse("trainer:home")


def test_after_a_post_the_switches_lead_home(rf):
    assert Frame(rf.post("/accounts/login/")).here == reverse("trainer:home")
    assert Frame(rf.get("/accounts/login/?next=/account/")).here == "/accounts/login/?next=/account/"


# --- errors ----------------------------------------------------------------------------------------------


def test_a_missing_page_says_so_and_leads_home(client, trainee):
    client.force_login(trainee)

    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert "没有这一页" in response.content.decode()
    assert f'href="{reverse("trainer:home")}"' in response.content.decode()


def test_a_forbidden_page_says_whom_to_ask(client, trainee):
    client.force_login(trainee)

    response = client.get("/admin/", follow=True)

    assert response.status_code == 403
    assert "没有打开这一页的权限" in response.content.decode()


def test_an_expired_form_says_what_to_do(trainee):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(trainee)

    response = strict.post("/account/theme/", {"theme": "dark"})

    assert response.status_code == 403
    assert "表单已经过期" in response.content.decode()


def test_a_broken_page_is_answered_without_the_database(client, trainee, monkeypatch, django_assert_num_queries):
    client.raise_request_exception = False
    monkeypatch.setattr("trainer.views.frame.Frame.theme", property(lambda self: 1 / 0))

    with django_assert_num_queries(0):
        response = client.get("/accounts/login/")

    assert response.status_code == 500
    assert "服务器出错了" in response.content.decode()


def test_a_malformed_request_is_told_so(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1

    response = client.post("/accounts/login/", {"a": "1", "b": "2"})

    assert response.status_code == 400
    assert "看不懂这个请求" in response.content.decode()
