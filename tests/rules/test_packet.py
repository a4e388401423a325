import json
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.rules.packet import ChangeCode, canonical, changes, digest, markers, text_digest, unmet

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
packets = st.dictionaries(st.text(), plain)


def exam(number=1, value="93.0", **more):
    return {"kind": "attempt", "id": number, "value": value, "at": "2026-11-01T02:00:00+00:00", **more}


def requirement(slug="rules-exam", kind="exam_score", state="met", evidence=(), **more):
    return {
        "slug": slug, "kind": kind, "state": state, "certainty": "sure", "value": "93.0", "target": "85",
        "margin": "2.1", "evidence": list(evidence), **more,
    }  # fmt: skip


def packet(**more):
    return {
        "plan": {"slug": "standard", "version": 2},
        "probation_ends_on": "2026-12-31",
        "team": 1,
        "supervisor": 1,
        "days_left": 30,
        "requirements": [requirement(evidence=[exam()])],
        "rechecks": [],
        "statement": None,
        "markers": {"4": ["texts"]},
        **more,
    }


def codes(old, new):
    return [change.code for change in changes(old, new)]


@given(packets)
def test_the_digest_survives_a_database(made):
    assert digest(json.loads(json.dumps(made))) == digest(made)


@given(packets)
def test_the_order_of_keys_does_not_matter(made):
    assert canonical(dict(reversed(made.items()))) == canonical(made)


@given(packets, st.text())
def test_any_change_changes_the_digest(made, text):
    other = {**made, "reasons": text + "x"}
    assert (digest(other) == digest(made)) is (other == made)


@pytest.mark.parametrize("value", [1.5, {1: "a"}, {"a": {3}}, [object()]])
def test_what_would_not_come_back_the_same_is_refused(value):
    with pytest.raises(TypeError):
        canonical({"value": value})


def test_equal_packets_have_not_changed():
    assert changes(packet(), packet()) == ()


def test_another_day_is_no_change():
    old = packet(at="a", days_left=30, requirements=[requirement("days", "days_in_post", value="30", margin=None)])
    new = deepcopy(old)
    new["requirements"][0]["value"] = "31"

    assert changes(old, {**new, "at": "b", "days_left": 29}) == ()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"plan": {"slug": "standard", "version": 3}}, ChangeCode.PLAN),
        ({"probation_ends_on": "2027-01-31"}, ChangeCode.PROBATION),
        ({"supervisor": 2}, ChangeCode.TEAM),
        ({"requirements": [requirement(state="near", evidence=[exam()])]}, ChangeCode.STATE),
        ({"requirements": [requirement(certainty="borderline", evidence=[exam()])]}, ChangeCode.STATE),
        ({"requirements": [requirement(value="94.0", evidence=[exam()])]}, ChangeCode.VALUE),
        ({"requirements": [requirement(evidence=[exam(), exam(2)])]}, ChangeCode.EVIDENCE),
        ({"requirements": [requirement(evidence=[exam(value="91.0")])]}, ChangeCode.REMARKED),
        ({"requirements": [requirement(evidence=[exam(unsettled=True)])]}, ChangeCode.REMARKED),
        ({"requirements": [requirement()]}, ChangeCode.GONE),
        ({"requirements": []}, ChangeCode.DROPPED),
        ({"rechecks": [{"id": 5}]}, ChangeCode.RECHECK),
        ({"statement": {"number": 1, "sha256": text_digest("好")}}, ChangeCode.STATEMENT),
    ],
)
def test_each_change_is_told(more, code):
    assert codes(packet(), packet(**more)) == [code]


def test_a_new_requirement_and_a_recheck_that_is_done_are_told():
    old = packet(rechecks=[{"id": 5}])
    new = packet(requirements=[*packet()["requirements"], requirement("typing")])
    assert codes(old, new) == [ChangeCode.ADDED, ChangeCode.RECHECK_DONE]


def test_a_change_names_what_it_is_about():
    change = changes(packet(), packet(requirements=[requirement(evidence=[exam(value="91.0")])]))[0]

    assert (change.before, change.after) == ("93.0", "91.0")
    assert change.requirement["slug"] == "rules-exam"
    assert change.evidence["id"] == 1


def test_markers_are_people():
    assert markers(packet()) == {4}
    assert markers({}) == frozenset()


def test_what_is_not_met_is_named():
    found = unmet(packet(requirements=[requirement(), requirement("typing", state="near")]))

    assert [one["slug"] for one in found] == ["typing"]
