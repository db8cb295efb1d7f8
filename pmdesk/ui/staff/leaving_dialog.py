"""A colleague leaves: the account is closed, and the exit list says what else is settled."""

from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from pmdesk.domain.leaving import STEPS, ExitStep
from pmdesk.domain.staff import Staff
from pmdesk.i18n import _
from pmdesk.services import leaving, staff
from pmdesk.services.colleagues import Colleague
from pmdesk.services.paper.letter_text import Letter
from pmdesk.services.session import Session
from pmdesk.ui.forms.small_dialog import SmallDialog
from pmdesk.ui.printing import preview_letter
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label


class LeavingDialog(SmallDialog):
    """Closes the account, or settles what is left of the list where it is closed already."""

    def __init__(
        self, session: Session, tasks: Tasks, one: Colleague, parent: QWidget | None = None
    ) -> None:
        self._closing = one.staff.enabled
        go = (
            button(_("Disable the account"), self._close_account, look="danger")
            if self._closing
            else button(_("Save"), self._settle, look="primary")
        )
        super().__init__(_title(one.staff, closing=self._closing), parent, go)
        self._session, self._tasks, self._one = session, tasks, one
        self.steps = {step: QCheckBox(_(words)) for step, words in STEPS.items()}
        still = one.leaving.open if one.leaving else tuple(ExitStep)
        for step, box in self.steps.items():
            settled = not self._closing and step not in still
            box.setChecked(settled)
            box.setEnabled(not settled)
        self.letter = button(_("Print the reminder letter…"), self._print, picture="printer")
        words = _explanation(one.staff) if self._closing else _rest()
        self.arrange(label(words, wrap=True), *self.steps.values(), self.letter)

    @property
    def ticked(self) -> tuple[ExitStep, ...]:
        """What was ticked here."""
        return tuple(
            step for step, box in self.steps.items() if box.isChecked() and box.isEnabled()
        )

    def _close_account(self) -> None:
        uid = self._one.staff.uid
        self.do(self._tasks, partial(staff.disable, self._session, uid, self.ticked))

    def _settle(self) -> None:
        if not self.ticked:
            self.warn(_("Tick what is settled now."))
            return
        uid = self._one.staff.uid
        self.do(self._tasks, partial(leaving.settle, self._session, uid, self.ticked))

    def _print(self) -> None:
        self._tasks.query(
            partial(leaving.letter, self._session, self._one.staff.uid),
            owner=self,
            done=self._preview,
        )

    def _preview(self, made: Letter) -> None:
        if preview_letter(made, self):
            self.message.show_sentence(_("Sent to the printer."), Tone.GOOD)
            self.fit()


def _title(one: Staff, *, closing: bool) -> str:
    if closing:
        return _("Disable the account of {name}?").format(name=one.name)
    return _("Exit list of {name}").format(name=one.name)


def _explanation(one: Staff) -> str:
    return _(
        "{name} cannot sign in any more and holds no key of the present office. What {name} did"
        " stays in the log; the account is not deleted. Close it on the last day of work. What is"
        " settled already, tick here; the rest stays on the list."
    ).format(name=one.name)


def _rest() -> str:
    return _("The account is closed. Tick what is settled now; the log says by whom and when.")
