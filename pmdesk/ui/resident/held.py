"""Entries of a consent that ended: they wait sealed, and come back with a new consent only."""

from functools import partial

from pmdesk.domain.people import PersonId
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services import acts
from pmdesk.services.resident_page import PurposeGroup
from pmdesk.services.session import Session
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.visibility import set_shown


class HeldBanner(Banner):
    """Says until when the entries wait; whoever has the ring brings them back with one press."""

    def __init__(
        self, session: Session, tasks: Tasks, person: PersonId, group: PurposeGroup
    ) -> None:
        super().__init__(
            _words(session, group),
            picture="lock",
            action=_("Bring the earlier entries back"),
            pressed=self._bring_back,
        )
        self._session = session
        self._tasks = tasks
        self._person = person
        self._code = group.purpose.code
        may = session.staff.may(Permission.OPEN_SEALED)
        set_shown(self.action, may and group.lock is None and bool(self.sentence))

    def _bring_back(self) -> None:
        self.action.setEnabled(False)
        work = partial(acts.bring_back, self._session, self._person, self._code)
        self._tasks.command(work, owner=self, failed=self._failed)

    def _failed(self, error: PmdeskError) -> None:
        self.action.setEnabled(True)
        self.show_sentence(told(error), Tone.PROBLEM)


def _words(session: Session, group: PurposeGroup) -> str:
    held = group.held
    if held is None or held.until < session.clock.today():
        return ""
    date = held.until.isoformat()
    if group.lock is not None:
        return _("The earlier entries wait sealed until {date}; then they are erased.").format(
            date=date
        )
    if session.staff.may(Permission.OPEN_SEALED):
        return _("The earlier entries wait sealed until {date}.").format(date=date)
    return _(
        "The earlier entries wait sealed until {date}; a manager or a reviewer can bring them back."
    ).format(date=date)
