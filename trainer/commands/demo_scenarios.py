"""A scenario that the demo admin is changing: a draft that waits to be tried and published."""

from datetime import datetime

from django.db import transaction

from quizzes.commands.scenarios import Written, save_draft
from quizzes.models import Scenario
from trainer.readers.scenario_text import read_scenario_text

CHANGED, BEFORE, AFTER = "thermos-bargain", "turns: 10", "turns: 9"


@transaction.atomic
def add_demo_draft(*, by, at: datetime) -> None:
    """Save the draft, unless the scenario is not there, was written otherwise, or has been changed before."""
    scenario = Scenario.objects.live().filter(slug=CHANGED).first()
    versions = list(scenario.versions.all()) if scenario else []
    if len(versions) != 1 or BEFORE not in versions[0].text:
        return
    text = versions[0].text.replace(BEFORE, AFTER)
    written = Written(read_scenario_text(text).data, text, versions[0].golden, versions[0].golden_text)
    save_draft(scenario_id=versions[0].scenario_id, base=versions[0].number, written=written, by=by, at=at)
