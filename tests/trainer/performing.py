"""What the tests of monthly figures share: the month, somebody hired before it, and what is stored."""

from datetime import date

from trainer.models import PerformanceMonth

OCTOBER = date(2026, 10, 1)
LONG_HERE = {"hired_on": date(2026, 9, 3), "probation_ends_on": date(2026, 12, 1)}


def figures():
    return {(m.learner.display_name, m.month.month): m.figures for m in PerformanceMonth.objects.all()}
