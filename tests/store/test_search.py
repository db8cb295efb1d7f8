"""A resident is found by what people remember, and no typed sign is taken for a command."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.people import PersonId
from pmdesk.store import search
from pmdesk.store.people import SqlPeople
from tests.store.conftest import TODAY, enter_person

PEOPLE = {
    "曾国强": ("13800000042", "3-1-502"),
    "王伟": ("13900001502", "30-1-101"),
    "欧阳娜娜": ("", "10-2-502"),
    "买买提·艾力": ("13700000007", "12-1-3"),
    "John Smith": ("13600000008", "B1--201"),
    "𠮷野": ("13500000009", "紫荆苑3-2-601"),
    "吕布": ("13400000010", ""),
}


@pytest.fixture
def found(connection, context):
    """The names that a typed text finds, in the order of the rooms."""
    ids = {enter_person(connection, context, n, m, r): n for n, (m, r) in PEOPLE.items()}
    people = SqlPeople(connection, context)
    return lambda text: [ids[i] for i in people.ids(ResidentQuery(text=text), today=TODAY)]


@pytest.mark.parametrize(
    "text",
    [
        *("曾国强", "曾国", "国强", "曾", "强", "zgq", "cgq", "zg", "z", "Z", "ZGQ", "zengguo"),
        *("zeng guo qiang", "cengguoqiang", "0042", "042", "13800000042", "138 0000 0042"),
        *("+86 138-0000-0042", "3-1-502", "3-1-5", "３－１－５０２", "502", "3栋", "3号楼", "3#"),
        *("3栋1单元502室", "3栋 曾", "曾 3栋", "3栋曾国强", "1-502", " 曾国强 ", "曾国强，"),
    ],
)
def test_what_people_remember_finds_the_person(found, text):
    assert "曾国强" in found(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("3栋", ["曾国强", "𠮷野"]),  # and not 30栋
        ("502", ["曾国强", "欧阳娜娜", "王伟"]),  # rooms and the tail of a phone
        ("guoqiang", []),  # pinyin counts from the start of the name
        ("gq", []),
        ("国曾", []),
        ("1380000", []),
        ("3-1-503", []),
        ("艾力", ["买买提·艾力"]),
        ("买买提·艾力", ["买买提·艾力"]),
        ("mmtal", ["买买提·艾力"]),
        ("smith", ["John Smith"]),
        ("js", ["John Smith"]),
        ("john smith", ["John Smith"]),
        ("B1-201", ["John Smith"]),
        ("b1栋", ["John Smith"]),
        ("𠮷", ["𠮷野"]),
        ("紫荆", ["𠮷野"]),
        ("紫荆苑3-2", ["𠮷野"]),
        ("oyn", ["欧阳娜娜"]),
        ("lv", ["吕布"]),
    ],
)
def test_it_finds_these_and_no_others(found, text, names):
    assert found(text) == names


def test_nothing_typed_shows_everybody_by_room_and_signs_alone_show_nobody(found):
    everybody = ["曾国强", "欧阳娜娜", "买买提·艾力", "王伟", "John Smith", "𠮷野", "吕布"]
    assert found("") == found("  ") == everybody
    for signs in ("，。", '"', "*", "😀", "---", "%", "' OR 1=1 --"):
        assert found(signs) == []


SIGNS = st.text(
    st.sampled_from(list("\"'*^():{}+-AND ORNEAR1栋3曾z国%_;\\\x00#/.，·")), max_size=12
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(SIGNS, st.text(max_size=20)))
def test_no_typed_sign_ever_reaches_the_query_language(connection, text):
    expression = search.match_expression(text)
    if expression is not None:
        try:
            connection.exec_driver_sql(
                "SELECT count(*) FROM person_search WHERE person_search MATCH ?", (expression,)
            )
        except DBAPIError as error:
            raise AssertionError(expression) from error


@pytest.mark.parametrize("text", ["name:曾", "phone : 2400", "曾* OR 王*", 'x" OR name:"曾'])
def test_the_words_of_the_query_language_are_words_like_any_other(found, text):
    assert found(text) == []


def test_the_index_follows_every_change(connection, context, found):
    people = SqlPeople(connection, context)
    person = PersonId(people.ids(ResidentQuery(text="zgq"), today=TODAY)[0])
    old = people.get(person)
    people.save(person, "陈静", "13900000077", (), revision=old.revision, at=old.updated_at)
    assert found("zgq") == found("0042") == found("3-1-502") == []
    assert found("cj") == found("0077") == ["曾国强"]  # the name as it was entered
    people.remove(person)
    assert found("cj") == []


def test_who_is_removed_is_not_in_the_index(connection, context):
    person = enter_person(connection, context, "覃小雨", "13812345678")
    SqlPeople(connection, context).remove(person)
    left = connection.exec_driver_sql("SELECT count(*) FROM person_search").scalar()
    assert left == 0
