"""One transaction over the office, as the use-cases see it."""

from contextlib import AbstractContextManager
from typing import Protocol

from pmdesk.domain.ports.office import (
    Audit,
    CatalogueRegister,
    Drafts,
    OfficeRegister,
    StaffRegister,
)
from pmdesk.domain.ports.people import AnswerStore, Consents, People, PremisesRegister
from pmdesk.domain.ports.rules import Classifications, Counts, Rulesets


class UnitOfWork(AbstractContextManager["UnitOfWork"], Protocol):
    """One transaction; leaving without `commit` undoes everything."""

    @property
    def office(self) -> OfficeRegister: ...
    @property
    def catalogue(self) -> CatalogueRegister: ...
    @property
    def premises(self) -> PremisesRegister: ...
    @property
    def people(self) -> People: ...
    @property
    def consents(self) -> Consents: ...
    @property
    def answers(self) -> AnswerStore: ...
    @property
    def rulesets(self) -> Rulesets: ...
    @property
    def classifications(self) -> Classifications: ...
    @property
    def counts(self) -> Counts: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def staff(self) -> StaffRegister: ...

    def commit(self) -> None: ...


class Store(Protocol):
    """The open office: each call starts one transaction."""

    def reading(self) -> UnitOfWork: ...
    def writing(self) -> UnitOfWork: ...
