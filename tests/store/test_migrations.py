"""The schema grows in steps, each of them whole or not at all."""

import pkgutil
import re
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import Connection

import pmdesk.store
from pmdesk.errors import VaultTooNewError
from pmdesk.store import migrations, schema
from pmdesk.store.vault.engine import make_engine


@pytest.fixture
def empty(tmp_path, key):
    engine = make_engine(tmp_path / "empty.db", key)
    yield engine
    engine.dispose()


@pytest.fixture
def first(empty):
    """An office as the first release left it, with somebody in it."""
    folder = Path(migrations.__file__).parent / "versions"
    with empty.connect().execution_options(write=True) as connection:
        for statement in migrations.statements((folder / "0001_initial.sql").read_text("utf-8")):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num TEXT PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")
        connection.exec_driver_sql("INSERT INTO staff VALUES ('u', 'wang', '王芳', 'clerk', 1)")
        connection.commit()
    return empty


def pragma(engine, name):
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_a_fresh_office_is_at_the_newest_schema(empty, capfd, caplog):
    migrations.upgrade(empty)
    with empty.connect() as connection:
        assert migrations.revision(connection) == migrations.HEAD
        names = {name for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_schema")}
    assert set(schema.metadata.tables) <= names
    assert {"person_search", "consent_event_stands", "audit_stays"} <= names
    assert pragma(empty, "application_id") == migrations.APPLICATION_ID
    assert pragma(empty, "user_version") == int(migrations.HEAD)
    assert capfd.readouterr() == ("", "")
    assert not caplog.records


def test_the_head_that_the_program_names_is_the_last_script():
    assert migrations._SCRIPTS.get_current_head() == migrations.HEAD


def test_an_office_of_the_first_schema_grows_and_keeps_what_it_holds(first):
    migrations.upgrade(first)
    with first.connect() as connection:
        staff = connection.exec_driver_sql("SELECT login, name, enabled FROM staff").all()
        assert migrations.revision(connection) == migrations.HEAD
    assert staff == [("wang", "王芳", 1)]


def test_the_steps_lead_to_the_schema_that_the_program_declares(engine):
    modules = [
        import_module(f"pmdesk.store.{found.name}")
        for found in pkgutil.iter_modules(pmdesk.store.__path__)
        if found.name.startswith("schema")
    ]
    triggers = [text for module in modules for text in getattr(module, "TRIGGERS", ())]
    with engine.connect() as connection:
        for table in schema.metadata.sorted_tables:
            found = connection.exec_driver_sql(f'PRAGMA table_xinfo("{table.name}")').all()
            assert {row.name: (row.type, row.notnull) for row in found} == {
                column.name: (
                    column.type.compile(engine.dialect),
                    int(not column.nullable or (column.primary_key and not _rowid(table))),
                )
                for column in table.columns
            }, table.name
            keys = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{table.name}")').all()
            assert len({row.id for row in keys}) == len(table.foreign_key_constraints), table.name
            listed = connection.exec_driver_sql(f'PRAGMA index_list("{table.name}")').all()
            assert {index.name for index in table.indexes} <= {row.name for row in listed}
        names = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        assert {name for (name,) in names} >= {_trigger(text) for text in triggers}


def _trigger(text):
    found = re.search(r"CREATE TRIGGER (\w+)", text)
    assert found is not None, text
    return found.group(1)


def _rowid(table):
    """Whether its key is SQLite's own number, which is never NULL without saying so."""
    keys = list(table.primary_key.columns)
    return len(keys) == 1 and keys[0].type.python_type is int


def test_to_upgrade_twice_changes_nothing(engine):
    before = pragma(engine, "schema_version")
    migrations.upgrade(engine)
    assert pragma(engine, "schema_version") == before


def test_an_office_of_a_newer_program_is_refused_and_left_alone(engine):
    with engine.connect().execution_options(write=True) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(VaultTooNewError):
        migrations.upgrade(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT * FROM alembic_version").scalar() == "9999"


def test_an_upgrade_that_fails_leaves_nothing_behind(empty, monkeypatch):
    whole = migrations.statements
    monkeypatch.setattr(
        migrations, "statements", lambda script: [*whole(script), "CREATE NONSENSE"]
    )
    with pytest.raises(Exception, match="syntax error"):
        migrations.upgrade(empty)
    with empty.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar() == 0


def test_all_tables_are_strict(engine):
    with engine.connect() as connection:
        lax = connection.exec_driver_sql(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
            "AND strict = 0 AND name NOT IN ('sqlite_schema', 'sqlite_sequence', 'alembic_version')"
        )
        assert lax.all() == []


def test_a_connection_of_the_pool_never_begins_without_the_gate(engine):
    held = [engine.connect() for _ in range(2)]
    try:
        assert all(isinstance(one, Connection) for one in held)
        assert [one.exec_driver_sql("PRAGMA foreign_keys").scalar() for one in held] == [1, 1]
    finally:
        for one in held:
            one.close()
