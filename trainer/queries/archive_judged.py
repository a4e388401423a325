"""Where one person worked, what they were given to do and how they were judged: the second half of an archive.

Interviews as they were handed in, with scores and what is said to the trainee. What raters noted for themselves, their
drafts, and proposals that never became a decision stay theirs.
"""

from collections.abc import Iterator

from django.db.models import F

from trainer.models import (
    Assignment,
    Attendance,
    Certificate,
    CertificateEvent,
    Decision,
    DecisionAppeal,
    Employment,
    Interview,
    InterviewScore,
    Observation,
    PastEmployment,
    PerformanceMonth,
    Recheck,
    Roster,
    RosterException,
    Statement,
    User,
)
from trainer.queries.archive_rows import Section, named, section


def judged(person: User) -> Iterator[Section]:
    """Employment, courses, interviews, figures, certificates and decisions, by section."""
    yield "employment", Employment.objects.filter(user=person).values(
        "id", "period", "hired_on", "probation_ends_on", "left_on", "state", "contract", "counts_from",
        team_name=F("team__name"), plan_slug=F("plan__slug"), plan_number=F("plan_version__number"),
    )  # fmt: skip
    yield "past_employments", PastEmployment.objects.filter(employment__user=person).order_by("period").values(
        "id", "period", "hired_on", "probation_ends_on", "left_on", "state", "contract", team_name=F("team__name"),
        supervisor_name=named("supervisor"),
    )  # fmt: skip
    yield from _given(person)
    yield from _rated(person)
    yield from _decided(person)


def _given(person: User) -> Iterator[Section]:
    yield section(
        "assignments", Assignment, person, "id", "version", "assigned_at", "due_on", "state", "ended_at", "reason",
        title=F("course__name"), by_name=named("assigned_by"),
    )  # fmt: skip
    yield section(
        "attendance", Attendance, person, "id", "presence", "reason", "noted_at", title=F("session__title"),
        starts_at=F("session__starts_at"), by_name=named("noted_by"),
    )  # fmt: skip
    yield "roster", Roster.objects.filter(person=person).values("rest_days", shift_name=F("shift__name"))
    yield (
        "days_off",
        RosterException.objects.filter(person=person)
        .order_by("day")
        .values("id", "day", "kind", "reason", by_name=named("by")),
    )
    yield section(
        "rechecks", Recheck, person, "id", "reason", "assigned_at", "due_on", "state", "passed_at", "excused_at",
        "excuse", title=F("version__title"),
    )  # fmt: skip


def _rated(person: User) -> Iterator[Section]:
    interviews = Interview.objects.final().filter(learner=person)
    yield (
        "interviews",
        interviews.order_by("pk").values(
            "id", "held_at", "finished_at", "prompts", "comment", "reason", "corrects_id", by_name=named("rater")
        ),
    )
    yield (
        "interview_scores",
        InterviewScore.objects.filter(interview__in=interviews)
        .order_by("pk")
        .values("interview_id", "dimension", "score", "not_asked"),
    )
    yield "performance", PerformanceMonth.objects.filter(learner=person).order_by("month").values(
        "id", "month", "first_reply", "average_reply", "conversion", "satisfaction", "refund_rate", "complaint_rate",
        "reason", "entered_at", by_name=named("entered_by"),
    )  # fmt: skip
    yield section("observations", Observation, person, "id", "on", "verdict", "text", "created_at", by_name=named("by"))


def _decided(person: User) -> Iterator[Section]:
    yield section("statements", Statement, person, "id", "period", "number", "text", "at", path="employment__user")
    decisions = Decision.objects.final().filter(employment__user=person)
    yield "decisions", decisions.order_by("pk").values(
        "id", "period", "kind", "reasons", "exceptions", "until", "at", "effective_on", "superseded", "packet",
        "digest", by_name=named("by"), countersigned_by_name=named("countersigned_by"),
    )  # fmt: skip
    yield section(
        "decision_appeals", DecisionAppeal, person, "id", "decision_id", "reason", "filed_at", "state", "answer",
        "decided_at", "result_id", path="decision__employment__user", decided_by_name=named("decided_by"),
    )  # fmt: skip
    yield section(
        "certificates", Certificate, person, "id", "serial", "name", "kind", "about", "title", "issued_at",
        "valid_until", "state", "credential", "decision_id", "attempt_id", path="holder",
    )  # fmt: skip
    yield section(
        "certificate_events", CertificateEvent, person, "id", "certificate_id", "step", "reason", "at",
        path="certificate__holder", by_name=named("by"),
    )  # fmt: skip
