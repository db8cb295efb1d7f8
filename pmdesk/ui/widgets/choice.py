"""Choosing from a few things that all can be seen: one of them, or several."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from pmdesk.ui.icons import Ink, icon
from pmdesk.ui.widgets.flow import FlowLayout

Choice = tuple[object, str]  # a value, and its words in the user's language


class Segmented(QWidget):
    """Exactly one of a few; at first none, until `show_value` or the user chooses."""

    chosen = Signal(object)

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._values = [value for value, _words in choices]
        self._group = QButtonGroup(self)
        row = FlowLayout(6)
        for index, (_value, words) in enumerate(choices):
            made = _toggle(words, "segment")
            self._group.addButton(made, index)
            row.addWidget(made)
        self.setLayout(row)
        self._group.idClicked.connect(lambda index: self.chosen.emit(self._values[index]))
        self._group.idToggled.connect(self._tick)

    @property
    def value(self) -> object:
        """What is chosen; None also when nothing is."""
        index = self._group.checkedId()
        return self._values[index] if index >= 0 else None

    def show_value(self, value: object) -> None:
        """`value` is chosen, without a signal; nothing if it is not among the choices."""
        index = self._values.index(value) if value in self._values else -1
        self._group.setExclusive(False)
        for at, made in enumerate(self._group.buttons()):
            made.setChecked(at == index)
        self._group.setExclusive(True)

    def buttons(self) -> Sequence[QPushButton]:
        """The buttons in order."""
        return [made for made in self._group.buttons() if isinstance(made, QPushButton)]

    def _tick(self, index: int, checked: bool) -> None:
        _tick(self._group.button(index), checked=checked)


class Chips(QWidget):
    """Any number of things, all seen at once."""

    chosen = Signal(object)  # tuple of the values, in the order of the choices

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._values = [value for value, _words in choices]
        self._buttons = [_toggle(words, "chip") for _value, words in choices]
        row = FlowLayout(8)
        for made in self._buttons:
            row.addWidget(made)
            made.toggled.connect(lambda on, made=made: _tick(made, checked=on))
            made.clicked.connect(lambda _on: self.chosen.emit(self.value))
        self.setLayout(row)

    @property
    def value(self) -> tuple[object, ...]:
        """What is chosen."""
        pairs = zip(self._values, self._buttons, strict=True)
        return tuple(value for value, made in pairs if made.isChecked())

    def show_value(self, value: Sequence[object]) -> None:
        """Exactly these are chosen, without a signal."""
        for one, made in zip(self._values, self._buttons, strict=True):
            made.setChecked(one in value)

    def buttons(self) -> Sequence[QPushButton]:
        """The buttons in order."""
        return tuple(self._buttons)


def _toggle(words: str, look: str) -> QPushButton:
    made = QPushButton(words)
    made.setProperty("look", look)
    made.setCheckable(True)
    made.setAutoDefault(False)
    _tick(made, checked=False)
    return made


def _tick(made: object, *, checked: bool) -> None:
    """What is chosen shows by a tick too, never by colour alone."""
    if isinstance(made, QPushButton):
        free = "plus" if made.property("look") == "chip" else "circle"
        made.setIcon(icon("check", Ink.ACCENT) if checked else icon(free, Ink.MUTED))
