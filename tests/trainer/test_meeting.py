"""The weekly meeting pack, and the actions that a meeting agrees on."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from quizzes.rules.vocabulary import Kind
from tests.factories.courses import AssignmentFactory
from tests.factories.desk import ActionFactory
from tests.factories.people import EmploymentFactory, TeamFactory
from tests.factories.quizzes import AppealFactory, AttemptFactory, BlueprintFactory, QuestionFactory
from tests.factories.roleplay import CheckResultFactory, SessionFactory
from tests.factories.trainer import LessonChangeFactory, ProductFactory, RecheckFactory
from trainer.commands.meetings import DueBefore, NotOfTheTeam, add_action, settle_action
from trainer.models import Action, User
from trainer.queries.meeting import meeting
from trainer.queries.meeting_missed import most_missed
from trainer.rules.pack import monday_of, week_to_discuss

pytestmark = pytest.mark.django_db
PACK = "/team/meeting/"


@pytest.fixture
def team(supervisor):
    return supervisor.teams.get()


@pytest.fixture
def week():
    return week_to_discuss(timezone.localdate())


def on(day, hour=12):
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def answered(learner, question, at, right, wrong_answer=None):
    attempt = AttemptFactory(learner=learner, submitted=True, items=[question], started_at=at)
    item = attempt.items.get()
    item.mark_rows.update(at=at, **({} if right else {"numerator": 0}))
    if wrong_answer is not None:
        item.steps.update(answer=wrong_answer)
    return attempt


def section(team, key, monday, at=None):
    found = meeting(team, monday=monday, at=at or timezone.now())
    return next(one for one in found.pack.sections if one.key == key)


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_the_week_is_over_and_the_newest_such(today):
    monday = week_to_discuss(today)

    assert monday.weekday() == 0
    assert monday + timedelta(days=6) < today <= monday + timedelta(days=13)
    assert monday_of(today) - monday == timedelta(days=7)


def test_the_questions_most_missed_come_first_with_what_they_were_taken_for(team, trainee, week):
    other = EmploymentFactory(team=team).user
    hard, easy = QuestionFactory(stem="难题"), QuestionFactory(stem="易题")
    wrong = next(option for option in hard.current.parsed().options if not option.correct)
    for person in (trainee, other):
        answered(person, hard, on(week), right=False, wrong_answer=wrong.id)
        answered(person, easy, on(week), right=person == other)
    answered(trainee, easy, on(week + timedelta(days=7)), right=False)  # the week after

    first, second = section(team, "missed", week).items

    assert first.text == "难题" and first.detail == f"2 次里错 2 次；最多人答成“{wrong.text}”"
    assert second.text == "易题" and second.detail == "2 次里错 1 次"


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.FREE_TEXT])
def test_any_kind_of_question_can_be_missed(team, trainee, week, kind):
    answered(trainee, QuestionFactory(kind=kind), on(week), right=False)

    [missed] = most_missed(User.objects.all(), (on(week, 0), on(week + timedelta(days=7), 0)), most=3)

    assert (missed.asked, missed.missed) == (1, 1)


def test_talks_are_told_by_how_they_ended_and_what_they_showed(team, trainee, week):
    failed = SessionFactory(learner=trainee, ended=True, started_at=on(week), outcome="critical")
    SessionFactory(learner=trainee, ended=True, started_at=on(week))
    CheckResultFactory(turn__session=failed, check_name="shirks", yes=True, sure=True)
    CheckResultFactory(turn__session=failed, check_name="perfunctory", yes=True, sure=False)

    items = section(team, "talks", week).items

    assert items[0].text == "共 2 场：通过 1，犯致命项 1，没解决 0"
    assert items[1].text == "“推诿”出现 1 次"
    assert "2 场里 1 场没通过" in items[2].text
    assert not any("敷衍" in item.text for item in items)


def test_what_waits_for_us_and_what_is_overdue_is_open(team, trainee, week, now):
    AttemptFactory(learner=trainee, submitted=True, items=[QuestionFactory(kind=Kind.FREE_TEXT)])
    AppealFactory(item=AttemptFactory(learner=trainee, submitted=True).items.first(), filed_at=now - timedelta(days=4))
    RecheckFactory(learner=trainee, due_on=timezone.localdate() - timedelta(days=2))
    late = AssignmentFactory(
        learner=trainee, assigned_at=now - timedelta(days=9), due_at=now - timedelta(days=1),
        due_on=timezone.localdate() - timedelta(days=1),
    )  # fmt: skip
    AppealFactory()  # somebody else's

    texts = [item.text for item in section(team, "open", week).items]

    assert texts[0] == "1 项简答题等批改"
    assert texts[1] == "1 项申诉等答复"
    assert any(text.startswith("小林 的复查过期") for text in texts)
    assert f"小林 的课过期：{late.course}" in texts


def test_changes_of_the_week_and_those_to_come_are_told(team, week):
    told = LessonChangeFactory(decided_at=on(week), note="七天改成十五天")
    LessonChangeFactory(decided_at=on(week - timedelta(days=3)))

    [item] = section(team, "changes", week).items

    assert item.text == f"{told.version}：七天改成十五天"


def test_gates_that_are_due_and_not_passed_by_all_are_told(team, trainee, week):
    due = ProductFactory(blueprint=BlueprintFactory(), shelf_on=timezone.localdate() + timedelta(days=3))
    ProductFactory(blueprint=BlueprintFactory(), shelf_on=timezone.localdate() + timedelta(days=60))

    [item] = section(team, "gates", week).items

    assert item.text == f"{due}：1 人里还有 1 人没通过"


def test_a_quiet_week_says_so(team, week):
    found = meeting(team, monday=week, at=timezone.now())

    assert [one.items for one in found.pack.sections] == [()] * 5
    assert all(one.empty for one in found.pack.sections)


@pytest.mark.parametrize("many", [1, 3])
def test_the_pack_costs_the_same_for_any_team(client, supervisor, team, week, many, django_assert_num_queries):
    for _ in range(many):
        person = EmploymentFactory(team=team).user
        answered(person, QuestionFactory(), on(week), right=False)
        SessionFactory(learner=person, ended=True, started_at=on(week), outcome="critical")
        RecheckFactory(learner=person, due_on=timezone.localdate() - timedelta(days=2))
        ActionFactory(team=team, owner=person)
    client.force_login(supervisor)

    with django_assert_num_queries(21):
        response = client.get(PACK)

    assert len(response.context["meeting"].last) == many


def test_the_pack_is_taken_away_as_word_and_pdf(client, supervisor, team, trainee, week):
    answered(trainee, QuestionFactory(stem="七天怎么算"), on(week), right=False)
    ActionFactory(team=team, text="一起练三遍", owner=trainee)
    client.force_login(supervisor)

    word = Document(BytesIO(client.get(PACK, {"format": "docx"}).content))
    pdf = PdfReader(BytesIO(client.get(PACK, {"format": "pdf"}).content))

    said = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "天猫一组周会材料" in said and "七天怎么算（1 次里错 1 次）" in said
    assert word.tables[0].rows[1].cells[0].text == "一起练三遍"
    assert "七天怎么算" in pdf.pages[0].extract_text().replace("\n", "")
    assert client.get(PACK, {"format": "exe"}).status_code == 404


def test_each_sees_their_own_teams_only(client, supervisor, team, other_supervisor):
    client.force_login(other_supervisor)

    assert client.get(PACK, {"team": team.pk}).context["meeting"].team != team
    action = ActionFactory(team=team)
    assert client.post(reverse("trainer:action_settle", args=[action.pk]), {"done": "1"}).status_code == 404


@pytest.mark.parametrize("week", ["", "x", "2026-11-18", "2999-01-01", "0001-01-01"])
def test_any_week_can_be_asked_for(client, supervisor, week):
    client.force_login(supervisor)

    assert client.get(PACK, {"week": week}).status_code == 200


def test_a_supervisor_without_a_team_is_told(client, supervisor):
    TeamFactory(supervisor=None)
    supervisor.teams.update(supervisor=None)
    client.force_login(supervisor)

    assert "还没有小组" in client.get(PACK).content.decode()


# --- actions ---------------------------------------------------------------------------------------------


def test_an_action_is_noted_once_ticked_off_and_taken_back(client, supervisor, team, trainee):
    client.force_login(supervisor)
    due = timezone.localdate() + timedelta(days=3)
    for _ in range(2):  # a double click
        client.post(
            reverse("trainer:action_add", args=[team.pk]), {"text": " 练三遍 ", "owner": trainee.pk, "due_on": due}
        )
    action = Action.objects.get()
    settle = reverse("trainer:action_settle", args=[action.pk])

    client.post(settle, {"done": "1", "result": "都会了"})
    action.refresh_from_db()
    assert (action.text, action.done_by, action.result) == ("练三遍", supervisor, "都会了")
    client.post(settle, {"done": "1", "result": "另一句"})
    action.refresh_from_db()
    assert action.result == "都会了"
    client.post(settle, {"done": ""})
    action.refresh_from_db()
    assert (action.done_at, action.done_by, action.result) == (None, None, "")


def test_an_action_needs_an_owner_of_the_team_and_a_day_to_come(supervisor, team, trainee, now):
    stranger = EmploymentFactory().user
    terms = {"team": team, "text": "练", "by": supervisor, "at": now}

    with pytest.raises(NotOfTheTeam):
        add_action(**terms, owner=stranger, due_on=timezone.localdate())
    with pytest.raises(DueBefore):
        add_action(**terms, owner=trainee, due_on=timezone.localdate() - timedelta(days=1))
    assert add_action(**terms, owner=supervisor, due_on=timezone.localdate()).made_by == supervisor


def test_who_notes_an_action_may_take_it_on_though_not_of_the_team(team, admin, now):
    action = add_action(team=team, text="练", owner=admin, due_on=timezone.localdate(), by=admin, at=now)
    assert action.owner == admin


def test_an_action_that_was_done_can_be_agreed_on_anew(team, trainee, supervisor, now):
    terms = {"team": team, "text": "练", "owner": trainee, "due_on": timezone.localdate(), "by": supervisor, "at": now}
    first = add_action(**terms)
    settle_action(action_id=first.pk, done=True, result="", by=supervisor, at=now)

    assert add_action(**terms) != first


def test_a_bad_action_is_refused_in_words(client, supervisor, team):
    client.force_login(supervisor)

    response = client.post(reverse("trainer:action_add", args=[team.pk]), {"text": ""}, follow=True)

    assert "三样都写上" in response.content.decode()
    assert not Action.objects.exists()


def test_open_actions_stay_in_sight_and_done_ones_for_their_week(team, week, now):
    old = ActionFactory(team=team, due_on=week - timedelta(days=20))
    done = ActionFactory(team=team)
    gone = ActionFactory(team=team)
    for action, at in ((done, now), (gone, on(week - timedelta(days=30)))):
        settle_action(action_id=action.pk, done=True, result="", by=action.owner, at=at)

    assert list(meeting(team, monday=week, at=now).last) == [old, done]
