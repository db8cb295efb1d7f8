"""The log as evidence: remembered points, certificates of signers, codes, and pages to read."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pmdesk.app import offices
from pmdesk.domain.ports.proof import LogQuery
from pmdesk.domain.proof import RENEWED_TARGET, Break, Flaw
from pmdesk.domain.reveals import Reason, Why
from pmdesk.services import residents, revealing
from pmdesk.store import anchors, log_pages, signers
from pmdesk.store.proof import SqlProof
from pmdesk.store.vault import voucher
from tests.faults import tampering
from tests.offices import P2, answers, consenting, founded_office


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    return founded_office(tmp_path_factory.mktemp("proof") / "office")


@pytest.fixture
def office(founded, tmp_path, clock):
    made = founded.copied(tmp_path / "office", clock)
    yield made
    made.close()


@pytest.fixture
def person(office):
    return consenting(office.session("clerk"), values=answers(clean_need="in_home"))


@pytest.fixture
def proof(office):
    """As the reviewer sees it, in a transaction that is undone."""
    context = office.session("reviewer").store._context
    engine = office.opened["reviewer"].engine
    with engine.connect().execution_options(write=True) as connection:
        tampering.freed(connection)
        yield SqlProof(connection, context)


# ---- points ------------------------------------------------------------------------------------


def test_after_a_point_only_what_came_later_is_checked(office, person, proof):
    before = proof.check()
    point = proof.anchor(office.clock.now())
    again = proof.check(since=point)

    assert (before.since, before.broken) == (0, None)
    assert (again.since, again.count, again.head) == (before.count, before.count, before.head)


def test_a_changed_byte_before_the_point_is_still_found(office, person, proof):
    point = proof.anchor(office.clock.now())
    tampering.edit_at(proof._connection, 5)

    assert proof.check(since=point).broken == Break(seq=5, flaw=Flaw.UNLINKED)


def test_a_missing_entry_before_the_point_is_still_found(office, person, proof):
    point = proof.anchor(office.clock.now())
    tampering.drop_values(proof._connection, 5)
    proof._connection.exec_driver_sql("DELETE FROM audit WHERE seq = 5")

    assert proof.check(since=point).broken == Break(seq=5, flaw=Flaw.GAP)


def test_the_point_of_somebody_else_or_a_forged_one_saves_nothing(office, person, proof):
    point = proof.anchor(office.clock.now())
    with office.session("clerk").store.reading() as work:
        others = work.proof.anchor(office.clock.now())
    for one in (others, replace(point, sig=others.sig), replace(point, sig="no hex")):
        assert proof.check(since=one).since == 0
    assert proof.is_genuine(others)
    assert not proof.is_genuine(replace(others, count=3))
    assert not proof.is_genuine(replace(point, vault="0" * 32))


def test_a_point_that_is_not_in_this_history_saves_nothing(office, person, proof):
    point = proof.anchor(office.clock.now())
    tampering.cut(proof._connection, point.count)

    assert proof.check(since=point).since == 0
    assert not proof.contains(point)


def test_an_empty_history_is_contained_in_every_one(office, proof):
    point = replace(proof.anchor(office.clock.now()), count=0, head="00" * 32)

    assert proof.contains(point)
    assert not proof.contains(replace(point, head="11" * 32))
    assert anchors.contains(point, ())


def test_an_anchor_of_an_open_vault_is_the_same(office, proof):
    opened = office.opened["reviewer"]
    with opened.engine.connect() as connection:
        made = anchors.anchor(opened, connection, office.clock.now())
    with office.session("reviewer").store.reading() as work:
        links = tuple(work.audit.links())

    assert made == proof.anchor(office.clock.now())
    assert anchors.contains(made, links)
    assert anchors.of_document(anchors.document(made)) == made


@pytest.mark.parametrize(
    "changes", [{"count": -1}, {"count": True}, {"count": "1"}, {"head": 7}, {"more": ""}]
)
def test_a_strange_document_is_no_anchor(office, proof, changes):
    doc = anchors.document(proof.anchor(office.clock.now())) | changes

    assert anchors.of_document(doc) is None
    assert anchors.of_document([doc]) is None


# ---- values beside the chain ---------------------------------------------------------------------


def test_values_that_were_erased_are_fine_and_changed_ones_are_not(office, person, proof):
    run = proof._connection.exec_driver_sql
    last = proof.count()
    run("UPDATE audit_salt SET row = '{}' WHERE seq = ?", (last,))
    assert proof.check().broken == Break(seq=last, flaw=Flaw.VALUES)
    run("DELETE FROM audit_salt")
    assert proof.check().holds


def test_the_values_before_stand_beside_those_after(office, person, proof):
    clerk = office.session("clerk")
    proof._connection.rollback()  # the next save needs the pen
    residents.save_answers(clerk, person, P2, answers(clean_need="common_only"))
    after, before = proof.values(proof.count())

    assert "common_only" in after
    assert "in_home" in before
    assert proof.values(10_000) == ("", "")


# ---- signers -------------------------------------------------------------------------------------


def test_a_key_without_a_certificate_of_this_office_does_not_count(office, proof):
    run = proof._connection.exec_driver_sql
    uid = office.session("manager").staff.uid
    known = signers.enrolled(proof._connection, proof._context)
    for number, text in enumerate(("", "{}", '{"roster":"[]","sig":"00"}', "[" * 2_000)):
        run("INSERT INTO signer VALUES (?,?,?)", (uid, bytes([number]) * 32, text))

    assert signers.enrolled(proof._connection, proof._context) == known


def test_nobody_counts_for_whom_has_no_roster(proof):
    proof._context = replace(proof._context, certify=str)

    assert proof.check().broken == Break(seq=1, flaw=Flaw.UNKNOWN_KEY)


def test_a_roster_that_was_changed_is_none(office, proof):
    text = proof._context.certificate
    promoted = text.replace("clerk", "admin")

    assert voucher.read(text) is not None
    assert voucher.read(promoted) is None
    other = "00" if text[-4:-2] != "00" else "11"
    assert voucher.read(text[:-4] + other + '"}') is None


def test_after_a_recovery_the_entries_of_before_still_count(founded, tmp_path, clock):
    copy = founded.copied(tmp_path / "recovered", clock)
    copy.close()
    opened, _key = offices.recover(
        copy.folder, founded.recovery, "admin", "violet harbour kettle 94", clock
    )
    try:
        with opened.session.store.reading() as work:
            proof = work.proof
            assert proof.check().holds
            named = proof.page(LogQuery(targets=(RENEWED_TARGET,))).entries
            assert [entry.action for entry in named] == ["office.renewed"]
    finally:
        opened.close()


def test_a_clerk_cannot_name_a_recovery_key_of_before(office, proof):
    clerk = office.session("clerk")
    proof._connection.rollback()
    with clerk.store.writing() as work:
        clerk.log(work, "office.renewed", RENEWED_TARGET, fields=["ab" * 32])
        work.commit()
    present = voucher.read(proof._context.certificate)
    assert present is not None
    claims = tuple(signers._claims(proof._connection, proof.vault))

    assert signers._earlier_roots(proof._connection, claims, present) == set()


# ---- codes and pages -----------------------------------------------------------------------------


def test_a_code_from_paper_leads_to_its_entry(office, person, proof):
    printed = proof.anchor(office.clock.now())
    reports = []

    assert proof.with_code(printed.code).seq == printed.count
    other = replace(printed, count=3).code
    assert proof.with_code(other, lambda *at: reports.append(at)) is None
    assert reports


def test_pages_go_back_to_the_first_entry(office, person, proof, monkeypatch):
    monkeypatch.setattr(log_pages, "STRETCH", 10)
    seen, before = [], None
    while True:
        page = proof.page(LogQuery(), before=before, limit=7)
        seen += [entry.seq for entry in page.entries]
        before = page.before
        if before is None:
            break

    assert seen == list(range(proof.count(), 0, -1))


def test_the_log_is_narrowed_by_person_act_object_and_time(office, person, proof):
    clock, manager = office.clock, office.session("manager")
    proof._connection.rollback()
    start = clock.advance(days=1)
    revealing.reveal_mobile(manager, person, Why(reason=Reason.SERVICE))
    clock.advance(days=1)
    revealing.reveal_mobile(office.session("clerk"), person, Why(reason=Reason.SERVICE))
    target = f"person:{person}"

    def seqs(**query):
        return [one.seq for one in proof.page(LogQuery(**query)).entries]

    last = proof.count()
    assert seqs(actions=("reveal",)) == [last, last - 1]
    assert seqs(actions=("reveal",), by=manager.staff.uid) == [last - 1]
    assert seqs(since=start, until=start + timedelta(hours=1)) == [last - 1]
    assert seqs(since=start) == [last, last - 1]
    assert seqs(targets=(target,))[:2] == [last, last - 1]
    assert seqs(until=datetime(2000, 1, 1).astimezone()) == []
    assert proof.newest(("reveal",)).seq == last
    assert proof.newest(("nothing",)) is None
    assert LogQuery(by="a").is_narrowed
    assert not LogQuery().is_narrowed
