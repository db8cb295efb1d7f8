"""The office: set up whole or not at all, its particulars in every notice, consents that end."""

from dataclasses import replace
from typing import Any

import pytest

from pmdesk.app import offices
from pmdesk.app.offices import Founder
from pmdesk.domain.classification import RulesetStatus
from pmdesk.domain.consents import Decision
from pmdesk.domain.staff import Role
from pmdesk.errors import RefusedError
from pmdesk.i18n import LANGUAGES
from pmdesk.services import office as office_service
from pmdesk.services import residents, rules, staff, undertakings
from pmdesk.services.consent import consents
from tests.offices import CHEAP, P2, P3, PASSPHRASE, PROFILE, SPECIAL, consenting, tier

FOUNDER = Founder(login="guanli", name="周敏", password=PASSPHRASE)


def notice(session, purpose=P2, language="zh_CN"):
    with session.store.reading() as work:
        return work.catalogue.notice(purpose, language)


def test_a_new_office_has_everything_to_begin_with(tmp_path, clock):
    opened, recovery = offices.found(tmp_path / "o", PROFILE, FOUNDER, clock, kdf=CHEAP)
    session = undertakings.sign(opened.session, opened.session.staff.name)

    assert office_service.profile(session) == PROFILE
    assert session.staff.role is Role.ADMIN
    assert [one.login for one in staff.everyone(session)] == ["guanli"]
    assert [version.status for version in rules.versions(session)] == [RulesetStatus.SUBMITTED]
    assert rules.versions(session)[0].author == office_service.STARTER
    assert len(residents.catalogue(session).fields) > 40
    assert opened.vault.confirm_recovery(recovery)
    opened.close()
    again = offices.sign_in(tmp_path / "o", "guanli", PASSPHRASE, clock)
    assert again.session.staff == session.staff
    again.close()


@pytest.mark.parametrize("missing", ["name", "responsible", "contact_phone"])
def test_an_office_without_somebody_responsible_is_not_founded(tmp_path, clock, missing):
    blank: dict[str, Any] = {missing: " "}
    nameless = replace(PROFILE, **blank)

    with pytest.raises(RefusedError):
        offices.found(tmp_path / "o", nameless, FOUNDER, clock, kdf=CHEAP)

    opened, _ = offices.found(tmp_path / "p", PROFILE, FOUNDER, clock, kdf=CHEAP)
    with pytest.raises(RefusedError):
        office_service.save_profile(opened.session, nameless)
    assert office_service.profile(opened.session) == PROFILE
    opened.close()


def test_a_refused_founding_holds_no_lock_on_the_folder(tmp_path, clock):
    with pytest.raises(RefusedError):
        offices.found(tmp_path / "o", replace(PROFILE, name=""), FOUNDER, clock, kdf=CHEAP)

    with pytest.raises(RefusedError):  # not VaultBusyError: nobody has the office open
        offices.sign_in(tmp_path / "o", "guanli", PASSPHRASE, clock)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_says_who_processes_in_both_languages(admin, language):
    for choice in residents.catalogue(admin).consenting:
        text = notice(admin, choice.code, language).text
        assert PROFILE.name in text
        assert PROFILE.responsible in text
        assert PROFILE.contact_phone in text
        assert "2026-03-02" in text
        assert "{" not in text


def test_new_particulars_are_a_minor_version_and_end_no_consent(admin, office):
    person = consenting(admin, values=SPECIAL)
    old = notice(admin)

    with office.logged() as log:
        changes = office_service.save_profile(admin, replace(PROFILE, responsible="李静"))

    new = notice(admin)
    assert (old.version, new.version) == ("1.0", "1.1")
    assert new.major == old.major
    assert "李静" in new.text
    assert "周敏" not in new.text
    with admin.store.reading() as work:
        assert work.catalogue.notice_version(P2, "1.0", "zh_CN") == old
    assert tier(admin, person) == "care"
    assert [action for action, _, _ in log] == ["notice.live", "office.profile"]
    assert changes.kinds == {"office", "purposes"}


def test_the_smallest_count_may_be_raised_and_never_lowered(admin):
    assert office_service.smallest_count(admin) == 5
    office_service.save_profile(admin, replace(PROFILE, smallest_count=12))

    with pytest.raises(RefusedError):
        office_service.save_profile(admin, replace(PROFILE, smallest_count=4))

    assert office_service.smallest_count(admin) == 12


def test_consents_that_ran_out_end_at_the_next_sign_in_with_all_they_carried(clerk, office, clock):
    person = consenting(clerk, P2, P3, values=SPECIAL)
    clock.advance(days=800)

    with office.logged() as log:
        office_service.sign_in(clerk.store, clerk.accounts, clock, clerk.staff.uid)

    assert [action for action, _, _ in log] == ["sign_in", "retention.swept"]
    page = residents.detail(clerk, person)
    newest = {event.purpose: event.decision for event in reversed(page.events)}
    assert newest == {P2: Decision.EXPIRED, P3: Decision.EXPIRED}
    assert (page.classification, page.tier.code) == (None, "standard")
    for table in ("answers_p2", "answers_p2_repair_need", "classification", "consent"):
        assert office.sql(f"SELECT * FROM {table}") == []
    assert office.broken_link() is None
    with office.logged() as log:
        office_service.sign_in(clerk.store, clerk.accounts, clock, clerk.staff.uid)
    assert [action for action, _, _ in log] == ["sign_in"]


def test_an_account_that_the_office_disabled_or_does_not_know_gets_no_session(admin, clerk, clock):
    with admin.store.writing() as work:
        work.staff.put(replace(clerk.staff, enabled=False))
        work.commit()

    for uid in (clerk.staff.uid, "f" * 32):
        with pytest.raises(RefusedError):
            office_service.sign_in(admin.store, admin.accounts, clock, uid)


def test_a_failed_sign_in_leaves_the_office_free_for_others(admin, clerk, office, clock):
    with admin.store.writing() as work:
        work.staff.put(replace(clerk.staff, enabled=False))
        work.commit()
    office.close()

    with pytest.raises(RefusedError):
        offices.sign_in(office.folder, "clerk", PASSPHRASE, clock)

    offices.sign_in(office.folder, "manager", PASSPHRASE, clock).close()


def test_consents_given_under_two_versions_stay_apart(admin):
    first = consenting(admin)
    office_service.save_profile(admin, replace(PROFILE, address="演示市江边路 9 号"))
    second = consenting(admin, name="李伟", room="1-1-101")

    versions = [
        residents.detail(admin, person).events[0].notice_version for person in (first, second)
    ]

    assert versions == ["1.0", "1.1"]
    assert consents.withdraw(admin, first, P2).lines[0].event.notice_version == "1.0"


def test_an_office_without_the_numbers_for_complaints_begins_without_notices(tmp_path, clock):
    silent = replace(PROFILE, regulator_phone="", housing_phone="")

    opened, _ = offices.found(tmp_path / "o", silent, FOUNDER, clock, kdf=CHEAP)

    assert notice(opened.session) is None
    with opened.session.store.reading() as work:
        assert "notice.live" not in {entry.action for entry in work.audit.recent(100)}
    opened.close()
