"""A part of the page that reads by itself: a thin bar while it does, a sentence where it fails."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.visibility import set_shown
from pmdesk.ui.widgets.working import working_bar

T = TypeVar("T")


class Panel(QWidget):
    """What was shown stays while it is read anew."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self.banner = Banner()
        self.working = working_bar(_("Counting"))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(14)
        self.column.addWidget(self.working)
        self.column.addWidget(self.banner)
        set_shown(self.working, shown=False)

    def reload(self) -> None:
        """The panel shows how things stand."""
        raise NotImplementedError

    def ask(self, work: Callable[[], T], show: Callable[[T], None], key: str) -> None:
        """`show` is called with what `work` found; of several answers only the newest."""
        self.working.show()

        def done(found: T) -> None:
            self.working.hide()
            self.banner.show_sentence("")
            show(found)

        self._tasks.query(
            work,
            owner=self,
            done=done,
            failed=self.explain,
            newest=key,
            broken=self.working.hide,
        )

    def explain(self, error: PmdeskError) -> None:
        """The panel says what went wrong; what it showed stays."""
        self.working.hide()
        self.banner.show_sentence(told(error), Tone.PROBLEM)
