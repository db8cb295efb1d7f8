"""One small editor for each kind of field."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain.fields import Field, Kind, Value
from pmdesk.i18n import _, said
from pmdesk.ui import theme
from pmdesk.ui.forms.dates import DateLine
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.forms.prose import ProseEdit
from pmdesk.ui.widgets.choice import Chips, Choice, Segmented
from pmdesk.ui.widgets.label import label

_FEW = 4  # as many choices stand side by side, more go into a list


class Editor(QWidget):
    """Shows one value and tells what the user makes of it.

    What cannot be read (a date, a number) is told as the text itself: `Field.problems` refuses it.
    """

    edited = Signal(object)  # the new value
    left = Signal()  # the user is done with this field

    wide = False  # whether it wants the whole width of the form

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.setObjectName(field.key)
        self.setAccessibleName(said(field.label))

    def show_value(self, value: Value) -> None:
        """The editor shows `value`, without a signal."""
        raise NotImplementedError

    @property
    def value(self) -> Value:
        """What the editor shows."""
        raise NotImplementedError

    def mark(self, *, wrong: bool) -> None:
        """The editor's frame says whether there is a problem, beside the words below it."""
        if (proxy := self.focusProxy()) is not None:
            theme.look(proxy, state="problem" if wrong else "")

    def _hold(self, *parts: QWidget) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for index, part in enumerate(parts):
            row.addWidget(part, 1 if index == 0 or isinstance(part, DateLine) else 0)
        entry = parts[0].focusProxy() or parts[0]
        entry.setAccessibleName(self.accessibleName())
        self.setFocusProxy(entry)


class TextEditor(Editor):
    """Text, a phone number, an e-mail address."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.line = PinyinEdit()
        self._hold(self.line)
        self.line.textEdited.connect(lambda _text: self.edited.emit(self.value))
        self.line.left.connect(self._tidy)

    def show_value(self, value: Value) -> None:
        """The line shows the text from its beginning; a cursor that is in it stays at the end."""
        self.line.setText("" if value is None else str(value))
        if not self.line.hasFocus():
            self.line.setCursorPosition(0)

    @property
    def value(self) -> Value:
        """The text without blanks at its ends; None when empty."""
        return self.line.text().strip() or None

    def _tidy(self) -> None:
        if self.line.text() != self.line.text().strip():
            self.line.setText(self.line.text().strip())
        self.left.emit()


class ProseEditor(Editor):
    """Several lines of text."""

    wide = True

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.text = ProseEdit()
        self._hold(self.text)
        # it chooses its own height while it is being laid out: it hangs from the top meanwhile
        if (row := self.layout()) is not None:
            row.setAlignment(self.text, Qt.AlignmentFlag.AlignTop)
        self.text.textChanged.connect(lambda: self.edited.emit(self.value))
        self.text.left.connect(self.left)

    def show_value(self, value: Value) -> None:
        """The lines are shown."""
        with QSignalBlocker(self.text):
            self.text.setPlainText("" if value is None else str(value))

    @property
    def value(self) -> Value:
        """The text without blanks at its ends; None when empty."""
        return self.text.toPlainText().strip() or None


class PartsEditor(Editor):
    """One of a few choices side by side, or not filled in where nothing is required."""

    def __init__(self, field: Field, choices: Sequence[Choice]) -> None:
        super().__init__(field)
        self.parts = Segmented(
            choices if field.required else (*choices, (None, _("Not filled in")))
        )
        _hold_choice(self, self.parts)

    def show_value(self, value: Value) -> None:
        """The segment of the value is chosen."""
        self.parts.show_value(value)


class FlagEditor(PartsEditor):
    """Yes, no, or not filled in."""

    def __init__(self, field: Field) -> None:
        super().__init__(field, ((True, _("Yes")), (False, _("No"))))

    @property
    def value(self) -> Value:
        """True, False or None."""
        chosen = self.parts.value
        return chosen if isinstance(chosen, bool) else None


class SegmentEditor(PartsEditor):
    """One of a few options, side by side."""

    def __init__(self, field: Field) -> None:
        super().__init__(field, [(option.code, said(option.label)) for option in field.options])

    @property
    def value(self) -> Value:
        """The option's code, or None."""
        chosen = self.parts.value
        return chosen if isinstance(chosen, str) else None


class ListEditor(Editor):
    """One of many options, in a list that opens."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.box = QComboBox()
        self.box.addItem(_("Please choose") if field.required else _("Not filled in"), None)
        for option in field.options:
            self.box.addItem(said(option.label), option.code)
        self._hold(self.box)
        self.box.activated.connect(lambda _index: self._tell())

    def show_value(self, value: Value) -> None:
        """The entry of the value is chosen."""
        self.box.setCurrentIndex(max(self.box.findData(value), 0))

    @property
    def value(self) -> Value:
        """The option's code, or None."""
        code = self.box.currentData()
        return code if isinstance(code, str) else None

    def _tell(self) -> None:
        self.edited.emit(self.value)
        self.left.emit()


class ChipsEditor(Editor):
    """Any number of options."""

    wide = True

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.parts = Chips([(option.code, said(option.label)) for option in field.options])
        _hold_choice(self, self.parts)

    def show_value(self, value: Value) -> None:
        """The chips of the value are chosen."""
        self.parts.show_value(value if isinstance(value, tuple) else ())

    @property
    def value(self) -> Value:
        """The codes; None when there is none."""
        return tuple(str(code) for code in self.parts.value) or None


class NumberEditor(Editor):
    """A number with its unit; stored as an integer of the field's smallest step."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.line = PinyinEdit()
        unit = label(said(field.unit) if field.unit else "", "muted")
        self._hold(self.line, *([unit] if field.unit else []))
        self.line.textEdited.connect(lambda _text: self.edited.emit(self.value))
        self.line.left.connect(self.left)

    def show_value(self, value: Value) -> None:
        """The line shows the number."""
        if isinstance(value, int):
            value = f"{Decimal(value).scaleb(-self.field.scale):f}"
        self.line.setText("" if value is None else str(value))

    @property
    def value(self) -> Value:
        """The integer, None when empty, the text when it is not a number of that precision."""
        text = self.line.text().strip()
        try:
            number = Decimal(text).scaleb(self.field.scale) if text else None
        except ArithmeticError:
            return text
        if number is None:
            return None
        fits = number.is_finite() and number == number.to_integral_value()
        return int(number) if fits else text


class DateEditor(Editor):
    """A day."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.day = DateLine(self.accessibleName())
        self._hold(self.day)
        self.day.edited.connect(lambda: self.edited.emit(self.value))
        self.day.left.connect(self.left)

    def show_value(self, value: Value) -> None:
        """The line shows the day."""
        self.day.show_value(value)

    @property
    def value(self) -> Value:
        """The day, None when empty, the text when it is not a day."""
        return self.day.value


class PeriodEditor(Editor):
    """A first and a last day, either may be open."""

    wide = True

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        name = self.accessibleName()
        self.first = DateLine(_("{field}, from").format(field=name))
        self.last = DateLine(_("{field}, to").format(field=name))
        self._hold(self.first, label("—", "muted"), self.last)
        self.first.line.setAccessibleName(_("{field}, from").format(field=name))
        for day in (self.first, self.last):
            day.edited.connect(lambda: self.edited.emit(self.value))
            day.left.connect(self.left)

    def show_value(self, value: Value) -> None:
        """The lines show both days."""
        first, last = value if isinstance(value, tuple) and len(value) == 2 else (None, None)  # noqa: PLR2004  # from and to
        self.first.show_value(first)
        self.last.show_value(last)

    @property
    def value(self) -> Value:
        """Both days, None when both are open, the text when one is not a day."""
        first, last = self.first.value, self.last.value
        for part in (first, last):
            if isinstance(part, str):
                return part
        return (_day(first), _day(last)) if first or last else None


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _hold_choice(editor: Editor, parts: Segmented | Chips) -> None:
    column = QVBoxLayout(editor)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(parts)
    for made in parts.buttons():
        made.setAccessibleName(f"{editor.accessibleName()}: {made.text()}")
    editor.setFocusProxy(parts.buttons()[0])
    parts.chosen.connect(lambda _value: editor.edited.emit(editor.value))
    parts.chosen.connect(lambda _value: editor.left.emit())


def _choice(field: Field) -> Editor:
    return SegmentEditor(field) if len(field.options) <= _FEW else ListEditor(field)


EDITORS: Mapping[Kind, Callable[[Field], Editor]] = {
    Kind.TEXT: TextEditor,
    Kind.PROSE: ProseEditor,
    Kind.PHONE: TextEditor,
    Kind.EMAIL: TextEditor,
    Kind.FLAG: FlagEditor,
    Kind.CHOICE: _choice,
    Kind.CHOICES: ChipsEditor,
    Kind.NUMBER: NumberEditor,
    Kind.DATE: DateEditor,
    Kind.PERIOD: PeriodEditor,
}
