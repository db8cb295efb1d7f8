"""Which options of one field a column asks for: any of them will do."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.i18n import _, said
from pmdesk.rules.facts import Fact
from pmdesk.ui import theme
from pmdesk.ui.rules import arrange
from pmdesk.ui.rules.column_menu import field_words, option_words
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.choice import Chips
from pmdesk.ui.widgets.label import label

_LEAST = 2  # options; one alone has a column of its own
_WIDTH = 520


class GroupDialog(QDialog):
    """Two options or more are ticked; the column says yes when the person chose any of them."""

    chosen = Signal(object)  # Fact

    def __init__(self, flags: Sequence[Fact], ticked: Sequence[Fact], parent: QWidget) -> None:
        super().__init__(parent)
        self._flags = flags
        title = _("“{field}”: any of several").format(field=field_words(flags[0]))
        self.setWindowTitle(title)
        self.setModal(True)
        self.chips = Chips([(flag.key, option_words(flag)) for flag in flags])
        self.chips.show_value([flag.key for flag in ticked])
        self.words = label("", "muted", wrap=True)
        self.done_button = button(_("Use these"), self._choose, look="primary")
        self._arrange(title)
        self.chips.chosen.connect(lambda _keys: self._show())
        self._show()

    @property
    def ticked(self) -> tuple[Fact, ...]:
        """The flags whose options are ticked, in the field's order."""
        return tuple(flag for flag in self._flags if flag.key in self.chips.value)

    def _arrange(self, title: str) -> None:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("Cancel"), self.reject))
        row.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(title, "title", wrap=True))
        column.addWidget(self.chips)
        column.addWidget(self.words)
        column.addLayout(row)
        self.setFixedWidth(theme.length(_WIDTH))

    def _show(self) -> None:
        ready = len(self.ticked) >= _LEAST
        self.done_button.setEnabled(ready)
        if ready:
            name = said(arrange.group_of(self.ticked).label)
            words = _("The column “{name}” says yes for whoever chose any of these.")
            self.words.setText(words.format(name=name))
        else:
            self.words.setText(_("Tick at least two options."))
        self._fit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()  # in the letters that it is shown in

    def _fit(self) -> None:
        """As high as the options need, in however many lines they stand."""
        column = self.layout()
        if column is not None:
            self.setFixedHeight(column.totalHeightForWidth(self.width()))

    def _choose(self) -> None:
        self.chosen.emit(arrange.group_of(self.ticked))
        self.accept()
