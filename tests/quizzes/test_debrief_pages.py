import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.commands.sessions import say
from quizzes.models import Session
from quizzes.queries.debrief import debrief_of
from quizzes.rules.dialogue.criteria import Level
from quizzes.rules.dialogue.marking import Shows
from tests.factories.trainer import LessonFactory
from tests.quizzes.talking import begun, talked

pytestmark = pytest.mark.django_db


def findings(debrief, kind):
    return [finding.text for line in debrief.lines for finding in line.findings if finding.kind == kind]


def test_each_reply_says_what_was_well_wrong_unchecked_and_missed(trainee):
    session = talked(trainee, "在无锡呢，保证明天到", look=False)
    debrief = debrief_of(session)

    assert findings(debrief, "wrong")[-1:] == ["打包票"]
    assert findings(debrief, "unchecked") == ["说清包裹在哪里（没有先看物流）"]
    assert "问候" in findings(debrief, "missed")
    assert {finding.text for finding in debrief.missed} >= {"说清包裹在哪里", "去催快递", "查看物流"}
    assert debrief.critical == ("越权承诺",)
    assert debrief.next.text == "打包票"


def test_the_words_are_marked_where_they_were_typed(trainee):
    session = talked(trainee, "您好，包裹在无锡，保证明天到")
    reply = next(line for line in debrief_of(session).lines if line.is_reply)
    marked = {stretch.text: stretch.shows for stretch in reply.stretches}

    assert "".join(stretch.text for stretch in reply.stretches) == "您好，包裹在无锡，保证明天到"
    assert marked["无锡"] >= Shows.POINT
    assert any(shows == Shows.WRONG and "保证" in text for text, shows in marked.items())
    assert any(shows == Shows.GOOD and "您好" in text for text, shows in marked.items())


def test_a_finding_leads_to_its_lesson(trainee):
    LessonFactory(slug="late-delivery", version__title="到货延迟")
    debrief = debrief_of(talked(trainee, "嗯"))

    missed = {finding.text: finding.lesson for finding in debrief.missed}
    assert missed["说清包裹在哪里"].title == "到货延迟"


def test_the_page_shows_the_end_and_the_other_ends(client, trainee):
    session = talked(trainee)
    client.force_login(trainee)

    page = client.get(reverse("quizzes:debrief", args=[session.pk])).content.decode()

    assert "想今天拿到" in page
    assert "明天要出门" in page
    assert "解决了，满意" in page
    assert "您好，包裹在无锡，我帮您催一下。" in page
    assert "改判一项" not in page


def test_a_supervisor_reads_the_same_page_and_may_rule(client, trainee, supervisor):
    session = talked(trainee)
    client.force_login(supervisor)

    page = client.get(reverse("quizzes:debrief", args=[session.pk])).content.decode()

    assert "改判一项" in page
    assert "再来一次" not in page


def test_a_supervisor_does_not_look_over_the_shoulder(client, trainee, supervisor):
    session = begun(trainee)
    client.force_login(supervisor)

    assert client.get(reverse("quizzes:debrief", args=[session.pk])).status_code == 404


@pytest.mark.parametrize("replies", [1, 4])
def test_the_page_costs_the_same_for_any_length(client, trainee, replies, django_assert_num_queries):
    session = talked(trainee, *["您好，我催一下"] * min(replies, 3))
    client.force_login(trainee)

    with django_assert_num_queries(10):
        client.get(reverse("quizzes:debrief", args=[session.pk]))


def test_trying_again_takes_the_talk_up_before_the_chosen_reply(client, trainee):
    session = talked(trainee, "您好，我催一下快递", "等着", level=Level.EXAM)
    second = session.turns.filter(kind="say")[1]
    client.force_login(trainee)

    client.post(reverse("quizzes:again", args=[session.pk]), {"turn": second.number})

    fresh = Session.objects.open().get()
    assert (fresh.seed, fresh.level, fresh.version) == (session.seed, Level.PRACTICE, session.version)
    assert [turn.kind for turn in fresh.turns.all()] == ["begin", "look", "say"]
    assert [turn.says for turn in fresh.turns.all()] == [turn.says for turn in session.turns.all()[:3]]
    assert fresh.state["met"] == {"chase": 1}
    say(session_id=fresh.pk, learner_id=trainee.pk, text="在无锡", client="t", sequence=1, after=3, at=timezone.now())
    fresh.refresh_from_db()
    assert fresh.state["beat"] == "closing"


def test_trying_again_from_the_beginning(client, trainee):
    session = talked(trainee)
    client.force_login(trainee)

    client.post(reverse("quizzes:again", args=[session.pk]))

    assert [turn.kind for turn in Session.objects.open().get().turns.all()] == ["begin"]
