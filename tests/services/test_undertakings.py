"""Whoever has not undertaken secrecy meets no resident; signatures stand for good."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from pmdesk.app import offices
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.staff import MATRIX, Permission
from pmdesk.domain.undertaking import GUARDED
from pmdesk.errors import RefusedError
from pmdesk.services import residents, staff, undertakings
from tests.offices import PASSPHRASE, founded_office


@pytest.fixture
def unsigned(office):
    """The clerk, before signing."""
    return replace(office.session("clerk"), undertaken=None)


def test_without_it_no_resident_can_be_opened(office, unsigned):
    with office.logged() as log, pytest.raises(RefusedError) as refused:
        residents.found(unsigned, ResidentQuery())

    assert refused.value.code == "E_UNDERTAKING"
    assert log == [("denied", "see_residents", ())]


@pytest.mark.parametrize("permission", sorted(GUARDED))
def test_every_act_on_people_asks_for_it(office, permission):
    session = replace(office.session("admin"), undertaken=None)

    with pytest.raises(RefusedError) as refused:
        session.require(permission)
    assert refused.value.code == "E_UNDERTAKING"


def test_rules_and_settings_need_none(office):
    session = replace(office.session("admin"), undertaken=None)
    others = MATRIX[session.staff.role] - GUARDED

    assert Permission.CONFIGURE in others
    for permission in others:
        session.require(permission)


def test_signing_opens_residents_for_a_year_and_is_logged(office, unsigned, clock):
    with office.logged() as log:
        signed = undertakings.sign(unsigned, "王芳")

    assert str(signed.undertaken) == "2027-03-02"
    assert log == [("undertaking.sign", f"staff:{signed.staff.uid}", ("1.0",))]
    assert residents.found(signed, ResidentQuery()) is not None
    assert not undertakings.is_due(signed)
    clock.advance(days=351)
    assert undertakings.is_due(signed)


def test_another_name_signs_nothing(office, unsigned):
    before = office.sql("SELECT count(*) FROM undertaking")

    with pytest.raises(RefusedError) as refused:
        undertakings.sign(unsigned, "李静")

    assert refused.value.places == {"name": "王芳"}
    assert office.sql("SELECT count(*) FROM undertaking") == before


def test_at_the_next_sign_in_it_is_found_again_until_it_runs_out(tmp_path, clock):
    founded = founded_office(tmp_path / "office", active=False, unsigned=["clerk"])

    def signed_in(login):
        opened = offices.sign_in(founded.folder, login, PASSPHRASE, clock)
        opened.close()
        return str(opened.session.undertaken)

    assert signed_in("clerk") == "None"
    assert signed_in("manager") == "2027-03-02"
    clock.advance(days=366)
    assert signed_in("manager") == "None"


def test_a_signature_can_be_neither_changed_nor_removed(office):
    office.session("admin")
    for statement in (
        "UPDATE undertaking SET name = '别人'",
        "DELETE FROM undertaking",
        "INSERT OR REPLACE INTO undertaking SELECT * FROM undertaking",
    ):
        with pytest.raises(IntegrityError, match="undertakings"):
            office.sql(statement)


def test_three_years_after_the_last_day_of_somebody_gone_it_may_go(office, admin):
    uid = office.session("clerk").staff.uid
    with office.opened["admin"].engine.begin() as connection:
        sql = connection.exec_driver_sql
        sql("UPDATE staff SET enabled = 0 WHERE uid = ?", (uid,))
        sql("UPDATE sweep SET day = '2030-03-02'")
        with pytest.raises(IntegrityError):
            sql("DELETE FROM undertaking WHERE uid = ?", (uid,))
        sql("UPDATE sweep SET day = '2030-03-03'")
        sql("DELETE FROM undertaking WHERE uid = ?", (uid,))


def test_managers_see_who_of_those_in_service_has_signed(office, manager):
    staff.disable(office.session("admin"), office.session("clerk").staff.uid)
    standings = undertakings.standings(manager)

    assert {one.staff.login for one in standings} == {"admin", "manager", "manager2", "reviewer"}
    assert all(one.holds for one in standings)
    with pytest.raises(RefusedError):
        undertakings.standings(office.session("clerk"))


def test_the_text_names_the_criminal_thresholds_and_their_half():
    text = "".join(point.zh for point in undertakings.text().points)

    for number in ("50条", "500条", "5000条", "减半", "二百五十三条之一", "微信群", "离职"):
        assert number in text
