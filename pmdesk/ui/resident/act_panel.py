"""更多…: one act on the person's data, said beforehand, done with one button."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pmdesk.domain.acts import SHORTEST_REASON, Erasure
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId, UnitId
from pmdesk.domain.purposes import PurposeCode
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, said, told
from pmdesk.services import person_acts, residents
from pmdesk.services.orders import book
from pmdesk.services.person_acts import Kept
from pmdesk.services.resident_page import ResidentDetail
from pmdesk.services.session import Session
from pmdesk.ui.resident.deeds import LEAVING, WORDING, Deed, ahead, disputable, free
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Chips
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

_EVERY_UNIT = -1


class ActPanel(Card):
    """Stands across the page while one act is prepared; hidden otherwise."""

    archived = Signal(object)  # Erasure: the person is in no register any more
    left = Signal()

    def __init__(self, session: Session, tasks: Tasks, person: PersonId) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self._person = person
        self._deed = Deed.MOVED_OUT
        self._detail: ResidentDetail | None = None
        self._kept: Kept | None = None
        self._orders = 0  # open work orders of the person
        self.title = label("", "heading", wrap=True)
        self.choice = QComboBox()
        self.choice.currentIndexChanged.connect(self._say)
        self.tags = Chips(())
        self.reason = QLineEdit()
        self.reason.setAccessibleName(_("Reason"))
        self.reason.textChanged.connect(self._look)
        self._sentences = QVBoxLayout()
        self._sentences.setSpacing(6)
        self.note = Banner()
        self.confirm = button("", self.do)
        self._arrange()
        self.hide()

    def start(self, deed: Deed, detail: ResidentDetail) -> None:
        """The act is prepared: what it is about can be chosen, and what will happen is said."""
        self._deed, self._detail = deed, detail
        self._tasks.query(
            partial(_around, self._session, self._person),
            owner=self,
            done=self._show,
            newest="around",
        )

    def do(self) -> None:
        """The act is done, or the panel says why not."""
        self.confirm.setEnabled(False)
        if self._deed in LEAVING:
            unit = self.choice.currentData()
            work = partial(
                _left,
                self._session,
                self._person,
                self._deed,
                None if unit in {None, _EVERY_UNIT} else unit,
            )
            self._tasks.command(work, owner=self, done=self._gone, failed=self._failed)
            return
        self._tasks.command(
            self._act(), owner=self, done=lambda _changes: self.leave(), failed=self._failed
        )

    def leave(self) -> None:
        """Nothing is prepared any more."""
        self.hide()
        self.left.emit()

    def _act(self) -> Callable[[], Changes]:
        chosen = self.choice.currentData()
        if self._deed is Deed.RESTRICT:
            return partial(person_acts.restrict, self._session, self._person, PurposeCode(chosen))
        if self._deed is Deed.DISPUTE:
            purpose, field = chosen
            return partial(
                person_acts.dispute, self._session, self._person, purpose, FieldKey(field)
            )
        if self._deed is Deed.OBJECT:
            return partial(person_acts.object_to_tier, self._session, self._person)
        return partial(
            person_acts.decide_tier,
            self._session,
            self._person,
            chosen or None,
            [str(tag) for tag in self.tags.value] if chosen else [],
            self.reason.text(),
        )

    def _show(self, around: tuple[Kept, Catalogue, int]) -> None:
        self._kept, catalogue, self._orders = around
        words = WORDING[self._deed]
        self.title.setText(_(words.title))
        self.setAccessibleName(_(words.title))
        self.note.show_sentence("")
        self.confirm.setText(_(words.button))
        self.confirm.setAccessibleName(_(words.button))
        self.confirm.setProperty("look", "danger" if words.is_final else "primary")
        self.confirm.style().polish(self.confirm)
        self.reason.clear()
        self._fill(catalogue)
        self._say()
        self._look()
        self.show()
        (self.choice if self.choice.isVisibleTo(self) else self.confirm).setFocus()

    def _fill(self, catalogue: Catalogue) -> None:
        """What the act is about, as a list; hidden where there is nothing to choose."""
        detail = self._detail
        if detail is None:
            return
        self.choice.clear()
        self.choice.setAccessibleName(_(WORDING[self._deed].title))
        if self._deed in LEAVING and self._deed is not Deed.DECEASED:
            self._fill_units(detail)
        elif self._deed is Deed.RESTRICT:
            for group in free(detail):
                self.choice.addItem(said(group.purpose.name), group.purpose.code)
        elif self._deed is Deed.DISPUTE:
            for group, key, name in disputable(detail):
                words = _("{field} ({purpose})").format(
                    field=name, purpose=said(group.purpose.name)
                )
                self.choice.addItem(words, (group.purpose.code, key))
        decides = self._deed is Deed.DECIDE
        if decides:
            self._fill_tiers(catalogue)
        set_shown(self.choice, self.choice.count() > 0)
        set_shown(self.reason, decides)

    def _fill_units(self, detail: ResidentDetail) -> None:
        running = [one for one in detail.person.occupancies if one.until is None]
        if len(running) > 1:
            for one in running:
                self.choice.addItem(one.unit.label, one.unit.id)
            self.choice.addItem(_("All units"), _EVERY_UNIT)

    def _fill_tiers(self, catalogue: Catalogue) -> None:
        for tier in catalogue.tiers:
            self.choice.addItem(said(tier.name), tier.code)
        self.choice.addItem(_("Back to the rules"), "")
        tags = Chips([(tag.code, said(tag.name)) for tag in catalogue.tags])
        self.body.replaceWidget(self.tags, tags)
        self.tags.hide()
        self.tags.deleteLater()
        self.tags = tags

    def _say(self) -> None:
        if self._detail is None or self._kept is None:
            return
        whole = self.choice.currentData() in {None, _EVERY_UNIT}
        while (item := self._sentences.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        count = self._orders
        for words in ahead(self._deed, self._detail, self._kept, whole=whole, orders=count):
            self._sentences.addWidget(label(words, wrap=True))
        decides = self._deed is Deed.DECIDE
        set_shown(self.tags, decides and bool(self.choice.currentData()))

    def _look(self) -> None:
        short = len(self.reason.text().strip()) < SHORTEST_REASON
        self.confirm.setEnabled(self._deed is not Deed.DECIDE or not short)

    def _gone(self, result: tuple[Erasure | None, Changes]) -> None:
        self.leave()
        if result[0] is not None:
            self.archived.emit(result[0])

    def _failed(self, error: PmdeskError) -> None:
        self.confirm.setEnabled(True)
        self.note.show_sentence(told(error), Tone.PROBLEM)

    def _arrange(self) -> None:
        self.reason.setPlaceholderText(
            _("Reason, at least {count} characters").format(count=SHORTEST_REASON)
        )
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.confirm)
        row.addWidget(button(_("Back"), self.leave))
        row.addStretch(1)
        self.add(self.title)
        self.add(self.choice)
        self.add(self.tags)
        self.body.addLayout(self._sentences)
        self.add(self.reason)
        self.add(self.note)
        self.add(buttons)


def _around(session: Session, person: PersonId) -> tuple[Kept, Catalogue, int]:
    kept = person_acts.kept(session)
    return kept, residents.catalogue(session), book.open_of(session, person)


def _left(
    session: Session, person: PersonId, deed: Deed, unit: int | None
) -> tuple[Erasure | None, Changes]:
    done = person_acts.leave(session, person, LEAVING[deed], None if unit is None else UnitId(unit))
    return done, Changes.of(*person_acts.TOUCHED, people=[person])
