"""Every table of the office, read by person: what a dossier is made of."""

from collections.abc import Mapping

from sqlalchemy import Connection, column, select, table

from pmdesk.errors import NotFoundError
from pmdesk.i18n import N_
from pmdesk.store.context import StoreContext

_TABLES = """SELECT name FROM pragma_table_list
  WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"""
_COLUMNS = "SELECT name FROM pragma_table_info(?) ORDER BY cid"


class SqlDossiers:
    """Reads what is there, not what somebody remembered to list."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context  # the services decide who may make a dossier
        self._connection = connection

    def tables(self) -> Mapping[str, tuple[str, ...]]:
        """The columns of each table that the office has now."""
        names = [name for (name,) in self._connection.exec_driver_sql(_TABLES)]
        return {name: self._columns(name) for name in names}

    def rows(self, name: str, key: str, value: str | int) -> tuple[Mapping[str, object], ...]:
        """The rows of a table with that value in that column, as plain values."""
        columns = self._columns(name)
        if key not in columns:
            raise NotFoundError(N_("A table of the office changed."), N_("Start pmdesk again."))
        found = table(name, *(column(one) for one in columns))
        those = select(found).where(found.c[key] == value)
        return tuple(dict(row) for row in self._connection.execute(those).mappings())

    def _columns(self, name: str) -> tuple[str, ...]:
        return tuple(one for (one,) in self._connection.exec_driver_sql(_COLUMNS, (name,)))
