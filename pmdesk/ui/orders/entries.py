"""The entries that registering and amending share: subject, urgency, and an appointment."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from pmdesk.domain.fields import Problem
from pmdesk.domain.orders.kinds import Kind, Service, Urgency
from pmdesk.domain.orders.names import SERVICES, URGENCIES
from pmdesk.i18n import N_, _, said
from pmdesk.services.order_kinds import shipped
from pmdesk.ui.forms.cell import cell, choice_box
from pmdesk.ui.forms.dates import DateLine
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.widgets.choice import Segmented

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:：点.]?([0-5][0-9])?分?")
_NO_DAY = Problem(
    key="appointment",
    sentence=N_(
        "The day of the appointment cannot be read. Write it like 2026-03-05; the time goes beside"
        " it, like 14:30."
    ),
)
_NO_TIME = Problem(
    key="appointment",
    sentence=N_("The time of the appointment cannot be read. Write it like 14:30 or 9点."),
)
_HALF = Problem(
    key="appointment",
    sentence=N_("The appointment needs both a day like 2026-03-05 and a time like 14:30."),
)
_DIGITS = 8  # that a time needs room for


class KindBox(QComboBox):
    """Service and kind in one list: 维修 · 水暖; nothing is chosen at first."""

    def __init__(self) -> None:
        super().__init__()
        plain = choice_box()
        self.setSizeAdjustPolicy(plain.sizeAdjustPolicy())
        self.setMinimumContentsLength(plain.minimumContentsLength())
        self.offer(tuple(Service))

    def offer(self, services: Sequence[Service]) -> None:
        """The kinds of these services can be chosen."""
        self.clear()
        self.addItem(_("Choose…"), "")
        for service in services:
            for kind in shipped().within(service):
                self.addItem(_kind_words(kind), kind.code)

    @property
    def kind(self) -> Kind | None:
        """What is chosen."""
        return shipped().of(str(self.currentData() or ""))

    def show_kind(self, code: str) -> None:
        """That kind is chosen, or none."""
        self.setCurrentIndex(max(self.findData(code), 0))


def flowing(title: str, part: Segmented) -> QWidget:
    """The choice with its name above, as high as its lines need where the width is short."""
    made = cell(title, part)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def urgency_choice() -> Segmented:
    """The three urgencies, the most urgent first."""
    return Segmented([(one, said(words)) for one, words in URGENCIES.items()])


class AppointmentLine(QWidget):
    """A day and a time of that day, in the office's time zone; both or neither."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.day = DateLine(_("Day of the appointment"))
        self.time = PinyinEdit("14:30")
        self.time.setAccessibleName(_("Time of the appointment"))
        self.time.setFixedWidth(self.time.fontMetrics().horizontalAdvance("0") * _DIGITS + 30)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.day, 1)
        row.addWidget(self.time)
        self.setFocusProxy(self.day)
        self.day.edited.connect(self.edited)
        self.time.textEdited.connect(lambda _text: self.edited.emit())

    def value(self, zone: tzinfo | None) -> datetime | None:
        """The moment; None when nothing was entered, or when it cannot be read."""
        day, at = self.day.value, read_time(self.time.text())
        if not isinstance(day, date) or at is None:
            return None
        return datetime.combine(day, at, zone)

    @property
    def problem(self) -> Problem | None:
        """What keeps the lines from being a moment; None where they are one, or empty."""
        day, at = self.day.value, self.time.text().strip()
        if isinstance(day, str):
            return _NO_DAY
        if at and read_time(at) is None:
            return _NO_TIME
        return _HALF if bool(at) != isinstance(day, date) else None

    @property
    def is_wrong(self) -> bool:
        """Whether something stands here that is no day with a time."""
        return self.problem is not None

    @property
    def wrong(self) -> QWidget:
        """The line to be mended: the time where the day is one."""
        return self.time if self.is_wrong and isinstance(self.day.value, date) else self.day

    def show_moment(self, at: datetime | None) -> None:
        """The lines show this moment, or nothing."""
        self.day.show_value(None if at is None else at.date())
        self.time.setText("" if at is None else f"{at:%H:%M}")

    def typed(self) -> dict[str, str]:
        """What stands in the lines, be it a moment or not."""
        return {"day": self.day.line.text(), "time": self.time.text()}

    def show_typed(self, typed: Mapping[str, object]) -> None:
        """The lines show what `typed` told."""
        self.day.show_value(typed.get("day"))
        self.time.setText(str(typed.get("time", "")))


def read_time(text: str) -> time | None:
    """The time that `text` means, such as 14:30, 1430, 9 or 9点."""
    found = _TIME.fullmatch(text.strip())
    return time(int(found[1]), int(found[2] or 0)) if found else None


def _kind_words(kind: Kind) -> str:
    return " · ".join(dict.fromkeys((said(SERVICES[kind.service]), said(kind.name))))


def urgency_of(choice: Segmented) -> Urgency | None:
    """What is chosen."""
    return choice.value if isinstance(choice.value, Urgency) else None
