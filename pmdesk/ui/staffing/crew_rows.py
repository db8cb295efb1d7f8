"""The lines of a crew that can be edited: a colleague with skills, a shift with its hours."""

import secrets
from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.names import SERVICES
from pmdesk.domain.staffing import HOURS, Hand, Shift
from pmdesk.i18n import _, said
from pmdesk.ui import theme
from pmdesk.ui.forms.cell import cell
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.choice import Chips
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.spin import indented
from pmdesk.ui.widgets.visibility import set_shown

_NAME = 170  # pixels


class Row(QWidget):
    """A line that can be taken out; a sentence below says what is wrong with it."""

    dropped = Signal(object)  # the row

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.name = PinyinEdit()
        self.name.setText(name)
        self.name.setMinimumWidth(theme.length(_NAME))
        self.name.setAccessibleName(title)
        self.name.setPlaceholderText(title)
        self.problem = label("", "problem", wrap=True)
        set_shown(self.problem, shown=False)
        drop = button(
            "", lambda: self.dropped.emit(self), look="quiet", picture="x", tip=_("Remove")
        )
        self.line = QHBoxLayout()
        self.line.setSpacing(10)
        self.line.addWidget(self.name, 0, Qt.AlignmentFlag.AlignTop)
        self.end = drop
        column = self.column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self.line)
        column.addWidget(self.problem)

    def show_problem(self, sentence: str) -> None:
        """The row says what must be mended; nothing when all is well."""
        self.problem.setText(sentence)
        set_shown(self.problem, bool(sentence))


class HandRow(Row):
    """A colleague and what they can do."""

    def __init__(self, hand: Hand | None = None) -> None:
        super().__init__(hand.name if hand else "", _("Name of the colleague"))
        self.code = hand.code if hand else secrets.token_hex(4)
        self.skills = Chips([(one, said(SERVICES[one])) for one in Service])
        self.skills.show_value(tuple(hand.skills) if hand else ())
        self.line.addWidget(self.skills, 1, Qt.AlignmentFlag.AlignVCenter)
        self.line.addWidget(self.end, 0, Qt.AlignmentFlag.AlignVCenter)

    @property
    def value(self) -> Hand:
        """As it is entered."""
        chosen = frozenset(one for one in self.skills.value if isinstance(one, Service))
        return Hand(code=self.code, name=self.name.text().strip(), skills=chosen)

    @property
    def key(self) -> str:
        """As problems name it."""
        return f"hand.{self.code}"


class ShiftRow(Row):
    """A shift and its hours."""

    def __init__(self, shift: Shift | None = None) -> None:
        super().__init__(shift.name if shift else "", _("Name of the shift"))
        self.code = shift.code if shift else secrets.token_hex(4)
        self.services = Chips([(one, said(SERVICES[one])) for one in Service])
        self.services.show_value(tuple(shift.services if shift else Service))
        self.start = _hours(0, HOURS - 1, shift.start if shift else 8, _("Begins at"))
        self.until = _hours(1, HOURS, shift.end if shift else 16, _("Ends at"))
        for part in (label(_("from")), self.start, label(_("to")), self.until):
            self.line.addWidget(part)
        self.line.addStretch(1)
        self.line.addWidget(self.end)
        self.column.insertWidget(1, self.services)

    @property
    def value(self) -> Shift:
        """As it is entered."""
        name = self.name.text().strip()
        return Shift(
            code=self.code,
            name=name,
            start=self.start.value(),
            end=self.until.value(),
            services=frozenset(one for one in self.services.value if isinstance(one, Service)),
        )

    @property
    def key(self) -> str:
        """As problems name it."""
        return f"shift.{self.code}"


class ServiceNumbers(QWidget):
    """A number for each service."""

    def __init__(self, values: Mapping[Service, int], most: int, suffix: str) -> None:
        super().__init__()
        self.boxes: dict[Service, QSpinBox] = {}
        flow = FlowLayout(14)
        for one in Service:
            box = indented(QSpinBox())
            box.setRange(0, most)
            box.setSuffix(suffix)
            box.setValue(values.get(one, 0))
            self.boxes[one] = box
            flow.addWidget(cell(said(SERVICES[one]), box))
        self.setLayout(flow)

    @property
    def value(self) -> dict[Service, int]:
        """What is entered; services with none are left out."""
        return {one: box.value() for one, box in self.boxes.items() if box.value()}


class Rows(QWidget):
    """Lines one below the other, and a button for one more."""

    def __init__(self, rows: list[Row], more: str, make: Callable[[], Row]) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self._make = make
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.more = button(more, self._add_one, picture="plus")
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        for row in rows:
            self._put(row)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Each row says what is wrong with it."""
        for row in self.rows:
            row.show_problem(problems.get(getattr(row, "key", ""), ""))

    def _add_one(self) -> None:
        row = self._make()
        self._put(row)
        row.name.setFocus()

    def _put(self, row: Row) -> None:
        self.rows.append(row)
        row.dropped.connect(self._drop)
        self._column.insertWidget(self._column.count() - 1, row)

    def _drop(self, row: Row) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()


def _hours(low: int, high: int, value: int, name: str) -> QSpinBox:
    box = indented(QSpinBox())
    box.setRange(low, high)
    box.setSuffix(":00")
    box.setValue(value)
    box.setAccessibleName(name)
    return box
