"""Values of a purpose group as a draft keeps them."""

from datetime import date

import pytest

from pmdesk.services import starters
from pmdesk.ui.resident.values import document, from_document, with_value
from tests.offices import answers

CATALOGUE = starters.catalogue()
P1 = CATALOGUE.answers("P1")
VALUES = answers(
    mail_address="江边路",
    floor_area=8950,
    handover_date=date(2020, 5, 1),
    lease_period=(date(2025, 1, 1), None),
    id_verified=False,
)


def test_a_draft_gives_back_every_kind_of_value():
    assert from_document(document(VALUES), P1) == VALUES


def test_several_options_come_back_in_their_order():
    fields = CATALOGUE.answers("P2")
    values = answers(repair_need=("water", "electricity"))

    assert from_document(document(values), fields) == values


def test_what_was_no_day_comes_back_as_it_was_typed():
    assert from_document('{"handover_date": "nächste"}', P1) == {"handover_date": "nächste"}


def test_fields_that_are_gone_are_left_out():
    assert from_document('{"gone": 1}', P1) == {}


@pytest.mark.parametrize("nothing", [None, "", ()])
def test_nothing_entered_is_the_same_as_not_there(nothing):
    assert with_value(answers(email="a@example.cn"), "email", nothing) == {}


def test_no_is_an_answer():
    assert with_value({}, "id_verified", value=False) == {"id_verified": False}
