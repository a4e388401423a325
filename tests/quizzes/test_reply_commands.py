import json

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from quizzes.rules.replies import model
from quizzes.rules.replies.records import parse

LINE = {"reply": "您加我微信，我私下转您", "labels": {"offline_payment": True, "greets": False, "shirks": None}}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "writer_x.jsonl"
    path.write_text(json.dumps(LINE) + "\n\n" + json.dumps({**LINE, "reply": "您好"}) + "\n", encoding="utf-8")
    return path


def test_evaluating_prints_the_agreed_json(file, capsys):
    call_command("evaluate_replies", file, "--json")
    row = json.loads(capsys.readouterr().out)
    assert row["checks"]["offline_payment"] == {"precision": 1.0, "recall": 0.5, "f1": 2 / 3, "support": 2}
    assert row["checks"]["shirks"]["support"] == 0
    assert row["macro_f1"] == row["violations_f1"] == 2 / 3


def test_evaluating_prints_a_table(file, capsys):
    call_command("evaluate_replies", file)
    told = capsys.readouterr().out
    assert "offline_payment          1.000   0.500   0.667        2" in told
    assert "平均 F1 0.667" in told


def test_a_file_with_nothing_to_compare_gives_noughts_in_the_agreed_form(tmp_path, capsys):
    path = tmp_path / "none.jsonl"
    path.write_text("\n\n", "utf-8")
    call_command("evaluate_replies", path, "--json")
    told = capsys.readouterr()
    row = json.loads(told.out)
    assert set(row) == {"checks", "macro_f1", "good_moves_f1", "violations_f1", "decided"}
    assert set(row["decided"]) == {"coverage", "accuracy", "missed_violations", "false_violations"}
    assert row["checks"]["greets"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "support": 0}
    assert row["macro_f1"] == row["decided"]["coverage"] == 0
    assert "没有一个可以比的标注" in told.err


def test_a_strangers_file_is_read_whatever_it_lacks(tmp_path, capsys):
    rows = [
        {"reply": "嗯" * 10_000},
        {"reply": "", "labels": None, "scene": None, "history": None},
        {"reply": "您加我微信\u2028私下转", "labels": {"offline_payment": True, "smiles": 3}, "history": [{}]},
    ]
    path = tmp_path / "stranger.jsonl"
    path.write_text("\ufeff" + "\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    call_command("evaluate_replies", path, "--json")
    checks = json.loads(capsys.readouterr().out)["checks"]
    assert checks["offline_payment"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "support": 1}


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"{", "writer_x 第 1 行不是 JSON"), ("好".encode("gbk"), "不是 UTF-8"), (None, "读不了")],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, content, said):
    path = tmp_path / "writer_x.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=said):
        call_command("evaluate_replies", path)


def test_too_few_records_make_no_model(file, tmp_path):
    with pytest.raises(CommandError, match="至少要有一条"):
        call_command("train_replies", file, "--out", tmp_path / "model.bin")
    assert not (tmp_path / "model.bin").exists()


def test_replies_beside_decide_no_threshold(tmp_path, file):
    beside = settings.BASE_DIR / "fixtures" / "replies" / "writer_k.jsonl"
    with pytest.raises(CommandError, match="至少要有一条"):
        call_command("train_replies", file, "--beside", beside, "--out", tmp_path / "model.bin")


def test_the_shipped_model_knows_the_patterns_and_stays_small():
    shipped = model.shipped()
    assert any(name.startswith("p:offline.") for name in shipped.index)
    assert len(model.dump(shipped)) < 1_000_000


@pytest.mark.parametrize(
    "file", sorted((settings.BASE_DIR / "fixtures" / "replies").glob("*.jsonl")), ids=lambda file: file.stem
)
def test_our_own_replies_are_records_and_none_is_there_twice(file):
    records = list(parse(file.read_text("utf-8").splitlines(), file.stem))
    assert len({record.id for record in records}) == len(records) > 100
    assert len({(record.reply.text, record.reply.facts, record.reply.history) for record in records}) == len(records)
