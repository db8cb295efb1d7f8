"""The same people in Python, SQLite, an encrypted file and PostgreSQL, decided by each of them."""

from datetime import date

import sqlalchemy as sa
import sqlcipher3.dbapi2
from sqlalchemy.pool import StaticPool

from pmdesk.rules.evaluate import evaluate
from pmdesk.rules.sql import NO_RULE, compile_table
from pmdesk.rules.table import DecisionTable
from tests.rules import tables

KEY = f"x'{'2d' * 32}'"
BATCH = 60


class Database:
    """One database with the people in it."""

    def __init__(self, engine, *, typed=False):
        self.engine = engine
        self.typed = typed
        text = sa.Text(collation="C") if typed else sa.Text()
        flag, day = (sa.Boolean(), sa.Date()) if typed else (sa.Integer(), sa.Text())
        metadata = sa.MetaData()
        self.stored = sa.Table(
            "stored",
            metadata,
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("age", sa.Integer),
            sa.Column("fee", sa.BigInteger if typed else sa.Integer),
            sa.Column("zone", text),
            sa.Column("asked", flag),
            sa.Column("day", day),
            sa.Column("note", text),
            sa.Column("need_known", flag, nullable=False),
            sqlite_strict=True,
        )
        self.chosen = sa.Table(
            "chosen",
            metadata,
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("value", text, primary_key=True),
            sqlite_strict=True,
            sqlite_with_rowid=False,
        )
        with engine.begin() as connection:
            metadata.create_all(connection)
        self.columns = dict(self.stored.columns) | {
            fact.key: self._any_of(fact.any_of) for fact in (*tables.SINGLE, *tables.GROUPS)
        }

    def fill(self, people):
        """The people are in it, numbered from 0."""
        rows = [self._stored(number, person) for number, person in enumerate(people)]
        chosen = [
            {"id": number, "value": code}
            for number, person in enumerate(people)
            for code in person["chosen"] or ()
        ]
        with self.engine.begin() as connection:
            connection.execute(sa.insert(self.stored), rows)
            connection.execute(sa.insert(self.chosen), chosen)

    def decided(self, wanted, start, count=BATCH):
        """What some expressions over the columns are for `count` people from `start` on."""
        read = (
            sa.select(*wanted)
            .where(self.stored.c.id.between(start, start + count - 1))
            .order_by(self.stored.c.id)
        )
        with self.engine.connect() as connection:
            rows = connection.execute(read, execution_options={"compiled_cache": None})
            return [tuple(row) for row in rows]

    def _stored(self, number, person):
        row = {key: person[key] for key in ("age", "fee", "zone", "asked", "day", "note")}
        row |= {"id": number, "need_known": person["chosen"] is not None}
        if self.typed:
            return row
        plain = {key: int(row[key]) for key in ("asked", "need_known") if row[key] is not None}
        return row | plain | {"day": None if row["day"] is None else row["day"].isoformat()}

    def _any_of(self, codes):
        """As the store does it: an empty list says no, an unknown one nothing."""
        has = sa.exists().where(
            self.chosen.c.id == self.stored.c.id, self.chosen.c.value.in_(codes)
        )
        known = self.stored.c.need_known
        flag = sa.case((known if self.typed else known == 1, has.correlate(self.stored)))
        return flag if self.typed else sa.type_coerce(flag, sa.Integer)


class Udf:
    """The reference evaluator as a function in SQLite: it sees what SQL reads."""

    name = "decided"

    def __init__(self, database):
        self.table = DecisionTable(facts=(), rules=(), scheme=tables.SCHEME)
        self.facts = tables.ALL_FACTS
        self.call = getattr(sa.func, self.name)(*(database.columns[f.key] for f in self.facts))
        with database.engine.connect() as connection:  # one connection for all, see `memory`
            raw = connection.connection.driver_connection
            raw.create_function(self.name, len(self.facts), self._decided)

    def _decided(self, *stored):
        values = {
            fact.key: self._value(fact, value)
            for fact, value in zip(self.facts, stored, strict=True)
        }
        return repr(numbers(self.table, evaluate(self.table, values)))

    def _value(self, fact, value):
        if value is None:
            return None
        if fact is tables.DAY:
            return date.fromisoformat(value)
        return bool(value) if fact.type == "flag" else value


def memory(module=None):
    """An engine on one SQLite database in memory."""
    return sa.create_engine("sqlite://", poolclass=StaticPool, module=module)


def encrypted(path):
    """An engine on an encrypted file."""

    def connected():
        connection = sqlcipher3.dbapi2.connect(str(path), check_same_thread=False)
        connection.execute(f'PRAGMA key = "{KEY}"').fetchall()
        return connection

    return sa.create_engine(
        "sqlite://", module=sqlcipher3.dbapi2, creator=connected, poolclass=StaticPool
    )


def people(random, count):
    """So many people: a value for each fact, and what they chose."""
    made = []
    for _ in range(count):
        choice = tables.chosen(random)
        made.append(tables.row(random) | tables.listed(choice) | {"chosen": choice})
    return made


def expected(table, persons):
    """What the reference evaluator gives, as numbers."""
    return [numbers(table, evaluate(table, person)) for person in persons]


def expressions(table, database, *, many=None):
    """The decision as SQL: flat, or a tree whenever there is a question to ask."""
    compiled = compile_table(table, database.columns, many=float("inf") if many is None else many)
    return compiled.rule, compiled.tier, compiled.tags


def numbers(table, outcome):
    """An outcome as SQL gives it."""
    scheme = table.scheme
    place = table.place_of(outcome.rule) if outcome.rule else NO_RULE
    return place, scheme.rank(outcome.tier), scheme.bits(outcome.tags)
