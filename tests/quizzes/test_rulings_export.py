import json

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse

from quizzes.commands.rulings import rate_blind, rule_on_check
from quizzes.models import CheckResult, Turn
from quizzes.queries.labelled import ruled_replies
from quizzes.rules.replies import model
from quizzes.rules.replies.checks import NAMES
from tests.quizzes.talking import talked

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruled(trainee, supervisor, now):
    """A talk whose first reply names the trainee and a number; a person ruled on one of its checks."""
    session = talked(trainee, f"您好，我是{trainee}，单号SF1029384756在无锡，加微信聊", "谢谢您，祝您愉快")
    turn = Turn.objects.filter(session=session, kind="say").earliest("number")
    result = CheckResult.objects.get(turn=turn, check_name="offline_payment")
    rule_on_check(result_id=result.pk, verdict=True, reason="加微信", by=supervisor, at=now)
    return turn


def test_a_ruled_reply_is_exported_in_its_context_without_personal_data(ruled, trainee, django_assert_num_queries):
    with django_assert_num_queries(4):
        (record,) = ruled_replies()

    assert record.labels["offline_payment"] is True
    assert [name for name, label in record.labels.items() if label is not None] == ["offline_payment"]
    assert str(trainee) not in record.reply.text and "1029384756" not in record.reply.text
    assert "加微信聊" in record.reply.text
    assert record.reply.history[-1].who == "customer"
    assert record.reply.facts and record.reply.platform and record.reply.stage


def test_the_newest_ruling_holds_and_raters_who_differ_leave_it_open(ruled, supervisor, other_supervisor, now):
    result = CheckResult.objects.get(turn=ruled, check_name="offline_payment")
    rule_on_check(result_id=result.pk, verdict=False, reason="只是聊聊", by=supervisor, at=now)
    rate_blind(turn=ruled, shown={"greets", "respectful"}, by=supervisor, at=now)
    rate_blind(turn=ruled, shown={"greets"}, by=other_supervisor, at=now)

    (record,) = ruled_replies()

    assert record.labels["offline_payment"] is False
    assert record.labels["greets"] is True
    assert record.labels["respectful"] is None
    assert record.labels["shirks"] is False


def test_rulings_become_a_file_that_is_learned_from_and_evaluated(ruled, tmp_path, capsys):
    file, made = tmp_path / "rulings.jsonl", tmp_path / "model.bin"
    call_command("export_rulings", file, "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["records"] == 1
    assert told["labels"]["offline_payment"] == {"yes": 1, "no": 0}
    assert set(told["labels"]) == set(NAMES)

    own = sorted((settings.BASE_DIR / "fixtures" / "replies").glob("writer_*.jsonl"))
    some = tmp_path / "some.jsonl"
    some.write_text("".join(file.read_text("utf-8")[:60_000].rpartition("\n")[0] + "\n" for file in own), "utf-8")
    call_command("train_replies", some, file, "--out", made)
    assert model.load(made.read_bytes()).index
    capsys.readouterr()
    call_command("evaluate_replies", file, "--json")
    figures = json.loads(capsys.readouterr().out)
    assert figures["checks"]["offline_payment"]["support"] == 1
    assert figures["checks"]["greets"]["support"] == 0


def test_nothing_ruled_is_an_empty_file(tmp_path, db, capsys):
    call_command("export_rulings", tmp_path / "none.jsonl")
    assert (tmp_path / "none.jsonl").read_text() == ""
    assert "写出 0 句回复" in capsys.readouterr().out


def test_a_place_that_cannot_be_written_is_named(tmp_path, db):
    with pytest.raises(CommandError, match="写不了"):
        call_command("export_rulings", tmp_path / "no" / "where.jsonl")


def test_an_admin_downloads_them_from_the_calibration_page(client, ruled, admin, supervisor):
    url = reverse("quizzes:rulings_export")
    client.force_login(supervisor)
    assert url not in client.get(reverse("quizzes:calibration")).content.decode()
    client.force_login(admin)
    assert url in client.get(reverse("quizzes:calibration")).content.decode()
    response = client.get(url)
    assert "attachment" in response["Content-Disposition"]
    (line,) = response.content.decode().splitlines()
    assert json.loads(line)["labels"]["offline_payment"] is True
