"""The columns of a sheet: guessed, put right, remembered; and the template."""

import re

import pytest
from django.urls import reverse

from tests.quizzes.forms_of_pages import fields_of
from tests.trainer import loading
from trainer.commands.sheet_rows import rows_of
from trainer.models import SheetMapping
from trainer.rules.loads import EntryKind, LoadState

pytestmark = pytest.mark.django_db

# The stems stand under a header that says nothing, the key under one that says something else.
SHEET = "类别,内容甲,甲,乙,丙,说明\n" + "".join(
    f"单选题,第 {n} 位顾客要退货，先做什么？,核实第 {n} 单,推给快递,不回复,A\n" for n in range(1, 4)
)
RIGHT = ["kind", "stem", "option:1", "option:2", "option:3", "answer"]


@pytest.fixture
def backstage(client, admin):
    client.force_login(admin)
    return client


def url_of(load):
    return reverse("trainer:load_columns", args=[load.pk, load.files.get().pk])


def put_right(client, load, codes=RIGHT, header="1"):
    data = dict(fields_of(client.get(url_of(load)).content.decode()))
    data |= {f"column-0-{place}": code for place, code in enumerate(codes)}
    return client.post(url_of(load), {**data, "header-0": header}, follow=True)


def questions(load):
    return [entry.data["stem"] for entry in load.entries.filter(kind=EntryKind.QUESTION)]


def test_columns_are_put_right_over_the_first_rows_and_remembered(backstage, admin):
    load = loading.read(SHEET, by=admin, name="题.csv", kind="questions")
    assert questions(load) == []
    page = backstage.get(url_of(load)).content.decode()
    assert "第 1 位顾客要退货" in page
    assert "内容甲" in page

    answer = put_right(backstage, load).content.decode()

    assert "重新读了一遍" in answer
    assert questions(load) == [f"第 {n} 位顾客要退货，先做什么？" for n in range(1, 4)]
    assert SheetMapping.objects.get().mapping == RIGHT

    other = loading.read(SHEET.replace("退货", "换货"), by=admin, name="另一份.csv", kind="questions")
    assert other.state == LoadState.PREVIEWED
    assert questions(other) == [f"第 {n} 位顾客要换货，先做什么？" for n in range(1, 4)]


@pytest.mark.parametrize(("codes", "header", "words"), [
    (["kind", "nonsense"], "1", "nonsense"),
    (RIGHT, "一", "要写一个数"),
])  # fmt: skip
def test_what_is_no_mapping_is_said(backstage, admin, codes, header, words):
    load = loading.read(SHEET, by=admin, name="题.csv", kind="questions")

    assert words in put_right(backstage, load, codes, header).content.decode()
    assert not SheetMapping.objects.exists()


def test_columns_stay_once_the_load_is_confirmed(backstage, admin):
    load = loading.read(SHEET, by=admin, name="题.csv", kind="questions")
    put_right(backstage, load)
    backstage.post(reverse("trainer:load_step", args=[load.pk]), {"action": "confirm"})

    assert "不能再改列" in put_right(backstage, load).content.decode()


def test_columns_are_named_in_the_reader_s_language(backstage, admin):
    load = loading.read(SHEET, by=admin, name="题.csv", kind="questions")

    def names():
        page = backstage.get(url_of(load)).content.decode()
        return dict(re.findall(r'<option value="([^"]+)"[^>]*>([^<]+)</option>', page))

    assert {"stem": "题干", "option:2": "选项 B", "answer:3": "答案 3"}.items() <= names().items()
    backstage.cookies["django_language"] = "en"
    assert {"stem": "Stem", "answer:3": "Answer 3"}.items() <= names().items()


def test_a_file_without_columns_says_so(backstage, admin):
    load = loading.read(loading.text(), by=admin)

    assert "没有列可以改" in backstage.get(url_of(load)).content.decode()


def test_the_first_rows_are_read_apart(backstage, admin, settings):
    load = loading.read(SHEET, by=admin, name="题.csv", kind="questions")
    settings.READ_FILES_APART = True

    (first,) = rows_of(load.files.get())

    assert first.width == 6
    assert first.rows[0] == (1, ("类别", "内容甲", "甲", "乙", "丙", "说明"))


def test_the_template_is_a_workbook_that_is_read_again(backstage, admin):
    response = backstage.get(reverse("trainer:load_template"))

    load = loading.read(b"".join(response), by=admin, name="试题.xlsx", kind="questions")
    assert load.state == LoadState.PREVIEWED
    assert load.entries.filter(kind=EntryKind.QUESTION).count() >= 8


def test_a_sheet_that_was_read_as_a_lesson_can_be_told_to_hold_questions(backstage, admin):
    odd = SHEET.replace("类别,内容甲", "归在,问的是什么").replace("说明", "应选")
    load = loading.read(odd, by=admin, name="抽查.csv")
    assert load.entries.get().kind == EntryKind.LESSON
    page = backstage.get(reverse("trainer:load", args=[load.pk])).content.decode()
    assert "读成了课程。里面其实是题？" in page
    assert url_of(load) in page

    put_right(backstage, load)

    assert len(questions(load)) == 3
    assert not load.entries.filter(kind=EntryKind.LESSON).exists()
    assert "读成了课程" not in backstage.get(reverse("trainer:load", args=[load.pk])).content.decode()


def test_a_title_above_the_header_is_not_taken_for_it(backstage, admin):
    titled = "十一月抽查题,,,,,\n" + SHEET.replace("类别,内容甲", "归在,问的是什么").replace("说明", "应选")
    load = loading.read(titled, by=admin, name="抽查.csv")
    page = backstage.get(url_of(load)).content.decode()

    assert dict(fields_of(page))["header-0"] == "2"
    assert page.index("问的是什么") < page.index("<tbody>")
