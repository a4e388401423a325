"""The pages of scripts: written, refused, found."""

import pytest
from django.urls import reverse

from tests.factories.scripts import ScriptFactory
from tests.trainer.scripting import FIELDS, PAID_PRAISE
from trainer.forms.scripts import initial_of
from trainer.models import Script


def posted(**changed):
    data = {name: value for name, value in FIELDS.items() if not name.startswith("on_")}
    return {**data, "platforms": ["tmall", "vip"], **changed}


@pytest.mark.django_db
def test_a_supervisor_writes_a_script_and_an_admin_puts_it_live(client, supervisor, admin):
    client.force_login(supervisor)
    page = client.post(reverse("trainer:script_new"), posted(), follow=True)
    script = Script.objects.get()
    assert script.platforms == ["tmall", "vip"]
    assert initial_of(script)["platforms"] == ["tmall", "vip"]
    assert "送审" in page.content.decode()
    step = reverse("trainer:script_step", args=[script.slug])
    client.post(step, {"do": "submit"})
    client.force_login(admin)
    assert "要改什么" in client.get(reverse("trainer:script", args=[script.slug])).content.decode()
    assert "退回要写明改什么" in client.post(step, {"do": "back"}, follow=True).content.decode()

    client.post(step, {"do": "approve"})

    script.refresh_from_db()
    assert script.state == "live"
    assert "状态刚刚变了" in client.post(step, {"do": "approve"}, follow=True).content.decode()


@pytest.mark.django_db
def test_a_refused_script_shows_the_words_marked(client, supervisor):
    client.force_login(supervisor)
    client.post(reverse("trainer:script_new"), posted(good=PAID_PRAISE))
    script = Script.objects.get()

    page = client.post(reverse("trainer:script_step", args=[script.slug]), {"do": "submit"}, follow=True)

    content = page.content.decode()
    assert "不能教" in content
    assert "利诱好评" in content
    assert "<mark>" in content


@pytest.mark.django_db
def test_half_a_bad_example_is_not_saved(client, supervisor):
    client.force_login(supervisor)

    page = client.post(reverse("trainer:script_new"), posted(bad="不知道"))

    assert page.status_code == 422
    assert "写了反面例子" in page.content.decode()
    assert not Script.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_library_costs_the_same_for_any_number(client, trainee, count, django_assert_num_queries):
    ScriptFactory.create_batch(count)
    ScriptFactory(state="draft")
    client.force_login(trainee)

    with django_assert_num_queries(6):
        page = client.get(reverse("trainer:scripts"), {"state": "draft"})

    assert len(page.context["page"]) == count


@pytest.mark.django_db
def test_filters_and_search(client, trainee):
    alone = {"bad": "", "bad_check": "", "why": ""}
    found = ScriptFactory(title="双人被套", situation="presale", category="product", on_tmall=False, **alone)
    ScriptFactory(on_vip=False)
    client.force_login(trainee)

    def titles(**query):
        return {script.title for script in client.get(reverse("trainer:scripts"), query).context["page"]}

    assert titles(q="被套") == titles(situation="presale") == titles(category="product") == {found.title}
    assert titles(platform="vip") == {found.title}
    assert found.title not in titles(platform="tmall")
    assert found.title not in titles(pairs="1")
    assert titles(q="没有这个词") == set()
    assert len(titles(category="x", platform="'", q="\0")) == 2


@pytest.mark.django_db
def test_a_trainee_does_not_see_what_is_not_live(client, trainee):
    script = ScriptFactory(state="review")
    client.force_login(trainee)

    assert client.get(reverse("trainer:script", args=[script.slug])).status_code == 404
