"""Registering an order in less than half a minute: where, what, Enter."""

import json
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout
from typing_extensions import override

from pmdesk.domain.fields import Problem
from pmdesk.domain.office import Changes
from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.names import CHANNELS, SERVICES, URGENCIES
from pmdesk.domain.orders.order import OrderChannel
from pmdesk.domain.people import PersonId
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, said, told
from pmdesk.services import order_kinds
from pmdesk.services.orders import places, registering
from pmdesk.services.orders.intake import Intake
from pmdesk.services.orders.places import Place
from pmdesk.services.orders.registering import Registered
from pmdesk.services.session import Session
from pmdesk.ui.autosave import Autosave
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.draft_banner import DraftBanner
from pmdesk.ui.forms.cell import EntryGrid, cell
from pmdesk.ui.forms.form import sentence
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.orders.addon_hint import AddonHint
from pmdesk.ui.orders.entries import AppointmentLine, KindBox, flowing, urgency_choice, urgency_of
from pmdesk.ui.orders.place_finder import PlaceFinder
from pmdesk.ui.orders.repeats import RepeatLines
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.label import label

DRAFT, SUBJECT = "order", "new"
Answer = Registered | tuple[Problem, ...]
_CHANNELS = tuple(one for one in OrderChannel if one is not OrderChannel.IMPORT)


class IntakeCard(Card):
    """Kind and urgency are suggested by the words; what a person chose stays."""

    registered = Signal(object, bool)  # Registered; whether another one follows at once
    order_requested = Signal(object)  # OrderId: a possible repeat is to be looked at
    urge_requested = Signal(object)  # OrderId: the same thing again
    left = Signal()

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(_("Register an order"))
        self._session = session
        self._tasks = tasks
        self._chose_kind = self._chose_urgency = False
        self.autosave = Autosave(session, tasks, DRAFT, self.document, self)
        self.draft = DraftBanner(session, self.autosave)
        self._build()
        self._arrange()
        self._connect()

    def start(
        self, person: PersonId | None = None, visit: Service | None = None, draft: str = ""
    ) -> None:
        """The form is open, for this resident where one is known; a draft is offered.

        With a `visit` a colleague goes there of his own accord, for that service. Of several
        drafts that of the subject `draft` is offered, else the newest.
        """
        self.clear()
        if visit is not None:
            self._fill_visit(visit)
        self.show()
        self.finder.setFocus()
        self.draft.show_sentence("")
        self.autosave.watch_new(SUBJECT, draft)
        if person is not None:
            work = partial(places.of_person, self._session, person)
            self._tasks.query(work, owner=self, done=self._take_homes, newest="homes")

    def clear(self) -> None:
        """Nothing is entered."""
        self.finder.show_place(None)
        for line in (self.words, self.callback):
            line.clear()
        self._chose_kind = self._chose_urgency = False
        self.kind.show_kind("")
        self.channel.show_value(OrderChannel.PHONE)
        self.appointment.show_moment(None)
        self.note.show_sentence("")
        self.repeats.show_repeats(())
        self._enable(on=True)
        self._suggest()

    def intake(self) -> Intake:
        """What was entered."""
        kind, place = self.kind.kind, self.finder.place or Place()
        chosen = urgency_of(self.urgency) if self._chose_urgency else None
        return Intake(
            service=kind.service if kind else Service.OTHER,
            kind=kind.code if kind else "",
            words=self.words.text(),
            room=place.room,
            is_new_room=place.is_new,
            building="" if place.room else place.building,
            area=place.area,
            person=place.person,
            callback=self.callback.text(),
            channel=OrderChannel(str(self.channel.value)),
            urgency=chosen,
            appointment=self.appointment.value(self._session.clock.local().tzinfo),
        )

    def save(self, *, again: bool = False) -> None:
        """The order is in the book; what is missing is told and keeps everything here."""
        if self.isHidden() or not self.saver.isEnabled() or self.words.is_composing:
            return
        if (problem := self.appointment.problem) is not None:
            self._say((problem,))
            return
        self._enable(on=False)
        self._tasks.command(
            partial(_registered, self._session, self.intake()),
            owner=self,
            done=partial(self._answered, self.autosave.subject, again=again),
            failed=self._failed,
            broken=partial(self._enable, on=True),
        )

    def document(self) -> str:
        """What a draft keeps: all that was entered, of a resident the number and nobody's name."""
        kind = self.kind.kind if self._chose_kind else None
        urgency = urgency_of(self.urgency) if self._chose_urgency else None
        kept = {
            "place": self._place_kept(),
            "where": "" if self.finder.place else self.finder.box.text(),
            "words": self.words.text(),
            "kind": kind.code if kind else "",
            "urgency": None if urgency is None else int(urgency),
            "channel": str(self.channel.value),
            "callback": self.callback.text(),
            **self.appointment.typed(),
        }
        return json.dumps(kept, ensure_ascii=False)

    def _place_kept(self) -> dict[str, object] | None:
        place = self.finder.place
        if place is None:
            return None
        parts = ("room", "building", "area", "person", "is_new")
        return {name: getattr(place, name) for name in parts}

    def keep_draft(self) -> None:
        """What was typed is in the encrypted draft: the office locks."""
        self.autosave.keep_now()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.autosave.hurry()
        super().hideEvent(event)

    # ---- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.finder = PlaceFinder(self._session, self._tasks)
        self.words = PinyinEdit(_("What happened, in a few words; no names or numbers"))
        self.kind = KindBox()
        self.urgency = urgency_choice()
        self.channel = Segmented([(one, said(CHANNELS[one])) for one in _CHANNELS])
        self.callback = PinyinEdit(_("Only when it is another one than in the register"))
        self.appointment = AppointmentLine()
        self.hint = label("", "muted", wrap=True)
        self.repeats = RepeatLines()
        self.addon = AddonHint(self._session, self._tasks)
        self.note = Banner()
        self.again = button(_("Register and next"), lambda: self.save(again=True), tip="Ctrl+Enter")
        self.saver = button(_("Register"), self.save, look="primary", picture="check", tip="Enter")
        self.aside.addWidget(
            button(_("Close"), self.left.emit, look="quiet", picture="x", tip="Esc")
        )

    def _arrange(self) -> None:
        self.cells = {
            "room": cell(_("Who or where"), self.finder),
            "words": cell(_("Description"), self.words),
            "kind": cell(_("Subject"), self.kind),
            "urgency": flowing(_("Urgency"), self.urgency),
            "channel": flowing(_("How it came"), self.channel),
            "callback": cell(_("Number to call back"), self.callback),
            "appointment": cell(_("Appointment, if one was made"), self.appointment),
        }
        first = ("room", "words")
        for key in first:
            self.add(self.cells[key])
        self.add(EntryGrid({key: part for key, part in self.cells.items() if key not in first}))
        self.add(self.hint)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(
            label(
                _("Enter leads on and registers; Esc closes and keeps a draft."), "muted", wrap=True
            ),
            1,
        )
        row.addWidget(self.again)
        row.addWidget(self.saver)
        self.body.addLayout(row)
        for told_later in (self.draft, self.note, self.repeats, self.addon):  # no button moves
            self.add(told_later)
        self.setTabOrder(self.draft.restore, self.draft.discard)
        self.setTabOrder(self.draft.discard, self.finder.box)  # Shift+Tab leads to the draft

    def _connect(self) -> None:
        self.finder.found.connect(self._placed)
        self.finder.found.connect(lambda _place: self.autosave.touch())
        self.finder.unknown.connect(lambda words: self.note.show_sentence(words, Tone.WARN))
        self.finder.box.query.connect(lambda _text: self.autosave.touch())
        self.callback.query.connect(lambda _text: self.autosave.touch())
        self.appointment.edited.connect(self.autosave.touch)
        self.channel.chosen.connect(lambda _value: self.autosave.touch())
        self.words.query.connect(self._typed)
        self.words.returnPressed.connect(self.save)
        self.callback.returnPressed.connect(self.save)
        self.appointment.time.returnPressed.connect(self.save)
        self.kind.activated.connect(lambda _at: self._choose_kind())
        self.urgency.chosen.connect(lambda _value: self._choose_urgency())
        self.repeats.opened.connect(self.order_requested)
        self.repeats.urged.connect(self.urge_requested)
        self.draft.restored.connect(self._restore)
        build_actions(
            self, {Command.SAVE: self.save, Command.SAVE_NEXT: lambda: self.save(again=True)}
        )

    # ---- following what is typed -----------------------------------------------------------

    def _placed(self, place: Place | None) -> None:
        if place is not None:
            self.words.setFocus()
        self._seek()

    def _take_homes(self, homes: tuple[Place, ...]) -> None:
        if homes:
            self.finder.show_place(homes[0])
            self._placed(homes[0])

    def _fill_visit(self, service: Service) -> None:
        """What such an order says; its subject is the last one of homes, and all can be changed."""
        homes = [kind for kind in order_kinds.shipped().within(service) if not kind.public]
        self.words.setText(
            _("Visit of our own accord: {service}").format(service=said(SERVICES[service]))
        )
        self.channel.show_value(OrderChannel.STAFF)
        self.kind.show_kind(homes[-1].code if homes else "")
        self._chose_kind = bool(homes)
        self._suggest()

    def _typed(self, _text: str) -> None:
        self.autosave.touch()
        self.note.show_sentence("")
        self._suggest()

    def _choose_kind(self) -> None:
        self._chose_kind = bool(self.kind.kind)
        self.autosave.touch()
        self._suggest()

    def _choose_urgency(self) -> None:
        self._chose_urgency = True
        self.autosave.touch()
        self._suggest()

    def _suggest(self) -> None:
        """Kind and urgency follow the words, unless a person chose them."""
        before = self.kind.kind
        chosen = before.code if before and self._chose_kind else ""
        found = order_kinds.suggested(self.words.text(), chosen)
        if not self._chose_kind:
            self.kind.show_kind(found.kind.code if found.kind else "")
        if not self._chose_urgency:
            self.urgency.show_value(found.urgency)
        self.hint.setText(self._heard(found.urgency, found.because))
        self.addon.follow(self.intake())
        if self.kind.kind != before:
            self._seek()

    def _heard(self, urgency: Urgency, because: str) -> str:
        if because:
            words = _("Suggested: {urgency}, because of “{word}”. You decide.")
            return words.format(urgency=said(URGENCIES[urgency]), word=because)
        if self.words.text() and self.kind.kind is None:
            return _("Please choose what it is about.")
        return _("Urgency follows from what happened, for everybody alike.")

    def _seek(self) -> None:
        """What was asked there lately is shown."""
        asked = self.intake()
        if self.finder.place is None or asked.known_kind is None:
            self.repeats.show_repeats(())
            return
        self._tasks.query(
            partial(registering.repeats, self._session, asked),
            owner=self,
            done=self.repeats.show_repeats,
            newest="repeats",
        )

    def _restore(self, document: str) -> None:
        kept = json.loads(document)
        self.words.setText(kept["words"])
        self.callback.setText(kept["callback"])
        self._chose_kind = bool(kept["kind"])
        self.kind.show_kind(kept["kind"])
        urgency = kept.get("urgency")  # a draft of an earlier version has not all of it
        self._chose_urgency = urgency is not None
        if self._chose_urgency:
            self.urgency.show_value(Urgency(urgency))
        self.channel.show_value(OrderChannel(kept.get("channel", OrderChannel.PHONE)))
        self.appointment.show_typed(kept)
        self._restore_place(kept.get("place"), kept["where"])
        self._suggest()

    def _restore_place(self, kept: dict[str, Any] | None, typed: str) -> None:
        """The same room; of a resident it is looked up, as who lives there may have changed."""
        if kept is None:
            self.finder.box.setText(typed)
            self.finder.box.searched.emit(typed)
            return
        place = Place(**kept, shown=kept["room"])
        if place.person is None:
            self.finder.show_place(place)
            self._placed(place)
            return
        self._tasks.query(
            partial(places.of_person, self._session, place.person),
            owner=self,
            done=lambda homes: self._take_home(homes, place),
            newest="homes",
        )

    def _take_home(self, homes: tuple[Place, ...], kept: Place) -> None:
        """The home of the draft; the room alone where that resident is not to be found there."""
        there = (one for one in homes if one.room == kept.room)
        found = next(there, replace(kept, person=None))
        self.finder.show_place(found)
        self._placed(found)

    # ---- saving ----------------------------------------------------------------------------

    def _answered(self, subject: str, found: tuple[Answer, Changes], *, again: bool) -> None:
        self._enable(on=True)
        if isinstance(answer := found[0], tuple):
            self._say(answer)
            return
        if is_same := subject == self.autosave.subject:
            self.autosave.discard()
            self.clear()
            self.finder.setFocus()
        else:  # another form was begun meanwhile, and stays
            self.autosave.discard_other(subject)
        self.registered.emit(answer, again or not is_same)

    def _failed(self, error: PmdeskError) -> None:
        self._enable(on=True)
        self.note.show_sentence(told(error), Tone.PROBLEM)

    def _say(self, problems: tuple[Problem, ...]) -> None:
        """Each problem in words; the cursor stands in the first field that has one."""
        self.note.show_sentence(" ".join(map(sentence, problems)), Tone.WARN)
        parts = {
            "room": self.finder,
            "area": self.finder,
            "building": self.finder,
            "kind": self.kind,
            "words": self.words,
            "callback": self.callback,
            "appointment": self.appointment.wrong,
        }
        first = next((parts[one.key] for one in problems if one.key in parts), self.words)
        first.setFocus()

    def _enable(self, *, on: bool) -> None:
        self.saver.setEnabled(on)
        self.again.setEnabled(on)


def _registered(session: Session, asked: Intake) -> tuple[Answer, Changes]:
    asked = replace(asked, words=asked.text)
    found = registering.problems(session, asked)
    if found:
        return found, Changes.of()
    made = registering.register(session, asked)
    return made, made.changes
