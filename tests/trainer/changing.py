"""A small world in which a rule changes: a required lesson with two facts, its questions, and people who know them."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from quizzes.models import Blueprint, Question
from tests.curricula import write_folder
from tests.factories.quizzes import AttemptFactory
from tests.factories.trainer import EmploymentFactory, LessonReadFactory, UserFactory
from trainer.commands.changes import publish_change
from trainer.commands.curriculum import load_curriculum
from trainer.commands.lessons import save_draft
from trainer.models import Lesson
from trainer.queries.remaking import SEED
from trainer.readers.curriculum import read_curriculum
from trainer.rules.vocabulary import ChangeKind

WINDOW, FREIGHT = "seven-window", "seven-freight"
LOADED = timedelta(days=60)  # ago


class World:
    """``entry`` is the lesson as it was loaded; ``edition`` says it otherwise."""

    def __init__(self, folder):
        curriculum = read_curriculum(write_folder(folder))
        self.now = timezone.now()
        load_curriculum(curriculum, at=self.now - LOADED, seed=SEED)
        self.entry = replace(curriculum.lessons[0], effective_from=timezone.localdate() - timedelta(days=400))
        self.lesson = Lesson.objects.get()

    def edition(self, *, window=7, payer="顾客", note=None, without=(), **said):
        """The lesson with other facts, and with anything else that ``said`` names."""
        facts = []
        for fact in self.entry.facts:
            if fact.key == WINDOW:
                fact = replace(fact, number=Decimal(window), note=note or fact.note)
            if fact.key == FREIGHT:
                fact = replace(fact, value=payer, wrong=tuple(w for w in ("顾客", "卖家", "平台") if w != payer))
            if fact.key not in without:
                facts.append(fact)
        said = {"effective_from": timezone.localdate(), **said}
        return replace(self.entry, facts=tuple(facts), **said)

    def draft(self, **said):
        return save_draft(entry=self.edition(**said), by=None, at=timezone.now())

    def publish(self, version, *, by, rule=True, due=7, at=None, note="期限改了"):
        at = at or timezone.now()
        day = max(timezone.localdate(at), version.effective_from) + timedelta(days=due)
        kind = ChangeKind.RULE if rule else ChangeKind.CORRECTION
        return publish_change(
            version_id=version.pk, kind=kind, note=note, due_on=day if rule else None, by=by, at=at
        )

    def question(self, key, **more):
        """A live question that rests on this fact alone."""
        return Question.objects.live().filter(current__bases__fact_key=key, **more).order_by("pk").first()

    def passed(self, key, *, learner=None, ago=timedelta(days=3), passed=True, **more):
        """Somebody who sat an exam that asked about this fact."""
        learner = learner or EmploymentFactory(user=UserFactory(role="trainee")).user
        questions = [self.question(key)]
        return AttemptFactory(
            learner=learner,
            blueprint=Blueprint.objects.get(slug="small-exam"),
            started_at=self.now - ago,
            submitted=True,
            items=questions,
            score=Decimal(100) if passed else Decimal(0),
            passed=passed,
            **more,
        )

    def finished(self, *, ago=timedelta(days=3)):
        """Somebody who read the lesson as it was loaded, to the end."""
        moment = self.now - ago
        return LessonReadFactory(
            learner=EmploymentFactory(user=UserFactory(role="trainee")).user,
            lesson=self.lesson,
            version=self.lesson.versions.get(number=1),
            opened_at=moment,
            reached_end_at=moment,
            answered_at=moment,
        ).learner
