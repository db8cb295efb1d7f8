"""A signed-in member of staff at the open office: what every use-case is given."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date

from pmdesk.domain.office import Clock
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import Accounts, Store, UnitOfWork
from pmdesk.domain.staff import Permission, Staff
from pmdesk.domain.undertaking import GUARDED
from pmdesk.errors import DeniedError
from pmdesk.i18n import N_, language


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Who acts, on which office, at what time."""

    staff: Staff
    store: Store = field(repr=False)
    accounts: Accounts = field(repr=False)
    clock: Clock = field(repr=False)
    undertaken: date | None = None  # the last day of the undertaking, as found at sign-in

    def reading(self, permission: Permission) -> AbstractContextManager[UnitOfWork]:
        """A transaction to look; refused and logged where the role does not cover it."""
        self.require(permission)
        return self._watched(self.store.reading())

    def writing(self, permission: Permission) -> AbstractContextManager[UnitOfWork]:
        """A transaction to change; refused and logged where the role does not cover it."""
        self.require(permission)
        return self._watched(self.store.writing())

    def require(self, permission: Permission) -> None:
        """DeniedError, and an audit entry, unless the role covers the act and secrecy is sworn."""
        with self.watching():
            self.staff.require(permission)
            if self.undertaken is None and permission in GUARDED:
                raise DeniedError(
                    N_("Your confidentiality undertaking is missing or has run out."),
                    N_("Sign in to the pmdesk window: it shows the text, and you sign it there."),
                    act=permission.value,
                ).coded("E_UNDERTAKING")

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Whatever is denied in the block, outside of a transaction, is in the audit log."""
        try:
            yield
        except DeniedError as error:
            self._record(error)
            raise

    @contextmanager
    def _watched(self, opened: UnitOfWork) -> Iterator[UnitOfWork]:
        """The transaction; what is denied within it is logged after it was undone."""
        with self.watching(), opened as work:
            yield work

    def _record(self, error: DeniedError) -> None:
        if error.is_recorded:
            return
        error.is_recorded = True
        with self.store.writing() as work:
            self.log(work, "denied", error.act, fields=[error.why] if error.why else ())
            work.commit()

    def log(
        self,
        work: UnitOfWork,
        action: str,
        target: str = "",
        *,
        fields: Iterable[str] = (),
        row: dict[str, object] | None = None,
    ) -> None:
        """The act is in the audit log of the same transaction."""
        work.audit.append(action, target, fields=fields, at=self.clock.now(), row=row)

    @property
    def language(self) -> str:
        """The language notices are shown in."""
        return language()


def about(person: PersonId) -> str:
    """The audit target of a person: an id, never a name."""
    return f"person:{person}"
