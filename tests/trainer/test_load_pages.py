"""The pages of loading, without a browser's scripts."""

import io
from html import unescape
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from quizzes.formats.archive import OLE_MAGIC
from quizzes.models import Question, QuestionVersion, Topic
from quizzes.rules.vocabulary import Kind
from tests.factories.loads import LoadEntryFactory, LoadFactory, LoadFileFactory
from tests.factories.quizzes import TopicFactory
from tests.trainer import loading
from trainer.models import Load
from trainer.rules.loads import Difference, FileState, LoadState

pytestmark = pytest.mark.django_db


@pytest.fixture
def backstage(client, admin):
    client.force_login(admin)
    return client


def send(client, *files, **data):
    data = {"token": str(uuid4()), "kind": "auto", "platform": "all", **data}
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post("/loads/new/", {**data, "files": uploads})


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_length(backstage, rows, django_assert_num_queries):
    for _ in range(rows):
        LoadEntryFactory.create_batch(rows, file=LoadFileFactory())

    with django_assert_num_queries(6):
        response = backstage.get("/loads/")

    assert [line.open for line in response.context["page"]] == [rows] * rows


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("tab", ["open", "questions"])
def test_a_load_costs_the_same_for_any_length(backstage, rows, tab, django_assert_num_queries):
    file = LoadFileFactory()
    LoadEntryFactory.create_batch(rows, file=file, difference=Difference.CHANGED)

    with django_assert_num_queries(11):
        response = backstage.get(f"/loads/{file.load.pk}/?tab={tab}")

    assert len(response.context["page"]) == rows


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_of_question_is_shown_with_its_key(backstage, kind):
    entry = LoadEntryFactory(asks=kind)

    assert backstage.get(f"/loads/{entry.load.pk}/?tab=questions").status_code == 200


def test_a_small_file_is_read_at_once(backstage):
    topic = TopicFactory()

    response = send(backstage, ("题库.txt", loading.text().encode()), topic=topic.pk)

    load = Load.objects.get()
    assert response.headers["Location"] == reverse("trainer:load", args=[load.pk])
    assert (load.state, load.topic, load.entries.count()) == (LoadState.PREVIEWED, topic, 3)
    page = backstage.get(response.headers["Location"]).content.decode()
    assert "确认导入 3 条为草稿" in page


def test_the_same_file_again_is_named_and_nothing_changes(backstage):
    topic = TopicFactory()
    for _ in range(2):
        response = send(backstage, ("题库.txt", loading.text().encode()), topic=topic.pk)
        backstage.post(f"{response.headers['Location']}step/", {"action": "confirm"})
    before = list(QuestionVersion.objects.order_by("pk").values())

    response = send(backstage, ("改了名.txt", loading.text().encode()), topic=topic.pk)

    page = backstage.get(response.headers["Location"]).content.decode()
    assert "内容一个字没变" in page
    assert "什么也不会变" in page
    assert "确认导入" not in page
    said = backstage.post(f"{response.headers['Location']}step/", {"action": "confirm"}, follow=True).content.decode()
    assert "没有要导入的" in said
    assert list(QuestionVersion.objects.order_by("pk").values()) == before


def test_a_large_file_is_left_to_the_queue(backstage, settings):
    settings.READ_AT_ONCE = 10

    send(backstage, ("题库.txt", loading.text().encode()))

    assert Load.objects.get().state == LoadState.PREVIEWED, "the backend of the tests works the queue at once"


def test_the_form_can_make_a_topic(backstage):
    send(backstage, ("题库.txt", b"x"), new_topic="退换货 规则")

    topic = Topic.objects.get()
    assert Load.objects.get().topic == topic
    assert (topic.slug, topic.name) == ("tui-huan-huo-gui-ze", "退换货 规则")


def test_a_script_is_told_where_to_go(backstage):
    data = {"token": str(uuid4()), "kind": "auto", "platform": "all"}
    headers = {"accept": "application/json"}

    refused = backstage.post("/loads/new/", data, headers=headers)
    taken = backstage.post("/loads/new/", {**data, "files": SimpleUploadedFile("a.txt", b"x")}, headers=headers)

    assert (refused.status_code, refused.json()) == (422, {"errors": ["请选择至少一个文件。"]})
    assert taken.json() == {"url": f"/loads/{Load.objects.get().pk}/"}


def test_an_empty_file_is_named(backstage):
    response = send(backstage, ("空.txt", b""))

    page = backstage.get(response.headers["Location"]).content.decode()
    assert "空.txt" in page
    assert Load.objects.get().state == LoadState.FAILED


def test_a_file_that_is_too_large_is_dropped_while_it_arrives(backstage, settings):
    settings.LARGEST_UPLOAD = 1024 * 1024

    response = send(backstage, ("大.txt", b"x" * 2 * 1024 * 1024), ("小.txt", b"x"))

    assert response.status_code == 422
    assert "没有收下：大.txt" in response.content.decode()
    assert not Load.objects.exists()


def test_more_than_may_be_sent_at_once_is_not_kept(backstage, settings):
    settings.LARGEST_REQUEST = 3 * 1024 * 1024
    parts = [(f"{n}.txt", b"x" * 1024 * 1024) for n in range(3)]

    refused = send(backstage, *parts)
    taken = send(backstage, *parts[:2])

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert "没有收下：0.txt、1.txt、2.txt" in refused.content.decode()
    assert "一共 3 MB" in refused.content.decode()
    assert Load.objects.get().files.count() == 1


def bomb() -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", bytes(8 * 1024 * 1024))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("空.txt", b"", "文件是空的"),
        ("程序.docx", b"MZ\x90\0" + bytes(2000), "这是一个程序"),
        ("加密.docx", OLE_MAGIC + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("网页.txt", b"<!DOCTYPE html><html><body><script>x()</script></body></html>", "没有文字"),
        ("炸弹.xlsx", bomb(), "炸弹"),
    ],
)
def test_what_cannot_be_read_is_said_on_the_page_and_nothing_comes_in(backstage, name, content, words):
    response = send(backstage, (name, content))

    page = backstage.get(response.headers["Location"]).content.decode()
    load = Load.objects.get()
    assert load.state == LoadState.FAILED
    assert words in load.files.get().error
    assert load.files.get().error in unescape(page)
    assert not load.entries.exists()


def test_more_than_twenty_files_are_refused(backstage):
    response = send(backstage, *((f"{n}.txt", b"x") for n in range(21)))

    assert response.status_code == 422
    assert "没有收下：20.txt" in response.content.decode()


def test_the_steps_of_a_load_from_preview_to_roll_back(backstage, admin):
    load = loading.read(loading.text(), by=admin, topic=None)
    url = reverse("trainer:load_step", args=[load.pk])

    def step(action, **data):
        return backstage.post(url, {"action": action, **data}, follow=True).content.decode()

    assert "不知道归到哪个主题" in step("confirm")
    assert "请选一个主题" in step("topic")
    assert "归到“售后”" in step("topic", new_topic="售后")
    assert "已导入为草稿" in step("confirm")
    assert "没有要导入的" in step("confirm")
    assert "发布日期要写" in step("schedule", on="2020-01-01")
    assert "自动发布" in step("schedule", on="2099-01-01")
    assert "取消" in step("unschedule")
    assert "已发布" in step("publish")
    assert "状态已经变了" in step("unschedule")
    assert "停用 3 道题" in step("roll_back")
    assert "看不懂" in step("explode")
    assert set(Question.objects.values_list("state", flat=True)) == {"retired"}


def test_the_one_who_confirmed_is_asked_to_leave_publishing_to_another(backstage, admin, settings):
    settings.CONTENT_REVIEW_BY_TWO = True
    load = loading.read(loading.text(), by=admin)
    url = reverse("trainer:load_step", args=[load.pk])

    page = backstage.post(url, {"action": "confirm"}, follow=True).content.decode()
    assert "请另一位管理员看过以后发布" in page
    assert 'value="publish"' not in page
    assert "确认的人不能自己发布" in backstage.post(url, {"action": "publish"}, follow=True).content.decode()


def test_only_those_who_publish_may_publish(backstage, admin):
    load = loading.read(loading.text(), by=admin)
    url = reverse("trainer:load_step", args=[load.pk])
    backstage.post(url, {"action": "confirm"})
    group = admin.groups.get()
    group.permissions.remove(*group.permissions.filter(codename="publish_lesson"))

    for action in ("publish", "schedule", "unschedule"):
        assert backstage.post(url, {"action": action, "on": "2099-01-01"}).status_code == 403


def test_progress_asks_for_the_page_again_once_it_is_done(backstage):
    load = LoadFactory(state=LoadState.READING)
    LoadFileFactory(load=load)
    LoadFileFactory(load=load, state=FileState.WAITING)
    url = reverse("trainer:load_progress", args=[load.pk])

    waiting = backstage.get(url)
    assert "1 / 2" in waiting.content.decode()
    assert "没有后台进程" in waiting.content.decode()
    assert "HX-Refresh" not in waiting.headers

    load.state = LoadState.PREVIEWED
    load.save()
    assert backstage.get(url).headers["HX-Refresh"] == "true"
