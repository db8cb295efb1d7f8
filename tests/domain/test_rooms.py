"""A room is the same room however it is written, and a date is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.domain.fields import Problem
from pmdesk.domain.rooms import LONGEST, RoomLabel, joined_room, parsed_room


def _shown(found):
    assert isinstance(found, RoomLabel)
    return found.text


def _said(found):
    assert isinstance(found, Problem)
    return found.sentence


@pytest.mark.parametrize(
    "typed",
    [
        "3-2-501",
        "3栋2单元501室",
        "3号楼2单元501",
        "3#2-501",
        "3幢-2-501",
        "３－２－５０１",
        "3 栋 2 单元 501",
        "三栋二单元501室",
        "03-02-501",
        "3.2.501",
        "3/2/501",
        "3号楼2单元5层501室",
        "3#楼2门501号",
        "3—2—501",
    ],
)
def test_a_combined_label_is_read(typed):
    assert parsed_room(typed) == RoomLabel("3", "2", "501")
    assert _shown(parsed_room(typed)) == "3-2-501"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("A座1202", "A-1202"),
        ("老楼501", "老楼-501"),
        ("甲座-2-501", "甲座-2-501"),
        ("3号楼501", "3-501"),
        ("3-501", "3-501"),
        ("桂园3-2-501", "桂园3-2-501"),
        ("桂园十二栋东单元501", "桂园12-东-501"),
        ("二十栋501", "20-501"),
        ("一期3栋2单元501", "一期3-2-501"),
        ("3栋501-1", "3-501-1"),
        ("商铺S-12", "商铺S-12"),
        ("车库-12", "车库-12"),
        ("3-2-501a", "3-2-501A"),
        ("B1-3", "B1-3"),
    ],
)
def test_buildings_have_names_and_may_lack_entrances(typed, shown):
    assert _shown(parsed_room(typed)) == shown


@pytest.mark.parametrize(
    "typed", ["2026-03-02", "46083", "46083.0", "3月2日", "2026年3月2日", "2026-3-2"]
)
def test_a_date_that_excel_made_of_a_label_is_refused_with_the_reason(typed):
    problem = parsed_room(typed)

    assert isinstance(problem, Problem)
    assert "into a date" in problem.sentence


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "room number is missing"), ("王明", "cannot be read"), ("3-2-1-501", "cannot be read")],
)
def test_an_unreadable_label_is_refused(typed, words):
    assert words in _said(parsed_room(typed))


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (("3", "2", "501"), "3-2-501"),
        (("3栋", "2单元", "501室"), "3-2-501"),
        (("03", "", "0501"), "3-0501"),
        (("3.0", "2.0", "501.0"), "3-2-501"),
        (("三号楼", "二单元", "501"), "3-2-501"),
        (("3", "2", "3-2-501"), "3-2-501"),
        (("3", "", "3-2-501"), "3-2-501"),
        (("3", "2", "40101"), "3-2-40101"),
        (("桂园3", "", "东商铺"), "桂园3-东商铺"),
        (("3", "2", "12-1"), "3-2-12-1"),
    ],
)
def test_three_cells_make_one_label(cells, shown):
    assert _shown(joined_room(*cells)) == shown


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("2026-03-02", "", "501"), "into a date"),
        (("3", "46083", "501"), "into a date"),
        (("3", "2", "2026-03-02"), "into a date"),
        (("", "2", "501"), "building is missing"),
        (("3", "2", ""), "room number is missing"),
        (("3", "2", "5*1"), "cannot be read"),
        (("3*", "2", "501"), "cannot be read"),
        (("3", "2*", "501"), "cannot be read"),
        (("长" * (LONGEST + 1), "", "501"), "more than"),
    ],
)
def test_cells_that_make_no_label_are_refused(cells, words):
    assert words in _said(joined_room(*cells))


@given(
    st.integers(1, 99), st.one_of(st.just(""), st.integers(1, 9).map(str)), st.integers(101, 3299)
)
@settings(max_examples=100)
def test_a_shown_label_reads_as_itself(building, entrance, room):
    label = RoomLabel(str(building), entrance, str(room))

    assert parsed_room(label.text) == label
    assert joined_room(*label) == label


@given(st.text(max_size=15))
@settings(max_examples=200)
def test_no_reason_quotes_what_was_typed(text):
    found = parsed_room(text)
    if isinstance(found, Problem):
        assert found.places == {"count": LONGEST}


@pytest.mark.parametrize("written", ["老楼", "甲座", "东栋"])
def test_a_building_without_a_number_keeps_its_whole_name(written):
    assert _shown(joined_room(written, "东单元", "501")) == f"{written}-东-501"
    assert joined_room(written, "", f"{written}501") == RoomLabel(written, "", "501")
