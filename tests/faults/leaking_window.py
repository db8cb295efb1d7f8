"""The day's work in the real window: signing in, searching, typing, copying, printing, locking."""

import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from pmdesk import i18n
from pmdesk.app import config
from pmdesk.app.config import TrustedRoots
from pmdesk.app.setup import OfficeSetup
from pmdesk.app.window import Desk
from pmdesk.assets import asset
from pmdesk.domain.people import PersonId
from pmdesk.ui import printing
from pmdesk.ui.application import make_application, report_faults
from pmdesk.ui.pages.registration import RegistrationPage
from pmdesk.ui.prompts import Prompts
from tests.fakes import FakeClock
from tests.faults.scanning import hits

WAIT = 60_000  # milliseconds


def in_the_window(told, words, done):
    """One signed-in session from the first picture to the lock."""
    kept = config.config_folder()
    preferences = config.preferences(kept)
    i18n.install("zh_CN", asset("locale"))
    app = make_application(preferences)
    clock = FakeClock()
    clock.advance(minutes=30)
    left: list[int] = []
    desk = Desk(
        app,
        preferences,
        TrustedRoots(kept),
        clock=clock,
        setup=OfficeSetup(clock, told["fresh"]),
        restart=lambda: left.append(1),
    )
    _sign_in(desk, told["office"], words, clock)
    room: Any = desk.room
    _browse(room, words, done)
    _print(told["chosen"], words)
    _save(room.main, told["chosen"], words, done)
    _fault(words, done)
    _lock(desk, words, done)
    done["locked"] = bool(left) and desk.room is None
    desk.close()


def _sign_in(desk, office, words, clock):
    """A wrong passphrase, and then the right one."""
    desk.gate.start(office, "clerk")
    page = desk.gate.shell.page
    for typed in (words["wrong"], words["passphrase"]):
        wait(page.enter.isEnabled)
        clock.advance(minutes=5)
        page.login.setCurrentText("clerk")
        page.password.setText(typed)
        page.enter.click()
        wait(lambda: desk.room is not None or bool(page.message.sentence))
        page.wait(0)


def _lock(desk, words, done):
    """What was copied is gone with the lock."""
    # without a window system Qt does not say whose the clipboard is; nobody else is there
    setattr(QClipboard, "ownsClipboard", lambda _self: True)  # noqa: B010  # it is no method of ours
    QGuiApplication.clipboard().setText(words["plate"])
    desk.lock()
    QGuiApplication.processEvents()
    done["clipboard"] = hits(QGuiApplication.clipboard().text().encode(), words)


def _browse(room, words, done):
    """Searches, opens the person, types half a form, and looks at every page."""
    room.main.search_requested.emit(words["search"])
    for spec in room.main.pages:
        room.main.open_page(spec.key)
        wait(lambda: room.tasks.is_idle)
    room.navigator.open_resident(PersonId(done["person"]))
    wait(lambda: room.tasks.is_idle)
    room.navigator.register(words["typed"])
    (page,) = room.main.findChildren(RegistrationPage)
    page.autosave.touch()
    wait(lambda: room.tasks.is_idle)
    done["pages"] = len(room.main.pages)


def _print(chosen: Path, words):
    """A paper goes to a printer that writes a file where the user says."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(chosen / "printed.pdf"))
    printing.document([printing.paragraph(words["printed"])]).print_(printer)


def _save(window, chosen: Path, words, done):
    """The dialog for saving remembers folders, not what was saved there."""

    def accept():
        dialog: Any = QApplication.activeModalWidget()
        dialog.accept()

    QTimer.singleShot(100, accept)
    named = chosen / f"{words['address']}.pdf"
    done["saved"] = Prompts(window).save_file("", named, "PDF (*.pdf)") == named


def _fault(words, done):
    """A bug somewhere below, with words in reach of the traceback, as the window reports it."""
    reports: list[str] = []  # what a user would send to a helper
    report_faults(reports.append)
    try:
        _broken(dict(words))
    except KeyError:
        sys.excepthook(*sys.exc_info())
    sys.stderr.writelines(reports)
    done["fault"] = len(reports)


def _broken(held):
    return held[held["plate"]]


def wait(until):
    """Events are handled until it is so; what takes longer than a minute is a fault."""
    deadline = QDeadlineTimer(WAIT)
    while not until():
        if deadline.hasExpired():
            raise TimeoutError
        QGuiApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
