"""Lessons with their versions, facts, questions and readings."""

from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

import factory
from django.utils import timezone

from quizzes.rules.facts import FactType
from quizzes.rules.vocabulary import Flag
from tests.factories.people import UserFactory
from tests.factories.quizzes import QuestionFactory, TopicFactory, ago
from trainer.models import (
    Fact,
    FactAttribute,
    Lesson,
    LessonChange,
    LessonRead,
    LessonTopic,
    LessonVersion,
    RetrievalQuestion,
    SearchEntry,
)
from trainer.rules.vocabulary import ChangeKind, LessonKind

BODY = "## 为什么\n\n顾客先看态度，再看办法。\n\n## 怎么做\n\n1. 先道歉\n2. 再核实\n\n> [!注意]\n> 不要催好评。\n"


def days(count: int):
    return factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=count))


class LessonVersionFactory(factory.django.DjangoModelFactory):
    """A published version in force; ``draft=True`` is not published. ``topics`` links topics, the main one first."""

    class Meta:
        model = LessonVersion
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(published_at=None)
        playbook = factory.Trait(kind=LessonKind.PLAYBOOK, steps=["核对订单", "道歉", "安排补发", "登记"])
        customer_type = factory.Trait(
            kind=LessonKind.CUSTOMER_TYPE,
            signs=["连发多条消息", "不断催促"],
            strategy=["先安抚情绪", "给出时间点"],
            do=["秒回一句在"],
            dont=["让顾客再等等"],
        )

    lesson = factory.SubFactory("tests.factories.lessons.BareLessonFactory")
    number = factory.Sequence(lambda n: n + 1)
    kind = LessonKind.PLATFORM_RULE
    title = factory.Sequence(lambda n: f"课程 {n}")
    title_en = factory.Sequence(lambda n: f"Lesson {n}")
    summary = "说清什么时候能退，怎么退。"
    platforms = ["tmall"]
    status = Flag.CURRENT
    effective_from = days(-60)
    source = "《消费者权益保护法》第二十五条"
    review_by = days(120)
    minutes = 4
    position = factory.Sequence(lambda n: n % 30_000)
    body = BODY
    fingerprint = factory.LazyAttribute(lambda o: sha256(f"{o.lesson.slug}/{o.number}".encode()).hexdigest())
    created_at = ago(days=60)
    published_at = ago(days=60)

    @factory.post_generation
    def topics(self, create, topics, **kwargs):
        for position, topic in enumerate(topics or ()):
            LessonTopicFactory(version=self, topic=topic, position=position)


class BareLessonFactory(factory.django.DjangoModelFactory):
    """A lesson without a version: nobody sees it."""

    class Meta:
        model = Lesson

    slug = factory.Sequence(lambda n: f"lesson-{n}")


class LessonFactory(BareLessonFactory):
    """A published lesson on a topic of its own; ``version__…`` says what its version says.

    ``facts`` and ``retrieval`` are the number of its facts and of the questions at its end (default none) or,
    for ``retrieval``, the questions themselves.
    """

    class Meta:
        model = Lesson
        skip_postgeneration_save = True

    @factory.post_generation
    def version(self, create, extracted, **kwargs):
        topics = kwargs.pop("topics", None) or [TopicFactory()]
        LessonVersionFactory(lesson=self, number=1, topics=topics, **kwargs)

    @factory.post_generation
    def facts(self, create, wanted, **kwargs):
        FactFactory.create_batch(wanted or 0, version=self.versions.get(), **kwargs)

    @factory.post_generation
    def retrieval(self, create, wanted, **kwargs):
        questions = QuestionFactory.create_batch(wanted, **kwargs) if isinstance(wanted, int) else wanted or ()
        for position, question in enumerate(questions):
            RetrievalQuestionFactory(lesson=self, question=question, position=position)


class RetrievalQuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RetrievalQuestion

    lesson = factory.SubFactory(BareLessonFactory)
    question = factory.SubFactory(QuestionFactory)
    position = 0


class LessonTopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LessonTopic

    version = factory.SubFactory(LessonVersionFactory)
    topic = factory.SubFactory(TopicFactory)
    position = 0


class LessonReadFactory(factory.django.DjangoModelFactory):
    """A lesson that was opened; ``done=True`` was read to the end and its questions answered."""

    class Meta:
        model = LessonRead

    class Params:
        done = factory.Trait(reached_end_at=ago(minutes=20), answered_at=ago(minutes=15), right=2, asked=2)

    learner = factory.SubFactory(UserFactory, role="trainee")
    lesson = factory.SubFactory(LessonFactory)
    version = factory.LazyAttribute(lambda o: o.lesson.versions.first() or LessonVersionFactory(lesson=o.lesson))
    opened_at = ago(minutes=30)


class FactAttributeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FactAttribute

    key = factory.Sequence(lambda n: f"attribute-{n}")
    name = "运费承担方"
    ask = "{subject}，运费由谁承担？"
    state = "{subject}，运费由{value}承担。"


class FactFactory(factory.django.DjangoModelFactory):
    """A value fact; ``window=True`` is a span of seven days."""

    class Meta:
        model = Fact

    class Params:
        window = factory.Trait(
            type=FactType.WINDOW,
            attribute=None,
            value="",
            number=Decimal(7),
            unit="天",
            details={"counts_from": "next_day", "event": "签收", "action": "申请七天无理由退货"},
        )

    version = factory.SubFactory(LessonVersionFactory)
    key = factory.Sequence(lambda n: f"fact-{n}")
    position = factory.Sequence(lambda n: n % 30_000)
    type = FactType.VALUE
    refs = ["R-05"]
    subject = factory.Sequence(lambda n: f"第 {n} 种错发")
    attribute = factory.SubFactory(FactAttributeFactory)
    flag = Flag.CURRENT
    scope = ["tmall"]
    value = "商家"
    note = "错在商家，顾客不该为此花钱。"
    details = {"wrong": ["顾客", "快递公司"]}


class LessonChangeFactory(factory.django.DjangoModelFactory):
    """A published version that was a correction; ``rule=True`` asks for a re-check within a week."""

    class Meta:
        model = LessonChange

    class Params:
        rule = factory.Trait(kind=ChangeKind.RULE, due_on=days(7))

    version = factory.SubFactory(LessonVersionFactory)
    kind = ChangeKind.CORRECTION
    note = "把一处错字改了。"
    decided_at = ago(days=1)
    applied_at = ago(days=1)


class SearchEntryFactory(factory.django.DjangoModelFactory):
    """The entry of a lesson version; found by its two words."""

    class Meta:
        model = SearchEntry

    lesson_version = factory.SubFactory(LessonVersionFactory)
    title = "退货的运费"
    text = "退货 运费"
    text_tokens = "退货 运费"
    indexed_at = ago(days=1)
