"""The one thing a case waits for, with its primary button and the quieter ways out."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pmdesk.domain.people import PersonId
from pmdesk.domain.requests import PROOFS, Identity, Request, Requester, StepCode, Todo
from pmdesk.domain.rights import REASONS, RIGHTS, Reason
from pmdesk.domain.staff import Permission
from pmdesk.i18n import N_, _, said
from pmdesk.services.case_words import IDENTITIES, Paper
from pmdesk.services.rights.request_book import CaseView
from pmdesk.services.rights.request_choices import Choices
from pmdesk.services.rights.request_papers import output
from pmdesk.services.session import Session
from pmdesk.ui.forms.cell import cell, choice_box, fill
from pmdesk.ui.forms.dates import DateLine
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.forms.prose import ProseEdit
from pmdesk.ui.rights.finder import PersonFinder
from pmdesk.ui.rights.order_form import OrderForm
from pmdesk.ui.rights.words import TODOS
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

_FILES = frozenset({Paper.DOSSIER, Paper.PACKAGE})
_WAYS = (N_("in person"), N_("by post"), N_("by phone"))


class StepCard(Card):
    """Made anew for each state of a case; its signals tell what was pressed."""

    verified = Signal(object, str)  # Identity, note
    asked_again = Signal()
    bound = Signal(object)  # PersonId
    archive_requested = Signal()
    assigned = Signal(str)
    files_requested = Signal(object)  # recipient, or None for a dossier
    acted = Signal(object)  # Order
    checked = Signal()
    answered = Signal(str, str)
    closed = Signal()

    def __init__(self, session: Session, tasks: Tasks, view: CaseView, choices: Choices) -> None:
        request = view.case.request
        over = _is_over(session, request)
        super().__init__("" if over else _("Next: {step}").format(step=_(TODOS[request.todo])))
        self._session = session
        self._tasks = tasks
        self._view = view
        self._choices = choices
        self.primary: QWidget | None = None
        self.form: OrderForm | None = None
        steps: dict[Todo, Callable[[Request], None]] = {
            Todo.VERIFY: self._verify,
            Todo.ASSIGN: self._assign,
            Todo.ACT: self._act,
            Todo.CHECK: self._check,
            Todo.ANSWER: self._answer,
            Todo.CLOSE: self._close,
        }
        if request.person is None and request.is_open:
            self._bind()
        if over:
            self.hindrance = label(_("Handed on to the manager: your step is done."), wrap=True)
            self.add(self.hindrance)
        else:
            steps[request.todo](request)

    def _bind(self) -> None:
        finder = PersonFinder(self._session, self._tasks)
        finder.found.connect(self._found)
        self.add(cell(_("Find the person in the register"), finder))
        if self._session.staff.may(Permission.OPEN_ARCHIVE):
            look = button(
                _("Moved out? Look in the archive…"),
                self.archive_requested.emit,
                look="quiet",
                picture="lock-open",
            )
            self.body.addWidget(look, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self.add(label(_in_archive(), "muted", wrap=True))

    def _found(self, person: PersonId | None, _words: str) -> None:
        if person is not None:
            self.bound.emit(person)

    def _verify(self, request: Request) -> None:
        proofs = PROOFS[request.requester]
        self.identity = Segmented([(one, _(IDENTITIES[one])) for one in proofs])
        self.note = PinyinEdit()
        agent = request.requester is Requester.AGENT
        words = _("Called back: what the letter allows") if agent else _("Note")
        self.add(cell(_("How do you know who it is? Nothing is copied."), self.identity))
        self.add(cell(words, self.note))
        again = button(_("Ask for another way…"), self.asked_again.emit)
        self._end(_("Identity confirmed"), self._told_verified, again)
        self.identity.chosen.connect(lambda _way: self._wait_for_identity())
        self._wait_for_identity()

    def _wait_for_identity(self) -> None:
        """Nobody is confirmed by a button alone: the way is chosen, never assumed."""
        chosen = self.identity.value is not None
        self._show_hindrance("" if chosen else _("First choose how you know who it is."))

    def _told_verified(self) -> None:
        self.verified.emit(Identity(str(self.identity.value)), self.note.text())

    def _assign(self, _request: Request) -> None:
        self.colleague = choice_box()
        own = self._session.staff.uid
        ordered = sorted(self._view.colleagues, key=lambda one: (one.uid != own, one.name))
        fill(self.colleague, [(one.name, one.uid) for one in ordered])
        self.add(cell(_("Who handles it"), self.colleague))
        self._end(_("Assign"), lambda: self.assigned.emit(str(self.colleague.currentData())))

    def _act(self, request: Request) -> None:
        self.form = OrderForm(request, self._choices)
        self.add(self.form)
        made = output(request)
        if made not in _FILES:
            self._end(_("Carry it out"), self._told_acted)
        elif any(one.code is StepCode.HANDED and one.note == made for one in self._view.case.steps):
            again = button(_("Make the files…"), self._files)
            self._end(_("Made and looked through"), self._told_acted, again)
        else:
            self._end(_("Make the files…"), self._files)

    def _files(self) -> None:
        if self.form is None:
            return
        package = output(self._view.case.request) is Paper.PACKAGE
        self.files_requested.emit(self.form.order().recipient if package else None)

    def _told_acted(self) -> None:
        if self.form is not None:
            self.acted.emit(self.form.order())

    def _check(self, request: Request) -> None:
        own = request.acted_by == self._session.staff.uid
        sentence = (
            _("A colleague who did not make it looks whether data of other people are in it.")
            if own
            else _("Look whether data of other people are in it. The files are not kept here.")
        )
        self.add(label(sentence, wrap=True))
        if own:
            return
        package = output(request) is Paper.PACKAGE
        ways = () if package else (button(_("Make the files…"), self._files_again),)
        self._end(_("Nothing of other people in it"), self.checked.emit, *ways)

    def _files_again(self) -> None:
        self.files_requested.emit(None)

    def _answer(self, _request: Request) -> None:
        self.text = ProseEdit()
        self.how = Segmented([(_(one), _(one)) for one in _WAYS])
        self.how.show_value(_(_WAYS[0]))
        self.add(cell(_("Answer, in plain words"), self.text))
        self.add(cell(_("Handed over"), self.how))
        self._end(_("Note the answer"), self._told_answered)

    def _told_answered(self) -> None:
        self.answered.emit(self.text.toPlainText(), str(self.how.value))

    def _close(self, _request: Request) -> None:
        self.add(label(_("Everything is done and answered."), wrap=True))
        self._end(_("Close the case"), self.closed.emit)

    def _end(self, words: str, pressed: Callable[[], object], *others: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        for other in others:
            row.addWidget(other)
        row.addStretch(1)
        self.primary = button(words, pressed, look="primary", picture="check")
        row.addWidget(self.primary)
        self.hindrance = label("", "warning", wrap=True)
        self.add(self.hindrance)
        self.body.addLayout(row)
        self._show_hindrance(self._hindrance())

    def _show_hindrance(self, words: str) -> None:
        """The primary button can be pressed, or these words say why not."""
        if self.primary is not None:
            self.primary.setEnabled(not words)
            self.primary.setAccessibleDescription(words)
            self.primary.setToolTip(words)
        self.hindrance.setText(words)
        set_shown(self.hindrance, bool(words))

    def _hindrance(self) -> str:
        """Why the user cannot take the step; verifying is everybody's."""
        request, staff = self._view.case.request, self._session.staff
        if request.todo is Todo.VERIFY:
            return ""
        if request.target == staff.uid:
            return _("The complaint is about you: a colleague answers it.")
        if request.todo is Todo.ASSIGN and not self._view.colleagues:
            return _("Nobody else may answer it: an administrator has to add a colleague first.")
        shared = request.todo in {Todo.ASSIGN, Todo.CHECK} or staff.may(Permission.CONFIGURE)
        if shared or request.handler == staff.uid:
            return ""
        return _("Only {name} or an administrator goes on with it.").format(
            name=self._view.row.handler
        )


class RefusalCard(Card):
    """The reason and the words of a refusal; the letter follows."""

    refused = Signal(object, str)  # Reason, text
    left = Signal()

    def __init__(self, request: Request) -> None:
        super().__init__(_("Refuse, with reasons"))
        allowed = dict.fromkeys((*RIGHTS[request.code].reasons, *RIGHTS[request.asked].reasons))
        self.reason = choice_box()
        fill(self.reason, [(said(REASONS[one]), one.value) for one in allowed])
        self.text = ProseEdit()
        self.aside.addWidget(button(_("Close"), self.left.emit, look="quiet", picture="x"))
        self.add(cell(_("Legal reason"), self.reason))
        self.add(cell(_("What is refused, why, and what is done instead"), self.text))
        self.add(label(_rest_of_letter(), "muted", wrap=True))
        self.hint = label(_("First write the reasons: without them nothing is refused."), "warning")
        self.add(self.hint)
        row = QHBoxLayout()
        row.addStretch(1)
        self.refuser = button(_("Refuse"), self._refuse, look="danger")
        row.addWidget(self.refuser)
        self.body.addLayout(row)
        self.text.textChanged.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        written = bool(self.text.toPlainText().strip())
        self.refuser.setEnabled(written)
        set_shown(self.hint, not written)

    def _refuse(self) -> None:
        self.refused.emit(Reason(self.reason.currentData()), self.text.toPlainText())


class ExtensionCard(Card):
    """A later day, with its reason."""

    extended = Signal(object, str)  # date, reason
    left = Signal()

    def __init__(self, request: Request) -> None:
        super().__init__(_("Answer later"))
        self.day = DateLine(_("New last day"))
        self.day.show_value(request.stop)
        self.reason = PinyinEdit()
        self.aside.addWidget(button(_("Close"), self.left.emit, look="quiet", picture="x"))
        self.add(cell(_("New last day"), self.day))
        self.add(cell(_("Reason"), self.reason))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("Answer later"), self._extend))
        self.body.addLayout(row)

    def _extend(self) -> None:
        if isinstance(day := self.day.value, date):
            self.extended.emit(day, self.reason.text())


def _is_over(session: Session, request: Request) -> bool:
    """Whether everything that this account may do for the case is done."""
    return request.todo is not Todo.VERIFY and not session.staff.may(Permission.HANDLE_REQUESTS)


def _in_archive() -> str:
    return _(
        "Somebody who moved out is not in the register but in the sealed archive: ask an"
        " administrator to look there from this case."
    )


def _rest_of_letter() -> str:
    return _(
        "The letter adds by itself what the law wants: where to complain, with phone numbers, and"
        " that one may sue."
    )
