from hypothesis import given
from hypothesis import strategies as st

from trainer.rules.notes import both


@given(st.text(), st.text())
def test_nothing_of_either_text_is_lost_and_twice_is_once(stored, sent):
    merged = both(stored, sent)
    assert stored in merged and sent in merged
    assert both(merged, sent) == merged
