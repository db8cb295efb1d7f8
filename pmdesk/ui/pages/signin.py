"""The first thing everybody sees: who are you, and your passphrase."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QLinearGradient, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from pmdesk.i18n import _, ngettext
from pmdesk.ui import theme
from pmdesk.ui.forms.account_box import AccountBox
from pmdesk.ui.icons import Ink
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import Picture, label
from pmdesk.ui.widgets.page import scrolled

_COLUMN = 352
_MESSAGE = 56  # two lines, kept free where the page says what went wrong


class SignInPage(QWidget):
    """Emits `submitted(login, password)`; what comes of it is shown on the page itself."""

    submitted = Signal(str, str)
    new_office_requested = Signal()
    other_folder_requested = Signal()
    forgotten_requested = Signal()
    manual_requested = Signal()
    restore_requested = Signal()

    def __init__(self, *, office: str, accounts: Sequence[str] = (), login: str = "") -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._wait = 0
        self._busy = False
        self._timer = QTimer(self)
        self._timer.setInterval(1_000)
        self._timer.timeout.connect(self._tick)
        self.login = AccountBox(accounts, login)
        self.password = _password()
        self.login.entered.connect(self.password.setFocus)
        self.password.returnPressed.connect(self._submit)
        self.password.textEdited.connect(self._hint_capitals)
        self.password.installEventFilter(self)
        self.shown = button("", self._toggle, look="quiet", picture="eye", tip=_("Show or hide"))
        self.shown.setCheckable(True)
        self.enter = button(_("Sign in"), self._submit, look="primary")
        self.enter.setObjectName("enter")
        self._offered: Callable[[], object] = self.focus
        self.message = Banner(action=" ", pressed=lambda: self._offered())
        self.message.action.hide()
        self.message.setMinimumHeight(theme.length(_MESSAGE))
        self._capitals = label(_("Caps Lock is on"), "warning")
        self._capitals.hide()
        self._busy_bar = _busy_bar()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._panel = _Panel(office)
        row.addWidget(self._panel, 44)
        row.addWidget(self._right(), 56)

    def focus(self) -> None:
        """The cursor stands where the user goes on: the passphrase, or the empty login."""
        (self.password if self.login.currentText() else self.login).setFocus()

    def show_busy(self) -> None:
        """The passphrase is being checked; nothing can be pressed."""
        self._busy = True
        self.message.show_sentence("")
        self.message.action.hide()
        self._busy_bar.show()
        self.enter.setText(_("Signing in"))
        self._enable()

    def show_failure(self, sentence: str) -> None:
        """The sentence stays on the page; the passphrase is emptied for another try."""
        self._busy = False
        self._busy_bar.hide()
        self.password.clear()
        self.message.show_sentence(sentence, Tone.PROBLEM)
        self._enable()
        self.password.setFocus()

    def show_note(self, sentence: str) -> None:
        """A hint that is no failure, such as “1 unsaved draft comes back after signing in”."""
        self.message.show_sentence(sentence, Tone.INFO)

    def offer(self, action: str, pressed: Callable[[], object]) -> None:
        """Beside the message stands a button that does this."""
        self._offered = pressed
        self.message.action.setText(action)
        self.message.action.show()

    def show_accounts(self, accounts: Sequence[str]) -> None:
        """These can be chosen; what was typed stays."""
        typed = self.login.currentText()
        self.login.show_accounts(accounts, typed)
        if not typed:
            self.focus()

    def wait(self, seconds: int) -> None:
        """Nothing can be sent for so many seconds; the button counts them down."""
        self._wait = max(seconds, 0)
        if self._wait:
            self._timer.start()
        self._enable()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.KeyRelease, QEvent.Type.FocusIn}:
            self._hint_capitals()
        return False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        """The fields need the width first; the coloured side is there where it is left over."""
        self._panel.setVisible(self.width() >= theme.length(_COLUMN * 2))

    def _submit(self) -> None:
        login = self.login.currentText().strip()
        if not self.enter.isEnabled() or self._busy:
            return
        if login and self.password.text():
            self.submitted.emit(login, self.password.text())
        else:
            self.message.show_sentence(_("Please fill in account and passphrase."), Tone.WARN)

    def _tick(self) -> None:
        self._wait -= 1
        if self._wait <= 0:
            self._timer.stop()
        self._enable()

    def _enable(self) -> None:
        free = not self._busy and self._wait <= 0
        for part in (self.login, self.password):
            part.setEnabled(not self._busy)
        self.enter.setEnabled(free)
        if self._wait > 0:
            text = ngettext(
                "Try again in {count} second", "Try again in {count} seconds", self._wait
            )
            self.enter.setText(text.format(count=self._wait))
        elif free:
            self.enter.setText(_("Sign in"))

    def _toggle(self) -> None:
        mode = QLineEdit.EchoMode
        self.password.setEchoMode(mode.Normal if self.shown.isChecked() else mode.Password)

    def _hint_capitals(self) -> None:
        text = self.password.text()
        typed = [letter for letter in text if letter.isalpha() and letter.isascii()]
        shift = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._capitals.setVisible(bool(typed) and typed[-1].isupper() and not shift)

    def _right(self) -> QWidget:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(label(_("Welcome back"), "title"))
        column.addWidget(label(_("Sign in with your staff account"), "muted"))
        column.addSpacing(14)
        for name, field in ((_("Account"), self.login), (_("Passphrase"), self._secret())):
            made = label(name, "label")
            made.setBuddy(field)
            column.addWidget(made)
            column.addWidget(field)
            column.addSpacing(4)
        for part in (self._capitals, self.enter, self._busy_bar, self.message):
            _keep_room(part)  # the button stays where it is when one of them comes
            column.addWidget(part)
        asks = (
            (_("Forgotten the passphrase?"), self.forgotten_requested),
            (_("New office…"), self.new_office_requested),
            (_("Restore from a backup…"), self.restore_requested),
            (_("Another folder…"), self.other_folder_requested),
        )
        made_links = [button(words, signal.emit, look="link") for words, signal in asks]
        for left, right in (made_links[:2], made_links[2:]):
            links = QHBoxLayout()
            links.addWidget(left)
            links.addStretch(1)
            links.addWidget(right)
            column.addLayout(links)
        manual = button(
            _("What pmdesk protects, and what it cannot"), self.manual_requested.emit, look="link"
        )
        column.addWidget(manual, 0, Qt.AlignmentFlag.AlignLeft)
        return _centred(column)

    def _secret(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.password, 1)
        row.addWidget(self.shown)
        holder.setFocusProxy(self.password)
        return holder


class _Panel(QWidget):
    """The coloured side with the program's name and what it is."""

    def __init__(self, office: str) -> None:
        super().__init__()
        self.setProperty("look", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(44, 48, 36, 36)
        column.setSpacing(10)
        column.addWidget(Picture("building-2", Ink.ON_PANEL, 52))
        column.addSpacing(14)
        for words, look in (
            (office or "pmdesk", "figure"),
            (_("Customer classification that explains itself"), "heading"),
            ("", ""),
            (_("Data stay on this computer, encrypted with SQLCipher"), "small"),
        ):
            if words:
                made = label(words, look, wrap=True)
                made.setProperty("ground", "panel")
                column.addWidget(made)
            else:
                column.addStretch(1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = theme.applied()
        gradient = QLinearGradient(QPointF(0, 0), QPointF(self.width(), self.height()))
        gradient.setColorAt(0, shown.colour("panel_from"))
        gradient.setColorAt(1, shown.colour("panel_to"))
        QPainter(self).fillRect(self.rect(), gradient)


def _keep_room(part: QWidget) -> None:
    policy = part.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    part.setSizePolicy(policy)


def _busy_bar() -> QProgressBar:
    bar = QProgressBar()
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.hide()
    return bar


def _password() -> QLineEdit:
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setAccessibleName(_("Passphrase"))
    line.setObjectName("password")
    return line


def _centred(column: QVBoxLayout) -> QWidget:
    column.setContentsMargins(0, 0, 0, 0)
    holder = _Column()
    holder.setLayout(column)
    middle = QVBoxLayout()
    middle.setContentsMargins(36, 24, 36, 24)
    middle.addStretch(1)
    row = QHBoxLayout()  # an alignment would ignore how high wrapped lines become
    row.addStretch(1)
    row.addWidget(holder)
    row.addStretch(1)
    middle.addLayout(row)
    middle.addStretch(1)
    return scrolled(middle)


class _Column(QWidget):
    """As wide as a form is comfortable, growing with the text."""

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.setFixedWidth(theme.length(_COLUMN))
