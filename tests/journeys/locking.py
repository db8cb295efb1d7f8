"""The office locks by itself whatever is open over it, in the real window.

`python -m tests.journeys.locking OFFICE KEPT` signs in once for each thing that holds up a window,
types half a name into the form of a new resident, opens that thing, lets the idle time pass or the
system's bus say that the desk is left, and looks at the sign-in window that has to be there.
"""

import os
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QMimeData, QPoint, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,  # noqa: TID251  # also as the program does not use it
    QLineEdit,
    QMenu,
    QMessageBox,  # noqa: TID251  # as above
)

from pmdesk.app.room import _stopped_words
from pmdesk.domain.progress import silent
from pmdesk.i18n import _, ngettext
from pmdesk.services import drafts
from pmdesk.store.vault import folder as files
from pmdesk.ui.pages.registration import RegistrationPage
from pmdesk.ui.printing import document, paragraph, preview
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.shell import Shell
from tests.journeys.program import opened
from tests.journeys.sights import signs_in

TYPED = "欧阳半途"
BEGUN: list[str] = []  # forms that nobody finished: each stays
SOON_MS, TICK_MS = 150, 40
_LOGIN, _SAVER = "org.freedesktop.login1", "org.freedesktop.ScreenSaver"


class Asking(QDialog):
    """A dialog that will not be closed without an answer."""

    def reject(self):
        """Asks, and the question waits for somebody."""
        QMessageBox.question(self, "pmdesk", "?")


def a_question(desk):
    """A message box that waits for an answer."""
    desk.room._prompts.confirm("?", yes="!")


def a_told_sentence(desk):
    """A message box with one button."""
    desk.room._prompts.tell("…")


def a_typed_answer(desk):
    """A question for a line of text."""
    desk.room._prompts.ask_text("?")


def a_dialog(desk):
    """A dialog of the program, with a passphrase half typed."""
    desk.room._change_password()


def a_dialog_that_asks(desk):
    """Closing it opens another question: nobody is there to answer."""
    Asking(desk.room.main).exec()


def a_nested_menu(desk):
    """A menu with a menu of its own, both open."""
    menu = QMenu(desk.room.main)
    below = menu.addMenu("…")
    below.addAction("…")
    QTimer.singleShot(30, partial(below.popup, desk.room.main.mapToGlobal(QPoint(90, 90))))
    menu.exec(desk.room.main.mapToGlobal(QPoint(40, 40)))


def a_list_of_choices(desk):
    """The list of a combo box, dropped down."""
    box = QComboBox(desk.room.main)
    box.addItems(["1", "2"])
    box.show()
    box.showPopup()


def a_print_preview(desk):
    """What would go to paper, with names on it."""
    preview(document([paragraph(TYPED)]), "…", desk.room.main)


def a_file_chooser(desk):
    """Where to write a file, as the system shows it; Qt's own where the system has none."""
    QFileDialog.getSaveFileName(desk.room.main, "…", "…")


def a_folder_chooser_of_qt(desk):
    """The dialog that Qt draws itself."""
    only = QFileDialog.Option.DontUseNativeDialog
    QFileDialog.getExistingDirectory(desk.room.main, "…", "", only)


def a_drag(desk):
    """Something is held by the mouse."""
    held = QDrag(desk.room.main)
    data = QMimeData()
    data.setText(TYPED)
    held.setMimeData(data)
    let_go = QTimer(desk)
    # in a process that is replaced the drag ends with it; here it is let go once that is shown
    let_go.timeout.connect(lambda: desk.room is None and QDrag.cancel())
    let_go.start(TICK_MS)
    held.exec()
    let_go.stop()


def a_long_task(desk):
    """A task that writes for minutes; it is stopped, and undone."""
    session = desk.room.entered.session

    def work(progress):
        with session.store.writing() as unit:
            unit.drafts.put("locking", "half", "{}", at=session.clock.now())
            while True:
                progress.report(1, 2)

    desk.room.tasks.long(work, owner=desk.room, reported=silent)


OVER = (
    a_question,
    a_told_sentence,
    a_typed_answer,
    a_dialog,
    a_dialog_that_asks,
    a_nested_menu,
    a_list_of_choices,
    a_print_preview,
    a_file_chooser,
    a_folder_chooser_of_qt,
    a_drag,
    a_long_task,
)


def half_typed(hand, desk):
    """Somebody is being registered, each time anew; the name is in the form and nowhere else."""
    BEGUN.append(TYPED)
    desk.room.entered.session.clock.advance(seconds=1)
    desk.room.navigator.register()
    page = desk.room.main.findChild(RegistrationPage)
    hand.until("the form", lambda: page.isVisible())
    hand.compose(TYPED, "ouyangbantu")
    QGuiApplication.clipboard().setText(TYPED)


def is_locked(hand, desk, what):
    """Nothing of the office is on the screen or in this process, and the sign-in window waits."""
    hand.until(f"the lock over {what}", lambda: desk.room is None and hand.all("password"))
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert [type(one) for one in shown] == [Shell], shown
    words = ngettext(
        "{count} unsaved draft comes back after signing in.",
        "{count} unsaved drafts come back after signing in.",
        len(BEGUN),
    )
    hand.reads(words.format(count=len(BEGUN)))
    assert QGuiApplication.clipboard().text() != TYPED
    hand.picture(f"locked-{what}")


def comes_back(hand, desk):
    """What was typed is in the form again; what the stopped task wrote is nowhere."""
    desk.room.navigator.register()
    page = desk.room.main.findChild(RegistrationPage)
    hand.click(_("Restore"), page)
    lines = page.findChildren(QLineEdit)
    hand.until("what was typed", lambda: any(TYPED in line.text() for line in lines))
    assert "locking" not in {one.page for one in drafts.mine(desk.room.entered.session)}


@contextmanager
def left_alone(desk):
    """Within the block the idle time runs out at once, looked at by the watch's own timer."""
    QTimer.singleShot(SOON_MS, partial(desk.idle.set_minutes, 0))
    yield
    desk.idle.set_minutes(10)


def locks_over(hand, desk, office, open_over):
    """One sign-in, one thing open, one lock."""
    name = open_over.__name__
    signs_in(hand, "clerk")
    half_typed(hand, desk)
    keys = tuple(desk.room.entered.close.__self__.vault._signer.rings.values())
    with left_alone(desk):
        open_over(desk)
        is_locked(hand, desk, name)
    assert not any(any(key) for key in keys), name
    files.locked(office).release()  # nobody holds the office


def stopped_task_is_told(hand, desk):
    """After the lock over a long task, its owner hears that nothing came of it."""
    sentence = _stopped_words(1)
    heard = []
    with patch.object(Prompts, "tell", lambda _self, said, **_more: heard.append(said)):
        signs_in(hand, "clerk")
        hand.until("the sentence", lambda: heard)
    assert heard == [sentence]
    comes_back(hand, desk)


def system_locks(hand, desk, office):
    """The session is locked, or sleep is near: the bus tells it, while a question is open."""
    if not os.environ.get("DBUS_SYSTEM_BUS_ADDRESS"):
        return
    told = (
        (QDBusConnection.systemBus(), f"/{_LOGIN.replace('.', '/')}", f"{_LOGIN}.Manager",
         "PrepareForSleep"),
        (QDBusConnection.sessionBus(), "/org/freedesktop/ScreenSaver", _SAVER, "ActiveChanged"),
    )  # fmt: skip
    for bus, path, interface, signal in told:
        signs_in(hand, "clerk")
        half_typed(hand, desk)
        message = QDBusMessage.createSignal(path, interface, signal)
        message.setArguments([True])
        QTimer.singleShot(SOON_MS, partial(bus.send, message))
        a_question(desk)
        is_locked(hand, desk, signal)
        files.locked(office).release()


def main(office, kept):
    """All of it, one after the other."""
    hand, desk = opened(office, kept)
    desk.idle._timer.setInterval(TICK_MS)
    for open_over in OVER:
        sys.stdout.write(f"{open_over.__name__}\n")
        sys.stdout.flush()
        locks_over(hand, desk, office, open_over)
    stopped_task_is_told(hand, desk)
    system_locks(hand, desk, office)
    desk.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
