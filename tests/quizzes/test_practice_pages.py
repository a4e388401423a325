"""Practice: topics, one question at a time, the summary, and the wrong-question notebook."""

import pytest
from django.urls import reverse

from quizzes.models import Attempt, Mark, NotebookEntry, PaperItem, Step
from quizzes.rules.vocabulary import Kind, QuestionState
from tests.factories.quizzes import AttemptFactory, NotebookEntryFactory, QuestionFactory, TopicFactory
from tests.rules.contents import right_answer

SECRET = "先安抚，再核实，最后给方案。"  # the explanation of every question that the factories make


@pytest.fixture
def signed_in(client, trainee):
    client.force_login(trainee)
    return client


@pytest.fixture
def topic(db):
    return TopicFactory(slug="returns", name="退换货")


@pytest.fixture
def run(trainee):
    questions = QuestionFactory.create_batch(2, kind=Kind.TRUE_FALSE)
    return AttemptFactory(learner=trainee, practice=True, items=questions)


def text_of(response):
    return response.content.decode()


def start(client, **data):
    return client.post(reverse("quizzes:practice_start"), data)


def answer(client, item, htmx=True, **data):
    headers = {"HX-Request": "true"} if htmx else {}
    fields = {f"a-{item.pk}": data.pop("value")} if "value" in data else {}
    return client.post(reverse("quizzes:practice_answer", args=[item.pk]), fields | data, headers=headers)


def run_page(client, run, query=""):
    return client.get(reverse("quizzes:practice_run", args=[run.pk]) + query)


# --- topics ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_topics_cost_the_same_for_any_number(signed_in, trainee, count, django_assert_num_queries):
    for topic in TopicFactory.create_batch(count):
        question = QuestionFactory(topic=topic)
        AttemptFactory(learner=trainee, practice=True, purpose=f"topic:{topic.slug}", items=[question])
        AttemptFactory(learner=trainee, practice=True, submitted=True, items=[question])
    with django_assert_num_queries(12):
        response = signed_in.get(reverse("quizzes:practice"))
    assert len(response.context["topics"]) == len(response.context["runs"]) == count


def test_a_topic_counts_live_questions_that_are_marked_at_once(signed_in, topic):
    QuestionFactory.create_batch(2, topic=topic)
    QuestionFactory(topic=topic, state=QuestionState.RETIRED)
    QuestionFactory(topic=topic, kind=Kind.FREE_TEXT)
    TopicFactory()
    (row,) = signed_in.get(reverse("quizzes:practice")).context["topics"]

    assert (row.slug, row.live, row.share) == ("returns", 2, None)


def test_a_topics_share_is_the_credit_earned_by_this_person(signed_in, trainee, topic):
    mine = AttemptFactory(learner=trainee, submitted=True, items=[QuestionFactory(topic=topic) for _ in range(4)])
    Mark.objects.filter(item__attempt=mine, item__position=1).update(numerator=0)
    Mark.objects.filter(item__attempt=mine, item__position=2).update(numerator=1, denominator=2)
    AttemptFactory(submitted=True, items=[QuestionFactory(topic=topic)])
    (row,) = signed_in.get(reverse("quizzes:practice")).context["topics"]

    assert (row.answers, row.share) == (4, 0.625)


def test_without_questions_the_page_says_so(signed_in):
    assert "题库里还没有可以练的题" in text_of(signed_in.get(reverse("quizzes:practice")))


# --- starting ----------------------------------------------------------------------------------------------


def test_a_topic_is_practised_with_questions_of_its_own(signed_in, topic):
    questions = QuestionFactory.create_batch(7, topic=topic)
    QuestionFactory()
    response = start(signed_in, topic="returns", count="5")
    run = Attempt.objects.get()

    assert response.url == reverse("quizzes:practice_run", args=[run.pk])
    picked = set(run.items.values_list("version__question", flat=True))
    assert len(picked) == 5
    assert picked <= {question.pk for question in questions}


def test_what_was_practised_before_comes_last(signed_in, trainee, topic):
    known, new = QuestionFactory(topic=topic), QuestionFactory.create_batch(5, topic=topic)
    AttemptFactory(learner=trainee, practice=True, purpose="lesson:x", submitted=True, items=[known])
    start(signed_in, topic="returns", count="5")
    picked = Attempt.objects.latest("pk").items.values_list("version__question", flat=True)

    assert set(picked) == {question.pk for question in new}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "请先选一个主题"),
        ({"topic": "../x"}, "没有这个主题"),
        ({"topic": "returns", "count": "7"}, "每次练 5、10 或 20 道题"),
        ({"topic": "returns", "count": "x"}, "每次练 5、10 或 20 道题"),
        ({"topic": "nothing"}, "暂时没有可以练的题"),
        ({"source": "other", "topic": "returns"}, "没有这种练习"),
        ({"source": "notebook"}, "暂时没有可以练的题"),
    ],
)
def test_practice_that_cannot_start_says_why(signed_in, topic, data, message):
    QuestionFactory(topic=topic)
    response = signed_in.get(start(signed_in, **data).url)

    assert message in text_of(response)
    assert Attempt.objects.count() == 0


# --- one question at a time --------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [2, 5])
def test_a_question_costs_the_same_in_any_run(signed_in, trainee, count, django_assert_num_queries):
    run = AttemptFactory(learner=trainee, practice=True, items=count)
    with django_assert_num_queries(9):
        response = run_page(signed_in, run)
    assert len(response.context["run"].results) == count


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.FREE_TEXT])
def test_the_question_hides_its_key_until_it_is_answered(signed_in, trainee, kind):
    run = AttemptFactory(learner=trainee, practice=True, items=[QuestionFactory(kind=kind) for _ in range(2)])
    before = text_of(run_page(signed_in, run))
    after = answer(signed_in, run.items.first(), skip="1")

    assert SECRET not in before
    assert "correct" not in before
    assert SECRET in text_of(after)


def test_a_right_answer_is_said_at_once(signed_in, run):
    html = text_of(answer(signed_in, run.items.first(), value="true"))

    assert "答对了" in html
    assert "下一题" in html
    assert "hx-swap-oob" in html
    assert Mark.objects.get().fraction == 1


def test_a_wrong_answer_goes_to_the_notebook_when_the_run_ends(signed_in, trainee, run):
    first, second = run.items.all()
    assert "这次没答对" in text_of(answer(signed_in, first, value="false"))
    assert "看小结" in text_of(answer(signed_in, second, value="true"))

    run.refresh_from_db()
    assert run.submitted_at is not None
    assert [entry.question_id for entry in NotebookEntry.objects.all()] == [first.version.question_id]
    summary = run_page(signed_in, run)
    assert summary.context["run"].right == 1
    assert [item.pk for item in summary.context["missed"]] == [first.pk]


def test_an_empty_answer_is_asked_for_again_and_nothing_is_counted(signed_in, run):
    html = text_of(answer(signed_in, run.items.first()))

    assert "还没有作答" in html
    assert SECRET not in html
    assert Step.objects.count() == 0


def test_the_first_answer_counts(signed_in, run):
    item = run.items.first()
    answer(signed_in, item, value="false")
    assert "这次没答对" in text_of(answer(signed_in, item, value="true"))
    assert Step.objects.get().answer is False


def test_an_answer_of_another_shape_says_what_is_wrong(signed_in, trainee):
    run = AttemptFactory(learner=trainee, practice=True, items=[QuestionFactory(kind=Kind.NUMERIC)])
    html = text_of(answer(signed_in, run.items.get(), value="9" * 201))

    assert "最多 200 个字" in html
    assert Step.objects.count() == 0


def test_without_scripts_the_page_comes_back_with_the_review(signed_in, run):
    item = run.items.first()
    response = answer(signed_in, item, htmx=False, value="false")

    assert response.url == reverse("quizzes:practice_run", args=[run.pk]) + f"?item={item.pk}"
    assert "这次没答对" in text_of(signed_in.get(response.url))


@pytest.mark.parametrize(("wanted", "kept"), [("/lessons/x/#end", True), ("https://elsewhere.example/", False)])
def test_another_page_of_the_house_may_have_its_reader_back(signed_in, run, wanted, kept):
    response = answer(signed_in, run.items.first(), htmx=False, value="true", next=wanted)
    assert (response.url == wanted) is kept


@pytest.mark.parametrize("query", ["?item=0", "?item=999999999", "?item=99999999999999999999", "?item=x"])
def test_an_item_that_is_not_of_the_run_shows_nothing_of_it(signed_in, run, query):
    AttemptFactory(practice=True, submitted=True)
    response = run_page(signed_in, run, query)

    assert response.status_code == 404 or SECRET not in text_of(response)


def test_an_open_question_is_not_reviewed_by_asking_for_it(signed_in, run):
    assert SECRET not in text_of(run_page(signed_in, run, f"?item={run.items.last().pk}"))


def test_practice_and_exams_of_others_cannot_be_answered_or_read(signed_in, trainee):
    foreign = AttemptFactory(practice=True)
    exam = AttemptFactory(learner=trainee)

    for attempt in (foreign, exam):
        assert run_page(signed_in, attempt).status_code == 404
        assert answer(signed_in, attempt.items.first(), skip="1").status_code == 404
    assert Step.objects.count() == 0


def test_a_finished_run_can_be_reviewed_and_an_open_one_cannot(signed_in, trainee, run):
    done = AttemptFactory(learner=trainee, practice=True, submitted=True)
    review = "quizzes:review"

    assert SECRET in text_of(signed_in.get(reverse(review, args=[done.pk])))
    assert signed_in.get(reverse(review, args=[run.pk])).url == reverse("quizzes:practice_run", args=[run.pk])


# --- notebook ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_notebook_costs_the_same_for_any_length(signed_in, trainee, count, django_assert_num_queries):
    NotebookEntryFactory.create_batch(count, learner=trainee)
    NotebookEntryFactory.create_batch(count, learner=trainee, right_in_a_row=2)
    NotebookEntryFactory()
    with django_assert_num_queries(9):
        response = signed_in.get(reverse("quizzes:notebook"))
    assert len(response.context["page"]) == len(response.context["cleared"]) == count


def test_the_notebook_can_be_filtered_and_practised_by_topic(signed_in, trainee, topic):
    mine = NotebookEntryFactory(learner=trainee, question=QuestionFactory(topic=topic), wrong=3, right_in_a_row=1)
    NotebookEntryFactory(learner=trainee)
    response = signed_in.get(reverse("quizzes:notebook") + "?topic=returns")

    assert list(response.context["page"]) == [mine]
    assert "错过 3 次" in text_of(response)
    assert "连对 1/2" in text_of(response)
    start(signed_in, source="notebook", topic="returns", count="5")
    items = PaperItem.objects.filter(attempt__purpose="notebook:returns")
    assert [item.version.question_id for item in items] == [mine.question_id]


def test_a_retired_question_stays_in_the_notebook_and_is_not_practised(signed_in, trainee):
    NotebookEntryFactory(learner=trainee, question=QuestionFactory(state=QuestionState.RETIRED))
    before = Attempt.objects.count()

    assert len(signed_in.get(reverse("quizzes:notebook")).context["page"]) == 1
    start(signed_in, source="notebook")
    assert Attempt.objects.count() == before


def test_an_empty_notebook_says_what_it_is_for(signed_in):
    assert "现在没有要巩固的错题" in text_of(signed_in.get(reverse("quizzes:notebook")))


def test_two_right_answers_in_a_row_clear_a_question(signed_in, trainee):
    question = QuestionFactory(kind=Kind.TRUE_FALSE)
    NotebookEntryFactory(learner=trainee, question=question)
    Mark.objects.update(numerator=0)
    for _ in range(2):
        start(signed_in, source="notebook", count="5")
        item = PaperItem.objects.latest("pk")
        answer(signed_in, item, value="true" if right_answer(item.version.parsed()) else "false")

    assert NotebookEntry.objects.get().cleared
    assert "已巩固" in text_of(signed_in.get(reverse("quizzes:notebook")))
