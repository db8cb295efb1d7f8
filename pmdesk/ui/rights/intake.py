"""Receiving a request in less than a minute, with the keyboard alone."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.requests import PROOFS, Identity, RequestChannel, Requester
from pmdesk.domain.rights import INNER, RIGHTS, Need, RightCode
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, said, told
from pmdesk.services.case_words import IDENTITIES
from pmdesk.services.paper.letter_text import CHANNELS, REQUESTERS
from pmdesk.services.rights import request_acts, request_choices, request_intake
from pmdesk.services.rights.request_acts import Received
from pmdesk.services.rights.request_choices import Choices
from pmdesk.services.rights.request_intake import Intake
from pmdesk.services.session import Session
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.forms.cell import EntryGrid, cell, choice_box, fill
from pmdesk.ui.forms.form import sentence
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.rights.finder import PersonFinder
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Chips, Segmented
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

_ASKERS = {
    RightCode.DECEASED: Requester.KIN,
    RightCode.MINOR: Requester.GUARDIAN,
    RightCode.AGENT: Requester.AGENT,
}


class IntakeCard(Card):
    """Which right, about whom, who asks and how; everything else can follow later."""

    received = Signal(object)  # Received
    left = Signal()

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(_("Receive a request"))
        self._session = session
        self._tasks = tasks
        self._choices: Choices | None = None
        self._purposes = Chips(())
        self._build()
        self._arrange()
        self._connect()
        self._follow()

    @property
    def code(self) -> RightCode:
        """The right that is chosen."""
        return RightCode(self.right.currentData())

    def start(
        self,
        code: RightCode = RightCode.ACCESS,
        person: PersonId | None = None,
        words: str = "",
    ) -> None:
        """An empty form for this right, about this person where one is known."""
        for line in (self.who, self.unit, self.asker, self.relation, self.words):
            line.clear()
        self.note.show_sentence("")
        self.right.setCurrentIndex(self.right.findData(code.value))
        self.channel.show_value(RequestChannel.ORAL)
        self.finder.show_person(person, words)
        self.saver.setEnabled(True)
        self._follow()
        self.show()
        (self.right if person else self.finder).setFocus()

    def intake(self) -> Intake:
        """What was entered."""
        needs = RIGHTS[self.code].needs
        inner = RightCode(self.inner.currentData()) if Need.INNER in needs else None
        asked = inner or self.code
        identity = self.identity.currentData()
        return Intake(
            code=self.code,
            channel=RequestChannel(str(self.channel.value)),
            person=self.finder.person,
            who=self.who.text(),
            unit=self.unit.text(),
            requester=self._asker,
            requester_name=self.asker.text(),
            relation=self.relation.text(),
            words=self.words.text(),
            inner=inner,
            purposes=tuple(PurposeCode(str(one)) for one in self._purposes.value),
            field=str(self.field.currentData() or "") if asked is RightCode.CORRECTION else "",
            target=str(self.target.currentData() or "") if Need.TARGET in needs else "",
            identity=Identity(identity) if identity else None,
        )

    def save(self) -> None:
        """The request is in the book; what is missing is told and keeps everything here."""
        if self.isHidden() or not self.saver.isEnabled():
            return
        intake = self.intake()
        staff = [one.uid for one in self._choices.colleagues] if self._choices else []
        found = request_intake.problems(intake, staff)
        if found:
            self.note.show_sentence(" ".join(sentence(one) for one in found), Tone.WARN)
            return
        self.saver.setEnabled(False)
        self._tasks.command(
            partial(_received, self._session, intake),
            owner=self,
            done=lambda answer: self._done(answer[0]),
            failed=self._failed,
        )

    # ---- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.right = choice_box()
        for right in RIGHTS.values():
            self.right.addItem(f"{said(right.title)}　{said(right.article)}", right.code.value)
        self.finder = PersonFinder(self._session, self._tasks)
        self.who, self.unit = PinyinEdit(), PinyinEdit()
        self.channel = Segmented([(one, _(words)) for one, words in CHANNELS.items()])
        self.requester = Segmented([(one, _(words)) for one, words in REQUESTERS.items()])
        self.asker, self.relation = PinyinEdit(), PinyinEdit()
        self.identity, self.field = choice_box(), choice_box()
        self.target, self.inner = choice_box(), choice_box()
        fill(self.inner, [(said(RIGHTS[code].title), code.value) for code in INNER])
        self.words = PinyinEdit(_("In the person's words; no ID numbers"))
        self.says = label("", "muted", wrap=True)
        self.note = Banner()
        self.saver = button(_("Receive"), self.save, look="primary", picture="check", tip="Ctrl+S")
        self.aside.addWidget(button(_("Close"), self._leave, look="quiet", picture="x"))

    def _arrange(self) -> None:
        self.purpose_cell = cell(_("Which purposes"), self._purposes)
        self._purpose_column = QVBoxLayout()
        self._purpose_column.addWidget(self.purpose_cell)
        self.cells = {
            "right": cell(_("Kind of request"), self.right),
            "finder": cell(_("Person in the register"), self.finder),
            "who": cell(_("Not found? Name as given"), self.who),
            "unit": cell(_("and room"), self.unit),
            "channel": cell(_("How it came"), self.channel),
            "requester": cell(_("Who asks"), self.requester),
            "asker": cell(_("Name of who asks"), self.asker),
            "relation": cell(_("Relation to the person"), self.relation),
            "identity": cell(_("Identity, nothing is copied"), self.identity),
            "inner": cell(_("Which right of the person"), self.inner),
            "field": cell(_("Which entry is wrong"), self.field),
            "target": cell(_("Complaint about a colleague"), self.target),
            "words": cell(_("What is asked for"), self.words),
        }
        self.grid = EntryGrid(self.cells)
        self.add(self.grid)
        self.body.addLayout(self._purpose_column)
        self.add(self.note)
        row = QHBoxLayout()
        row.addWidget(self.says, 1)
        row.addWidget(self.saver)
        self.body.addLayout(row)

    def _connect(self) -> None:
        self.right.currentIndexChanged.connect(lambda _index: self._follow())
        self.inner.currentIndexChanged.connect(lambda _index: self._show_needs())
        self.requester.chosen.connect(lambda _value: self._show_needs())
        self.finder.found.connect(lambda _person, _words: self._read())
        self.words.returnPressed.connect(self.save)
        build_actions(self, {Command.SAVE: self.save, Command.SAVE_NEXT: self.save})

    # ---- following what is chosen ----------------------------------------------------------

    @property
    def _asker(self) -> Requester:
        return Requester(str(self.requester.value or Requester.SELF))

    def _follow(self) -> None:
        right = RIGHTS[self.code]
        self.requester.show_value(_ASKERS.get(self.code, Requester.SELF))
        self.says.setText(
            _("{once}. Can be refused: {limits}.").format(
                once=said(right.at_once), limits=said(right.limits)
            )
        )
        self._show_needs()
        self._read()

    def _show_needs(self) -> None:
        right = RIGHTS[self.code]
        asked = right
        if Need.INNER in right.needs and self.inner.currentData():
            asked = RIGHTS[RightCode(self.inner.currentData())]
        found = self.finder.person is not None
        hidden = {
            "who": found,
            "unit": found,
            "asker": self._asker is Requester.SELF,
            "relation": self._asker is Requester.SELF,
            "inner": Need.INNER not in right.needs,
            "field": Need.FIELD not in asked.needs or not found,
            "target": Need.TARGET not in right.needs,
        }
        self.grid.show_only([key for key in self.cells if not hidden.get(key, False)])
        set_shown(self.purpose_cell, Need.PURPOSE in asked.needs)
        # of an agent the person is called back first, which takes its own step
        proofs = () if self._asker is Requester.AGENT else PROOFS[self._asker]
        known = [(_(IDENTITIES[one]), one.value) for one in proofs]
        fill(self.identity, [(_("confirm later"), ""), *known])

    def _read(self) -> None:
        self._show_needs()
        self._tasks.query(
            partial(request_choices.choices, self._session, self.finder.person),
            owner=self,
            done=self._offer,
            newest="choices",
        )

    def _offer(self, found: Choices) -> None:
        self._choices = found
        fields = [(said(one.field.label), str(one.field.key)) for one in found.stored]
        fill(self.field, [(_("not sure yet"), ""), *fields])
        colleagues = [(one.name, one.uid) for one in found.colleagues]
        fill(self.target, [(_("no single colleague"), ""), *colleagues])
        withdrawing = self.code is RightCode.WITHDRAWAL
        offered = [
            (str(one.code), said(one.name))
            for one in found.purposes
            if (one.code in found.live if withdrawing and self.finder.person else one.needs_consent)
        ]
        before = self._purposes.value
        self._purposes = Chips(offered)
        self._purposes.show_value(before)
        self._put_purposes()

    def _put_purposes(self) -> None:
        made = cell(_("Which purposes"), self._purposes)
        shown = not self.purpose_cell.isHidden()
        self._purpose_column.replaceWidget(self.purpose_cell, made)
        self.purpose_cell.hide()
        self.purpose_cell.deleteLater()
        self.purpose_cell = made
        set_shown(made, shown)

    def _done(self, answer: Received) -> None:
        self.hide()
        self.received.emit(answer)

    def _failed(self, error: PmdeskError) -> None:
        self.saver.setEnabled(True)
        self.note.show_sentence(told(error), Tone.PROBLEM)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()


def _received(session: Session, intake: Intake) -> tuple[Received, object]:
    answer = request_acts.receive(session, intake)
    return answer, answer.changes
