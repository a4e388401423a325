"""Loading documents: drafts beside their source, facts ticked, versions published and taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.models import Question
from tests.curricula import write_folder
from tests.factories.quizzes import TopicFactory
from tests.quizzes.forms_of_pages import fields_of
from tests.trainer import loading
from trainer.commands.curriculum import load_curriculum
from trainer.commands.load_confirming import NothingToLoad, NoTopic, confirm_load
from trainer.commands.load_entries import decide_entry
from trainer.commands.load_publishing import RolledBack, publish_load, roll_back_load
from trainer.models import Fact, Lesson, LessonVersion
from trainer.readers.curriculum import read_curriculum
from trainer.rules.loads import Decision, Difference, EntryKind, LoadKind, LoadState

pytestmark = pytest.mark.django_db

PARAGRAPH = "顾客来问的时候，先问清订单号和情况，再告诉顾客接下来怎么处理，什么时候有结果，让顾客放心。"
DOCUMENT = f"""# 发货和物流

{PARAGRAPH * 4}

# 退款怎么办

{PARAGRAPH * 4}
"""


@pytest.fixture
def who(admin):
    return {"by": admin, "at": timezone.now()}


@pytest.fixture
def backstage(client, admin):
    client.force_login(admin)
    return client


def read(admin, content=DOCUMENT, **options):
    return loading.read(content, by=admin, name="手册.md", **{"kind": LoadKind.DOCUMENT, **options})


def published(admin, content=DOCUMENT, **options):
    who = {"by": admin, "at": timezone.now()}
    load = read(admin, content, **options)
    for entry in load.entries.filter(decision=Decision.OPEN):
        decide_entry(entry_id=entry.pk, decision=Decision.TAKE, **who)
    confirm_load(load_id=load.pk, **who)
    return publish_load(load_id=load.pk, **who)


def test_a_document_becomes_drafts_with_their_source(admin):
    load = read(admin)

    assert load.state == LoadState.PREVIEWED
    drafts = load.entries.filter(kind=EntryKind.LESSON)
    assert [entry.data["title"] for entry in drafts] == ["发货和物流", "退款怎么办"]
    assert [entry.line for entry in drafts] == [1, 5]
    assert [5, "退款怎么办"] in drafts[1].data["source"]
    assert {entry.decision for entry in drafts} == {Decision.TAKE}


def test_confirming_makes_drafts_that_nobody_reads_and_publishing_opens_them(admin, who):
    load = read(admin)
    confirm_load(load_id=load.pk, **who)
    drafts = LessonVersion.objects.order_by("pk")
    assert [(draft.title, draft.published_at) for draft in drafts] == [("发货和物流", None), ("退款怎么办", None)]
    assert drafts[0].lesson.slug == "fa-huo-he-wu-liu"
    assert drafts[0].source == "手册.md"
    assert not Lesson.objects.published(timezone.localdate()).exists()
    with pytest.raises(NothingToLoad):
        confirm_load(load_id=load.pk, **who)

    publish_load(load_id=load.pk, **who)

    assert Lesson.objects.published(timezone.localdate()).count() == 2


def test_a_lesson_needs_a_topic(admin, who):
    load = read(admin, topic=None)

    with pytest.raises(NoTopic) as refusal:
        confirm_load(load_id=load.pk, **who)

    assert refusal.value.args == (2,)


def test_the_same_document_again_changes_nothing(admin, who):
    published(admin)

    again = read(admin)

    assert set(again.entries.values_list("difference", "decision")) == {(Difference.SAME, Decision.SKIP)}
    with pytest.raises(NothingToLoad):
        confirm_load(load_id=again.pk, **who)


def test_another_text_of_the_same_title_waits_and_becomes_the_next_version(admin, who):
    published(admin)
    changed = DOCUMENT.replace("# 退款怎么办\n", "# 退款怎么办\n\n三天以内要有结果。\n")

    load = published(admin, changed)

    lesson = Lesson.objects.get(slug="tui-kuan-zen-me-ban")
    assert [version.number for version in lesson.versions.order_by("number")] == [1, 2]
    assert load.entries.filter(difference=Difference.SAME).count() == 1

    assert roll_back_load(load_id=load.pk, **who) == RolledBack(lessons_restored=1)
    newest = lesson.versions.order_by("number").last()
    assert (newest.number, "三天以内" in newest.body) == (3, False)
    assert Lesson.objects.published(timezone.localdate()).get(pk=lesson.pk).in_force_id == newest.pk


def test_rolling_back_drafts_drops_them_and_publications_retires_them(admin, who):
    draft = read(admin)
    confirm_load(load_id=draft.pk, **who)
    assert roll_back_load(load_id=draft.pk, **who) == RolledBack(lessons=2)
    assert not Lesson.objects.exists()

    load = published(admin)
    assert roll_back_load(load_id=load.pk, **who) == RolledBack(lessons=2)
    assert Lesson.objects.exclude(retired_at=None).count() == 2


def test_facts_that_were_ticked_are_asked_about_and_gone_with_the_load(backstage, admin, who):
    load = read(admin)
    entry = load.entries.filter(kind=EntryKind.LESSON).first()
    url = reverse("trainer:load_entry_edit", args=[load.pk, entry.pk])
    data = dict(fields_of(backstage.get(url).content.decode()))
    number = int(data["facts-TOTAL_FORMS"]) - 2
    row = {"take": "on", "subject": "普通订单", "attribute": "发货时限", "value": "48", "unit": "小时"}

    response = backstage.post(url, {**data, **{f"facts-{number}-{name}": value for name, value in row.items()}})

    assert response.status_code == 302
    confirm_load(load_id=load.pk, **who)
    publish_load(load_id=load.pk, **who)
    fact = Fact.objects.get()
    assert (fact.subject, fact.number, fact.unit, fact.attribute.name) == ("普通订单", 48, "小时", "发货时限")
    asked = Question.objects.live().filter(current__bases__fact_key=fact.key)
    assert asked.exists()

    roll_back_load(load_id=load.pk, **who)
    assert not asked.exists()


def test_a_draft_is_changed_before_it_comes_in(backstage, admin, who):
    load = read(admin)
    entry = load.entries.filter(kind=EntryKind.LESSON).first()
    url = reverse("trainer:load_entry_edit", args=[load.pk, entry.pk])
    page = backstage.get(url)
    data = dict(fields_of(page.content.decode()))
    topic = TopicFactory(slug="logistics")
    day = timezone.localdate() + timedelta(days=3)
    changes = {"title": "发货", "topic": "logistics", "effective_from": day.isoformat(), "required": "on"}

    wrong = backstage.post(url, {**data, "review_by": "2020-01-01"})
    backstage.post(url, {**data, **changes})
    confirm_load(load_id=load.pk, **who)

    assert "复核期限要晚于生效日期" in wrong.content.decode()
    version = LessonVersion.objects.get(title="发货")
    assert (version.effective_from, version.required) == (day, True)
    assert [link.topic for link in version.topic_links.all()] == [topic]
    assert "已经存为草稿" in backstage.post(url, data).content.decode()


def test_a_ticked_fact_without_content_is_named(backstage, admin):
    load = read(admin)
    entry = load.entries.filter(kind=EntryKind.LESSON).first()
    url = reverse("trainer:load_entry_edit", args=[load.pk, entry.pk])
    data = dict(fields_of(backstage.get(url).content.decode()))
    last = int(data["facts-TOTAL_FORMS"]) - 1

    response = backstage.post(url, {**data, f"facts-{last}-take": "on"})

    assert response.status_code == 422
    assert "要记为知识点，这里要填。" in response.content.decode()


def test_the_drafts_of_a_load_are_shown_beside_their_source(backstage, admin):
    load = read(admin)

    page = backstage.get(reverse("trainer:load", args=[load.pk])).content.decode()

    assert page.count("<h3>发货和物流</h3>") == 1
    assert "原文的各行" in page
    assert "确认导入 2 条为草稿" in page
    assert "没写主题的题和课，归到" in page


def test_a_curriculum_leaves_what_was_loaded_alone(admin, tmp_path):
    published(admin)
    load_curriculum(read_curriculum(write_folder(tmp_path)), at=timezone.now(), seed=1)

    assert Lesson.objects.get(slug="fa-huo-he-wu-liu").retired_at is None
