"""Sheets of monthly figures: read and compared, confirmed whole, and taken back as they came."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from quizzes.models import AuditEntry
from trainer.commands.bounded_reading import Given, read_bounded
from trainer.commands.performance import lock_people, texts
from trainer.models import PerformanceLine, PerformanceMonth, PerformanceSheet, User
from trainer.queries.periods import first_days
from trainer.readers.performance_sheet import LineRead, PerformanceRead, read_performance
from trainer.rules.performance import changed_figures, is_before
from trainer.rules.vocabulary import Figure, LineState, SheetState

READ_SECONDS = 30
TAKEN = (LineState.NEW, LineState.CHANGED)


class TooLarge(Exception):
    """The file is larger than ``settings.LARGEST_UPLOAD``."""


class UnreadableSheet(Exception):
    """No figures can be read; ``args[0]`` says why, in Chinese."""


class HasProblems(Exception):
    """Some lines cannot be taken, and nobody said that they may be left out."""


class MovedOn(Exception):
    """What the preview was compared with has changed since: ``compare_again`` and look once more."""


class NothingNew(Exception):
    """All of it is there already."""


class NotNow(Exception):
    """The sheet is in a state in which this cannot be done; a second tab may have been quicker."""


@transaction.atomic
def preview_sheet(
    *, token: UUID, name: str, data: bytes, month: date | None, reach: QuerySet, by, at: datetime
) -> PerformanceSheet:
    """Read a file and compare it with what is there; nothing else changes. The same ``token`` gives the same sheet.

    ``reach`` are the people whose figures ``by`` may enter. Raises ``TooLarge`` and ``UnreadableSheet``.
    """
    if there := PerformanceSheet.objects.filter(token=token).first():
        return there
    if len(data) > settings.LARGEST_UPLOAD:
        raise TooLarge
    read = read_apart(data, name, month)
    if read.error:
        raise UnreadableSheet(read.error)
    if not read.lines:
        raise UnreadableSheet("表头下面一行也没有。请填好再上传。")
    sheet, created = PerformanceSheet.objects.get_or_create(
        token=token,
        defaults={
            "name": name[-200:],
            "sha256": hashlib.sha256(data).hexdigest(),
            "notes": list(read.notes),
            "created_at": at,
            "created_by": by,
        },
    )
    if not created:
        return sheet
    lines = compared(read.lines, reach=reach, at=at)
    for line in lines:
        line.sheet = sheet
    PerformanceLine.objects.bulk_create(lines, batch_size=500)
    return sheet


def read_apart(data: bytes, name: str, month: date | None) -> PerformanceRead:
    """What the file holds, read in a process with limits unless ``settings.READ_FILES_APART`` says otherwise."""
    if not settings.READ_FILES_APART:
        return read_performance(data, name, month)
    given: Any = Given(name, data, month)  # type: ignore[arg-type]
    found: Any = next(read_bounded([given], seconds=READ_SECONDS, read=read_performance))  # type: ignore[arg-type]
    return found if isinstance(found, PerformanceRead) else PerformanceRead(error=found.error)


def compared(read: Sequence[LineRead], *, reach: QuerySet, at: datetime) -> list[PerformanceLine]:
    """Each line with whom it is about and what it is against what is there. Four queries."""
    people = _People(reach)
    hired = first_days(people.ids)
    today = timezone.localdate(at)
    lines = []
    for one in read:
        problems = list(one.problems)
        learner, who = people.find(one)
        problems += who
        if one.month and one.month > today:
            problems.append(f"{one.month:%Y-%m} 还没有到")
        first = hired.get(learner) if learner else None
        if one.month and first and is_before(one.month, first):
            problems.append(f"{one.month:%Y-%m} 的时候“{one.name or one.account}”还没有入职（{first:%Y-%m-%d} 入职）")
        lines.append(
            PerformanceLine(
                line=one.line,
                name=one.name or one.account,
                learner_id=learner,
                month=one.month,
                figures=texts(one.figures),
                problems=problems,
            )
        )
    _report_doubles(lines)
    _settle(lines)
    return lines


@transaction.atomic
def compare_again(*, sheet_id: int, reach: QuerySet) -> PerformanceSheet:
    """Compare the lines without problems once more with what is there, and with who is in ``reach``."""
    sheet = _locked(sheet_id, SheetState.PREVIEWED)
    lines = list(sheet.lines.exclude(state=LineState.PROBLEM))
    known = set(reach.values_list("pk", flat=True))
    for line in lines:
        if line.learner_id not in known:
            line.problems = [*line.problems, f"“{line.name}”不在你带的小组里"]
    _settle(lines)
    PerformanceLine.objects.bulk_update(lines, ["problems", "before", "state"], batch_size=500)
    return sheet


@transaction.atomic
def confirm_sheet(
    *, sheet_id: int, reach: QuerySet, leave_out: bool = False, by, at: datetime
) -> PerformanceSheet:
    """Bring in every line that says something new, or nothing at all. ``leave_out``: without those with problems.

    Raises ``NotNow``, ``HasProblems``, ``MovedOn`` and ``NothingNew``.
    """
    sheet = _locked(sheet_id, SheetState.PREVIEWED)
    lines = list(sheet.lines.all())
    if not leave_out and any(line.state == LineState.PROBLEM for line in lines):
        raise HasProblems
    sound = [line for line in lines if line.state != LineState.PROBLEM]
    lock_people(line.learner_id for line in sound if line.learner_id)
    there = _there(sound)
    known = set(reach.values_list("pk", flat=True))
    if any(line.learner_id not in known or line.before != _as_before(there.get(_key(line))) for line in sound):
        raise MovedOn
    taken = [line for line in sound if line.state in TAKEN]
    if not taken:
        raise NothingNew
    for line in taken:
        row = there.get(_key(line)) or PerformanceMonth()
        row.learner_id, row.month = line.learner_id, line.month  # type: ignore[assignment] # of somebody: a constraint
        for figure, value in line.figures.items():
            setattr(row, figure, Decimal(value))
        row.sheet, row.reason, row.entered_at, row.entered_by = sheet, "", at, by
        row.save()
    sheet.state, sheet.confirmed_at, sheet.confirmed_by = SheetState.CONFIRMED, at, by
    sheet.save(update_fields=["state", "confirmed_at", "confirmed_by"])
    _note(sheet, "confirm_performance", by, at, lines=len(taken), left_out=len(lines) - len(sound))
    return sheet


@transaction.atomic
def roll_back_sheet(*, sheet_id: int, by, at: datetime) -> int:
    """Put back what stood before the sheet came in; how many lines stay, since somebody has changed them after it.

    Raises ``NotNow``.
    """
    sheet = _locked(sheet_id, SheetState.CONFIRMED)
    lines = list(sheet.lines.filter(state__in=TAKEN))
    lock_people(line.learner_id for line in lines if line.learner_id)
    there = _there(lines)
    kept = 0
    for line in lines:
        row = there.get(_key(line))
        if row is None or row.sheet_id != sheet.pk:
            kept += 1
        elif line.before is None:
            row.delete()
        else:
            for figure in Figure:
                value = line.before["figures"].get(figure)
                setattr(row, figure, None if value is None else Decimal(value))
            row.sheet_id, row.entered_at, row.entered_by = line.before["sheet"], at, by
            row.save()
    sheet.state, sheet.rolled_back_at, sheet.rolled_back_by = SheetState.ROLLED_BACK, at, by
    sheet.save(update_fields=["state", "rolled_back_at", "rolled_back_by"])
    _note(sheet, "roll_back_performance", by, at, lines=len(lines) - kept, kept=kept)
    return kept


class _People:
    """Who the names of a sheet mean, among the people in reach."""

    def __init__(self, reach: QuerySet):
        self.by_account: dict[str, int] = {}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        for pk, username, name in reach.values_list("pk", "username", "display_name"):
            self.by_account[username.casefold()] = pk
            self.by_name[name].append(pk)
        others = User.objects.trainees().exclude(pk__in=reach.values("pk")).values_list("username", "display_name")
        self.elsewhere = {word.casefold() for pair in others for word in pair if word}

    @property
    def ids(self) -> list[int]:
        return list(self.by_account.values())

    def find(self, line: LineRead) -> tuple[int | None, list[str]]:
        """The person, or why it is nobody."""
        said = line.account or line.name
        if not said:
            return None, []
        if line.account:
            found = [self.by_account[line.account.casefold()]] if line.account.casefold() in self.by_account else []
        else:
            found = self.by_name.get(line.name) or [
                pk for pk in [self.by_account.get(line.name.casefold())] if pk is not None
            ]
        if len(found) > 1:
            return None, [f"有 {len(found)} 个人叫“{said}”，请加一列“账号”写清楚是谁"]
        if found:
            return found[0], []
        if said.casefold() in self.elsewhere:
            return None, [f"“{said}”不在你带的小组里"]
        return None, [f"没有叫“{said}”的在职学员"]


def _report_doubles(lines: Iterable[PerformanceLine]) -> None:
    lines = list(lines)
    counts = Counter(_key(line) for line in lines if line.learner_id and line.month)
    for line in lines:
        if counts[_key(line)] > 1:
            others = "、".join(str(one.line) for one in lines if _key(one) == _key(line) and one is not line)
            line.problems.append(f"“{line.name}”这个月写了两次，另见第 {others} 行，请只留一行")


def _settle(lines: Sequence[PerformanceLine]) -> None:
    there = _there(lines)
    for line in lines:
        row = there.get(_key(line))
        line.before = _as_before(row)
        if line.problems:
            line.state = LineState.PROBLEM
        elif row is None:
            line.state = LineState.NEW
        else:
            given = {Figure(figure): Decimal(value) for figure, value in line.figures.items()}
            line.state = LineState.CHANGED if changed_figures(row.figures, given) else LineState.SAME


def _there(lines: Iterable[PerformanceLine]) -> dict[tuple[int | None, date | None], PerformanceMonth]:
    learners = {line.learner_id for line in lines if line.learner_id}
    months = {line.month for line in lines if line.month}
    rows = PerformanceMonth.objects.filter(learner__in=learners, month__in=months)
    return {(row.learner_id, row.month): row for row in rows}


def _as_before(row: PerformanceMonth | None) -> dict[str, Any] | None:
    return {"figures": texts(row.figures), "sheet": row.sheet_id} if row else None


def _key(line: PerformanceLine) -> tuple[int | None, date | None]:
    return line.learner_id, line.month


def _locked(sheet_id: int, state: SheetState) -> PerformanceSheet:
    sheet = PerformanceSheet.objects.select_for_update().get(pk=sheet_id)
    if sheet.state != state:
        raise NotNow(sheet.state)
    return sheet


def _note(sheet: PerformanceSheet, action: str, by, at: datetime, **detail: Any) -> None:
    AuditEntry.objects.create(at=at, by=by, action=action, target=f"performance_sheet:{sheet.pk}", detail=detail)
