"""The box in which one says who one is: opened by a click anywhere, or typed, also in pinyin."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QComboBox, QLineEdit
from typing_extensions import override

from pmdesk.domain.names import search_keys
from pmdesk.i18n import _


class AccountBox(QComboBox):
    """Emits `entered` on Enter; what was typed has then become the account that it means."""

    entered = Signal()

    def __init__(self, accounts: Sequence[str], login: str) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(_("Account"))
        self.setObjectName("login")
        self.line = QLineEdit()
        self.setLineEdit(self.line)
        self.line.setPlaceholderText(_("Choose your account"))
        self.line.installEventFilter(self)
        self.line.returnPressed.connect(self._enter)
        self.line.editingFinished.connect(self._settle)
        self.show_accounts(accounts, login)

    def show_accounts(self, accounts: Sequence[str], login: str) -> None:
        """These can be chosen; `login` is, or the only one."""
        self.clear()
        self.addItems(list(accounts))
        self.setCurrentText(login or (accounts[0] if len(accounts) == 1 else ""))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QMouseEvent)
            and event.type() is QEvent.Type.MouseButtonRelease
            and event.button() is Qt.MouseButton.LeftButton
            and self.count() > 1
        ):
            self.showPopup()
        return super().eventFilter(watched, event)

    def _enter(self) -> None:
        self._settle()
        self.entered.emit()

    def _settle(self) -> None:
        """The beginning of exactly one account, or its pinyin, has become that account."""
        typed = self.line.text().strip().casefold()
        accounts = [self.itemText(at) for at in range(self.count())]
        meant = [one for one in accounts if one.casefold().startswith(typed)]
        meant = meant or [one for one in accounts if _sounds(one, typed)]
        if typed and len(meant) == 1:
            self.setCurrentText(meant[0])


def _sounds(account: str, typed: str) -> bool:
    keys = search_keys(account)
    return any(key.startswith(typed) for key in (*keys.initials, *keys.syllables))
