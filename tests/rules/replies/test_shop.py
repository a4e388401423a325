import pytest

from quizzes.rules.replies.effect import effect
from quizzes.rules.replies.judging import judge
from quizzes.rules.replies.patterns import library, shipped_rows
from quizzes.rules.replies.records import Record, Reply
from quizzes.rules.replies.regexes import BadPattern
from quizzes.rules.replies.shop import Edit, ExamplesFail, as_shipped, checked, with_edits

BLUEBIRD = {"note": "小蓝鸟", "words": "小蓝鸟", "means": "shows", "hit": ["去小蓝鸟上聊"], "miss": ["页面上聊"]}
SAYS = Reply("您好，去小蓝鸟上找我聊吧")
PLAIN = "offline_payment"


def own(name="shop.1", decisive=False, **row) -> Edit:
    return Edit(name, PLAIN, {**BLUEBIRD, **row}, True, decisive)


def verdict(*edits: Edit, reply: Reply = SAYS, check: str = PLAIN):
    return judge(reply, library=with_edits(edits))[check]


def test_without_edits_the_library_is_the_shipped_one():
    assert with_edits([]) == as_shipped()
    assert set(shipped_rows()) == {pattern.id for pattern in library()}


def test_an_own_pattern_turns_a_verdict_round_and_leaves_it_to_a_person():
    assert not verdict().yes
    found = verdict(own())
    assert (found.yes, found.sure, found.patterns) == (True, False, ("shop.1",))
    assert [span.text for span in found.evidence] == ["小蓝鸟"]


def test_a_decisive_one_is_sure():
    found = verdict(own(decisive=True))
    assert (found.yes, found.sure) == (True, True)
    assert found.probability >= 0.95


def test_a_vote_that_agrees_changes_only_the_evidence():
    reply = Reply("您加我薇信，我私下转给您")
    before, after = verdict(reply=reply), verdict(own(words="私下"), reply=reply)
    assert (after.yes, after.sure, after.probability) == (before.yes, before.sure, before.probability) == (
        True, True, before.probability,
    )  # fmt: skip
    assert after.evidence[0].text == "私下"


def test_one_that_clears_withdraws_a_yes_and_its_evidence():
    found = verdict(own(means="clears", words="私下"), reply=Reply("您加我薇信，我私下转给您"))
    assert (found.yes, found.sure, found.evidence) == (False, False, ())


def test_votes_for_both_answers_leave_it_unsure_and_a_decisive_one_outranks():
    against = own("shop.2", means="clears", words="聊吧")
    found = verdict(own(), against)
    assert (found.yes, found.sure) == (verdict().yes, False)
    assert verdict(own(decisive=True), against).sure


def test_a_pattern_switched_off_is_not_read():
    reply = Reply("您加我薇信，我私下转给您")
    assert "offline.add" in verdict(reply=reply).patterns
    assert "offline.add" not in verdict(Edit("offline.add", PLAIN, None, on=False), reply=reply).patterns
    assert not verdict(Edit("shop.1", PLAIN, BLUEBIRD, on=False)).yes


def test_a_shipped_pattern_worded_anew_keeps_its_weight():
    row = {**shipped_rows()["offline.add"], "words": "小蓝鸟", "hit": ["小蓝鸟"], "miss": ["页面"]}
    before, after = verdict(), verdict(Edit("offline.add", PLAIN, row))
    assert after.probability > before.probability


def test_the_later_edit_holds_and_one_that_cannot_be_read_is_left_out():
    assert not verdict(own(), Edit("shop.1", PLAIN, BLUEBIRD, on=False)).yes
    assert with_edits([own(words="<gone>微信")]) == as_shipped()
    assert with_edits([Edit("offline.add", PLAIN, {"words": "("})]) == as_shipped()


def test_an_example_that_comes_out_otherwise_is_named():
    with pytest.raises(ExamplesFail) as failed:
        checked(own(hit=["去小蓝鸟上聊", "去鸟上聊"], miss=["小蓝鸟"]))
    assert failed.value.examples == ("“去鸟上聊”应当命中。", "“小蓝鸟”不应当命中。")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"words": "(a+)+b"}, "没有上限"),
        ({"words": "(?:微{1,9}信{1,9}){1,9}x"}, "重复里面又有重复"),
        ({"words": ".{0,50}微.{0,50}信.{0,50}加.{0,50}"}, "匹配会很慢"),
        ({"words": "微信(", "hit": ["微信"]}, "正则表达式写错了"),
        ({"words": "微" * 601}, "太长了"),
        ({"where": "customer"}, "只看客服的回复"),
        ({"means": "cue"}, "要么说明有"),
    ],
)
def test_a_pattern_that_could_do_harm_is_refused(row, said):
    with pytest.raises(BadPattern, match=said):
        checked(own(**row))


def test_what_a_shipped_pattern_means_was_learned_and_stays():
    row = {**shipped_rows()["offline.add"], "means": "clears"}
    with pytest.raises(BadPattern, match="机器学过"):
        checked(Edit("offline.add", PLAIN, row))


def test_the_effect_counts_what_turns_and_whether_that_is_right():
    records = [
        Record("a", SAYS, {PLAIN: True}),
        Record("b", Reply("我们店门口有一只小蓝鸟"), {PLAIN: False}),
        Record("c", Reply("今天就给您发货"), {PLAIN: False}),
    ]
    after = with_edits([own()])
    (pattern,) = [one for one in after.patterns if one.id == "shop.1"]
    found = effect(records, PLAIN, [pattern], as_shipped(), after)
    assert (found.read, found.found, found.yes, found.no) == (3, 2, 1, 1)
    assert (found.turned, found.better, found.worse) == (2, 1, 1)
