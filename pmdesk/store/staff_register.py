"""The names behind the accounts, in the store."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.staff import Role, Staff
from pmdesk.errors import ConflictError
from pmdesk.i18n import N_
from pmdesk.store import schema
from pmdesk.store.context import StoreContext

_table = schema.staff


class SqlStaff:
    """Accounts by name; they are disabled, never deleted: the log still speaks of them."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context  # who may change accounts is the services' business
        self._connection = connection

    def all(self) -> tuple[Staff, ...]:
        """By sign-in name."""
        return tuple(
            Staff(
                uid=row.uid,
                login=row.login,
                name=row.name,
                role=Role(row.role),
                enabled=row.enabled,
                since=row.since,
            )
            for row in self._connection.execute(select(_table).order_by(_table.c.login))
        )

    def put(self, staff: Staff) -> None:
        """The account is entered, or changed when its uid was known."""
        now = {
            "login": staff.login,
            "name": staff.name,
            "role": staff.role,
            "enabled": staff.enabled,
            "since": staff.since,
        }
        row = upsert(_table).values(uid=staff.uid, **now)
        try:
            self._connection.execute(row.on_conflict_do_update(index_elements=["uid"], set_=now))
        except IntegrityError as error:
            raise ConflictError(
                N_("Another account has this sign-in name already."), N_("Choose another one.")
            ) from error
