"""Another program, with the keys of somebody at the front desk: nothing sealed can be read.

The keys come out of the unlocked vault of the clerk, as a skilled one could take them from the
memory of his own computer; the file is opened with plain sqlcipher3, and every cell is looked at.
"""

import base64
import json
from contextlib import closing
from itertools import count

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from pmdesk.app import offices
from pmdesk.domain.acts import ArchiveReason
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.people import PersonId
from pmdesk.domain.quarantine import MOBILE, NOTE, Mistake
from pmdesk.errors import DeniedError
from pmdesk.services import fairness, notes, person_acts, residents
from pmdesk.services.refusal import quarantine
from pmdesk.services.rights.dossier import _sealed_info
from pmdesk.store.vault.engine import key_spec
from pmdesk.store.vault.keys import BULK, UnfitKeyError, opened, opened_of_bulk
from tests.fakes import FakeClock
from tests.offices import (
    P1,
    P2,
    P5,
    P6,
    P8,
    PASSPHRASE,
    PLATE,
    PLATE_NO,
    answers,
    consenting,
    founded_office,
    learnt,
    resident,
)
from tests.pages import traces

OPEN = "标记水龙头滴水"  # an ordinary note: what the search has to find
SEALED = (
    *("sealed_value", "consent_item", "held", "archive", "quarantine", "dispute"),
    "fairness_sample",
)
_ROOMS = count(601)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office that holds something in every sealed place."""
    founded = founded_office(tmp_path_factory.mktemp("founded") / "office")
    made = founded.copied(tmp_path_factory.mktemp("second") / "office", FakeClock())
    made.marks = planted(made)
    made.session("admin").store.reading()
    yield made
    made.close()


def planted(office):
    """The marks that lie sealed in the office, by the place they lie in."""
    clerk, manager = office.session("clerk"), office.session("manager")
    learnt(manager)
    return {
        "sealed_value": [_plate(clerk, at) for at in range(6)],
        "archive": [mark for at in range(4) for mark in _archived(clerk, at)],
        "quarantine": [_taken_number(clerk), _taken_note(clerk), *_minor(clerk)],
        "dispute": [_statement(clerk, manager)],
        "held": _held(clerk),
        "consent_item": _agreed(clerk),
        "fairness_sample": _answered(clerk),
        "open": [_noted(clerk)],
    }


def _room():
    return f"5-1-{next(_ROOMS)}"


def _plate(clerk, at):
    person = consenting(clerk, PLATE, name="车主", room=_room())
    residents.seal_value(clerk, person, PLATE, PLATE_NO, f"演M1960{at}")
    return f"演M1960{at}"


def _archived(clerk, at):
    marks = (
        f"归档标记{'甲乙丙丁'[at]}",
        f"1370000990{at}",
        f"guidang{at}@example.cn",
        f"归档路 {at} 号",
    )
    name, mobile, mail, post = marks
    person = resident(clerk, name, mobile, _room())
    residents.save_answers(clerk, person, P1, answers(email=mail, mail_address=post))
    person_acts.leave(clerk, person, ArchiveReason.MOVED_OUT)
    return marks


def _taken_number(clerk):
    person = resident(clerk, "误收", "13600008881", _room())
    quarantine.take(clerk, person, P1, MOBILE, Mistake.OTHER_PERSON)
    return "13600008881"


def _taken_note(clerk):
    person = resident(clerk, "误记", "", _room())
    notes.add(clerk, person, "误收标记备注")
    (note,) = residents.detail(clerk, person).notes
    quarantine.take(clerk, person, P1, NOTE, Mistake.NOT_NEEDED, note=note.id)
    return "误收标记备注"


def _minor(clerk):
    person = resident(clerk, "未成年标记", "13600008882", _room())
    quarantine.take_minor(clerk, person)
    return "未成年标记", "13600008882"


def _statement(clerk, manager):
    person = consenting(clerk, values=answers(clean_need="in_home"), room=_room())
    person_acts.dispute(clerk, person, P2, FieldKey("clean_need"))
    words = "本人说明标记：不是这样"
    person_acts.keep_with_statement(manager, person, FieldKey("clean_need"), words)
    return words


def _held(clerk):
    person = consenting(clerk, P8, room=_room())
    marks = "等待标记女士", "13600008883"
    name, phone = marks
    residents.save_answers(
        clerk, person, P8, answers(emergency_contact=name, emergency_phone=phone)
    )
    now, today = clerk.clock.now(), clerk.clock.today()
    with clerk.store.writing() as work:
        work.consent_ends.end_stale(
            P8, "999.0", at=now, today=today, seal=clerk.accounts.bulk_seal()
        )
        work.commit()
    return marks


def _agreed(clerk):
    """Which help it is has no words of its own to look for: its blob is."""
    consenting(clerk, P2, P5, room=_room())
    return []


def _answered(clerk):
    person = consenting(clerk, P2, P6, room=_room())
    fairness.take_part(clerk, person, answers(fa_gender="female", fa_age_band="60_and_over"))
    return []


def _noted(clerk):
    notes.add(clerk, resident(clerk, "普通", "", _room()), OPEN)
    return OPEN


@pytest.fixture(scope="module")
def keys(office):
    """Every key of the clerk, taken from the vault that his own passphrase opened."""
    office.close()
    entered = offices.sign_in(office.folder, "clerk", PASSPHRASE, FakeClock())
    signer = entered.vault._signer
    taken = {name: bytes(key) for name, key in signer.rings.items()}
    private = [bytes(signer.pair.box), bytes(signer.pair.pen)]
    entered.close()
    return taken, private


def cells(office, ops):
    """(table, column, bytes) of every cell, read by a program that knows nothing of pmdesk."""
    (path,) = office.folder.glob("*.db")
    with closing(sqlcipher.connect(str(path))) as connection:
        connection.set_key(key_spec(bytearray(ops)))
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        for (table,) in tables.fetchall():
            found = connection.execute(f'SELECT * FROM "{table}"')
            for row in found.fetchall():
                for column, cell in zip(found.description, row, strict=True):
                    yield table, column[0], _bytes(cell)


def _bytes(cell):
    return cell if isinstance(cell, bytes) else str(cell).encode()


def spellings(mark):
    """The mark as a file may hold it."""
    plain = mark.encode()
    escaped = mark.encode("ascii", "backslashreplace")
    return {plain, escaped, plain.hex().encode(), base64.b64encode(plain), mark.encode("utf-16-le")}


def where(everything, mark):
    return {
        (table, column)
        for table, column, cell in everything
        if any(spelling in cell for spelling in spellings(mark))
    }


def test_enough_is_sealed_to_look_for(office):
    sealed = [mark for place, marks in office.marks.items() if place != "open" for mark in marks]

    assert len(set(sealed)) >= 20


def test_the_ring_of_the_front_desk_lacks_the_key(keys):
    rings, _private = keys

    assert set(rings) == {"ops"}


def test_no_cell_of_any_table_shows_what_is_sealed(office, keys):
    everything = list(cells(office, keys[0]["ops"]))

    assert len({table for table, _column, _cell in everything}) > 40
    assert where(everything, OPEN), "what is not sealed is found this way"
    shown = {
        mark: where(everything, mark)
        for place, marks in office.marks.items()
        for mark in marks
        if place != "open"
    }
    assert {mark: places for mark, places in shown.items() if places} == {}


def test_no_page_of_the_file_shows_it_either(office):
    sealed = [mark for place, marks in office.marks.items() if place != "open" for mark in marks]

    assert traces(office, OPEN) == {OPEN}
    assert traces(office, *sealed) == set()


def blobs(office):
    """(table, what it is bound to, blob) of everything that is sealed."""
    for table in SEALED:
        for row in office.sql(f'SELECT * FROM "{table}"'):
            known = dict(row._mapping)
            info = _sealed_info(PersonId(known.get("person", 0)), table, known)
            yield table, info, known.get("blob") or known["statement"]


def test_every_sealed_place_holds_something_that_opens_for_the_ring_and_not_for_the_clerk(
    office, keys
):
    rings, private = keys
    ring = bytes(office.founded.signers["manager"].rings["sealed"])
    vault, found = office.session("admin") and office.opened["admin"], list(blobs(office))
    assert {table for table, _info, _blob in found} == set(SEALED)
    clear = []
    for table, info, blob in found:
        for key in (*rings.values(), *private):
            with pytest.raises(UnfitKeyError):
                _opened(vault, key, info, blob)
        clear.append((table, _opened(vault, ring, info, blob).decode()))

    assert ("consent_item", "ramp") in [(table, text[:4]) for table, text in clear]
    for place, marks in office.marks.items():
        for mark in marks if place in SEALED else ():
            assert any(table == place and _told(mark, text) for table, text in clear), mark


def _opened(vault, key, info, blob):
    if blob.startswith(BULK):
        common = vault._sealed_info(("pmdesk-bulk", 1))
        return opened_of_bulk(blob, bytearray(key), common, vault._sealed_info(info))
    return opened(blob, bytearray(key), vault._sealed_info(info))


def _told(mark, text):
    return mark in text or json.dumps(mark)[1:-1] in text


def test_pmdesk_itself_opens_nothing_for_the_clerk_and_everything_for_a_manager(office):
    clerk, manager = office.session("clerk").accounts, office.session("manager").accounts
    for _table, info, blob in blobs(office):
        with pytest.raises(DeniedError):
            clerk.open_sealed(info, blob)
        assert manager.open_sealed(info, blob)
