"""The pages on which a sheet of people is uploaded and looked at."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.trainer.sheets_of_people import TEAM, many, workbook
from trainer.commands.people_load import (
    upload_people,
)
from trainer.rules.people.known import Kind

pytestmark = pytest.mark.django_db


def upload(client, data, name="人员.xlsx"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return client.post(reverse("trainer:people"), {"file": SimpleUploadedFile(name, data)}, follow=True)


def test_an_admin_uploads_looks_and_confirms(client, admin, trainee):
    client.force_login(admin)
    page = upload(client, workbook(*TEAM, (trainee.username, "林满")))
    assert [(name, count) for name, _label, count in page.context["tabs"]] == [
        ("new", 3), ("changed", 1), ("teams", 1),
    ]  # fmt: skip
    assert "手机" not in page.content.decode()
    changed = client.get(page.request["PATH_INFO"], {"show": "changed"}).content.decode()
    assert "<del>小林</del>" in changed and "<ins>林满</ins>" in changed

    done = client.post(page.request["PATH_INFO"], {"seen": page.context["seen"]}, follow=True)

    assert "发密码链接" in done.content.decode()
    trainee.refresh_from_db()
    assert trainee.display_name == "林满"


def test_columns_that_nothing_holds_are_named_before_anybody_confirms(client, admin):
    """Such as the platform: what somebody learns for which platform is said by courses and plans."""
    client.force_login(admin)

    headers = ("工号", "姓名", "角色", "平台", "手机")
    page = upload(client, workbook(("K1", "何妍", "管理员", "天猫", "138"), headers=headers))

    assert "这些列没有导入：平台、手机" in page.content.decode()
    assert page.context["show"] == "new"


def test_problems_come_first_and_leave_nothing_to_confirm(client, admin):
    client.force_login(admin)

    page = upload(client, workbook(("K1", "何妍", "店长")))

    text = page.content.decode()
    assert page.context["show"] == "problems"
    assert "不认识角色“店长”" in text
    assert "确认导入" not in text
    done = client.post(page.request["PATH_INFO"], {"seen": page.context["seen"]}, follow=True)
    assert "一个人都没有导入" in done.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_problem_has_words(client, admin, language):
    from django.utils import translation

    from trainer.queries.people_load import TEXTS, problem_text
    from trainer.rules.people.rows import Problem

    params = dict.fromkeys(
        ("username", "most", "why", "role", "state", "email", "text", "day", "first", "other", "supervisor", "team",
         "value"), "x",
    ) | {"column": "email"}  # fmt: skip
    with translation.override(language):
        assert all(problem_text(Problem(2, code, params)) for code in TEXTS)


def test_a_file_that_is_no_sheet_is_refused(client, admin):
    client.force_login(admin)

    page = upload(client, b"%PDF-1.4")

    assert page.status_code == 422
    assert "PDF" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_preview_costs_the_same_for_any_number(client, admin, count, django_assert_num_queries):
    client.force_login(admin)
    made = upload_people(name="a.xlsx", data=many(count), by=admin, at=timezone.now())

    with django_assert_num_queries(9):
        page = client.get(reverse("trainer:people_load", args=[made.pk]), {"show": Kind.NEW})

    assert page.context["page"].paginator.count == count + 1


def test_the_template_comes_as_a_workbook(client, admin):
    client.force_login(admin)

    answer = client.get(reverse("trainer:people_template"))

    assert answer.content.startswith(b"PK")
