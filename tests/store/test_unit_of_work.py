"""A unit of work is done as a whole or not at all, and its errors are said plainly."""

import threading

import pytest

from pmdesk.domain.fields import FieldKey
from pmdesk.domain.ports import UnitOfWork
from pmdesk.errors import ConflictError, RefusedError, StorageError, VaultBusyError
from pmdesk.store.unit_of_work import Store
from pmdesk.store.vault import engine as vault_engine
from tests.store.conftest import AT, P2, context_of


def people(store):
    with store.reading() as work:
        return work.people.count()


def fail(store):
    with store.writing() as work:
        work.people.add("李娜", "", (), at=AT)
        raise ZeroDivisionError


def test_what_is_committed_stays_and_what_is_not_was_never_done(store):
    with store.writing() as work:
        work.people.add("曾国强", "", (), at=AT)
        work.commit()
    with store.writing() as work:
        work.people.add("王伟", "", (), at=AT)
    with pytest.raises(ZeroDivisionError):
        fail(store)
    assert people(store) == 1


def test_a_second_commit_covers_what_came_after_the_first(store):
    with store.writing() as work:
        work.people.add("曾国强", "", (), at=AT)
        work.commit()
        work.people.add("王伟", "", (), at=AT)
        work.commit()
        work.people.add("李娜", "", (), at=AT)
    assert people(store) == 2


def test_every_register_belongs_to_the_same_transaction(store):
    with store.writing() as work:
        for name in UnitOfWork.__annotations__:
            assert getattr(work, name)._connection is work._connection


def enter_with_answers(store):
    with store.writing() as work:
        person = work.people.add("曾国强", "", (), at=AT)
        work.answers.put(person, P2, {FieldKey("quiet"): True}, source="visit", at=AT)
        work.commit()


def test_a_refusal_passes_through_and_undoes_the_rest(store):
    with pytest.raises(RefusedError):
        enter_with_answers(store)
    assert people(store) == 0


def test_a_broken_rule_of_the_database_is_a_conflict(store):
    with pytest.raises(ConflictError), store.writing() as work:
        work._connection.exec_driver_sql("INSERT INTO building VALUES (1, NULL, '')")


def test_a_commit_that_fails_is_told_and_leaves_nothing(store):
    with store.writing() as work:
        work._connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        work.people.add("曾国强", "", (), at=AT)
        work._connection.exec_driver_sql("INSERT INTO unit VALUES (1, 4711, '', '', '')")
        with pytest.raises(ConflictError):
            work.commit()
    assert people(store) == 0


def test_an_error_of_the_database_is_told_as_one_of_storage(store):
    with pytest.raises(StorageError), store.writing() as work:
        work._connection.exec_driver_sql("SELECT nonsense")


def test_a_reader_is_not_held_up_by_a_writer_and_sees_one_moment(store):
    with store.writing() as work, store.reading() as view:
        assert view.people.count() == 0
        work.people.add("曾国强", "", (), at=AT)
        work.commit()
        assert view.people.count() == 0
    assert people(store) == 1


def test_a_second_writer_waits_and_is_told_when_it_takes_too_long(tmp_path, key, monkeypatch):
    monkeypatch.setattr(vault_engine, "_WAIT", 0.05)
    busy = vault_engine.make_engine(tmp_path / "busy.db", key)
    store = Store(busy, context_of("0" * 32))
    second = store.writing()
    with store.writing():
        with pytest.raises(VaultBusyError):
            second.__enter__()
        assert busy.pool.status().endswith("connections: 1")  # the failed one gave its own back
    with store.writing():
        pass
    busy.dispose()


def test_many_writers_lose_no_change(store):
    with store.writing() as work:
        work.people.add("曾国强", "0", (), at=AT)
        work.commit()

    def count_up():
        with store.writing() as work:
            person = work.people.get(1)
            mobile = str(int(person.mobile) + 1)
            work.people.save(1, "曾国强", mobile, (), revision=person.revision, at=AT)
            work.commit()

    threads = [threading.Thread(target=count_up) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading() as work:
        assert work.people.get(1).mobile == "8"
