"""The packet on one page, and deciding from it."""

from datetime import timedelta

import pytest
import yaml
from django.conf import settings
from django.utils import timezone

from quizzes.models import Mark
from tests.factories.drills import TypingRunFactory
from tests.factories.quizzes import AttemptFactory
from tests.factories.roleplay import SessionFactory
from tests.factories.trainer import ObservationFactory, RecheckFactory, RequirementFactory, UserFactory
from tests.trainer.deciding import decided, ends_in, marked_by, record_of, scored, seen, standard_plan
from trainer.commands.statements import save_statement
from trainer.forms.decisions import sign_packet
from trainer.models import Decision, Employment, PlanVersion
from trainer.rules.decisions import DecisionKind
from trainer.rules.packet import digest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plan():
    return standard_plan()


def url(user):
    return f"/team/{user.pk}/packet/"


def text(response):
    return response.content.decode()


def post(client, user, kind="early", *, packet=None, **data):
    given = {"kind": kind, "reasons": "都看过了。", "seen": sign_packet(packet or seen(user)), **data}
    return client.post(url(user), given)


@pytest.fixture
def signed_in(client, supervisor):
    client.force_login(supervisor)
    return client


def test_each_requirement_shows_its_state_uncertainty_and_evidence(signed_in, trainee):
    attempt = scored(trainee, "86")
    page = text(signed_in.get(url(trainee)))

    assert f"/team/{trainee.pk}/attempts/{attempt.pk}/" in page
    assert "86 分，标准 85 分（误差 ±" in page
    assert "离标准太近" in page
    assert "在岗 20 天，标准 10 天" in page


def test_the_trainees_own_words_are_there(signed_in, trainee):
    save_statement(employment_id=record_of(trainee).pk, text="我想早点独立。", after=0, at=timezone.now())

    assert "我想早点独立。" in text(signed_in.get(url(trainee)))


def test_what_changed_since_the_last_packet_is_told(signed_in, trainee, supervisor):
    attempt = scored(trainee, "96")
    until = ends_in(trainee, 20).probation_ends_on + timedelta(days=20)
    decided(trainee, supervisor, DecisionKind.EXTEND, until=until, contract="longer")
    attempt.score = "91"
    attempt.save()
    RecheckFactory(learner=trainee)

    page = text(signed_in.get(url(trainee)))

    assert "的分数变了：96 → 91" in page
    assert "规则变了，复查还没做" in page


def test_a_corrected_key_shows_beside_the_evidence(signed_in, trainee, admin):
    attempt = AttemptFactory(learner=trainee, blueprint=scored(trainee).blueprint, submitted=True, score="90")
    item = attempt.items.first()
    Mark.objects.filter(item=item).update(superseded=True)
    Mark.objects.create(
        item=item, version=item.version, numerator=1, denominator=1, origin=Mark.CORRECTION, by=admin, at=timezone.now()
    )

    page = text(signed_in.get(url(trainee)))

    assert f"第 {item.position} 题改过分（更正答案）" in page
    assert "都是按标准答案判的，没有人工评分" in page  # putting a key right judges nobody


def test_deciding_from_the_page(signed_in, trainee):
    scored(trainee)

    response = post(signed_in, trainee)

    decision = Decision.objects.get()
    assert response.url == f"/decisions/{decision.pk}/"
    assert decision.is_final


def test_a_missing_word_is_asked_for_and_nothing_typed_is_lost(signed_in, trainee):
    response = post(signed_in, trainee, reasons="写了很久的理由")

    assert not Decision.objects.exists()
    assert "这一项没有达成，请写明为什么仍然转正" in text(response)
    assert "写了很久的理由" in text(response)


def test_no_reasons_no_decision(signed_in, trainee):
    response = post(signed_in, trainee, "refuse", reasons=" ")

    assert "理由必填" in text(response)
    assert not Decision.objects.exists()


def test_a_date_beyond_the_law_names_the_last_day(signed_in, trainee):
    response = post(signed_in, trainee, "extend", until="2099-01-01", contract="under_one_year")

    assert "，最晚到" in text(response)
    assert not Decision.objects.exists()


def test_where_the_law_leaves_no_day_it_is_said(signed_in, trainee):
    ends_in(trainee, 20)
    Employment.objects.filter(user=trainee).update(hired_on=timezone.localdate() - timedelta(days=80))
    response = post(signed_in, trainee, "extend", until="2099-01-01", contract="under_one_year")

    assert "已经不能再延长" in text(response)
    assert not Decision.objects.exists()


def test_stale_evidence_is_shown_and_the_words_are_kept(signed_in, trainee):
    scored(trainee, "96")
    looked_at = seen(trainee)
    scored(trainee, "70")

    response = post(signed_in, trainee, packet=looked_at, reasons="写了很久的理由")
    page = text(response)

    assert response.status_code == 409
    assert "材料变了" in page
    assert "新增" in page
    assert "写了很久的理由" in page
    assert not Decision.objects.exists()
    again = response.context["form"]["seen"].value()
    signed_in.post(url(trainee), {"kind": "early", "reasons": "看过了。", "seen": again})
    assert Decision.objects.get().is_final


def test_a_forged_packet_is_not_taken(signed_in, trainee):
    response = signed_in.post(url(trainee), {"kind": "early", "reasons": "好", "seen": "forged"})

    assert "材料对不上" in text(response)
    assert not Decision.objects.exists()


def test_the_second_of_two_supervisors_reads_the_decision_of_the_first(client, trainee, supervisor, admin):
    scored(trainee)
    looked_at = seen(trainee)
    decided(trainee, supervisor, reasons="已经定了。")
    client.force_login(admin)

    response = post(client, trainee, "refuse", packet=looked_at, reasons="我写的")
    page = text(response)

    assert response.status_code == 409
    assert "王主管 已经在" in page
    assert "已经定了。" in page
    assert "我写的" in page
    assert Decision.objects.count() == 1


def test_the_only_marker_is_asked_for_a_second_person(signed_in, trainee, supervisor):
    chen = UserFactory(role="supervisor", display_name="陈屿")
    marked_by(trainee, supervisor)
    page = text(signed_in.get(url(trainee)))
    assert "人工评分的只有你一个" in page

    alone = post(signed_in, trainee)
    assert "要两个人签" in text(alone)
    post(signed_in, trainee, asked=chen.pk)

    assert Decision.objects.get().asked == chen


def test_no_decision_in_time_is_called_our_failure(signed_in, trainee):
    ends_in(trainee, -1)

    page = text(signed_in.get(url(trainee)))

    assert "这是我们没有按时决定，不是学员的问题" in page
    assert 'value="early"' not in page


def test_who_has_left_can_still_be_read(signed_in, trainee, supervisor):
    decision = decided(trainee, supervisor)

    page = text(signed_in.get(url(trainee)))

    assert f"/decisions/{decision.pk}/" in page
    assert 'id="decide"' not in page


def test_the_packet_as_pdf(signed_in, trainee):
    scored(trainee)

    response = signed_in.get(f"{url(trainee)}pdf/")

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


@pytest.mark.parametrize("exams", [1, 6])
def test_a_packet_costs_the_same_for_any_history(signed_in, trainee, exams, django_assert_num_queries):
    for _ in range(exams):
        scored(trainee)
        RecheckFactory(learner=trainee)

    with django_assert_num_queries(17):
        signed_in.get(url(trainee))


def test_every_kind_of_requirement_has_its_place_in_a_packet(signed_in, trainee):
    """What the shipped plans ask for can be signed: each with its standard, and with evidence of it."""
    plans = yaml.safe_load((settings.BASE_DIR / "fixtures/curriculum/plans.yaml").read_text(encoding="utf-8"))
    known = {"slug", "kind", "part", "weight", "title", "title_en", "rationale"}
    version = PlanVersion.objects.get(plan__is_default=True)
    asked = {row["kind"]: row for plan in plans for row in plan["requirements"]}
    for place, (kind, row) in enumerate(asked.items(), 20):
        params = {name: value for name, value in row.items() if name not in known}
        RequirementFactory(version=version, kind=kind, slug=f"shipped-{kind}", position=place, params=params)
    SessionFactory(learner=trainee, level="exam", ended=True)
    TypingRunFactory(learner=trainee, finished=True)
    ObservationFactory(learner=trainee)

    packet = seen(trainee)

    assert {row["kind"] for row in packet["requirements"]} >= set(asked) and len(asked) > 6
    assert digest(packet)
    assert signed_in.get(url(trainee)).status_code == 200
