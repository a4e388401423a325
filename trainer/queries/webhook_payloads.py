"""What other systems are told: the same words as in the API."""

from typing import Any

from quizzes.models import Attempt, Session
from trainer.models import Assignment, Certificate, Decision


def of_attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "id": attempt.pk,
        "person": attempt.learner_id,
        "exam": attempt.blueprint.slug if attempt.blueprint else "",
        "submitted_at": attempt.submitted_at and attempt.submitted_at.isoformat(),
        "score": None if attempt.score is None else str(attempt.score),
        "passed": attempt.passed,
    }


def of_session(session: Session) -> dict[str, Any]:
    return {
        "id": session.pk,
        "person": session.learner_id,
        "scenario": session.scenario.slug,
        "level": session.level,
        "outcome": session.outcome,
        "score": None if session.score is None else str(session.score),
        "settled": session.settled,
    }


def of_assignment(row: Assignment) -> dict[str, Any]:
    return {
        "id": row.pk,
        "person": row.learner_id,
        "course": row.course.slug,
        "version": row.version,
        "due_at": row.due_at.isoformat(),
        "state": row.state,
    }


def of_decision(decision: Decision) -> dict[str, Any]:
    return {
        "id": decision.pk,
        "person": decision.employment.user_id,
        "kind": decision.kind,
        "by": decision.by_id,
        "effective_on": decision.effective_on and decision.effective_on.isoformat(),
        "digest": decision.digest,
    }


def of_certificate(certificate: Certificate) -> dict[str, Any]:
    return {
        "serial": certificate.serial,
        "person": certificate.holder_id,
        "kind": certificate.kind,
        "about": certificate.about,
        "state": certificate.state,
        "valid_until": certificate.valid_until.isoformat(),
    }
