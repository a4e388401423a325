"""Roles and reach. Role: which Django permissions a group has. Reach: whose work a person may see."""

from django.db.models import QuerySet

from trainer.models import Employment, Team, User
from trainer.models.people import ADMIN, SUPERVISOR, TRAINEE

# Permissions of each role, as ``app_label.codename``; ``commands.people.ensure_roles`` writes them to the groups.
SUPERVISOR_PERMISSIONS = (
    "quizzes.mark_answers",
    "quizzes.decide_appeal",
    "quizzes.rule_on_check",
    "quizzes.grant_time",
    "quizzes.view_attempt",
    "quizzes.view_question",
    "quizzes.view_blueprint",
    "quizzes.view_scenario",
    "trainer.view_team",
    "trainer.change_script",
    "trainer.approve_script",
    "trainer.decide_proposal",
    "trainer.hold_interview",
    "trainer.enter_performance",
    "trainer.add_observation",
    "trainer.view_course",
    "trainer.assign_course",
    "trainer.decide_confirmation",
    "trainer.move_people",
)
# What an admin may look up or keep in Django's admin. People are switched off, never deleted.
BACKSTAGE_PERMISSIONS = (
    *(f"trainer.{verb}_{model}" for verb in ("view", "add", "change") for model in ("user", "employment", "team")),
    *(
        model.replace(".", f".{verb}_")
        for verb in ("view", "add", "change", "delete")
        for model in ("quizzes.topic", "quizzes.tag")
    ),
    "trainer.view_fact",
    "trainer.view_lessonread",
    "trainer.view_observation",
    "trainer.view_planversion",
    "quizzes.view_questionversion",
    "quizzes.view_accommodation",
    "quizzes.view_appeal",
    "quizzes.view_auditentry",
    "quizzes.view_lateanswer",
    "quizzes.view_mark",
    "quizzes.view_pageleave",
    "quizzes.view_paperitem",
    "quizzes.view_step",
    *(
        f"quizzes.view_{model}"
        for model in (
            "scenario", "scenarioversion", "scenariobasis", "session", "turn", "checkresult", "opencheck", "ruling",
            "checkappeal", "sessioncomment",
        )
    ),
)
ADMIN_PERMISSIONS = (
    *SUPERVISOR_PERMISSIONS,
    *(name for name in BACKSTAGE_PERMISSIONS if name not in SUPERVISOR_PERMISSIONS),
    "quizzes.correct_key",
    "quizzes.switch_outside_model",
    "trainer.revoke_certificate",
    "quizzes.keep_judge",
    "quizzes.review_question",
    "quizzes.change_question",
    "quizzes.change_scenario",
    "quizzes.change_blueprint",
    "quizzes.add_blueprint",
    "trainer.change_confirmationplan",
    "trainer.publish_lesson",
    "trainer.load_content",
    "trainer.manage_interfaces",
    "trainer.view_lessonversion",
    "trainer.publish_scheme",
    "trainer.write_course",
    "trainer.keep_channels",
)
ROLE_PERMISSIONS: dict[str, tuple[str, ...]] = {
    TRAINEE: (),
    SUPERVISOR: SUPERVISOR_PERMISSIONS,
    ADMIN: ADMIN_PERMISSIONS,
}


def learners_in_reach(user, *, named: str = "") -> QuerySet[User]:
    """Trainees of the teams that ``user`` supervises whose name has ``named``; for an admin every such trainee; for
    others nobody."""
    people = User.objects.trainees().named(named).exclude(pk=user.pk)
    if user.has_perm("trainer.load_content"):
        return people
    if user.has_perm("trainer.view_team"):
        return people.in_teams_of(user)
    return people.none()


def teams_in_care(user) -> QuerySet[Team]:
    """The teams that ``user`` supervises; for an admin every team; for others none."""
    if user.has_perm("trainer.load_content"):
        return Team.objects.all()
    return Team.objects.filter(supervisor=user) if user.has_perm("trainer.view_team") else Team.objects.none()


def employments_in_reach(user) -> QuerySet[Employment]:
    """The records of the same people, those who have left included: what was decided about them stays to be read."""
    rows = Employment.objects.exclude(user=user)
    if user.has_perm("trainer.load_content"):
        return rows
    if user.has_perm("trainer.view_team"):
        return rows.filter(team__supervisor=user)
    return rows.none()
