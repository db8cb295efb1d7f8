"""Which values the desk corrects, and what follows from a correction."""

import pytest

from pmdesk.domain.fields import FieldKey
from pmdesk.errors import RefusedError
from pmdesk.services import residents
from pmdesk.services.residents import SHIELD
from pmdesk.services.rights import request_acts, request_choices, request_fields
from pmdesk.services.rights.request_acts import Order
from tests.offices import P2, PLATE_NO, SPECIAL, answers, consenting, resident
from tests.services.desk import assigned


def test_register_contract_and_consented_values_can_be_corrected_and_no_others(clerk):
    person = consenting(clerk, values=SPECIAL)
    found = {one.field.key: one.value for one in request_fields.stored(clerk, person)}
    told = answers(person_name="王小明", mobile="138****1234", clean_need="in_home")
    assert {key: found[key] for key in told} == told
    other = {one.field.key for one in request_fields.stored(clerk, resident(clerk, name="李静"))}
    assert "clean_need" not in other
    assert "unit_use" in other


def test_the_forms_offer_what_the_person_has(clerk):
    person = consenting(clerk, values=SPECIAL)
    found = request_choices.choices(clerk, person)
    assert found.live == {P2}
    assert found.stored
    assert {one.code for one in found.tiers} >= {"standard", "care"}
    assert clerk.staff.uid in {one.uid for one in found.colleagues}
    nobody = request_choices.choices(clerk, None)
    assert (nobody.live, nobody.stored) == (frozenset(), ())


@pytest.mark.parametrize("key", ["no_such_field", "room", PLATE_NO])
def test_what_is_kept_elsewhere_is_not_corrected_here(clerk, manager, key):
    with manager.store.reading() as work, pytest.raises(RefusedError):
        request_fields.require_field(work, key)


def test_a_phone_number_is_corrected_in_the_register(clerk, manager):
    person = resident(clerk)
    request = assigned(clerk, manager, "D4", person, field="mobile")
    done = request_acts.act(manager, request, Order(value="13900009999"))
    assert (done.before, done.after) == ("13800001234", "13900009999")
    with clerk.store.reading() as work:
        assert work.people.get(person).mobile == "13900009999"


def test_a_corrected_wish_for_confidentiality_holds_at_once(clerk, manager):
    person = resident(clerk)
    with clerk.store.reading() as work:
        purpose = work.catalogue.live().field(SHIELD).purpose
    request = assigned(clerk, manager, "D4", person, field=SHIELD)
    request_acts.act(manager, request, Order(value=True))
    with clerk.store.reading() as work:
        known = work.answers.get(person, purpose)
        row = work.people.rows([person], today=clerk.clock.today())[0]
    assert known.values[FieldKey(SHIELD)] is True
    assert row.shielded


def test_an_empty_value_is_a_correction_too(clerk, manager):
    person = consenting(clerk, values=answers(clean_need="in_home"))
    request = assigned(clerk, manager, "D4", person, field="clean_need")
    assert request_acts.act(manager, request, Order(value=None)).after == ""
    assert residents.detail(clerk, person) is not None
