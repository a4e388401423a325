"""Sitting an exam in a real browser: reload, flags, hand-in, review, appeal."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.models import Appeal, Attempt, PageLeave, Step
from quizzes.rules.vocabulary import Kind
from tests.factories.quizzes import AttemptFactory, BlueprintFactory, QuestionFactory
from tests.journeys.sitting import expect_newest, expect_saved, newest, question, right_for, saved

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def attempt(trainee):
    """An exam in progress with a question of every kind and a second page."""
    questions = [QuestionFactory(kind=kind) for kind in Kind] + QuestionFactory.create_batch(3)
    return AttemptFactory(learner=trainee, items=questions)


@pytest.fixture
def exam_page(signed_in_page, live_server, trainee, attempt):
    page = signed_in_page(trainee)
    page.goto(live_server.url + reverse("quizzes:sitting", args=[attempt.pk]))
    expect(saved(page)).to_have_text("自动保存已开启")
    return page


def answer_everything(page, attempt):
    """Give the right answer to every kind through the page's own inputs."""
    for kind in Kind:
        right = right_for(attempt, kind)
        card = question(page, kind)
        match kind:
            case Kind.SINGLE | Kind.MULTIPLE:
                for id_ in [right] if isinstance(right, str) else right:
                    card.locator(f"input[value='{id_}']").check()
            case Kind.TRUE_FALSE:
                card.locator(f"input[value={str(right).lower()}]").check()
            case Kind.FILL:
                for place, text in enumerate(right):
                    card.locator(".gap").nth(place).fill(text)
            case Kind.CLOZE:
                for place, id_ in enumerate(right):
                    card.locator(".gap").nth(place).select_option(id_)
            case Kind.NUMERIC | Kind.FREE_TEXT:
                card.locator(".numeric input, textarea").fill(right)
            case Kind.MATCHING:
                for left, id_ in right.items():
                    card.locator(f"[data-left='{left}']").select_option(id_)
            case Kind.ORDERING:
                put_in_order(card, right)


def put_in_order(card, wanted):
    for place, id_ in enumerate(wanted):  # with the keyboard only
        up = card.locator(f"[data-step='{id_}'] [data-move='-1']")
        steps = card.locator("[data-step]")
        while steps.nth(place).get_attribute("data-step") != id_:
            up.focus()
            card.page.keyboard.press("Enter")
            expect(up).to_be_focused()


def test_every_kind_is_answered_saved_and_shown_again_after_a_reload(exam_page, attempt):
    answer_everything(exam_page, attempt)
    expect_saved(exam_page)
    expect(exam_page.locator("#progress")).to_have_text("已答 9 / 12")

    for kind in Kind:
        expect_newest(exam_page, attempt, kind, right_for(attempt, kind))
    exam_page.reload()
    expect(question(exam_page, "free_text").locator("textarea")).to_have_value("先道歉，再核实。")
    expect(question(exam_page, "ordering").locator(".order-number").first).to_have_text("1")


def test_flags_show_in_the_navigator_and_survive_a_reload(exam_page, attempt):
    flag = exam_page.get_by_role("button", name="标记第 2 题")
    flag.click()
    cell = exam_page.get_by_role("button", name="第 2 题，未答，已标记")
    expect(cell).to_be_visible()
    expect(flag).to_have_attribute("aria-pressed", "true")
    exam_page.wait_for_timeout(300)
    exam_page.reload()
    expect(cell).to_be_visible()
    assert Attempt.objects.get(pk=attempt.pk).flagged == [2]


def test_leaving_the_page_is_recorded_and_told_calmly(exam_page, attempt):
    key = f"sitting-left.{attempt.pk}"
    exam_page.evaluate(f"localStorage.setItem('{key}', Date.now() - 35000)")
    exam_page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(exam_page.locator(".toasts")).to_contain_text("已记录，不影响成绩")
    assert PageLeave.objects.get().seconds in (35, 36)


def test_the_paper_is_handed_in_at_the_deadline(signed_in_page, live_server, trainee):
    attempt = AttemptFactory(learner=trainee, ends_at=timezone.now() + timedelta(seconds=6))
    page = signed_in_page(trainee)
    page.goto(live_server.url + reverse("quizzes:sitting", args=[attempt.pk]))
    question(page, "single").get_by_role("radio").first.check()

    page.wait_for_url("**/result/", timeout=15_000)
    attempt.refresh_from_db()
    assert attempt.handed_in_by == Attempt.DEADLINE
    assert Step.objects.count() == 1


def test_an_answer_after_the_deadline_is_told_and_kept(exam_page, attempt):
    Attempt.objects.filter(pk=attempt.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    question(exam_page, "free_text").locator("textarea").fill("晚了一步。")

    expect(exam_page.locator("#page-notice")).to_contain_text("没有赶上，已留存供查看")
    exam_page.get_by_role("link", name="看结果").click()
    exam_page.wait_for_url("**/result/")
    assert newest(attempt, "free_text") is None


def test_from_the_instructions_to_an_appeal(signed_in_page, live_server, trainee, attempt, axe):
    page = signed_in_page(trainee)
    page.goto(live_server.url + reverse("quizzes:exams"))
    axe(page)
    page.get_by_role("link", name="继续考试").click()
    expect(page.locator("#sitting")).to_be_visible()
    axe(page)
    question(page, "true_false").get_by_label("错误").check()
    page.get_by_role("button", name="下一页").click()
    page.wait_for_url("**page=2")
    page.get_by_role("button", name="交卷").last.click()
    expect(page.get_by_role("heading", name="未答 11 题")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="确认交卷").click()
    page.wait_for_url("**/result/")
    axe(page)
    page.get_by_role("link", name="看错题和讲解").click()
    page.wait_for_url("**/review/**")
    axe(page)
    wrong = page.locator("section.question", has_text="签收次日算第 1 天")
    expect(wrong).to_contain_text("你的选择")
    wrong.get_by_role("link", name="判得不对？申诉").click()
    page.get_by_role("button", name="提交申诉").click()
    expect(page.get_by_text("请写明申诉理由").first).to_be_visible()
    axe(page)
    page.get_by_label("申诉理由").fill("当天签收也该算一天。")
    page.get_by_role("button", name="提交申诉").click()
    expect(page.get_by_text("申诉处理中")).to_be_visible()
    assert Appeal.objects.get().item.version.kind == Kind.TRUE_FALSE


def test_starting_from_the_instructions_opens_one_paper_even_when_clicked_twice(
    signed_in_page, live_server, trainee, axe
):
    QuestionFactory.create_batch(6)
    blueprint = BlueprintFactory()
    page = signed_in_page(trainee)
    page.goto(live_server.url + reverse("quizzes:exam", args=[blueprint.slug]))
    axe(page)
    page.get_by_role("button", name="开始考试").dblclick()
    expect(page.locator("#sitting")).to_be_visible()
    assert Attempt.objects.count() == 1


def test_without_scripts_paging_flags_and_hand_in_work(browser, live_server, trainee, attempt, sign_in):
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    sign_in(context, trainee)
    page = context.new_page()
    page.goto(live_server.url + reverse("quizzes:sitting", args=[attempt.pk]))
    question(page, "free_text").locator("textarea").fill("第一行\n第二行")
    steps = question(page, "ordering").locator("[data-step]")
    last = steps.last.get_attribute("data-step")
    steps.last.locator("input").fill("1")
    page.get_by_role("button", name="标记第 3 题").click()
    expect(page.get_by_role("button", name="标记第 3 题")).to_have_attribute("aria-pressed", "true")
    assert newest(attempt, "free_text") == "第一行\n第二行"
    assert newest(attempt, "ordering")[0] == last
    page.get_by_role("button", name="下一页").click()
    page.get_by_role("button", name="交卷").last.click()
    page.get_by_role("button", name="确认交卷").click()
    expect(page.get_by_text("还没批完")).to_be_visible()
    context.close()
