"""A lesson read to its end on a phone, its questions answered, and the next one found."""

import pytest
from playwright.sync_api import expect

from tests.factories.quizzes import QuestionFactory, TopicFactory
from tests.factories.trainer import LessonFactory
from trainer.commands.search import reindex
from trainer.models import LessonRead

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "\n\n".join(f"## 第 {n} 节\n\n" + "先看态度，再看办法。" * 40 for n in range(1, 5))


@pytest.fixture
def lesson(db):
    topic = TopicFactory(name="售后处理")
    questions = [QuestionFactory(kind="true_false", topic=topic), QuestionFactory(topic=topic)]
    first = LessonFactory(
        slug="wrong-item",
        version__title="发错货",
        version__playbook=True,
        version__topics=[topic],
        version__body=LONG,
        version__position=1,
        facts=2,
        retrieval=questions,
    )
    LessonFactory(slug="damaged", version__title="运输破损", version__topics=[topic], version__position=2)
    return first


def test_a_lesson_is_read_and_its_questions_answered(signed_in_page, live_server, trainee, lesson, axe):
    page = signed_in_page(trainee)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + "/lessons/")
    axe(page)
    page.get_by_role("link", name="发错货").last.click()
    progress = page.locator("#lesson-progress")
    expect(progress).to_contain_text("还没读到末尾")
    axe(page)

    page.locator("#end").scroll_into_view_if_needed()
    expect(progress).not_to_contain_text("还没读到末尾", timeout=15_000)
    page.get_by_role("button", name="回答 2 道小题", exact=True).press("Enter")

    forms = page.locator("#lesson-questions form")
    expect(forms).to_have_count(2)
    axe(page)
    forms.first.get_by_text("正确", exact=True).click()
    forms.first.get_by_role("button", name="提交").click()
    expect(forms).to_have_count(1)
    expect(page.get_by_text("答对了")).to_be_visible()
    forms.first.get_by_role("button", name="不会，看解析").click()
    expect(page.locator("#lesson-summary")).to_contain_text("答对 1 / 2")
    expect(progress).to_contain_text("答对 1 / 2")
    axe(page)
    page.get_by_role("link", name="下一课").first.click()
    expect(page.get_by_role("heading", name="运输破损")).to_be_visible()

    assert LessonRead.objects.get(lesson=lesson).done
    page.goto(live_server.url + "/lessons/")
    expect(page.get_by_text("答对 1 / 2")).to_have_count(1)


def test_a_page_thrown_down_at_once_is_not_read(signed_in_page, live_server, trainee, lesson):
    page = signed_in_page(trainee)
    page.goto(live_server.url + "/lessons/wrong-item/")
    page.locator("#end").scroll_into_view_if_needed()
    page.wait_for_timeout(1_500)
    expect(page.locator("#lesson-progress")).to_contain_text("还没读到末尾")
    assert LessonRead.objects.get().reached_end_at is None


def test_without_scripts_the_button_does_it_all(browser, browser_context_args, live_server, sign_in, trainee, lesson):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    sign_in(context, trainee)
    page = context.new_page()
    page.goto(live_server.url + "/lessons/wrong-item/")
    page.get_by_role("button", name="我读完了，回答 2 道小题").click()
    for left in (1, 0):
        page.get_by_role("button", name="不会，看解析").first.click()
        expect(page.locator("#lesson-questions form")).to_have_count(left)
    expect(page.locator("#lesson-summary")).to_contain_text("答对 0 / 2")
    context.close()


def test_a_search_marks_what_was_found(signed_in_page, live_server, trainee, lesson, axe, now):
    reindex(at=now)
    page = signed_in_page(trainee)
    page.goto(live_server.url + "/lessons/")
    page.get_by_role("searchbox").fill("發錯貨")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_have_text("发错货")
    axe(page)
    page.get_by_role("link", name="发错货").click()
    expect(page.get_by_role("heading", name="发错货")).to_be_visible()
