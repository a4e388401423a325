"""The factories make rows that a person could have written: each passes its model's own validation."""

from importlib import import_module
from pkgutil import iter_modules

import factory
import pytest
from django.apps import apps

from quizzes.models import Question
from quizzes.rules.vocabulary import Kind
from tests import factories
from tests.factories import quizzes
from trainer.models import User

FACTORIES = {
    made
    for module in (import_module(f"tests.factories.{found.name}") for found in iter_modules(factories.__path__))
    for made in vars(module).values()
    if isinstance(made, type) and issubclass(made, factory.django.DjangoModelFactory) and made._meta.model
}


def test_every_model_has_a_factory():
    models = {model for app in ("quizzes", "trainer") for model in apps.get_app_config(app).get_models()}

    assert models == {made._meta.model for made in FACTORIES}


@pytest.mark.django_db
@pytest.mark.parametrize("made", sorted(FACTORIES, key=lambda made: made.__name__))
def test_a_factory_makes_distinct_valid_rows(made):
    first, second = made(), made()

    first.full_clean()
    assert first.pk != second.pk


@pytest.mark.django_db
@pytest.mark.parametrize("kind", Kind)
def test_a_question_of_each_kind_is_live_and_can_be_asked(kind):
    question = quizzes.QuestionFactory(kind=kind, facts=["r05-sign"], tags=["case"])

    assert Question.objects.live().get() == question
    assert question.current.parsed().kind == kind


@pytest.mark.django_db
def test_roles_differ(trainee, supervisor, admin):
    assert [user.has_perm("trainer.view_team") for user in (trainee, supervisor, admin)] == [False, True, True]
    assert User.objects.trainees().in_teams_of(supervisor).get() == trainee
