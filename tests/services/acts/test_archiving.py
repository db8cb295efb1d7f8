"""People who leave: consent's data are gone at once, the contract's are sealed until their end."""

from dataclasses import replace
from datetime import date

import pytest

from pmdesk.domain.acts import ArchiveReason, Method
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import Decision
from pmdesk.domain.people import Occupancy, PartyRole
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.services import acts, drafts, residents
from tests.offices import (
    ASSIST,
    NOBODY,
    P1,
    P2,
    P3,
    SPECIAL,
    answers,
    consenting,
    decide,
    resident,
)

SECRET = "云端路九九号"


def leaving(session, **rest):
    """A person of whom everything is known."""
    person = consenting(
        session, P2, P3, values=SPECIAL, name="欧阳清远", mobile="13911112222", **rest
    )
    residents.save_answers(session, person, P1, answers(mail_address=SECRET))
    drafts.keep(session, "resident", str(person), '{"name": "欧阳清远 draft"}')
    return person


@pytest.mark.parametrize(
    "reason", [one for one in ArchiveReason if one is not ArchiveReason.ERASURE]
)
def test_whoever_leaves_is_in_no_table_but_the_sealed_archive(office, clerk, act, reason):
    person = leaving(clerk)
    with office.logged() as log, act(clerk) as work:
        done = acts.archive(clerk, work, person, reason)
    cells = " ".join(cell for _table, cell in office.cells())
    for text in ("欧阳", "13911112222", "22221111931", SECRET, "ouyang"):
        assert text not in cells, text
    for table in ("answers_p1", "answers_p2", "answers_p2_repair_need", "classification"):
        assert office.sql(f"SELECT * FROM {table}") == []
    assert (f"person.{reason.value}", f"person:{person}", ()) in log
    assert (done.method, done.keep_until) == (Method.BLOCKED, date(2029, 3, 2))
    assert list(residents.found(clerk, ResidentQuery(text="欧阳"))) == []
    with pytest.raises(NotFoundError):
        residents.detail(clerk, person)
    with clerk.store.reading() as work:
        lines = {(line.scope.purpose, line.method) for line in work.erasures.of(person)}
        ends = {(event.purpose, event.decision) for event in work.consents.events(person)}
    assert lines == {("P2", Method.ERASED), ("P3", Method.ERASED), ("", Method.BLOCKED)}
    assert {(P2, Decision.EXPIRED), (P3, Decision.EXPIRED)} <= ends


def test_nothing_can_be_consented_to_or_decided_about_whoever_died(office, clerk, manager, act):
    person = leaving(clerk)
    with act(clerk) as work:
        acts.archive(clerk, work, person, ArchiveReason.DECEASED)
    with pytest.raises(NotFoundError):
        decide(clerk, person, {P2: True})
    with manager.store.writing() as work, pytest.raises(Exception, match="FOREIGN KEY"):
        work._connection.exec_driver_sql(
            "INSERT INTO classification (person, ruleset, rule, tier, tags, decided_on) "
            "VALUES (?, 1, 0, 0, 0, '2026-03-02')",
            (person,),
        )


def test_the_archive_opens_for_a_reason_and_for_an_administrator_only(office, admin, clerk, act):
    person = leaving(clerk)
    with act(clerk) as work:
        acts.archive(clerk, work, person, ArchiveReason.MOVED_OUT)
    (entry,) = acts.archived(admin)
    assert (entry.person, entry.reason) == (person, ArchiveReason.MOVED_OUT)
    with office.logged() as log:
        found = acts.opened(admin, person, "法院调取")
    assert (found.name, found.mobile) == ("欧阳清远", "13911112222")
    assert found.units[0]["unit"] == "3-2-501"
    assert found.units[0]["until"] == "2026-03-02"
    assert SECRET in str(found.answers)
    assert log == [("archive.open", f"person:{person}", ())]
    with pytest.raises(RefusedError):
        acts.opened(admin, person, " ")
    with pytest.raises(NotFoundError):
        acts.opened(admin, NOBODY, "法院调取")
    with office.logged() as log, pytest.raises(RefusedError) as blocked:
        acts.opened(clerk, person, "好奇")
    assert blocked.value.code == "E_BLOCKED_VALUE"
    assert log[0][0] == "denied"


def test_the_archive_is_searched_in_memory_and_each_hit_is_logged(office, admin, clerk, act):
    person = leaving(clerk)
    other = resident(clerk, "李四", "13900000000", "4-1-101")
    for one in (person, other):
        with act(clerk) as work:
            acts.archive(clerk, work, one, ArchiveReason.CONTRACT_ENDED)
    with office.logged() as log:
        (hit,) = acts.searched(admin, "清远", "本人来查")
    assert hit.entry.person == person
    assert [target for _, target, _ in log] == [f"person:{person}"]
    assert acts.searched(admin, "", "本人来查") == ()
    assert len(acts.searched(admin, "139", "本人来查")) == 2


def test_of_several_units_only_the_one_that_was_left_ends(office, clerk, act):
    person = leaving(clerk)
    with act(clerk) as work:
        who = work.people.get(person)
        key = work.premises.ensure("9", "1", "909")
        unit = work.premises.find("9", "1", "909")
        both = (*who.occupancies, Occupancy(unit=unit, role=PartyRole.TENANT))
        now = clerk.clock.now()
        work.people.save(person, who.name, who.mobile, both, revision=who.revision, at=now)
    first = who.occupancies[0].unit.id
    with act(clerk) as work:
        assert acts.end_occupancy(clerk, work, person, first, ArchiveReason.MOVED_OUT) is None
    page = residents.detail(clerk, person)
    assert page.person.room == "9-1-909"
    assert [one.until for one in page.person.occupancies] == [None, date(2026, 3, 2)]
    assert page.classification is not None  # consent goes on
    assert list(residents.found(clerk, ResidentQuery(text="3-2-501"))) == []
    assert list(residents.found(clerk, ResidentQuery(building="3"))) == []
    with act(clerk) as work, pytest.raises(NotFoundError):
        acts.end_occupancy(clerk, work, person, first, ArchiveReason.MOVED_OUT)
    with act(clerk) as work:
        done = acts.end_occupancy(clerk, work, person, key, ArchiveReason.MOVED_OUT)
    assert done is not None
    assert done.method is Method.BLOCKED


def test_a_reviewer_handles_departures_but_a_clerk_erases_nobody(clerk, reviewer, act):
    person = leaving(clerk)
    with act(clerk) as work, pytest.raises(RefusedError):
        acts.archive(clerk, work, person, ArchiveReason.ERASURE)
    with act(reviewer) as work, pytest.raises(RefusedError):  # the contract runs
        acts.archive(reviewer, work, person, ArchiveReason.ERASURE)
    with act(reviewer) as work:
        acts.archive(reviewer, work, person, ArchiveReason.MOVED_OUT)


def test_sealed_values_go_with_their_consent(office, clerk, act):
    person = leaving(clerk)
    decide(clerk, person, {"P5": True})
    with act(clerk) as work:
        acts.archive(clerk, work, person, ArchiveReason.MOVED_OUT)
    assert office.sql("SELECT * FROM consent_item") == []
    assert office.sql("SELECT * FROM sealed_value") == []
    assert ASSIST


def test_nobody_is_archived_while_the_schedule_does_not_say_for_how_long(clerk, act):
    person = leaving(clerk)
    with act(clerk) as work:
        live = work.catalogue.live()
        open_ended = tuple(
            replace(one, months=None) if one == live.kept(live.purpose("P1")) else one
            for one in live.retentions
        )
        work.catalogue.install(replace(live, retentions=open_ended))
    with clerk.store.writing() as work, pytest.raises(RefusedError) as refused:
        acts.archive(clerk, work, person, ArchiveReason.MOVED_OUT)
    assert refused.value.code == "E_RETENTION_MISSING"
    assert residents.detail(clerk, person).person.name == "欧阳清远"


def test_who_had_left_before_is_archived_with_that_day(office, admin, clerk, act):
    person = leaving(clerk)
    with act(clerk) as work:
        who = work.people.get(person)
        ended = tuple(replace(one, until=date(2026, 2, 1)) for one in who.occupancies)
        now = clerk.clock.now()
        work.people.save(person, who.name, who.mobile, ended, revision=who.revision, at=now)

    with act(clerk) as work:
        acts.archive(clerk, work, person, ArchiveReason.MOVED_OUT)

    assert [one["until"] for one in acts.opened(admin, person, "法院调取").units] == ["2026-02-01"]
