"""An older file, restored: the journal of the newer one is done again before anybody reads it."""

import shutil

import pytest

from pmdesk.domain.acts import ArchiveReason, EraseReason, Scope
from pmdesk.domain.consents import Decision
from pmdesk.domain.fields import FieldKey
from pmdesk.services import acts, residents, retention
from pmdesk.services.consent import consents
from tests.offices import (
    P1,
    P2,
    P3,
    P5,
    SPECIAL,
    Office,
    answers,
    consenting,
    decide,
    resident,
    tier,
)

SECRET = "云端路九九号"


@pytest.fixture
def backup(office, tmp_path):
    """A function that copies the office as it is now; the copy opens beside it."""
    made: list[Office] = []

    def _backup():
        clock, founded = office.clock, office.founded
        office.close()
        folder = tmp_path / f"backup-{len(made)}"
        shutil.copytree(office.folder, folder)
        made.append(Office(folder=folder, founded=founded, clock=clock))
        return made[-1]

    yield _backup
    for copy in made:
        copy.close()


def replayed(newer, older):
    """How many lines of the newer journal were news to the older file."""
    with newer.session("manager").store.reading() as work:
        lines = work.erasures.since()
    session = older.session("manager")
    with session.store.writing() as work:
        count = work.erasures.replay(lines, seal=session.accounts.seal, today=session.clock.today())
        work.commit()
    return count


def act(office, do, login="manager"):
    session = office.session(login)
    with session.store.writing() as work:
        result = do(session, work)
        work.commit()
    return result


def text(office):
    return " ".join(cell for _table, cell in office.cells())


def test_a_withdrawal_is_done_again(office, backup):
    person = consenting(office.session("clerk"), P2, P3, values=SPECIAL)
    older = backup()
    consents.withdraw(office.session("clerk"), person, P2)
    assert replayed(office, older) == 1
    session = older.session("clerk")
    assert tier(session, person) is None
    assert older.sql("SELECT * FROM answers_p2") == []
    with session.store.reading() as work:
        assert set(work.consents.live(person)) == {P3}
        newest = work.consents.events(person)[0]
    assert (newest.decision, newest.by) == (Decision.WITHDRAWN, office.session("clerk").staff.uid)
    assert replayed(office, older) == 0  # a second time changes nothing


def test_whoever_left_is_blocked_again_and_opens_from_the_archive(office, backup):
    person = consenting(
        office.session("clerk"), values=SPECIAL, name="欧阳清远", mobile="13911112222"
    )
    older = backup()
    act(office, lambda session, work: acts.archive(session, work, person, ArchiveReason.DECEASED))
    assert replayed(office, older) == 2
    assert "欧阳" not in text(older)
    (entry,) = acts.archived(older.session("admin"))
    assert entry.reason is ArchiveReason.DECEASED
    assert entry.keep_until.year == 2029
    assert acts.opened(older.session("admin"), person, "近亲属来函").name == "欧阳清远"


def test_what_went_from_the_archive_goes_again(office, backup):
    person = resident(office.session("clerk"), "欧阳清远", "13911112222")
    act(office, lambda session, work: acts.archive(session, work, person, ArchiveReason.MOVED_OUT))
    older = backup()

    office.clock.advance(days=1100)
    act(office, lambda session, work: retention.sweep(session, work))
    assert replayed(office, older) == 1
    assert older.sql("SELECT * FROM archive") == []


def test_single_entries_and_single_items_are_erased_again(office, backup):
    clerk = office.session("clerk")
    person = consenting(clerk, values=SPECIAL)
    residents.save_answers(clerk, person, P1, answers(mail_address=SECRET))
    decide(clerk, person, {(P5, "ramp"): True, (P5, "handrail"): True})
    older = backup()
    clerk = office.session("clerk")
    with clerk.store.reading() as work:
        items = work.consent_items.of(person)
    consents.withdraw(clerk, person, P5, item=items[0].slot)
    scope = Scope(purpose=P1, field=FieldKey("mail_address"))
    act(office, lambda s, w: acts.erase(s, w, person, scope, EraseReason.ACCIDENTAL))
    assert replayed(office, older) == 2
    assert SECRET not in text(older)
    with older.session("clerk").store.reading() as work:
        assert work.consent_items.of(person) == items[1:]
        assert P2 in work.consents.live(person)


def test_people_of_whom_the_older_file_knows_nothing_are_left_out(office, backup):
    older = backup()
    clerk = office.session("clerk")
    person = consenting(clerk, values=SPECIAL)
    consents.withdraw(clerk, person, P2)
    act(office, lambda session, work: acts.archive(session, work, person, ArchiveReason.MOVED_OUT))
    assert replayed(office, older) == 2
    assert older.sql("SELECT * FROM archive") == []
