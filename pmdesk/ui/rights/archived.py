"""Finding somebody who left, for a case: in the sealed archive, with a reason, and in the log."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from pmdesk.domain.acts import ArchivedPerson
from pmdesk.domain.people import PersonId
from pmdesk.i18n import _
from pmdesk.services import acts
from pmdesk.services.session import Session
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks

_MOST = 5  # answers that a box can show

Found = Callable[[PersonId], None]


def ask_archived(
    session: Session, tasks: Tasks, prompts: Prompts, number: str, owner: QWidget, found: Found
) -> None:
    """`found` hears who it is; nobody is shown before a reason was given."""
    text = prompts.ask_text(_("Name, phone or room of the person who left"))
    if not text:
        return
    because = _("Request {number} about personal information").format(number=number)
    reason = prompts.ask_text(_("Why it has to be opened"), text=because)
    if reason:
        tasks.query(
            partial(acts.searched, session, text, reason),
            owner=owner,
            done=lambda people: _choose(prompts, people, found),
        )


def _choose(prompts: Prompts, people: Sequence[ArchivedPerson], found: Found) -> None:
    if not people:
        prompts.tell(_("Nobody in the archive fits."))
        return
    if len(people) > _MOST:
        prompts.tell(_("Too many people fit. Give the whole name, or the room as well."))
        return
    chosen = prompts.ask(_("Who of them is it?"), [_line(one) for one in people])
    if chosen is not None:
        found(people[chosen].entry.person)


def _line(one: ArchivedPerson) -> str:
    homes = _(", ").join(unit["unit"] for unit in one.units)
    return " · ".join(filter(None, (one.name, homes)))
