"""The key file changed by chance or by intent: never accepted, never dear, never a crash."""

import random
import shutil
from dataclasses import replace
from typing import Any

import pytest

from pmdesk.app import offices
from pmdesk.domain.staff import Role
from pmdesk.errors import VaultDamagedError, VaultTooNewError, WrongKeyError
from pmdesk.store.vault import folder as files
from pmdesk.store.vault import trust, vault
from pmdesk.store.vault.canonical import canon, parse
from pmdesk.store.vault.header import State
from pmdesk.store.vault.kdf import Kdf
from tests.faults.mutating import mutated
from tests.faults.scale import counted, times
from tests.offices import PASSPHRASE, founded_office

MUTATIONS = times(2_000, 20_000)
REFUSED = (VaultDamagedError, VaultTooNewError)


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """The key file of another office with the same logins and the same password."""
    folder = tmp_path_factory.mktemp("other") / "office"
    founded_office(folder)
    return (folder / files.HEADER).read_bytes()


@pytest.fixture
def folder(founded, tmp_path):
    """The office, without the copy of its key file: what counts is this one file."""
    shutil.copytree(founded.folder, tmp_path / "office")
    (tmp_path / "office" / files.COPY).unlink()
    return tmp_path / "office"


@pytest.fixture
def derived(monkeypatch):
    """Every derivation that was asked for, none of them done."""
    asked: list[Kdf] = []

    def derive(cost, _password, _salt):
        asked.append(cost)
        return bytes(32)

    monkeypatch.setattr(Kdf, "derive", derive)
    return asked


def put(folder, raw):
    (folder / files.HEADER).write_bytes(raw)


def document_of(folder):
    return parse((folder / files.HEADER).read_bytes())


def opening_is_refused(folder, clock, login="clerk"):
    with pytest.raises(REFUSED) as caught:
        vault.unlock(folder, login=login, password=PASSPHRASE, clock=clock)
    return caught.value.sentence


def test_no_mutation_of_the_key_file_is_accepted(folder, other, derived, clock, figure):
    raw, dearest = (folder / files.HEADER).read_bytes(), 0
    for number in counted("mutations of the key file", MUTATIONS):
        derived.clear()
        put(folder, mutated(raw, random.Random(f"header {number}"), other))
        opening_is_refused(folder, clock)
        dearest = max(dearest, len(derived))

    assert dearest <= 1
    put(folder, raw)
    with pytest.raises(WrongKeyError):  # the file itself is fine, the derived key is not
        vault.unlock(folder, login="clerk", password=PASSPHRASE, clock=clock)
    outcome = f"0 accepted, 0 uncaught, at most {dearest} derivations each"
    figure("mutations of the key file", MUTATIONS, outcome)


def test_the_copy_stands_in_for_a_mutated_key_file_and_mends_it(founded, tmp_path, clock):
    folder = tmp_path / "office"
    shutil.copytree(founded.folder, folder)
    raw = (folder / files.HEADER).read_bytes()
    put(folder, mutated(raw, random.Random(1)))

    offices.sign_in(folder, "clerk", PASSPHRASE, clock).close()

    assert (folder / files.HEADER).read_bytes() == raw


@pytest.mark.parametrize(("part", "dear"), [("m", 1 << 31), ("m", 1 << 20), ("t", 999), ("p", 255)])
def test_a_forged_cost_is_refused_before_any_work(folder, derived, clock, part, dear):
    doc = document_of(folder)
    for user in doc["users"]:
        user["kdf"][part] = dear
    put(folder, canon(doc))

    opening_is_refused(folder, clock)
    assert derived == []


def test_the_roster_of_another_office_is_refused(folder, other, derived, clock):
    doc, foreign = document_of(folder), parse(other)
    doc.update({key: foreign[key] for key in ("users", "roster_by", "roster_sig")})
    put(folder, canon(doc))

    opening_is_refused(folder, clock)
    assert derived == []


@pytest.mark.parametrize(("part", "value"), [("role", "admin"), ("state", "disabled")])
def test_a_clerk_who_edits_an_account_in_the_file_is_refused(folder, derived, clock, part, value):
    doc = document_of(folder)
    user = next(one for one in doc["users"] if one["login"] == "clerk")
    user[part] = value
    user["grants"] = doc["users"][0]["grants"] if part == "role" else {}
    put(folder, canon(doc))

    opening_is_refused(folder, clock)
    assert derived == []


@pytest.mark.parametrize("parts", [("box",), ("sig",), ("box", "sig"), ("slot", "slot_sig", "kdf")])
def test_keys_of_two_accounts_in_each_others_place_are_refused(folder, derived, clock, parts):
    doc = document_of(folder)
    one, two = doc["users"][0], doc["users"][-1]
    for part in parts:
        one[part], two[part] = two[part], one[part]
    put(folder, canon(doc))

    opening_is_refused(folder, clock)
    assert derived == []


def test_a_whole_other_key_file_is_refused_by_who_saw_the_first(folder, other, clock):
    known = files.load_header(folder).root
    put(folder, other)

    with pytest.raises(vault.RootChangedError):
        vault.unlock(folder, login="clerk", password=PASSPHRASE, clock=clock, trusted_root=known)


def test_an_older_key_file_is_told_by_the_accounts_in_the_data(founded, tmp_path, clock):
    """An old roster is signed as well as the present one: what tells is the row in the data."""
    office = founded.copied(tmp_path / "office", clock)
    admin = office.session("admin")
    old = (office.folder / files.HEADER).read_bytes()
    from pmdesk.services import staff

    staff.disable(admin, founded.signers["clerk"].uid)
    office.close()
    for name in (files.HEADER, files.COPY):
        (office.folder / name).write_bytes(old)

    entered = offices.sign_in(office.folder, "reviewer", PASSPHRASE, clock)
    with entered.session.store.reading() as work:
        found = work.proof.differences()
    entered.close()
    assert [one.target for one in found] == [f"staff:{founded.signers['clerk'].uid}"]
    brought_back: Any = files.load_header(office.folder).login("clerk")
    assert brought_back.state is State.ACTIVE


def test_a_key_file_of_before_another_generation_names_a_file_that_is_gone(
    founded, tmp_path, clock
):
    office = founded.copied(tmp_path / "office", clock)
    office.session("admin")
    old, path = files.load_header(office.folder), office.folder
    turned, _signer = office.opened["admin"].turned()
    office.close()
    (path / old.db).rename(path / turned.db)

    with pytest.raises(VaultDamagedError, match="missing or empty"):
        vault.unlock(path, login="clerk", password=PASSPHRASE, clock=clock)


def test_a_role_that_no_administrator_signed_opens_nothing(founded):
    header = files.load_header(founded.folder)
    clerk = header.login("clerk")
    users = tuple(replace(u, role=Role.ADMIN) if u is clerk else u for u in header.users)

    with pytest.raises(VaultDamagedError):
        trust.read(trust.written(replace(header, users=users)))
