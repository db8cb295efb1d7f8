"""The steps by which the schema of an office grows, each one transaction."""

import logging
from collections.abc import Iterator
from pathlib import Path
from sqlite3 import complete_statement

from alembic import op
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from pmdesk.domain.damage import Damage
from pmdesk.errors import VaultTooNewError
from pmdesk.i18n import N_
from pmdesk.store.vault.engine import translated

APPLICATION_ID = 0x706D646B  # "pmdk": what `file` and SQLite's tools tell about the data file
HEAD = "0006"

_SCRIPTS = ScriptDirectory(str(Path(__file__).parent))

logging.getLogger("alembic").setLevel(logging.WARNING)  # the program's log is for its user


def upgrade(engine: Engine) -> None:
    """The office has the newest schema; VaultTooNewError when a newer pmdesk made it.

    Where the disk is full, a StorageError says so, and the office is as it was.
    """
    with engine.connect() as connection:
        found = revision(connection)
    if found == HEAD:
        return
    try:
        with engine.connect() as plain:
            _upgrade(plain.execution_options(write=True))
    except DBAPIError as error:
        if getattr(error.orig, "sqlite_errorname", "") == "SQLITE_ERROR":
            raise  # a step that is written wrong is a fault of the program
        raise translated(error) from error


def revision(connection: Connection) -> str | None:
    """The revision the office is at; None for an empty file."""
    heads = MigrationContext.configure(connection).get_current_heads()
    known = {script.revision for script in _SCRIPTS.walk_revisions()}
    if set(heads) - known:
        newer = VaultTooNewError(
            N_("A newer pmdesk made this office."),
            N_("Install the newest pmdesk on this computer, then open the office again."),
        )
        raise newer.coded(Damage.NEWER)
    return heads[0] if heads else None


def run(script: str, number: str) -> None:
    """The statements beside that revision are done, and the file says which revision it is at.

    They stand as they were written: a later change of the program never changes an earlier step.
    """
    connection = op.get_bind()
    for statement in statements(Path(script).with_suffix(".sql").read_text(encoding="utf-8")):
        connection.exec_driver_sql(statement)
    op.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    op.execute(f"PRAGMA user_version = {int(number)}")


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script, one by one: a trigger has semicolons of its own."""
    waiting = ""
    for line in script.splitlines(keepends=True):
        waiting += line
        if complete_statement(waiting):
            yield waiting
            waiting = ""


def _upgrade(connection: Connection) -> None:
    with EnvironmentContext(
        Config(attributes={"connection": connection}),
        _SCRIPTS,
        fn=lambda found, _context: _SCRIPTS._upgrade_revs("head", found),  # noqa: SLF001  # as alembic's own commands do
        destination_rev="head",
    ):
        _SCRIPTS.run_env()
