from io import BytesIO

import pytest
from docx import Document

from tests.factories.quizzes import BlueprintFactory, QuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def blueprint():
    QuestionFactory.create_batch(6)
    return BlueprintFactory()


def get(client, blueprint, **query):
    return client.get(f"/blueprints/{blueprint.slug}/print/", query)


def text_of(response):
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(response.content)).paragraphs)


def test_the_same_seed_prints_the_same_paper(client, supervisor, blueprint):
    client.force_login(supervisor)

    first, again, other = (get(client, blueprint, **{"as": "docx", "seed": seed, "key": "1"}) for seed in (4, 4, 5))

    assert text_of(first) == text_of(again)
    assert text_of(first) != text_of(other)
    assert "答案：" in text_of(first)
    assert "attachment" in first["Content-Disposition"]


def test_without_the_key_there_is_none(client, supervisor, blueprint):
    client.force_login(supervisor)

    assert "答案：" not in text_of(get(client, blueprint, **{"as": "docx", "seed": 4}))
    assert get(client, blueprint, **{"as": "pdf", "seed": 4}).content.startswith(b"%PDF")


@pytest.mark.parametrize(
    "query", [{}, {"as": "exe", "seed": 1}, {"as": "pdf", "seed": "x"}, {"as": "pdf", "seed": 10**9}]
)
def test_what_cannot_be_printed_is_not_there(client, supervisor, blueprint, query):
    client.force_login(supervisor)

    assert get(client, blueprint, **query).status_code == 404


def test_the_blueprint_offers_the_files_of_the_paper_that_it_shows(client, supervisor, blueprint):
    client.force_login(supervisor)

    page = client.get(f"/blueprints/{blueprint.slug}/", {"seed": 7}).content.decode()

    for ending in ("pdf", "docx"):
        assert f"?as={ending}&amp;seed=7" in page
        assert f"?as={ending}&amp;key=1&amp;seed=7" in page
