"""What is typed to register somebody, as a value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.services import starters
from pmdesk.ui.resident.entry import Entry

FIELDS = {str(field.key): field for field in starters.catalogue().fields}
GOOD = Entry(name="王小明", mobile="13800001234", room="3-1-502", role="owner")


def _keys(entry):
    return {problem.key for problem in entry.problems(FIELDS) if not problem.warning}


def test_a_complete_entry_has_no_problem():
    assert _keys(GOOD) == set()
    assert not GOOD.is_blank


def test_an_empty_entry_lacks_name_room_and_role_but_not_the_phone():
    assert _keys(Entry()) == {"person_name", "unit_ref", "party_role"}
    assert Entry().is_blank


@pytest.mark.parametrize("room", ["3-1-502", "3栋1单元502", "3栋1单元502室", " 3#1-502 "])
def test_a_room_is_understood_however_it_is_written(room):
    made = Entry(room=room).registration()

    assert (made.building, made.entrance, made.room) == ("3", "1", "502")


def test_two_numbers_in_one_place_are_refused_and_a_landline_only_warned_of():
    assert "mobile" in _keys(GOOD.with_value("mobile", "13800001234、13900001234"))
    landline = GOOD.with_value("mobile", "010-88880000")
    assert "mobile" not in _keys(landline)
    assert [p.key for p in landline.problems(FIELDS)] == ["mobile"]


@given(st.text(), st.text(), st.text(), st.sampled_from(["", "owner", "tenant"]))
def test_a_draft_gives_back_exactly_what_was_typed(name, mobile, room, role):
    entry = Entry(name=name, mobile=mobile, room=room, role=role)

    assert Entry.from_document(entry.document()) == entry
