import pytest

from quizzes.models import Mark
from quizzes.rules.questions import content_from_data
from quizzes.rules.vocabulary import Kind
from tests.factories.quizzes import AttemptFactory, BareQuestionFactory, QuestionFactory, QuestionVersionFactory

pytestmark = pytest.mark.django_db


def starting(client, slug):
    """The values with which the form of a question opens, as a browser would post them."""
    form = client.get(f"/bank/{slug}/correct/").context["form"]
    data = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in data.items()} | {
        "version": form.version.pk,
        "reason": "写反了",
    }


@pytest.fixture
def question():
    return QuestionFactory(slug="q", kind=Kind.TRUE_FALSE)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_preview_costs_the_same_for_any_number_of_people(
    client, admin, question, rows, django_assert_num_queries
):
    AttemptFactory.create_batch(rows, submitted=True, items=[question])
    client.force_login(admin)
    data = starting(client, "q") | {"key": "false", "step": "preview"}

    with django_assert_num_queries(12):
        response = client.post("/bank/q/correct/", data)

    assert response.context["effect"].people == rows


def test_preview_first_then_the_correction(client, admin, trainee, question):
    attempt = AttemptFactory(learner=trainee, submitted=True, items=[question])
    client.force_login(admin)
    data = starting(client, "q") | {"key": "false"}

    preview = client.post("/bank/q/correct/", data | {"step": "preview"})

    page = preview.content.decode()
    assert "小林" in page
    assert "变为未通过" in page
    attempt.refresh_from_db()
    assert attempt.passed

    done = client.post("/bank/q/correct/", data | {"step": "apply"})

    assert done.headers["Location"] == "/bank/q/"
    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed) == (0, False)
    assert Mark.objects.standing().get().origin == Mark.CORRECTION


def test_going_back_keeps_what_was_typed(client, admin, question):
    client.force_login(admin)
    data = starting(client, "q") | {"key": "false", "explanation": "改过的讲解", "step": "edit"}

    response = client.post("/bank/q/correct/", data)

    assert response.status_code == 200
    assert "改过的讲解" in response.content.decode()
    assert "还没有保存" not in response.content.decode()


def test_people_out_of_reach_are_not_named(client, admin, question):
    attempt = AttemptFactory(submitted=True, items=[question])
    client.force_login(admin)

    page = client.post("/bank/q/correct/", starting(client, "q") | {"key": "false", "step": "preview"})

    assert str(attempt.learner) not in page.content.decode()
    assert "不在你的范围内" in page.content.decode()


def test_a_stale_form_is_turned_away(client, admin, question):
    client.force_login(admin)
    data = starting(client, "q") | {"key": "false", "step": "apply"}
    question.current = QuestionVersionFactory(question=question, number=2, kind=Kind.TRUE_FALSE)
    question.save()

    response = client.post("/bank/q/correct/", data, follow=True)

    assert "刚才有了新的版本" in response.content.decode()
    assert question.versions.count() == 2


def test_nothing_changed_is_told(client, admin, question):
    client.force_login(admin)

    response = client.post("/bank/q/correct/", starting(client, "q") | {"step": "apply"}, follow=True)

    assert "没有更正什么" in response.content.decode()
    assert question.versions.count() == 1


def test_a_reason_is_asked_for(client, admin, question):
    client.force_login(admin)

    response = client.post("/bank/q/correct/", starting(client, "q") | {"reason": " ", "step": "apply"})

    assert response.status_code == 422
    assert "请写明为什么更正" in response.content.decode()
    assert question.versions.count() == 1


def corrections():
    """For each kind: what is changed in the form, and the part of the content that then says so."""
    yield Kind.SINGLE, lambda c: {"key": c["options"][1]["id"]}, lambda c: c["options"][1]["correct"]
    yield (
        Kind.MULTIPLE,
        lambda c: {"key": [c["options"][2]["id"], c["options"][3]["id"]]},
        lambda c: [option["correct"] for option in c["options"]] == [False, False, True, True],
    )
    yield Kind.TRUE_FALSE, lambda c: {"key": "false"}, lambda c: c["answer"] is False
    yield Kind.FILL, lambda c: {"blank-0": "签收\n\n 妥投 "}, lambda c: c["blanks"][0] == ["签收", "妥投"]
    yield (
        Kind.NUMERIC,
        lambda c: {"answer": "1000", "tolerance": "0.5"},
        lambda c: (c["answer"], c["tolerance"], c["unit"]) == ("1000", "0.5", "元"),
    )
    yield (
        Kind.MATCHING,
        lambda c: {f"pair-{c['pairs'][0]['left']['id']}": c["extra"][0]["id"]},
        lambda c: (c["pairs"][0]["right"]["text"], c["extra"][0]["text"]) == ("不理会", "先安抚"),
    )
    yield (
        Kind.ORDERING,
        lambda c: {f"place-{c['items'][0]['id']}": "2", f"place-{c['items'][1]['id']}": "1"},
        lambda c: [item["text"] for item in c["items"]] == ["道歉", "核对订单", "安排补发", "登记"],
    )
    yield Kind.CLOZE, lambda c: {"gap-1": c["gaps"][1][2]["id"]}, lambda c: c["gaps"][1][2]["correct"]
    yield (
        Kind.FREE_TEXT,
        lambda c: {"points-0": "4", "text-1": "说清下一步"},
        lambda c: [(line["points"], line["text"]) for line in c["rubric"]] == [(4, "先道歉"), (3, "说清下一步")],
    )


@pytest.mark.parametrize("kind, change, says", corrections(), ids=[kind for kind, *_ in corrections()])
def test_every_kind_can_be_corrected(client, admin, kind, change, says):
    question = QuestionFactory(slug="q", kind=kind)
    client.force_login(admin)
    data = starting(client, "q") | change(question.current.content)

    preview = client.post("/bank/q/correct/", data | {"step": "preview"})
    assert preview.status_code == 200
    assert preview.context["differences"]
    client.post("/bank/q/correct/", data | {"step": "apply"})

    question.refresh_from_db()
    assert question.current.number == 2
    assert says(question.current.content)
    content_from_data(kind, question.current.content, stem=question.current.stem)


@pytest.mark.parametrize(
    "kind, change, message",
    [
        (Kind.SINGLE, lambda c: {"key": "nonsense"}, "nonsense"),
        (Kind.MULTIPLE, lambda c: {"key": []}, "多选题至少要有一个正确项"),
        (Kind.FILL, lambda c: {"blank-0": " \n "}, "每个空至少写一种算对的写法"),
        (Kind.NUMERIC, lambda c: {"answer": "很多"}, "请填一个数"),
        (Kind.NUMERIC, lambda c: {"tolerance": "-1"}, "不能小于 0"),
        (
            Kind.MATCHING,
            lambda c: {f"pair-{c['pairs'][0]['left']['id']}": c["pairs"][1]["right"]["id"]},
            "配了同一个右项",
        ),
        (Kind.ORDERING, lambda c: {f"place-{c['items'][0]['id']}": "2"}, "写了同一个次序"),
        (Kind.FREE_TEXT, lambda c: {"points-0": "0"}, "大于或等于1"),
    ],
)
def test_bad_input_is_named_and_changes_nothing(client, admin, kind, change, message):
    question = QuestionFactory(slug="q", kind=kind)
    client.force_login(admin)

    response = client.post(
        "/bank/q/correct/", starting(client, "q") | change(question.current.content) | {"step": "apply"}
    )

    assert response.status_code == 422
    assert message in response.content.decode()
    assert question.versions.count() == 1


def test_only_an_admin_corrects_keys(client, supervisor, question):
    client.force_login(supervisor)

    assert client.get("/bank/q/correct/").status_code == 403
    assert client.post("/bank/q/correct/", {}).status_code == 403


def test_a_question_without_content_has_nothing_to_correct(client, admin):
    BareQuestionFactory(slug="empty")
    client.force_login(admin)

    assert client.get("/bank/empty/correct/").status_code == 404
