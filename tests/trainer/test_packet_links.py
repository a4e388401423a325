"""Every piece of evidence in a packet leads to its page, for whoever may open it."""

from io import BytesIO

import pytest
from django.conf import settings as site
from django.utils import timezone
from lxml.html import fromstring
from pypdf import PdfReader

from tests.factories.assessment import (
    InterviewFactory,
    InterviewScoreFactory,
    PerformanceMonthFactory,
    SchemeVersionFactory,
)
from tests.factories.drills import TypingRunFactory
from tests.factories.roleplay import SessionFactory
from tests.factories.trainer import ObservationFactory, RequirementFactory, UserFactory
from tests.trainer.deciding import decided, scored, standard_plan
from trainer.commands.postings import leave
from trainer.queries.timeline import timeline
from trainer.rules.vocabulary import RequirementKind

pytestmark = pytest.mark.django_db

ASKED = {
    RequirementKind.ROLEPLAY: {"types": 1},
    RequirementKind.TYPING: {"per_minute": 40, "accuracy": 95},
    RequirementKind.INTERVIEW: {"mean": 3, "floor": 2, "raters": 1},
    RequirementKind.PERFORMANCE: {"months": 1, "figures": ["satisfaction"], "tier": "poor"},
    RequirementKind.OBSERVATION: {"observers": 1},
}
EXPLAINED = {str(kind): "看过。" for kind in ASKED} | {"days": "有经验。"}


@pytest.fixture(autouse=True)
def evidence(trainee):
    """A plan that asks for every kind of evidence, and one piece of each."""
    version = standard_plan().versions.get()
    SchemeVersionFactory()
    for place, (kind, params) in enumerate(ASKED.items(), 10):
        RequirementFactory(version=version, kind=kind, params=params, position=place, slug=str(kind))
    scored(trainee)
    SessionFactory(learner=trainee, level="exam", ended=True)
    TypingRunFactory(learner=trainee, finished=True)
    InterviewScoreFactory(interview=InterviewFactory(learner=trainee, final=True))
    PerformanceMonthFactory(learner=trainee, month=timezone.localdate().replace(day=1))
    ObservationFactory(learner=trainee, text="退货说得很清楚。")


def links(response):
    """The addresses of the pieces of evidence, with ``None`` for each that has none."""
    pieces = fromstring(response.content.decode()).xpath('//*[@class="packet-what"]')
    return [next(iter(piece.xpath("a/@href")), None) for piece in pieces]


def assert_each_opens(client, found):
    assert len(found) == 6
    for url in found:
        page, _, anchor = url.partition("#")
        response = client.get(page)
        assert response.status_code == 200, url
        assert not anchor or f'id="{anchor}"' in response.content.decode()


def test_who_looks_after_them_opens_each_piece_of_the_packet(client, supervisor, trainee):
    client.force_login(supervisor)

    assert_each_opens(client, links(client.get(f"/team/{trainee.pk}/packet/")))


@pytest.mark.parametrize("reader", ["supervisor", "trainee"])
def test_a_frozen_packet_leads_to_the_same_pages(client, supervisor, trainee, reader):
    decision = decided(trainee, supervisor, exceptions=EXPLAINED)
    client.force_login({"supervisor": supervisor, "trainee": trainee}[reader])

    assert_each_opens(client, links(client.get(f"/decisions/{decision.pk}/")))


def test_who_cannot_open_a_piece_is_offered_no_link(client, supervisor, trainee, settings):
    """Somebody asked to sign from another team reads the packet, and nothing else of this person."""
    settings.DECISION_BY_TWO = True
    chen = UserFactory(role="supervisor")
    decision = decided(trainee, supervisor, asked=chen, exceptions=EXPLAINED)
    client.force_login(chen)

    assert links(client.get(f"/decisions/{decision.pk}/")) == [None] * 6


def test_of_somebody_who_has_left_the_packet_alone_is_read(client, supervisor, trainee):
    leave(employment_id=trainee.employment.pk, on=timezone.localdate(), by=supervisor, at=timezone.now())
    client.force_login(supervisor)

    assert links(client.get(f"/team/{trainee.pk}/packet/")) == [None] * 6


def test_the_pdf_leads_to_the_same_pages(client, supervisor, trainee):
    client.force_login(supervisor)
    shown = links(client.get(f"/team/{trainee.pk}/packet/"))

    pdf = PdfReader(BytesIO(client.get(f"/team/{trainee.pk}/packet/pdf/").content))

    notes = [note.get_object() for page in pdf.pages for note in page.get("/Annots", ())]
    assert [note["/A"]["/URI"] for note in notes] == [site.SITE_URL + url for url in shown]


def test_an_observation_is_read_on_a_page_of_its_own(client, trainee):
    (event,) = [event for event in timeline(trainee, own=True) if "/observations/" in event.url]
    client.force_login(trainee)

    page = client.get(event.url).content.decode()

    assert "退货说得很清楚。" in page


def test_figures_on_the_timeline_lead_to_their_month(trainee):
    (event,) = [event for event in timeline(trainee, own=False) if "#month-" in event.url]

    assert event.url == f"/team/{trainee.pk}/assessment/#month-{timezone.localdate():%Y-%m}"
