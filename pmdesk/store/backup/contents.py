"""What a database holds, as far as the outside of a backup may tell it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from pmdesk.store import schema

_audit = schema.audit

_TABLES = (
    "SELECT name FROM sqlite_schema WHERE type = 'table'"
    " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'person_search%' ORDER BY name"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Numbers, the schema and how new it is; nothing about anybody."""

    schema: str
    counts: Mapping[str, int]
    newest: str  # when the newest entry of the log was made; empty without one
    rules: int  # the version in force; 0 without one


def contents(connection: Connection) -> Contents:
    """What this database holds now."""
    run = connection.exec_driver_sql
    names = [name for (name,) in run(_TABLES)]
    rules = run("SELECT version FROM ruleset WHERE status = 'active'").scalar()
    newest = connection.scalar(select(_audit.c.body).order_by(_audit.c.seq.desc()).limit(1))
    return Contents(
        schema=str(run("SELECT version_num FROM alembic_version").scalar()),
        counts={name: run(f'SELECT count(*) FROM "{name}"').scalar() or 0 for name in names},
        newest=json.loads(newest)["time"] if newest else "",
        rules=rules or 0,
    )
