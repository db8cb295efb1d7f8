"""The day's work without a window: the front desk, the back room, and what goes wrong."""

import contextlib
import resource
import signal
from pathlib import Path

from pmdesk.app import offices
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.people import PersonId
from pmdesk.domain.progress import silent
from pmdesk.domain.requests import RequestId
from pmdesk.domain.staff import Role
from pmdesk.services import drafts, notes, residents, staff
from pmdesk.services.exchange import examining, importing
from pmdesk.services.exchange.delimited import table
from pmdesk.services.files import write_whole
from pmdesk.services.paper.receipt import receipt_pdf
from pmdesk.services.rights import request_acts, requests
from pmdesk.store.backup import lock, making
from tests.fakes import FakeClock
from tests.faults.scanning import in_folder
from tests.offices import (
    CHEAP,
    P1,
    P2,
    PAPER,
    PASSPHRASE,
    PLATE,
    PLATE_NO,
    answers,
    decide,
    entry,
    renamed,
)
from tests.services.desk import intake


def at_the_desk(folder, words, done):
    """A clerk registers, takes consent, seals, notes, searches, and changes the passphrase."""
    opened = offices.sign_in(folder, "clerk", PASSPHRASE, FakeClock())
    clerk = opened.session
    person = residents.register(clerk, entry(words["name"], words["mobile"]))
    residents.correct(clerk, person, entry(words["corrected"], words["mobile"]), revision=1)
    paper = renamed(PAPER, paper_ref=words["paper"])
    receipt = decide(clerk, person, {P2: True, PLATE: True}, paper)
    residents.save_answers(clerk, person, P1, answers(mail_address=words["address"]))
    residents.seal_value(clerk, person, PLATE, PLATE_NO, words["plate"])
    notes.add(clerk, person, words["note"])
    drafts.keep(clerk, "answers", drafts.answers_of(person, P2), words["draft"])
    request_acts.receive(clerk, intake("D1", person, words=words["request"]))
    residents.found(clerk, ResidentQuery(text=words["search"]))
    staff.change_password(clerk, PASSPHRASE, words["passphrase"])
    done["person"] = int(person)
    done["receipt"] = len(receipt_pdf(receipt))
    opened.close()


def in_the_back_room(told, words, done):
    """An administrator opens the seal, enrols, imports, backs up, and saves a paper where asked."""
    opened = offices.sign_in(told["office"], "admin", PASSPHRASE, FakeClock())
    admin, person = opened.session, PersonId(done["person"])
    clear = residents.open_sealed(admin, person, PLATE, PLATE_NO, words["reason"])
    staff.enrol(admin, "colleague", words["colleague"], words["first"], Role.CLERK)
    rows = f"楼栋\t单元\t房号\t姓名\t手机\n3\t1\t777\t{words['imported']}\t{words['phone']}"
    importing.enter(admin, importing.dry_run(admin, table(rows)))
    found = lock.put(opened.vault, words["backup"], CHEAP)
    into = told["fresh"] / "backups"
    into.mkdir()
    making.make(opened.vault, into, found, now=FakeClock().now(), name="b", tell=silent)
    write_whole(told["chosen"] / "plate.txt", clear.encode())
    done["plate is read"] = clear == words["plate"]
    opened.close()


@contextlib.contextmanager
def no_room(size):
    """The system refuses to let any file grow beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def gone_wrong(folder, words, done, said):
    """Errors of every kind, each with words in the hands of what fails."""
    clock = FakeClock()
    with said(done, "wrong passphrase"):
        offices.sign_in(folder, "clerk", words["wrong"], clock)
    clock.advance(minutes=5)
    with said(done, "wrong recovery key"):
        offices.recover(folder, words["wrong"], "admin", PASSPHRASE, clock)
    clock.advance(minutes=5)
    opened = offices.sign_in(folder, "manager", PASSPHRASE, clock)
    _mistaken(opened.session, PersonId(done["person"]), words, done, said)
    _broken(opened, PersonId(done["person"]), words, done, said)
    opened.close()


def _mistaken(manager, person, words, done, said):
    """What a user does wrong."""
    with said(done, "bad file"):
        path = Path.cwd() / "list.xlsx"
        path.write_bytes(b"PK\x03\x04 broken")
        examining.examine(manager, path)
    with said(done, "bad row"):
        importing.dry_run(manager, table(f"{words['name']}\t{words['mobile']}\n{words['note']}"))
    with said(done, "bad entry"):
        residents.register(manager, entry(words["name"], mobile=words["note"]))
    with said(done, "no such field"):
        residents.open_sealed(manager, person, PLATE, FieldKey(words["plate"]), words["reason"])
    with said(done, "no such request"):
        requests.withdraw(manager, RequestId(4711), words["request"])


def _broken(opened, person, words, done, said):
    """What disk and database do wrong."""
    with said(done, "disk full"), no_room(size=4096):
        changed = entry(words["name"], words["mobile"])
        residents.correct(opened.session, person, changed, revision=2)
    with said(done, "constraint"), opened.vault.engine.connect() as connection:
        connection.exec_driver_sql(
            "INSERT INTO staff (uid, login, name, role, enabled) VALUES (?, 'x', ?, 'clerk', 1)",
            (opened.session.staff.uid, words["colleague"]),
        )


def lost_the_passphrase(told, words, done):
    """The recovery key opens the office; the fresh one is looked for as well."""
    clock = FakeClock()
    clock.advance(hours=1)
    opened, fresh = offices.recover(told["office"], words["recovery"], "admin", PASSPHRASE, clock)
    opened.close()
    done["fresh key"] = fresh != words["recovery"]
    done["fresh key leaks"] = _leaks(told, fresh)


def _leaks(told, key):
    return in_folder(told["fresh"], {"fresh key": key}) + in_folder(told["office"], {"key": key})
