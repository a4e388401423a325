"""What the API answers: pages, filters, tags, problems, and writes that are done once."""

import json
from datetime import timedelta

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from quizzes.models import AuditEntry
from tests.factories.courses import CourseFactory
from tests.factories.interfaces import ApiTokenFactory
from tests.factories.quizzes import AttemptFactory
from tests.factories.trainer import EmploymentFactory
from tests.trainer.test_api_access import ask, ids, key_for
from trainer.api.site import api
from trainer.commands.api_calls import forget_old_calls
from trainer.models import Assignment, IdempotentCall, User
from trainer.rules.api_scopes import Scope
from trainer.wsgi import application

PERSON = {
    "username": "K1001", "name": "何妍", "role": "trainee", "hired_on": "2026-11-02", "probation_ends_on": "2027-02-01",
}  # fmt: skip


@pytest.mark.django_db
class TestReading:
    def test_a_long_list_comes_in_pages(self, client, admin):
        EmploymentFactory.create_batch(5)
        key = key_for(admin)

        first = ask(client, key, "people", per_page=2).json()
        last = ask(client, key, "people", per_page=2, page=99).json()

        assert (len(first["items"]), first["total"]) == (2, User.objects.count())
        assert last["items"] == []

    @pytest.mark.parametrize("count", [1, 4])
    @pytest.mark.parametrize(("path", "queries"), [("people", 8), ("standings", 13), ("results/exams", 7)])
    def test_a_page_costs_the_same_for_any_number(
        self, client, admin, count, path, queries, django_assert_max_num_queries
    ):
        for employment in EmploymentFactory.create_batch(count):
            AttemptFactory(learner=employment.user, submitted=True)
        key = key_for(admin)
        ask(client, key, "me")

        with django_assert_max_num_queries(queries):
            answer = ask(client, key, path)

        assert answer.json()["total"] >= count

    def test_results_are_filtered_by_person_and_time(self, client, admin, trainee):
        mine, other = AttemptFactory(learner=trainee, submitted=True), AttemptFactory(submitted=True)
        key = key_for(admin)

        assert ids(ask(client, key, "results/exams"), "id") == {mine.pk, other.pk}
        assert ids(ask(client, key, "results/exams", person=trainee.pk), "id") == {mine.pk}
        later = ask(client, key, "results/exams", since=timezone.now().isoformat())
        assert later.json()["items"] == []

    def test_who_has_the_answer_already_is_not_sent_it_again(self, client, admin, trainee):
        key = key_for(admin)
        tag = ask(client, key, "people")["ETag"]
        headers = {"authorization": f"Bearer {key}", "if-none-match": tag}

        again = client.get("/api/v1/people", headers=headers)
        User.objects.filter(pk=trainee.pk).update(display_name="林满")
        changed = client.get("/api/v1/people", headers=headers)

        assert (again.status_code, again.content) == (304, b"")
        assert changed.status_code == 200

    @pytest.mark.parametrize(("language", "word"), [("en-GB,en;q=0.9", "token"), ("zh-CN", "令牌"), ("fr", "令牌")])
    def test_problems_are_told_in_the_callers_language(self, client, db, language, word):
        answer = client.get("/api/v1/me", headers={"accept-language": language})

        assert answer.status_code == 401
        assert answer["Content-Language"] == ("en" if language.startswith("en") else "zh-hans")
        if answer["Content-Language"] != "en":
            assert word in answer.json()["title"]

    def test_what_is_filled_in_wrongly_is_named(self, client, admin):
        answer = ask(client, key_for(admin), "people", per_page=1000)

        assert answer.status_code == 422
        assert answer.json()["errors"][0]["place"][-1] == "per_page"


@pytest.mark.django_db
class TestWriting:
    def test_a_person_is_made_once_however_often_it_is_sent(self, client, admin):
        key = key_for(admin)

        answers = [ask(client, key, "people", "post", body=PERSON) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [201, 201]
        assert answers[0].json() == answers[1].json()
        made = User.objects.get(username="K1001")
        assert not made.has_usable_password()
        assert made.employment.hired_on.isoformat() == "2026-11-02"
        assert AuditEntry.objects.get(action="add_person").by == admin

    def test_a_key_that_was_used_for_something_else_is_refused(self, client, admin):
        key = key_for(admin)
        ask(client, key, "people", "post", body=PERSON)

        other = ask(client, key, "people", "post", body=PERSON | {"username": "K1002"})

        assert other.status_code == 422
        assert not User.objects.filter(username="K1002").exists()

    def test_what_failed_may_be_mended_and_sent_again_under_the_same_key(self, client, admin):
        key = key_for(admin)
        wrong = ask(client, key, "people", "post", body=PERSON | {"probation_ends_on": "2026-01-01"})

        mended = ask(client, key, "people", "post", body=PERSON)

        assert (wrong.status_code, mended.status_code) == (422, 201)

    @pytest.mark.parametrize(
        ("change", "status"),
        [({"username": "ADMIN"}, 409), ({"role": "admin"}, 422), ({"team": 999}, 422), ({"name": " "}, 422)],
    )
    def test_a_person_that_cannot_be_is_refused(self, client, admin, change, status):
        assert ask(client, key_for(admin), "people", "post", body=PERSON | change).status_code == status

    def test_without_an_idempotency_key_nothing_is_written(self, client, admin):
        headers = {"authorization": f"Bearer {key_for(admin)}"}

        answer = client.post("/api/v1/people", json.dumps(PERSON), content_type="application/json", headers=headers)

        assert answer.status_code == 422
        assert not User.objects.filter(username="K1001").exists()

    def test_a_person_is_switched_off_and_their_records_stay(self, client, admin, trainee):
        attempt = AttemptFactory(learner=trainee, submitted=True)
        key = key_for(admin)

        answer = ask(client, key, f"people/{trainee.pk}/deactivate", "post")

        assert answer.json()["active"] is False
        assert ids(ask(client, key, "results/exams"), "id") == {attempt.pk}

    def test_the_last_admin_and_who_leads_a_team_stay(self, client, admin, supervisor):
        key = key_for(admin)

        answers = [
            ask(client, key, f"people/{who.pk}/deactivate", "post", idempotency=f"call-{who.pk}-x")
            for who in (admin, supervisor)
        ]

        assert [answer.status_code for answer in answers] == [409, 409]
        assert User.objects.filter(is_active=True, pk__in=(admin.pk, supervisor.pk)).count() == 2

    def test_a_course_is_assigned_within_reach_only(self, client, supervisor, other_supervisor, trainee):
        course = CourseFactory()
        stranger = other_supervisor.teams.get().members.get().user
        body = {"course": course.slug, "people": [trainee.pk], "due_on": "2099-01-05"}
        key = key_for(supervisor)

        wider = body | {"people": [trainee.pk, stranger.pk]}
        refused = ask(client, key, "assignments", "post", body=wider, idempotency="call-one")
        done = ask(client, key, "assignments", "post", body=body, idempotency="call-two")
        again = ask(client, key, "assignments", "post", body=body, idempotency="call-three")

        assert (refused.status_code, done.status_code) == (422, 201)
        assert [row["person"] for row in done.json()["made"]] == [trainee.pk]
        assert again.json() == {"made": [], "had": [trainee.pk]}
        assert Assignment.objects.get().assigned_by == supervisor

    def test_old_answers_are_forgotten(self, client, admin):
        ask(client, key_for(admin), "people", "post", body=PERSON)

        assert forget_old_calls(at=timezone.now() + timedelta(days=8)) == 1
        assert not IdempotentCall.objects.exists()


# --- the description -------------------------------------------------------------------------------------


def test_the_description_is_stable():
    """A change of what others rely on has to be meant: paths, parameters and what an answer consists of."""
    schema = api.get_openapi_schema()
    operations = {f"{m} {p}" for p, methods in schema["paths"].items() for m in methods}
    fields = {name: sorted(part.get("properties", ())) for name, part in schema["components"]["schemas"].items()}

    assert len(operations) == 12
    assert fields["PersonOut"] == [
        "active", "email", "hired_on", "id", "name", "probation_ends_on", "role", "state", "team", "username",
    ]  # fmt: skip
    assert fields["ExamOut"] == [
        "exam", "id", "pass_mark", "passed", "person", "score", "started_at", "submitted_at",
    ]  # fmt: skip
    assert fields["StandingOut"] == [
        "days_left", "lines", "percent", "person", "probation_ends_on", "ready", "state", "team",
    ]  # fmt: skip
    assert fields["DecisionOut"] == [
        "by", "decided_at", "digest", "effective_on", "id", "kind", "person", "reasons", "superseded",
    ]  # fmt: skip
    assert fields["AssignmentOut"] == [
        "assigned_at", "course", "done", "done_at", "due_on", "id", "person", "state", "total",
    ]  # fmt: skip
    assert fields["Problem"] == ["detail", "errors", "status", "title", "type"]


SCHEMA = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema(), default=str)))
SCHEMA.app = application
SCHEMA.config.generation.update(modes=[GenerationMode.POSITIVE])


@pytest.fixture
def key(admin, trainee, settings):
    AttemptFactory(learner=trainee, submitted=True)
    ApiTokenFactory(person=admin, key="pxt_explorer", scopes=list(Scope))
    settings.API_FAILURES = 10**6  # wrong tokens are tried, too
    signals = (request_started, request_finished)  # they would close the connection on which the test has its rows
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield "pxt_explorer"
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.django_db
@SCHEMA.parametrize()
@hypothesis_settings(
    max_examples=4, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_every_operation_answers_as_it_is_described(case, key):
    """No crash, no status and no shape that the description does not name."""
    headers = {"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"}
    # What depends on two fields, or on who is there, is refused although each field is fine.
    case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])
