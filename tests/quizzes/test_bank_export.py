"""Taking the question bank away as a file, and what is in it."""

import re
from urllib.parse import unquote

import pytest

from quizzes.formats.exports import FORMATS
from quizzes.formats.gift import read_gift
from quizzes.formats.moodle_xml import read_moodle_xml
from quizzes.formats.qti import read_qti
from quizzes.models import Question
from quizzes.queries.exports import found_questions
from quizzes.rules.vocabulary import Kind
from tests.factories.quizzes import BareQuestionFactory, QuestionFactory, TopicFactory
from tests.formats.found_questions import without_lines

pytestmark = pytest.mark.django_db

READERS = {
    "gift": lambda content: read_gift(content.decode()),
    "moodle_xml": read_moodle_xml,
    "qti": read_qti,
}


@pytest.mark.parametrize("rows", [1, 3])
def test_reading_the_bank_costs_the_same_for_any_number(rows, django_assert_num_queries):
    QuestionFactory.create_batch(rows, tags=["case"])
    BareQuestionFactory()  # it says nothing yet, so it is left out

    with django_assert_num_queries(2):
        found = found_questions(Question.objects.order_by("slug"))

    assert len(found) == rows


def test_a_question_keeps_what_the_bank_says_of_it():
    topic = TopicFactory(name="退货")
    question = QuestionFactory(
        slug="one", topic=topic, platform="douyin", difficulty=4, explanation="签收次日起算。", tags=["case", "新人"]
    )

    (found,) = found_questions(Question.objects.all())

    version = question.current
    assert (found.kind, found.stem, found.content) == (Kind.SINGLE, version.stem, version.parsed())
    assert (found.name, found.topic, found.platform, found.difficulty) == ("one", "退货", "douyin", 4)
    assert (found.explanation, found.tags, found.line) == ("签收次日起算。", ("case", "新人"), 1)


@pytest.mark.parametrize("format", READERS)
def test_an_export_of_all_kinds_is_read_again_as_the_same_questions(client, admin, format):
    for kind in Kind:
        QuestionFactory(kind=kind, slug=f"q-{kind}", tags=["case"], platform="tmall", difficulty=3)
    client.force_login(admin)

    response = client.get("/bank/export/", {"format": format})

    found = READERS[format](response.content)
    expected = found_questions(Question.objects.order_by("slug"))
    assert not found.held and not found.removed
    assert without_ids(found.questions) == without_ids(expected)


def without_ids(questions):
    """What is told by text: the bank's ids may be older than the texts that they came from."""
    return [re.sub(r"id='\w+'", "", repr(question)) for question in without_lines(questions)]


def test_only_what_the_filter_finds_is_exported_under_a_name_that_tells(client, admin):
    QuestionFactory(slug="one", stem="顾客要退货，先做什么？")
    QuestionFactory(slug="two", stem="顾客要换货，先做什么？")
    client.force_login(admin)

    page = client.get("/bank/", {"text": "换货", "page": "1"})
    (address,) = re.findall(r'href="(/bank/export/\?format=gift[^"]*)"', page.content.decode())
    response = client.get(address.replace("&amp;", "&"))

    assert "换货" in response.content.decode() and "退货" not in response.content.decode()
    assert re.search(r"attachment; .*题库-\d{4}-\d\d-\d\d\.gift\.txt", unquote(response["Content-Disposition"]))


def test_every_format_is_offered_and_an_unknown_one_is_not_found(client, admin):
    QuestionFactory()
    client.force_login(admin)

    page = client.get("/bank/").content.decode()

    for name, format in FORMATS.items():
        assert f"format={name}" in page
        response = client.get("/bank/export/", {"format": name})
        assert (response.status_code, response["Content-Type"]) == (200, format.media_type)
    assert client.get("/bank/export/", {"format": "exe"}).status_code == 404
    assert client.get("/bank/export/").status_code == 404


def test_an_empty_bank_offers_no_export(client, admin):
    client.force_login(admin)
    assert "/bank/export/" not in client.get("/bank/").content.decode()


def test_what_does_not_fit_is_told_and_nothing_is_sent(client, admin):
    QuestionFactory(explanation="长" * 40_000)
    client.force_login(admin)

    response = client.get("/bank/export/", {"format": "xlsx"}, follow=True)

    assert response.redirect_chain == [("/bank/", 302)]
    assert "放不进 Excel 的一格" in response.content.decode()
