"""误收: taking away at once what should not have been collected about this person."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain.fields import FieldKey
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import CONTRACT, PurposeCode
from pmdesk.domain.quarantine import EVERYTHING, KEPT_AWAY, MOBILE, NAME, NOTE, Mistake
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, said, told
from pmdesk.services.refusal import quarantine
from pmdesk.services.resident_page import PurposeGroup, ResidentDetail
from pmdesk.services.session import Session
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.refused.words import MISTAKES
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label

_NOTE_SHOWN = 12  # characters of a note, enough to tell it from the others


@dataclass(frozen=True, slots=True)
class Spot:
    """One thing that can be taken away: where it stands, and what it is called."""

    purpose: PurposeCode
    key: FieldKey
    words: str
    note: int | None = None


class MistakeCard(Card):
    """Says what happens, then takes the chosen value away; the reason is one of a short list."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts, person: PersonId) -> None:
        super().__init__(_("Collected by mistake"))
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._person = person
        self._spots: tuple[Spot, ...] = ()
        self.what = QComboBox()
        self.what.setAccessibleName(_("What"))
        self.why = QComboBox()
        self.why.setAccessibleName(_("Why"))
        for mistake, words in MISTAKES.items():
            self.why.addItem(_(words), mistake)
        self.message = Banner()
        self.starter = button(_("Collected by mistake…"), self.start, look="link", picture="ban")
        self.taker = button(_("Take away now"), self.take, look="danger")
        self.panel = self._panel()
        self.add(self.starter)
        self.add(self.panel)
        self.add(self.message)

    def show_detail(self, detail: ResidentDetail) -> None:
        """What of this person holds a value can be chosen."""
        chosen = self.what.currentText()
        self._spots = (*_particulars(detail), *_values(detail), *_notes(detail), _everything())
        self.what.clear()
        for spot in self._spots:
            self.what.addItem(spot.words)
        self.what.setCurrentIndex(max(self.what.findText(chosen), 0))

    def start(self, purpose: PurposeCode | None = None) -> None:
        """The choice is open, at the first value of that purpose."""
        self.message.show_sentence("")
        self.panel.show()
        self.starter.hide()
        first = next((i for i, spot in enumerate(self._spots) if spot.purpose == purpose), 0)
        self.what.setCurrentIndex(first)
        self.what.setFocus()

    def take(self) -> None:
        """The chosen value is out of its place; a whole person only after a question."""
        spot = self._spots[self.what.currentIndex()]
        if spot.key == EVERYTHING:
            self._take_minor()
            return
        work = partial(
            quarantine.take,
            self._session,
            self._person,
            spot.purpose,
            spot.key,
            Mistake(self.why.currentData()),
            note=spot.note,
        )
        self._do(work)

    def _take_minor(self) -> None:
        if self._prompts.confirm(
            _("Take away everything of this person, because it is a minor?"),
            yes=_("Take away now"),
            detail=_("Name, number, answers and consents leave their place at once."),
        ):
            self._do(partial(quarantine.take_minor, self._session, self._person))

    def _do(self, work: partial[Changes]) -> None:
        self.taker.setEnabled(False)
        self._tasks.command(work, owner=self, done=lambda _c: self._taken(), failed=self._failed)

    def _taken(self) -> None:
        self._leave()
        self.message.show_sentence(
            _("Taken away and sealed. After seven days it is erased, or somebody decides before."),
            Tone.GOOD,
        )

    def _failed(self, error: PmdeskError) -> None:
        self.taker.setEnabled(True)
        self.message.show_sentence(told(error), Tone.PROBLEM)

    def _leave(self) -> None:
        self.taker.setEnabled(True)
        self.panel.hide()
        self.starter.show()

    def _panel(self) -> QWidget:
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for words, part in ((_("What"), self.what), (_("Why"), self.why)):
            head = label(words, "label")
            head.setBuddy(part)
            column.addWidget(head)
            column.addWidget(part)
        column.addWidget(label(_says(), "muted", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.taker)
        row.addWidget(button(_("Cancel"), self._leave))
        row.addStretch(1)
        column.addLayout(row)
        panel.hide()
        return panel


def _particulars(detail: ResidentDetail) -> Sequence[Spot]:
    person = detail.person
    found = []
    if person.name != KEPT_AWAY:
        found.append(Spot(CONTRACT, NAME, _("Name")))
    if person.mobile:
        found.append(Spot(CONTRACT, MOBILE, _("Mobile")))
    return found


def _values(detail: ResidentDetail) -> Sequence[Spot]:
    return [
        Spot(
            group.purpose.code,
            key,
            f"{said(group.purpose.name)}{_(': ')}{words}",
        )
        for group in detail.groups
        for key, words in _held(group)
    ]


def _held(group: PurposeGroup) -> Sequence[tuple[FieldKey, str]]:
    values = group.answers.values if group.answers else {}
    present = [field for field in group.fields if values.get(field.key) is not None]
    present += [field for field in group.sealed if field.key in group.sealed_present]
    if group.items:
        present += group.asked_by_item
    return [(field.key, said(field.label)) for field in present]


def _notes(detail: ResidentDetail) -> Sequence[Spot]:
    return [
        Spot(CONTRACT, NOTE, f"{_('Service note')}{_(': ')}{one.text[:_NOTE_SHOWN]}…", one.id)
        for one in detail.notes
    ]


def _everything() -> Spot:
    return Spot(PurposeCode(""), EVERYTHING, _("Everything: this person is a minor"))


def _says() -> str:
    return _(
        "It leaves its place at once and is sealed; you cannot read it any more. Nothing of it goes"
        " into the log."
    )
