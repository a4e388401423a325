"""Every operation of the API, with every scope, as every role; and what a token cannot do."""

import json
from datetime import timedelta

import environ
import pytest
from django.core.cache.backends import locmem
from django.core.management import call_command
from django.utils import timezone

from quizzes.models import AuditEntry
from tests.factories.interfaces import ApiTokenFactory
from tests.factories.quizzes import AttemptFactory
from tests.factories.trainer import UserFactory
from trainer.api.site import api
from trainer.commands.api_tokens import TooMuch, add_token, revoke_token
from trainer.models import ApiToken, User
from trainer.rules.api_scopes import BY_ROLE, Scope
from trainer.rules.vocabulary import EmploymentState

pytestmark = pytest.mark.django_db
BASE = "/api/v1/"

# Method, path and scope of each operation; ``{trainee}`` is the id of the trainee.
OPERATIONS = {
    ("get", "me"): None,
    ("get", "people"): Scope.PEOPLE_READ,
    ("get", "people/{trainee}"): Scope.PEOPLE_READ,
    ("post", "people"): Scope.PEOPLE_WRITE,
    ("post", "people/{trainee}/deactivate"): Scope.PEOPLE_WRITE,
    ("get", "teams"): Scope.TEAMS_READ,
    ("get", "assignments"): Scope.ASSIGNMENTS_READ,
    ("post", "assignments"): Scope.ASSIGNMENTS_WRITE,
    ("get", "results/exams"): Scope.RESULTS_READ,
    ("get", "results/sessions"): Scope.RESULTS_READ,
    ("get", "standings"): Scope.STANDINGS_READ,
    ("get", "decisions"): Scope.DECISIONS_READ,
}


def key_for(person, *scopes):
    """A key that acts for ``person``; whatever they may give, unless ``scopes`` are named."""
    role = next((group.name for group in person.groups.all()), "trainee")
    _token, key = add_token(
        name="人事", person=person, scopes=scopes or BY_ROLE[role], days=30, by=person, at=timezone.now()
    )
    return key


def ask(client, key, path, method="get", **query):
    headers = {"authorization": f"Bearer {key}", "idempotency-key": query.pop("idempotency", "a-first-call")}
    if method == "post":
        body = query.pop("body", {})
        return client.post(BASE + path, json.dumps(body), content_type="application/json", headers=headers)
    return client.get(BASE + path, query, headers=headers | query.pop("headers", {}))


def ids(answer, of="person"):
    return {item[of] for item in answer.json()["items"]}


def test_the_table_names_every_operation():
    described = {
        (method, path.removeprefix(BASE).replace("{person_id}", "{trainee}"))
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
    }
    assert described == set(OPERATIONS)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
@pytest.mark.parametrize("role", ["trainee", "supervisor", "admin"])
def test_who_gets_where_with_what(client, request, method, path, role, trainee):
    """With every scope but the one that is asked for nothing opens; with that one, what the role may give."""
    person = request.getfixturevalue(role)
    scope = OPERATIONS[method, path]
    path = path.format(trainee=trainee.pk)
    token = ApiTokenFactory(person=person, key="pxt_all", scopes=[s for s in Scope if s != scope])
    without = ask(client, "pxt_all", path, method)
    ApiToken.objects.filter(pk=token.pk).update(scopes=list(Scope))
    with_it = ask(client, "pxt_all", path, method)

    opens = scope is None or scope in BY_ROLE[role]
    assert without.status_code == (200 if scope is None else 403)
    assert (with_it.status_code not in (401, 403)) == opens
    assert with_it.status_code < 500


def test_people_are_those_in_reach(client, trainee, supervisor, other_supervisor, admin):
    everybody = set(User.objects.values_list("pk", flat=True))

    assert ids(ask(client, key_for(trainee), "people"), "id") == {trainee.pk}
    assert ids(ask(client, key_for(supervisor), "people"), "id") == {trainee.pk, supervisor.pk}
    assert ids(ask(client, key_for(admin), "people"), "id") == everybody
    assert ask(client, key_for(other_supervisor), f"people/{trainee.pk}").status_code == 404


@pytest.mark.parametrize("path", ["results/exams", "standings"])
def test_results_are_those_of_people_in_reach(client, trainee, supervisor, other_supervisor, admin, path):
    AttemptFactory(learner=trainee, submitted=True)

    seen = [trainee.pk in ids(ask(client, key_for(who), path)) for who in (trainee, supervisor, admin)]

    assert seen == [True, True, True]
    assert trainee.pk not in ids(ask(client, key_for(other_supervisor), path))


def test_an_admin_still_sees_the_results_of_who_left_and_a_supervisor_does_not(client, trainee, supervisor, admin):
    AttemptFactory(learner=trainee, submitted=True)
    type(trainee.employment).objects.update(state=EmploymentState.LEFT)

    assert ids(ask(client, key_for(admin), "results/exams")) == {trainee.pk}
    assert ids(ask(client, key_for(supervisor), "results/exams")) == set()


# --- tokens ----------------------------------------------------------------------------------------------


def test_only_a_fingerprint_of_a_key_is_kept(admin):
    key = key_for(admin)

    kept = json.dumps(list(ApiToken.objects.values()), default=str)
    assert key not in kept
    assert ApiToken.objects.get().prefix == key[:12]
    assert AuditEntry.objects.get(action="add_token").by == admin


@pytest.mark.parametrize("how", ["revoked", "expired", "switched off", "left", "made up", "none"])
def test_a_key_that_is_none_opens_nothing(client, trainee, how):
    key, now = key_for(trainee), timezone.now()
    if how == "revoked":
        revoke_token(token_id=ApiToken.objects.get().pk, by=trainee, at=now)
    elif how == "expired":
        ApiToken.objects.update(created_at=now - timedelta(days=2), expires_at=now - timedelta(days=1))
    elif how == "switched off":
        User.objects.filter(pk=trainee.pk).update(is_active=False)
    elif how == "left":
        type(trainee.employment).objects.update(state=EmploymentState.LEFT)
    elif how == "made up":
        key = "pxt_" + "x" * 43
    answer = client.get(BASE + "me") if how == "none" else ask(client, key, "me")

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "Bearer"


def test_who_loses_a_role_takes_the_reach_of_their_tokens_along(client, supervisor, trainee):
    key = key_for(supervisor)
    supervisor.groups.clear()

    assert ids(ask(client, key, "people"), "id") == {supervisor.pk}
    assert ask(client, key, "teams").status_code == 403


def test_a_session_is_no_token(client, admin):
    client.force_login(admin)

    assert client.get(BASE + "people").status_code == 401


def test_a_token_is_not_made_for_more_than_its_person_may(trainee, admin):
    gone = UserFactory(is_active=False)
    for person, scopes in ((trainee, [Scope.PEOPLE_WRITE]), (admin, []), (gone, [Scope.PEOPLE_READ])):
        with pytest.raises(TooMuch):
            add_token(name="x", person=person, scopes=scopes, days=30, by=admin, at=timezone.now())


def test_its_last_use_is_noted_to_the_minute(client, trainee):
    key = key_for(trainee)
    ask(client, key, "me")
    first = ApiToken.objects.get().last_used_at

    ask(client, key, "me")

    assert first is not None
    assert ApiToken.objects.get().last_used_at == first


def test_guessing_is_slowed_down_and_does_not_lock_another_address_out(client, trainee, settings):
    settings.API_FAILURES = 3
    key = key_for(trainee)
    for _ in range(3):
        assert ask(client, "pxt_wrong", "me").status_code == 401

    answer = ask(client, key, "me")

    assert answer.status_code == 429
    assert answer["Retry-After"] == str(settings.API_FAILURE_SECONDS)
    elsewhere = client.get(BASE + "me", headers={"authorization": f"Bearer {key}"}, REMOTE_ADDR="10.0.0.9")
    assert elsewhere.status_code == 200


def test_guesses_are_counted_by_all_workers_together(client, trainee, settings):
    """The cache that the site has by default is no worker's own: another one knows of each guess."""
    settings.API_FAILURES = 2
    settings.CACHES = {"default": environ.Env.cache_url_config(settings.SHARED_CACHE)}
    call_command("createcachetable", verbosity=0)
    key = key_for(trainee)
    for _ in range(2):
        assert ask(client, "pxt_wrong", "me").status_code == 401
        for memory in locmem._caches.values():
            memory.clear()  # as little as another process knows of this one's

    assert ask(client, key, "me").status_code == 429
    assert list(settings.CACHES["default"]["OPTIONS"]) == ["MAX_ENTRIES"]
