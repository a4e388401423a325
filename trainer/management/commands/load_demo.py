from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.models import Attempt, Scenario, TypingRun
from trainer.commands.course_reminders import remind_of_courses
from trainer.commands.demo_assessment import add_demo_assessment
from trainer.commands.demo_changes import add_demo_changes
from trainer.commands.demo_courses import add_demo_courses
from trainer.commands.demo_decisions import add_demo_decisions
from trainer.commands.demo_desk import add_demo_actions
from trainer.commands.demo_drills import add_demo_drills
from trainer.commands.demo_former import add_demo_former
from trainer.commands.demo_history import add_demo_history
from trainer.commands.demo_observations import add_demo_observations
from trainer.commands.demo_patterns import add_demo_pattern
from trainer.commands.demo_people import PASSWORD, PEOPLE, add_demo_people
from trainer.commands.demo_scenarios import add_demo_correction, add_demo_draft
from trainer.commands.demo_scripts import add_demo_scripts
from trainer.commands.demo_study import add_demo_study
from trainer.commands.demo_talks import TALKS, add_demo_talks
from trainer.commands.rule_days import turn_day
from trainer.commands.standings import recompute_standings
from trainer.models import Lesson
from trainer.models.people import ADMIN, SUPERVISOR
from trainer.queries.remaking import SEED
from trainer.readers.scenario_files import read_scenarios

SCENARIOS = settings.BASE_DIR / "fixtures" / "scenarios"
SHOWN = ("xiaolin", "zhou", "admin")


class Command(BaseCommand):
    help = "Add demo people with a history to look around with; a second run adds nothing."

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="also without DEBUG: everybody knows the password")

    def handle(self, force: bool, **options):
        if not (settings.DEBUG or force):
            raise CommandError(_("演示账号的密码是公开的，只能在 DEBUG 下导入；确实要导入请加 --force。"))
        if not Lesson.objects.exists():
            raise CommandError(_("还没有课程，请先运行 load_content。"))
        now = timezone.now()
        people = add_demo_people(at=now)
        if not Attempt.objects.filter(learner__in=people.values()).exists():
            add_demo_history(people=people, at=now, seed=SEED)
            add_demo_changes(people=people, at=now, seed=SEED)
            turn_day(at=now)
        add_demo_assessment(people=people, at=now, seed=SEED)
        if not TypingRun.objects.filter(learner__in=people.values()).exists():
            add_demo_drills(people=people, at=now, seed=SEED)
        add_demo_scripts(people=people, at=now)
        self._talk(people, now)
        add_demo_courses(people=people, at=now)
        remind_of_courses(at=now)
        add_demo_actions(people=people, at=now)
        add_demo_observations(people=people, at=now)
        add_demo_decisions(people=people, at=now)
        add_demo_former(people=people, at=now)
        add_demo_study(people=people, at=now, seed=SEED)
        recompute_standings(at=now)
        if options["verbosity"] > 0:
            self._tell()

    def _talk(self, people, now):
        wanted = {talked.scenario for talks in TALKS.values() for talked in talks}
        there = Scenario.objects.live().filter(slug__in=wanted).values_list("slug", flat=True)
        found = read_scenarios([SCENARIOS / f"{slug}.yaml" for slug in there])
        goldens = {entry.scenario.slug: entry.golden for entry in found.entries}
        add_demo_talks(people=people, goldens=goldens, at=now)
        add_demo_pattern(people=people, at=now)
        add_demo_draft(by=people["admin"], at=now)
        add_demo_correction(by=people["admin"], at=now)

    def _tell(self):
        roles = {ADMIN: _("管理员"), SUPERVISOR: _("主管")}
        self.stdout.write(_("演示账号（密码都是 %(password)s）：") % {"password": PASSWORD})
        for person in PEOPLE:
            mark = "*" if person.username in SHOWN else " "
            role = roles.get(person.role, _("学员"))
            self.stdout.write(f" {mark} {person.username:<8} {role} {person.name} {person.team}".rstrip())
