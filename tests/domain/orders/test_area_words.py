"""A place that all share is one whatever words stand with it; somebody's name never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain.orders.area_words import is_place, is_spot
from pmdesk.domain.orders.areas import Shared, shared
from tests.domain.orders.test_areas import BUILDINGS, USUAL

# surnames that are said of places as well stand among the common ones
SURNAMES = "王李张刘陈杨黄赵吴周路车池左房门楼东南花水井林江田"
GIVEN = "芳静强明丽大小新东中南北正华国庆红"


@pytest.mark.parametrize("text", USUAL, ids=USUAL)
def test_every_usual_place_is_understood(text):
    assert all(one.is_understood for one in shared(text, BUILDINGS))


@pytest.mark.parametrize(
    "text",
    ["东北门", "小区东南角", "地下车库负二层", "儿童游乐区旁", "3号岗亭", "12栋", "12栋与13栋之间"],
)
def test_a_place_of_the_estate_is_understood(text):
    assert is_place(text)


@pytest.mark.parametrize("text", ["东侧", "12层走廊", "2单元", ""])
def test_a_part_of_a_named_building_needs_less(text):
    assert is_spot(text)


@given(surname=st.sampled_from(SURNAMES), given_name=st.text(GIVEN, min_size=1, max_size=2))
def test_a_name_is_no_place_of_the_estate(surname, given_name):
    assert not is_place(f"{surname}{given_name}")


@pytest.mark.parametrize(
    "text",
    [
        "不存在的人ZZZ",
        "王芳",
        "路东",
        "左中东",
        "江大门",
        "张三门口",
        "王芳楼下",
        "东方",
        "高楼",
        "口",
    ],
)
def test_names_and_words_of_nobody_are_no_place(text):
    assert not is_place(text)


@pytest.mark.parametrize("area", ["张三", "王芳家", "李四门口"])
def test_a_name_behind_a_building_is_not_understood(area):
    assert not Shared(building="3", area=area).is_understood
