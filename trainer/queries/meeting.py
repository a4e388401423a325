"""The weekly meeting pack of one team: what the week showed, what is open, what is coming."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.models import Appeal
from quizzes.models.labels import CHECK_LABELS
from quizzes.queries.check_queue import waiting_checks
from quizzes.queries.marking_queue import waiting_items
from trainer.models import Action, Assignment, LessonChange, Product, Recheck, Team, User
from trainer.queries.courses import course_progress
from trainer.queries.lessons import lesson_links
from trainer.queries.meeting_missed import Missed, Span, Talks, most_missed, talks_of
from trainer.queries.products import product_lines
from trainer.rules.pack import WEEK, Item, Pack, Section

MOST = 8
COMING = timedelta(days=14)


@dataclass(frozen=True)
class Meeting:
    """``last`` are the actions of earlier meetings: the open ones, and those done since the week began."""

    pack: Pack
    team: Team
    last: tuple[Action, ...]


def meeting(team: Team, *, monday: date, at: datetime) -> Meeting:
    """The pack for the week from ``monday`` to its Sunday, and what is open at ``at``. A fixed number of queries."""
    today = timezone.localdate(at)
    people = User.objects.trainees().filter(employment__team=team)
    span = (_midnight(monday), _midnight(monday + WEEK))
    sections = (
        _questions(most_missed(people, span, most=MOST)),
        _talks(talks_of(people, span, most=MOST)),
        _open_matters(people, today, at),
        _changes(span, today),
        _gates(people, today),
    )
    title = _("%(team)s周会材料") % {"team": team}
    days = {"first": _day(monday), "last": _day(monday + WEEK - timedelta(days=1))}
    note = _("%(first)s 到 %(last)s，周日截止") % days
    return Meeting(Pack(title, note, monday, sections), team, tuple(actions_of(team, since=span[0])))


def actions_of(team: Team, *, since: datetime) -> QuerySet[Action]:
    """The open actions of a team and those done since a moment, the most urgent first."""
    actions = team.actions.select_related("owner", "made_by", "done_by")
    return (actions.open() | actions.filter(done_at__gte=since)).order_by("due_on", "pk")


def _questions(missed: Sequence[Missed]) -> Section:
    items = []
    for row in missed:
        version = row.question.current
        share = _("%(asked)d 次里错 %(missed)d 次") % {"asked": row.asked, "missed": row.missed}
        taken = _("；最多人答成“%(words)s”") % {"words": row.taken_for[:40]} if row.taken_for and row.times > 1 else ""
        items.append(Item(version.stem, share + taken, reverse("quizzes:question", args=[row.question.slug])))
    return Section("missed", _("错得最多的题"), tuple(items), _("这一周没有人答错题，或者还没有人答题。"))


def _talks(talks: Talks) -> Section:
    if not talks.count:
        return Section("talks", _("对练的弱点"), (), _("这一周没有人对练。"))
    counts = {"all": talks.count, "passed": talks.passed, "critical": talks.critical, "unsolved": talks.unsolved}
    items = [Item(_("共 %(all)d 场：通过 %(passed)d，犯致命项 %(critical)d，没解决 %(unsolved)d") % counts)]
    items += [
        Item(_("“%(check)s”出现 %(n)d 次") % {"check": CHECK_LABELS[check], "n": times})
        for check, times in talks.violations
    ]
    links = lesson_links(kind for kind, _n, _failed in talks.types)
    for kind, count, failed in talks.types:
        name, url = (links[kind].title, links[kind].url) if kind in links else (kind, "")
        what = {"name": name, "all": count, "failed": failed}
        items.append(Item(_("%(name)s：%(all)d 场里 %(failed)d 场没通过") % what, url=url))
    return Section("talks", _("对练的弱点"), tuple(items), "")


def _open_matters(people: QuerySet[User], today: date, at: datetime) -> Section:
    """What waits for somebody, our own side first."""
    waiting = waiting_items(people)
    appeals = Appeal.objects.open().filter(item__attempt__learner__in=people)
    checks = waiting_checks(people)
    items = [
        *_queue(waiting, "attempt__submitted_at", _("简答题等批改"), reverse("quizzes:marking"), today),
        *_queue(appeals, "filed_at", _("申诉等答复"), reverse("quizzes:appeals"), today),
        *_queue(checks, "turn__session__ended_at", _("质检项等复核"), reverse("quizzes:check_queue"), today),
    ]
    overdue = Recheck.objects.overdue(today).filter(learner__in=people).select_related("learner", "version")
    items += [
        Item(
            _("%(name)s 的复查过期：%(lesson)s") % {"name": recheck.learner, "lesson": recheck.version},
            _("%(day)s 到期") % {"day": _day(recheck.due_on)},
            reverse("trainer:rechecks"),
        )
        for recheck in overdue
    ]
    items += [
        Item(
            _("%(name)s 的课过期：%(course)s") % {"name": row.learner, "course": row.course},
            _("%(day)s 到期") % {"day": _day(row.due_on)},
            reverse("trainer:person", args=[row.learner_id]),
        )
        for row in _overdue_courses(people, at)
    ]
    return Section("open", _("没了结的事"), tuple(items), _("没有拖着的事。"))


def _queue(rows: QuerySet, since: str, what: str, url: str, today: date) -> list[Item]:
    found = rows.order_by().aggregate(oldest=Min(since))
    count = rows.order_by().count() if found["oldest"] else 0
    if not count:
        return []
    days = (today - timezone.localdate(found["oldest"])).days
    waits = ngettext("最久的等了 %(n)d 天", "最久的等了 %(n)d 天", days) % {"n": days}
    return [Item(_("%(n)d 项%(what)s") % {"n": count, "what": what}, waits, url)]


def _overdue_courses(people: Iterable[User], at: datetime) -> list[Assignment]:
    given = Assignment.objects.past_due(at).filter(learner__in=people)
    late = list(given.select_related("learner", "course").order_by("due_at"))
    progress = course_progress({row.learner_id for row in late}, at=at) if late else {}
    return [row for row in late if not progress[row.learner_id, row.course_id].done_at]


def _changes(span: Span, today: date) -> Section:
    """Rules that were changed in the week, or begin to hold soon."""
    changed = LessonChange.objects.filter(decided_at__gte=span[0], decided_at__lt=span[1])
    coming = LessonChange.objects.filter(version__effective_from__gt=today, version__effective_from__lte=today + COMING)
    items = []
    told = (changed | coming).select_related("version__lesson").order_by("version__effective_from", "pk")
    for change in told.distinct():
        version = change.version
        items.append(
            Item(
                _("%(lesson)s：%(note)s") % {"lesson": version, "note": change.note},
                _("%(day)s 起") % {"day": _day(version.effective_from)},
                reverse("trainer:lesson", args=[version.lesson.slug]),
            )
        )
    return Section("changes", _("规则和商品的变化"), tuple(items), _("这一周没有变化，近两周也没有要生效的。"))


def _gates(people: QuerySet[User], today: date) -> Section:
    products = Product.objects.sold().filter(shelf_on__lte=today + COMING, blueprint__isnull=False)
    items = [
        Item(
            _("%(product)s：%(people)d 人里还有 %(missing)d 人没通过")
            % {"product": line.product, "people": line.people, "missing": line.people - line.may_serve},
            _("%(day)s 上架") % {"day": _day(line.product.shelf_on)},
            reverse("trainer:product", args=[line.product.sku]),
        )
        for line in product_lines(people, on=today, products=products)
        if line.may_serve < line.people
    ]
    return Section("gates", _("上架考核"), tuple(items), _("两周内上架的商品，大家都通过了。"))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
