"""Loading a folder of scenarios from the shell: what is said about it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.commands.scenarios import save_scenario, set_scenario_state
from quizzes.models import Scenario
from quizzes.rules.vocabulary import QuestionState
from trainer.models import Lesson
from trainer.readers.scenario_files import GOLDEN, read_scenarios


def is_scenarios(path: Path) -> bool:
    return (path / GOLDEN).is_dir()


@dataclass(frozen=True)
class ScenarioFolder:
    """One run over one folder; ``out`` and ``err`` take a line of text."""

    path: Path
    dry_run: bool
    out: Callable[[str], Any]
    err: Callable[[str], Any]

    def load(self) -> int:
        """Load and publish all scenarios of the folder, or nothing. Returns the exit status.

        A scenario that an admin retired stays retired; only new ones are published.
        """
        found = read_scenarios([self.path], lessons=set(Lesson.objects.values_list("slug", flat=True)))
        for problem in found.problems:
            self.err(str(problem))
        if found.problems:
            self.err(_("有 %(count)d 处要改，什么也没有导入。") % {"count": len(found.problems)})
            return 1
        at = timezone.now()
        there = set(Scenario.objects.values_list("slug", flat=True))
        changed = 0
        with transaction.atomic():
            for entry in found.entries:
                scenario, new_version = save_scenario(
                    data=entry.data, text=entry.text, golden=entry.golden_data, golden_text=entry.golden_text, at=at
                )
                changed += new_version
                if scenario.slug not in there:
                    set_scenario_state(scenario_id=scenario.pk, state=QuestionState.LIVE, at=at)
            transaction.set_rollback(self.dry_run)
        said = _("情景：读到 %(all)d 个，新增或更新 %(changed)d 个")
        self.out(said % {"all": len(found.entries), "changed": changed})
        return 0
