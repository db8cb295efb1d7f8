"""One resident: who it is, which service and why, what was consented to, and the entries."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.domain import office
from pmdesk.domain.acts import Erasure
from pmdesk.domain.masks import mask_name
from pmdesk.domain.office import Changes
from pmdesk.domain.people import Person, PersonId
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.reveals import Why
from pmdesk.domain.rights import RightCode
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _
from pmdesk.services import person_acts, residents, revealing
from pmdesk.services.consent.consents import Receipt
from pmdesk.services.resident_page import ResidentDetail
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.consent.papers import Papers
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.resident.act_panel import ActPanel
from pmdesk.ui.resident.addons import AddonCard
from pmdesk.ui.resident.correction import CorrectionCard
from pmdesk.ui.resident.deeds import WORDING, Deed, fitting
from pmdesk.ui.resident.group import GroupCard
from pmdesk.ui.resident.group_column import GroupColumn
from pmdesk.ui.resident.mistake import MistakeCard
from pmdesk.ui.resident.notes import NotesCard
from pmdesk.ui.resident.orders_card import OrdersCard
from pmdesk.ui.resident.person_card import PersonCard
from pmdesk.ui.resident.receipt_banner import ReceiptBanner
from pmdesk.ui.resident.standing import StandingCard
from pmdesk.ui.resident.tier_panel import TierPanel
from pmdesk.ui.resident.timeline import Timeline
from pmdesk.ui.resident.withdrawal import withdrawn
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.header import PageHeader
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.visibility import set_shown

_WIDE = 96  # digits; a narrower page has one column
_KINDS = frozenset({office.RESIDENTS, office.CONSENTS, office.CLASSIFICATION})


class ResidentPage(QWidget):
    """Everything about one person on one page; each purpose is a group of its own."""

    consent_requested = Signal(object, object)  # PersonId, PurposeCode to begin with or None
    explain_requested = Signal(object)  # PersonId
    request_requested = Signal(object, object, str)  # RightCode, PersonId, room and name
    course_requested = Signal(str)
    log_requested = Signal(object, str)  # PersonId, room
    order_requested = Signal(object)  # OrderId
    new_order_requested = Signal(object)  # PersonId
    back_requested = Signal()

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts, person: PersonId) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.person = person
        self.detail: ResidentDetail | None = None
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._papers = Papers(session, tasks, prompts)
        self._is_archived = False
        self._build()
        self._arrange()
        self._connect()
        self._read(again=False)

    @property
    def groups(self) -> Mapping[PurposeCode, GroupCard]:
        """The cards of the purposes, as far as they are there."""
        return self.purposes.cards

    def reload(self, changes: Changes | None = None) -> None:
        """The stored state is shown; what was typed and not saved stays."""
        self.orders.reload(changes)
        if changes is None or (
            changes.kinds & _KINDS and (not changes.people or self.person in changes.people)
        ):
            self._read(again=True)

    def keep_draft(self) -> None:
        """What was typed is in encrypted drafts: the office locks."""
        self.purposes.keep_draft()

    def save(self) -> None:
        """Every group with changes is saved, and the correction of the person if one is open."""
        self.correction.save()
        self.purposes.save()

    def take_consent(self) -> None:
        """The consent step is asked for, beginning with the group at the cursor if it is locked."""
        if self._session.staff.may(Permission.TAKE_CONSENT):
            card = self.purposes.locked()
            self.consent_requested.emit(self.person, card.code if card else None)

    def ask_right(self, code: RightCode = RightCode.ACCESS) -> None:
        """The rights desk receives a request of this person."""
        who = self.detail.person if self.detail else None
        words = f"{who.room}  {mask_name(who.name)}" if who else ""
        self.request_requested.emit(code, self.person, words)

    def why_locked(self) -> str:
        """The reason why the group at the cursor, or the first locked one, is locked; shown too."""
        card = self.purposes.locked()
        if card is None:
            words = _("Nothing is locked here.")
            self.note.show_sentence(words, Tone.INFO)
            return words
        if card.lock_panel is not None:
            self._area.ensureWidgetVisible(card)
            card.lock_panel.button.setFocus()
        self.note.show_sentence(card.why_locked(), Tone.INFO)
        return card.why_locked()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        narrow = self.width() < _WIDE * self.fontMetrics().horizontalAdvance("0")
        self._columns.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.card.leave()
        super().hideEvent(event)

    # ---- building --------------------------------------------------------------------------

    def _build(self) -> None:
        may = self._session.staff.may
        self.consenter = button(
            _("Take consent…"), self.take_consent, picture="clipboard-check", tip="Ctrl+G"
        )
        set_shown(self.consenter, may(Permission.TAKE_CONSENT))
        self.asker = button(_("Rights request…"), self.ask_right, picture="hand-heart")
        set_shown(self.asker, may(Permission.RECEIVE_REQUESTS))
        self.more = button(_("More…"), picture="ellipsis")
        self.more.setMenu(QMenu(self.more))
        self.more.setEnabled(False)  # until it is known what can be done
        self.header = PageHeader(" ", "", (self.more, self.asker, self.consenter))
        self.back = button(
            _("Residents"), self.back_requested.emit, look="quiet", picture="chevron-left"
        )
        self.note = Banner()
        self.receipt = ReceiptBanner()
        self.acts = ActPanel(self._session, self._tasks, self.person)
        self.standing = StandingCard(self._session, self._tasks, self._prompts, self.person)
        self.card = PersonCard(
            may_reveal=may(Permission.REVEAL), may_edit=may(Permission.EDIT_RESIDENTS)
        )
        self.correction = CorrectionCard(self._session, self._tasks, self.person)
        self.tier = TierPanel(*self._tools)
        self.timeline = Timeline(may_prove=may(Permission.SEE_RECORDS))
        self.addons = AddonCard(self._session, self._tasks, self._prompts, self.person)
        self.orders = OrdersCard(self._session, self._tasks, self.person)
        self.notes = NotesCard(self._session, self._tasks, self.person)
        self.mistake = MistakeCard(self._session, self._tasks, self._prompts, self.person)
        self.purposes = GroupColumn(*self._tools)
        set_shown(self.mistake, may(Permission.EDIT_RESIDENTS))
        set_shown(self.tier, may(Permission.SEE_CLASSIFICATION))

    def _arrange(self) -> None:
        column = QVBoxLayout()
        self._area = scrolled(column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)
        left = QVBoxLayout()
        left.setSpacing(14)
        below = (self.orders, self.addons, self.notes, self.mistake, self.timeline)
        for widget in (self.card, self.correction, self.standing, self.tier, *below):
            left.addWidget(widget)
        left.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addLayout(left, 3)
        self._columns.addWidget(self.purposes, 7)
        column.setContentsMargins(28, 20, 28, 24)
        column.setSpacing(14)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.header)
        column.addWidget(self.note)
        column.addWidget(self.receipt)
        column.addWidget(self.acts)
        column.addLayout(self._columns, 1)

    def _connect(self) -> None:
        self.card.reveal_requested.connect(self._reveal)
        self.card.edit_requested.connect(self._correct)
        self.correction.left.connect(self.card.show)
        self.orders.order_requested.connect(self.order_requested)
        self.orders.new_order_requested.connect(self.new_order_requested)
        self.tier.explain_requested.connect(lambda: self.explain_requested.emit(self.person))
        self.tier.objected.connect(lambda: self.ask_right(RightCode.OBJECTION))
        self.tier.unwanted.connect(self._remove_tag)
        self.tier.sheet.saved.connect(self._saved)
        self.receipt.save_requested.connect(self._save_receipt)
        self.timeline.proof_requested.connect(self._save_proof)
        column = self.purposes
        column.consent_requested.connect(
            lambda code: self.consent_requested.emit(self.person, code)
        )
        column.course_requested.connect(self.course_requested)
        column.withdrawn.connect(self._withdraw)
        column.mistake_requested.connect(self._mistaken)
        column.shown_below.connect(self._bring_into_view)
        column.draft_found.connect(self._area.ensureWidgetVisible)
        self.acts.archived.connect(self._archived)
        self.acts.left.connect(self.more.setFocus)
        build_actions(
            self,
            {
                Command.SAVE: self.save,
                Command.UNDO: lambda: self.purposes.step(back=True),
                Command.REDO: lambda: self.purposes.step(back=False),
                Command.WHY_LOCKED: self.why_locked,
                Command.REFRESH: self.reload,
            },
        )
        QShortcut(QKeySequence("Ctrl+G"), self).activated.connect(self.take_consent)

    # ---- acting ----------------------------------------------------------------------------

    def _read(self, *, again: bool) -> None:
        work = partial(residents.detail, self._session, self.person, again=again)
        self._tasks.query(work, owner=self, done=self._show, failed=self._gone, newest="detail")

    def _reveal(self, why: Why) -> None:
        work = partial(revealing.reveal_mobile, self._session, self.person, why)
        self._tasks.query(work, owner=self, done=self.card.show_mobile, failed=self._not_revealed)

    def _not_revealed(self, error: PmdeskError) -> None:
        self.card.reasons.forget()
        self._prompts.explain(error)

    def _correct(self) -> None:
        work = partial(revealing.to_correct, self._session, self.person)
        self._tasks.query(work, owner=self, done=self._start_correction, newest="correct")

    def _start_correction(self, person: Person) -> None:
        self.card.hide()
        self.correction.start(person)

    def _withdraw(self, purpose: PurposeCode, item: int | None = None) -> None:
        card = self.groups[purpose]
        card.drop_draft()
        work = partial(withdrawn, self._session, self.person, purpose, item)
        self._tasks.command(
            work,
            owner=self,
            done=lambda result: self._show_receipt(result[0]),
            failed=lambda error: self._not_withdrawn(card, error),
        )

    def _offer(self, detail: ResidentDetail) -> None:
        """The menu has what can be done about this person now."""
        may = self._session.staff.may
        handles = may(Permission.HANDLE_REQUESTS)
        menu = self.more.menu()
        menu.clear()
        for deed in fitting(detail, handles=handles, edits=may(Permission.EDIT_RESIDENTS)):
            menu.addAction(_(WORDING[deed].entry), partial(self._prepare, deed))
        if may(Permission.SEE_AUDIT):
            menu.addAction(_("Who looked at this household"), partial(self._ask_log, detail))
        self.more.setEnabled(not menu.isEmpty())

    def _ask_log(self, detail: ResidentDetail) -> None:
        self.log_requested.emit(self.person, detail.person.room)

    def _prepare(self, deed: Deed) -> None:
        if self.detail is not None:
            self.acts.start(deed, self.detail)
            self._area.verticalScrollBar().setValue(0)  # where it stands

    def _archived(self, done: Erasure) -> None:
        self._is_archived = True
        name = self.detail.person.name if self.detail else ""
        until = done.keep_until.isoformat() if done.keep_until else ""
        self.back_requested.emit()
        self._prompts.tell(
            _("{name} is in no list any more.").format(name=name),
            detail=_("Sealed until {date}. Certificate of erasure: {number}").format(
                date=until, number=done.certificate
            ),
        )

    def _bring_into_view(self, widget: QWidget) -> None:
        """The whole widget can be seen, its buttons too, once it has found its place."""
        margin = theme.length(16)
        QTimer.singleShot(0, widget, lambda: self._area.ensureWidgetVisible(widget, margin, margin))

    def _mistaken(self, purpose: PurposeCode) -> None:
        self.mistake.start(purpose)
        self._bring_into_view(self.mistake)

    def _show_receipt(self, receipt: Receipt) -> None:
        self.receipt.show_receipt(receipt)
        self._area.verticalScrollBar().setValue(0)  # where it stands
        self.receipt.action.setFocus()

    def _not_withdrawn(self, card: GroupCard, error: PmdeskError) -> None:
        card.stay()
        self._prompts.explain(error)

    def _save_receipt(self, receipt: Receipt) -> None:
        self._papers.save_receipt(receipt, self, lambda path: self.receipt.show_saved(path.name))

    def _save_proof(self) -> None:
        self._papers.save_proof(self.person, self, lambda path: self._saved(path.name))

    def _remove_tag(self, code: str, name: str) -> None:
        asked = _("Remove the tag “{tag}”?").format(tag=name)
        detail = _("It goes at once, and no rule gives it again before there are new answers.")
        if self._prompts.confirm(asked, yes=_("Remove the tag"), detail=detail):
            self._tasks.command(
                partial(person_acts.delete_tag, self._session, self.person, code), owner=self
            )

    def _saved(self, name: str) -> None:
        self.note.show_sentence(_("Saved as {file}.").format(file=name), Tone.GOOD)

    # ---- showing ---------------------------------------------------------------------------

    def _show(self, detail: ResidentDetail) -> None:
        self.detail = detail
        self.header.show_title(detail.person.name)
        self.header.show_subtitle(detail.person.room)
        self.card.show_person(detail.person)
        self.tier.show_detail(detail)
        self.standing.show_detail(detail)
        self._offer(detail)
        self.notes.show_notes(detail.notes)
        self.mistake.show_detail(detail)
        names = {group.purpose.code: group.purpose.name for group in detail.groups}
        self.timeline.show_events(detail.events, names)
        self.purposes.show_detail(detail)

    @property
    def _tools(self) -> tuple[Session, Tasks, Prompts, PersonId]:
        return self._session, self._tasks, self._prompts, self.person

    def _gone(self, error: PmdeskError) -> None:
        if self._is_archived:
            return
        self._prompts.explain(error)
        self.back_requested.emit()
