"""Makes the golden office of the version it runs in: `python -m tests.faults.make_golden FOLDER`.

Run from a checkout of a released version, with a folder that is not there yet. What it makes is
never made again: later versions must open it as it is.
"""

import json
import sys
from pathlib import Path
from typing import Any

from pmdesk.app import offices
from pmdesk.domain.progress import silent
from pmdesk.services import residents
from pmdesk.services.orders import registering
from pmdesk.store import migrations
from pmdesk.store.backup import lock, making
from tests.fakes import FakeClock
from tests.offices import (
    ACCOUNTS,
    CHEAP,
    P2,
    PASSPHRASE,
    PLATE,
    PLATE_NO,
    SPECIAL,
    answers,
    consenting,
    founded_office,
    resident,
    tier,
)
from tests.services.orders.asked import asked, complaint, public

SECRET = "granite teapot willow sunrise 47"  # of the backup
PEOPLE = (  # all made up
    ("欧阳远山", "13800004201", "1-1-101", SPECIAL, "演A·12345"),
    ("上官知秋", "13800004202", "1-2-202", answers(clean_need="common_only"), "演B·Z8866"),
    ("司徒小满", "13800004203", "2-1-303", answers(clean_need="in_home"), ""),
    ("端木晚晴", "13800004204", "2-2-404", None, ""),
)


def main():
    """The folder holds an office, a backup of it, and what is to be found in both."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True)
    made = founded_office(folder / "office")
    office = made.copied(folder / "work", FakeClock())
    told = {
        "schema": migrations.HEAD,
        "recovery": made.recovery,
        "passphrases": renamed_passphrases(made.folder, office.clock),
    }
    office.close()
    clerk = offices.sign_in(made.folder, "clerk", told["passphrases"]["clerk"], office.clock)
    people = [entered(clerk.session, *person) for person in PEOPLE]
    orders = [ordered(clerk.session, each) for each in (asked(), public(), complaint())]
    clerk.close()
    admin = offices.sign_in(made.folder, "admin", told["passphrases"]["admin"], office.clock)
    told |= {"people": people, "orders": orders, "entries": entries(admin.session)}
    raw: Any = admin.vault.engine.raw_connection().driver_connection
    raw.execute("VACUUM")  # it stays in the repository for ever
    told["backup"] = backed_up(admin.vault, folder, office.clock)
    admin.close()
    cleared(folder)
    (folder / "golden.json").write_text(
        json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def renamed_passphrases(folder, clock):
    """Each account has a passphrase of its own."""
    fresh = {login: f"{PASSPHRASE} of {login}" for login in ACCOUNTS}
    for login, passphrase in fresh.items():
        opened = offices.sign_in(folder, login, PASSPHRASE, clock)
        opened.vault.change_password(PASSPHRASE, passphrase)
        opened.close()
    return fresh


def entered(session, name, mobile, room, values, plate):
    """What the office knows of a new resident."""
    if values is None:
        person = resident(session, name, mobile, room)
    else:
        purposes = (P2, PLATE) if plate else (P2,)
        person = consenting(session, *purposes, values=values, name=name, mobile=mobile, room=room)
    if plate:
        residents.seal_value(session, person, PLATE, PLATE_NO, plate)
    found = {key: values[key] for key in values} if values else {}
    return {
        "id": int(person),
        "name": name,
        "mobile": mobile,
        "room": room,
        "values": found,
        "plate": plate,
        "tier": tier(session, person),
    }


def ordered(session, intake):
    """What the office knows of a new order."""
    order = registering.register(session, intake).order
    return {"id": int(order), "kind": intake.kind, "words": intake.words}


def entries(session):
    """How long the log is, and its last hash."""
    with session.store.reading() as work:
        links = list(work.audit.links())
    return {"count": len(links), "head": links[-1].hash.hex()}


def backed_up(vault, folder, clock):
    """The name of the backup beside the office."""
    found = lock.put(vault, SECRET, CHEAP)
    made = making.make(vault, folder, found, now=clock.now(), name="golden", tell=silent)[0]
    return {"file": made.name, "passphrase": SECRET}


def cleared(folder):
    """Nothing is left but the office itself."""
    for path in sorted((folder / "work").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (folder / "work").rmdir()
    for name in ("app.lock", "throttle.json"):
        (folder / "office" / name).unlink(missing_ok=True)


if __name__ == "__main__":
    main()
