"""The encrypted database: raw key only, and errors in plain words."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pmdesk.errors import (
    ConflictError,
    StorageError,
    VaultBusyError,
    VaultDamagedError,
    WrongKeyError,
)
from pmdesk.store.vault import engine as engines
from pmdesk.store.vault.keys import new_key

KEY = bytearray(range(32))


@pytest.fixture
def engine(tmp_path):
    found = engines.make_engine(tmp_path / "a.db", KEY)
    with found.execution_options(write=True).begin() as connection:
        connection.execute(text("CREATE TABLE note (text TEXT UNIQUE)"))
    yield found
    found.dispose()


def told(engine, *statements):
    with engine.connect() as connection:
        for statement in statements[:-1]:
            connection.execute(text(statement))
        with pytest.raises(DBAPIError) as caught:
            connection.execute(text(statements[-1]))
    return engines.translated(caught.value)


def test_every_connection_is_set_up_as_specified(engine):
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "temp_store": 2,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "cache_size": -65536,
    }
    with engine.connect() as one, engine.connect() as two:
        for connection in (one, two):
            for pragma, value in expected.items():
                assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


@pytest.mark.parametrize("size", [0, 16, 31, 33, 64])
def test_a_key_of_another_length_is_never_used_as_a_passphrase(size):
    with pytest.raises(ValueError, match="32 bytes"):
        engines.key_spec(bytearray(size))


def test_the_key_is_spelled_as_a_raw_key():
    spec = engines.key_spec(KEY)
    assert len(spec) == 67
    assert bytes(spec) == b"x'" + KEY.hex().encode() + b"'"


def test_another_key_is_told_at_the_first_connection(engine, tmp_path, capfd):
    engine.dispose()
    other = engines.make_engine(tmp_path / "a.db", new_key())
    with pytest.raises(WrongKeyError):
        other.connect()
    other.dispose()
    assert capfd.readouterr().err == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.db"]


def test_the_file_is_ciphertext(engine, tmp_path):
    with engine.execution_options(write=True).begin() as connection:
        connection.execute(text("INSERT INTO note VALUES ('欧阳明珠')"))
    for path in tmp_path.iterdir():
        raw = path.read_bytes()
        assert "欧阳明珠".encode() not in raw
        assert not raw.startswith(b"SQLite format 3")


def test_a_second_writer_waits_while_readers_go_on(engine, monkeypatch):
    writing = engine.execution_options(write=True)
    with writing.begin() as connection:
        connection.execute(text("INSERT INTO note VALUES ('a')"))
        with engine.begin() as reader:
            assert reader.execute(text("SELECT count(*) FROM note")).scalar() == 0
            raw = reader.connection.dbapi_connection
            raw.execute("PRAGMA busy_timeout=0")
            with pytest.raises(sqlcipher.OperationalError) as caught:
                raw.execute("INSERT INTO note VALUES ('b')")
    assert isinstance(engines.translated(caught.value), VaultBusyError)


def test_a_full_disk_is_a_plain_sentence_and_nothing_is_half_written(engine):
    error = told(
        engine,
        "PRAGMA max_page_count=3",
        "INSERT INTO note VALUES ('first')",
        "INSERT INTO note VALUES (hex(randomblob(20000)))",
    )
    assert isinstance(error, StorageError)
    assert "full" in error.sentence
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM note")).scalar() == 0


def test_a_broken_rule_is_a_conflict_without_the_value(engine):
    error = told(
        engine, "INSERT INTO note VALUES ('欧阳明珠')", "INSERT INTO note VALUES ('欧阳明珠')"
    )
    assert isinstance(error, ConflictError)
    assert "欧阳" not in f"{error.sentence}{error.remedy}{error.places}"


def test_values_do_not_reach_the_text_of_an_error(engine):
    with engine.begin() as connection:
        insert = text("INSERT INTO note VALUES (:t)")
        connection.execute(insert, {"t": "欧阳明珠"})
        with pytest.raises(DBAPIError) as caught:
            connection.execute(insert, {"t": "欧阳明珠"})
    assert "欧阳" not in str(caught.value)


def test_a_damaged_page_points_to_the_backup(engine, tmp_path):
    with engine.execution_options(write=True).begin() as connection:
        connection.execute(text("INSERT INTO note VALUES (hex(randomblob(50000)))"))
    engines.checkpoint(engine)
    engine.dispose()
    raw = bytearray((tmp_path / "a.db").read_bytes())
    for page in range(4, len(raw) // 4096):
        raw[page * 4096 + 100] ^= 1
    (tmp_path / "a.db").write_bytes(raw)
    error = told(engine, "SELECT sum(length(text || 'x')) FROM note")
    assert isinstance(error, VaultDamagedError)
    assert "backup" in error.remedy


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("SQLITE_READONLY_DBMOVED", StorageError),
        ("SQLITE_IOERR_WRITE", StorageError),
        ("SQLITE_CANTOPEN", StorageError),
        ("SQLITE_LOCKED", VaultBusyError),
        ("SQLITE_NOTADB", VaultDamagedError),
        ("SQLITE_TOOBIG", StorageError),
    ],
)
def test_each_kind_of_failure_has_its_words(code, kind):
    error = sqlcipher.OperationalError("secret words")
    error.sqlite_errorname = code
    found = engines.translated(error)
    assert type(found) is kind
    assert found.remedy
    assert "secret" not in f"{found.sentence}{found.places}"


@pytest.mark.parametrize(
    ("number", "word"), [(28, "full"), (13, "may not write"), (5, "read or written")]
)
def test_errors_of_the_disk_have_their_words(number, word):
    assert word in engines.translated(OSError(number, "no")).sentence


def test_an_error_of_pmdesk_stays_what_it_is():
    error = ConflictError("already")
    assert engines.translated(error) is error
    assert engines.translated(ZeroDivisionError()).places == {"code": "ZeroDivisionError"}


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_refused_connection_does_not_keep_the_file_open(engine, tmp_path):
    engine.dispose()
    with pytest.raises(WrongKeyError) as caught:
        engines.make_engine(tmp_path / "a.db", new_key()).connect()
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    assert caught.value.remedy
    assert not any(str(link.readlink()).startswith(str(tmp_path)) for link in links)


@pytest.mark.parametrize(("free", "word"), [(0, "full"), (10**9, "read or written")])
def test_a_log_that_cannot_grow_while_opening_tells_a_full_disk_from_a_broken_one(
    tmp_path, monkeypatch, free, word
):
    def broken(*_args, **_more):
        error = sqlcipher.OperationalError("disk I/O error")
        error.sqlite_errorname = "SQLITE_IOERR"
        raise error

    monkeypatch.setattr(engines, "wipe", broken)  # the last step before the log is opened
    monkeypatch.setattr(
        "shutil.disk_usage", lambda _folder: SimpleNamespace(total=10**9, used=0, free=free)
    )
    fresh = engines.make_engine(tmp_path / "full.db", bytearray(b"k" * 32))
    with pytest.raises(Exception) as caught, fresh.connect():  # noqa: PT011  # judged below
        pass
    assert word in engines.translated(caught.value).sentence
