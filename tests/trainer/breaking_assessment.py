"""How each constraint of the assessment scheme, interviews and performance is broken; tried in test_constraints."""

from datetime import date, timedelta

from factory import LazyAttribute

from tests.factories import assessment as make
from tests.factories.people import UserFactory
from trainer.rules.vocabulary import Figure


def _twice(factory, **same):
    factory(**same)
    factory(**same)


BREAKS = {
    "interview_correction_has_a_reason": lambda: make.InterviewFactory(corrects=make.InterviewFactory(final=True)),
    "interview_ends_after_it_began": lambda: make.InterviewFactory(
        finished_at=LazyAttribute(lambda o: o.held_at - timedelta(days=1))
    ),
    "interview_not_of_oneself": lambda: make.InterviewFactory(rater=LazyAttribute(lambda o: o.learner)),
    "interview_one_draft_per_rater": lambda: _twice(
        make.InterviewFactory, learner=UserFactory(), rater=UserFactory()
    ),
    "interview_prompt_says_what_to_listen_for": lambda: make.InterviewPromptFactory(listen=""),
    "interview_score_1_to_5_or_a_reason": lambda: make.InterviewScoreFactory(score=6),
    "interview_score_once_per_dimension": lambda: _twice(
        make.InterviewScoreFactory, interview=make.InterviewFactory(final=True)
    ),
    **{
        f"performance_{figure}_possible": lambda figure=figure: make.PerformanceMonthFactory(**{figure: -1})
        for figure in Figure
    },
    "performance_has_a_figure": lambda: make.PerformanceMonthFactory(first_reply=None, satisfaction=None),
    "performance_line_of_somebody": lambda: make.PerformanceLineFactory(learner=None),
    "performance_line_once": lambda: _twice(make.PerformanceLineFactory, sheet=make.PerformanceSheetFactory(), line=2),
    "performance_line_one_per_person_and_month": lambda: _twice(
        make.PerformanceLineFactory, sheet=make.PerformanceSheetFactory(), learner=UserFactory()
    ),
    "performance_month_is_its_first_day": lambda: make.PerformanceMonthFactory(month=date(2026, 10, 2)),
    "performance_once_per_month": lambda: _twice(make.PerformanceMonthFactory, learner=UserFactory()),
    "performance_sheet_confirmed_by_somebody": lambda: make.PerformanceSheetFactory(state="confirmed"),
    "performance_sheet_rolled_back_by_somebody": lambda: make.PerformanceSheetFactory(
        confirmed=True, state="rolled_back"
    ),
    "scheme_version_says_what_changed": lambda: make.SchemeVersionFactory(note=""),
}
