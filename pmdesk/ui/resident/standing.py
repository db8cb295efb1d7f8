"""What is special about the use of this person's data: frozen, disputed, decided by people."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain.fields import FieldKey
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, _, said, told
from pmdesk.services import acts, person_acts
from pmdesk.services.resident_page import PurposeGroup, ResidentDetail
from pmdesk.services.session import Session
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import Picture, label
from pmdesk.ui.widgets.visibility import set_shown

Act = tuple[str, Callable[[], object]]  # a button's words, and what it does
Line = tuple[str, str, tuple[Act, ...]]  # picture, words, buttons

_SETTLED = N_("“{field}”: kept as it was, with the person's own words beside it")


class StandingCard(Card):
    """A line for each, with the one button that ends it; hidden when there is none."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts, person: PersonId) -> None:
        super().__init__(_("At the person's wish"))
        self._prompts = prompts
        self._session = session
        self._tasks = tasks
        self._person = person
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.note = Banner()
        self.body.addLayout(self._lines)
        self.add(self.note)
        self.hide()

    def show_detail(self, detail: ResidentDetail) -> None:
        """These lines hold now."""
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        lines = list(self._found(detail))
        for line in lines:
            self._lines.addWidget(self._line(*line))
        set_shown(self, bool(lines))

    def _found(self, detail: ResidentDetail) -> Iterator[Line]:
        for group in detail.groups:
            yield from self._of_group(group)
        if detail.route is not None and detail.route.tier is None:
            yield (
                "hand-heart",
                _("Objects to the automatic tier since {date}; waits for a decision").format(
                    date=detail.route.since.isoformat()
                ),
                (),
            )

    def _of_group(self, group: PurposeGroup) -> Iterator[Line]:
        may = self._session.staff.may
        code, name = group.purpose.code, said(group.purpose.name)
        labels = {field.key: said(field.label) for field in group.fields}
        if group.restriction is not None:
            words = _("“{purpose}” is not used since {date}").format(
                purpose=name, date=group.restriction.since.isoformat()
            )
            act = partial(person_acts.lift, self._session, self._person, code)
            yield "lock", words, ((_("Use again"), partial(self._do, act)),)
        for key, dispute in group.disputes.items():
            shown = labels.get(key, str(key))
            if not dispute.is_open:
                yield "info", _(_SETTLED).format(field=shown), ()
                continue
            words = _("“{field}” is disputed since {date}; rules do not read it").format(
                field=shown, date=dispute.since.isoformat()
            )
            settle = partial(person_acts.settle, self._session, self._person, key)
            ways: tuple[Act, ...] = (
                (_("Settled"), partial(self._do, settle)),
                (_("Keep with statement…"), partial(self._keep, key, shown)),
            )
            yield "circle-help", words, ways if may(Permission.HANDLE_REQUESTS) else ()
        if group.held is not None:
            words = _("Earlier entries for “{purpose}” are sealed until {date}").format(
                purpose=name, date=group.held.until.isoformat()
            )
            back = partial(acts.bring_back, self._session, self._person, code)
            opens = may(Permission.OPEN_SEALED) and group.consent is not None
            yield "clock", words, ((_("Bring back"), partial(self._do, back)),) if opens else ()

    def _keep(self, key: FieldKey, shown: str) -> None:
        asked = _("“{field}” stays as it is. What does the person say about it, in own words?")
        statement = self._prompts.ask_text(asked.format(field=shown))
        if statement is not None:
            self._do(
                partial(
                    person_acts.keep_with_statement, self._session, self._person, key, statement
                )
            )

    def _line(self, picture: str, words: str, ways: Sequence[Act]) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Picture(picture, Tone.PLUM, 18))
        row.addWidget(label(words, wrap=True), 1)
        if ways:
            links = QVBoxLayout()
            links.setSpacing(0)
            for text, act in ways:
                links.addWidget(button(text, act, look="link"))
            row.addLayout(links)
        return made

    def _do(self, act: Callable[[], Changes]) -> None:
        self.note.show_sentence("")
        self._tasks.command(act, owner=self, failed=self._failed)

    def _failed(self, error: PmdeskError) -> None:
        self.note.show_sentence(told(error), Tone.PROBLEM)
