"""One sentence where training is due, and the button to its course."""

from functools import partial

from PySide6.QtCore import Signal

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.training import Task
from pmdesk.i18n import _
from pmdesk.services import training
from pmdesk.services.session import Session
from pmdesk.services.training import Learning
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.training.words import sentence, tone
from pmdesk.ui.widgets.banner import Banner


class TrainingBanner(Banner):
    """Hidden while nothing is due; of one `task`, or of all courses of the role."""

    course_requested = Signal(str)

    def __init__(self, session: Session, tasks: Tasks, task: Task | None = None) -> None:
        super().__init__(action=_("Open the course"), pressed=self._open, picture="book-open")
        self._session = session
        self._tasks = tasks
        self._task = task
        self._course = ""
        tasks.changed.connect(self.reload)
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The banner says how things stand now."""
        if changes is None or office.TRAINING in changes.kinds:
            work = partial(training.urgent, self._session, self._task)
            self._tasks.query(work, owner=self, done=self.show_learning, newest="training")

    def show_learning(self, found: Learning | None) -> None:
        """The course that is due first; None hides the banner."""
        self._course = found.course.code if found else ""
        if found is None:
            self.show_sentence("")
        else:
            self.show_sentence(sentence(found, self._task), tone(found))

    def _open(self) -> None:
        self.course_requested.emit(self._course)
