"""Offices and backups of every released version open with each passphrase, and hold what they held.

`make_golden.py` makes the next one; what is there is never made again.
"""

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from pmdesk.app import offices
from pmdesk.domain.backups import Owner
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.orders.order import OrderId
from pmdesk.domain.people import PersonId
from pmdesk.domain.progress import silent
from pmdesk.services import residents, undertakings
from pmdesk.store import audit, migrations
from pmdesk.store.backup import container, opening, restoring
from pmdesk.store.vault import vault
from tests.fakes import FakeClock
from tests.offices import CHEAP, P2, PASSPHRASE, PLATE, PLATE_NO, tier

GOLDEN = Path(__file__).parent / "golden"
VERSIONS = sorted(path.name for path in GOLDEN.iterdir())
WITH_BACKUP = [name for name in VERSIONS if list((GOLDEN / name).glob("*.pmbak"))]


@dataclass
class Golden:
    """A copy of one of them, and what it is said to hold."""

    folder: Path
    told: Any
    clock: FakeClock

    def signed_in(self, login="manager"):
        passphrase = self.told["passphrases"][login]
        opened = offices.sign_in(self.folder, login, passphrase, self.clock)
        return replace(opened, session=undertaken(opened.session))


@pytest.fixture(params=VERSIONS)
def golden(request, tmp_path, clock):
    """The golden office of each version, to do with as one likes."""
    shutil.copytree(GOLDEN / request.param / "office", tmp_path / "office")
    told = json.loads((GOLDEN / request.param / "golden.json").read_text(encoding="utf-8"))
    clock.advance(hours=3)
    return Golden(tmp_path / "office", told, clock)


def test_every_released_schema_has_its_golden_office_but_the_one_being_made():
    known = {script.revision for script in migrations._SCRIPTS.walk_revisions()}

    assert {migrations.HEAD} >= known - set(VERSIONS)
    assert WITH_BACKUP, "the first version that had backups"


def test_it_is_of_the_version_it_says(golden, clock):
    passphrase = golden.told["passphrases"]["admin"]
    opened = vault.unlock(golden.folder, login="admin", password=passphrase, clock=clock)
    with opened.engine.connect() as connection:
        found = migrations.revision(connection)
    opened.close()

    assert found == golden.told["schema"]


def test_each_passphrase_and_the_recovery_key_open_it(golden):
    for login in golden.told["passphrases"]:
        opened = golden.signed_in(login)
        with opened.vault.engine.connect() as connection:
            assert migrations.revision(connection) == migrations.HEAD
        opened.close()
    opened, _fresh = offices.recover(
        golden.folder, golden.told["recovery"], "admin", PASSPHRASE, golden.clock
    )
    opened.close()


def test_its_people_and_their_sealed_values_are_as_they_were(golden):
    opened = golden.signed_in()
    assert len(golden.told["people"]) > 2
    for person in golden.told["people"]:
        matches(opened.session, person)
    opened.close()


def test_its_people_are_found_by_name_room_and_number(golden):
    opened = golden.signed_in()
    for person in golden.told["people"]:
        for text in (person["name"], person["name"][:2], person["mobile"], person["room"]):
            assert found(opened.session, text) == [person["id"]], text
    assert found(opened.session, "诸葛") == []
    opened.close()


def test_its_orders_and_what_was_said_are_as_they_were(golden):
    opened = golden.signed_in()
    for told in golden.told.get("orders", ()):  # the first versions kept none
        with opened.session.store.reading() as work:
            held = work.orders.get(OrderId(told["id"]))
        assert (held.kind, held.words) == (told["kind"], told["words"])
    opened.close()


def test_the_newest_of_them_keeps_orders():
    told = json.loads((GOLDEN / VERSIONS[-1] / "golden.json").read_text(encoding="utf-8"))
    assert len(told["orders"]) > 2


def test_its_log_holds_and_goes_on_from_where_it_was(golden):
    golden.signed_in("clerk").close()
    opened = golden.signed_in()
    with opened.session.store.reading() as work:
        log: Any = work.audit
        links = list(log.links())
        broken = audit.verify(links, log.keys())
    opened.close()

    told = golden.told["entries"]
    assert broken is None
    assert links[told["count"] - 1].hash.hex() == told["head"]


@pytest.mark.parametrize("version", WITH_BACKUP)
def test_its_backup_restores_to_the_same_office(version, tmp_path, clock):
    told = json.loads((GOLDEN / version / "golden.json").read_text(encoding="utf-8"))
    file = shutil.copy(GOLDEN / version / told["backup"]["file"], tmp_path)
    for secret in (told["backup"]["passphrase"], told["recovery"]):
        folder = tmp_path / f"restored-{len(secret)}"
        restore(Path(file), secret, folder, clock)
        opened = offices.sign_in(folder, "admin", PASSPHRASE, clock)
        for person in told["people"]:
            matches(opened.session, person)
        opened.close()


def restore(file, secret, folder, clock):
    """The office of the backup lies in the folder."""
    held = container.opened(file)
    owner = Owner(folder=folder, login="admin", name="", password=PASSPHRASE)
    into = restoring.Into(owner=owner, clock=clock, cost=CHEAP)
    restoring.restore(held, opening.by_either(held, secret), into, silent)


def matches(session, told):
    """The person is there as the record beside the office says."""
    person = PersonId(told["id"])
    with session.store.reading() as work:
        held = work.people.get(person)
        answers = work.answers.get(person, P2)
    values = {key: value for key, value in (answers.values if answers else {}).items() if value}
    listed = {key: list(v) if isinstance(v, tuple) else v for key, v in values.items()}
    assert (held.name, held.mobile) == (told["name"], told["mobile"])
    assert listed == told["values"]
    assert tier(session, person) == told["tier"]
    if told["plate"]:
        sworn = undertaken(session)
        assert residents.open_sealed(sworn, person, PLATE, PLATE_NO, "核对车位") == told["plate"]


def undertaken(session):
    """The session, with the undertaking signed that the first versions did not know."""
    return session if session.undertaken else undertakings.sign(session, session.staff.name)


def found(session, text):
    """The ids of the people that a search finds."""
    return list(residents.found(session, ResidentQuery(text=text)))
