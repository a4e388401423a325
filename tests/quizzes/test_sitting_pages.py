"""The pages of an open attempt: what they show and hide, and what they take without scripts."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.models import Attempt, LateAnswer, Step
from quizzes.rules.vocabulary import Kind
from tests.factories.contents import STEMS, content_data
from tests.factories.quizzes import AttemptFactory, QuestionFactory, StepFactory
from tests.quizzes.forms_of_pages import fields_of

BYTES_LIMIT = 40_000
QUERIES = 8  # session, user, overdue attempts, the attempt, its navigator, its questions, two of the frame


@pytest.fixture
def every_kind(trainee):
    return AttemptFactory(learner=trainee, items=[QuestionFactory(kind=kind) for kind in Kind])


@pytest.fixture
def signed_in(client, trainee):
    client.force_login(trainee)
    return client


def sitting(attempt, query=""):
    return reverse("quizzes:sitting", args=[attempt.pk]) + query


def text_of(response):
    return response.content.decode()


def post_page(client, attempt, go, changes=(), query=""):
    """Post the page as a browser without scripts does, with some fields changed; ``None`` leaves one out."""
    changed = dict(changes)
    data: dict[str, list[str]] = {}
    for name, value in fields_of(text_of(client.get(sitting(attempt, query)))):
        if name not in changed:
            data.setdefault(name, []).append(value)
    data |= {name: value for name, value in changed.items() if value is not None}
    return client.post(sitting(attempt, query), data | {"go": go})


def item(attempt, kind):
    return attempt.items.select_related("version").get(version__kind=kind)


# --- nothing of the key ------------------------------------------------------------------------------------


def test_a_page_tells_nothing_of_the_key(signed_in, every_kind):
    """No reason, explanation, accepted wording, rubric or sample; nothing is marked as right."""
    html = text_of(signed_in.get(sitting(every_kind)))

    for kind in Kind:
        assert STEMS[kind].split("____")[0] in html
    for secret in ("先安抚，再核实，最后给方案。", "还没有核实就让顾客奔波", "与退件无关", "收货", "返还", "1500",
                   "说明接下来怎么核实", "我马上联系仓库"):  # fmt: skip
        assert secret not in html, secret
    for word in ("correct", "is-right", "option-right", "explanation", "rubric", "checked", "selected"):
        assert word not in html, word


@pytest.mark.parametrize("kind", [Kind.SINGLE, Kind.MULTIPLE, Kind.MATCHING, Kind.ORDERING, Kind.CLOZE])
def test_parts_come_in_the_order_of_the_arrangement_and_not_of_the_key(signed_in, every_kind, kind):
    """Turning the arrangement round turns the page round: nothing else decides the order."""
    row = item(every_kind, kind)

    def ids():
        html = text_of(signed_in.get(sitting(every_kind)))
        section = html[html.index(f'data-item="{row.pk}"') :].split("</section>")[0]
        known = str(row.arrangement)
        found = re.findall(r'(?:value|data-step)="([0-9a-f]{6})"', section)
        return [id_ for id_ in dict.fromkeys(found) if id_ in known]

    before = ids()
    turned = {name: [p[::-1] if isinstance(p, list) else p for p in (parts if name == "gaps" else parts[::-1])]
              for name, parts in row.arrangement.items()}  # fmt: skip
    type(row).objects.filter(pk=row.pk).update(arrangement=turned)
    after = ids()

    assert sorted(before) == sorted(after)
    assert before != after


def test_ten_questions_fit_in_forty_kilobytes(signed_in, trainee):
    kinds = [Kind.MATCHING, Kind.ORDERING, Kind.CLOZE, Kind.MULTIPLE] * 2 + [Kind.FILL, Kind.SINGLE]
    attempt = AttemptFactory(learner=trainee, items=[QuestionFactory(kind=kind) for kind in kinds * 4])
    html = signed_in.get(sitting(attempt)).content

    assert html.count(b"data-kind=") == 10
    assert len(html) <= BYTES_LIMIT


# --- what the page is made of ------------------------------------------------------------------------------


@pytest.mark.parametrize("items", [1, 3, 25])
def test_a_page_costs_the_same_for_any_paper(signed_in, trainee, items, django_assert_num_queries):
    attempt = AttemptFactory(learner=trainee, items=items)
    with django_assert_num_queries(QUERIES):
        response = signed_in.get(sitting(attempt))
    assert len(response.context["cells"]) == items
    assert len(response.context["questions"]) == min(items, 10)


@pytest.mark.parametrize(
    ("query", "first"), [("", 1), ("?page=2", 11), ("?page=99", 11), ("?page=0", 1), ("?page=x", 1), ("?page=²", 1)]
)
def test_pages_hold_ten_questions_and_odd_numbers_lead_to_a_page(signed_in, trainee, query, first):
    attempt = AttemptFactory(learner=trainee, items=12)
    assert signed_in.get(sitting(attempt, query)).context["questions"][0].position == first


def test_the_page_shows_the_newest_answer_with_its_number(signed_in, every_kind):
    row = item(every_kind, Kind.NUMERIC)
    StepFactory(item=row, sequence=1, answer="12")
    StepFactory(item=row, sequence=2, answer="77")
    fields = dict(fields_of(text_of(signed_in.get(sitting(every_kind)))))

    assert fields[f"a-{row.pk}"] == "77"
    assert fields[f"s-{row.pk}"] == "2"


def test_the_timer_gets_the_servers_clock(signed_in, every_kind):
    html = text_of(signed_in.get(sitting(every_kind)))
    now, ends = (int(re.search(rf'data-{name}="(\d+)"', html)[1]) for name in ("now", "ends"))

    assert abs(now / 1000 - timezone.now().timestamp()) < 5
    assert ends == int(every_kind.ends_at.timestamp() * 1000)


def test_the_page_is_not_kept_by_the_browser(signed_in, every_kind):
    assert "no-store" in signed_in.get(sitting(every_kind))["Cache-Control"]


# --- without scripts ---------------------------------------------------------------------------------------


def test_an_untouched_page_saves_nothing(signed_in, every_kind):
    for row in every_kind.items.select_related("version"):
        StepFactory(item=row)
    response = post_page(signed_in, every_kind, "page:1")

    assert response.status_code == 302
    assert Step.objects.count() == len(Kind)


def test_a_plain_post_saves_what_changed_and_goes_on(signed_in, trainee):
    attempt = AttemptFactory(learner=trainee, items=[QuestionFactory(kind=Kind.FREE_TEXT) for _ in range(11)])
    row = attempt.items.first()
    response = post_page(signed_in, attempt, "page:2", {f"a-{row.pk}": "先道歉。"})

    assert response.url == sitting(attempt, "?page=2")
    assert list(Step.objects.values_list("item", "sequence", "answer")) == [(row.pk, 1, "先道歉。")]


@pytest.mark.parametrize(
    ("go", "target"),
    [
        ("q:11", "?page=2#q11"),
        ("page:2", "?page=2"),
        ("hand-in", "hand-in/"),
        ("", "?page=1"),
        ("flag:3:on", "?page=1#q3"),
        ("nonsense:9:9", "?page=1#q9"),
        ("q:99999999", "?page=1"),
    ],
)
def test_each_button_leads_where_it_says(signed_in, trainee, go, target):
    attempt = AttemptFactory(learner=trainee, items=11)
    assert post_page(signed_in, attempt, go).url == sitting(attempt, target)


def test_a_flag_is_set_without_scripts(signed_in, every_kind):
    post_page(signed_in, every_kind, "flag:2:on")
    every_kind.refresh_from_db()
    assert every_kind.flagged == [2]
    post_page(signed_in, every_kind, "flag:2:off")
    every_kind.refresh_from_db()
    assert every_kind.flagged == []


def test_a_stale_form_does_not_overwrite_and_says_so(signed_in, every_kind):
    row = item(every_kind, Kind.FREE_TEXT)
    stale = {f"a-{row.pk}": "旧页面写的。", f"s-{row.pk}": "0"}
    StepFactory(item=row, answer="新的答案。")
    response = signed_in.post(sitting(every_kind), stale | {"go": "page:1"}, follow=True)

    assert "第 9 题刚在另一个窗口改过，已换成较新的答案。" in text_of(response)
    assert Step.objects.get().answer == "新的答案。"


def test_a_stale_form_whose_question_was_not_touched_says_nothing(signed_in, every_kind):
    row = item(every_kind, Kind.FREE_TEXT)
    StepFactory(item=row, sequence=1, answer="一")
    StepFactory(item=row, sequence=2, answer="二")
    response = signed_in.post(
        sitting(every_kind), {f"a-{row.pk}": "一", f"s-{row.pk}": "1", "go": "page:1"}, follow=True
    )

    assert "第 9 题刚在" not in text_of(response)
    assert Step.objects.count() == 2


def test_a_text_that_is_too_long_is_refused_by_number_and_the_rest_is_saved(signed_in, every_kind):
    long, other = item(every_kind, Kind.FREE_TEXT), item(every_kind, Kind.NUMERIC)
    response = post_page(signed_in, every_kind, "page:1", {f"a-{long.pk}": "长" * 5001, f"a-{other.pk}": "9"})

    assert response.url.endswith("#q9")
    assert "第 9 题没有保存：答案太长：最多 5000 个字，现在有 5001 个。" in text_of(signed_in.get(response.url))
    assert Step.objects.get().answer == "9"


@pytest.mark.parametrize("field", ["s-0", "s-x", "s-", "s-99999999999999999999", "a-1"])
def test_fields_that_mean_nothing_are_passed_over(signed_in, every_kind, field):
    response = signed_in.post(sitting(every_kind), {field: "1", "go": "page:1"})

    assert response.status_code == 302
    assert Step.objects.count() == 0


def test_an_item_of_another_attempt_is_passed_over(signed_in, every_kind):
    foreign = AttemptFactory(items=[QuestionFactory(kind=Kind.FREE_TEXT)]).items.get()
    signed_in.post(sitting(every_kind), {f"s-{foreign.pk}": "0", f"a-{foreign.pk}": "x", "go": "page:1"})

    assert Step.objects.count() == 0


def test_a_form_after_the_deadline_is_kept_told_and_not_counted(signed_in, trainee):
    attempt = AttemptFactory(learner=trainee, items=[QuestionFactory(kind=Kind.FREE_TEXT)])
    row = attempt.items.get()
    Attempt.objects.filter(pk=attempt.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    data = {f"s-{row.pk}": "0", f"a-{row.pk}": "晚了", "go": "page:1"}
    response = signed_in.post(sitting(attempt), data, follow=True)

    assert response.redirect_chain[-1][0] == reverse("quizzes:result", args=[attempt.pk])
    assert "1 道题的答案没有赶上，已留存供查看，不计分" in text_of(response)
    assert LateAnswer.objects.get().answer == "晚了"
    assert Step.objects.count() == 0


def test_the_right_answers_of_the_factories_are_what_these_tests_look_for():
    """The secrets above are part of the contents; a change there must not make the test above idle."""
    assert "返还" in str(content_data(Kind.FILL))
    assert "1500" in str(content_data(Kind.NUMERIC))
    assert "我马上联系仓库" in str(content_data(Kind.FREE_TEXT))
