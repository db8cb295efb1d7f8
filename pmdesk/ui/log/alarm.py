"""A finding of the check of the log, on the home page, until somebody has explained it."""

from functools import partial

from PySide6.QtCore import Signal

from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _, joined, ngettext
from pmdesk.services import log_proof, log_words
from pmdesk.services.log_proof import Alarm
from pmdesk.services.session import Session
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner


class AlarmBanner(Banner):
    """Hidden while nothing waits for an explanation, and from roles that do not see the log."""

    page_requested = Signal(str)

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(action=_("What to do…"), pressed=lambda: self.page_requested.emit("log"))
        self._session = session
        self._tasks = tasks
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The banner says how things stand now."""
        del changes  # a check leaves no other trace than in the log
        if self._session.staff.may(Permission.SEE_AUDIT):
            self._tasks.query(
                partial(log_proof.alarm, self._session),
                owner=self,
                done=self._show,
                newest="log alarm",
            )

    def _show(self, found: Alarm | None) -> None:
        self.show_sentence(alarm_sentence(found) if found else "", Tone.PROBLEM)


def alarm_sentence(found: Alarm) -> str:
    """The first finding, and how many there are beside it."""
    first, *others = log_words.alarm_words(found)
    day = found.at.astimezone().strftime("%Y-%m-%d %H:%M")
    words = _("The check of the log of {time} found something: {finding}")
    told = words.format(time=day, finding=first)
    more = ngettext("{count} more finding.", "{count} more findings.", len(others))
    return joined(told, more.format(count=len(others))) if others else told
