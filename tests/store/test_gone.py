"""Erased is erased on the disk too: the same store on a file without a key, read byte by byte."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from pmdesk.domain.acts import ArchiveEntry, ArchiveReason
from pmdesk.domain.consents import Decision
from pmdesk.domain.fields import FieldKey, Value
from pmdesk.domain.orders.order import OrderStep, Spot
from pmdesk.domain.people import Occupancy, PartyRole, Premises
from pmdesk.store.answers import SqlAnswers
from pmdesk.store.archive import SqlArchive
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.consent_ends import SqlConsentEnds
from pmdesk.store.consents import SqlConsents
from pmdesk.store.drafts import SqlDrafts
from pmdesk.store.erasing import erase_values
from pmdesk.store.migrations import upgrade
from pmdesk.store.orders.register import SqlOrders
from pmdesk.store.people import SqlPeople
from pmdesk.store.premises import SqlPremises
from pmdesk.store.search import forget
from pmdesk.store.vault.engine import PRAGMAS, _begin, checkpoint
from tests.domain.orders.made import order
from tests.store.conftest import (
    AT,
    P1,
    P2,
    PAPER,
    TODAY,
    UID,
    context_of,
    notice,
    small_catalogue,
)

NAME, MOBILE, STREET, TYPED = "欧阳清远", "13911112222", "云端路九九号", "草稿里的字"
TAP, REPLY = "工单里的水龙头", "回访时的话"
BLOB = b"\xf3\x9asealed-by-hand\x01"
TRACES = (
    NAME,
    "欧阳",
    "清远",
    "ouyangqingyuan",
    "ouyang",
    MOBILE,
    MOBILE[::-1],
    STREET,
    TYPED,
    TAP,
    REPLY,
)


@pytest.fixture
def plain(tmp_path):
    """The newest schema in a file without a key, opened with the pragmas of the real one."""
    path = tmp_path / "plain.db"

    def connected():
        connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection

    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=connected, poolclass=QueuePool, pool_size=1
    )
    event.listen(engine, "begin", _begin)
    upgrade(engine)
    with engine.connect().execution_options(write=True) as connection:
        register = SqlCatalogue(connection, context_of(UID))
        register.install(small_catalogue())
        register.add_notice(notice(P2), at=AT)
        connection.commit()
    yield engine, path
    engine.dispose()


class Office:
    """One person in the plain file, and the acts."""

    def __init__(self, engine, path):
        self.engine, self.path = engine, path

    @contextlib.contextmanager
    def writing(self):
        with self.engine.connect().execution_options(write=True) as connection:
            yield connection, context_of(UID)
            connection.commit()

    def enter(self, filler):
        """A person of whom everything is known, among others."""
        with self.writing() as (connection, context):
            people = SqlPeople(connection, context)
            unit = SqlPremises(connection, context).ensure("3", "2", "501")
            home = Occupancy(
                unit=Premises(id=unit, building="3", entrance="2", room="501"),
                role=PartyRole.OWNER,
            )
            for place in range(filler):
                people.add(f"张{place}", f"1380000{place:04}", (home,), at=AT)
            person = people.add(NAME, MOBILE, (home,), at=AT)
            answers = SqlAnswers(connection, context)
            answers.put(person, P1, {FieldKey("mail_address"): STREET}, source="counter", at=AT)
            SqlConsents(connection, context).record(
                person,
                P2,
                Decision.GIVEN,
                notice=notice(P2),
                evidence=PAPER,
                at=AT,
                today=TODAY,
                valid_until=None,
            )
            needs: dict[FieldKey, Value] = {FieldKey("clean_need"): "home", FieldKey("budget"): 777}
            answers.put(person, P2, needs, source="c", at=AT)
            orders = SqlOrders(connection, context)
            number = orders.next_number(TODAY)
            tap = order(number=number, words=TAP, person=person, spot=Spot(unit=unit))
            entered = orders.add(tap, callback=MOBILE, day=TODAY, hour=9)
            orders.step(entered, OrderStep(at=AT, by=UID, act="called_back", words=REPLY))
            SqlDrafts(connection, context).put("resident", str(person), TYPED, at=AT)
            SqlDrafts(connection, context).put("answers", f"{person}:P2", TYPED, at=AT)
        return person

    def holds(self, *texts):
        """Which of the texts lie anywhere in the data file or in the log beside it."""
        checkpoint(self.engine)
        wal = self.path.with_name(self.path.name + "-wal")
        raw = self.path.read_bytes() + (wal.read_bytes() if wal.exists() else b"")
        return {text for text in texts for form in (text, text.lower()) if form.encode() in raw}


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(filler=st.integers(0, 60), corrected=st.booleans())
def test_nothing_of_whoever_is_archived_is_left_on_the_disk(plain, filler, corrected):
    office = Office(*plain)
    person = office.enter(filler)
    assert office.holds(*TRACES) >= {NAME, MOBILE, STREET, TYPED, TAP, REPLY}
    with office.writing() as (connection, context):
        if corrected:
            who = SqlPeople(connection, context).get(person)
            SqlPeople(connection, context).save(
                person, "欧阳清远远", MOBILE, who.occupancies, revision=1, at=AT
            )
        archive = SqlArchive(connection, context)
        archive.put(
            ArchiveEntry(
                person=person,
                reason=ArchiveReason.MOVED_OUT,
                archived_on=TODAY,
                keep_until=TODAY,
                blob=BLOB,
            )
        )
    assert office.holds(*TRACES) == set()
    with office.writing() as (connection, context):
        assert SqlArchive(connection, context).drop(person)
    assert office.holds(BLOB.decode("latin-1")) == set()
    assert BLOB not in office.path.read_bytes()


def test_nothing_of_a_withdrawn_consent_is_left_on_the_disk(plain):
    office = Office(*plain)
    person = office.enter(3)
    with office.writing() as (connection, context):
        SqlConsentEnds(connection, context).end(person, P2, Decision.WITHDRAWN, at=AT, today=TODAY)
    assert office.holds(TYPED) == set()
    assert office.holds(NAME, STREET) == {NAME, STREET}  # the contract goes on


def test_nothing_of_an_erased_entry_is_left_on_the_disk(plain):
    office = Office(*plain)
    person = office.enter(3)
    with office.writing() as (connection, _context):
        erase_values(connection, small_catalogue(), person, P1, FieldKey("mail_address"))
    assert office.holds(STREET) == set()


def test_a_corrected_name_leaves_the_index_with_the_next_sweep(plain):
    office = Office(*plain)
    person = office.enter(3)
    with office.writing() as (connection, context):
        people = SqlPeople(connection, context)
        who = people.get(person)
        people.save(person, "王明", "", who.occupancies, revision=1, at=AT)
    with office.writing() as (connection, _context):
        forget(connection)
    assert office.holds("ouyang", MOBILE[::-1], NAME) == set()
