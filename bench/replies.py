"""Judging replies: cross-validation over the writers' labelled replies, and the time of one judgement on one core.

The labelled replies lie beside the checkout, in ../shared/replies; without them only the time is measured. Those of
fixtures/replies are learned from and never judged: its writers give the thresholds, as they do for the shipped model.
"""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure
from quizzes.rules.replies.crossing import cross_validate, learning_curve
from quizzes.rules.replies.figures import Report
from quizzes.rules.replies.judging import judge
from quizzes.rules.replies.records import Record, parse

ROOT = Path(__file__).resolve().parents[1]
LABELLED = ROOT.parent / "shared" / "replies"
OWN = ROOT / "fixtures" / "replies"
TIMED = 300


def measure() -> Iterator[Figure]:
    records, own = labelled(LABELLED), labelled(OWN)
    by = [record for record in own if record.source.startswith("writer")]
    beside = [record for record in own if record not in by]
    report = cross_validate(records, beside, by) if records else None
    if report:
        print(table(report))
        print(curve(learning_curve(records, own)))
    decided = report.decided if report else None
    yield Figure("replies: macro F1 over unseen writers", report and report.f1(), "", least=0.87, places=3)
    yield Figure("replies: F1 of violations", report and report.f1(violation=True), "", least=0.83, places=3)
    yield Figure("replies: F1 of good moves", report and report.f1(violation=False), "", least=0.87, places=3)
    yield Figure("replies: decided alone", decided and 100 * decided.coverage, "%", least=75, places=1)
    yield Figure("replies: accuracy of what is decided", decided and decided.accuracy, "", least=0.98, places=4)
    yield Figure("replies: violations missed", decided and 100 * decided.missed_violations, "%", most=5, places=1)
    yield Figure("replies: judging one, median", _milliseconds(records or own), "ms", most=15, places=1)


def labelled(folder: Path) -> list[Record]:
    """The records of all files of ``folder``, none where it is not there."""
    files = sorted(folder.glob("*.jsonl"))
    return [record for file in files for record in parse(file.read_text("utf-8").split("\n"), file.stem)]


def table(report: Report) -> str:
    rows = [f"{'':<20}{'precision':>10}{'recall':>8}{'F1':>8}{'support':>9}"]
    for name, tally in report.checks.items():
        rows.append(f"{name:<20}{tally.precision:>10.3f}{tally.recall:>8.3f}{tally.f1:>8.3f}{tally.support:>9d}")
    return "\n".join(rows)


def curve(reports: list[Report]) -> str:
    """What each further writer brings, beside our own replies: so many learned from, F1 of all, good moves, bad."""
    rows = [f"{'writers learned':<20}{'macro F1':>10}{'good':>8}{'bad':>8}"]
    for learned, report in enumerate(reports, start=1):
        rows.append(f"{learned:<20}{report.f1():>10.3f}{report.f1(False):>8.3f}{report.f1(True):>8.3f}")
    return "\n".join(rows)


def _milliseconds(records: list[Record]) -> float:
    took = []
    judge(records[0].reply)  # the model and the patterns are read once
    for record in records[:: max(1, len(records) // TIMED)]:
        started = time.process_time()
        judge(record.reply)
        took.append((time.process_time() - started) * 1000)
    return statistics.median(took)
