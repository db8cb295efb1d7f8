"""One purpose on a person's page: its legal basis, and its fields or the reason they are locked."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pmdesk.domain.consents import ConsentState
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.staff import Permission
from pmdesk.domain.tiers import Tier
from pmdesk.domain.training import Task
from pmdesk.errors import ConflictError, PmdeskError
from pmdesk.i18n import N_, _, said, told
from pmdesk.services import drafts, residents
from pmdesk.services.resident_page import PurposeGroup
from pmdesk.services.session import Session
from pmdesk.ui.autosave import Autosave
from pmdesk.ui.badges import basis_badge, consent_badge
from pmdesk.ui.draft_banner import DraftBanner
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.resident import values
from pmdesk.ui.resident.answers_form import AnswersForm
from pmdesk.ui.resident.held import HeldBanner
from pmdesk.ui.resident.lock_panel import LockPanel, lock_sentence
from pmdesk.ui.resident.sealed_part import SealedPart
from pmdesk.ui.resident.values import Values
from pmdesk.ui.resident.withdrawal import WithdrawalPanel
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.training.banner import TrainingBanner
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Pill
from pmdesk.ui.widgets.visibility import set_shown

_ROLE_LOCK = N_(
    "Your role may look at this, not change it. A clerk, a manager or an administrator can."
)


class GroupCard(Card):
    """Saves its own values; consent is taken and withdrawn by the page."""

    consent_requested = Signal(object)  # PurposeCode
    withdrawn = Signal(object, object)  # PurposeCode, the place of an item or None: all of it
    shown_below = Signal(object)  # QWidget that has to be seen
    course_requested = Signal(str)
    mistake_requested = Signal(object)  # PurposeCode
    draft_found = Signal()  # its banner is on the card

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        prompts: Prompts,
        person: PersonId,
        group: PurposeGroup,
    ) -> None:
        super().__init__()
        self.group = group
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._person = person
        self._known: Values = {}
        self._has_saved = False  # and nobody has told yet what came of it
        self._may_edit = session.staff.may(Permission.EDIT_RESIDENTS)
        self.setAccessibleName(said(group.purpose.name))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.lock_panel: LockPanel | None = None
        self.withdrawal: WithdrawalPanel | None = None
        self.answers = AnswersForm(group.fields if group.lock is None else ())
        self.sealed = SealedPart(session, tasks, prompts, person, _open_part(group))
        self.sealed.withdrawal_requested.connect(self.show_withdrawal)
        self.note = Banner()
        self._build_head()
        self.held = HeldBanner(session, tasks, person, group)
        for banner in (self.note, self.held):
            self.add(banner)
        if group.lock is None:
            self._build_fields()
        else:
            self._build_lock()

    @property
    def code(self) -> PurposeCode:
        """The purpose."""
        return self.group.purpose.code

    @property
    def is_dirty(self) -> bool:
        """There are changes that are not saved."""
        return self.group.lock is None and not self.answers.history.is_clean

    def fits(self, group: PurposeGroup) -> bool:
        """Whether `show_group` can show it: same consent, same fields, same seals."""
        return _frame(self.group) == _frame(group)

    def show_group(self, group: PurposeGroup) -> None:
        """The stored values are shown; what was typed and not saved stays."""
        self.group = group
        stored = _stored(group)
        set_shown(self.mistake, self._may_edit and _holds(group))
        if not self.is_dirty:
            self._known = stored
            self.answers.start(stored)
        elif stored != self._known:
            self._known = stored
            self._show_conflict(stored)

    def why_locked(self) -> str:
        """The sentence that says why this group cannot be edited; empty when it can."""
        if self.group.lock is not None:
            return lock_sentence(self.group.lock)
        return "" if self._may_edit else _(_ROLE_LOCK)

    def save(self) -> None:
        """The values are stored; problems keep everything on the page."""
        ready = self.is_dirty and self.saver.isEnabled() and not self.answers.is_composing
        if not ready or not self.answers.check():
            return
        if self.saver.hasFocus():  # else it would jump to the button of the next group
            self.setFocus()
        self.saver.setEnabled(False)
        work = partial(
            residents.save_answers,
            self._session,
            self._person,
            self.code,
            dict(self.answers.values),
            known=dict(self._known),
        )
        self._known = self.answers.values
        self._tasks.command(work, owner=self, done=lambda _c: self._saved(), failed=self._failed)

    def show_tier(self, tier: Tier) -> None:
        """Beside the button that has just saved stands what the entries led to."""
        if self._has_saved and not self.is_dirty:
            self._has_saved = False
            self.age.setText(_("Saved · service tier: {tier}").format(tier=said(tier.name)))

    def keep_draft(self) -> None:
        """What was typed is in the encrypted draft: the office locks."""
        if self.group.lock is None:
            self.autosave.keep_now()

    def leave(self) -> None:
        """No opened sealed value is on the screen, and what was typed is kept as a draft."""
        if self.group.lock is None:
            self.autosave.hurry()
        self.sealed.hide_clear()

    # ---- building --------------------------------------------------------------------------

    def _build_head(self) -> None:
        purpose = self.group.purpose
        title = QWidget()
        flow = FlowLayout(10)
        flow.addWidget(label(said(purpose.name), "heading"))
        flow.addWidget(Pill(basis_badge(purpose.basis)))
        if self.group.state is not None:
            flow.addWidget(Pill(consent_badge(self.group.state)))
        title.setLayout(flow)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(title, 1)
        self.until = label(_until(self.group), "muted")
        self.withdraw = button(
            _("Withdraw consent"), lambda: self.show_withdrawal(None), look="link"
        )
        may = self._session.staff.may(Permission.RECEIVE_REQUESTS)
        set_shown(self.withdraw, may and self.group.consent is not None)
        self.renew = button(
            _("Renew…"), lambda: self.consent_requested.emit(self.code), look="link"
        )
        due = self.group.state is ConsentState.EXPIRING
        set_shown(self.renew, due and self._session.staff.may(Permission.TAKE_CONSENT))
        ending = QWidget()
        row = FlowLayout(10)
        row.addWidget(self.until)
        row.addWidget(self.renew)
        row.addWidget(self.withdraw)
        self.mistake = button(
            _("Collected by mistake…"), lambda: self.mistake_requested.emit(self.code), look="link"
        )
        set_shown(self.mistake, self._may_edit and _holds(self.group))
        row.addWidget(self.mistake)
        ending.setLayout(row)
        head.addWidget(ending)
        self.body.addLayout(head)
        self.body.addWidget(label(said(purpose.summary), "muted", wrap=True))

    def _build_lock(self) -> None:
        lock = self.group.lock
        if lock is not None:
            self.lock_panel = LockPanel(
                lock, (*self.group.fields, *self.group.sealed, *self.group.asked_by_item)
            )
            self.lock_panel.consent_requested.connect(
                lambda: self.consent_requested.emit(self.code)
            )
            self.add(self.lock_panel)
        self.add(self.answers)
        self.answers.hide()

    def _build_fields(self) -> None:
        self.autosave = Autosave(
            self._session,
            self._tasks,
            drafts.ANSWERS,
            lambda: values.document(self.answers.values),
            self,
        )
        self.draft = DraftBanner(self._session, self.autosave)
        self.autosave.found.connect(lambda _draft: self.draft_found.emit())
        self.saver = button(_("Save"), self.save, picture="check", tip="Ctrl+S")
        self.age = label("", "muted")
        for widget in (self.draft, self.answers):
            self.add(widget)
        if self.group.sealed_present and self._session.staff.may(Permission.OPEN_SEALED):
            self._add_training()
        self.add(self.sealed)
        set_shown(self.sealed, not self.sealed.is_empty)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.age, 1)
        row.addWidget(self.saver)
        self.add(line)
        if not self.group.fields:
            self.answers.hide()
            line.hide()
        self._begin()

    def _begin(self) -> None:
        self._known = _stored(self.group)
        self.answers.start(self._known)
        self.saver.setEnabled(False)
        if not self._may_edit:
            self.answers.lock(_(_ROLE_LOCK))
            self.saver.hide()
            return
        self.answers.changed.connect(self._touched)
        self.answers.completed.connect(self.saver.setFocus)
        self.autosave.kept.connect(lambda _at: self.age.setText(_("Kept as a draft just now")))
        self.draft.restored.connect(self._restore)
        if self.group.fields:
            self.autosave.watch(drafts.answers_of(self._person, self.code))

    def _add_training(self) -> None:
        training = TrainingBanner(self._session, self._tasks, Task.SEALED)
        training.course_requested.connect(self.course_requested)
        self.add(training)

    # ---- acting ----------------------------------------------------------------------------

    def show_withdrawal(self, item: int | None = None) -> None:
        """What a withdrawal erases and keeps is said; one button confirms it."""
        if self.withdrawal is not None:
            return
        self.withdrawal = WithdrawalPanel(self.group, self._session.clock.today(), item)
        self.withdrawal.confirmed.connect(lambda: self.withdrawn.emit(self.code, item))
        self.withdrawal.left.connect(self._leave_withdrawal)
        self.withdraw.setEnabled(False)
        self.body.insertWidget(2, self.withdrawal)
        self.withdrawal.show()
        self.withdrawal.confirm.setFocus()
        self.shown_below.emit(self.withdrawal)

    def stay(self) -> None:
        """The withdrawal did not happen; the panel lets it be tried again."""
        if self.withdrawal is not None:
            self.withdrawal.confirm.setEnabled(True)

    def drop_draft(self) -> None:
        """Nothing typed here is kept any more."""
        if self.group.lock is None:
            self.autosave.stop()

    def _leave_withdrawal(self) -> None:
        if self.withdrawal is not None:
            self.body.removeWidget(self.withdrawal)
            self.withdrawal.hide()
            self.withdrawal.deleteLater()
        self.withdrawal = None
        self.withdraw.setEnabled(True)

    def _touched(self) -> None:
        self.saver.setEnabled(self.is_dirty)
        if self.is_dirty:
            self.age.setText("")
            self.autosave.touch()
        else:
            self.autosave.stop()

    def _restore(self, document: str) -> None:
        kept = values.from_document(document, self.group.fields)
        self.answers.restore(kept)

    def _saved(self) -> None:
        self.autosave.discard()
        self.answers.history.saved()
        self._has_saved = True
        self.saver.setEnabled(False)
        self.age.setText(_("Saved"))
        self.note.show_sentence("")

    def _failed(self, error: PmdeskError) -> None:
        self.saver.setEnabled(True)
        self.note.show_sentence(told(error), Tone.PROBLEM)
        if isinstance(error, ConflictError):
            self._known = {}
            self._tasks.query(
                partial(residents.detail, self._session, self._person, again=True),
                owner=self,
                done=lambda found: self._meet(found.groups),
            )

    def _meet(self, groups: tuple[PurposeGroup, ...]) -> None:
        """The values that stand now are known: saving again is a decision."""
        for group in groups:
            if group.purpose.code == self.code:
                self._known = _stored(group)
                self._show_conflict(self._known)

    def _show_conflict(self, stored: Values) -> None:
        mine = self.answers.values
        names = [
            said(field.label)
            for key, field in self.answers.fields.items()
            if stored.get(key) != mine.get(key)
        ]
        self.note.show_sentence(
            _(
                "Somebody else saved this meanwhile. Different from yours: {fields}. Saving again"
                " replaces their entries."
            ).format(fields=_(", ").join(names)),
            Tone.WARN,
        )


def _holds(group: PurposeGroup) -> bool:
    """Whether anything is recorded under the purpose."""
    return bool(_stored(group) or group.sealed_present or group.items)


def _stored(group: PurposeGroup) -> Values:
    held = group.answers.values if group.answers else {}
    return {key: value for key, value in held.items() if value not in (None, "", ())}


def _frame(group: PurposeGroup) -> tuple[object, ...]:
    """What of a group its card cannot change in place."""
    return (
        *(group.lock, group.consent, group.fields, group.sealed_present, group.state),
        *(group.items, group.held, group.restriction, group.takes_part),
    )


def _open_part(group: PurposeGroup) -> PurposeGroup:
    """Nothing sealed is offered while the group is locked."""
    if group.lock is None:
        return group
    return replace(group, sealed=(), items=())


def _until(group: PurposeGroup) -> str:
    if group.consent is None:
        return ""
    if group.consent.valid_until is None:
        return _("valid until withdrawn")
    return _("valid until {date}").format(date=group.consent.valid_until.isoformat())
