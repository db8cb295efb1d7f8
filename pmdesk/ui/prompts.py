"""Every question to the user: the only module that opens message boxes and file dialogs."""

import re
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QWidget,
)

from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told

_Icon = QMessageBox.Icon
_Part = QMessageBox.ButtonRole
_LOOK_MS = 200  # while a box is open: how often is looked whether it still is


def documents() -> Path:
    """Where the user of this computer keeps documents, or else the own folder."""
    found = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return found if found.is_dir() else Path.home()


class Prompts:
    """Asks over `parent`; pages get one in their constructor, tests hand in a fake."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.parent = parent
        self._waiting: deque[Callable[[], object]] = deque()
        self._again: QTimer | None = None

    def confirm(self, sentence: str, *, yes: str, detail: str = "") -> bool:
        """Whether the user pressed `yes`; closing the box is a no."""
        return self.ask(sentence, (yes,), detail=detail) == 0

    def ask(self, sentence: str, answers: Sequence[str], *, detail: str = "") -> int | None:
        """The index of the chosen answer; None when the user went back."""
        box = self._box(_Icon.Question, sentence, detail)
        buttons = [box.addButton(answer, _Part.AcceptRole) for answer in answers]
        back = box.addButton(_("Cancel"), _Part.RejectRole)
        box.setDefaultButton(back)
        box.setEscapeButton(back)
        box.exec()
        chosen = box.clickedButton()
        return next((index for index, button in enumerate(buttons) if button is chosen), None)

    def ask_text(self, sentence: str, *, text: str = "") -> str | None:
        """One line the user typed; None when the user went back."""
        typed, fine = QInputDialog.getText(
            self.parent,
            QApplication.applicationDisplayName(),
            sentence,
            QLineEdit.EchoMode.Normal,
            text,
        )
        return typed.strip() if fine else None

    def tell(self, sentence: str, *, detail: str = "") -> None:
        """The user has read the sentence."""
        self._show(_Icon.Information, sentence, detail)

    def warn(self, sentence: str, *, detail: str = "") -> None:
        """The user has read the sentence, and sees that it is no mere news."""
        self._show(_Icon.Warning, sentence, detail)

    def when_free(self, ask: Callable[[], object]) -> None:
        """What nobody asked for is said once no other box is open, one after the other."""
        self._waiting.append(ask)
        self._go_on()

    def forget_waiting(self) -> None:
        """What was not said yet stays unsaid: whom it was for is gone."""
        self._waiting.clear()

    def explain(self, error: PmdeskError) -> None:
        """The user has read what went wrong and what to do."""
        self._show(_Icon.Warning, told(error), "")

    def apologise(self, report: str) -> None:
        """The user knows of a fault of pmdesk, and can copy the report."""
        box = self._box(
            _Icon.Critical,
            _("Something went wrong in pmdesk. What was saved before is safe."),
            _("Please start pmdesk again. If it happens again, send the details to your helper."),
        )
        box.setDetailedText(report)
        box.addButton(_("Close"), _Part.AcceptRole)
        box.exec()

    def open_file(self, title: str, kinds: str, *, folder: Path | None = None) -> Path | None:
        """An existing file; `kinds` in Qt's form, such as `Excel (*.xlsx)`."""
        start = str(folder or documents())
        name, _kind = QFileDialog.getOpenFileName(self.parent, title, start, kinds)
        return Path(name) if name else None

    def save_file(self, title: str, suggested: Path | str, kinds: str) -> Path | None:
        """Where to write, among the documents unless another folder is named.

        The file ends as one of its kinds does, and nothing is replaced unasked.
        """
        start = str(documents() / suggested)  # a whole path stays as it is
        name, kind = QFileDialog.getSaveFileName(self.parent, title, start, kinds)
        if not name or name.lower().endswith(_endings(kinds)):
            return Path(name) if name else None
        path = Path(f"{name}{_endings(kind or kinds)[0]}")  # of this file nobody was asked
        words = _("“{name}” is there already. Replace it?").format(name=path.name)
        return None if path.exists() and not self.confirm(words, yes=_("Replace")) else path

    def folder(self, title: str, *, start: Path | None = None) -> Path | None:
        """A folder."""
        name = QFileDialog.getExistingDirectory(self.parent, title, str(start or documents()))
        return Path(name) if name else None

    def dismiss(self) -> None:
        """No question is open any more; each open one was answered with going back."""
        self.forget_waiting()
        while (open_box := QApplication.activeModalWidget()) is not None:
            if not open_box.close():
                return

    def _go_on(self) -> None:
        if not self._waiting:
            return
        if QApplication.activeModalWidget() is None:
            self._waiting.popleft()()
        if self._waiting:
            self._again = QTimer(singleShot=True, interval=_LOOK_MS)
            self._again.timeout.connect(self._go_on)
            self._again.start()

    def _show(self, icon: QMessageBox.Icon, sentence: str, detail: str) -> None:
        box = self._box(icon, sentence, detail)
        box.addButton(_("OK"), _Part.AcceptRole)
        box.exec()

    def _box(self, icon: QMessageBox.Icon, sentence: str, detail: str) -> QMessageBox:
        box = QMessageBox(self.parent)
        box.setIcon(icon)
        box.setWindowTitle(QApplication.applicationDisplayName())
        box.setText(sentence)
        box.setInformativeText(detail)
        return box


def _endings(kinds: str) -> tuple[str, ...]:
    """With which names of these kinds end."""
    return tuple(re.findall(r"\*(\.[\w.]+)", kinds)) or ("",)
