"""What the use-cases ask of the register of saved views of the charts page."""

from datetime import datetime
from typing import Protocol

from pmdesk.domain.dashboard_views import Choice, SavedView, ViewId


class SavedViews(Protocol):
    """Names for settings of the charts page; they hold no number and no resident."""

    def visible(self, uid: str) -> tuple[SavedView, ...]:
        """The account's own and the published ones, in order of their names."""
        ...

    def get(self, view: ViewId) -> SavedView:
        """The view; NotFoundError when it is gone."""
        ...

    def add(self, name: str, owner: str, choice: Choice, *, at: datetime) -> ViewId:
        """The view is kept; a view of that name and owner is replaced by it."""
        ...

    def publish(self, view: ViewId, *, published: bool) -> None:
        """Everybody sees it, or its owner alone."""
        ...

    def drop(self, view: ViewId) -> None:
        """The view is gone."""
        ...
