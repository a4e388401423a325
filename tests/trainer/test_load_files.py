"""``load_content`` on files as shops have them: looking without touching, loading, loading again."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from quizzes.models import Question, QuestionVersion
from quizzes.rules.vocabulary import QuestionState
from tests.factories.quizzes import TopicFactory
from trainer.models import Load, LoadEntry

pytestmark = pytest.mark.django_db

KEYS = {"path", "format", "lessons", "facts", "questions", "held", "removed", "error"}
BANK = """一、单选题（每题 2 分，共 4 分）
1. 七天无理由退货从哪天起算（B）
A. 签收当天  B. 签收次日
2. 顾客要发票，应该怎么做？
A. 开具发票  B. 说没有
答案：A
二、判断题
3. 可以引导顾客加微信。（×）
4. 顾客没有给订单号。
"""


@pytest.fixture
def bank(tmp_path):
    path = tmp_path / "题库.txt"
    path.write_text(BANK, encoding="gb18030")
    return path


def run(*arguments, **options):
    """Exit status, what was printed, what was complained about."""
    out, err = StringIO(), StringIO()
    try:
        call_command("load_content", *map(str, arguments), stdout=out, stderr=err, **options)
    except SystemExit as error:
        return error.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def look(*arguments, **options):
    status, out, _ = run(*arguments, dry_run=True, json=True, **options)
    return status, json.loads(out)["files"]


def test_a_dry_run_prints_one_object_and_touches_nothing(bank):
    status, (found,) = look(bank)

    assert (status, set(found), found["path"], found["error"]) == (0, KEYS, str(bank), None)
    assert [question["kind"] for question in found["questions"]] == ["single", "single", "true_false"]
    assert found["questions"][0] == {
        "kind": "single",
        "stem": "七天无理由退货从哪天起算（ ）",
        "options": [{"text": "签收当天", "correct": False}, {"text": "签收次日", "correct": True}],
        "answers": [],
        "pairs": [],
        "explanation": "",
        "line": 2,
    }
    assert found["questions"][2]["options"] == [
        {"text": "正确", "correct": False}, {"text": "错误", "correct": True},
    ]  # fmt: skip
    assert [(held["line"], set(held)) for held in found["held"]] == [(9, {"line", "text", "reason"})]
    assert not Load.objects.exists()
    assert not Question.objects.exists()


def test_what_people_see_without_json(bank):
    status, out, err = run(bank, dry_run=True)

    assert (status, err) == (0, "")
    assert "3 道题，待确认 1 处" in out
    assert "第 9 行：" in out


def test_one_bad_file_is_named_and_the_others_are_read(bank, tmp_path):
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"MZ\x90\0 no document")

    status, (bad, good, missing) = look(broken, bank, tmp_path / "没有.xlsx")

    assert status == 1
    assert "程序" in bad["error"]
    assert "没有这个文件" in missing["error"]
    assert len(good["questions"]) == 3
    assert bad["questions"] == bad["lessons"] == bad["facts"] == bad["held"] == bad["removed"] == []


def test_too_large_a_file_is_not_even_opened(bank, settings):
    settings.LARGEST_UPLOAD = 10

    status, (found,) = look(bank)

    assert status == 1
    assert "太大" in found["error"]


def test_a_folder_stands_for_its_files(bank):
    (bank.parent / ".hidden.txt").write_text(BANK)

    status, found = look(bank.parent)

    assert (status, [file["path"] for file in found]) == (0, [str(bank)])


def test_a_document_is_told_from_a_bank_and_the_person_has_the_last_word(bank, tmp_path):
    guide = tmp_path / "退货.md"
    guide.write_text("# 退货怎么办\n\n先核对订单，再说明流程。\n\n1. 申请\n2. 寄回\n3. 退款\n", encoding="utf-8")

    _, (document, questions) = look(guide, bank)
    _, (forced,) = look(bank, kind="document")

    assert (document["questions"], [lesson["title"] for lesson in document["lessons"]]) == ([], ["退货怎么办"])
    assert questions["lessons"] == []
    assert (forced["questions"], forced["held"]) == ([], [])
    assert forced["lessons"]


def test_a_bank_may_be_longer_than_any_document(tmp_path):
    path = tmp_path / "大题库.txt"
    path.write_text("\n".join(f"{n}. 第几题（A）\nA. {n}\nB. 别的\n" for n in range(1, 13_001)), encoding="utf-8")

    _, (found,) = look(path)

    assert (found["error"], len(found["questions"])) == (None, 13_000)


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("::题 1::七天从哪天算？{=次日 ~当天}", "gift"),
        ("七天从哪天算？\nA. 当天\nB. 次日\nANSWER: B", "aiken"),
        ('<?xml version="1.0"?><quiz><question type="truefalse"><name><text>a</text></name><questiontext format="html">'
         '<text>对吗</text></questiontext><answer fraction="100"><text>true</text></answer><answer fraction="0">'
         '<text>false</text></answer></question></quiz>', "moodle_xml"),
        ('<questestinterop><item ident="1"><presentation><material><mattext>说说看</mattext></material>'
         '<response_str ident="r"><render_fib/></response_str></presentation></item></questestinterop>', "qti"),
        ("<!doctype html><html><body><h1>退货</h1><p>先核对订单。</p></body></html>", "html"),
    ],
)  # fmt: skip
def test_a_file_is_known_by_what_is_in_it_not_by_its_name(tmp_path, text, format):
    path = tmp_path / "文件.txt"
    path.write_text(text, encoding="utf-8")

    status, (found,) = look(path)

    assert (status, found["format"]) == (0, format)


def test_columns_with_other_names_are_read_by_a_map(tmp_path):
    sheet, columns = tmp_path / "题.csv", tmp_path / "map.json"
    sheet.write_text("问的是啥,甲,乙,选哪个\n几点发货？,上午,下午,B\n", encoding="utf-8")
    columns.write_text(json.dumps({"问的是啥": "stem", "甲": "option:1", "乙": "option:2", "选哪个": "answer"}))

    status, (found,) = look(sheet, "--map", columns)

    assert status == 0
    assert [(q["stem"], [o["correct"] for o in q["options"]]) for q in found["questions"]] == [
        ("几点发货？", [False, True])
    ]


def test_a_map_that_is_none_says_so(tmp_path):
    sheet, columns = tmp_path / "题.csv", tmp_path / "map.json"
    sheet.write_text("题目,答案\n几点发货？,下午\n", encoding="utf-8")
    columns.write_text('{"题目": "nonsense"}')

    status, (found,) = look(sheet, "--map", columns)

    assert status == 1
    assert "nonsense" in found["error"]


# --- loading ---------------------------------------------------------------------------------------------


def test_loading_makes_drafts_and_keeps_the_unsure_for_a_person(bank, admin):
    TopicFactory(slug="returns", name="退换货")

    status, out, _ = run(bank, topic="退换货", by="admin")

    assert status == 0
    assert set(Question.objects.values_list("state", "current__topic__slug")) == {(QuestionState.DRAFT, "returns")}
    assert Question.objects.count() == 3
    assert "3 条成了草稿，1 条等人确认" in out
    assert LoadEntry.objects.filter(decision="open").count() == 1


def test_loading_the_same_file_again_changes_nothing(bank, admin):
    TopicFactory(slug="returns")
    run(bank, topic="returns", by="admin")
    before = list(Question.objects.order_by("pk").values())

    status, out, err = run(bank, topic="returns", by="admin")

    assert status == 0
    assert f"第 {Load.objects.earliest('pk').pk} 批里的一样" in err
    assert "0 条成了草稿" in out
    assert QuestionVersion.objects.count() == len(before)
    assert list(Question.objects.order_by("pk").values()) == before


def test_questions_without_a_topic_wait_in_the_preview(bank, admin):
    _status, _, err = run(bank, by="admin")

    assert "--topic" in err
    assert not Question.objects.exists()
    assert Load.objects.get().state == "previewed"


def test_nothing_is_loaded_when_a_file_is_missing(bank, admin):
    with pytest.raises(CommandError):
        run(bank, bank.parent / "没有.txt", by="admin")
    assert not Load.objects.exists()


def test_somebody_without_the_permission_cannot_load(bank, supervisor):
    with pytest.raises(CommandError, match="--by"):
        run(bank, by="supervisor")
