"""One record: its form, what can be done with it, and its history."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pmdesk.domain.fields import Value
from pmdesk.domain.records import RecordId, RecordKind, RecordStatus
from pmdesk.i18n import _, said, told
from pmdesk.services.records import record_desk
from pmdesk.services.records.record_desk import OpenRecord
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.records.badges import record_badge
from pmdesk.ui.records.decision import DecisionLine
from pmdesk.ui.records.form import RecordForm
from pmdesk.ui.records.history import HistoryCard
from pmdesk.ui.records.papers import RecordPapers
from pmdesk.ui.records.registry import special
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.pill import Badge, Pill
from pmdesk.ui.widgets.visibility import set_shown

_ENDED = {RecordStatus.CLOSED, RecordStatus.REJECTED}
_EDITED = {RecordStatus.DRAFT, RecordStatus.REJECTED}  # the form is open without being asked


class RecordView(QWidget):
    """A new record before it is saved, or one of the register."""

    left = Signal()

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts, kind: RecordKind) -> None:
        super().__init__()
        self._session, self._tasks, self._prompts = session, tasks, prompts
        self._kind = kind
        self.shown: OpenRecord | None = None
        self._subject = ""
        self._rest: dict[str, Value] = {}  # what the document holds beside the form's fields
        self.is_dirty = False
        self.form = RecordForm(kind)
        self.form.edited.connect(self._on_edited)
        self.message = Banner()
        self.decision = DecisionLine()
        self.decision.decided.connect(self._decide)
        self.history = HistoryCard()
        self._papers = RecordPapers(self, tasks, prompts)
        self._lay_out()
        build_actions(
            self,
            {Command.SAVE: self.save, Command.SAVE_NEXT: self.submit, Command.PRINT: self._print},
        )

    def show_new(self, subject: str, document: Mapping[str, Value]) -> None:
        """A new record with these answers to begin with; nothing is saved yet."""
        self.shown, self._subject = None, subject
        self._show_document(document)
        self._go_on()
        self.title.setText(_("New: {kind}").format(kind=said(self._kind.title)))
        self._offer()
        self.message.show_sentence(
            _("Look through each answer, mend what does not fit, and submit it.")
            if document
            else ""
        )
        self.form.focus_first()

    def show_record(self, shown: OpenRecord) -> None:
        """This record, as it stands; what is being typed stays."""
        same = self.shown is not None and self.shown.record.id == shown.record.id
        if same and self.is_dirty:
            return
        self.shown, self._subject = shown, shown.record.subject
        self._show_document(shown.document)
        self.title.setText(f"{shown.record.number} · {said(self._kind.title)}")
        self._tell_history()
        if not same:
            self.message.show_sentence("")
        self._offer()

    def reload(self) -> None:
        """The record is read again."""
        if self.shown is not None:
            self._open(self.shown.record.id)

    def save(self) -> None:
        """The draft says what the form shows."""
        if self.buttons["save"].isVisible():
            self._put(record_desk.save, _("Saved as a draft."))

    def submit(self) -> None:
        """What the form shows waits for a second person."""
        if self.buttons["submit"].isVisible() and self.buttons["submit"].isEnabled():
            found = record_desk.problems(self._session, self._kind, self.document)
            first = self.form.show_problems(found)
            if found:
                if first is not None:
                    self.area.ensureWidgetVisible(first, 0, theme.length(90))
                words = _("{count} entries are missing or have to be mended; they are marked.")
                self._refuse(words.format(count=len(found)))
                return
            self._put(record_desk.put_forward, _("Submitted."))

    def keep_now(self) -> None:
        """What was typed is a draft before this returns: the office locks."""
        if self.is_dirty:
            self.is_dirty = False
            record_desk.save(
                self._session,
                self._kind.code,
                self._subject,
                self.document,
                record=self.shown.record.id if self.shown else None,
            )

    def may_leave(self) -> bool:
        """Whether nothing would be lost, or the user does not mind."""
        return not self.is_dirty or self._prompts.confirm(
            _("Leave without saving?"),
            yes=_("Leave"),
            detail=_("What you changed since it was saved last is lost then."),
        )

    @property
    def document(self) -> dict[str, Value]:
        """What the form shows, with what the program keeps beside it."""
        return self._rest | self.form.values()

    # ---- building --------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.title = label("", "heading", wrap=True)
        self.pill = Pill(Badge(words=""))
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(button(_("Back to the list"), self._leave, picture="chevron-left"))
        head.addWidget(self.title, 1)
        head.addWidget(self.pill)
        self.buttons: dict[str, QPushButton] = self._buttons()
        acts = QWidget()
        flow = FlowLayout(8)
        for made in self.buttons.values():
            flow.addWidget(made)
        acts.setLayout(flow)
        inner = QVBoxLayout()
        inner.setContentsMargins(0, 0, 10, 24)
        inner.setSpacing(16)
        inner.addWidget(self.form)
        inner.addWidget(self.history)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(acts)
        column.addWidget(self.message)
        column.addWidget(self.decision)
        self.area = scrolled(inner)
        column.addWidget(self.area, 1)

    def _buttons(self) -> dict[str, QPushButton]:
        act = _("Submit for approval") if self._kind.second_person else _("Save and file")
        rows: list[tuple[str, str, Callable[[], object], str]] = [
            ("submit", act, self.submit, "clipboard-check"),
            ("save", _("Save draft"), self.save, "save"),
            ("edit", _("Edit…"), self._edit, "pencil"),
            ("renew", _("Fill in anew"), self._renew, "refresh-cw"),
            ("pdf", _("Save as PDF…"), self._save_pdf, "download"),
            ("print", _("Print…"), self._print, "printer"),
        ]
        rows += [
            (f"paper{at}", _(paper.title), partial(self._save_pdf, paper.make), "file-text")
            for at, paper in enumerate(special(self._kind.code).papers)
        ]
        rows.append(("close", _("Close the record…"), self._close, "history"))
        rows.append(("erase", _("Erase the record…"), self._erase, "trash-2"))
        made = {
            key: button(text, act, picture=icon, look="primary" if key == "submit" else "")
            for key, text, act, icon in rows
        }
        for key, one in made.items():
            one.setObjectName(f"record.{key}")
        return made

    # ---- showing ---------------------------------------------------------------------------

    def _tell_history(self) -> None:
        """Below the fields, as soon as all of them are there."""
        if self.form.is_whole:
            self._show_history()
        else:
            self._go_on(self._show_history)

    def _show_history(self) -> None:
        if self.shown is not None:  # it may be another one by now
            self.history.show_record(self.shown)

    def _go_on(self, then: Callable[[], object] = lambda: None) -> None:
        """The fields that are not seen at once come one after the other."""

        def pieces() -> Iterator[None]:
            for _piece in self.form.pieces:
                yield
            then()

        self._tasks.in_turns(pieces(), owner=self, newest="fields")

    def _show_document(self, document: Mapping[str, Value]) -> None:
        known = {field.key for field in self._kind.fields}
        self._rest = {key: value for key, value in document.items() if key not in known}
        self.form.show_values(document)
        self.is_dirty = False

    def _offer(self) -> None:
        """Buttons by state and permission, each with its reason where it is shut."""
        shown = self.shown
        status = shown.record.status if shown else RecordStatus.DRAFT
        powers = shown.powers if shown else record_desk.NEW
        open_now = status in _EDITED and not powers.edit
        self.form.lock(locked=not open_now)
        set_shown(self.pill, shown is not None)
        set_shown(self.history, shown is not None)
        set_shown(self.decision, status is RecordStatus.SUBMITTED)
        self.decision.show_reason(_(powers.decide))
        self.decision.words.clear()
        if shown is not None:
            self.pill.show_badge(record_badge(shown.record))
        offered = {
            "submit": open_now,
            "save": open_now,
            "edit": not open_now and not powers.edit,
            "renew": open_now and special(self._kind.code).renews,
            "close": shown is not None and not powers.close,
        }
        for key, made in self.buttons.items():
            set_shown(made, offered.get(key, shown is not None))
        set_shown(self.buttons["erase"], shown is not None and status in _ENDED)
        self.buttons["erase"].setEnabled(not powers.erase)
        self.buttons["erase"].setToolTip(self._why_not(powers.erase))
        self.buttons["submit"].setEnabled(not powers.submit)
        self.buttons["submit"].setToolTip(_(powers.submit))

    def _on_edited(self) -> None:
        self.is_dirty = True
        self.buttons["submit"].setEnabled(True)

    def _refuse(self, sentence: str) -> None:
        self.message.show_sentence(sentence, Tone.PROBLEM)

    # ---- acting ----------------------------------------------------------------------------

    def _edit(self) -> None:
        self.form.lock(locked=False)
        self.message.show_sentence(
            _("What you change becomes a new version, which has to be approved again.")
        )
        for key in ("submit", "save"):
            set_shown(self.buttons[key], shown=True)
        set_shown(self.buttons["renew"], special(self._kind.code).renews)
        set_shown(self.buttons["edit"], shown=False)
        self.form.focus_first()

    def _renew(self) -> None:
        begin = special(self._kind.code).begin
        if begin is not None:
            self._tasks.query(
                partial(begin, self._session, self._subject), owner=self, done=self._show_renewed
            )

    def _show_renewed(self, document: Mapping[str, Value]) -> None:
        self._show_document(document)
        self._on_edited()
        self.message.show_sentence(
            _("Filled in with what is so today. Conclusion and opinions are to be given anew.")
        )

    def _put(self, act: Callable[..., tuple[RecordId, object]], said_then: str) -> None:
        shown = self.shown
        self._tasks.command(
            partial(
                act,
                self._session,
                self._kind.code,
                self._subject,
                self.document,
                record=shown.record.id if shown else None,
                over=shown.record.version if shown else None,
            ),
            owner=self,
            done=lambda found: self._on_put(found[0], said_then),
            failed=lambda error: self._refuse(told(error)),
        )

    def _on_put(self, record: RecordId, said_then: str) -> None:
        self.is_dirty = False
        self.form.show_problems(())
        self._open(record, said_then)

    def _open(self, record: RecordId, said_then: str = "") -> None:
        self._tasks.query(
            partial(record_desk.opened, self._session, record),
            owner=self,
            done=partial(self._show_again, said_then),
            newest="record",
        )

    def _show_again(self, said_then: str, shown: OpenRecord) -> None:
        self.show_record(shown)
        if said_then:
            self.message.show_sentence(said_then, Tone.GOOD)

    def _decide(self, approve: bool, words: str) -> None:  # a signal's argument
        if self.shown is not None:
            act = record_desk.approve if approve else record_desk.reject
            self._do(partial(act, self._session, self.shown.record.id, words))

    def _close(self) -> None:
        if self.shown is None:
            return
        asked = _("Why does this record end? It is kept for its minimum period from today.")
        words = self._prompts.ask_text(asked)
        if words is not None:
            self._do(partial(record_desk.close, self._session, self.shown.record.id, words))

    def _why_not(self, reason: str) -> str:
        if not reason or self.shown is None:
            return ""
        until = _("Kept until {date}.").format(date=self.shown.record.keep_until.isoformat())
        return f"{_(reason)} {until}"

    def _erase(self) -> None:
        if self.shown is None:
            return
        asked = _("Erase {number} for good?").format(number=self.shown.record.number)
        detail = _("Its period is over. Only the log says that it was here.")
        if self._prompts.confirm(asked, yes=_("Erase"), detail=detail):
            self._tasks.command(
                partial(record_desk.delete, self._session, self.shown.record.id),
                owner=self,
                done=lambda _changes: self._leave(),
                failed=lambda error: self._refuse(told(error)),
            )

    def _do(self, work: Callable[[], object]) -> None:
        self._tasks.command(
            work,
            owner=self,
            done=lambda _changes: self._on_done(),
            failed=lambda error: self._refuse(told(error)),
        )

    def _on_done(self) -> None:
        """What was refused before is done now: its message goes."""
        self.message.show_sentence("")
        self.reload()

    def _save_pdf(self, make: Callable[[OpenRecord], bytes] | None = None) -> None:
        if self.shown is not None:
            words = _("Saved as {file}.")
            self._papers.save(
                self.shown,
                lambda path: self.message.show_sentence(words.format(file=path.name), Tone.GOOD),
                make,
            )

    def _print(self) -> None:
        if self.shown is not None:
            self._papers.print(self.shown)

    def _leave(self) -> None:
        if self.may_leave():
            self.is_dirty = False
            self.message.show_sentence("")
            self.left.emit()
