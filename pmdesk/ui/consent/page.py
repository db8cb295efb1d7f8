"""Taking consent in four steps: notice, choices, signature, receipt."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from pmdesk.domain.consents import Sheet, Shown
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.training import Task
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services import drafts
from pmdesk.services.consent import consents
from pmdesk.services.consent.consents import Choice, Receipt
from pmdesk.services.session import Session
from pmdesk.ui import printing
from pmdesk.ui.autosave import Autosave
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.consent.choices_step import ChoicesStep
from pmdesk.ui.consent.decisions import STEPS, Decisions, Step, from_document
from pmdesk.ui.consent.missing import missing_words
from pmdesk.ui.consent.notice_step import NoticeStep, notice_html
from pmdesk.ui.consent.papers import Papers
from pmdesk.ui.consent.proof_step import ProofStep
from pmdesk.ui.consent.receipt_step import ReceiptStep
from pmdesk.ui.consent.signing import Signing
from pmdesk.ui.draft_banner import DraftBanner
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.training.banner import TrainingBanner
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.header import PageHeader
from pmdesk.ui.widgets.keys import Keys
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.steps import StepBar

_DRAFT = "consent"


class ConsentPage(QWidget):
    """Nothing is recorded before the last step; whatever fails keeps everything on the page."""

    back_requested = Signal()
    course_requested = Signal(str)

    def __init__(  # the tools, the person, and where to begin
        self,
        session: Session,
        tasks: Tasks,
        prompts: Prompts,
        person: PersonId,
        name: str = "",
        *,
        first: PurposeCode | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.decisions = Decisions()
        self.step = Step.NOTICE
        self._session = session
        self._tasks = tasks
        self._person = person
        self._first = first
        self._choices: tuple[Choice, ...] = ()
        self._displayed: dict[PurposeCode, Shown] = {}  # the proof that it was shown
        self._papers = Papers(session, tasks, prompts)
        self._build(name)
        self._arrange()
        self._connect()
        self._show()
        self._tasks.query(
            partial(_asked, session, person),
            owner=self,
            done=lambda found: self._begin(*found),
            failed=self._failed,
        )

    def reload(self, _changes: Changes | None = None) -> None:
        """What was begun stays as it is: the notices of a step must not change under its reader."""

    def keep_draft(self) -> None:
        """The choices, never the signature, are in the encrypted draft: the office locks."""
        self.autosave.keep_now()

    def leave(self) -> None:
        """Back to the resident; choices made so far are kept as a draft."""
        if self.step is not Step.RECEIPT and self.decisions.agreed:
            self.autosave.stop()
            drafts.keep(self._session, _DRAFT, str(self._person), self.decisions.document())
        self.back_requested.emit()

    def next(self) -> None:
        """The next step or sheet, if nothing is missing; after the last sheet all is recorded."""
        if self._missing() or not self.forward.isEnabled():
            return
        if self.step is Step.PROOF and self.signing.turn(forward=True):
            self._show()
        elif self.step is Step.PROOF:
            self._record()
        elif self.step is not Step.RECEIPT:
            self.go(Step(self.step + 1))

    def go(self, step: Step) -> None:
        """That step, if all before it are complete; not out of a receipt."""
        if self.step is Step.RECEIPT or step is Step.RECEIPT:
            return
        if any(self.decisions.missing(before, self._choices) for before in Step if before < step):
            return
        self.step = step
        if step is Step.PROOF:
            self.signing.begin(self.decisions)
        self._show()

    def find_missing(self) -> None:
        """The items that are not decided yet are on the screen, with a no to all of them."""
        half = self.decisions.half_decided(self._choices)
        if half is not None:
            line = self.choices_step.lines[half.purpose.code]
            self._areas[self.choices_step].ensureWidgetVisible(line.rest)
            line.rest.setFocus()

    def print_it(self) -> None:
        """The notice, or the receipt, is seen as it will be printed."""
        if self.step is Step.RECEIPT:
            self.receipt_step.print_receipt()
        elif self.step is Step.NOTICE:
            self._print_notice()

    # ---- building --------------------------------------------------------------------------

    def _build(self, name: str) -> None:
        self.header = PageHeader(_("Take consent"), name)
        self.bar = StepBar([_(title) for title in STEPS])
        self.note = Banner()
        self.training = TrainingBanner(self._session, self._tasks, Task.CONSENT)
        self.training.course_requested.connect(self.course_requested)
        self.notice_step = NoticeStep(self._session.staff.name)
        self.choices_step = ChoicesStep()
        self.signing = Signing()
        self.receipt_step = ReceiptStep()
        self.hint = label("", "muted", wrap=True)
        self.finder = button(_("Show where"), self.find_missing, look="link")
        self.leaver = button(_("Leave"), self.leave, look="quiet", tip="Esc")
        self.backward = button(_("Previous step"), self._previous, picture="chevron-left")
        self.forward = button(_("Next"), self.next, look="primary", tip="Ctrl+Enter")
        self.autosave = Autosave(
            self._session, self._tasks, _DRAFT, lambda: self.decisions.document(), self
        )
        self.draft = DraftBanner(self._session, self.autosave)

    def _arrange(self) -> None:
        self._stack = QStackedWidget()
        self._areas: dict[QWidget, QScrollArea] = {}
        self._stack.addWidget(self.notice_step)
        for step in (self.choices_step, self.signing, self.receipt_step):
            column = QVBoxLayout()
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(step)
            self._areas[step] = scrolled(column)
            self._stack.addWidget(self._areas[step])
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.leaver)
        buttons.addWidget(self.hint, 1)
        buttons.addWidget(self.finder)
        buttons.addWidget(self.backward)
        buttons.addWidget(self.forward)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 20)
        column.setSpacing(14)
        for widget in (self.header, self.bar, self.training, self.note, self.draft):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        notice, chosen, decider = self.notice_step, self.choices_step, self.choices_step.decider
        notice.opened.connect(lambda code: self._put(self.decisions.showing(code)))
        notice.read.connect(lambda code: self._have_read(code))
        notice.told.connect(lambda on: self._put(replace(self.decisions, told=on)))
        notice.save_requested.connect(self._save_notice)
        notice.print_requested.connect(self._print_notice)
        chosen.decided.connect(self._decide)
        chosen.item_decided.connect(self._decide_item)
        chosen.rest_refused.connect(lambda one: self._put(self.decisions.refusing_rest(one)))
        chosen.own_ticked.connect(self._come_forward)
        chosen.notice_requested.connect(self._show_notice)
        decider.adult_confirmed.connect(lambda on: self._put(replace(self.decisions, adult=on)))
        decider.given_by_chosen.connect(
            lambda one: self._put(replace(self.decisions, given_by=one))
        )
        decider.representative_named.connect(
            lambda one: self._put(replace(self.decisions, representative=one))
        )
        self.signing.changed.connect(self._put)
        self.receipt_step.save_requested.connect(self._save_receipt)
        self.receipt_step.left.connect(self.back_requested)
        self.draft.restored.connect(self._restore)
        build_actions(
            self,
            {
                Command.SAVE_NEXT: self.next,
                Command.UNDO: self.signing.undo,
                Command.PRINT: self.print_it,
            },
        )
        for step in Step:
            key = QShortcut(QKeySequence(f"Alt+{step + 1}"), self)
            key.activated.connect(partial(self.go, step))
        Keys(self, {"Esc": self.leave})

    # ---- acting ----------------------------------------------------------------------------

    @property
    def proof_step(self) -> ProofStep:
        """The sheet that is being proved."""
        return self.signing.step

    def _begin(self, choices: tuple[Choice, ...], witnesses: Mapping[str, str]) -> None:
        self._choices = choices
        self.signing.start(choices, witnesses)
        if not choices:
            self.note.show_sentence(
                _(
                    "No purpose has a live notice, so nobody can be asked. An administrator has to"
                    " put a notice into force first."
                ),
                Tone.PROBLEM,
            )
            return
        self.choices_step.start(choices)
        self.notice_step.start(choices, self._first)
        self.autosave.watch(str(self._person))
        self.notice_step.text.setFocus()

    def _put(self, decisions: Decisions) -> None:
        if decisions != self.decisions:
            self.decisions = decisions
            self._show()

    def _have_read(self, *codes: PurposeCode) -> None:
        now = self._session.clock.now()
        for choice in self._choices:
            if choice.purpose.code in codes:
                self._displayed[choice.purpose.code] = choice.shown(now)
        self._put(self.decisions.having_read(*codes))

    def _decide(self, code: PurposeCode, agreed: bool | None) -> None:
        self.autosave.touch()
        self._put(self.decisions.deciding(code, agreed))

    def _decide_item(self, code: PurposeCode, item: str, agreed: bool) -> None:
        self._put(self.decisions.deciding_item(code, item, agreed=agreed))

    def _come_forward(self, code: PurposeCode, own: bool) -> None:
        self._put(self.decisions.coming_forward(code, own=own))

    def _show_notice(self, code: PurposeCode) -> None:
        self.step = Step.NOTICE
        codes = [choice.purpose.code for choice in self._choices]
        self.notice_step.list.setCurrentRow(codes.index(code))
        self._show()

    def _restore(self, document: str) -> None:
        self._put(from_document(document, self._choices))
        self.step = Step.NOTICE
        self._show()
        self.notice_step.show_again()

    def _previous(self) -> None:
        if self.step is Step.PROOF and self.signing.turn(forward=False):
            self._show()
            return
        self.go(Step(max(self.step - 1, Step.NOTICE)))

    def _record(self) -> None:
        self.forward.setEnabled(False)
        self.note.show_sentence("")
        sheets = self.decisions.handed_over(self._choices, self._displayed)
        work = partial(_decided, self._session, self._person, sheets)
        self._tasks.command(
            work, owner=self, done=lambda result: self._recorded(result[0]), failed=self._failed
        )

    def _recorded(self, receipt: Receipt) -> None:
        self.autosave.discard()
        self.draft.hide()
        self.decisions = replace(self.decisions, proofs={})
        self.signing.forget()
        self.step = Step.RECEIPT
        self.receipt_step.show_receipt(receipt)
        self._show()

    def _failed(self, error: PmdeskError) -> None:
        self.note.show_sentence(told(error), Tone.PROBLEM)
        self._show()

    # ---- papers ----------------------------------------------------------------------------

    def _shown_choices(self) -> tuple[Choice, ...]:
        return tuple(c for c in self._choices if c.purpose.code in self.decisions.shown)

    def _save_notice(self) -> None:
        choices = self._shown_choices()
        self._papers.save_notices(
            choices,
            self,
            lambda path: self._printed(choices, path.name),
            large=self.notice_step.large.isChecked(),
        )

    def _print_notice(self) -> None:
        choices = self._shown_choices()
        if not choices:
            return
        title = _("Notice on personal information")
        points = printing.LARGE if self.notice_step.large.isChecked() else printing.BODY
        made = printing.document([notice_html(choice) for choice in choices], points=points)
        if printing.preview(made, title, self):
            self._printed(choices, "")

    def _printed(self, choices: tuple[Choice, ...], name: str) -> None:
        self._have_read(*(choice.purpose.code for choice in choices))
        if name:
            self.note.show_sentence(
                _("The notice was saved as {file}. Print it and hand it over.").format(file=name),
                Tone.GOOD,
            )

    def _save_receipt(self, receipt: Receipt) -> None:
        self._papers.save_receipt(
            receipt, self, lambda path: self.receipt_step.show_saved(path.name)
        )

    # ---- showing ---------------------------------------------------------------------------

    def _missing(self) -> str:
        if self.step is Step.PROOF:
            return self.signing.missing()
        return self.decisions.missing(self.step, self._choices)

    def _show(self) -> None:
        self.bar.show_step(self.step)
        self._stack.setCurrentIndex(self.step)
        self.notice_step.show_decisions(self.decisions)
        self.choices_step.show_decisions(self.decisions)
        if self.step is Step.PROOF:
            self.signing.show_decisions(self.decisions)
        missing = missing_words(self._missing(), self.decisions, self._choices)
        done = self.step is Step.RECEIPT
        self.hint.setText("" if done else missing)
        half = self.step is Step.CHOICES and self.decisions.half_decided(self._choices)
        self.finder.setVisible(bool(half))
        self.forward.setEnabled(not missing and bool(self._choices))
        self.forward.setToolTip(missing or "Ctrl+Enter")
        last = self.step is Step.PROOF and self.signing.is_last
        self.forward.setText(_("Record the decision") if last else _("Next"))
        self.backward.setEnabled(self.step > Step.NOTICE)
        for widget in (self.leaver, self.backward, self.forward):
            widget.setVisible(not done)


def _asked(session: Session, person: PersonId) -> tuple[tuple[Choice, ...], Mapping[str, str]]:
    return consents.choices(session, person), consents.witnesses(session)


def _decided(
    session: Session, person: PersonId, sheets: tuple[Sheet, ...]
) -> tuple[Receipt, Changes]:
    return consents.decide(session, person, sheets), consents.changed(person)
