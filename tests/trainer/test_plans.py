"""Plans by version: who walks by which, the editor, and moving people on purpose."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from quizzes.models import AuditEntry
from tests.factories.quizzes import AttemptFactory, BlueprintFactory
from tests.factories.trainer import (
    ConfirmationPlanFactory,
    EmploymentFactory,
    PlanVersionFactory,
    RequirementFactory,
)
from trainer.commands.plans import (
    NoReason,
    NotADraft,
    NothingInForce,
    make_default,
    move_people,
    open_draft,
    publish_version,
    raise_requirement,
    save_requirement,
)
from trainer.models import ConfirmationPlan, Employment, PlanVersion
from trainer.queries.confirmation import confirmation_of
from trainer.rules.confirmation import State
from trainer.rules.vocabulary import EmploymentState, RequirementKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    plan = ConfirmationPlanFactory(is_default=True, slug="standard")
    RequirementFactory(plan=plan, slug="days", params={"at_least": 10}, title="在岗满 10 天")
    return plan


@pytest.fixture
def draft(plan, admin, now):
    """The plan's next version, which asks for ninety days."""
    draft = open_draft(plan_id=plan.pk, by=admin, at=now)
    row = draft.requirements.get()
    values = {"params": {"at_least": 90}, "title": "在岗满 90 天"}
    save_requirement(version_id=draft.pk, requirement_id=row.pk, values=values, by=admin, at=now)
    return draft


def stand(employment):
    return confirmation_of(Employment.objects.get(pk=employment.pk), at=timezone.now())


def test_a_draft_begins_as_what_is_in_force_and_there_is_one_at_a_time(plan, admin, now):
    draft = open_draft(plan_id=plan.pk, by=admin, at=now)

    assert (draft.number, draft.is_draft) == (2, True)
    assert draft.requirements.get().params == {"at_least": 10}
    assert open_draft(plan_id=plan.pk, by=admin, at=now) == draft


def test_who_runs_keeps_the_version_and_who_starts_walks_by_the_new_one(plan, draft, admin, now):
    running = EmploymentFactory()
    publish_version(version_id=draft.pk, note="要更久", by=admin, at=now)
    later = EmploymentFactory()

    assert stand(running).version.number == 1
    assert stand(running).standing.all_met
    assert stand(later).version == draft
    assert stand(later).lines[0].judgement.missing == 70


def test_those_ticked_are_moved_with_the_note_as_their_reason(plan, draft, admin, now):
    moved, stays = EmploymentFactory.create_batch(2)

    publish_version(version_id=draft.pk, note="要更久", by=admin, at=now, move=[moved.pk])

    assert [stand(one).version.number for one in (moved, stays)] == [2, 1]
    entry = AuditEntry.objects.get(action="move_to_plan")
    assert entry.target == f"user:{moved.user.username}"
    assert (entry.by, entry.detail["reason"], entry.detail["number"]) == (admin, "要更久", 2)


def test_a_person_is_moved_to_another_plan_only_with_a_reason(plan, admin, now):
    other = RequirementFactory(params={"at_least": 60}).version
    employment = EmploymentFactory()

    with pytest.raises(NoReason):
        move_people(employments=[employment.pk], version_id=other.pk, reason=" ", by=admin, at=now)
    assert move_people(employments=[employment.pk], version_id=other.pk, reason="转做售后", by=admin, at=now) == 1
    assert move_people(employments=[employment.pk], version_id=other.pk, reason="转做售后", by=admin, at=now) == 0

    assert stand(employment).version == other
    employment.refresh_from_db()
    assert employment.plan == other.plan


def test_nobody_is_moved_to_a_draft(plan, draft, admin, now):
    with pytest.raises(PlanVersion.DoesNotExist):
        move_people(employments=[EmploymentFactory().pk], version_id=draft.pk, reason="想先用", by=admin, at=now)


def test_what_is_published_is_never_edited(plan, admin, now):
    row = PlanVersion.objects.get().requirements.get()

    with pytest.raises(NotADraft):
        save_requirement(
            version_id=row.version_id, requirement_id=row.pk, values={"title": "改"}, by=admin, at=now
        )
    with pytest.raises(NotADraft):
        publish_version(version_id=row.version_id, note="再来", by=admin, at=now)


def test_another_default_plan_holds_for_newcomers_only(plan, admin, now):
    other = RequirementFactory(params={"at_least": 60}).version.plan
    running = EmploymentFactory()

    with pytest.raises(NothingInForce):
        make_default(plan_id=ConfirmationPlanFactory().pk, by=admin, at=now)
    make_default(plan_id=other.pk, by=admin, at=now)

    assert ConfirmationPlan.objects.get(is_default=True) == other
    assert stand(running).plan == plan
    assert stand(EmploymentFactory()).plan == other


def test_a_version_loaded_while_a_draft_is_written_does_not_hide_the_draft_once_published(plan, draft, admin, now):
    loaded = PlanVersionFactory(plan=plan, number=3)
    RequirementFactory(version=loaded)

    publish_version(version_id=draft.pk, note="要更久", by=admin, at=now)

    assert stand(EmploymentFactory()).version == draft


def test_a_requirement_rises_within_its_part(admin, now):
    draft = PlanVersionFactory(draft=True)
    for position, (slug, part) in enumerate([("a", "theory"), ("b", "practice"), ("c", "theory")]):
        RequirementFactory(version=draft, slug=slug, part=part, position=position)

    for slug in ("c", "b"):
        raise_requirement(requirement_id=draft.requirements.get(slug=slug).pk, by=admin, at=now)

    assert [row.slug for row in draft.requirements.order_by("position")] == ["c", "b", "a"]


def test_a_rehired_person_shows_again_what_is_asked(plan):
    exam = BlueprintFactory(slug="rules", sections__count=40)
    RequirementFactory(
        plan=plan, kind=RequirementKind.EXAM_SCORE, params={"blueprint": "rules", "at_least": 85}, position=30_000
    )
    employment = EmploymentFactory()
    AttemptFactory(learner=employment.user, blueprint=exam, submitted=True, score=Decimal(95), items=0)
    assert stand(employment).lines[1].judgement.state is State.MET

    Employment.objects.filter(pk=employment.pk).update(counts_from=timezone.localdate() + timedelta(days=1))

    assert stand(employment).lines[1].judgement.state is State.MISSING


# --- the pages -------------------------------------------------------------------------------------------


def test_a_plan_that_nobody_can_meet_is_not_published_and_says_why(client, admin, plan, draft, now):
    values = {
        "slug": "exam", "kind": "exam_score", "title": "消失的考试", "title_en": "Gone", "rationale": "曾经有过。",
        "params": {"blueprint": "gone", "at_least": 80},
    }  # fmt: skip
    save_requirement(version_id=draft.pk, values=values, by=admin, at=now)
    client.force_login(admin)

    response = client.post(f"/plans/{plan.slug}/draft/publish/", {"note": "改了"})

    assert response.status_code == 422
    assert "没有代号是“gone”的考试" in response.content.decode()
    assert "消失的考试" in response.content.decode()
    draft.refresh_from_db()
    assert draft.is_draft


def test_publishing_shows_first_whom_it_concerns(client, admin, plan, draft):
    far, near = EmploymentFactory(), EmploymentFactory(hired_on=timezone.localdate() - timedelta(days=95))
    EmploymentFactory(state=EmploymentState.CONFIRMED)
    Employment.objects.filter(pk=near.pk).update(probation_ends_on=timezone.localdate() + timedelta(days=30))
    client.force_login(admin)

    page = client.get(f"/plans/{plan.slug}/draft/publish/").context["concerned"]

    assert [(row.now.employment, row.change) for row in page] == [(far, "lost"), (near, "same")]
    assert [row.title for row in page[0].lacks] == ["在岗满 90 天"]

    client.post(f"/plans/{plan.slug}/draft/publish/", {"note": "要更久", "move": [near.pk]})

    assert [stand(one).version.number for one in (far, near)] == [1, 2]


@pytest.mark.parametrize("people", [1, 6])
def test_the_preview_costs_the_same_for_any_number_of_people(
    client, admin, plan, draft, people, django_assert_max_num_queries
):
    EmploymentFactory.create_batch(people)
    client.force_login(admin)

    with django_assert_max_num_queries(22):
        assert len(client.get(f"/plans/{plan.slug}/draft/publish/").context["concerned"]) == people


@pytest.mark.parametrize("kind", RequirementKind)
def test_every_kind_of_requirement_has_its_form(client, admin, draft, kind):
    client.force_login(admin)

    page = client.get(f"/plans/{draft.plan.slug}/draft/add/", {"kind": kind.value})

    assert page.status_code == 200


def test_a_requirement_is_added_changed_and_removed(client, admin, draft):
    client.force_login(admin)
    typed = {
        "title": "打字", "title_en": "Typing", "part": "practice", "weight": "30", "per_minute": "50",
        "accuracy": "95.5", "rationale": "同时接几位顾客。",
    }  # fmt: skip

    client.post(f"/plans/{draft.plan.slug}/draft/add/?kind=typing", typed)
    row = draft.requirements.get(slug="typing")
    assert (row.params, row.weight, row.part) == ({"per_minute": 50, "accuracy": "95.5"}, 30, "practice")

    bad = client.post(f"/plans/{draft.plan.slug}/draft/{row.pk}/", {**typed, "part": ""})
    assert bad.status_code == 422
    client.post(f"/plans/{draft.plan.slug}/draft/{row.pk}/", {**typed, "per_minute": "60"})
    row.refresh_from_db()
    assert row.params["per_minute"] == 60

    client.post(f"/plans/{draft.plan.slug}/draft/", {"remove": row.pk})
    assert not draft.requirements.filter(slug="typing").exists()


def test_people_are_moved_from_the_page_of_the_plan(client, admin, plan):
    other = RequirementFactory(params={"at_least": 60}).version
    employment = EmploymentFactory()
    client.force_login(admin)

    assert client.post(f"/plans/{other.plan.slug}/move/", {"people": [employment.pk], "reason": ""}).status_code == 422
    client.post(f"/plans/{other.plan.slug}/move/", {"people": [employment.pk], "reason": "转做售后"})

    assert stand(employment).version == other
