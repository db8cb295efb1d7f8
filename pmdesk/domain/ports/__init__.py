"""What the use-cases ask of the encrypted store, as Protocols; only `app` joins the two."""

from pmdesk.domain.ports.office import (
    Audit,
    AuditEntry,
    CatalogueRegister,
    Draft,
    Drafts,
    OfficeRegister,
    StaffRegister,
)
from pmdesk.domain.ports.people import Answers, AnswerStore, Consents, People, PremisesRegister
from pmdesk.domain.ports.rules import Classifications, Counts, Rulesets
from pmdesk.domain.ports.unit import Store, UnitOfWork
from pmdesk.domain.ports.vault import Accounts, Sealing

__all__ = [
    "Accounts",
    "AnswerStore",
    "Answers",
    "Audit",
    "AuditEntry",
    "CatalogueRegister",
    "Classifications",
    "Consents",
    "Counts",
    "Draft",
    "Drafts",
    "OfficeRegister",
    "People",
    "PremisesRegister",
    "Rulesets",
    "Sealing",
    "StaffRegister",
    "Store",
    "UnitOfWork",
]
