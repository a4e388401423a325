"""Loads as they lie in the database; ``tests.trainer.loading`` makes one by the commands."""

from uuid import uuid4

import factory

from quizzes.rules.vocabulary import Kind
from tests.factories.contents import STEMS, content_data
from tests.factories.people import UserFactory
from tests.factories.quizzes import TopicFactory, ago
from trainer.models import Load, LoadedBytes, LoadEntry, LoadFile, SheetMapping, WorkerBeat
from trainer.rules.loads import EntryKind, FileState, LoadState


class LoadFactory(factory.django.DjangoModelFactory):
    """A load that was read; ``published=True`` was confirmed and published by two people."""

    class Meta:
        model = Load

    class Params:
        published = factory.Trait(
            state=LoadState.PUBLISHED,
            confirmed_at=ago(minutes=5),
            confirmed_by=factory.SubFactory(UserFactory, role="admin"),
            released_by=factory.SubFactory(UserFactory, role="admin"),
            published_at=ago(minutes=1),
        )

    token = factory.LazyFunction(uuid4)
    title = factory.Sequence(lambda n: f"题库 {n}.txt")
    topic = factory.SubFactory(TopicFactory)
    state = LoadState.PREVIEWED
    created_at = ago(minutes=10)
    created_by = factory.SubFactory(UserFactory, role="admin")


class LoadFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LoadFile

    load = factory.SubFactory(LoadFactory)
    position = factory.Sequence(lambda n: n % 30_000)
    name = "题库.txt"
    size = 100
    sha256 = factory.Sequence(lambda n: f"{n:064}")
    state = FileState.READ
    format = "text"


def question_data(kind: Kind = Kind.SINGLE, serial: int = 0) -> dict:
    return {
        "kind": kind.value, "stem": f"（{serial}）{STEMS[kind]}", "content": content_data(kind), "line": 1,
        "explanation": "先安抚。", "displayed": [], "marks": None, "topic": "", "platform": "", "difficulty": None,
        "tags": [], "name": "",
    }  # fmt: skip


class LoadEntryFactory(factory.django.DjangoModelFactory):
    """A question of kind ``asks`` that nobody has decided about."""

    class Meta:
        model = LoadEntry

    class Params:
        asks = Kind.SINGLE

    file = factory.SubFactory(LoadFileFactory)
    load = factory.SelfAttribute("file.load")
    position = factory.Sequence(lambda n: n + 1)
    line = 1
    kind = EntryKind.QUESTION
    found = factory.Sequence(lambda n: f"{n:064}")
    data = factory.LazyAttributeSequence(lambda o, n: question_data(o.asks, n))


class LoadedBytesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LoadedBytes

    file = factory.SubFactory(LoadFileFactory)
    data = b"1. "


class SheetMappingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SheetMapping

    headers = factory.Sequence(lambda n: f"{n:064}")
    mapping = factory.LazyFunction(lambda: {"columns": ["stem", "answer"]})
    saved_at = ago(days=1)


class WorkerBeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WorkerBeat

    name = factory.Sequence(lambda n: f"worker-{n}")
    at = ago(minutes=1)
