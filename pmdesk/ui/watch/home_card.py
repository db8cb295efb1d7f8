"""What of the watch waits, on the home page: due measures, proposals, the next review."""

from functools import partial

from PySide6.QtCore import Signal

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _, ngettext
from pmdesk.services.session import Session
from pmdesk.services.watch import due
from pmdesk.services.watch.due import Waiting
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.watch.proposals import sentence
from pmdesk.ui.widgets.banner import Banner

_KINDS = frozenset({office.WATCH, office.RULES, office.REQUESTS})


class WatchBanner(Banner):
    """Hidden while nothing waits; a proposal comes before all else."""

    page_requested = Signal(str)

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(action=_("Open"), pressed=self._open)
        self._session = session
        self._tasks = tasks
        self._page = "watch"

    def reload(self, changes: Changes | None = None) -> None:
        """The banner says how things stand now."""
        sees = self._session.staff.may(Permission.SEE_CHARTS)
        if sees and (changes is None or changes.kinds & _KINDS):
            self._tasks.query(
                partial(due.waiting, self._session),
                owner=self,
                done=self.show_waiting,
                newest="watch",
            )

    def show_waiting(self, found: Waiting) -> None:
        """The banner says this."""
        self._page = "rules" if found.proposals else "watch"
        if found.proposals:
            self.show_sentence(sentence(found.proposals[0]), Tone.PROBLEM)
            return
        parts = [*_measures(found), *_review(found)]
        late = found.overdue or (found.review is not None and found.review.is_over)
        self.show_sentence(" · ".join(parts), Tone.PROBLEM if late else Tone.WARN)

    def _open(self) -> None:
        self.page_requested.emit(self._page)


def _measures(found: Waiting) -> tuple[str, ...]:
    parts = []
    if found.overdue:
        words = ngettext("{count} measure overdue", "{count} measures overdue", found.overdue)
        parts.append(words.format(count=found.overdue))
    if found.due:
        words = ngettext(
            "{count} measure due within a week", "{count} measures due within a week", found.due
        )
        parts.append(words.format(count=found.due))
    if found.mine and parts:
        parts.append(_("yours: {count}").format(count=found.mine))
    return tuple(parts)


def _review(found: Waiting) -> tuple[str, ...]:
    if found.review is None:
        return ()
    if found.review.is_over:
        words = _("The legality review of version {version} was due on {day}.")
    else:
        words = _("The legality review of version {version} is due by {day}.")
    return (words.format(version=found.review.version, day=found.review.day.isoformat()),)
