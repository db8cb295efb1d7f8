"""What the use-cases ask of the encrypted store, as Protocols; only `app` joins the two."""

from pmdesk.domain.ports.acts import (
    Acts,
    Archive,
    ConsentEnds,
    Erasures,
    ExportLists,
    Optouts,
    Seal,
    ServiceNotes,
    Sweeps,
)
from pmdesk.domain.ports.addons import Addons
from pmdesk.domain.ports.backups import Backups
from pmdesk.domain.ports.consents import ConsentItems
from pmdesk.domain.ports.dashboard import OrderMarks, SeenViews
from pmdesk.domain.ports.evidence import Evidence
from pmdesk.domain.ports.exports import ExportRequests
from pmdesk.domain.ports.fairness import Fairness
from pmdesk.domain.ports.inspections import Inspections
from pmdesk.domain.ports.keys import Keys
from pmdesk.domain.ports.notices import Notices
from pmdesk.domain.ports.office import (
    Audit,
    AuditEntry,
    CatalogueRegister,
    Draft,
    Drafts,
    OfficeRegister,
    StaffRegister,
)
from pmdesk.domain.ports.orders import OrderCounts, Orders, ServicePlans
from pmdesk.domain.ports.people import Answers, AnswerStore, Consents, People, PremisesRegister
from pmdesk.domain.ports.proof import AuditProof
from pmdesk.domain.ports.records import Records
from pmdesk.domain.ports.requests import DeskSettings, Dossiers, OfficeDay, Requests
from pmdesk.domain.ports.reviews import Reviews
from pmdesk.domain.ports.rosters import Rosters
from pmdesk.domain.ports.rules import Classifications, Counts, Rulesets
from pmdesk.domain.ports.saved_views import SavedViews
from pmdesk.domain.ports.screening import OwnWords, Quarantine, Switches
from pmdesk.domain.ports.staffing import StaffingPlans
from pmdesk.domain.ports.training import Training
from pmdesk.domain.ports.undertakings import Undertakings
from pmdesk.domain.ports.unit import Store, UnitOfWork
from pmdesk.domain.ports.vault import Accounts, Sealing
from pmdesk.domain.ports.watch import WatchBook, WatchCounts

__all__ = [
    "Accounts",
    "Acts",
    "Addons",
    "AnswerStore",
    "Answers",
    "Archive",
    "Audit",
    "AuditEntry",
    "AuditProof",
    "Backups",
    "CatalogueRegister",
    "Classifications",
    "ConsentEnds",
    "ConsentItems",
    "Consents",
    "Counts",
    "DeskSettings",
    "Dossiers",
    "Draft",
    "Drafts",
    "Erasures",
    "Evidence",
    "ExportLists",
    "ExportRequests",
    "Fairness",
    "Inspections",
    "Keys",
    "Notices",
    "OfficeDay",
    "OfficeRegister",
    "Optouts",
    "OrderCounts",
    "OrderMarks",
    "Orders",
    "OwnWords",
    "People",
    "PremisesRegister",
    "Quarantine",
    "Records",
    "Requests",
    "Reviews",
    "Rosters",
    "Rulesets",
    "SavedViews",
    "Seal",
    "Sealing",
    "SeenViews",
    "ServiceNotes",
    "ServicePlans",
    "StaffRegister",
    "StaffingPlans",
    "Store",
    "Sweeps",
    "Switches",
    "Training",
    "Undertakings",
    "UnitOfWork",
    "WatchBook",
    "WatchCounts",
]
