"""A clerk at work in a process of its own, until the parent has looked at its memory.

`python -m tests.faults.remembering OFFICE KEPT` signs in, shows a resident, types half a name, and
writes the file `open`; when the file `lock` is there, the office locks as it always does: the
process is replaced. KEPT is the home of the settings, so that the new one finds the office.
"""

import ctypes
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from pmdesk import i18n
from pmdesk.app import config
from pmdesk.app.config import TrustedRoots
from pmdesk.app.window import Desk
from pmdesk.assets import asset
from pmdesk.domain.classification import ResidentQuery
from pmdesk.services import residents
from pmdesk.store.vault.hardening import harden_process
from pmdesk.ui.application import make_application
from pmdesk.ui.pages.registration import RegistrationPage
from pmdesk.ui.preferences import OFFICE
from tests.fakes import FakeClock
from tests.offices import PASSPHRASE

HALF = "尉迟半途"
LOOK_MS = 50
_SET_DUMPABLE = 4


def main(office, kept):
    """Runs until it is replaced."""
    harden_process()
    preferences = config.preferences(config.config_folder())
    preferences.put(OFFICE, str(office))
    i18n.install("zh_CN", asset("locale"))
    app = make_application(preferences)
    roots = TrustedRoots(config.config_folder())
    desk = Desk(app, preferences, roots, clock=FakeClock())
    desk.gate.start(office, "manager")
    looking = QTimer(desk)
    looking.timeout.connect(partial(next, steps(desk, kept), None))
    looking.start(LOOK_MS)
    app.exec()


def steps(desk, kept):
    """What is done, in order; each `yield` is a wait."""
    while not desk.gate.shell.was_painted or not desk.gate._tasks.is_idle:
        yield
    page = desk.gate.shell.page
    page.login.setCurrentText("manager")
    page.password.setText(PASSPHRASE)
    page.enter.click()
    while desk.room is None or not desk.room.tasks.is_idle:
        yield
    yield from at_work(desk)
    ctypes.CDLL(None).prctl(_SET_DUMPABLE, 1, 0, 0, 0)  # the parent may look, whoever runs the test
    (kept / "open").touch()
    while not (kept / "lock").exists():
        yield
    desk.room._change_password()  # a dialog is open when the time is over
    desk.idle.set_minutes(0)


def at_work(desk):
    """The list, one resident, the whole phone number in the clipboard, and half a form."""
    session = desk.room.entered.session
    desk.room.main.open_page("residents")
    person = residents.found(session, ResidentQuery())[0]
    desk.room.navigator.open_resident(person)
    while not desk.room.tasks.is_idle:
        yield
    with session.store.reading() as work:
        QGuiApplication.clipboard().setText(work.people.get(person).mobile)
    desk.room.navigator.register(HALF)
    form = desk.room.main.findChild(RegistrationPage)
    form.autosave.touch()
    while not desk.room.tasks.is_idle:
        yield


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
