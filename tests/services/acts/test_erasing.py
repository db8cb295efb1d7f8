"""Erased is erased: in every table, and again in an older file."""

import re

import pytest

from pmdesk.domain.acts import EVERYTHING, ArchiveReason, EraseReason, Method, Scope
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import Decision
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.quarantine import Mistake
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.services import acts, export, residents
from pmdesk.services.consent import consents
from pmdesk.services.refusal import quarantine
from tests.offices import (
    CONTRACTOR,
    ERRAND,
    P1,
    P2,
    P3,
    P5,
    P7,
    SPECIAL,
    answers,
    consenting,
    decide,
    resident,
    tier,
)

SECRET = "云端路九九号"
CERTIFICATE = re.compile(r"E20260302\d{5}\d")


def journal(session, person):
    with session.store.reading() as work:
        return work.erasures.of(person)


def erase(session, act, person, scope, reason=EraseReason.PURPOSE_DONE):
    with act(session) as work:
        return acts.erase(session, work, person, scope, reason)


def test_a_purpose_is_erased_with_one_line_and_a_certificate(office, manager, act):
    person = consenting(manager, P2, P3, values=SPECIAL)
    done = erase(manager, act, person, Scope(purpose=P2), EraseReason.WITHDRAWN)
    assert CERTIFICATE.fullmatch(done.certificate)
    assert journal(manager, person) == (done,)
    assert tier(manager, person) is None
    assert office.sql("SELECT * FROM answers_p2") == []
    with manager.store.reading() as work:
        assert set(work.consents.live(person)) == {P3}
        assert work.consents.events(person)[0].decision is Decision.WITHDRAWN
        assert work.erasures.get(done.certificate) == (done,)
    second = erase(manager, act, person, Scope(purpose=P3))
    assert second.certificate > done.certificate


@pytest.mark.parametrize("key", SPECIAL)
def test_one_field_is_erased_and_the_others_stay(manager, act, key):
    person = consenting(manager, values=SPECIAL)
    done = erase(manager, act, person, Scope(purpose=P2, field=FieldKey(key)))
    with manager.store.reading() as work:
        left = work.answers.get(person, P2).values
    assert left[key] is None
    other = next(name for name in SPECIAL if name != key)
    assert left[other] == SPECIAL[other]
    assert done.scope.field == key
    assert tier(manager, person) == "care"  # by the other field alone


def test_the_contract_is_not_erased_while_it_runs_but_single_entries_are(office, manager, act):
    person = resident(manager)
    residents.save_answers(manager, person, P1, answers(mail_address=SECRET, unit_use="home"))
    for scope in (EVERYTHING, Scope(purpose=P1)):
        with pytest.raises(RefusedError):
            erase(manager, act, person, scope)
    erase(manager, act, person, Scope(purpose=P1, field=FieldKey("mail_address")))
    assert SECRET not in " ".join(cell for _table, cell in office.cells())
    with manager.store.reading() as work:
        assert work.answers.get(person, P1).values["unit_use"] == "home"


def test_after_the_contract_it_is_blocked_until_its_legal_end(office, manager, act):
    person = consenting(manager, values=SPECIAL)
    with act(manager) as work:
        who = work.people.get(person)
        now = manager.clock.now()
        work.people.save(person, who.name, who.mobile, (), revision=who.revision, at=now)
    done = erase(manager, act, person, EVERYTHING, EraseReason.WITHDRAWN)
    assert (done.method, done.keep_until.year) == (Method.BLOCKED, 2029)
    with manager.store.reading() as work:
        assert work.archive.get(person).reason is ArchiveReason.ERASURE


def test_a_deactivated_file_keeps_the_contract_only(office, manager, act):
    person = consenting(manager, P2, P3, P7, values=SPECIAL)
    residents.save_answers(manager, person, P1, answers(mail_address=SECRET))
    with act(manager) as work:
        lines = acts.deactivate(manager, work, person)
    assert [line.scope.purpose for line in lines] == [P2, P3, P7]
    assert len({line.certificate for line in lines}) == 1
    with manager.store.reading() as work:
        assert work.consents.live(person) == {}
        assert work.answers.get(person, P1).values["mail_address"] == SECRET
        assert acts.opted_out(manager, work, "138 0000 1234")


def test_unknown_purposes_are_not_erased_silently(manager, act):
    with pytest.raises(RefusedError):
        erase(manager, act, resident(manager), Scope(purpose=PurposeCode("P99")))
    with pytest.raises(NotFoundError):
        erase(manager, act, 4711, EVERYTHING)


def test_a_withdrawal_is_in_the_journal_and_recalls_the_lists(office, clerk, manager):
    person, other = (
        consenting(manager, values=SPECIAL),
        consenting(manager, name="李四", room="5-1-101"),
    )
    everybody = export.listing(manager, ResidentQuery(), CONTRACTOR).number
    others = export.listing(manager, ResidentQuery(building="5"), ERRAND).number
    with office.logged() as log:
        consents.withdraw(clerk, person, P2)
    assert ("export.recalled", everybody, ()) in log
    assert ("export.recalled", others, ()) not in log
    (line,) = journal(manager, person)
    assert (line.reason, line.scope.purpose) == (EraseReason.WITHDRAWN, P2)
    with manager.store.reading() as work:
        lists = {one.number: one for one in work.export_lists.all()}
        assert [one.number for one in work.export_lists.holding(other)] == [others, everybody]
    assert lists[everybody].is_recalled
    assert (lists[everybody].recipient, lists[everybody].people) == ("保洁公司", 2)
    assert not lists[others].is_recalled
    with manager.store.writing() as work:
        work.export_lists.returned(everybody, by=manager.staff.uid, at=manager.clock.now())
        with pytest.raises(NotFoundError):
            work.export_lists.returned(others, by=manager.staff.uid, at=manager.clock.now())
        assert not next(
            one for one in work.export_lists.all() if one.number == everybody
        ).is_recalled


def test_one_item_is_withdrawn_and_the_others_stay(office, clerk):
    person = consenting(clerk)
    decide(clerk, person, {(P5, "ramp"): True, (P5, "handrail"): True})
    with clerk.store.reading() as work:
        items = work.consent_items.of(person)
    consents.withdraw(clerk, person, P5, item=items[0].slot)
    (line,) = journal(clerk, person)
    assert line.scope == Scope(purpose=P5, field=FieldKey(items[0].receipt))
    consents.withdraw(clerk, person, P5, item=items[1].slot)
    assert journal(clerk, person)[0].scope == Scope(purpose=P5)


def test_marks_of_refused_offers_do_not_tell_the_number(office, clerk):
    person = consenting(clerk, P7)
    consents.withdraw(clerk, person, P7)
    ((mark, since, until),) = office.sql("SELECT mark, since, until FROM optout")
    assert (since, until) == ("2026-03-02", "2029-03-02")
    assert b"138" not in mark
    with clerk.store.writing() as work:
        assert acts.opted_out(clerk, work, "+86 138-0000-1234")
        assert not acts.opted_out(clerk, work, "13800001235")
        assert work.optouts.drop("13800001234")
        assert not work.optouts.drop("13800001234")


def test_a_no_after_a_yes_is_in_the_journal_like_a_withdrawal(clerk):
    person = consenting(clerk, values=SPECIAL)
    decide(clerk, person, {P2: False, P3: False})
    (line,) = journal(clerk, person)
    assert (line.scope, line.reason) == (Scope(purpose=P2), EraseReason.WITHDRAWN)


def test_who_agrees_to_offers_anew_gets_them_again(clerk):
    person = consenting(clerk, P7)
    consents.withdraw(clerk, person, P7)
    decide(clerk, person, {P7: True})
    with clerk.store.reading() as work:
        assert not acts.opted_out(clerk, work, "13800001234")


def test_a_number_is_erased_from_the_register_but_no_name_while_the_contract_runs(
    office, manager, act
):
    person = resident(manager, "欧阳清远", "13911112222")
    erase(manager, act, person, Scope(purpose=P1, field=FieldKey("mobile")))
    assert residents.detail(manager, person).person.mobile == ""
    assert "13911112222" not in " ".join(cell for _table, cell in office.cells())
    with pytest.raises(RefusedError):
        erase(manager, act, person, Scope(purpose=P1, field=FieldKey("person_name")))
    assert residents.detail(manager, person).person.name == "欧阳清远"


def test_an_erased_value_is_erased_from_quarantine_too(clerk, manager, act):
    person = consenting(manager, values=SPECIAL)
    field = FieldKey("clean_need")
    quarantine.take(clerk, person, P2, field, Mistake.REFUSED)
    quarantine.take(clerk, person, P2, FieldKey("repair_need"), Mistake.REFUSED)
    erase(manager, act, person, Scope(purpose=P2, field=field))
    assert [one.entry.field for one in quarantine.waiting(manager)] == ["repair_need"]


def test_whoever_gives_no_number_needs_no_mark_against_offers(office, manager, act):
    person = consenting(manager, P7, mobile="")
    erase(manager, act, person, Scope(purpose=P7))
    assert office.sql("SELECT * FROM optout") == []


def test_a_list_that_was_fetched_back_is_recalled_no_more_and_somebody_stands_for_it(
    office, clerk, admin, manager
):
    person = consenting(manager, values=SPECIAL)
    number = export.listing(manager, ResidentQuery(), CONTRACTOR).number
    consents.withdraw(clerk, person, P2)
    assert [one.is_recalled for one in acts.lists(manager)] == [True]

    with office.logged() as log:
        acts.returned(manager, number)

    assert log == [("export.returned", number, ())]
    assert [one.is_recalled for one in acts.lists(manager)] == [False]
