import pytest
from django.urls import reverse

from quizzes.commands.patterns import (
    ChangedSince,
    NothingNew,
    ReasonMissing,
    add_pattern,
    change_pattern,
    switch_pattern,
)
from quizzes.commands.sessions import say
from quizzes.models import AuditEntry, CheckResult, PatternVersion
from quizzes.queries.patterns import library_called, newest_library
from quizzes.rules.replies.patterns import shipped_rows
from quizzes.rules.replies.shop import as_shipped
from tests.factories.roleplay import PatternVersionFactory
from tests.quizzes.talking import begun, talked

pytestmark = pytest.mark.django_db

ROW = {"note": "小蓝鸟", "words": "小蓝鸟", "means": "shows", "hit": ["去小蓝鸟上聊"], "miss": ["页面上聊"]}
FORM = {
    "note": "小蓝鸟", "words": "小蓝鸟", "means": "shows",
    "hits": "去小蓝鸟上聊", "misses": "页面上聊", "reason": "新招",
}  # fmt: skip


@pytest.fixture
def add(admin, now):
    def added(decisive=False, **row):
        return add_pattern(
            check="offline_payment", row={**ROW, **row}, decisive=decisive, reason="新招", by=admin, at=now
        )

    return added


def said(learner, now, session):
    say(
        session_id=session.pk, learner_id=learner.pk, text="去小蓝鸟上找我聊吧", client="a", sequence=1, after=9, at=now
    )
    return CheckResult.objects.get(turn__session=session, check_name="offline_payment")


def test_a_talk_is_judged_by_the_patterns_of_its_beginning(trainee, add, now):
    before = begun(trainee)
    add()
    after = begun(trainee)

    assert (before.patterns, after.patterns) == ("", newest_library())
    assert not said(trainee, now, before).yes
    result = said(trainee, now, after)
    assert (result.yes, result.sure, result.patterns) == (True, False, ["shop.offline_payment.1"])


def test_a_turn_costs_one_query_more_the_first_time_and_none_after(add, django_assert_num_queries):
    name = add().library
    library_called.cache_clear()
    with django_assert_num_queries(1):
        library_called(name)
    with django_assert_num_queries(0):
        library_called(name)
        assert library_called("") == as_shipped()


def test_a_change_is_a_new_version_with_its_reason_and_an_audit_row(add, admin, now):
    first = add()
    second = change_pattern(
        name=first.name,
        row={**ROW, "words": "小蓝鸟|蓝鸟"},
        decisive=True,
        reason="少一个字的也有",
        seen=1,
        by=admin,
        at=now,
    )

    assert (second.number, second.decisive, second.library != first.library) == (2, True, True)
    assert list(PatternVersion.objects.values_list("reason", flat=True)) == ["新招", "少一个字的也有"]
    assert set(AuditEntry.objects.values_list("action", "target")) == {
        ("pattern_added", "pattern:shop.offline_payment.1"), ("pattern_changed", "pattern:shop.offline_payment.1")
    }  # fmt: skip
    assert library_called(first.library).patterns[-1].words.pattern == "小蓝鸟"


def test_who_changes_what_somebody_changed_meanwhile_is_told(add, admin, now):
    name = add().name
    change_pattern(name=name, row={**ROW, "note": "鸟"}, decisive=False, reason="改名", seen=1, by=admin, at=now)
    with pytest.raises(ChangedSince):
        change_pattern(name=name, row=ROW, decisive=False, reason="改回", seen=1, by=admin, at=now)
    with pytest.raises(NothingNew):
        change_pattern(name=name, row={**ROW, "note": "鸟"}, decisive=False, reason="？", seen=2, by=admin, at=now)
    with pytest.raises(ReasonMissing):
        change_pattern(name=name, row=ROW, decisive=False, reason=" ", seen=2, by=admin, at=now)
    with pytest.raises(PatternVersion.DoesNotExist):
        switch_pattern(name="nobody", on=False, reason="没有", seen=0, by=admin, at=now)


def test_a_shipped_pattern_worded_anew_and_back_again_is_the_shipped_one(admin, now):
    row = {key: value for key, value in shipped_rows()["offline.add"].items() if key != "id"}
    edit = {"name": "offline.add", "decisive": True, "reason": "试", "by": admin, "at": now}
    changed = change_pattern(row={**row, "note": "叫人加"}, seen=0, **edit)
    back = change_pattern(row=row, seen=1, **edit)

    assert (changed.shipped, changed.decisive, changed.row["note"]) == (True, False, "叫人加")
    assert back.row is None
    assert library_called(back.library) == as_shipped()


def test_one_switched_off_is_out_until_it_is_switched_on(admin, now):
    edit = {"name": "offline.add", "reason": "误报太多", "by": admin, "at": now}
    off = switch_pattern(on=False, seen=0, **edit)
    assert "offline.add" not in {one.id for one in library_called(off.library).patterns}
    with pytest.raises(NothingNew):
        switch_pattern(on=False, seen=1, **edit)
    assert library_called(switch_pattern(on=True, seen=1, **edit).library) == as_shipped()


# --- pages -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("own", [1, 3])
def test_the_list_costs_the_same_for_any_length(client, admin, own, django_assert_num_queries):
    PatternVersionFactory.create_batch(own)
    client.force_login(admin)
    with django_assert_num_queries(6):
        page = client.get(reverse("quizzes:patterns"), {"check": "offline_payment"})
    assert sum(not row.shipped for row in page.context["rows"]) == own
    assert page.context["rows"][0].shipped


def test_an_admin_adds_a_pattern_and_sees_it(client, admin):
    client.force_login(admin)
    page = client.post(
        reverse("quizzes:pattern_new"), {**FORM, "check": "offline_payment", "decisive": "on"}, follow=True
    )
    assert "已加上" in page.content.decode()
    version = PatternVersion.objects.get()
    assert (version.row, version.decisive, version.by) == (ROW, True, admin)
    assert "小蓝鸟" in client.get(reverse("quizzes:patterns"), {"check": "offline_payment"}).content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"hits": "去小蓝鸟上聊\n去鸟上聊"}, "“去鸟上聊”应当命中。"),
        ({"misses": "小蓝鸟是什么"}, "“小蓝鸟是什么”不应当命中。"),
        ({"words": "(鸟+)+x"}, "没有上限的重复不能用"),
        ({"words": "鸟("}, "正则表达式写错了"),
        ({"unless": ["loudly"]}, "loudly"),
        ({"reason": ""}, "为什么改"),
        ({"misses": " \n "}, "不应当命中的例句"),
    ],
)
def test_what_does_not_hold_is_not_saved_and_the_page_says_why(client, admin, change, words):
    client.force_login(admin)
    page = client.post(reverse("quizzes:pattern_new"), {**FORM, "check": "offline_payment", **change})
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not PatternVersion.objects.exists()


def test_the_effect_is_shown_before_saving(client, admin, trainee):
    talked(trainee, "去小蓝鸟上找我聊吧")
    client.force_login(admin)
    form = {**FORM, "check": "offline_payment", "preview": "1", "reason": ""}
    page = client.post(reverse("quizzes:pattern_new"), form)

    assert page.status_code == 200
    assert page.context["effect"].recent.turned == 1
    assert "去小蓝鸟上找我聊吧" in page.content.decode()
    assert not PatternVersion.objects.exists()


def test_a_page_that_is_out_of_date_saves_nothing(client, admin, add):
    name = add().name
    client.force_login(admin)
    page = client.post(reverse("quizzes:pattern", args=[name]), {**FORM, "note": "鸟", "seen": "0"})
    assert "有人改过这条句式" in page.content.decode()
    page = client.post(reverse("quizzes:pattern", args=[name]), {**FORM, "note": "鸟", "seen": "1"}, follow=True)
    assert "已存为新的一版" in page.content.decode()
    page = client.post(reverse("quizzes:pattern", args=[name]), {**FORM, "note": "鸟", "seen": "2"}, follow=True)
    assert "没有改什么" in page.content.decode()


def test_a_pattern_is_switched_off_with_a_reason(client, admin):
    client.force_login(admin)
    url = reverse("quizzes:pattern_switch", args=["offline.add"])
    assert "写一句为什么" in client.post(url, {"seen": "0"}, follow=True).content.decode()
    assert "已停用" in client.post(url, {"seen": "0", "reason": "误报"}, follow=True).content.decode()
    assert "有人改过" in client.post(url, {"seen": "0", "reason": "误报", "on": "1"}, follow=True).content.decode()
    assert "已启用" in client.post(url, {"seen": "1", "reason": "还是要", "on": "1"}, follow=True).content.decode()


def test_a_text_is_tried_and_the_words_that_count_are_shown(client, admin, add):
    add()
    client.force_login(admin)
    url = reverse("quizzes:pattern_try")
    page = client.post(url, {"reply": "去小蓝鸟上找我聊吧", "customer": "怎么联系"}).content.decode()
    assert "<mark>小蓝鸟</mark>" in page
    assert client.post(url, {"reply": ""}).context["verdicts"] is None
    assert client.post(url, {"reply": "微信" * 5_000}).status_code == 200


def test_a_name_that_is_no_pattern_is_not_found(client, admin):
    client.force_login(admin)
    assert client.get(reverse("quizzes:pattern", args=["no.such"])).status_code == 404
