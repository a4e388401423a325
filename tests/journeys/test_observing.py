"""A supervisor writes down what was seen of somebody, in a hurry; the trainee reads it."""

import pytest
from playwright.sync_api import expect

from tests.trainer.deciding import standard_plan

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_send_once_and_the_trainee_reads_it(become, trainee, supervisor, axe):
    standard_plan()
    page = become(supervisor, f"/team/{trainee.pk}/observe/")
    axe(page)
    on_its_way = []
    page.route("**/observe/", lambda route: on_its_way.append(route))  # a slow line: both clicks come before an answer
    page.get_by_label("可以独立接待").check()
    page.get_by_label("看到了什么").fill("接了十一位，没有漏话。")
    button = page.get_by_role("button", name="记下")
    button.scroll_into_view_if_needed()
    place = button.bounding_box()
    for _ in range(2):
        page.mouse.click(place["x"] + 20, place["y"] + 20)
        page.wait_for_timeout(100)
    assert len(on_its_way) == 1
    on_its_way[0].continue_()
    page.wait_for_url(f"**/team/{trainee.pk}/")

    page.set_viewport_size({"width": 390, "height": 844})
    become(supervisor, "/team/certificates/")
    expect(page.get_by_role("link", name="证书", exact=True)).to_be_in_viewport(ratio=1)

    become(trainee, "/record/timeline/")
    page.get_by_role("link", name="现场观察，王主管").click()
    expect(page.get_by_text("接了十一位，没有漏话。")).to_be_visible()
    axe(page)
