"""The outside model against a local server that speaks its protocol, badly where wanted."""

import json
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import reverse

from quizzes.commands.outside import ask_after, ask_for_opinions, resting, reword_customer
from quizzes.commands.sessions import leave, say
from quizzes.models import AuditEntry, OpenCheck, OutsideCall, OutsideSwitch, Purpose, SecondOpinion
from quizzes.rules.replies.judging import Judgement
from tests.factories.roleplay import CheckResultFactory, OpenCheckFactory, OutsideCallFactory, OutsideSwitchFactory
from tests.quizzes.talking import begun, talked
from tests.rules.dialogue.talks import verdicts

pytestmark = pytest.mark.django_db
SECRET = "a-key-that-no-page-may-show"


class Server:
    """Answers every request with ``answer`` (the content of the message), a status, or only after ``wait`` seconds."""

    def __init__(self):
        self.asked, self.answer, self.status, self.wait, self.raw = [], "{}", 200, 0.0, None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.asked.append((self.path, self.headers["Authorization"], body))
                time.sleep(outer.wait)
                content = outer.answer(body) if callable(outer.answer) else outer.answer
                reply = outer.raw or json.dumps({"choices": [{"message": {"content": content}}]}).encode()
                self.send_response(outer.status)
                self.send_header("Location", "/elsewhere")
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def server(settings):
    server = Server()
    settings.QUIZZES_OUTSIDE_MODEL = {"url": server.url, "name": "a-model", "key": SECRET, "seconds": 0.5}
    yield server
    server.close()


@pytest.fixture
def unsure(monkeypatch):
    from quizzes.commands import talk

    judgement = Judgement(verdicts("respectful", unsure={"greets": 0.4, "offline_payment": 0.6}))
    monkeypatch.setattr(talk, "judge", lambda reply, **library: judgement)


def no_to_all(body):
    checks = json.loads(body["messages"][1]["content"])["checks"]
    return json.dumps({name: {"yes": False, "words": ""} for name in checks})


def test_nothing_leaves_the_house_unless_an_admin_switched_it_on(trainee, server, unsure):
    session = talked(trainee, "在无锡，我催一下")

    assert ask_for_opinions(session_id=session.pk) == 0
    assert reword_customer(session_id=begun(trainee).pk) == 0
    assert server.asked == [] and not OutsideCall.objects.exists()


def test_a_talk_costs_no_query_for_a_model_that_is_not_named(django_assert_num_queries):
    OutsideSwitchFactory()

    with django_assert_num_queries(0):
        ask_after(1, Purpose.OPINION)


def test_unsure_checks_get_an_opinion_that_decides_nothing(
    client, trainee, supervisor, server, unsure, django_capture_on_commit_callbacks
):
    OutsideSwitchFactory()
    server.answer = no_to_all
    with django_capture_on_commit_callbacks(execute=True):
        session = talked(trainee, "在无锡，我催一下，我的电话 13800138000")
    session.refresh_from_db()

    assert session.provisional and OpenCheck.objects.filter(session=session).exists()
    assert set(SecondOpinion.objects.values_list("result", flat=True)) == set(
        OpenCheck.objects.values_list("result", flat=True)
    )
    path, authorization, body = server.asked[-1]
    assert (path, authorization, body["model"]) == ("/v1/chat/completions", f"Bearer {SECRET}", "a-model")
    assert "13800138000" not in json.dumps(body, ensure_ascii=False) and trainee.display_name not in str(body)
    client.force_login(supervisor)
    assert "外部模型的参考意见：没有" in client.get(reverse("quizzes:check_queue")).content.decode()


def test_asking_again_asks_nothing(trainee, server, unsure):
    OutsideSwitchFactory()
    server.answer = no_to_all
    session = talked(trainee, "在无锡，我催一下")
    first = ask_for_opinions(session_id=session.pk)

    assert first > 0 and ask_for_opinions(session_id=session.pk) == 0
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("how", "outcome"),
    [
        ({"answer": "没有违规，放心"}, "refused"),
        ({"answer": '{"made_up": {"yes": true}}'}, "refused"),
        ({"status": 500}, "failed"),
        ({"status": 302}, "failed"),
        ({"wait": 1.0}, "failed"),
        ({"raw": b"<html>"}, "failed"),
        ({"raw": b'{"choices": []}'}, "failed"),
        ({"raw": b"x" * 400_000}, "failed"),
    ],
)
def test_a_bad_slow_or_broken_model_changes_nothing(trainee, server, unsure, how, outcome):
    OutsideSwitchFactory()
    session = talked(trainee, "在无锡，我催一下")
    before = (session.score, session.outcome, session.provisional)
    for name, value in how.items():
        setattr(server, name, value)

    assert ask_for_opinions(session_id=session.pk) == 0

    session.refresh_from_db()
    call = OutsideCall.objects.get()
    assert (session.score, session.outcome, session.provisional) == before
    assert call.outcome == outcome and SECRET not in call.detail + str(call.sent)
    assert not SecondOpinion.objects.exists()
    assert all(path == "/v1/chat/completions" for path, *_ in server.asked)  # no redirect was followed


def test_a_model_that_is_not_there_is_left_alone_after_three_failures(trainee, settings, unsure, now):
    settings.QUIZZES_OUTSIDE_MODEL = {"url": "http://127.0.0.1:9/v1", "name": "m", "key": "", "seconds": 0.2}
    OutsideSwitchFactory()
    session = talked(trainee, "在无锡，我催一下")

    for _ in range(5):
        ask_for_opinions(session_id=session.pk)

    assert OutsideCall.objects.filter(outcome="failed").count() == 3
    ask_for_opinions(session_id=session.pk, now=lambda: now + timedelta(minutes=11))
    assert OutsideCall.objects.count() == 4


@pytest.mark.parametrize(
    ("calls", "rests"),
    [([], False), (["failed"] * 2, False), (["failed"] * 3, True), (["failed", "failed", "used"], False)],
)
def test_it_rests_only_after_failures_in_a_row(calls, rests, now):
    assert resting([(outcome, now - timedelta(minutes=1)) for outcome in calls], now) is rests


def test_the_customer_speaks_in_other_words_from_then_on(trainee, server, now):
    OutsideSwitchFactory()
    session = begun(trainee, ago=30)
    server.answer = lambda body: json.dumps(
        {
            "lines": {
                n: "究竟在哪"
                for n, line in json.loads(body["messages"][1]["content"])["lines"].items()
                if line == "到底在哪"
            }
        }
    )

    assert reword_customer(session_id=session.pk) == 1
    session = say(
        session_id=session.pk, learner_id=trainee.pk, text="不知道", client="tab", sequence=1, after=1, at=now
    )

    assert session.turns.last().says[0] == "究竟在哪"
    assert reword_customer(session_id=session.pk) == 0  # once is enough
    leave(session_id=session.pk, learner_id=trainee.pk, at=now)
    assert "不知道" not in str(server.asked)


def test_the_admin_sees_what_would_be_sent_and_switches_it(client, admin, trainee, server):
    talked(trainee, "在无锡，我催一下")
    client.force_login(admin)
    page = client.get(reverse("quizzes:outside_model")).content.decode()
    assert "关着，什么都不往外发" in page and "在无锡，我催一下" in page and "127.0.0.1" in page
    assert SECRET not in page

    client.post(reverse("quizzes:outside_model"), {"opinions": "on"})

    switch = OutsideSwitch.objects.first()
    assert (switch.opinions, switch.rewording, switch.by) == (True, False, admin)
    assert AuditEntry.objects.filter(action="outside_switched", by=admin).count() == 1


@pytest.mark.parametrize("many", [1, 4])
def test_the_page_costs_the_same_for_any_number_of_calls(client, admin, many, django_assert_num_queries):
    OutsideCallFactory.create_batch(many)
    client.force_login(admin)
    with django_assert_num_queries(8):
        response = client.get(reverse("quizzes:outside_model"))
    assert len(response.context["page"]) == many


def test_the_queue_costs_no_more_for_opinions(trainee):
    from quizzes.queries.check_queue import in_context, waiting_checks
    from trainer.models import User

    result = CheckResultFactory(turn__session__learner=trainee)
    OpenCheckFactory(result=result, session=result.turn.session)
    [waiting] = in_context(waiting_checks(User.objects.all()))
    assert waiting.opinion is None
