"""What the use-cases ask of the registers of the office itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.notices import Notice
from pmdesk.domain.office import OfficeProfile
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.staff import Role, Staff


class OfficeRegister(Protocol):
    """The one row of the office."""

    def get(self) -> OfficeProfile: ...
    def put(self, profile: OfficeProfile) -> None: ...


class CatalogueRegister(Protocol):
    """The live catalogue and the notices; the answers tables follow the catalogue."""

    def live(self) -> Catalogue: ...
    def install(self, catalogue: Catalogue) -> None:
        """The catalogue is live and each answers table has exactly its columns."""
        ...

    def add_notice(self, notice: Notice, *, at: datetime) -> None:
        """The version is stored for good and is the live one of its purpose and language."""
        ...

    def notice(self, purpose: PurposeCode, language: str) -> Notice | None:
        """The live version; None when the purpose has none."""
        ...

    def notice_version(
        self, purpose: PurposeCode, version: str, language: str
    ) -> Notice | None: ...


class StaffRegister(Protocol):
    """The names behind the accounts of the vault."""

    def all(self) -> tuple[Staff, ...]: ...
    def put(self, staff: Staff) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An unsaved form, kept encrypted until it is saved, discarded or expired."""

    page: str
    subject: str  # what the form is about: a person's id, "new", a rule set
    document: str  # JSON, as the page wrote it
    saved_at: datetime


class Drafts(Protocol):
    """Unsaved forms of the present user."""

    def put(self, page: str, subject: str, document: str, *, at: datetime) -> None: ...
    def get(self, page: str, subject: str) -> Draft | None: ...
    def all(self) -> tuple[Draft, ...]: ...
    def drop(self, page: str, subject: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One signed entry of the chain: who did what to which object; names of fields, no values."""

    seq: int
    at: datetime
    by: str
    role: Role
    action: str
    target: str
    fields: tuple[str, ...]


class Audit(Protocol):
    """The signed, chained log; an entry is part of the same transaction as the act."""

    def append(
        self,
        action: str,
        target: str = "",
        *,
        fields: Iterable[str] = (),
        at: datetime,
        row: Mapping[str, object] | None = None,
    ) -> None: ...
    def cover(self, most: int) -> int:
        """The next entry binds so many rows that none knows yet; how many there were."""
        ...

    def recent(self, limit: int) -> tuple[AuditEntry, ...]: ...
    def about(self, target: str) -> tuple[AuditEntry, ...]: ...
