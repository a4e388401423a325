from quizzes.rules.replies.checks import NAMES
from quizzes.rules.replies.figures import measure
from quizzes.rules.replies.judging import Judgement, Verdict
from quizzes.rules.replies.records import Record, Reply


def judged(label: bool | None, yes: bool, sure: bool, check: str = "shirks"):
    verdicts = {name: Verdict(name, False, 0.0, False) for name in NAMES}
    verdicts[check] = Verdict(check, yes, 0.5, sure)
    return Record("", Reply(""), {check: label}), Judgement(verdicts)


def test_the_figures_of_a_check():
    report = measure(
        [judged(True, True, True), judged(True, False, True), judged(False, True, True), judged(True, True, False)]
    )
    tally = report.checks["shirks"]
    assert (tally.right, tally.wrong, tally.missed, tally.support) == (2, 1, 1, 3)
    assert (tally.precision, tally.recall, tally.f1) == (2 / 3, 2 / 3, 2 / 3)
    assert report.decided.coverage == 3 / 4
    assert report.decided.accuracy == 1 / 3
    assert report.decided.missed_violations == 1 / 3
    assert report.decided.false_violations == 1 / 2
    assert report.f1() == report.f1(violation=True) == 2 / 3
    assert report.f1(violation=False) == 0


def test_a_label_of_null_is_not_counted():
    report = measure([judged(None, True, True), judged(True, True, True)])
    assert report.checks["shirks"].counted == 1
    assert report.checks["shirks"].f1 == report.decided.coverage == 1


def test_no_records_give_no_figures_and_no_error():
    report = measure([])
    assert report.f1() == report.decided.coverage == report.decided.accuracy == 0


def test_the_json_has_the_agreed_shape():
    row = measure([judged(True, True, True)]).as_json()
    assert set(row) == {"checks", "macro_f1", "good_moves_f1", "violations_f1", "decided"}
    assert set(row["checks"]) == set(NAMES)
    assert set(row["checks"]["shirks"]) == {"precision", "recall", "f1", "support"}
    assert set(row["decided"]) == {"coverage", "accuracy", "missed_violations", "false_violations"}
