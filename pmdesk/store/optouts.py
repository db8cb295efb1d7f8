"""Who wants no offers: marks that do not tell the number, kept for three years."""

import hashlib
import hmac
import re
from datetime import date

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pmdesk.store import schema_acts
from pmdesk.store.context import StoreContext

_optout = schema_acts.optout
_NOT_DIGITS = re.compile(r"\D")
_COUNTRY, _MOBILE = "86", 11


class SqlOptouts:
    """Salted with the number of the vault: a mark of one office says nothing in another."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._salt = context.vault_id.encode()

    def put(self, number: str, *, since: date, until: date) -> None:
        """The number gets no offers until that day."""
        now = {"since": since, "until": until}
        row = upsert(_optout).values(mark=self._mark(number), **now)
        self._connection.execute(row.on_conflict_do_update(index_elements=["mark"], set_=now))

    def has(self, number: str, *, today: date) -> bool:
        """Whether the number gets no offers."""
        return self.since(number, today=today) is not None

    def since(self, number: str, *, today: date) -> date | None:
        """The day of the no that still counts; None without one."""
        marked = select(_optout.c.since).where(_optout.c.mark == self._mark(number))
        return self._connection.scalar(marked.where(_optout.c.until >= today))

    def drop(self, number: str) -> bool:
        """Offers are wanted again; whether they were not."""
        dropped = delete(_optout).where(_optout.c.mark == self._mark(number))
        return bool(self._connection.execute(dropped).rowcount)

    def _mark(self, number: str) -> bytes:
        digits = _NOT_DIGITS.sub("", number)
        if len(digits) > _MOBILE and digits.startswith(_COUNTRY):
            digits = digits.removeprefix(_COUNTRY)
        return hmac.digest(self._salt, b"pmdesk-optout" + digits.encode(), hashlib.sha256)
