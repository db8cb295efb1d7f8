"""Notices deleted or altered by hand in the file: found, not processed, not asked with, mended."""

from dataclasses import replace

import pytest

from pmdesk.errors import RefusedError
from pmdesk.services import classification, residents
from pmdesk.services import office as office_service
from pmdesk.services.consent import consents
from pmdesk.services.notices import publishing, purpose_desk, purpose_shelf
from tests.offices import P2, P3, SPECIAL, consenting, resident, tier


def by_hand(office, *statements):
    """What somebody with the key and another program does to the file."""
    office.session("admin")
    with office.opened["admin"].engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("DROP TRIGGER IF EXISTS notice_stays")
        raw.execute("DROP TRIGGER IF EXISTS notice_stands")
        for statement in statements:
            raw.execute(statement)
        raw.commit()
        raw.execute("PRAGMA foreign_keys = ON")


def signed_in(office, login="clerk"):
    session = office.session(login)
    return office_service.sign_in(session.store, session.accounts, office.clock, session.staff.uid)


DAMAGE = {
    "deleted": "DELETE FROM notice WHERE purpose = 'P2' AND version = '1.0'",
    "one language deleted": "DELETE FROM notice WHERE purpose = 'P2' AND language = 'en'",
    "text altered": "UPDATE notice SET text = text || '无期限' WHERE purpose = 'P2'",
    "fields altered": "UPDATE notice SET fields = '[\"floor_area\"]' WHERE purpose = 'P2'",
}


@pytest.mark.parametrize("statement", DAMAGE.values(), ids=DAMAGE)
def test_what_hangs_on_a_damaged_notice_is_not_processed(office, manager, statement):
    person = consenting(manager, P2, values=SPECIAL)
    assert tier(manager, person) == "care"

    by_hand(office, statement)
    with office.logged() as log:
        signed_in(office)

    assert ("notice.tampered", "purposes") in [(action, target) for action, target, _f in log]
    assert tier(manager, person) == "standard"
    classification.classify_all(manager)
    assert tier(manager, person) == "standard"
    assert [(one.purpose, one.version) for one in purpose_shelf.broken(manager)] == [(P2, "1.0")]


@pytest.mark.parametrize("statement", DAMAGE.values(), ids=DAMAGE)
def test_its_entries_are_neither_shown_nor_written_until_it_is_asked_anew(
    office, manager, statement
):
    person = consenting(manager, P2, values=SPECIAL)
    by_hand(office, statement)

    group = next(g for g in residents.detail(manager, person).groups if g.purpose.code == P2)

    assert group.answers is None
    assert group.lock is not None
    assert "damaged" in group.lock.reason
    with pytest.raises(RefusedError) as caught:
        residents.save_answers(manager, person, P2, SPECIAL)
    assert caught.value.code == "E_NOTICE_DAMAGED"
    consents.withdraw(manager, person, P2)
    assert office.sql("SELECT * FROM answers_p2") == []


def test_consents_to_a_lost_notice_run_out_as_any_other(office, manager):
    person = consenting(manager, P2, values=SPECIAL)
    by_hand(office, "DELETE FROM notice WHERE purpose = 'P2'")
    office.clock.advance(days=732)

    signed_in(office)

    decisions = "SELECT decision, notice_version FROM consent_event WHERE person = :who"
    assert office.sql(decisions, who=person) == [("given", "1.0"), ("expired", "1.0")]
    digests = office.sql("SELECT DISTINCT notice_digest FROM consent_event")
    assert len(digests) == 1  # of the text that was shown
    assert [(one.purpose, one.version) for one in purpose_shelf.broken(manager)] == [(P2, "1.0")]


def test_text_and_digest_altered_together_are_found_by_the_signed_log(office, manager):
    person = consenting(manager, P2, values=SPECIAL)

    by_hand(
        office,
        "UPDATE notice SET text = 'x', digest = "
        "'2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881' WHERE purpose = 'P2'",
    )
    signed_in(office)

    assert tier(manager, person) == "standard"


def test_nobody_is_asked_with_a_damaged_notice_until_it_is_in_force_again(office, admin, clerk):
    by_hand(office, DAMAGE["text altered"])
    person = resident(clerk)
    assert P2 not in {choice.purpose.code for choice in consents.choices(clerk, resident(clerk))}
    with pytest.raises(RefusedError):
        consenting(clerk, P2, name="李四")

    purpose_desk.restore(admin, P2)

    assert P2 in {choice.purpose.code for choice in consents.choices(clerk, person)}
    row = next(one for one in purpose_shelf.shelf(admin) if one.purpose.code == P2)
    assert (row.version, row.broken) == ("1.1", False)


def test_a_version_number_of_a_deleted_notice_is_never_given_again(office, admin, manager):
    person = consenting(manager, P2, values=SPECIAL)
    by_hand(office, "DELETE FROM notice WHERE purpose = 'P2'")

    purpose_desk.restore(admin, P2)

    with admin.store.reading() as work:
        assert work.catalogue.notice(P2, "zh_CN").version == "1.1"
    row = next(one for one in purpose_shelf.shelf(admin) if one.purpose.code == P2)
    assert not row.broken, "the version in force is whole"
    classification.classify_all(manager)
    assert tier(manager, person) == "standard", "who agreed to the lost text is asked anew"
    assert [(one.version, one.people) for one in purpose_shelf.broken(admin)] == [("1.0", 1)]


def test_the_other_purposes_go_on(office, manager):
    person = consenting(manager, P2, P3, values=SPECIAL)

    by_hand(office, "DELETE FROM notice WHERE purpose = 'P3'")
    signed_in(office)

    assert tier(manager, person) == "care"


def test_an_intact_office_says_nothing(office, manager):
    consenting(manager, P2, values=SPECIAL)

    with office.logged() as log:
        signed_in(office)

    assert not [action for action, _t, _f in log if action.startswith("notice")]
    assert purpose_shelf.broken(manager) == ()


def test_without_its_own_connection_nobody_deletes_a_notice(office, admin):
    with admin.store.writing() as work, pytest.raises(Exception, match="kept"):
        work._connection.exec_driver_sql("DELETE FROM notice")


def test_a_damaged_notice_is_not_printed(office, admin):
    by_hand(office, DAMAGE["text altered"])

    with pytest.raises(RefusedError) as caught:
        purpose_shelf.sheet(admin, P2, "zh_CN")

    assert caught.value.code == "E_CONSENT_STALE"


def test_notices_of_an_older_program_are_entered_in_the_signed_log_once(office, admin):
    with office.logged() as log, admin.store.writing() as work:
        older = replace(work.catalogue.notice(P2, "zh_CN"), version="1.1")
        work.catalogue.add_notice(older, at=admin.clock.now())
        publishing.attest(admin, work)
        publishing.attest(admin, work)
        work.commit()

    assert log == [("notice.attested", publishing.IMPRINTS, (older.imprint,))]
