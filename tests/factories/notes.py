"""Notes beside lessons, and proposals out of them."""

import factory
from django.utils import timezone

from tests.factories.people import UserFactory
from tests.factories.trainer import LessonFactory
from trainer.models import LessonNote, NoteProposal


class LessonNoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LessonNote

    learner = factory.SubFactory(UserFactory, role="trainee")
    lesson = factory.SubFactory(LessonFactory)
    text = "签收当天不算。"
    changed_at = factory.LazyFunction(timezone.now)


class NoteProposalFactory(factory.django.DjangoModelFactory):
    """An open proposal of a correction; ``promoted=True`` was passed on by somebody."""

    class Meta:
        model = NoteProposal

    class Params:
        promoted = factory.Trait(
            state=NoteProposal.PROMOTED,
            decided_by=factory.SubFactory(UserFactory, role="supervisor"),
            decided_at=factory.LazyFunction(timezone.now),
        )

    learner = factory.SubFactory(UserFactory, role="trainee")
    lesson = factory.SubFactory(LessonFactory)
    kind = NoteProposal.CORRECTION
    text = "“当天起算”应当是“次日零点起算”。"
    proposed_at = factory.LazyFunction(timezone.now)
