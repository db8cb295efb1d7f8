"""Sealed values: written by anybody who takes consent, opened by few, for a reason, on record."""

import pytest

from pmdesk.domain.fields import FieldKey
from pmdesk.errors import ConflictError, NotFoundError, RefusedError
from pmdesk.i18n import told
from pmdesk.services import residents
from tests.offices import (
    ASSIST,
    P2,
    P3,
    P5,
    PLATE,
    PLATE_NO,
    consenting,
)


def refused(act, *args, **rest):
    """What is said when the act is refused."""
    with pytest.raises(RefusedError) as caught:
        act(*args, **rest)
    return told(caught.value)


def group_of(page, purpose):
    """The group of a purpose on the page."""
    return next(group for group in page.groups if group.purpose.code == purpose)


def test_a_sealed_value_opens_for_a_manager_who_says_why(clerk, manager, office):
    person = consenting(clerk, PLATE)

    with office.logged() as log:
        residents.seal_value(clerk, person, PLATE, PLATE_NO, "演A·12345")
        clear = residents.open_sealed(manager, person, PLATE, PLATE_NO, "安排坡道")

    assert clear == "演A·12345"
    assert log == [
        ("sealed.write", f"person:{person}", (PLATE_NO,)),
        ("sealed.open", f"person:{person}", (PLATE_NO,)),
    ]
    assert not any("演A·12345" in cell for _, cell in office.cells())
    group = next(g for g in residents.detail(clerk, person).groups if g.purpose.code == PLATE)
    assert group.sealed_present == {PLATE_NO}


def test_whoever_sealed_a_value_cannot_open_it_without_the_ring(clerk, office):
    person = consenting(clerk, PLATE)
    residents.seal_value(clerk, person, PLATE, PLATE_NO, "演A1")

    with office.logged() as log:
        assert refused(residents.open_sealed, clerk, person, PLATE, PLATE_NO, "why")
    assert log == [("denied", "open_sealed", ())]
    with clerk.store.reading() as work:
        blob = work.answers.sealed(person)[PLATE_NO]
    with pytest.raises(RefusedError):
        clerk.accounts.open_sealed(("pmdesk-field", 1, int(person), PLATE, PLATE_NO), blob)


def test_a_sealed_value_is_opened_for_a_reason_only(manager, office):
    person = consenting(manager, PLATE)
    residents.seal_value(manager, person, PLATE, PLATE_NO, "演A1")

    with office.logged() as log:
        assert refused(residents.open_sealed, manager, person, PLATE, PLATE_NO, "  ")
    assert log == []


@pytest.mark.parametrize("value", ["演A1234567890", "演A\n1", "\x00"])
def test_a_sealed_field_takes_only_what_fits_it(clerk, office, value):
    person = consenting(clerk, PLATE)

    assert value not in refused(residents.seal_value, clerk, person, PLATE, PLATE_NO, value)

    assert office.sql("SELECT * FROM sealed_value") == []


def test_an_emptied_sealed_value_is_gone(manager):
    person = consenting(manager, PLATE)
    residents.seal_value(manager, person, PLATE, PLATE_NO, "演A1")

    residents.seal_value(manager, person, PLATE, PLATE_NO, "")

    with pytest.raises(NotFoundError):
        residents.open_sealed(manager, person, PLATE, PLATE_NO, "why")


def test_nothing_sensitive_is_sealed_without_its_consent(clerk, office):
    person = consenting(clerk, P2, P3)

    assert refused(residents.seal_value, clerk, person, PLATE, PLATE_NO, "演A1")

    assert office.sql("SELECT * FROM sealed_value") == []


@pytest.mark.parametrize(
    ("purpose", "key"), [(P2, PLATE_NO), (P5, ASSIST), (PLATE, FieldKey("diagnosis"))]
)
def test_nothing_is_sealed_under_another_purpose_or_name(clerk, office, purpose, key):
    person = consenting(clerk, P2, P5, PLATE)

    with pytest.raises(ConflictError):
        residents.seal_value(clerk, person, purpose, key, "ramp")

    assert office.sql("SELECT * FROM sealed_value") == []
