"""One person's whole evidence, in the order of time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.assessment import InterviewFactory
from tests.factories.courses import AssignmentFactory, AttendanceFactory
from tests.factories.decisions import DecisionFactory
from tests.factories.drills import SortingRunFactory, TypingRunFactory
from tests.factories.people import EmploymentFactory
from tests.factories.quizzes import AppealFactory, AttemptFactory
from tests.factories.roleplay import SessionFactory
from tests.factories.trainer import LessonReadFactory, RecheckFactory
from trainer.queries.timeline import Strand, timeline

pytestmark = pytest.mark.django_db


def lived(person):
    """One of everything."""
    exam = AttemptFactory(learner=person, submitted=True)
    AppealFactory(item=exam.items.first())
    AttemptFactory(learner=person, practice=True, submitted=True)
    LessonReadFactory(learner=person, done=True)
    SessionFactory(learner=person, ended=True)
    TypingRunFactory(learner=person, finished=True)
    SortingRunFactory(learner=person, finished=True)
    AssignmentFactory(learner=person)
    AttendanceFactory(learner=person)
    RecheckFactory(learner=person)
    InterviewFactory(learner=person, final=True)


def test_everything_is_there_the_newest_first(trainee):
    lived(trainee)
    DecisionFactory(employment=trainee.employment)

    events = timeline(trainee, own=False)

    assert {event.strand for event in events} == set(Strand)
    assert [event.at for event in events] == sorted((event.at for event in events), reverse=True)


def test_others_are_left_out(trainee):
    lived(EmploymentFactory().user)

    assert timeline(trainee, own=True) == []


def test_a_strand_is_chosen(client, supervisor, trainee):
    lived(trainee)
    client.force_login(supervisor)

    page = client.get(reverse("trainer:person_timeline", args=[trainee.pk]), {"strand": "talk"}).context["page"]

    assert {event.strand for event in page} == {Strand.TALK}


def test_links_lead_where_the_reader_may_go(client, supervisor, trainee):
    lived(trainee)
    for reader, address in (
        (supervisor, reverse("trainer:person_timeline", args=[trainee.pk])),
        (trainee, reverse("trainer:own_timeline")),
    ):
        client.force_login(reader)
        events = client.get(address).context["page"]
        for url in {event.url for event in events if event.url}:
            assert client.get(url, follow=True).status_code == 200, url


def test_days_head_their_events_and_an_empty_one_says_so(client, trainee):
    client.force_login(trainee)
    assert "还没有记录" in client.get(reverse("trainer:own_timeline")).content.decode()

    for days in (1, 1, 3):
        AttemptFactory(learner=trainee, submitted=True, started_at=timezone.now() - timedelta(days=days))
    assert client.get(reverse("trainer:own_timeline")).content.decode().count("timeline-day") == 2


@pytest.mark.parametrize("many", [1, 3])
def test_it_costs_the_same_for_any_life(client, supervisor, trainee, many, django_assert_num_queries):
    for _ in range(many):
        lived(trainee)
    client.force_login(supervisor)

    with django_assert_num_queries(20):
        client.get(reverse("trainer:person_timeline", args=[trainee.pk]))
