"""The constraints of decisions about people, broken once each; ``test_constraints`` runs them."""

from datetime import timedelta

from factory import LazyAttribute

from tests.factories import decisions as make
from tests.factories.people import EmploymentFactory, UserFactory


def twice(factory, **same):
    factory(**same)
    factory(**same)


BREAKS = {
    "decision_appeal_answered_in_full": lambda: make.DecisionAppealFactory(state="upheld"),
    "decision_appeal_goes_to_somebody_else": lambda: make.DecisionAppealFactory(
        state="upheld",
        answer="维持。",
        decided_by=LazyAttribute(lambda o: o.against),
        decided_at=LazyAttribute(lambda o: o.filed_at),
    ),
    "decision_appeal_has_a_reason": lambda: make.DecisionAppealFactory(reason=""),
    "decision_asks_a_second_person": lambda: make.DecisionFactory(pending=True, asked=LazyAttribute(lambda o: o.by)),
    "decision_closed_as_its_state_says": lambda: make.DecisionFactory(
        state="returned", closed_by=UserFactory(), effective_on=None
    ),
    "decision_countersigned_by_a_second_person": lambda: make.DecisionFactory(
        countersigned_by=LazyAttribute(lambda o: o.by)
    ),
    "decision_extension_has_a_day": lambda: make.DecisionFactory(kind="extend"),
    "decision_final_has_the_second_signature": lambda: make.DecisionFactory(second="setting"),
    "decision_has_reasons": lambda: make.DecisionFactory(reasons=""),
    "decision_one_pending": lambda: twice(make.DecisionFactory, employment=EmploymentFactory(), pending=True),
    "decision_one_standing_per_period": lambda: twice(make.DecisionFactory, employment=EmploymentFactory()),
    "decision_superseded_was_final": lambda: make.DecisionFactory(pending=True, superseded=True),
    "employment_left_on_a_day_means_left": lambda: EmploymentFactory(left_on=LazyAttribute(lambda o: o.hired_on)),
    "past_employment_ends_after_hiring": lambda: make.PastEmploymentFactory(
        left_on=LazyAttribute(lambda o: o.hired_on - timedelta(days=1))
    ),
    "past_employment_period_once": lambda: twice(
        make.PastEmploymentFactory, employment=EmploymentFactory(period=2), period=1
    ),
    "statement_number_once": lambda: twice(make.StatementFactory, employment=EmploymentFactory(), number=1),
}
