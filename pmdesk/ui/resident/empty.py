"""What the list of residents says while it shows nobody."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.i18n import _, ngettext
from pmdesk.ui.icons import Ink
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import Picture, label
from pmdesk.ui.widgets.visibility import set_shown


class _Empty(QWidget):
    def __init__(self, picture: str) -> None:
        super().__init__()
        self.sentence = label("", "muted", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(12)
        self.buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(1)
        column.addWidget(Picture(picture, Ink.MUTED, 36), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sentence)
        column.addLayout(self.buttons)
        column.addStretch(2)


class NobodyYet(_Empty):
    """The register is empty: register one, or import a list."""

    register_requested = Signal()
    import_requested = Signal()

    def __init__(self) -> None:
        super().__init__("users")
        self.sentence.setText(
            _("There are no residents yet. Register one, or import the list you have.")
        )
        self.register = button(
            _("Register a resident"), self.register_requested.emit, picture="user-plus"
        )
        self.importer = button(_("Import a list…"), self.import_requested.emit, picture="upload")
        self.buttons.addWidget(self.register)
        self.buttons.addWidget(self.importer)
        self.buttons.addStretch(1)


class NobodyFound(_Empty):
    """Nobody fits: show everybody again, or register who was searched."""

    register_requested = Signal()
    reset_requested = Signal()
    orders_requested = Signal()  # what was searched may be in a work order

    def __init__(self) -> None:
        super().__init__("search")
        self._text = ""
        self.orders = button(
            "", self.orders_requested.emit, look="primary", picture="wrench", tip="Enter"
        )
        self.buttons.addWidget(self.orders)
        self.register = button("", self.register_requested.emit, picture="user-plus")
        self.buttons.addWidget(self.register)
        self.buttons.addWidget(button(_("Reset filters"), self.reset_requested.emit))
        self.buttons.addStretch(1)

    def show_search(self, text: str) -> None:
        """Nobody was found under `text`; without a text, it was the filters."""
        named, is_other, self._text = bool(text), text != self._text, text
        self.sentence.setText(
            _("Nobody was found for “{text}”. Other spellings and pinyin were tried too.").format(
                text=text
            )
            if named
            else _("Nobody fits these filters.")
        )
        self.register.setVisible(named)
        if is_other:
            self.orders.hide()  # until it is known whether any fits
        self.register.setText(
            _("Register a new resident")
            if text.isascii()  # pinyin, a room or a number: no name to begin with
            else _("Register “{text}” as a new resident").format(text=text)
        )

    def show_orders(self, count: int) -> None:
        """So many work orders fit what was searched: they come first; none are not offered."""
        words = ngettext(
            "Show {count} work order that fits", "Show {count} work orders that fit", count
        )
        self.orders.setText(words.format(count=f"{count:,}"))
        self.orders.setAccessibleName(self.orders.text())
        set_shown(self.orders, count > 0)
