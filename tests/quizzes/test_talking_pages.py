import pytest
from django.urls import reverse

from quizzes.rules.dialogue.criteria import Level
from tests.factories.roleplay import ScenarioFactory
from tests.factories.scripts import ScriptFactory
from tests.quizzes.talking import act, begun, talked

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client, trainee):
    client.force_login(trainee)
    return client


def page_of(client, session):
    return client.get(reverse("quizzes:session", args=[session.pk])).content.decode()


def test_the_order_panel_tells_nothing_before_it_is_opened(client, trainee):
    session = begun(trainee)
    assert "昨天到达无锡分拨" not in page_of(client, session)

    answer = act(client, session, "look", name="logistics").json()

    assert ["logistics", True, ["昨天到达无锡分拨"]] in answer["panel"]
    assert ["order", False, []] in answer["panel"]
    assert "昨天到达无锡分拨" in page_of(client, session)


def test_a_reply_is_answered(client, trainee):
    session = begun(trainee)
    answer = act(client, session, text="您好").json()

    assert [who for _turn, who, _text in answer["bubbles"]] == ["customer", "agent", "customer"]
    assert answer["open"]
    assert answer["back"]
    assert answer["after"] == 2


def test_the_mood_is_seen_on_practice_only(client, trainee):
    practice, exam = begun(trainee), begun(trainee, Level.EXAM)

    assert act(client, practice, text="您好").json()["mood"] == ["annoyed", "不耐烦"]
    answer = act(client, exam, text="您好").json()
    assert (answer["mood"], answer["hint"], answer["back"]) == (None, "", False)
    assert "data-mood" not in page_of(client, exam)


def test_what_is_refused_says_why_and_changes_nothing(client, trainee):
    session = begun(trainee, Level.EXAM)
    refusals = {
        "写点什么再发": {"text": "  "},
        "太长了：10000 字": {"text": "好" * 10_000},
        "有无法保存的字符": {"text": "好\0"},
        "没有这一项": {"kind": "look", "name": "nothing"},
        "现在不能退回": {"kind": "back"},
        "收到的内容不完整": {"kind": "dance"},
    }
    for message, row in refusals.items():
        response = act(client, session, **row)
        assert response.status_code == 400
        assert message in response.json()["error"]
    session.refresh_from_db()
    assert session.length == 1


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"kind": 1}', b"[" * 50_000, b'{"kind": "say", "sequence": -1}',
                                  b'{"kind": "say", "text": "x", "client": "\\u0000"}'])
def test_a_body_that_is_no_act_is_told(client, trainee, body):
    url = reverse("quizzes:session_act", args=[begun(trainee).pk])

    assert client.post(url, body, content_type="application/json").status_code == 400


def test_a_huge_body_is_not_read(client, trainee):
    url = reverse("quizzes:session_act", args=[begun(trainee).pk])

    assert client.post(url, b"x" * 200_001, content_type="application/json").status_code == 413


def test_a_second_tab_is_told_and_shown_what_happened(client, trainee):
    session = begun(trainee)
    act(client, session, text="您好")

    response = act(client, session, text="您好呀", page="other", after=1)

    assert response.status_code == 409
    assert "另一个窗口" in response.json()["error"]
    assert [text for _turn, who, text in response.json()["bubbles"] if who == "agent"] == ["您好"]


def test_after_the_end_the_page_leads_to_the_debrief(client, trainee):
    session = talked(trainee)
    debrief = reverse("quizzes:debrief", args=[session.pk])

    assert client.get(reverse("quizzes:session", args=[session.pk])).url == debrief
    response = act(client, session, text="您好", sequence=9)
    assert (response.status_code, response.json()["debrief"]) == (409, debrief)


def test_an_act_costs_at_most_ten_queries(client, trainee, django_assert_num_queries):
    session = begun(trainee)
    with django_assert_num_queries(9):
        act(client, session, text="您好")
    with django_assert_num_queries(9):
        act(client, session, text="在无锡", sequence=2)


def test_the_last_act_reads_what_was_said_before_and_who_wants_to_know(client, trainee, django_assert_num_queries):
    session = begun(trainee)
    act(client, session, "look", name="logistics")
    act(client, session, text="您好，包裹在无锡，我帮您催一下快递")
    with django_assert_num_queries(12):  # two of them for who is signed in
        assert not act(client, session, text="谢谢您，祝您生活愉快", sequence=2).json()["open"]


@pytest.mark.parametrize("talks", [1, 2])
def test_the_page_costs_the_same_early_and_late(client, trainee, talks, django_assert_num_queries):
    session = begun(trainee)
    for number in range(talks):
        act(client, session, text="您好", sequence=number + 1)

    with django_assert_num_queries(11):
        page_of(client, session)


def test_the_form_works_without_a_script(client, trainee):
    session = begun(trainee)
    url = reverse("quizzes:session", args=[session.pk])

    client.post(url, {"do": "look:logistics", "after": "1", "token": "a", "text": ""})
    client.post(url, {"do": "say", "after": "2", "token": "b", "text": "在无锡"})
    client.post(url, {"do": "say", "after": "2", "token": "b", "text": "在无锡"})
    page = client.post(url, {"do": "say", "after": "3", "token": "c", "text": ""}, follow=True).content.decode()

    assert [turn.kind for turn in session.turns.all()] == ["begin", "look", "say"]
    assert "写点什么再发" in page


def test_what_is_typed_is_shown_as_text(client, trainee):
    session = begun(trainee)
    act(client, session, text="<script>alert(1)</script>")

    assert "<script>alert(1)" not in page_of(client, session)


def test_quick_phrases_are_the_good_examples_of_the_scripts_for_this_platform_and_stage(client, trainee):
    ScriptFactory(good="我马上查物流，5 分钟内回您。", bad="随便您")
    ScriptFactory(good="唯品会的单我来查", on_taobao=False)
    ScriptFactory(good="您穿多大码", situation="presale")
    ScriptFactory(good="还没有审核", state="review")

    page = page_of(client, begun(trainee))

    assert "我马上查物流，5 分钟内回您。" in page
    assert not [text for text in ("随便您", "唯品会的单", "多大码", "还没有审核") if text in page]


def test_several_talks_are_on_one_page(client, trainee):
    ScenarioFactory.create_batch(3)
    first = ScenarioFactory()
    client.post(reverse("quizzes:scenario_start", args=[first.slug]), {"level": "several"})
    sessions = list(trainee.sessions.order_by("pk"))
    act(client, sessions[1], "leave")

    page = page_of(client, sessions[0])

    assert page.count('class="talk"') == 3
