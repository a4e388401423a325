"""People ticked in a list are reminded, or assigned to, and one is back at the list."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.models import AuditEntry
from tests.factories.assessment import InterviewFactory, SchemeVersionFactory
from tests.factories.certificates import CertificateFactory
from tests.factories.courses import AssignmentFactory, CourseFactory
from tests.factories.people import EmploymentFactory
from tests.factories.quizzes import BlueprintFactory
from tests.factories.trainer import LessonFactory, ProductFactory, RecheckFactory
from trainer.models import Notice
from trainer.queries.notices import text_of
from trainer.rules.vocabulary import EmploymentState

pytestmark = pytest.mark.django_db
ACT = "/team/act/"
LIST = "/team/risk/?kind=recheck"


def act(client, people, **more):
    form = {"people": [person.pk for person in people], "text": "今天把 退换货 学完", "next": LIST, **more}
    return client.post(ACT, form, follow=True)


def member(supervisor, **more):
    return EmploymentFactory(team=supervisor.teams.get(), **more).user


def test_they_are_reminded_in_ones_own_words_and_one_is_back_at_the_list(client, supervisor, trainee):
    client.force_login(supervisor)

    response = act(client, [trainee, member(supervisor)])

    assert response.redirect_chain == [(LIST, 302)]
    assert "提醒了 2 人" in response.content.decode()
    assert text_of(Notice.objects.get(person=trainee)) == "王主管 提醒你：今天把 退换货 学完"
    assert AuditEntry.objects.filter(action="remind", by=supervisor).count() == 1


def test_who_was_told_the_same_today_is_counted_and_not_told_again(client, supervisor, trainee):
    client.force_login(supervisor)
    act(client, [trainee])

    page = act(client, [trainee, member(supervisor)]).content.decode()

    assert "提醒了 1 人" in page and "1 人今天已经收到过同样的话，没有再发" in page
    assert Notice.objects.filter(person=trainee).count() == 1
    act(client, [trainee])  # nobody is left to be told: nothing to put on record
    assert AuditEntry.objects.filter(action="remind").count() == 2


def test_the_same_words_of_somebody_else_are_told(client, supervisor, admin, trainee):
    for by in (supervisor, admin):
        client.force_login(by)
        act(client, [trainee])

    assert [text_of(notice).split()[0] for notice in Notice.objects.filter(person=trainee).order_by("pk")] == [
        "王主管", "陈老师",
    ]  # fmt: skip


def test_who_was_reminded_of_something_else_today_is_told_once_more_and_one_learns_of_it(
    client, supervisor, admin, trainee
):
    client.force_login(admin)
    act(client, [trainee], text="别的事")
    client.force_login(supervisor)

    page = act(client, [trainee, member(supervisor)]).content.decode()

    assert "提醒了 2 人" in page and "其中 1 人今天已经收到过别的提醒" in page and "同样的话" not in page
    Notice.objects.update(created_at=timezone.now() - timedelta(days=1))
    assert "别的提醒" not in act(client, [trainee], text="第三件事").content.decode()


def test_others_people_and_who_has_left_are_left_out(client, supervisor, trainee, other_supervisor):
    stranger = other_supervisor.teams.get().members.get().user
    gone = member(supervisor, state=EmploymentState.LEFT, left_on=timezone.localdate())
    client.force_login(supervisor)

    page = act(client, [trainee, stranger, gone]).content.decode()
    form = act(client, [trainee, stranger, gone], do="assign")

    assert "提醒了 1 人" in page and "2 人已离职或不在你的小组里，跳过了" in page
    assert [notice.person for notice in Notice.objects.all()] == [trainee]
    assert form.context["form"].initial["people"] == [str(trainee.pk)]


def test_nobody_of_others_at_all_is_told_so(client, trainee, other_supervisor):
    client.force_login(other_supervisor)

    for do in ("remind", "assign"):
        assert "没有选上可以办的人" in act(client, [trainee], do=do).content.decode()
    assert not Notice.objects.exists()


@pytest.mark.parametrize("ids", [[], ["x"], ["-1"], ["9" * 30], ["１"]])
def test_without_people_nothing_is_sent(client, supervisor, trainee, ids):
    client.force_login(supervisor)

    page = client.post(ACT, {"people": ids, "text": "练"}, follow=True)

    assert "没有选上可以办的人" in page.content.decode() and not Notice.objects.exists()


@pytest.mark.parametrize("text", ["", "  ", "练" * 201])
def test_without_words_nothing_is_sent(client, supervisor, trainee, text):
    client.force_login(supervisor)

    assert "没有发出" in act(client, [trainee], text=text).content.decode() and not Notice.objects.exists()


def test_a_foreign_address_is_no_way_back(client, supervisor, trainee):
    client.force_login(supervisor)

    assert act(client, [trainee], next="https://elsewhere.example/").redirect_chain == [("/team/", 302)]


def test_assigning_comes_with_the_people_and_returns_to_the_list(client, supervisor, trainee):
    course = CourseFactory(lessons=[LessonFactory()])
    client.force_login(supervisor)
    page = act(client, [trainee], do="assign", text="")
    sent = {
        "course": course.slug, "people": page.context["form"].initial["people"], "next": page.context["back"],
        "due_on": (timezone.localdate() + timedelta(days=3)).isoformat(),
    }  # fmt: skip

    response = client.post(reverse("trainer:assign"), sent, follow=True)

    assert response.redirect_chain == [(LIST, 302)] and "派给了 1 人" in response.content.decode()
    assert "十分钟内可以到“派课”里撤销" in response.content.decode()


# --- the lists that offer it -----------------------------------------------------------------------------


def overdue(person):
    return RecheckFactory(learner=person, due_on=timezone.localdate() - timedelta(days=1))


def gate(person):
    return ProductFactory(sku="SKU-1", blueprint=BlueprintFactory())


LISTS = {
    "/team/": lambda person: None,
    "/team/heat/": lambda person: None,
    "/team/risk/": overdue,
    "/assignments/": lambda person: AssignmentFactory(learner=person),
    "/team/decisions/?show=ending": lambda person: None,
    "/team/certificates/": lambda person: CertificateFactory(holder=person),
    "/rechecks/": overdue,
    "/products/SKU-1/": gate,
    "/interviews/": lambda person: InterviewFactory(learner=person, final=True),
    "/performance/": lambda person: SchemeVersionFactory(),
}


@pytest.mark.parametrize("path", LISTS)
def test_a_list_of_people_has_boxes_and_what_to_do_for_them(client, supervisor, trainee, path):
    trainee.employment.probation_ends_on = timezone.localdate() + timedelta(days=3)
    trainee.employment.save()
    LISTS[path](trainee)
    client.force_login(supervisor)

    page = client.get(path).content.decode()

    assert f'form="act" name="people" value="{trainee.pk}"' in page
    assert f'action="{ACT}"' in page and f'name="next" value="{path}"' in page and "data-pick-all" in page
