"""What the training house does when the engine or a model tells that something happened."""

from contextlib import suppress

from django.core.management import call_command
from django.db.models import F
from django.db.models.signals import post_migrate, post_save
from django.dispatch import receiver

from quizzes.commands.mastery import tally_mastery
from quizzes.models import Attempt, Mark, PaperItem, QuestionVersion
from quizzes.rules.vocabulary import Mode
from quizzes.signals import attempt_marked, drill_finished, question_written, session_marked
from trainer.commands.certificates import follow_decision, follow_exam
from trainer.commands.people import UnknownPermission, ensure_roles
from trainer.commands.reading import record_answers
from trainer.commands.rechecks import note_try
from trainer.commands.search import enter_question
from trainer.commands.standings import mark_stale
from trainer.commands.webhooks import emit
from trainer.models import (
    Employment,
    Interview,
    Lesson,
    LessonChange,
    LessonRead,
    Observation,
    PerformanceMonth,
    Product,
    Recheck,
)
from trainer.queries.lesson_page import lesson_of_purpose
from trainer.queries.webhook_payloads import of_attempt, of_decision, of_session
from trainer.rules.webhooks import Event
from trainer.signals import decided


@receiver(attempt_marked)
def note_answers_of_a_lesson(sender, attempt, at, **kwargs):
    """The questions at the end of a lesson were all answered and marked; of several runs the newest counts."""
    slug = lesson_of_purpose(attempt.purpose)
    if slug is None or attempt.mode != Mode.PRACTICE or attempt.submitted_at is None:
        return
    runs = Attempt.objects.of(attempt.learner_id).submitted().filter(purpose=attempt.purpose)
    if runs.filter(started_at__gt=attempt.started_at).exists():
        return
    marks = Mark.objects.standing().filter(item__attempt=attempt)
    asked = PaperItem.objects.filter(attempt=attempt).count()
    if marks.count() < asked:
        return
    lesson = Lesson.objects.filter(slug=slug).first()
    if lesson:
        right = marks.filter(numerator=F("denominator")).count()
        record_answers(learner=attempt.learner, lesson=lesson, right=right, asked=asked, at=at)


@receiver(attempt_marked)
def add_up_what_answers_say(sender, attempt, at, **kwargs):
    tally_mastery(learner_ids=[attempt.learner_id], at=at)


@receiver(attempt_marked)
def judge_anew_after_an_attempt(sender, attempt, **kwargs):
    mark_stale(learners=[attempt.learner_id])


@receiver(session_marked)
def judge_anew_after_a_talk(sender, session, **kwargs):
    mark_stale(learners=[session.learner_id])


@receiver(drill_finished)
def judge_anew_after_a_drill(sender, run, **kwargs):
    mark_stale(learners=[run.learner_id])


@receiver(post_save, sender=LessonRead)
@receiver(post_save, sender=Interview)
@receiver(post_save, sender=Observation)
@receiver(post_save, sender=PerformanceMonth)
@receiver(post_save, sender=Recheck)
def judge_anew_after_new_evidence(sender, instance, **kwargs):
    mark_stale(learners=[instance.learner_id])


@receiver(post_save, sender=Employment)
def judge_anew_after_a_change_of_employment(sender, instance, **kwargs):
    mark_stale(learners=[instance.user_id])


@receiver(post_save, sender=Product)
@receiver(post_save, sender=LessonChange)
def judge_everybody_anew(sender, **kwargs):
    """Products on the shelf and lessons in force are asked of everybody."""
    mark_stale()


@receiver(attempt_marked)
def certify_who_passed(sender, attempt, at, **kwargs):
    follow_exam(attempt=attempt, at=at)


@receiver(decided)
def certify_who_was_confirmed(sender, decision, at, **kwargs):
    follow_decision(decision=decision, at=at)


@receiver(attempt_marked)
def note_try_of_a_recheck(sender, attempt, at, **kwargs):
    note_try(attempt=attempt, at=at)


@receiver(attempt_marked)
def tell_of_a_marked_exam(sender, attempt, at, **kwargs):
    if attempt.mode == Mode.EXAM and attempt.blueprint_id and attempt.submitted_at:
        emit(event=Event.ATTEMPT_MARKED, payload=of_attempt(attempt), at=at)


@receiver(session_marked)
def tell_of_an_ended_talk(sender, session, at, **kwargs):
    if not session.trial:
        emit(event=Event.SESSION_ENDED, payload=of_session(session), at=at)


@receiver(decided)
def tell_of_a_decision(sender, decision, at, **kwargs):
    emit(event=Event.DECISION_MADE, payload=of_decision(decision), at=at)


@receiver(post_save, sender=QuestionVersion)
def enter_new_question_version(sender, instance, created, raw, **kwargs):
    """A question that was written or corrected by hand is found at once; loading enters its own in bulk."""
    if created and not raw:
        enter_question(version=instance, at=instance.created_at)


@receiver(question_written)
def enter_written_question(sender, version, at, **kwargs):
    enter_question(version=version, at=at)


@receiver(post_migrate, dispatch_uid="trainer.cache")
def keep_a_table_for_the_cache(sender, using, **kwargs):
    """A cache in the database has its table from the first migration on; one elsewhere needs none."""
    if sender.label == "trainer":
        call_command("createcachetable", database=using, verbosity=0)


@receiver(post_migrate, dispatch_uid="trainer.roles")
def keep_roles_in_step(sender, **kwargs):
    """The groups have the permissions of ``ROLE_PERMISSIONS`` after every migration.

    Permissions are made app by app in the order of the settings: those of both our apps are there when Django's own
    ``auth``, which comes after them, is told.
    """
    if sender.label == "auth":
        with suppress(UnknownPermission):  # only some migrations were run: the next run makes the roles
            ensure_roles()
