"""Places that all share are understood as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain.orders import areas
from pmdesk.domain.rooms import parsed_room

BUILDINGS = ("1", "2", "3", "5", "10", "A", "B1", "桂园", "老楼", "东")

USUAL = {
    "3栋2单元楼道": ("3", "2单元楼道"),
    "3-2单元楼道": ("3", "2单元楼道"),
    "3 2单元楼道": ("3", "2单元楼道"),
    "３栋２单元楼道": ("3", "2单元楼道"),
    "3号楼2单元大堂": ("3", "2单元大堂"),
    "三号楼二单元电梯": ("3", "2单元电梯"),
    "3栋2单元": ("3", "2单元"),
    "3#2单元门口": ("3", "2单元门口"),
    "3栋东单元大堂": ("3", "东单元大堂"),
    "3栋2号电梯": ("3", "2号电梯"),
    "3-1号电梯": ("3", "1号电梯"),
    "3电梯": ("3", "电梯"),
    "3栋12层走廊": ("3", "12层走廊"),
    "3-12层走廊": ("3", "12层走廊"),
    "3栋-1层": ("3", "负1层"),
    "3栋2单元-1层": ("3", "2单元负1层"),
    "3栋负一层": ("3", "负一层"),
    "3幢大堂": ("3", "大堂"),
    "3座门厅": ("3", "门厅"),
    "10#楼大堂": ("10", "大堂"),
    "3号楼楼顶": ("3", "楼顶"),
    "3号房顶": ("3", "房顶"),
    "3栋户外": ("3", "户外"),
    "3室外机平台": ("3", "室外机平台"),
    "3号楼道": ("3", "楼道"),
    "3栋顶楼": ("3", "顶楼"),
    "3栋地下室": ("3", "地下室"),
    "1号楼2号门": ("1", "2号门"),
    "A座大堂": ("A", "大堂"),
    "桂园大堂": ("桂园", "大堂"),
    "老楼楼道": ("老楼", "楼道"),
    "3栋": ("3", ""),
    "3号楼": ("3", ""),
    "桂园": ("桂园", ""),
    "1栋101号电表箱": ("1", "101号电表箱"),
    "1栋1单元102号电表箱": ("1", "1单元102号电表箱"),
    "1/2栋之间": ("", "1/2栋之间"),
    "3-2#电梯": ("3", "2#电梯"),
    "B1层车库": ("", "B1层车库"),
    "-1层车库": ("", "-1层车库"),
    "地下车库2层": ("", "地下车库2层"),
    "地下室": ("", "地下室"),
    "顶楼": ("", "顶楼"),
    "北门": ("", "北门"),
    "东门": ("", "东门"),
    "1号门": ("", "1号门"),
    "2号电梯": ("", "2号电梯"),
    "小区道路": ("", "小区道路"),
    "A区草坪": ("", "A区草坪"),
    "101号车位": ("", "101号车位"),
    "配电房1": ("", "配电房1"),
    "车库-12": ("", "车库-12"),
}


def found(text):
    """Building and area of all that the words may mean."""
    return [(one.building, one.area) for one in areas.shared(text, BUILDINGS)]


@pytest.mark.parametrize(("text", "place"), USUAL.items(), ids=USUAL)
def test_a_usual_place_comes_first(text, place):
    assert found(text)[0] == place


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("2号电梯", ("2", "电梯")),
        ("5楼", ("", "5楼")),
        ("B1车库", ("", "B1车库")),
        ("1/2栋之间", ("1", "2栋之间")),
    ],
)
def test_where_words_have_two_meanings_both_are_offered(text, other):
    assert other in found(text)[1:]


@pytest.mark.parametrize(
    "text",
    [
        "3-502厨房",
        "502厨房",
        "3栋502厨房漏水",
        "1号楼1单元101室漏水",
        "1栋1单元101门口",
        "1-2-501厨房漏水",
        "3-2-501",
        "xyz",
        "138",
        "2单元楼道",
        "大" * 21,
    ],
)
def test_homes_letters_and_entrances_of_no_building_are_no_shared_place(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        ("3-2-501", True),
        ("3-102东", True),
        ("3-502-1", True),
        ("3栋12层走廊", False),
        ("3-2层", False),
        ("3-1电梯", False),
        ("3-5楼道", False),
        ("3-2大堂", False),
        ("3-东", False),
    ],
)
def test_only_what_is_written_like_a_room_may_become_a_new_one(text, is_plain):
    label = parsed_room(text)

    assert (isinstance(label, tuple) and areas.is_plain_room(label)) is is_plain


def test_a_building_that_nobody_knows_is_named_once_the_register_has_any():
    assert areas.unknown_building("12栋大堂", BUILDINGS) == "12"
    assert areas.unknown_building("3栋大堂", BUILDINGS) == ""
    assert areas.unknown_building("12栋大堂", ()) == ""
    assert found("12栋大堂") == [("", "12栋大堂")]


def test_without_any_building_an_entrance_may_stand_alone():
    assert areas.lacks_building("2单元楼道", BUILDINGS)
    assert not areas.lacks_building("2单元楼道", ())
    assert [one.area for one in areas.shared("2单元楼道", ())] == ["2单元楼道"]


NUMBERS = st.integers(1, 33).map(str)
ROOMS = st.one_of(
    st.integers(101, 3399).map(str), st.integers(1, 99).map("{:02}室".format), st.just("5户")
)


@given(
    building=st.one_of(NUMBERS, st.sampled_from(["A", "B1"])),
    joint=st.sampled_from(["-", "栋", "号楼", "#", "座", "幢", "号"]),
    entrance=st.sampled_from(["", "1-", "2单元", "B-"]),
    floor=st.sampled_from(["", "5层", "12楼"]),
    room=ROOMS,
    tail=st.sampled_from(["", "漏水", "门口", "厨房"]),
)
def test_a_home_is_no_shared_place_however_it_is_written(
    building, joint, entrance, floor, room, tail
):
    assert found(f"{building}{joint}{entrance}{floor}{room}{tail}") == []
    assert found(f"{floor}{room}{tail}") == []


@given(
    number=st.integers(1, 9999),
    what=st.sampled_from(["号门", "号车位", "号电表箱", "号岗亭"]),
    before=st.sampled_from(["", "2栋", "2栋1单元"]),
)
def test_what_is_numbered_stays_a_place_however_many_digits_it_has(number, what, before):
    """1203号门 is no flat 120."""
    words = f"{number}{what}"
    wanted = ("2", f"{before[2:]}{words}") if before else ("", words)
    assert wanted in found(f"{before}{words}")
