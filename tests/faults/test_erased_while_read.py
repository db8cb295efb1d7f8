"""Erasing while a backup or a long look holds the file: at once, and nothing is left afterwards."""

import shutil
from contextlib import closing, contextmanager

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from pmdesk.domain.fields import FieldKey
from pmdesk.services import residents
from pmdesk.services.consent import consents
from pmdesk.store.vault.engine import key_spec
from tests.offices import P2, P8, SPECIAL, Office, consenting, founded_office, tier
from tests.pages import traces

CONTACT, NAME = "欧阳救急", "慕容远山"
STEP = 16  # pages; the file has many more
DATA = ("*.db", "*.db-wal", "*.db-shm", "app.lock")


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    return founded_office(tmp_path_factory.mktemp("founded") / "office")


@pytest.fixture
def office(founded, tmp_path, clock):
    copy = founded.copied(tmp_path / "office", clock)
    yield copy
    copy.close()


@pytest.fixture
def person(office):
    """Somebody of whom the office knows whom to call."""
    made = consenting(office.session("clerk"), P2, P8, values=SPECIAL, name=NAME)
    contact = {FieldKey("emergency_contact"): CONTACT}
    residents.save_answers(office.session("clerk"), made, P8, contact)
    return made


def withdraw(office, person):
    for purpose in (P8, P2):
        consents.withdraw(office.session("clerk"), person, purpose)


def data_file(office):
    (path,) = office.folder.glob("*.db")
    return path


@contextmanager
def opened(office, path):
    """Another connection to the file, with the key of the office."""
    with closing(sqlcipher.connect(str(path), isolation_level=None)) as connection:
        connection.set_key(key_spec(office.founded.signers["admin"].rings["ops"]))
        yield connection


def emptied(office, folder):
    """A folder like the office's, without its data."""
    shutil.copytree(office.folder, folder, ignore=shutil.ignore_patterns(*DATA))
    return Office(folder=folder, founded=office.founded, clock=office.clock)


def backed_up(office, person, to, *, looking):
    """A copy of the office, made page by page while the person withdraws."""
    copy = emptied(office, to)
    done: list[int] = []

    def withdraw_once(_status, _left, _all):
        if not done:
            done.append(person)
            withdraw(office, person)

    with opened(office, data_file(office)) as source:
        if looking:  # the copy is of the moment before
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM person").fetchone()
        with opened(office, copy.folder / data_file(office).name) as target:
            source.backup(target, pages=STEP, progress=withdraw_once)
    assert done, "the copy was made in one step"
    return copy


def replayed(newer, older):
    """How many lines of the newer journal were news to the older office."""
    with newer.session("manager").store.reading() as work:
        lines = work.erasures.since()
    session = older.session("manager")
    with session.store.writing() as work:
        count = work.erasures.replay(lines, seal=session.accounts.seal, today=session.clock.today())
        work.commit()
    return count


def is_known(office, person):
    """Whether anything of the withdrawn consents can be asked of the office."""
    answered = office.sql("SELECT 1 FROM answers_p8 WHERE person = :who", who=person)
    return bool(answered) or tier(office.session("clerk"), person) is not None


@pytest.mark.parametrize(("looking", "news"), [(True, 2), (False, 0)])
def test_a_copy_made_meanwhile_is_erased_by_the_journal(office, person, tmp_path, looking, news):
    copy = backed_up(office, person, tmp_path / "copy", looking=looking)
    try:
        assert not is_known(office, person)
        assert is_known(copy, person) is looking
        assert replayed(office, copy) == news
        assert not is_known(copy, person)
    finally:
        copy.close()
    office.close()
    assert traces(office, CONTACT, NAME) == {NAME}
    assert traces(copy, CONTACT, NAME) == {NAME}


def test_a_long_look_neither_delays_an_erasure_nor_keeps_what_it_saw(office, person):
    with opened(office, data_file(office)) as reader:
        reader.execute("BEGIN")
        before = reader.execute("SELECT count(*) FROM answers_p8").fetchone()

        withdraw(office, person)

        assert not is_known(office, person)
        assert reader.execute("SELECT count(*) FROM answers_p8").fetchone() == before == (1,)
        assert CONTACT in traces(office, CONTACT)  # somebody still looks at it
        reader.execute("COMMIT")
        assert reader.execute("SELECT count(*) FROM answers_p8").fetchone() == (0,)
    office.close()
    assert traces(office, CONTACT, NAME) == {NAME}
