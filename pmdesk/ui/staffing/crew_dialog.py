"""What the office plans with: shifts, colleagues and their skills, and how long orders take."""

from functools import partial

from PySide6.QtWidgets import QSpinBox, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.names import SERVICES
from pmdesk.domain.staffing import MOST_LEAST, MOST_ROUNDS, Crew, Hand, Shift, crew_problems
from pmdesk.i18n import _, said
from pmdesk.services.session import Session
from pmdesk.services.staffing import plans
from pmdesk.services.staffing.plans import Edition
from pmdesk.ui import theme
from pmdesk.ui.forms.cell import cell
from pmdesk.ui.forms.small_dialog import SmallDialog
from pmdesk.ui.staffing.crew_rows import HandRow, Rows, ServiceNumbers, ShiftRow
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.choice import Chips
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.spin import indented

_WIDE, _HIGH = 760, 480
_MINUTES = 480
_AROUND = 100  # pixels that the screen has around the form at least


class CrewDialog(SmallDialog):
    """Closes once it is saved."""

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        crew: Crew,
        edition: Edition,
        parent: QWidget | None = None,
    ) -> None:
        save = button(_("Save"), self._save, look="primary")
        super().__init__(_("Shifts and colleagues"), parent, save)
        self._session, self._tasks, self._crew, self._edition = session, tasks, crew, edition
        self.hands = Rows([HandRow(one) for one in crew.hands], _("One more colleague"), HandRow)
        self.shifts = Rows([ShiftRow(one) for one in crew.shifts], _("One more shift"), ShiftRow)
        self.minutes = ServiceNumbers(crew.minutes, _MINUTES, _(" minutes"))
        self.least = ServiceNumbers(crew.least, MOST_LEAST, _(" people"))
        self.share = _number(10, 100, crew.share, " %")
        self.rounds = _number(0, MOST_ROUNDS, crew.rounds, "")
        self.patrolled = Chips([(one, said(SERVICES[one])) for one in Service])
        self.patrolled.show_value(tuple(crew.patrolled))
        area = scrolled(self._form())
        room = self.screen().availableSize()
        area.setMinimumSize(
            min(theme.length(_WIDE), room.width() - _AROUND),
            min(theme.length(_HIGH), room.height() - 2 * _AROUND),
        )
        self.arrange(area)
        self._before = self.value

    @property
    @override
    def is_edited(self) -> bool:
        return self.value != self._before

    @property
    def value(self) -> Crew:
        """As it is entered."""
        hands = (row.value for row in self.hands.rows if isinstance(row, HandRow))
        shifts = (row.value for row in self.shifts.rows if isinstance(row, ShiftRow))
        return Crew(
            shifts=tuple[Shift, ...](shifts),
            hands=tuple[Hand, ...](hands),
            minutes=self.minutes.value,
            least=self.least.value,
            share=self.share.value(),
            careful=self._crew.careful,
            patrolled=frozenset(one for one in self.patrolled.value if isinstance(one, Service)),
            rounds=self.rounds.value(),
        )

    def _form(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, theme.length(10), 0)
        column.setSpacing(12)
        for title, words, part in (
            (_("Colleagues"), _("Who can be put on a shift, and what they can do."), self.hands),
            (
                _("Shifts"),
                _(
                    "What a shift does not do waits for the next one; an end before the start is"
                    " after midnight."
                ),
                self.shifts,
            ),
            (
                _("Minutes for an order"),
                _("With the way there and back. 0: it takes nobody's time on a shift."),
                self.minutes,
            ),
            (
                _("People on every shift"),
                _("So many are there whatever comes, such as at the gate."),
                self.least,
            ),
            (_("Rounds follow the peaks of"), "", self.patrolled),
        ):
            column.addWidget(label(title, "heading"))
            if words:
                column.addWidget(label(words, "muted", wrap=True))
            column.addWidget(part)
        column.addWidget(cell(_("Share of a shift that is spent on orders"), self.share))
        column.addWidget(cell(_("Suggested rounds a day"), self.rounds))
        column.addStretch(1)
        return column

    def _save(self) -> None:
        made = self.value
        problems = {one.key: _(one.sentence) for one in crew_problems(made)}
        self.hands.show_problems(problems)
        self.shifts.show_problems(problems)
        if problems:
            self.warn(next(iter(problems.values())))
            return
        self.do(self._tasks, partial(plans.save_crew, self._session, made, self._edition))


def _number(low: int, high: int, value: int, suffix: str) -> QSpinBox:
    box = indented(QSpinBox())
    box.setRange(low, high)
    box.setSuffix(suffix)
    box.setValue(value)
    return box
