"""Tables of residents: what somebody tried to copy too much of is in the log."""

from functools import partial

from PySide6.QtWidgets import QWidget

from pmdesk.services import export_guard
from pmdesk.services.session import Session
from pmdesk.ui.tables.view import TableView
from pmdesk.ui.tasks import Tasks


def watch_copies(view: TableView, session: Session, tasks: Tasks, owner: QWidget) -> None:
    """Each attempt to copy several rows is logged; `owner` must live as long as the table."""
    view.kept_back.connect(
        lambda rows: tasks.command(partial(export_guard.kept_back, session, rows), owner=owner)
    )
