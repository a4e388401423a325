from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.differences import Change, compare, side_by_side

lines = st.lists(
    st.sampled_from(["签收次日算第 1 天", "签收当天算第 1 天", "先道歉", "再核实", "登记", ""]), max_size=8
)


def text(row):
    return "".join(piece.text for piece in row.pieces)


@given(lines, lines)
def test_the_rows_tell_both_texts_in_full(old, new):
    rows = compare(old, new, context=100)

    if old == new:
        assert rows == ()
    else:
        assert [text(row) for row in rows if row.change != Change.ADDED] == old
        assert [text(row) for row in rows if row.change != Change.REMOVED] == new


@given(lines)
def test_nothing_changed_gives_nothing(same):
    assert compare(same, same) == ()


def test_only_the_changed_characters_of_a_reworded_line_are_marked():
    removed, added = compare(["签收次日算第 1 天"], ["签收当天算第 1 天"])

    assert (removed.change, added.change) == (Change.REMOVED, Change.ADDED)
    assert [piece.text for piece in removed.pieces if piece.changed] == ["次日"]
    assert [piece.text for piece in added.pieces if piece.changed] == ["当天"]


def test_lines_with_little_in_common_are_marked_whole():
    removed, added = compare(["签收次日算第 1 天"], ["先道歉"])

    assert [piece.changed for piece in removed.pieces + added.pieces] == [True, True]


def test_unchanged_lines_far_away_are_skipped():
    old = [f"第 {n} 行" for n in range(20)]
    new = [*old[:10], "新的一行", *old[10:]]

    rows = compare(old, new, context=2)

    assert [row.change for row in rows] == [
        Change.SKIPPED, Change.SAME, Change.SAME, Change.ADDED, Change.SAME, Change.SAME, Change.SKIPPED,
    ]  # fmt: skip


@given(lines, lines)
def test_side_by_side_shows_every_row_once_on_its_side(old, new):
    rows = compare(old, new, context=100)

    pairs = side_by_side(rows)

    assert [text(left) for left, _ in pairs if left] == ([text(r) for r in rows if r.change != Change.ADDED])
    assert [text(right) for _, right in pairs if right] == ([text(r) for r in rows if r.change != Change.REMOVED])
