"""Runs compiled DMN tables in a database of its own, in memory."""

from collections.abc import Sequence

from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select

from pmdesk.rules.dmn import sql
from pmdesk.rules.dmn.model import Table as DecisionTable
from pmdesk.rules.dmn.values import Value


class SqlEngine:
    """Tells which rules of a table fit by asking SQLite."""

    def __init__(self) -> None:
        self._connection = create_engine("sqlite://").connect()
        self._prepared: dict[int, _Prepared] = {}

    def hits(self, table: DecisionTable, rows: Sequence[Sequence[Value]]) -> list[tuple[int, ...]]:
        """For each row of values the places of the rules that fit, or of the one that decides."""
        prepared = self._prepared.get(id(table))
        if prepared is None:
            prepared = self._prepared[id(table)] = _Prepared(table, len(self._prepared))
            prepared.cases.create(self._connection)
        if not rows:
            return []
        codes = [
            {"number": number, **prepared.compiled.codes(values)}
            for number, values in enumerate(rows)
        ]
        self._connection.execute(insert(prepared.cases), codes)
        found = self._connection.exec_driver_sql(prepared.question).all()
        self._connection.execute(prepared.cases.delete())
        return [prepared.compiled.hits(tuple(row)) for row in found]


class _Prepared:
    """A table's question, asked again and again of other cases."""

    def __init__(self, table: DecisionTable, number: int) -> None:
        self.table = table  # kept alive, for its identity is the key
        self.compiled = sql.compiled(table)
        columns = [Column(key, type_) for key, type_ in self.compiled.types.items()]
        self.cases = Table(
            f"cases_{number}", MetaData(), Column("number", Integer, primary_key=True), *columns
        )
        asked = self.compiled.results({key: self.cases.c[key] for key in self.compiled.types})
        # written out in full: a large table has more values than SQLite takes as parameters
        self.question = str(
            select(*asked)
            .order_by(self.cases.c.number)
            .select_from(self.cases)
            .compile(compile_kwargs={"literal_binds": True})
        )
