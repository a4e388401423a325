"""Confirmation plans: drafting a version, publishing it, and who walks by which."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from quizzes.models import AuditEntry
from trainer.models import ConfirmationPlan, Employment, PlanVersion, Requirement, StandingSnapshot
from trainer.queries.plans import current_versions

COPIED = ("position", "slug", "kind", "title", "title_en", "part", "weight", "params", "rationale")


class NotADraft(Exception):
    """The version is published: what people walk by is never edited."""


class NothingInForce(Exception):
    """The plan has no published version yet."""


class NoReason(Exception):
    """Moving people to another version needs a reason."""


@transaction.atomic
def create_plan(*, slug: str, name: str, name_en: str, by, at: datetime) -> PlanVersion:
    """A new plan with an empty draft. Raises ``IntegrityError`` when the slug is taken."""
    plan = ConfirmationPlan.objects.create(slug=slug, name=name, name_en=name_en)
    _note("create_plan", plan, by, at)
    return PlanVersion.objects.create(plan=plan, number=1, created_at=at)


@transaction.atomic
def open_draft(*, plan_id: int, by, at: datetime) -> PlanVersion:
    """A draft that says what the version in force says; the draft that is there where there is one."""
    plan = ConfirmationPlan.objects.select_for_update().get(pk=plan_id)
    if draft := plan.versions.drafts().first():
        return draft
    current = current_versions().get(plan.pk)
    draft = PlanVersion.objects.create(
        plan=plan,
        number=next_number(plan),
        created_at=at,
        **({"theory_cut": current.theory_cut, "practice_cut": current.practice_cut} if current else {}),
    )
    rows = current.requirements.order_by("position") if current else ()
    Requirement.objects.bulk_create(
        Requirement(version=draft, **{name: getattr(row, name) for name in COPIED}) for row in rows
    )
    _note("open_plan_draft", plan, by, at, number=draft.number)
    return draft


@transaction.atomic
def discard_draft(*, version_id: int, by, at: datetime) -> None:
    """Raises ``NotADraft``."""
    draft = lock_draft(version_id)
    _note("discard_plan_draft", draft.plan, by, at, number=draft.number)
    draft.delete()


@transaction.atomic
def set_cuts(*, version_id: int, theory_cut: int, practice_cut: int, by, at: datetime) -> None:
    """Raises ``NotADraft``."""
    draft = lock_draft(version_id)
    draft.theory_cut, draft.practice_cut = theory_cut, practice_cut
    draft.save(update_fields=["theory_cut", "practice_cut"])
    _note("set_plan_cuts", draft.plan, by, at, theory=theory_cut, practice=practice_cut)


@transaction.atomic
def save_requirement(
    *, version_id: int, values: Mapping[str, Any], by, at: datetime, requirement_id: int | None = None
) -> Requirement:
    """Add a requirement at the end of a draft, or change one. Raises ``NotADraft``."""
    draft = lock_draft(version_id)
    if requirement_id is None:
        last = draft.requirements.aggregate(last=Max("position"))["last"]
        row = Requirement(version=draft, position=0 if last is None else last + 1)
    else:
        row = draft.requirements.get(pk=requirement_id)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    _note("save_requirement", draft.plan, by, at, requirement=row.slug, **_plain(values))
    return row


@transaction.atomic
def remove_requirement(*, requirement_id: int, by, at: datetime) -> None:
    """Raises ``NotADraft``."""
    row = Requirement.objects.get(pk=requirement_id)
    draft = lock_draft(row.version_id)
    row.delete()
    _note("remove_requirement", draft.plan, by, at, requirement=row.slug)


@transaction.atomic
def raise_requirement(*, requirement_id: int, by, at: datetime) -> None:
    """Move a requirement of a draft before the one above it in its part; the first of a part stays where it is.

    Raises ``NotADraft``.
    """
    row = Requirement.objects.get(pk=requirement_id)
    draft = lock_draft(row.version_id)
    above = draft.requirements.filter(part=row.part, position__lt=row.position).order_by("position").last()
    if above is None:
        return
    free = draft.requirements.aggregate(last=Max("position"))["last"] + 1
    for pk, position in ((above.pk, free), (row.pk, above.position), (above.pk, row.position)):
        Requirement.objects.filter(pk=pk).update(position=position)
    _note("raise_requirement", draft.plan, by, at, requirement=row.slug)


@transaction.atomic
def publish_version(
    *, version_id: int, note: str, by, at: datetime, move: Collection[int] = ()
) -> PlanVersion:
    """Put a draft in force from ``at`` on: whoever starts now walks by it.

    Who is on the plan stays on the version they are on, but those whose employments are in ``move``: they are moved,
    with ``note`` as the reason. Whether the version can be met at all is checked before: see ``queries.plan_check``.

    Raises ``NotADraft``.
    """
    draft = lock_draft(version_id)
    keep_where_they_are(draft.plan)
    draft.number = max(draft.number, next_number(draft.plan, but=draft))
    draft.note, draft.published_at, draft.published_by = note, at, by
    draft.save(update_fields=["number", "note", "published_at", "published_by"])
    _note("publish_plan", draft.plan, by, at, number=draft.number, note=note)
    if move:
        move_people(employments=move, version_id=draft.pk, reason=note, by=by, at=at)
    return draft


@transaction.atomic
def move_people(*, employments: Collection[int], version_id: int, reason: str, by, at: datetime) -> int:
    """Move people to another version, of their plan or of another; how many were moved.

    Raises ``NoReason``, and ``PlanVersion.DoesNotExist`` for a draft.
    """
    if not reason.strip():
        raise NoReason
    version = PlanVersion.objects.published().select_related("plan").get(pk=version_id)
    elsewhere = Q(plan_version=None) | ~Q(plan_version=version)
    people = list(
        Employment.objects.select_for_update(of=("self",))
        .filter(elsewhere, pk__in=employments)
        .select_related("plan_version", "user")
    )
    AuditEntry.objects.bulk_create(
        AuditEntry(
            at=at,
            by=by,
            action="move_to_plan",
            target=f"user:{person.user.username}",
            detail={
                "plan": version.plan.slug,
                "number": version.number,
                "from": person.plan_version and [person.plan_version.plan_id, person.plan_version.number],
                "reason": reason,
            },
        )
        for person in people
    )
    moved = [person.pk for person in people]
    Employment.objects.filter(pk__in=moved).update(plan=version.plan, plan_version=version)
    StandingSnapshot.objects.filter(employment__in=moved).update(stale=True)
    return len(moved)


@transaction.atomic
def make_default(*, plan_id: int, by, at: datetime) -> None:
    """Let those who start without a plan of their own walk by this one; who is there already stays where they are.

    Raises ``NothingInForce``.
    """
    plan = ConfirmationPlan.objects.select_for_update().get(pk=plan_id)
    if plan.is_default:
        return
    if not plan.versions.published().exists():
        raise NothingInForce
    if before := ConfirmationPlan.objects.filter(is_default=True).first():
        keep_where_they_are(before)
    ConfirmationPlan.objects.filter(is_default=True).update(is_default=False)
    ConfirmationPlan.objects.filter(pk=plan_id).update(is_default=True)
    _note("make_plan_default", plan, by, at)


def keep_where_they_are(plan: ConfirmationPlan) -> None:
    """Pin everybody who follows the plan's version in force to it, before something else comes into force."""
    current = current_versions().get(plan.pk)
    if current is None:
        return
    following = Q(plan=plan) | Q(plan=None) if plan.is_default else Q(plan=plan)
    Employment.objects.filter(following, plan_version=None).update(plan_version=current)


def next_number(plan: ConfirmationPlan, *, but: PlanVersion | None = None) -> int:
    versions = plan.versions.exclude(pk=but.pk) if but else plan.versions
    return (versions.aggregate(last=Max("number"))["last"] or 0) + 1


def lock_draft(version_id: int) -> PlanVersion:
    """The draft, locked to the end of the transaction. Raises ``NotADraft``."""
    draft = PlanVersion.objects.select_for_update(of=("self",)).select_related("plan").get(pk=version_id)
    if not draft.is_draft:
        raise NotADraft
    return draft


def _note(action: str, plan: ConfirmationPlan, by, at: datetime, **detail) -> None:
    AuditEntry.objects.create(at=at, by=by, action=action, target=f"plan:{plan.slug}", detail=detail)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    plain = (int, dict, type(None))
    return {name: value if isinstance(value, plain) else str(value) for name, value in values.items()}
