from pathlib import Path

import pytest
from django.conf import settings

from quizzes.rules.dialogue.criteria import shipped
from quizzes.rules.dialogue.drawing import cast
from quizzes.rules.dialogue.golden import play
from quizzes.rules.replies.judging import judge
from trainer.readers.curriculum import read_curriculum
from trainer.readers.scenario_files import ScenarioEntry, read_scenarios

FOLDER = settings.BASE_DIR / "fixtures" / "scenarios"
SHIPPED = read_scenarios([FOLDER])
MODEL = "parcel-stalled-birthday.yaml"


def test_the_shipped_scenarios_have_no_problem():
    taught = read_curriculum(settings.BASE_DIR / "fixtures" / "curriculum")

    found = read_scenarios(
        [FOLDER], lessons={lesson.slug for lesson in taught.lessons}, facts={fact.key for fact in taught.facts}
    )

    assert [str(problem) for problem in found.problems] == []
    assert len(found.entries) >= 3


@pytest.mark.parametrize(
    ("entry", "name"),
    [(entry, golden.name) for entry in SHIPPED.entries for golden in entry.golden],
    ids=lambda value: value.scenario.slug if isinstance(value, ScenarioEntry) else value,
)
def test_golden_transcripts_come_out_as_stated(entry, name):
    golden = next(one for one in entry.golden if one.name == name)

    played = play(entry.scenario, golden, lambda reply: judge(reply).verdicts, shipped())

    assert played.wrong == ()


@pytest.mark.parametrize("entry", SHIPPED.entries, ids=lambda entry: entry.scenario.slug)
def test_another_seed_is_another_customer(entry):
    first, second = cast(entry.scenario, 1), cast(entry.scenario, 2)

    assert first == cast(entry.scenario, 1)
    assert first.opening != second.opening
    assert first.hidden != second.hidden


def _copied(folder: Path, change=lambda text: text, golden=lambda text: text) -> Path:
    (folder / "golden").mkdir()
    for name, edit in ((MODEL, change), (f"golden/{MODEL}", golden)):
        (folder / name).write_text(edit((FOLDER / name).read_text(encoding="utf-8")), encoding="utf-8")
    return folder / MODEL


@pytest.mark.parametrize(
    ("before", "after", "line", "message"),
    [
        ("to: pressed", "to: presed", "to: presed", "没有叫“presed”的环节或结局"),
        ("platform: taobao", "platform: jd", "platform: jd", "不在可选范围"),
        ("minutes: 5", "minuts: 5", "minuts: 5", "没有这个字段"),
        ("{hidden}，周六前能不能到啊", "{hiden}，周六前能不能到啊", "variants:", "{hiden}"),
        ("needs: [stock]", "needs: [store]", "needs: [store]", "没有叫“store”的面板项"),
        ("slug: parcel-stalled-birthday", "slug: parcel", "slug: parcel", "要和文件名"),
    ],
)
def test_a_problem_names_its_line(tmp_path, before, after, line, message):
    path = _copied(tmp_path, lambda text: text.replace(before, after, 1))
    written = path.read_text(encoding="utf-8").splitlines()

    problems = read_scenarios([tmp_path]).problems

    assert any(message in p.message and line in written[p.line - 1] for p in problems), problems


def test_a_point_that_no_better_reply_says_is_named(tmp_path):
    _copied(tmp_path, lambda text: text.replace("any: [退款|退钱|全额退|退给您]", "any: [从来没有人这样说]"))

    assert [p.key for p in read_scenarios([tmp_path]).problems] == ["refund"]


def test_transcripts_have_to_be_there_and_show_a_critical_error(tmp_path):
    path = _copied(tmp_path, golden=lambda text: text.replace("outcome: critical", "outcome: below"))
    assert "outcome: critical" in read_scenarios([tmp_path]).problems[0].message

    (tmp_path / "golden" / MODEL).unlink()
    assert "至少配三份" in read_scenarios([path]).problems[0].message


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"- 1\n- 2\n", b"a: [", "slug: 你好\n".encode(), b"beats: {a: 1}\n"]
)
def test_what_is_no_scenario_is_a_problem(tmp_path, content):
    (tmp_path / "x.yaml").write_bytes(content)

    found = read_scenarios([tmp_path, tmp_path / "missing.yaml"])

    assert found.entries == ()
    assert {Path(p.file).name for p in found.problems} == {"x.yaml", "missing.yaml"}
