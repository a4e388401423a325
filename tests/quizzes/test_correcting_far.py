"""How far a correction of a key reaches: other versions, open papers, marks that people gave."""

from copy import deepcopy
from decimal import Decimal

import pytest

from quizzes.commands.attempts import submit_attempt
from quizzes.commands.corrections import correct_key
from quizzes.models import Mark, QuestionVersion, Step
from quizzes.queries.corrections import effect_of_correction
from quizzes.rules.vocabulary import Kind, MarkingRule
from tests.factories.quizzes import AttemptFactory, MarkFactory, QuestionFactory, QuestionVersionFactory
from tests.factories.trainer import UserFactory
from tests.quizzes.correcting import sat, scores, with_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    return QuestionFactory(slug="q")


@pytest.fixture
def other():
    return QuestionFactory(slug="other")


@pytest.fixture
def three(question, other):
    """Three people who chose option 0 (the key), 1 and 2."""
    ids = [option["id"] for option in question.current.content["options"]]
    return [
        sat(question, id_, other, learner=UserFactory(username=name))
        for id_, name in zip(ids, ("right", "wrong", "far"), strict=True)
    ]


@pytest.fixture
def correct(admin, now):
    def corrected(version, content, **changed):
        arguments = {"explanation": version.explanation, "reason": "选项写反了", "by": admin, "at": now}
        return correct_key(version_id=version.pk, content=content, **{**arguments, **changed})

    return corrected


@pytest.mark.parametrize("origin", [Mark.PERSON, Mark.APPEAL])
def test_marks_that_a_person_gave_stay_unless_they_are_lower(question, three, correct, admin, origin):
    mine = Mark.objects.standing().filter(item__version__question=question)
    generous = mine.get(item__attempt__learner__username="right")
    strict = mine.get(item__attempt__learner__username="wrong")
    Mark.objects.filter(pk__in=[generous.pk, strict.pk]).update(origin=origin, by=admin)
    effect = effect_of_correction(question.current, with_key(question.current, 1))

    correct(question.current, with_key(question.current, 1))

    assert scores() == {"right": (100, True), "wrong": (100, True), "far": (50, False)}
    generous.refresh_from_db()
    strict.refresh_from_db()
    assert (generous.superseded, strict.superseded) == (False, True)
    assert (effect.kept, effect.people) == (1, 1)


def test_an_older_version_with_another_key_is_left_alone(question, three, correct):
    old = question.current
    question.current = QuestionVersionFactory(question=question, number=2, stem=old.stem, content=with_key(old, 2))
    question.save()

    before = scores()
    correct(question.current, with_key(old, 1))

    assert scores() == before


def test_an_older_wording_with_the_same_key_is_corrected_too(question, three, correct):
    old = question.current
    question.current = QuestionVersionFactory(question=question, number=2, stem="改了一个错字", content=old.content)
    question.save()

    correct(question.current, with_key(old, 1))

    assert scores()["wrong"] == (100, True)


def test_an_open_paper_is_judged_by_the_corrected_key(question, other, correct, now):
    attempt = AttemptFactory(items=[question, other])
    item = attempt.items.get(version__question=question)
    Step.objects.create(
        item=item, sequence=1, client="tab", saved_at=now, answer=question.current.content["options"][1]["id"]
    )

    new = correct(question.current, with_key(question.current, 1))
    submit_attempt(attempt_id=attempt.pk, at=now)

    item.refresh_from_db()
    assert item.version == new
    assert item.mark_rows.standing().get().fraction == 1


def test_free_text_that_a_person_marked_stays_and_what_waits_gets_the_new_rubric(other, correct, admin):
    question = QuestionFactory(kind=Kind.FREE_TEXT)
    done, waits = (AttemptFactory(submitted=True, items=[question, other]) for _ in range(2))
    marked = MarkFactory(item=done.items.get(version__question=question), origin=Mark.PERSON, by=admin, numerator=0)
    content = deepcopy(question.current.content)
    content["rubric"][0]["points"] = 5
    effect = effect_of_correction(question.current, content)

    new = correct(question.current, content)

    marked.refresh_from_db()
    assert (marked.superseded, effect.waiting) == (False, 1)
    assert waits.items.get(version__question=question).version == new
    assert done.items.get(version__question=question).version != new


def test_only_versions_of_this_question_are_touched(question, three, correct):
    untouched = Mark.objects.standing().exclude(item__version__question=question)
    before = set(untouched.values_list("pk", flat=True))

    correct(question.current, with_key(question.current, 1))

    assert set(untouched.all().values_list("pk", flat=True)) == before
    assert QuestionVersion.objects.exclude(question=question).count() == 1


def test_what_the_question_earned_in_exams_is_corrected_too(question, three, correct):
    AttemptFactory(practice=True, submitted=True, items=[question])  # practice does not count
    question.answers, question.credit = 3, 1
    question.save()

    correct(question.current, with_key(question.current, 2))

    question.refresh_from_db()
    assert (question.answers, question.credit) == (3, 1)

    content = with_key(question.current, 1)
    Step.objects.filter(item__version__question=question).update(answer=content["options"][1]["id"])
    correct(question.current, content)

    question.refresh_from_db()
    assert question.credit == 3


def test_the_newest_step_is_replayed(question, three, correct, now):
    item = three[0].items.get(version__question=question)
    wanted = question.current.content["options"][1]["id"]
    Step.objects.create(item=item, sequence=2, client="tab", saved_at=now, answer=wanted)

    correct(question.current, with_key(question.current, 1))

    assert scores()["right"] == (100, True)
    assert item.mark_rows.standing().get().step.sequence == 2


def test_everybody_is_marked_by_the_rule_they_were_asked_under(other, correct):
    question = QuestionFactory(kind=Kind.MULTIPLE, rule=MarkingRule.ALL_OR_NOTHING)
    old = question.current
    ids = [option["id"] for option in old.content["options"]]
    sat(question, ids[:1], other, learner=UserFactory(username="strict"))
    question.current = QuestionVersionFactory(
        question=question, number=2, kind=Kind.MULTIPLE, stem=old.stem, content=old.content, rule=MarkingRule.NET
    )
    question.save()
    sat(question, ids[:1], other, learner=UserFactory(username="net"))
    content = deepcopy(old.content)
    content["options"][2]["correct"] = True

    correct(question.current, content)

    assert scores() == {"strict": (50, False), "net": (Decimal("66.67"), False)}
