"""The assessment scheme: loaded with the curriculum, changed only by publishing another version."""

import pytest
from django.db import transaction
from django.utils import timezone

from quizzes.models import AuditEntry
from quizzes.models.questions import ImmutableError
from quizzes.rules.dialogue.scenario import Dimension
from tests.factories.assessment import SchemeVersionFactory
from tests.factories.quizzes import TopicFactory
from tests.rules.scheme import scheme_data
from trainer.commands.scheme import BadScheme, Overtaken, load_scheme, publish_scheme, save_prompts
from trainer.management.commands.prepare import CURRICULUM
from trainer.models import InterviewPrompt, SchemeVersion
from trainer.readers.curriculum import read_curriculum
from trainer.readers.entries import PromptEntry, SchemeEntry
from trainer.rules.assessment import problems_of, scheme_from_data

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture(scope="module")
def shipped():
    return read_curriculum(CURRICULUM)


def changed(**weights):
    data = scheme_data()
    for row in data["dimensions"]:
        row["weight"] = weights.get(row["key"], row["weight"])
    return data


def form_of(data, **more):
    fields = {"after": 1, "note": "沟通更要紧"}
    for row in data["dimensions"]:
        fields[f"weight-{row['key']}"] = row["weight"]
        fields |= {f"need-{row['key']}-{method}": need for method, need in row["methods"].items()}
        fields |= {f"{name}-{row['key']}": row[name] for name in ("meaning", "topics", "figures")}
        fields |= {f"anchor-{row['key']}-{point}": text for point, text in enumerate(row["anchors"], 1)}
    for row in data["figures"]:
        fields |= {f"tier-{row['key']}-{tier}": bound for tier, bound in row["tiers"].items()}
    return fields | more


def test_the_scheme_that_ships_holds_and_its_bank_is_enough_for_two_interviews(shipped):
    assert problems_of(scheme_from_data(shipped.scheme.data)) == ()
    counts = {}
    for prompt in shipped.prompts:
        counts[prompt.dimension] = counts.get(prompt.dimension, 0) + 1
    assert len(counts) == 7 and min(counts.values()) >= 4


def test_the_same_file_again_makes_no_version_and_a_site_version_stands(admin):
    entry = SchemeEntry("第一版", scheme_data())
    assert load_scheme(entry=entry, at=NOW) == (1, 0, 0)
    assert load_scheme(entry=entry, at=NOW) == (0, 0, 1)

    publish_scheme(data=changed(attitude=10, teamwork=15), note="协作更要紧", after=1, by=admin, at=NOW)

    assert load_scheme(entry=entry, at=NOW) == (0, 0, 1)
    assert SchemeVersion.objects.first().number == 2
    assert load_scheme(entry=SchemeEntry("改了", changed(attitude=20, teamwork=5)), at=NOW) == (0, 1, 0)
    assert SchemeVersion.objects.first().number == 3
    assert AuditEntry.objects.filter(action="publish_scheme").count() == 3


def test_a_version_is_never_edited():
    version = SchemeVersionFactory()
    version.note = "偷偷改"

    with pytest.raises(ImmutableError):
        version.save()


def test_a_scheme_that_cannot_hold_is_refused_and_two_admins_do_not_overwrite_each_other(admin):
    SchemeVersionFactory(number=1)
    with pytest.raises(BadScheme), transaction.atomic():
        publish_scheme(data=changed(attitude=99), note="错", after=1, by=admin, at=NOW)
    publish_scheme(data=scheme_data(), note="第一个", after=1, by=admin, at=NOW)

    with pytest.raises(Overtaken):
        publish_scheme(data=scheme_data(), note="第二个", after=1, by=admin, at=NOW)


def test_prompts_that_are_gone_are_retired_and_come_back():
    one, other = (PromptEntry(f"p-{n}", Dimension.ATTITUDE, f"问 {n}", "听") for n in range(2))
    assert save_prompts(entries=[one, other], at=NOW) == (2, 0, 0, 0)
    assert save_prompts(entries=[one], at=NOW) == (0, 0, 1, 1)
    assert save_prompts(entries=[one, other], at=NOW) == (0, 1, 1, 0)
    assert InterviewPrompt.objects.filter(retired_at=None).count() == 2


def test_an_admin_publishes_on_the_page(client, admin):
    SchemeVersionFactory(number=1)
    client.force_login(admin)

    response = client.post("/scheme/edit/", form_of(changed(attitude=10, communication=20)))

    assert response.status_code == 302
    version = SchemeVersion.objects.first()
    assert (version.number, version.published_by, version.note) == (2, admin, "沟通更要紧")
    assert "沟通更要紧" in client.get("/scheme/").content.decode()


def test_what_a_dimension_looks_at_is_published_like_the_weights(client, admin):
    """Topics, figures and what each point of the interview means; who rated by the version before keeps its words."""
    TopicFactory(slug="logistics", name="物流")
    before = SchemeVersionFactory(number=1)
    client.force_login(admin)
    data = scheme_data()
    row = next(row for row in data["dimensions"] if row["key"] == "knowledge")
    row |= {"meaning": "规则记得准不准", "topics": ["returns", "logistics"], "figures": ["satisfaction"]}
    row["anchors"] = [*row["anchors"][:4], "说得出例外在哪里"]

    assert client.post("/scheme/edit/", form_of(data, note="加上物流")).status_code == 302

    version = SchemeVersion.objects.first()
    assert (version.number, version.data) == (2, data)
    before.refresh_from_db()
    assert before.data == scheme_data()
    page = client.get("/scheme/").content.decode()
    for said in ("规则记得准不准", "物流", "满意度", "说得出例外在哪里"):
        assert said in page
    assert "说得出例外在哪里" in client.get("/scheme/edit/").content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"weight-attitude": 16}, "101%"),
        ({"need-knowledge-exam": "helpful"}, "“业务知识”没有必需的考核办法"),
        ({"need-attitude-exam": "required"}, "“服务态度”要用书面考核"),
        ({"tier-first_reply-good": "10"}, "“首次响应”"),
        ({"anchor-attitude-3": " "}, "“服务态度”的 1 到 5 分都要写清楚"),
        ({"topics-knowledge": []}, "“业务知识”要用书面考核，请选它看哪些主题的题"),
        ({"figures-efficiency": []}, "要用绩效，请选它看哪些指标"),
        ({"topics-knowledge": ["no-such-topic"]}, "no-such-topic"),
        ({"after": 0}, "别人发布了新的一版"),
    ],
)
def test_the_page_says_what_is_wrong_and_keeps_what_was_written(client, admin, fields, said):
    SchemeVersionFactory(number=1)
    client.force_login(admin)

    response = client.post("/scheme/edit/", form_of(scheme_data(), **fields))

    assert response.status_code == 422
    page = response.content.decode()
    assert said in page and "沟通更要紧" in page
    assert SchemeVersion.objects.count() == 1


def test_everybody_reads_the_scheme_and_only_interviewers_its_questions(client, trainee, supervisor):
    SchemeVersionFactory()
    save_prompts(entries=[PromptEntry("p", Dimension.ATTITUDE, "遇到骂人的顾客怎么办？", "听")], at=NOW)

    for person, sees in ((trainee, False), (supervisor, True)):
        client.force_login(person)
        page = client.get("/scheme/").content.decode()
        assert "服务态度" in page
        assert ("遇到骂人的顾客怎么办？" in page) == sees


def test_the_page_of_the_scheme_costs_the_same_for_any_number_of_versions(client, trainee, django_assert_num_queries):
    client.force_login(trainee)
    SchemeVersionFactory()
    for _ in range(2):
        with django_assert_num_queries(7):
            client.get("/scheme/")
        SchemeVersionFactory.create_batch(3)
