"""The income band: off by default, proposed by one person and decided by another."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain import office
from pmdesk.domain.dimensions import SHORTEST, Switch, SwitchState, problems
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, _, said, told
from pmdesk.services import dimensions
from pmdesk.services.dimensions import Dimension
from pmdesk.services.session import Session
from pmdesk.ui.forms.prose import ProseEdit
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Badge, Pill
from pmdesk.ui.widgets.visibility import set_shown

_STATES = {
    SwitchState.PROPOSED: N_("proposed by {by} on {date}"),
    SwitchState.ON: N_("switched on by {by} on {date}"),
    SwitchState.REFUSED: N_("refused by {by} on {date}"),
    SwitchState.OFF: N_("switched off by {by} on {date}"),
}


class IncomeCard(Card):
    """State, proposal, decision and switching off; each part for the role it belongs to."""

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(_("Income band"))
        self._session = session
        self._tasks = tasks
        may = session.staff.may
        self._may_edit, self._may_decide = (
            may(Permission.EDIT_PURPOSES),
            may(Permission.APPROVE_PURPOSES),
        )
        self.state = QVBoxLayout()
        self.necessity, self.alternatives = ProseEdit(), ProseEdit()
        self.words = ProseEdit()
        self.proposer = button(_("Propose"), self.propose, picture="file-text")
        self.approver = button(_("Switch it on"), partial(self.decide, on=True))
        self.refuser = button(_("Refuse"), partial(self.decide, on=False))
        self.ender = button(_("Switch it off"), self._ask_off, look="danger")
        self.confirmer = button(
            _("Erase all values and switch off"), self.switch_off, look="danger"
        )
        self.message = Banner()
        self.proposing = self._proposing()
        self.deciding = self._deciding()
        self.ending = self._ending()
        self.add(label(_says(), "muted", wrap=True))
        self.body.addLayout(self.state)
        for part in (self.proposing, self.deciding, self.ending, self.message):
            self.add(part)
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The card shows how things stand now."""
        if changes is None or office.PURPOSES in changes.kinds:
            work = partial(dimensions.state, self._session)
            self._tasks.query(work, owner=self, done=self.show_state, newest="income")

    def show_state(self, found: Dimension) -> None:
        """Only what can be done next is offered."""
        self._show_history(found)
        waiting = found.waiting is not None
        set_shown(self.proposing, self._may_edit and not found.is_on and not waiting)
        set_shown(self.deciding, self._may_decide and waiting)
        set_shown(self.ending, self._may_edit and found.is_on)
        self.ender.show()
        self.confirmer.hide()

    def propose(self) -> None:
        """The proposal waits for a reviewer."""
        necessity = self.necessity.toPlainText()
        alternatives = self.alternatives.toPlainText()
        found = problems(necessity, alternatives)
        if found:
            first = found[0]
            self.message.show_sentence(_(first.sentence).format(**first.places), Tone.WARN)
            (self.necessity if first.key == "necessity" else self.alternatives).setFocus()
            return
        self._do(
            partial(dimensions.propose, self._session, necessity, alternatives),
            _("Proposed. A reviewer has to decide."),
        )

    def decide(self, *, on: bool) -> None:
        """The reviewer's decision stands, with the reason."""
        act = dimensions.approve if on else dimensions.refuse
        work = partial(act, self._session, self.words.toPlainText())
        self._do(work, _("Switched on: its consent can be asked for now.") if on else _("Refused."))

    def switch_off(self) -> None:
        """Nothing of it is collected or kept any more."""
        work = partial(dimensions.switch_off, self._session)
        self._do(work, _("Switched off; every value is erased."))

    def _ask_off(self) -> None:
        self.ender.hide()
        self.confirmer.show()
        self.confirmer.setFocus()

    def _do(self, work: partial[Changes], words: str) -> None:
        self._tasks.command(
            work, owner=self, done=lambda _c: self._done(words), failed=self._failed
        )

    def _done(self, words: str) -> None:
        self.message.show_sentence(words, Tone.GOOD)
        for edit in (self.necessity, self.alternatives, self.words):
            edit.clear()
        self.reload()

    def _failed(self, error: PmdeskError) -> None:
        self.message.show_sentence(told(error), Tone.PROBLEM)

    def _show_history(self, found: Dimension) -> None:
        while (item := self.state.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.deleteLater()
        self.state.addWidget(Pill(_badge(is_on=found.is_on)))
        bands = _(", ").join(said(option.label) for option in found.band.options)
        self.state.addWidget(label(_("Bands: {bands}").format(bands=bands), "muted", wrap=True))
        for switch in found.history[:3]:
            self.state.addWidget(label(_line(switch, found), wrap=True, select=True))

    def _proposing(self) -> QWidget:
        return _column(
            (_("Why it is needed (at least {count} characters)"), self.necessity),
            (_("Which milder ways were considered"), self.alternatives),
            buttons=(self.proposer,),
        )

    def _deciding(self) -> QWidget:
        return _column(
            (_("Reason of the decision"), self.words), buttons=(self.approver, self.refuser)
        )

    def _ending(self) -> QWidget:
        return _column(buttons=(self.ender, self.confirmer))


def _column(*fields: tuple[str, ProseEdit], buttons: tuple[QWidget, ...]) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    for words, edit in fields:
        title = words.format(count=SHORTEST)
        edit.setAccessibleName(title)
        head = label(title, "label")
        head.setBuddy(edit)
        column.addWidget(head)
        column.addWidget(edit)
    row = QHBoxLayout()
    row.setSpacing(12)
    for one in buttons:
        row.addWidget(one)
    row.addStretch(1)
    column.addLayout(row)
    return part


def _line(switch: Switch, found: Dimension) -> str:
    by, at = {
        SwitchState.PROPOSED: (switch.proposed_by, switch.proposed_at),
        SwitchState.OFF: (switch.ended_by, switch.ended_at),
    }.get(switch.state, (switch.decided_by, switch.decided_at))
    when = at.date().isoformat() if at else ""
    done = _(_STATES[switch.state]).format(by=found.names.get(by, ""), date=when)
    lines = (
        done + (f"{_(': ')}{switch.words}" if switch.words else ""),
        _("Why: {text}").format(text=switch.necessity),
        _("Milder ways: {text}").format(text=switch.alternatives),
    )
    return "\n".join(lines)


def _badge(*, is_on: bool) -> Badge:
    if is_on:
        return Badge(words=_("On"), tone=Tone.WARN, icon="circle-check")
    return Badge(words=_("Off"), tone=Tone.NEUTRAL, icon="ban")


def _says() -> str:
    return _(
        "Off by default. An administrator proposes it with a written necessity and a reviewer"
        " decides. It has a consent of its own, only coarse bands, and can only add services."
        " Switching it off erases every value at once."
    )
