"""Django's admin as the admin role, which is no superuser."""

import pytest
from django.contrib import admin as django_admin
from django.urls import reverse

from quizzes.models import AuditEntry, Mark, QuestionVersion, Step
from tests.factories.people import PASSWORD
from tests.factories.quizzes import AttemptFactory, AuditEntryFactory
from tests.factories.trainer import EmploymentFactory, UserFactory
from trainer.models import LessonVersion, Team, User
from trainer.models.people import ADMIN, SUPERVISOR, TRAINEE

NO_EMPLOYMENT = {
    f"{prefix}-{name}_FORMS": 0 for prefix in ("employment", "socialaccount_set") for name in ("TOTAL", "INITIAL")
}


@pytest.fixture
def backstage(client, admin):
    client.force_login(admin)
    return client


def role_ids(*names):
    from tests.factories.people import role_group

    return [role_group(name).pk for name in names]


@pytest.mark.parametrize(("role", "staff"), [(SUPERVISOR, False), (ADMIN, True)])
def test_a_new_person_gets_a_role_and_only_an_admin_the_backstage(backstage, role, staff):
    data = {"username": "wang", "display_name": "王敏", "groups": role_ids(role), "usable_password": "true"}

    answer = backstage.post(
        "/admin/trainer/user/add/", data | NO_EMPLOYMENT | {"password1": PASSWORD, "password2": PASSWORD}
    )

    assert answer.status_code == 302
    person = User.objects.get(username="wang")
    assert person.is_staff is staff
    assert person.check_password(PASSWORD)
    assert [group.name for group in person.groups.all()] == [role]


def test_losing_the_role_loses_the_backstage(backstage):
    person = UserFactory(role=ADMIN)
    data = {"username": person.username, "groups": role_ids(SUPERVISOR), "is_active": "on"}

    backstage.post(reverse("admin:trainer_user_change", args=[person.pk]), data | NO_EMPLOYMENT)

    person.refresh_from_db()
    assert not person.is_staff


def test_an_admin_can_neither_see_nor_make_a_superuser(backstage):
    root = UserFactory(is_superuser=True, is_staff=True)
    ordinary = UserFactory()
    data = {"username": ordinary.username, "is_superuser": "on", "is_staff": "on", "is_active": "on"}

    backstage.post(reverse("admin:trainer_user_change", args=[ordinary.pk]), data | NO_EMPLOYMENT)

    ordinary.refresh_from_db()
    assert not ordinary.is_superuser
    assert not ordinary.is_staff
    assert root not in backstage.get("/admin/trainer/user/").context["cl"].queryset
    assert backstage.get(reverse("admin:auth_user_password_change", args=[root.pk]), follow=True).status_code in (
        404,
        403,
    )


def test_people_are_switched_off_never_deleted(backstage, trainee):
    assert backstage.get(reverse("admin:trainer_user_delete", args=[trainee.pk])).status_code == 403


@pytest.mark.parametrize("model", [AuditEntry, Mark, QuestionVersion, Step, LessonVersion])
def test_what_is_written_once_cannot_be_changed_even_by_a_superuser(model, rf):
    request = rf.get("/")
    request.user = User(is_superuser=True, is_active=True)
    site = django_admin.site

    if model in site._registry:
        page = site._registry[model]
        assert not page.has_add_permission(request)
        assert not page.has_change_permission(request)
        assert not page.has_delete_permission(request)
    else:
        assert model is QuestionVersion, "shown with its question"


def test_a_team_is_led_by_somebody_who_may_lead(backstage, trainee, supervisor):
    form = backstage.get("/admin/trainer/team/add/").context["adminform"].form

    leaders = form.fields["supervisor"].queryset
    assert supervisor in leaders
    assert trainee not in leaders


def test_the_lists_show_who_and_how_many(backstage, trainee):
    people = backstage.get("/admin/trainer/user/").content.decode()
    teams = backstage.get("/admin/trainer/team/").content.decode()

    assert "学员" in people
    assert "天猫一组" in people
    assert '<td class="field-member_count">1</td>' in teams
    assert Team.objects.get().members.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_any_length(backstage, rows, django_assert_num_queries):
    EmploymentFactory.create_batch(rows)
    AttemptFactory.create_batch(rows, submitted=True)
    AuditEntryFactory.create_batch(rows)

    lists = {"trainer_user": 10, "quizzes_attempt": 9, "quizzes_mark": 6, "quizzes_auditentry": 9}
    for model, queries in lists.items():
        with django_assert_num_queries(queries, info=model):
            backstage.get(reverse(f"admin:{model}_changelist"))


def test_an_admin_gives_a_person_their_name_with_the_companys_sign_in(backstage):
    person = UserFactory(role=TRAINEE)
    data = {"username": person.username, "groups": role_ids(TRAINEE), "is_active": "on", "email": "lin@example.com"}
    accounts = {
        "socialaccount_set-TOTAL_FORMS": 1, "socialaccount_set-INITIAL_FORMS": 0,
        "socialaccount_set-0-provider": "wecom", "socialaccount_set-0-uid": "lin",
    }  # fmt: skip

    answer = backstage.post(
        reverse("admin:trainer_user_change", args=[person.pk]), data | NO_EMPLOYMENT | accounts
    )

    assert answer.status_code == 302
    assert person.socialaccount_set.get().uid == "lin"
    person.refresh_from_db()
    assert person.email == "lin@example.com"


def test_an_address_of_another_is_refused_in_the_backstage(backstage):
    UserFactory(email="Lin@example.com")
    person = UserFactory(role=TRAINEE)
    data = {"username": person.username, "groups": role_ids(TRAINEE), "is_active": "on", "email": "lin@example.com"}

    answer = backstage.post(reverse("admin:trainer_user_change", args=[person.pk]), data | NO_EMPLOYMENT)

    assert "这个邮箱已经是另一个人的" in answer.content.decode()


def test_whoever_is_set_to_left_is_switched_off_as_well(backstage, trainee):
    employment = trainee.employment
    data = {
        "username": trainee.username, "groups": role_ids(TRAINEE), "is_active": "on",
        "employment-TOTAL_FORMS": 1, "employment-INITIAL_FORMS": 1, "employment-0-id": employment.pk,
        "employment-0-user": trainee.pk, "employment-0-hired_on": employment.hired_on,
        "employment-0-probation_ends_on": employment.probation_ends_on, "employment-0-state": "left",
    }  # fmt: skip

    answer = backstage.post(reverse("admin:trainer_user_change", args=[trainee.pk]), NO_EMPLOYMENT | data)

    assert answer.status_code == 302, answer.context["errors"]
    trainee.refresh_from_db()
    assert not trainee.is_active
