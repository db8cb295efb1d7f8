"""The compliance records on the landing page: what must be done, with the way to it."""

from functools import partial

from PySide6.QtCore import Signal

from pmdesk.domain.office import Changes
from pmdesk.domain.points import Point, Weight
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _
from pmdesk.services.audits import record_points
from pmdesk.services.session import Session
from pmdesk.ui.records.strip import PointStrip
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.card import Card


class RecordsCard(Card):
    """Hidden from roles without records, and while nothing must be done."""

    point_requested = Signal(object)  # Point

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(_("Compliance records"))
        self._session = session
        self._tasks = tasks
        self.strip = PointStrip()
        self.strip.chosen.connect(self.point_requested)
        self.add(self.strip)
        self.hide()

    def reload(self, changes: Changes | None = None) -> None:
        """The card says how things stand now; the hours of a running incident too."""
        del changes  # whatever changed, something may be settled by it
        if self._session.staff.may(Permission.SEE_RECORDS):
            self._tasks.query(
                partial(record_points.points, self._session),
                owner=self,
                done=self.show_points,
                newest="points",
            )

    def show_points(self, points: tuple[Point, ...]) -> None:
        """The same points as on the page of the records, once one of them cannot wait."""
        self.setVisible(any(one.weight is not Weight.SOON for one in points))
        self.strip.show_points(points)
