"""What a day's digest says: to a group chat counts only, never a name or a score; to a person their own notices."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from trainer.models import Assignment, Channel, Delivery, Notice, Product, Team, TrainingSession
from trainer.queries.courses import assignment_lines
from trainer.queries.notices import text_of
from trainer.queries.products import not_yet_by_team
from trainer.rules.course_words import DeliveryOutcome
from trainer.rules.vocabulary import EmploymentState

NEW = timedelta(days=1)
SHELF = timedelta(days=7)
FORGOTTEN = timedelta(days=60)  # what was due so long ago is for the supervisor, not for the group
MOST_NOTICES = 20


def failures_in_row(channels: Iterable[Channel]) -> dict[int, list[Delivery]]:
    """By channel, the tries that failed since its robot last took something, test messages too; the oldest first.

    One query, however many channels there are.
    """
    taken = Delivery.objects.filter(channel=OuterRef("channel"), outcome=DeliveryOutcome.SENT)
    rows = Delivery.objects.filter(channel__in=list(channels), outcome=DeliveryOutcome.FAILED).defer("text")
    found: dict[int, list[Delivery]] = defaultdict(list)
    for row in rows.exclude(Exists(taken.filter(at__gt=OuterRef("at")))).order_by("at", "pk"):
        if row.channel_id:
            found[row.channel_id].append(row)
    return dict(found)


def team_lines(team: Team, *, at: datetime) -> list[str]:
    """What a team's group is told today, in the language that is active; empty when there is nothing to say."""
    rows = (
        Assignment.objects.given()
        .filter(learner__employment__team=team, learner__is_active=True, due_at__gt=at - FORGOTTEN)
        .exclude(learner__employment__state=EmploymentState.LEFT)
        .select_related("course")
    )
    lines = [line for line in assignment_lines(rows, at=at) if line.state in ("overdue", "soon", "open")]
    fresh = Counter(str(line.course) for line in lines if line.assignment and line.assignment.assigned_at > at - NEW)
    soon = Counter(
        (line.assignment.due_on, str(line.course)) for line in lines if line.assignment and line.state == "soon"
    )
    late = len({line.assignment.learner_id for line in lines if line.assignment and line.state == "overdue"})
    said = [
        ngettext("新派的课“%(course)s”：%(n)d 人", "新派的课“%(course)s”：%(n)d 人", n) % {"course": course, "n": n}
        for course, n in sorted(fresh.items())
    ]
    said += [
        ngettext(
            "“%(course)s”%(day)s 下班前学完，还有 %(n)d 人没学完",
            "“%(course)s”%(day)s 下班前学完，还有 %(n)d 人没学完",
            n,
        )
        % {"course": course, "n": n, "day": date_format(day, "SHORT_DATE_FORMAT")}
        for (day, course), n in sorted(soon.items())
    ]
    if late:
        said.append(
            ngettext(
                "有 %(n)d 人的课过了期限，是谁看各自的提醒",
                "有 %(n)d 人的课过了期限，是谁看各自的提醒",
                late,
            )
            % {"n": late}
        )
    return said + _shelves(team, at) + _sessions(team, at)


def _shelves(team: Team, at: datetime) -> list[str]:
    """Products about to go on the shelf with somebody of the team not ready for them."""
    today = timezone.localdate(at)
    soon = Product.objects.sold().filter(
        shelf_on__gte=today, shelf_on__lte=today + SHELF, blueprint__isnull=False
    )
    said = []
    for product in soon:
        missing = len(not_yet_by_team(product).get(team.pk, ()))
        if missing:
            text = ngettext(
                "“%(product)s”%(day)s 上架，还有 %(n)d 人没通过考核",
                "“%(product)s”%(day)s 上架，还有 %(n)d 人没通过考核",
                missing,
            )
            day = date_format(product.shelf_on, "SHORT_DATE_FORMAT")
            said.append(text % {"product": product.name, "day": day, "n": missing})
    return said


def _sessions(team: Team, at: datetime) -> list[str]:
    """Trainings held from now to the end of tomorrow."""
    end = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=2)
    coming = TrainingSession.objects.filter(team=team, starts_at__gte=at, starts_at__lt=end).order_by("starts_at")
    return [
        gettext("%(when)s 集中培训：%(title)s")
        % {"when": date_format(timezone.localtime(row.starts_at), "SHORT_DATETIME_FORMAT"), "title": row.title}
        for row in coming
    ]


def notice_lines(notices: Iterable[Notice]) -> list[str]:
    """A person's notices as lines of an e-mail, with their addresses."""
    said = [
        f"· {text}" + (f"\n  {settings.SITE_URL}{notice.url}" if notice.url else "")
        for notice in notices
        if (text := text_of(notice))
    ]
    more = len(said) - MOST_NOTICES
    if more > 0:
        text = ngettext("还有 %(n)d 条，见站内提醒", "还有 %(n)d 条，见站内提醒", more)
        said = [*said[:MOST_NOTICES], text % {"n": more}]
    return said
