"""One transaction over the office, with every register at hand."""

from functools import cached_property
from types import TracebackType
from typing import Self

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from pmdesk.domain import ports
from pmdesk.store import rows
from pmdesk.store.acts import SqlActs
from pmdesk.store.addons import SqlAddons
from pmdesk.store.answers import SqlAnswers
from pmdesk.store.archive import SqlArchive
from pmdesk.store.audit import SqlAudit
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.classifications import SqlClassifications
from pmdesk.store.consent_ends import SqlConsentEnds
from pmdesk.store.consent_items import SqlConsentItems
from pmdesk.store.consents import SqlConsents
from pmdesk.store.context import StoreContext
from pmdesk.store.counts import SqlCounts
from pmdesk.store.dossiers import SqlDossiers
from pmdesk.store.drafts import SqlDrafts
from pmdesk.store.erasures import SqlErasures
from pmdesk.store.evidence import SqlEvidence
from pmdesk.store.export_lists import SqlExportLists
from pmdesk.store.export_requests import SqlExportRequests
from pmdesk.store.fairness import SqlFairness
from pmdesk.store.inspections import SqlInspections
from pmdesk.store.notices import SqlNotices
from pmdesk.store.office_register import SqlOffice
from pmdesk.store.optouts import SqlOptouts
from pmdesk.store.orders.counting import SqlOrderCounts
from pmdesk.store.orders.marks import SqlOrderMarks, SqlSeenViews
from pmdesk.store.orders.register import SqlOrders
from pmdesk.store.own_words import SqlOwnWords
from pmdesk.store.people import SqlPeople
from pmdesk.store.premises import SqlPremises
from pmdesk.store.proof import SqlProof
from pmdesk.store.quarantine import SqlQuarantine
from pmdesk.store.records import SqlRecords
from pmdesk.store.requests import SqlRequests
from pmdesk.store.reviews import SqlReviews
from pmdesk.store.rosters import SqlRosters
from pmdesk.store.rulesets import SqlRulesets
from pmdesk.store.saved_views import SqlSavedViews
from pmdesk.store.service_notes import SqlServiceNotes
from pmdesk.store.service_plans import SqlServicePlans
from pmdesk.store.staff_register import SqlStaff
from pmdesk.store.staffing_plans import SqlStaffingPlans
from pmdesk.store.sweeps import SqlSweeps
from pmdesk.store.switches import SqlSwitches
from pmdesk.store.training import SqlTraining
from pmdesk.store.undertakings import SqlUndertakings
from pmdesk.store.vault.engine import WRITE, translated
from pmdesk.store.watch.book import SqlWatchBook
from pmdesk.store.watch.counts import SqlWatchCounts

_OF_THE_DATABASE = (DBAPIError, sqlcipher.Error, PoolTimeoutError, OSError, UnicodeEncodeError)


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
            found = rows.connected(self._engine) if self._write else self._engine.connect()
            self._connection = found.execution_options(**{WRITE: self._write})
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
            if self._write:
                SqlAudit(self._connection, self._context).seal()
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
    def consent_items(self) -> ports.ConsentItems:
        """Consents for single items."""
        return SqlConsentItems(self._connection, self._context)

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
    def proof(self) -> ports.AuditProof:
        """The log as evidence."""
        return SqlProof(self._connection, self._context)

    @cached_property
    def drafts(self) -> ports.Drafts:
        """Unsaved forms of the present user."""
        return SqlDrafts(self._connection, self._context)

    @cached_property
    def staff(self) -> ports.StaffRegister:
        """The names behind the accounts."""
        return SqlStaff(self._connection, self._context)

    @cached_property
    def training(self) -> ports.Training:
        """Tests taken, and the office's own courses."""
        return SqlTraining(self._connection, self._context)

    @cached_property
    def undertakings(self) -> ports.Undertakings:
        """Confidentiality undertakings."""
        return SqlUndertakings(self._connection, self._context)

    @cached_property
    def evidence(self) -> ports.Evidence:
        """Counts for the self-audit."""
        return SqlEvidence(self._connection, self._context)

    @cached_property
    def records(self) -> ports.Records:
        """Compliance records with their versions and decisions."""
        return SqlRecords(self._connection, self._context)

    @cached_property
    def requests(self) -> ports.Requests:
        """Requests about rights, their timelines and the working days."""
        return SqlRequests(self._connection, self._context)

    @cached_property
    def dossiers(self) -> ports.Dossiers:
        """Every table, by person."""
        return SqlDossiers(self._connection, self._context)

    @cached_property
    def acts(self) -> ports.Acts:
        """What of people is not to be used, or not by the engine."""
        return SqlActs(self._connection, self._context)

    @cached_property
    def consent_ends(self) -> ports.ConsentEnds:
        """Consents that end without the person."""
        return SqlConsentEnds(self._connection, self._context)

    @cached_property
    def archive(self) -> ports.Archive:
        """People who left."""
        return SqlArchive(self._connection, self._context)

    @cached_property
    def erasures(self) -> ports.Erasures:
        """The erasure journal."""
        return SqlErasures(self._connection, self._context)

    @cached_property
    def export_lists(self) -> ports.ExportLists:
        """Lists that left the office."""
        return SqlExportLists(self._connection, self._context)

    @cached_property
    def inspections(self) -> ports.Inspections:
        """Packs that authorities got."""
        return SqlInspections(self._connection, self._context)

    @cached_property
    def export_requests(self) -> ports.ExportRequests:
        """Large exports that need a second person."""
        return SqlExportRequests(self._connection, self._context)

    @cached_property
    def service_notes(self) -> ports.ServiceNotes:
        """A few words on repairs."""
        return SqlServiceNotes(self._connection, self._context)

    @cached_property
    def optouts(self) -> ports.Optouts:
        """Who wants no offers."""
        return SqlOptouts(self._connection, self._context)

    @cached_property
    def sweeps(self) -> ports.Sweeps:
        """What goes by the calendar."""
        return SqlSweeps(self._connection, self._context)

    @cached_property
    def rosters(self) -> ports.Rosters:
        """The contract's roster for a hand-over."""
        return SqlRosters(self._connection, self._context)

    @cached_property
    def notices(self) -> ports.Notices:
        """Plans for purposes, change notices, and whether notices are intact."""
        return SqlNotices(self._connection, self._context)

    @cached_property
    def own_words(self) -> ports.OwnWords:
        """What the office itself does not want to see."""
        return SqlOwnWords(self._connection, self._context)

    @cached_property
    def quarantine(self) -> ports.Quarantine:
        """What was collected by mistake."""
        return SqlQuarantine(self._connection, self._context)

    @cached_property
    def switches(self) -> ports.Switches:
        """Fields that are off by default."""
        return SqlSwitches(self._connection, self._context)

    @cached_property
    def addons(self) -> ports.Addons:
        """The price list and the orders."""
        return SqlAddons(self._connection, self._context)

    @cached_property
    def fairness(self) -> ports.Fairness:
        """Fairness samples and results."""
        return SqlFairness(self._connection, self._context)

    @cached_property
    def reviews(self) -> ports.Reviews:
        """Legality reviews of rules."""
        return SqlReviews(self._connection, self._context)

    @cached_property
    def orders(self) -> ports.Orders:
        """Work orders and their history."""
        return SqlOrders(self._connection, self._context)

    @cached_property
    def order_counts(self) -> ports.OrderCounts:
        """Numbers of orders."""
        return SqlOrderCounts(self._connection, self._context)

    @cached_property
    def order_marks(self) -> ports.OrderMarks:
        """Orders as numbers for charts."""
        return SqlOrderMarks(self._connection, self._context)

    @cached_property
    def seen_views(self) -> ports.SeenViews:
        """What accounts were shown of them."""
        return SqlSeenViews(self._connection, self._context)

    @cached_property
    def saved_views(self) -> ports.SavedViews:
        """Filters of the charts page under a name."""
        return SqlSavedViews(self._connection, self._context)

    @cached_property
    def service_plans(self) -> ports.ServicePlans:
        """What the contract promises, and what tiers add to it."""
        return SqlServicePlans(self._connection, self._context)

    @cached_property
    def staffing(self) -> ports.StaffingPlans:
        """Shifts, rosters and rounds."""
        return SqlStaffingPlans(self._connection, self._context)

    @cached_property
    def watch(self) -> ports.WatchBook:
        """Measures, findings and decisions."""
        return SqlWatchBook(self._connection, self._context)

    @cached_property
    def watch_counts(self) -> ports.WatchCounts:
        """Numbers for the watch."""
        return SqlWatchCounts(self._connection, self._context)
