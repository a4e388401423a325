"""Review cards from practice and exams, and the day's review on the practice page."""

from datetime import timedelta
from fractions import Fraction
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from quizzes.commands.attempts import answer_practice, start_practice, submit_attempt
from quizzes.commands.corrections import correct_key
from quizzes.commands.marking import decide_appeal, file_appeal
from quizzes.commands.reviews import refresh_reviews
from quizzes.models import Attempt, KeyShown, Mark, Mastery, NotebookEntry, Question, ReviewCard, Step
from quizzes.queries.reviews import questions_due, review_state
from quizzes.rules.reviews import AT_ONCE
from quizzes.rules.vocabulary import QuestionState
from tests.factories.desk import MasteryFactory
from tests.factories.people import UserFactory
from tests.factories.quizzes import AttemptFactory, QuestionFactory, QuestionVersionFactory
from tests.factories.reviews import ReviewCardFactory
from tests.rules.contents import right_answer

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def cards():
    """What the cards say, but for their own ids."""
    fields = [field.attname for field in ReviewCard._meta.fields if field.name != "id"]
    return ReviewCard.objects.order_by("learner", "question").values(*fields)


def practise(learner, question, at, *, good=True):
    run = start_practice(learner=learner, question_ids=[question.pk], purpose="x", at=at, seed=1)
    (item,) = run.items.select_related("version")
    answer = right_answer(item.version.parsed()) if good else None
    answer_practice(item_id=item.pk, learner_id=learner.pk, answer=answer, at=at, client="p")
    return item


def test_practice_makes_a_card_at_once_in_the_middle_of_a_run(trainee, now):
    questions = QuestionFactory.create_batch(2)
    run = start_practice(
        learner=trainee, question_ids=[one.pk for one in questions], purpose="x", at=now, seed=1
    )
    item = run.items.order_by("position").first()
    answer_practice(item_id=item.pk, learner_id=trainee.pk, answer=None, at=now, client="p")

    card = ReviewCard.objects.get()
    assert (card.question, card.version, card.last_at) == (questions[0], questions[0].current, now)
    assert (card.recalls, card.lapses) == (1, 1) and card.due_on == timezone.localdate(now) + DAY


def test_answers_while_the_key_is_fresh_leave_the_card_alone(trainee, now):
    question = QuestionFactory()
    practise(trainee, question, now, good=False)
    before = ReviewCard.objects.values().get()
    practise(trainee, question, now + 5 * MINUTE)
    assert ReviewCard.objects.values().get() == before | {"id": ReviewCard.objects.get().pk}
    practise(trainee, question, now + 2 * DAY)
    assert ReviewCard.objects.get().recalls == 2


def test_an_exam_counts_unless_its_key_was_just_looked_at(client, trainee):
    question = QuestionFactory()
    day_ago = timezone.now() - DAY
    old = AttemptFactory(learner=trainee, practice=True, submitted=True, items=[question], started_at=day_ago)
    client.force_login(trainee)
    client.get(reverse("quizzes:review", args=[old.pk]))
    assert KeyShown.objects.get().item == old.items.get()

    exam = AttemptFactory(
        learner=trainee, submitted=True, items=[question], started_at=timezone.now() + MINUTE
    )  # its answer is saved a minute later
    refresh_reviews(learner_ids=[trainee.pk])
    assert ReviewCard.objects.get().recalls == 1
    KeyShown.objects.all().delete()
    refresh_reviews(learner_ids=[trainee.pk])
    assert ReviewCard.objects.get().recalls == 2
    assert exam.items.get().version.question == question


def test_answers_from_before_there_were_cards_get_theirs_once(trainee, now):
    """The migration writes what the command would, for whoever has no card, and leaves cards alone."""
    make_first_cards = import_module("quizzes.migrations.0011_first_review_cards").make_first_cards
    old, known, other = QuestionFactory.create_batch(3)
    practise(trainee, old, now - 3 * DAY, good=False)
    practise(trainee, old, now - DAY)
    practise(trainee, known, now)
    practise(UserFactory(), other, now)
    wanted = list(cards().exclude(question_id=known.pk))
    ReviewCard.objects.exclude(question=known).delete()
    ReviewCard.objects.update(recalls=7)

    for _ in range(2):
        make_first_cards(apps, None)
        assert list(cards().exclude(question_id=known.pk)) == wanted
    assert ReviewCard.objects.get(question=known).recalls == 7


def test_an_exam_question_without_an_answer_is_no_lapse(trainee, now):
    attempt = AttemptFactory(learner=trainee, items=[QuestionFactory()])
    submit_attempt(attempt_id=attempt.pk, at=timezone.now())
    assert Mark.objects.get().fraction == 0 and not ReviewCard.objects.exists()


def test_an_exam_answer_that_was_cleared_again_is_no_lapse(trainee):
    attempt = AttemptFactory(learner=trainee, submitted=True, items=[QuestionFactory()])
    Step.objects.filter(item__attempt=attempt).update(answer=None)

    assert refresh_reviews(learner_ids=[trainee.pk]) == 0


def test_an_accepted_appeal_replays_the_card(trainee, supervisor, now):
    question = QuestionFactory()
    item = practise(trainee, question, now, good=False)
    assert ReviewCard.objects.get().lapses == 1
    appeal = file_appeal(item_id=item.pk, learner_id=trainee.pk, reason="题目有两解", at=now)
    decide_appeal(appeal_id=appeal.pk, accept=True, reply="对", by=supervisor, at=now, fraction=Fraction(1))
    card = ReviewCard.objects.get()
    assert card.lapses == 0 and card.due_on > timezone.localdate(now) + DAY


def test_a_corrected_key_replays_the_cards(trainee, admin, now):
    question = QuestionFactory()
    version = question.current
    practise(trainee, question, now)
    content = dict(version.content)
    options = [dict(option) for option in content["options"]]
    wrong_first = next(n for n, option in enumerate(options) if not option["correct"])
    for n, option in enumerate(options):
        option["correct"] = n == wrong_first
    content["options"] = options
    new = correct_key(version_id=version.pk, content=content, explanation="改", reason="错了", by=admin, at=now)
    card = ReviewCard.objects.get()
    assert (card.lapses, card.version) == (1, new)


def test_a_question_that_says_something_else_drops_out_until_it_is_answered_anew(trainee, now):
    question = QuestionFactory()
    practise(trainee, question, now - 9 * DAY)
    today = timezone.localdate(now)
    assert questions_due(trainee, today) == [question.pk]
    question.current = QuestionVersionFactory(question=question, number=2, stem="换了一道题")
    question.save()
    assert questions_due(trainee, today) == []
    practise(trainee, Question.objects.get(), now)
    card = ReviewCard.objects.get()
    assert card.recalls == 1 and card.version == question.current


def test_what_is_retired_or_not_current_or_of_others_is_not_due(trainee, now):
    today = timezone.localdate(now)
    ReviewCardFactory(learner=trainee, question__state=QuestionState.RETIRED)
    ReviewCardFactory(question=QuestionFactory())
    later = ReviewCardFactory(learner=trainee, days=3)
    state = review_state(trainee, today)
    assert (state.due, state.next_on) == (0, later.due_on)
    first, second = ReviewCardFactory(learner=trainee, days=-1), ReviewCardFactory(learner=trainee, days=-5)
    assert questions_due(trainee, today) == [second.question_id, first.question_id]


def test_a_lost_answer_takes_its_card_along(trainee, now):
    practise(trainee, QuestionFactory(), now)
    Mark.objects.all().delete()
    refresh_reviews(learner_ids=[trainee.pk])
    assert not ReviewCard.objects.exists()


@pytest.mark.parametrize("cards", [1, 30])
def test_the_practice_page_costs_the_same_for_any_number_of_cards(client, trainee, cards, django_assert_num_queries):
    question = QuestionFactory()
    ReviewCardFactory.create_batch(cards, learner=trainee)
    MasteryFactory(learner=trainee, topic=question.current.topic)
    client.force_login(trainee)
    with django_assert_num_queries(11):
        response = client.get(reverse("quizzes:practice"))
    assert response.context["review"].due == cards
    assert f"{cards} 道到期" in response.content.decode()


def test_the_review_takes_the_most_overdue_up_to_twenty(client, trainee):
    cards = [ReviewCardFactory(learner=trainee, days=-n) for n in range(AT_ONCE + 3)]
    client.force_login(trainee)
    response = client.post(reverse("quizzes:practice_start"), {"source": "review"}, follow=True)
    run = Attempt.objects.get()
    assert run.purpose == "review" and "今日复习" in response.content.decode()
    asked = list(run.items.order_by("position").values_list("version__question", flat=True))
    assert asked == [card.question_id for card in reversed(cards)][:AT_ONCE]


def test_without_anything_due_the_page_says_when(client, trainee):
    client.force_login(trainee)
    page = client.get(reverse("quizzes:practice")).content.decode()
    assert "练过、考过的题会排好日子" in page
    ReviewCardFactory(learner=trainee, days=2)
    page = client.get(reverse("quizzes:practice")).content.decode()
    assert "今天没有到期的题，下一批在" in page
    response = client.post(reverse("quizzes:practice_start"), {"source": "review"}, follow=True)
    assert "暂时没有可以练的题" in response.content.decode()


def test_weak_topics_are_drawn_and_explained(client, now):
    learner = UserFactory(role="trainee")
    good, bad = QuestionFactory.create_batch(2)
    for number in range(6):
        practise(learner, bad, now - number * DAY, good=number % 3 == 0)
    MasteryFactory(learner=learner, topic=good.current.topic, weight=30, credit=29.5, as_of=now)
    Mastery.objects.filter(topic=bad.current.topic).update(weight=6, credit=2)
    NotebookEntry.objects.all().delete()
    client.force_login(learner)
    page = client.get(reverse("quizzes:practice"))
    assert [(one.slug, one.asked, one.missed) for one in page.context["weak"]] == [(bad.current.topic.slug, 6, 4)]
    assert f"{bad.current.topic.name}：最近 6 题错了 4 题" in page.content.decode()

    response = client.post(reverse("quizzes:practice_start"), {"source": "weak", "count": 10}, follow=True)
    run = Attempt.objects.get(purpose="weak")
    assert [item.version.question for item in run.items.all()] == [bad]
    assert "练弱的" in response.content.decode()
