"""What the tests of certificates share."""

from quizzes.models import BlueprintSection
from tests.factories.quizzes import AttemptFactory, BlueprintFactory
from tests.factories.trainer import ProductFactory


def passed(learner, blueprint, **more):
    return AttemptFactory(learner=learner, blueprint=blueprint, submitted=True, items=0, passed=True, score=92, **more)


def gate(**more):
    return ProductFactory(blueprint=BlueprintFactory(), **more)


def exam_of(*platforms):
    blueprint = BlueprintFactory()
    BlueprintSection.objects.filter(blueprint=blueprint).update(platforms=list(platforms))
    return blueprint
