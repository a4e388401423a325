"""Plans and evidence for the property tests: any requirement of any kind, and evidence that is only ever better."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from trainer.rules.confirmation import Asked, Sitting, State, Terms
from trainer.rules.evidence import (
    CourseEvidence,
    Evidence,
    GateEvidence,
    InterviewEvidence,
    LessonEvidence,
    LessonState,
    MonthEvidence,
    ObservationEvidence,
    RoleplayEvidence,
    TypingEvidence,
)
from trainer.rules.standards import (
    TIERS,
    CourseDone,
    DaysInPost,
    ExamScore,
    Interview,
    LessonsDone,
    Observed,
    Performance,
    ProductGates,
    Roleplay,
    Typing,
)
from trainer.rules.vocabulary import Part, Verdict

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
PAPERS = {"rules-exam": 40.0}
RANK = {State.MISSING: 0, State.NEAR: 1, State.MET: 2}
TYPES, SKUS = ("impatient", "bargain", "silent"), ("cup", "lamp", "bag")
DIMENSIONS, FIGURES = ("attitude", "knowledge"), ("satisfaction", "average_reply")
VERDICTS = (Verdict.READY, Verdict.ALMOST, Verdict.NOT_YET)  # the best first

scores = st.decimals(min_value=0, max_value=100, places=2)
points = st.decimals(min_value=1, max_value=5, places=1)
standards = st.one_of(
    st.builds(ExamScore, st.just("rules-exam"), scores),
    st.builds(Roleplay, st.integers(1, 3), st.sampled_from([(), TYPES[:2]])),
    st.just(LessonsDone()),
    st.just(CourseDone("seven-days")),
    st.builds(Typing, st.integers(1, 80), scores),
    st.builds(ProductGates, st.sampled_from([(), SKUS[:2]]), st.sampled_from([(), ("tmall",)])),
    st.builds(Interview, points, points, st.integers(1, 2)),
    st.builds(Performance, st.integers(1, 3), st.sampled_from([FIGURES, FIGURES[:1]]), st.sampled_from(TIERS)),
    st.builds(DaysInPost, st.integers(0, 200)),
    st.builds(Observed, st.integers(1, 2)),
)
asked_ones = st.lists(
    st.one_of(
        st.builds(Asked, standards, st.sampled_from(Part)),
        st.builds(Asked, standards, st.sampled_from([Part.THEORY, Part.PRACTICE]), st.integers(1, 100)),
    ),
    max_size=5,
)


def terms_of(asked, draw) -> Terms:
    return Terms(tuple(asked), {part: draw(st.integers(1, 100)) for part in (Part.THEORY, Part.PRACTICE)})


def sitting(number: int, score: Decimal | str | None, *, submitted: bool = True) -> Sitting:
    begin = NOON + timedelta(hours=number)
    return Sitting(
        attempt=number,
        started_at=begin,
        ends_at=begin + timedelta(hours=1),
        submitted_at=begin + timedelta(minutes=40) if submitted else None,
        score=None if score is None else Decimal(score),
    )


def known(*, scored=(), lessons=(), days=0, **more) -> Evidence:
    return Evidence(
        sittings={"rules-exam": tuple(sitting(n, score) for n, score in enumerate(scored, 1))},
        papers=PAPERS,
        lessons=tuple(LessonEvidence(f"lesson-{n}", state) for n, state in enumerate(lessons)),
        days=days,
        **more,
    )


evidences = st.builds(
    known,
    scored=st.lists(st.none() | scores, max_size=4),
    lessons=st.lists(st.sampled_from(LessonState), max_size=8),
    days=st.integers(0, 250),
    roleplay=st.builds(RoleplayEvidence, st.lists(st.sampled_from(TYPES), unique=True).map(tuple)),
    courses=st.dictionaries(st.just("seven-days"), st.integers(0, 9).map(lambda n: CourseEvidence(n, 9)), max_size=1),
    typing=st.none()
    | st.builds(
        TypingEvidence,
        st.decimals(min_value=0, max_value=90, places=1),
        st.decimals(min_value=0, max_value=1, places=2),
    ),
    gates=st.tuples(
        *(
            st.builds(GateEvidence, st.just(sku), st.just(frozenset({"tmall"})), st.booleans(), st.booleans())
            for sku in SKUS
        )
    ),
    interviews=st.lists(
        st.builds(
            InterviewEvidence,
            st.integers(1, 3),
            st.just(NOON),
            st.fixed_dictionaries({name: st.integers(1, 5) for name in DIMENSIONS}),
        ),
        max_size=3,
        unique_by=lambda one: one.rater,
    ).map(tuple),
    months=st.lists(
        st.builds(
            MonthEvidence,
            st.integers(1, 12).map(lambda n: date(2026, n, 1)),
            st.fixed_dictionaries({name: st.sampled_from(TIERS) for name in FIGURES}),
        ),
        max_size=4,
        unique_by=lambda one: one.month,
    ).map(tuple),
    observations=st.lists(
        st.builds(
            ObservationEvidence,
            st.integers(1, 2),
            st.integers(1, 5).map(lambda n: date(2026, 11, n)),
            st.sampled_from(Verdict),
        ),
        max_size=3,
        unique_by=lambda one: (one.observer, one.on),
    ).map(tuple),
)


def improved(evidence: Evidence, draw) -> Evidence:
    """The same evidence, better in some places and worse in none."""

    def up(word, words):
        return draw(st.sampled_from(words[: words.index(word) + 1]))

    raised = tuple(
        one if one.score is None else replace(one, score=draw(st.decimals(one.score, 100, places=2)))
        for one in evidence.sittings["rules-exam"]
    )
    further = (sitting(9, draw(scores)),) if draw(st.booleans()) else ()
    more = draw(st.lists(st.sampled_from(TYPES), unique=True))
    typing = evidence.typing
    return replace(
        evidence,
        sittings={"rules-exam": (*raised, *further)},
        lessons=tuple(
            LessonEvidence(one.slug, draw(st.sampled_from([one.state, LessonState.DONE]))) for one in evidence.lessons
        ),
        days=evidence.days + draw(st.integers(0, 20)),
        roleplay=RoleplayEvidence(tuple(dict.fromkeys((*evidence.roleplay.passed, *more)))),
        courses={
            slug: CourseEvidence(draw(st.integers(one.done, one.total)), one.total)
            for slug, one in evidence.courses.items()
        },
        typing=typing
        and TypingEvidence(
            typing.per_minute + draw(st.integers(0, 20)),
            draw(st.sampled_from([typing.accuracy, Decimal(1)])),
        ),
        gates=tuple(replace(gate, passed=gate.passed or draw(st.booleans())) for gate in evidence.gates),
        interviews=tuple(
            replace(one, scores={name: draw(st.integers(given, 5)) for name, given in one.scores.items()})
            for one in evidence.interviews
        ),
        months=tuple(
            replace(one, tiers={name: up(tier, TIERS) for name, tier in one.tiers.items()}) for one in evidence.months
        ),
        observations=tuple(replace(one, verdict=up(one.verdict, VERDICTS)) for one in evidence.observations),
    )
