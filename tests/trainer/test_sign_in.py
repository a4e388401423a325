from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from quizzes.models import AuditEntry
from tests.factories.people import PASSWORD
from trainer.commands.sign_in import unlock

LOGIN = "/accounts/login/"


def try_to_sign_in(client, username, password=PASSWORD):
    return client.post(LOGIN, {"username": username, "password": password})


def fail(client, username, times=settings.AXES_FAILURE_LIMIT):
    for _ in range(times):
        response = try_to_sign_in(client, username, "wrong")
    return response


def test_signing_in_leads_to_where_one_wanted_to_go(client, trainee):
    response = client.post(LOGIN, {"username": trainee.username, "password": PASSWORD, "next": "/account/"})

    assert response.url == "/account/"
    assert trainee.username in client.get("/account/").content.decode()


def test_a_foreign_destination_is_not_followed(client, trainee):
    response = client.post(LOGIN, {"username": trainee.username, "password": PASSWORD, "next": "https://evil.example/"})

    assert response.url == reverse("trainer:home")


def test_a_wrong_password_is_told_in_chinese_and_does_not_say_which_half_was_wrong(client, trainee):
    known, unknown = fail(client, trainee.username, 1), fail(client, "nobody", 1)

    messages = [response.context["form"].non_field_errors() for response in (known, unknown)]
    assert messages[0] == messages[1]
    assert "请输入一个正确的用户名和密码" in messages[0][0]


def test_too_many_tries_lock_and_say_until_when(client, trainee, time_machine):
    time_machine.move_to("2026-11-22 14:00:00+08:00", tick=False)

    response = fail(client, trainee.username)

    assert response.status_code == 429
    assert response["Retry-After"] == "900"
    assert "11月22日 14:15" in response.content.decode()
    assert try_to_sign_in(client, trainee.username).status_code == 429, "the right password does not open it either"
    time_machine.shift(timedelta(minutes=16))
    assert try_to_sign_in(client, trainee.username).status_code == 302


def test_one_try_less_does_not_lock(client, trainee):
    fail(client, trainee.username, settings.AXES_FAILURE_LIMIT - 1)

    assert try_to_sign_in(client, trainee.username).status_code == 302


def test_a_lock_does_not_keep_colleagues_behind_the_same_address_out(client, trainee, supervisor):
    fail(client, trainee.username)

    assert try_to_sign_in(client, supervisor.username).status_code == 302


def test_unlocking_lets_the_person_in_and_is_written_down(client, trainee, supervisor, admin):
    fail(client, trainee.username)
    fail(client, supervisor.username)

    forgotten = unlock(people=[trainee], by=admin, at=timezone.now())

    assert forgotten == 1
    assert try_to_sign_in(client, trainee.username).status_code == 302
    client.logout()
    assert try_to_sign_in(client, supervisor.username).status_code == 429
    assert AuditEntry.objects.get().target == f"user:{trainee.username}"


def test_an_admin_unlocks_from_the_list_of_people(client, trainee, admin):
    fail(client, trainee.username)
    client.force_login(admin)

    client.post("/admin/trainer/user/", {"action": "unlock_sign_in", "_selected_action": [trainee.pk]})

    client.logout()
    assert try_to_sign_in(client, trainee.username).status_code == 302


def test_signing_out_needs_a_post(client, trainee):
    client.force_login(trainee)

    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/").url == LOGIN
    assert client.get("/account/").url.startswith(LOGIN)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("wrong", "Qingcha-2027-hua", "旧密码"),
        (PASSWORD, "12345678", "密码"),
        (PASSWORD, "short", "8 个字符"),
    ],
)
def test_a_bad_new_password_is_refused_in_chinese(client, trainee, old, new, said):
    client.force_login(trainee)

    response = client.post(
        "/accounts/password/", {"old_password": old, "new_password1": new, "new_password2": new}
    )

    assert response.status_code == 200
    assert said in str(response.context["form"].errors)


def test_a_changed_password_keeps_this_session_and_opens_the_door(client, trainee):
    client.force_login(trainee)
    new = "Qingcha-2027-hua"

    response = client.post(
        "/accounts/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new}, follow=True
    )

    assert "密码已修改" in response.content.decode()
    assert client.get("/account/").status_code == 200
    client.logout()
    assert try_to_sign_in(client, trainee.username, new).status_code == 302
