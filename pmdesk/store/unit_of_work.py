"""One transaction over the office, with every register at hand."""

from functools import cached_property
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from pmdesk.domain import ports
from pmdesk.store.answers import SqlAnswers
from pmdesk.store.audit import SqlAudit
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.classifications import SqlClassifications
from pmdesk.store.consents import SqlConsents
from pmdesk.store.context import StoreContext
from pmdesk.store.counts import SqlCounts
from pmdesk.store.drafts import SqlDrafts
from pmdesk.store.office_register import SqlOffice
from pmdesk.store.people import SqlPeople
from pmdesk.store.premises import SqlPremises
from pmdesk.store.rulesets import SqlRulesets
from pmdesk.store.staff_register import SqlStaff
from pmdesk.store.vault.engine import WRITE, translated

_OF_THE_DATABASE = (DBAPIError, PoolTimeoutError, OSError, UnicodeEncodeError)


class Store:
    """The open office of one account; every use of it is a unit of work."""

    def __init__(self, engine: Engine, context: StoreContext) -> None:
        self._engine = engine
        self._context = context

    def reading(self) -> "SqlUnitOfWork":
        """One consistent view, which holds up nobody."""
        return SqlUnitOfWork(self._engine, self._context, write=False)

    def writing(self) -> "SqlUnitOfWork":
        """The only writer until it ends."""
        return SqlUnitOfWork(self._engine, self._context, write=True)


class SqlUnitOfWork:
    """A transaction from `with` to its end; what is not committed was never done."""

    def __init__(self, engine: Engine, context: StoreContext, *, write: bool) -> None:
        self._engine = engine
        self._context = context
        self._write = write
        self._connection: Connection

    def __enter__(self) -> Self:
        try:
            self._connection = self._engine.connect().execution_options(**{WRITE: self._write})
            self._begin()
        except _OF_THE_DATABASE as error:
            raise translated(error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Everything since the last commit is undone."""
        try:
            self._connection.close()
        except _OF_THE_DATABASE as late:
            error = error or late
        if isinstance(error, _OF_THE_DATABASE):
            raise translated(error) from error

    def commit(self) -> None:
        """Everything since the beginning is on the disk."""
        try:
            self._connection.commit()
        except _OF_THE_DATABASE as error:
            # SQLAlchemy takes it for over, SQLite keeps it open: only a new connection is clean
            self._connection.invalidate()
            raise translated(error) from error

    def _begin(self) -> None:
        try:
            self._connection.begin()
        except BaseException:
            self._connection.close()
            raise

    @cached_property
    def office(self) -> ports.OfficeRegister:
        """The one row of the office."""
        return SqlOffice(self._connection, self._context)

    @cached_property
    def catalogue(self) -> ports.CatalogueRegister:
        """The live catalogue and the notices."""
        return SqlCatalogue(self._connection, self._context)

    @cached_property
    def premises(self) -> ports.PremisesRegister:
        """Buildings, entrances and rooms."""
        return SqlPremises(self._connection, self._context)

    @cached_property
    def people(self) -> ports.People:
        """Residents and the lists over them."""
        return SqlPeople(self._connection, self._context)

    @cached_property
    def consents(self) -> ports.Consents:
        """Decisions, and what is live now."""
        return SqlConsents(self._connection, self._context)

    @cached_property
    def answers(self) -> ports.AnswerStore:
        """Values under the gate."""
        return SqlAnswers(self._connection, self._context)

    @cached_property
    def rulesets(self) -> ports.Rulesets:
        """Versions of the classification rules."""
        return SqlRulesets(self._connection, self._context)

    @cached_property
    def classifications(self) -> ports.Classifications:
        """The results."""
        return SqlClassifications(self._connection, self._context)

    @cached_property
    def counts(self) -> ports.Counts:
        """Numbers for charts."""
        return SqlCounts(self._connection, self._context)

    @cached_property
    def audit(self) -> ports.Audit:
        """The signed log."""
        return SqlAudit(self._connection, self._context)

    @cached_property
    def drafts(self) -> ports.Drafts:
        """Unsaved forms of the present user."""
        return SqlDrafts(self._connection, self._context)

    @cached_property
    def staff(self) -> ports.StaffRegister:
        """The names behind the accounts."""
        return SqlStaff(self._connection, self._context)
