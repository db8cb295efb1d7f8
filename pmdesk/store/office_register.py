"""The one row of the office, in the store."""

import dataclasses
import json

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pmdesk.domain.office import OfficeProfile
from pmdesk.domain.reask import LEAST_MONTHS
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.i18n import N_
from pmdesk.store import schema
from pmdesk.store.context import StoreContext

SMALLEST = 5  # k: an office may raise it, never lower it

_table = schema.office


class SqlOffice:
    """Who processes personal information here."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context  # whoever may open the office may read it
        self._connection = connection

    def get(self) -> OfficeProfile:
        """The office; NotFoundError before it was founded."""
        document = self._connection.scalar(select(_table.c.document))
        if document is None:
            raise NotFoundError(
                N_("This office has not been set up yet."),
                N_("Create the office anew with the assistant."),
            )
        return OfficeProfile(**json.loads(document))

    def put(self, profile: OfficeProfile) -> None:
        """The office is as `profile` says; RefusedError for groups that are too small."""
        if profile.smallest_count < SMALLEST:
            raise RefusedError(
                N_("Groups of fewer than {count} people are never shown."),
                N_("Enter {count} or more."),
                count=SMALLEST,
            )
        if profile.reask_months < LEAST_MONTHS:
            raise RefusedError(
                N_("Whoever said no is not asked again for {count} months at least."),
                N_("Enter {count} or more."),
                count=LEAST_MONTHS,
            )
        document = json.dumps(dataclasses.asdict(profile), ensure_ascii=False, sort_keys=True)
        row = upsert(_table).values(id=1, document=document)
        self._connection.execute(
            row.on_conflict_do_update(index_elements=["id"], set_={"document": document})
        )
