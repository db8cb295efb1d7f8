"""Answers come back as they were given, and only where a consent is live."""

from datetime import date, timedelta

import pytest

from pmdesk.errors import ConflictError, NotFoundError, RefusedError
from pmdesk.services import starters
from pmdesk.store import catalogue_json, gate
from pmdesk.store.answers import SqlAnswers
from pmdesk.store.catalogue_register import SqlCatalogue
from tests.store.conftest import AT, P1, P2, P5, TODAY, notice, small_catalogue

EVERYTHING = {
    "clean_need": "home",
    "patrol_need": ("door", "escort"),
    "quiet": False,
    "budget": 0,
    "asked_on": date(2026, 3, 1),
}
NOTHING = dict.fromkeys(EVERYTHING)


@pytest.fixture
def answers(connection, context):
    return SqlAnswers(connection, context)


@pytest.fixture
def person(enter):
    return enter()


@pytest.fixture
def consented(person, decide):
    for purpose in (P2, P5):
        decide(person, purpose=purpose)
    return person


def test_values_come_back_as_they_were_given(answers, consented):
    assert answers.get(consented, P2) is None
    answers.put(consented, P2, EVERYTHING, source="visit", at=AT)
    found = answers.get(consented, P2)
    assert found.values == EVERYTHING
    assert (found.source, found.collected_at, found.confirmed_at) == ("visit", AT, AT)


def test_what_is_left_out_is_unknown_which_is_not_none_of_them(answers, consented):
    answers.put(consented, P2, EVERYTHING, source="visit", at=AT)
    later = AT + timedelta(days=1)
    answers.put(consented, P2, {"patrol_need": ()}, source="counter", at=later)
    found = answers.get(consented, P2)
    assert found.values == NOTHING | {"patrol_need": ()}
    assert (found.source, found.collected_at, found.confirmed_at) == ("counter", AT, later)
    answers.put(consented, P2, {}, source="counter", at=later)
    assert answers.get(consented, P2).values == NOTHING


@pytest.mark.parametrize(
    "period", [(TODAY, None), (None, TODAY), (TODAY, TODAY + timedelta(days=9)), None]
)
def test_periods_may_be_open_at_either_end(answers, person, period):
    answers.put(person, P1, {"renovation": period, "mail_address": ""}, source="visit", at=AT)
    values = answers.get(person, P1).values
    assert values == {"renovation": period, "mail_address": None, "unit_use": None}


def test_values_of_the_contract_need_no_consent_but_a_person(answers, person):
    answers.put(person, P1, {"unit_use": "home"}, source="visit", at=AT)
    with pytest.raises(NotFoundError):
        answers.put(4711, P1, {"unit_use": "home"}, source="visit", at=AT)


def test_without_a_live_consent_it_says_what_is_missing(answers, person):
    for act in (
        lambda: answers.put(person, P2, {"quiet": True}, source="visit", at=AT),
        lambda: answers.seal(person, P5, "assist_need", b"sealed"),
    ):
        with pytest.raises(RefusedError) as refused:
            act()
        assert refused.value.remedy
        assert refused.value.places["purpose"]
    assert answers.get(person, P2) is None
    assert answers.sealed(person) == {}


@pytest.mark.parametrize(
    ("code", "field"), [(P2, "religion"), (P2, "unit_use"), ("P0", "quiet"), (P2, "by")]
)
def test_a_field_that_is_not_in_the_catalogue_is_refused(answers, consented, code, field):
    with pytest.raises(RefusedError):
        answers.put(consented, code, {field: "x"}, source="visit", at=AT)


def test_a_value_that_slipped_past_every_form_is_refused_by_the_database(answers, consented):
    for values in ({"clean_need": "palace"}, {"budget": 1000}, {"patrol_need": ("why",)}):
        with pytest.raises(ConflictError):
            answers.put(consented, P2, values, source="visit", at=AT)


def test_sealed_values_are_kept_replaced_and_removed(answers, consented):
    answers.seal(consented, P5, "assist_need", b"one")
    answers.seal(consented, P5, "assist_need", b"two")
    assert answers.sealed(consented) == {"assist_need": b"two"}
    with pytest.raises(ConflictError):
        answers.seal(consented, P5, "diagnosis", b"three")
    answers.seal(consented, P5, "assist_need", b"")
    assert answers.sealed(consented) == {}


def test_the_starter_catalogue_makes_tables_and_comes_back_the_same(connection, context):
    shipped = starters.catalogue()
    register = SqlCatalogue(connection, context)
    register.install(shipped)
    assert SqlCatalogue(connection, context).live() == shipped
    assert set(gate.tables(shipped)) == set(shipped.answering)
    for answers in gate.tables(shipped).values():
        sql = f"SELECT count(*) FROM {answers.table.name}"
        assert connection.exec_driver_sql(sql).scalar() == 0


def test_a_catalogue_survives_its_document(connection, context):
    catalogue = small_catalogue()
    assert catalogue_json.decoded(catalogue_json.encoded(catalogue)) == catalogue


def test_an_office_without_a_catalogue_says_so(connection, context):
    connection.exec_driver_sql("DELETE FROM catalogue")
    with pytest.raises(NotFoundError):
        SqlCatalogue(connection, context).live()


def test_the_newest_notice_is_live_and_older_ones_stay(connection, context):
    register = SqlCatalogue(connection, context)
    later = AT + timedelta(days=1)
    register.add_notice(notice(version="2.0"), at=later)
    assert register.notice(P2, "zh_CN") == notice(version="2.0")
    assert register.notice_version(P2, "1.0", "zh_CN") == notice()
    assert register.notice(P2, "en") is None
    assert register.notice_version(P2, "3.0", "zh_CN") is None


def test_many_are_written_as_one_would_be(answers, enter, decide):
    people = [enter(name=name) for name in ("曾国强", "王小明", "李晓")]
    for one in people[:2]:
        decide(one, purpose=P2)
    answers.put(people[0], P2, EVERYTHING, source="visit", at=AT)
    later = AT + timedelta(days=1)
    rows = [(people[0], {"quiet": True}), (people[1], EVERYTHING)]
    answers.put_many(P2, rows, source="import", at=later)
    first, second = (answers.get(one, P2) for one in people[:2])
    assert first.values == NOTHING | {"quiet": True}
    assert (first.collected_at, first.confirmed_at, first.source) == (AT, later, "import")
    assert second.values == EVERYTHING


def test_of_many_none_is_written_where_one_has_no_consent(answers, enter, decide, connection):
    people = [enter(name=name) for name in ("曾国强", "王小明")]
    decide(people[0], purpose=P2)
    with connection.begin_nested(), pytest.raises(RefusedError):
        answers.put_many(P2, [(one, EVERYTHING) for one in people], source="import", at=AT)
    assert answers.get(people[1], P2) is None
