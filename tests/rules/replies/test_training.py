import numpy as np
import pytest

from quizzes.rules.replies import crossing, model, training
from quizzes.rules.replies.checks import NAMES
from quizzes.rules.replies.crossing import cross_validate, learning_curve
from quizzes.rules.replies.features import find
from quizzes.rules.replies.judging import judge
from quizzes.rules.replies.logistic import EMPHASIS, Solver
from quizzes.rules.replies.records import Record, Reply


def record(number: int, source: str, offline: bool) -> Record:
    text = f"加我微信，转你{number}块" if offline else f"今天给您补发{number}件，单号发您"
    labels = {name: (number + place) % 3 == 0 for place, name in enumerate(NAMES)} | {"offline_payment": offline}
    return Record(f"{source}-{number}", Reply(text, facts=f"情况{number}"), labels, source)


@pytest.fixture(scope="module")
def few() -> list[Record]:
    return [record(number, source, number % 2 == 0) for source in "abc" for number in range(9)]


def test_the_same_records_give_the_same_bytes(few):
    assert model.dump(training.train(few)) == model.dump(training.train(list(few)))


def test_what_was_learned_is_judged_so_after_writing_and_reading(few):
    learned = training.train(few)
    read = model.load(model.dump(learned))
    assert read == learned
    assert judge(Reply("加我微信，转你50块"), read)["offline_payment"].yes
    assert not judge(Reply("今天给您补发2件，单号发您"), read)["offline_payment"].yes


def test_a_disputed_label_is_neither_learned_nor_measured(few):
    disputed = Record("d", Reply("加我微信，转你7块"), {**few[0].labels, "offline_payment": None}, "a")
    data = training.matrix([*few, disputed])
    numbers = Solver(data.rows, 1.0, training.own(data.names)).solve(data.labels, np.ones(len(data.rows), dtype=bool))
    check = NAMES.index("offline_payment")
    assert numbers[-1, check] == 0 != numbers[-1, check - 1]
    assert cross_validate([*few, disputed]).checks["offline_payment"].counted == len(few)


def test_each_check_has_its_own_patterns_and_their_agreement_and_nothing_else():
    names = ("bias", "n:好", "p:greets.hello", "p:greets.hello~", "s:asks", "s:greets>=2", "s:greets uncleared")
    owned = dict(zip(NAMES, training.own(names), strict=True))
    assert owned.pop("greets") == [2, 5, 6]
    assert not any(owned.values())


def test_what_the_solver_finds_is_the_least_loss_of_what_was_learned_with_the_own_features_penalised_less():
    """At the least, each learned row carries C times what is missing from its label, and no other row anything."""
    chances = np.random.default_rng(7)
    rows = chances.normal(size=(40, 12)).astype(np.float32)
    labels = chances.integers(0, 2, size=(40, 3)).astype(np.int8)
    learned = np.arange(40) % 5 > 0
    solver = Solver(rows, 0.5, [[0, 1], [], [4]])
    numbers = solver.solve(labels, learned)
    missing = labels - 1 / (1 + np.exp(-solver.scores(numbers)))
    assert np.allclose(numbers[learned], 0.5 * missing[learned], atol=1e-3)
    assert not numbers[~learned].any()
    weights = rows.T @ numbers
    weights[[0, 1], 0] *= EMPHASIS
    weights[4, 2] *= EMPHASIS
    assert np.allclose(solver.scores(numbers), rows @ weights, atol=1e-4)


def test_the_model_scores_a_reply_as_the_solver_did(few):
    data = training.matrix(few)
    solver = Solver(data.rows, 1.0, training.own(data.names))
    every = np.ones(len(few), dtype=bool)
    numbers = solver.solve(data.labels, every)
    learned = training.finish(data, numbers, training.unseen_scores(solver, data, every))
    scores = [learned.scores(learned.strengths(find(one.reply))) for one in few]
    assert np.allclose(scores, solver.scores(numbers), atol=0.1)


def test_one_source_is_split_by_scenes(few):
    alone = [Record(one.id, one.reply, one.labels, "a") for one in few]
    assert judge(Reply("加我微信，转你50块"), training.train(alone))["offline_payment"].yes


def test_a_check_without_both_answers_cannot_be_learned(few):
    wrong = [Record(one.id, one.reply, {**one.labels, "greets": False}, one.source) for one in few]
    with pytest.raises(training.TooFewRecords, match="greets"):
        training.train(wrong)


def test_a_source_is_judged_by_the_others_only(few):
    """Where one writer labels everything the other way round, cross-validation has to get all of that one wrong."""
    contrary = [
        Record(one.id, one.reply, {**one.labels, "offline_payment": not one.labels["offline_payment"]}, one.source)
        if one.source == "c"
        else one
        for one in few
    ]
    assert cross_validate(few).checks["offline_payment"].f1 == 1
    assert cross_validate([one for one in contrary if one.source == "c"] + few[:18]).checks["offline_payment"].f1 < 0.8


def test_the_learning_curve_ends_where_cross_validation_stands(few):
    curve = learning_curve(few)
    assert len(curve) == 2  # of three writers: by one other, by two
    assert curve[-1] == cross_validate(few)
    assert all(report.checks["offline_payment"].counted == len(few) for report in curve)


def test_the_cut_follows_what_can_be_expected_and_not_an_accident(few):
    """Two of a hundred labels that an accident put last do not move where a yes begins."""
    chances = np.linspace(-4, 4, 100)
    said = (chances > 0).astype(int)
    turned = said.copy()
    turned[[2, 3]] = 1
    cuts = [training.threshold(chances, labels, violation=True).yes for labels in (said, turned)]
    assert all(0.2 <= cut <= 0.6 for cut in cuts)
    assert abs(cuts[0] - cuts[1]) < 0.1


def test_what_is_learned_beside_is_never_judged_but_helps(few):
    """The source that is judged says the contrary of all; only what is beside it agrees with it."""
    contrary = [
        Record(one.id, one.reply, {**one.labels, "offline_payment": not one.labels["offline_payment"]}, one.source)
        if one.source == "c"
        else one
        for one in few
    ]
    agrees = [one for one in contrary if one.source == "c"] * 4
    alone, helped = cross_validate(contrary), cross_validate(contrary, beside=agrees)
    assert helped.checks["offline_payment"].counted == len(few)
    assert helped != alone


def test_thresholds_come_from_the_writers_that_give_them_each_left_out(few, monkeypatch):
    seen = []
    monkeypatch.setattr(
        crossing,
        "finish_thresholds",
        lambda data, scores: seen.append(scores) or training.finish_thresholds(data, scores),
    )
    by = [Record(f"{one.source}x{one.id}", one.reply, one.labels, f"{one.source}x") for one in few[:18]]
    report = cross_validate(few, by=by)
    assert report.checks["offline_payment"].counted == len(few)
    for scores in seen:
        assert np.isnan(scores[: len(few)]).all()
        assert not np.isnan(scores[len(few) :]).any()


@pytest.mark.parametrize("content", [b"", b"nonsense", model.zlib.compress(b"{}"), model.zlib.compress(b"[]")])
def test_what_is_no_model_is_refused(content):
    with pytest.raises(ValueError, match="train_replies"):
        model.load(content)


def test_a_model_cut_short_is_refused(few):
    content = model.zlib.decompress(model.dump(training.train(few))).replace(b'"bias",', b"", 1)
    with pytest.raises(ValueError, match="cut short"):
        model.load(model.zlib.compress(content))
