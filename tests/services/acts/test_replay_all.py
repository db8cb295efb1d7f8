"""Each way to erase, done in the newer office, is done again over a copy made before it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from pmdesk.domain.acts import EVERYTHING, ArchiveReason, EraseReason, Scope
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.people import PersonId
from pmdesk.domain.quarantine import MOBILE, NAME, NOTE, Mistake
from pmdesk.services import acts, dimensions, notes, residents, retention
from pmdesk.services.consent import consents
from pmdesk.services.refusal import quarantine
from pmdesk.services.rights import request_acts
from pmdesk.services.rights.request_acts import Order
from tests.offices import (
    INCOME,
    P1,
    P2,
    P3,
    P5,
    PLATE,
    PLATE_NO,
    Office,
    answers,
    consenting,
    decide,
    resident,
)
from tests.services.desk import acted, intake

WHO, PHONE, ROAD, LEAK = "欧阳清远", "13911112222", "云端路九九号", "厨房水管滴水"
WISH = "搬走了请都删掉"
MAIL, REPAIR = FieldKey("mail_address"), FieldKey("repair_need")
NEEDS = answers(repair_need=("waterproofing",), clean_need="in_home")
BAND = answers(income_band="under_5k")
WHY = "少数家庭需要多安排服务，没有这个区间就无法主动提出。"


# ---- what the older copy holds --------------------------------------------------------------


def neighbour(office):
    """Somebody else, of whom nothing is erased."""
    clerk = office.session("clerk")
    person = consenting(clerk, values=NEEDS, name="王小明", room="1-1-101", mobile="13800001111")
    notes.add(clerk, person, "换门锁")
    return person


def known(office):
    """A resident with something of each kind; a request is still to come."""
    neighbour(office)
    clerk = office.session("clerk")
    person = consenting(clerk, P2, P3, PLATE, values=NEEDS, name=WHO, mobile=PHONE)
    residents.save_answers(clerk, person, P1, answers(mail_address=ROAD, unit_use="home"))
    residents.seal_value(clerk, person, PLATE, PLATE_NO, "苏A12345")
    decide(clerk, person, {(P5, "ramp"): True, (P5, "handrail"): True})
    notes.add(clerk, person, LEAK)
    notes.add(clerk, person, "换灯泡")
    return person


def with_band(office):
    """The office collects income bands, and knows one."""
    dimensions.propose(office.session("admin"), WHY, WHY)
    dimensions.approve(office.session("reviewer"), "同意试行一年")
    person = consenting(office.session("clerk"), P2, INCOME, name=WHO, mobile=PHONE)
    residents.save_answers(office.session("clerk"), person, INCOME, BAND)
    return person


def in_archive(office):
    """Somebody who moved out before the copy was made."""
    person = known(office)
    archived(ArchiveReason.MOVED_OUT)(office, person)
    return person


def waiting(key, purpose=P1):
    """What was taken away before the copy was made, and waits."""

    def _waiting(office):
        person = known(office)
        taken(key, purpose)(office, person)
        return person

    return _waiting


def held_back(office):
    """The consent ran out; its entries wait, sealed."""
    person = known(office)
    swept(days=800)(office, person)
    return person


def wrote(office):
    """A request with words of the person is in the book."""
    person = known(office)
    request_acts.receive(office.session("clerk"), intake("D5", person, words=WISH))
    return person


# ---- ways to erase --------------------------------------------------------------------------


def withdrawn(office, person):
    consents.withdraw(office.session("clerk"), person, P2)


def item_withdrawn(office, person):
    with office.session("clerk").store.reading() as work:
        first = work.consent_items.of(person)[0]
    consents.withdraw(office.session("clerk"), person, P5, item=first.slot)


def items_withdrawn(office, person):
    for _ in range(2):
        item_withdrawn(office, person)


def erased(purpose, field=""):
    """One purpose, or one field of it."""

    def _erased(office, person):
        scope = Scope(purpose=purpose, field=FieldKey(field))
        _act(office, lambda s, w: acts.erase(s, w, person, scope, EraseReason.PURPOSE_DONE))

    return _erased


def taken(key, purpose=P1):
    """Taken away by a clerk."""

    def _taken(office, person):
        clerk = office.session("clerk")
        with clerk.store.reading() as work:
            note = next(one.id for one in work.service_notes.of(person) if one.text == LEAK)
        quarantine.take(clerk, person, purpose, key, Mistake.REFUSED, note=note)

    return _taken


def resolved(office, _person):
    """Whatever waits in quarantine is erased by a manager."""
    manager = office.session("manager")
    for one in quarantine.waiting(manager):
        quarantine.erase(manager, one.entry.id)


def taken_and_erased(key, purpose=P1):
    return _both(taken(key, purpose), resolved)


def minor(office, person):
    quarantine.take_minor(office.session("clerk"), person)


def archived(reason):
    return lambda office, person: _act(office, lambda s, w: acts.archive(s, w, person, reason))


def left_the_unit(office, person):
    def _left(session, work):
        (place,) = work.people.get(person).occupancies
        acts.end_occupancy(session, work, person, place.unit.id, ArchiveReason.MOVED_OUT)

    _act(office, _left)


def moved_out_and_asked(office, person):
    """The right to erasure, after the contract."""
    clerk, manager = office.session("clerk"), office.session("manager")
    with manager.store.writing() as work:
        who = work.people.get(person)
        now = manager.clock.now()
        work.people.save(person, who.name, who.mobile, (), revision=who.revision, at=now)
        work.commit()
    order = Order(scope=EVERYTHING, erase_reason=EraseReason.OTHER_LAW)
    acted(clerk, manager, "D5", person, order=order)


def deactivated(office, person):
    acted(office.session("clerk"), office.session("manager"), "D11", person)


def swept(days):
    """The calendar went on."""

    def _swept(office, _person):
        office.clock.advance(days=days)
        _act(office, lambda s, w: retention.sweep(s, w))

    return _swept


def switched_off(office, _person):
    dimensions.switch_off(office.session("admin"))


def _both(one, other):
    def _do(office, person):
        one(office, person)
        other(office, person)

    return _do


def _act(office, do):
    session = office.session("manager")
    with session.store.writing() as work:
        do(session, work)
        work.commit()


# ---- the table ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """A way to erase, and texts of which no cell may tell afterwards."""

    erase: Callable[[Office, PersonId], None]
    gone: tuple[str, ...] = ()
    before: Callable[[Office], PersonId] = known
    sealed: tuple[str, ...] = ()  # texts that no cell of the copy told even before


WAYS = {
    "withdrawal": Way(withdrawn),
    "one item": Way(item_withdrawn),
    "the last item": Way(items_withdrawn),
    "a purpose": Way(erased(P2)),
    "a purpose with sealed values": Way(erased(PLATE)),
    "a field": Way(erased(P2, REPAIR)),
    "a sealed field": Way(erased(PLATE, PLATE_NO)),
    "a field of the contract": Way(erased(P1, MAIL), (ROAD,)),
    "the number in the register": Way(erased(P1, MOBILE), (PHONE,)),
    "all notes": Way(erased(P1, NOTE), (LEAK, "换灯泡")),
    "a name by mistake": Way(taken_and_erased(NAME), (WHO,)),
    "a number by mistake": Way(taken_and_erased(MOBILE), (PHONE,)),
    "a note by mistake": Way(taken_and_erased(NOTE), (LEAK,)),
    "a value by mistake": Way(taken_and_erased(REPAIR, P2)),
    "an address by mistake": Way(taken_and_erased(MAIL), (ROAD,)),
    "a sealed value by mistake": Way(taken_and_erased(PLATE_NO, PLATE)),
    "items by mistake": Way(taken_and_erased(FieldKey("assist_need"), P5)),
    "a value that waited its days": Way(_both(taken(MAIL), swept(days=8)), (ROAD,)),
    "a name that waits in the copy": Way(resolved, (WHO,), waiting(NAME), (WHO,)),
    "a note that waits in the copy": Way(resolved, (LEAK,), waiting(NOTE), (LEAK,)),
    "a value that waits in the copy": Way(resolved, (), waiting(REPAIR, P2)),
    "a field of which a value waits": Way(erased(P2, REPAIR), (), waiting(REPAIR, P2)),
    "a minor": Way(_both(minor, resolved), (WHO, PHONE, ROAD, LEAK)),
    "a minor who waited": Way(_both(minor, swept(days=8)), (WHO, PHONE, ROAD, LEAK)),
    "moved out": Way(archived(ArchiveReason.MOVED_OUT), (WHO, PHONE, ROAD, LEAK)),
    "the contract ended": Way(archived(ArchiveReason.CONTRACT_ENDED), (WHO, PHONE, ROAD)),
    "deceased": Way(archived(ArchiveReason.DECEASED), (WHO, PHONE, ROAD, LEAK)),
    "left the only unit": Way(left_the_unit, (WHO, PHONE, ROAD, LEAK)),
    "moved out while a name waits": Way(left_the_unit, (WHO, PHONE), waiting(NAME), (WHO,)),
    "asked for erasure": Way(moved_out_and_asked, (WHO, PHONE, ROAD, LEAK), wrote),
    "asked to leave": Way(deactivated, (WISH,), wrote),
    "consents that ran out": Way(swept(days=800), (LEAK,)),
    "values held too long": Way(swept(days=40), (), held_back),
    "the archive's time": Way(swept(days=1200), (), in_archive),
    "notes of last year": Way(swept(days=370), (LEAK, "换灯泡")),
    "the income band": Way(switched_off, (), with_band),
}


@pytest.mark.parametrize("name", WAYS)
def test_what_was_erased_is_erased_in_the_older_copy_and_nothing_else(office, tmp_path, name):
    way = WAYS[name]
    person = way.before(office)
    older = _copied(office, tmp_path / "older")
    assert [text for text in way.gone if text not in _text(older)] == list(way.sealed)
    way.erase(office, person)

    _replayed(office, older)

    told = _text(older)
    assert [text for text in way.gone if text in told] == []
    assert _held(older) == _held(office)
    older.close()


def _copied(office, folder):
    office.close()
    shutil.copytree(office.folder, folder)
    return Office(folder=folder, founded=office.founded, clock=office.clock)


def _replayed(newer, older):
    """The older copy is opened: the journal first, then the calendar, as when signing in."""
    with newer.session("manager").store.reading() as work:
        lines = work.erasures.since()
    session = older.session("manager")
    with session.store.writing() as work:
        today, seal = session.clock.today(), session.accounts.seal
        work.erasures.replay(lines, seal=seal, today=today)
        retention.sweep(session, work)
        assert work.erasures.replay(lines, seal=seal, today=today) == 0
        work.commit()


def _text(office):
    return " ".join(cell for _table, cell in office.cells())


_SAME = {
    "person": "id, name, mobile",
    "consent": "person, purpose",
    "consent_item": "person, purpose, item",
    "sealed_value": "person, field",
    "service_note": "id, person, text",
    "held": "person, purpose",
    "quarantine": "person, purpose, field",
    "archive": "person, reason, keep_until",
    "classification": "person, tier",
    "draft": "page, subject",
}


def _held(office):
    """What is known of people, by table: sealed values by their place alone."""
    tables = [name for (name,) in office.sql("SELECT name FROM sqlite_schema WHERE type='table'")]
    same = _SAME | {name: "*" for name in tables if name.startswith("answers_")}
    return {
        table: rows
        for table, columns in same.items()
        if (rows := sorted(map(_plain, office.sql(f'SELECT {columns} FROM "{table}"'))))
    }


def _plain(row):
    return tuple(str(cell) for cell in row)


def test_a_minors_values_are_gone_from_the_copy_before_anybody_decided(office, tmp_path):
    person = known(office)
    older = _copied(office, tmp_path / "older")
    minor(office, person)
    _replayed(office, older)

    with older.session("clerk").store.reading() as work:
        assert work.consents.live(person) == {}
        assert work.answers.get(person, P2) is None
    older.close()


def test_a_person_whom_the_copy_does_not_know_is_left_out(office, tmp_path):
    neighbour(office)
    older = _copied(office, tmp_path / "older")
    before = _held(older)
    person = resident(office.session("clerk"), WHO, PHONE)
    taken_and_erased_name = _both(
        lambda o, p: quarantine.take(o.session("clerk"), p, P1, NAME, Mistake.REFUSED), resolved
    )
    taken_and_erased_name(office, person)
    _replayed(office, older)

    assert _held(older) == before
    older.close()
