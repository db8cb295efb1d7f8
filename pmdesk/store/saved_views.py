"""Saved views of the charts page."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from pmdesk.domain.dashboard_views import Choice, SavedView, ViewId, choice_of
from pmdesk.errors import NotFoundError
from pmdesk.i18n import N_
from pmdesk.store.context import StoreContext
from pmdesk.store.schema_views import saved_view as _view


class SqlSavedViews:
    """Filters under a name."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context  # the owner is a value of the view
        self._connection = connection

    def visible(self, uid: str) -> tuple[SavedView, ...]:
        """The account's own and the published ones, in order of their names."""
        mine = or_(_view.c.owner == uid, _view.c.published == True)  # noqa: E712  # a column
        found = select(_view).where(mine).order_by(_view.c.name, _view.c.id)
        return tuple(map(_read, self._connection.execute(found)))

    def get(self, view: ViewId) -> SavedView:
        """The view; NotFoundError when it is gone."""
        row = self._connection.execute(select(_view).where(_view.c.id == view)).first()
        if row is None:
            raise NotFoundError(N_("This view is gone."), N_("Choose another one."))
        return _read(row)

    def add(self, name: str, owner: str, choice: Choice, *, at: datetime) -> ViewId:
        """The view is kept; a view of that name and owner is replaced by it."""
        document = json.dumps(choice.plain(), ensure_ascii=False, sort_keys=True)
        same = (_view.c.owner == owner, _view.c.name == name)
        changed = update(_view).where(*same).values(document=document, at=at)
        known = self._connection.scalars(changed.returning(_view.c.id)).first()
        if known is not None:
            return ViewId(known)
        row = insert(_view).values(name=name, owner=owner, document=document, at=at)
        return ViewId(self._connection.scalars(row.returning(_view.c.id)).one())

    def publish(self, view: ViewId, *, published: bool) -> None:
        """Everybody sees it, or its owner alone."""
        self._connection.execute(
            update(_view).where(_view.c.id == view).values(published=published)
        )

    def drop(self, view: ViewId) -> None:
        """The view is gone."""
        self._connection.execute(delete(_view).where(_view.c.id == view))


def _read(row: Row[Any]) -> SavedView:
    return SavedView(
        id=ViewId(row.id),
        name=row.name,
        owner=row.owner,
        choice=choice_of(json.loads(row.document)),
        is_published=row.published,
    )
