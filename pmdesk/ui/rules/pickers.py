"""Typed pickers for the cells of the grid: no quotes, no brackets, only what the fact can be."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QDate, QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDoubleSpinBox,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from pmdesk.i18n import N_, _, said
from pmdesk.rules.cells import ANY, UNKNOWN, Cell, Range, of_ranges, of_values, united, whole_span
from pmdesk.rules.facts import Fact, FactType
from pmdesk.rules.table import DecisionTable
from pmdesk.rules.words import cell_words, print_cell
from pmdesk.ui.rules import edits
from pmdesk.ui.rules.edits import Output
from pmdesk.ui.widgets.choice import Chips, Segmented
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.spin import indented
from pmdesk.ui.widgets.visibility import set_shown

LARGEST = 1_000_000
_UNKNOWN = ""


class Picker(QWidget):
    """Shows one cell and says, as text that can be typed too, what was picked instead."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)


class FlagPicker(Picker):
    """Any, yes, no or unknown."""

    def __init__(self, fact: Fact, cell: Cell) -> None:
        super().__init__()
        choices = [("-", _("any")), ("true", _("yes")), ("false", _("no"))]
        if fact.nullable:
            choices.append(("null", _("unknown")))
        if print_cell(cell, fact) not in dict(choices):  # two of them at once
            choices.append((print_cell(cell, fact), cell_words(cell, fact)))
        self.choice = Segmented(choices)
        self.choice.show_value(print_cell(cell, fact))
        self.choice.chosen.connect(lambda text: self.picked.emit(str(text)))
        self.column.addWidget(self.choice)


class ChoicePicker(Picker):
    """Any of a list, unknown included; nothing chosen asks for nothing."""

    def __init__(self, fact: Fact, cell: Cell) -> None:
        super().__init__()
        self._fact = fact
        entries = [(code, said(words)) for code, words in fact.options]
        if fact.nullable:
            entries.append((_UNKNOWN, _("unknown")))
        self.choice = Chips(entries)
        self.choice.show_value([*cell.values, *([_UNKNOWN] if cell.unknown else [])])
        self.choice.chosen.connect(self._tell)
        self.column.addWidget(self.choice)

    def _tell(self, chosen: tuple[str, ...]) -> None:
        codes = [code for code in chosen if code != _UNKNOWN]
        parts = [of_values(codes, self._fact)] if codes else []
        parts += [UNKNOWN] if _UNKNOWN in chosen else []
        self.picked.emit(print_cell(united(parts, self._fact) if parts else ANY, self._fact))


_OPERATORS: Mapping[str, str] = {
    "any": N_("any"),
    "least": N_("at least"),
    "under": N_("under"),
    "between": N_("from … to under …"),
    "exactly": N_("exactly"),
    "known": N_("known"),
    "unknown": N_("unknown"),
}
_DAYS: Mapping[str, str] = {
    **_OPERATORS,
    "least": N_("on or after"),
    "under": N_("before"),
    "between": N_("from … and before …"),
    "exactly": N_("on"),
}
_TEXT = "text"  # several ranges at once: only as text


class RangePicker(Picker):
    """A number or a day: at least, under, from … to under …, exactly, known, unknown or any."""

    def __init__(self, fact: Fact, cell: Cell) -> None:
        super().__init__()
        self._fact = fact
        self.how = QComboBox()
        self.how.setAccessibleName(_("How to compare"))
        self._is_day = fact.type is FactType.DATE
        for code, words in (_DAYS if self._is_day else _OPERATORS).items():
            if code != "unknown" or fact.nullable:
                self.how.addItem(_(words), code)
        self.low, self.high = _entry(fact, _("from")), _entry(fact, _("to under"))
        self._to = label(_("to before") if self._is_day else _("to under"))
        self.unknown = QCheckBox(_("or unknown"))
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (self.how, self.low, self._to, self.high):
            row.addWidget(part)
        if fact.unit is not None:
            row.addWidget(label(said(fact.unit)))
        row.addWidget(self.unknown)
        row.addStretch(1)
        self.column.addLayout(row)
        self._show(cell)
        self.how.activated.connect(lambda _at: self._tell())
        self.unknown.clicked.connect(lambda _on: self._tell())
        for entry in (self.low, self.high):
            entry.editingFinished.connect(self._tell)

    def _show(self, cell: Cell) -> None:
        how = _how(cell, self._fact)
        if how == _TEXT:
            self.how.addItem(_("several ranges, see the text"), _TEXT)
        self.how.setCurrentIndex(self.how.findData(how))
        self.unknown.setChecked(cell.unknown)
        span = cell.ranges[0] if cell.ranges else Range(None, None)
        for entry, end in ((self.low, span.low), (self.high, span.high)):
            with QSignalBlocker(entry):
                _set(entry, self._fact, end)
        self._arrange(how)

    def _arrange(self, how: str) -> None:
        self.low.setVisible(how in {"least", "between", "exactly"})
        self._to.setVisible(how == "between")
        self.high.setVisible(how in {"under", "between"})
        has_ends = how in {"least", "under", "between", "exactly"}
        set_shown(self.unknown, has_ends and self._fact.nullable)

    def _tell(self) -> None:
        how = str(self.how.currentData())
        self._arrange(how)
        low, high = _get(self.low, self._fact), _get(self.high, self._fact)
        if how == _TEXT or (how == "between" and low >= high):
            return  # not yet a range: the second entry follows
        spans = {
            "least": Range(low, None),
            "under": Range(None, high),
            "between": Range(low, high),
            "exactly": Range(low, low + 1),
            "known": whole_span(self._fact),
        }
        also = self.unknown.isChecked() and how != "known"
        cell = UNKNOWN if how == "unknown" else ANY
        if how in spans:
            cell = of_ranges((spans[how],), unknown=also)
        self.picked.emit(print_cell(cell, self._fact))


class TierPicker(Picker):
    """One of the tiers."""

    def __init__(self, table: DecisionTable, row: int) -> None:
        super().__init__()
        self.choice = Segmented([(key, said(words)) for key, words in table.scheme.tiers])
        self.choice.show_value(table.rules[row].tier)
        self.choice.chosen.connect(lambda tier: self.picked.emit(str(tier)))
        self.column.addWidget(self.choice)


class TagsPicker(Picker):
    """Any of the tags."""

    def __init__(self, table: DecisionTable, row: int) -> None:
        super().__init__()
        self.choice = Chips([(key, said(words)) for key, words in table.scheme.tags])
        self.choice.show_value(tuple(table.rules[row].tags))
        self.choice.chosen.connect(lambda tags: self.picked.emit(",".join(map(str, tags))))
        self.column.addWidget(self.choice)


def picker(table: DecisionTable, row: int, column: int) -> Picker | None:
    """The picker for a cell; None where plain text is all there is."""
    fact = edits.fact_at(table, column)
    if fact is not None:
        made = _PICKERS.get(fact.type)
        return made(fact, table.rules[row].cells[column]) if made else None
    output = edits.output_at(table, column)
    if output is Output.TIER:
        return TierPicker(table, row)
    return TagsPicker(table, row) if output is Output.TAGS else None


_PICKERS: Mapping[FactType, Callable[[Fact, Cell], Picker]] = {
    FactType.FLAG: FlagPicker,
    FactType.CHOICE: ChoicePicker,
    FactType.NUMBER: RangePicker,
    FactType.DATE: RangePicker,
}


def _how(cell: Cell, fact: Fact) -> str:
    if not cell.ranges:
        return "any" if cell.is_any else "unknown"
    span = cell.ranges[0]
    if len(cell.ranges) > 1 or (cell.unknown and span == whole_span(fact)):
        return _TEXT
    if span == whole_span(fact):
        return "known"
    if span.single is not None:
        return "exactly"
    if span.low is None:
        return "under"
    return "least" if span.high is None else "between"


def _entry(fact: Fact, name: str) -> QDoubleSpinBox | QDateEdit:
    if fact.type is FactType.DATE:
        day = indented(QDateEdit(QDate.currentDate()))
        day.setCalendarPopup(True)
        day.setDisplayFormat("yyyy-MM-dd")
        day.setAccessibleName(name)
        return day
    number = indented(QDoubleSpinBox())
    number.setDecimals(fact.scale)
    low, high = fact.span
    number.setRange((low or 0) / 10**fact.scale, (high or LARGEST) / 10**fact.scale)
    number.setAccessibleName(name)
    return number


def _get(entry: QDoubleSpinBox | QDateEdit, fact: Fact) -> int:
    if isinstance(entry, QDateEdit):
        day = entry.date()
        return date(day.year(), day.month(), day.day()).toordinal()
    steps = entry.value() * float(10**fact.scale)
    return round(steps)


def _set(entry: QDoubleSpinBox | QDateEdit, fact: Fact, number: int | None) -> None:
    if number is None:
        return
    if isinstance(entry, QDateEdit):
        day = date.fromordinal(number)
        entry.setDate(QDate(day.year, day.month, day.day))
    else:
        entry.setValue(number / 10**fact.scale)
