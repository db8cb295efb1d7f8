"""P5: one consent for each item, sealed when it is given, withdrawn one by one (PIPL 29)."""

from dataclasses import replace

import pytest

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import ConsentState, Decision
from pmdesk.errors import ConflictError, NotFoundError, PmdeskError, RefusedError
from pmdesk.services import export, residents, rules
from pmdesk.services.consent import consent_items, consents
from pmdesk.services.paper.receipt_text import receipt_text
from tests.offices import ERRAND, P2, P5, answers, consenting, decide, resident, sheets

RAMP, CARRYING, RAIL = (P5, "ramp"), (P5, "carrying"), (P5, "handrail")


@pytest.fixture
def person(clerk):
    """Somebody who agreed to two items and refused a third."""
    made = resident(clerk)
    decide(clerk, made, {RAMP: True, RAIL: False, CARRYING: True})
    return made


def group(session, person):
    """What the page knows of P5."""
    page = residents.detail(session, person, again=True)
    return next(one for one in page.groups if one.purpose.code == P5)


def slots(session, person):
    """The places of the live items."""
    return [item.slot for item in group(session, person).items]


def test_each_item_has_a_consent_and_a_sealed_blob_of_its_own(clerk, person, office):
    events = office.sql("SELECT id, decision, item FROM consent_event ORDER BY id")
    items = office.sql("SELECT item, event FROM consent_item ORDER BY item")

    assert [(decision, item) for _, decision, item in events] == [
        ("refused", None),
        ("given", 1),
        ("given", 2),
    ]
    assert items == [(1, events[1][0]), (2, events[2][0])]
    assert not any("ramp" in cell or "carrying" in cell for t, cell in office.cells() if t in _OWN)


_OWN = ("consent_event", "consent_item", "consent", "audit", "audit_salt")


def test_the_receipt_names_the_items_and_the_record_does_not(clerk):
    person = resident(clerk)
    receipt = decide(clerk, person, {RAMP: True, RAIL: False})

    named = [row[0] for row in receipt_text(receipt).rows]
    assert any("坡道" in name for name in named)
    assert any("扶手" in name for name in named)
    assert {event.item for event in residents.detail(clerk, person).events} == {1, None}


def test_who_took_the_consent_cannot_open_it_a_leader_can_for_a_reason(
    clerk, manager, person, office
):
    with pytest.raises(RefusedError):
        consent_items.open_item(clerk, person, P5, 1, "上门")
    with pytest.raises(RefusedError):
        consent_items.open_item(manager, person, P5, 1, " ")
    with pytest.raises(RefusedError):  # why the person needs it is nobody's business
        consent_items.open_item(manager, person, P5, 1, "本人有残疾证")
    with office.logged() as log:
        found = consent_items.open_item(manager, person, P5, 2, "上门")

    assert found.en == "help with carrying"
    assert log == [("sealed.open", f"person:{person}", ("assist_need",))]
    with pytest.raises(NotFoundError):
        consent_items.open_item(manager, person, P5, 3, "上门")


def test_a_blob_opens_only_in_its_own_place(manager, person):
    with manager.store.writing() as work:
        blobs = work.consent_items.sealed(person, P5)
        event = next(one for one in work.consents.events(person) if one.item == 1)
        work.consent_items.clear(person, P5)
        work.consent_items.put(person, P5, 1, event.id, blobs[2])
        work.commit()

    with pytest.raises(PmdeskError):
        consent_items.open_item(manager, person, P5, 1, "上门")


def test_one_item_goes_and_the_others_stay_the_last_one_ends_the_consent(clerk, person, office):
    receipt = consents.withdraw(clerk, person, P5, item=1)

    assert slots(clerk, person) == [2]
    assert group(clerk, person).state is ConsentState.LIVE
    assert receipt.lines[0].event.item == 1
    consents.withdraw(clerk, person, P5, item=2)
    assert group(clerk, person).state is ConsentState.WITHDRAWN
    assert office.sql("SELECT * FROM consent_item") == office.sql("SELECT * FROM consent") == []


def test_an_item_that_is_not_there_cannot_be_withdrawn(clerk, person):
    with pytest.raises(RefusedError):
        consents.withdraw(clerk, person, P5, item=3)

    assert slots(clerk, person) == [1, 2]


def test_the_whole_consent_goes_with_all_items(clerk, person, office):
    receipt = consents.withdraw(clerk, person, P5)

    assert office.sql("SELECT * FROM consent_item") == []
    assert [name.en for name in receipt.erased] == ["Assistance need"]


def test_a_new_sheet_takes_the_place_of_the_one_before(clerk, manager, person):
    decide(clerk, person, {RAIL: True, RAMP: False, CARRYING: False})

    assert slots(clerk, person) == [1]
    assert consent_items.open_item(manager, person, P5, 1, "上门").en == "handrail"


def test_whoever_refuses_every_item_has_refused_the_purpose(clerk, person, office):
    decide(clerk, person, {RAMP: False, RAIL: False})

    assert group(clerk, person).state is ConsentState.REFUSED
    assert office.sql("SELECT * FROM consent_item") == []


def test_nobody_agrees_to_assistance_as_a_whole_or_to_what_is_not_on_the_list(clerk):
    person = resident(clerk)
    for item in ("", "diagnosis"):
        sheet = _sheet(clerk, person, item)
        with pytest.raises(RefusedError) as caught:
            consents.decide(clerk, person, sheet)
        assert caught.value.code == "E_SEPARATE_CONSENT"


def _sheet(session, person, item):
    (sheet,) = sheets(session, person, {RAMP: True})
    return (replace(sheet, answers=(replace(sheet.answers[0], item=item),)),)


def test_the_database_ties_an_item_to_the_event_that_gave_it(clerk, person):
    with clerk.store.writing() as work:
        refused = next(
            one for one in work.consents.events(person) if one.decision is Decision.REFUSED
        )
        given = next(one for one in work.consents.events(person) if one.item == 1)
        for slot, event in ((3, refused), (3, given), (2, given)):
            with pytest.raises(ConflictError) as caught:
                work.consent_items.put(person, P5, slot, event.id, b"blob")
            assert caught.value.code == "E_SEPARATE_CONSENT"


def test_items_stand_in_no_list_export_rule_or_draft(clerk, manager, person, office):
    other = consenting(clerk, P2, values=answers(clean_need="in_home"), name="李伟")
    made = export.listing(manager, ResidentQuery(), ERRAND)
    said = str(made) + str(residents.rows(clerk, [person, other]))
    facts = {fact.key for fact in rules.table(manager, rules.versions(manager)[-1].id).facts}

    assert "assist" not in said
    assert "assist_need" not in facts
    assert office.sql("SELECT * FROM draft") == []
