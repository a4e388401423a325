"""Questions, blueprints, attempts and marks. Times are relative to the real now, so that pages agree with them."""

from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from random import Random

import factory
from django.utils import timezone

from quizzes.models import (
    Accommodation,
    Appeal,
    Attempt,
    AuditEntry,
    Blueprint,
    BlueprintSection,
    LateAnswer,
    Mark,
    NotebookEntry,
    PageLeave,
    PaperItem,
    Question,
    QuestionBasis,
    QuestionVersion,
    Step,
    Tag,
    Topic,
)
from quizzes.rules.arrangement import arrange
from quizzes.rules.vocabulary import RULES_FOR_KIND, Kind, Mode, QuestionState
from tests.factories.contents import STEMS, content_data
from tests.factories.people import UserFactory
from tests.rules.contents import right_answer


def ago(**span):
    return factory.LazyFunction(lambda: timezone.now() - timedelta(**span))


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    slug = factory.Sequence(lambda n: f"topic-{n}")
    name = factory.Sequence(lambda n: f"主题 {n}")
    name_en = factory.Sequence(lambda n: f"Topic {n}")
    position = factory.Sequence(lambda n: n)


class TagFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tag

    name = factory.Sequence(lambda n: f"标签 {n}")


class QuestionVersionFactory(factory.django.DjangoModelFactory):
    """A version with valid content for its ``kind``; it does not become the question's current one."""

    class Meta:
        model = QuestionVersion

    class Params:
        serial = factory.Sequence(lambda n: n)

    question = factory.SubFactory("tests.factories.quizzes.BareQuestionFactory")
    number = factory.Sequence(lambda n: n + 1)
    kind = Kind.SINGLE
    stem = factory.LazyAttribute(lambda o: f"（{o.serial}）{STEMS[Kind(o.kind)]}")
    content = factory.LazyAttribute(lambda o: content_data(o.kind))
    rule = factory.LazyAttribute(lambda o: RULES_FOR_KIND[Kind(o.kind)][0])
    explanation = "先安抚，再核实，最后给方案。"
    topic = factory.SubFactory(TopicFactory)
    fingerprint = factory.LazyAttribute(lambda o: sha256(f"{o.question.pk}/{o.number}".encode()).hexdigest())
    created_at = ago(days=30)


class BareQuestionFactory(factory.django.DjangoModelFactory):
    """A question without a version: a draft."""

    class Meta:
        model = Question

    slug = factory.Sequence(lambda n: f"question-{n}")
    created_at = ago(days=30)


class QuestionFactory(BareQuestionFactory):
    """A live question with a current version.

    What the version says is given here too: ``kind``, ``stem``, ``content``, ``rule``, ``topic``, ``platform``,
    ``difficulty``, ``lesson_key``, ``explanation``, ``form``, ``as_of``; ``facts`` lists the keys it rests on
    and ``tags`` the names of its tags.
    """

    class Meta:
        model = Question
        skip_postgeneration_save = True

    state = QuestionState.LIVE

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        state, facts, tags = kwargs.pop("state"), kwargs.pop("facts", ()), kwargs.pop("tags", ())
        own = {field.name for field in Question._meta.fields}
        version = {name: kwargs.pop(name) for name in list(kwargs) if name not in own}
        question = super()._create(model_class, *args, **kwargs)
        question.current = QuestionVersionFactory(question=question, number=1, **version)
        question.state = state
        question.save()
        QuestionBasis.objects.bulk_create(QuestionBasis(version=question.current, fact_key=key) for key in facts)
        question.tags.add(*(Tag.objects.get_or_create(name=name)[0] for name in tags))
        return question


class QuestionBasisFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = QuestionBasis

    version = factory.SubFactory(QuestionVersionFactory)
    fact_key = factory.Sequence(lambda n: f"fact-{n}")


class BlueprintFactory(factory.django.DjangoModelFactory):
    """An open exam of 60 minutes; ``sections=n`` gives it sections of two questions each (default one)."""

    class Meta:
        model = Blueprint
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"exam-{n}")
    title = factory.Sequence(lambda n: f"规则考试 {n}")
    title_en = factory.Sequence(lambda n: f"Rules exam {n}")
    instructions = "独立完成，可以随时返回修改。"
    minutes = 60
    pass_mark = Decimal(85)
    pass_rationale = "错两成就会有顾客因此吃亏。"

    @factory.post_generation
    def sections(self, create, number, **kwargs):
        BlueprintSectionFactory.create_batch(1 if number is None else number, blueprint=self, **kwargs)


class BlueprintSectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BlueprintSection
        skip_postgeneration_save = True

    blueprint = factory.SubFactory(BlueprintFactory, sections=0)
    position = factory.Sequence(lambda n: n % 30_000)
    title = factory.Sequence(lambda n: f"第 {n} 部分")
    title_en = factory.Sequence(lambda n: f"Section {n}")
    count = 2

    @factory.post_generation
    def topics(self, create, topics, **kwargs):
        if topics:
            self.topics.set(topics)


class AttemptFactory(factory.django.DjangoModelFactory):
    """An open exam, begun ten minutes ago, of two questions; ``items`` gives their number or the questions.

    ``practice=True`` is a practice run. ``submitted=True`` is handed in: every item answered rightly and
    marked in full, but free text, which waits for a person and leaves ``score`` and ``passed`` empty.
    """

    class Meta:
        model = Attempt
        skip_postgeneration_save = True

    class Params:
        practice = factory.Trait(
            mode=Mode.PRACTICE, blueprint=None, ends_at=None, pass_mark=None, purpose="topic:returns"
        )
        submitted = factory.Trait(
            submitted_at=factory.LazyAttribute(lambda o: o.started_at + timedelta(minutes=9)),
            handed_in_by=Attempt.PERSON,
        )

    learner = factory.SubFactory(UserFactory, role="trainee")
    blueprint = factory.SubFactory(BlueprintFactory)
    mode = Mode.EXAM
    seed = 7
    pass_mark = Decimal(85)
    started_at = ago(minutes=10)
    ends_at = factory.LazyAttribute(lambda o: o.started_at + timedelta(minutes=60))

    @factory.post_generation
    def items(self, create, wanted, **kwargs):
        if wanted is None:
            wanted = 2
        questions = QuestionFactory.create_batch(wanted) if isinstance(wanted, int) else wanted
        rows = [
            PaperItemFactory(attempt=self, position=position, version=question.current, **kwargs)
            for position, question in enumerate(questions, start=1)
        ]
        if self.submitted_at is None or not rows:
            return
        steps = [StepFactory(item=row) for row in rows]
        marks = [MarkFactory(item=step.item, step=step) for step in steps if step.item.version.kind != Kind.FREE_TEXT]
        if len(marks) == len(rows) and self.score is None:
            self.score, self.passed = Decimal(100), None if self.pass_mark is None else True
            self.save(update_fields=["score", "passed"])


class PaperItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PaperItem

    attempt = factory.SubFactory(AttemptFactory, items=0)
    position = factory.Sequence(lambda n: n % 30_000 + 1)
    version = factory.LazyAttribute(lambda o: QuestionFactory().current)
    marks = Decimal(1)
    arrangement = factory.LazyAttribute(lambda o: arrange(o.version.parsed(), Random(o.position)))


class StepFactory(factory.django.DjangoModelFactory):
    """The first saved answer of an item: the right one unless ``answer`` says otherwise."""

    class Meta:
        model = Step

    item = factory.SubFactory(PaperItemFactory)
    sequence = 1
    answer = factory.LazyAttribute(lambda o: right_answer(o.item.version.parsed()))
    client = "tab-1"
    saved_at = factory.LazyAttribute(lambda o: o.item.attempt.started_at + timedelta(minutes=1))


class LateAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LateAnswer

    item = factory.SubFactory(PaperItemFactory)
    sequence = 1
    answer = factory.LazyAttribute(lambda o: right_answer(o.item.version.parsed()))
    client = "tab-1"
    received_at = ago(minutes=1)


class PageLeaveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PageLeave

    attempt = factory.SubFactory(AttemptFactory)
    at = ago(minutes=5)
    seconds = 12


class AccommodationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Accommodation

    learner = factory.SubFactory(UserFactory, role="trainee")
    extra_minutes = 15
    reason = "右手受伤，打字慢。"
    granted_by = factory.SubFactory(UserFactory, role="supervisor")
    granted_at = ago(days=1)


class MarkFactory(factory.django.DjangoModelFactory):
    """Full credit, given automatically; ``by_person=True`` names somebody who gave it."""

    class Meta:
        model = Mark

    class Params:
        by_person = factory.Trait(origin=Mark.PERSON, by=factory.SubFactory(UserFactory, role="supervisor"))

    item = factory.SubFactory(PaperItemFactory)
    version = factory.SelfAttribute("item.version")
    numerator = 1
    denominator = 1
    origin = Mark.AUTOMATIC
    at = ago(minutes=1)


class AppealFactory(factory.django.DjangoModelFactory):
    """An open appeal on an item of a submitted attempt; ``decided=True`` was turned down with a reply."""

    class Meta:
        model = Appeal

    class Params:
        decided = factory.Trait(
            state=Appeal.REJECTED,
            reply="签收当天不算，次日才是第 1 天。",
            decided_by=factory.SubFactory(UserFactory, role="supervisor"),
            decided_at=ago(seconds=1),
        )

    item = factory.LazyFunction(lambda: AttemptFactory(submitted=True).items.first())
    reason = "我认为签收当天也算一天。"
    filed_at = ago(seconds=30)


class NotebookEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NotebookEntry

    learner = factory.SubFactory(UserFactory, role="trainee")
    question = factory.SubFactory(QuestionFactory)
    last_item = factory.LazyAttribute(
        lambda o: AttemptFactory(learner=o.learner, practice=True, submitted=True, items=[o.question]).items.get()
    )
    last_at = ago(hours=1)


class AuditEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AuditEntry

    at = ago(hours=1)
    by = factory.SubFactory(UserFactory, role="admin")
    action = "correct_key"
    target = factory.Sequence(lambda n: f"question:question-{n}")
