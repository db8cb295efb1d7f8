"""A backup that is not byte for byte what was made is refused, before any slow derivation twice."""

import hashlib
import json
import random

import pytest

from pmdesk.domain.progress import silent
from pmdesk.errors import PmdeskError, StorageError, VaultDamagedError, VaultTooNewError
from pmdesk.store.backup import container, lock, opening
from pmdesk.store.backup.header import LONGEST, mac_of, signed, written
from pmdesk.store.vault.canonical import canon
from pmdesk.store.vault.kdf import Kdf
from pmdesk.store.vault.keys import KeyPair
from tests.store.backup.conftest import SECRET

MUTATIONS = 500
START = 12


def parts(path):
    raw = path.read_bytes()
    length = int.from_bytes(raw[8:START], "big")
    return raw[:8], json.loads(raw[START : START + length]), raw[START + length :]


def put(path, doc, payload, magic=b"PMDBKUP1"):
    raw = doc if isinstance(doc, bytes) else canon(doc)
    path.write_bytes(magic + len(raw).to_bytes(4, "big") + raw + payload)
    return path


def resigned(path, change):
    """The backup with a header that somebody changed and signed with a key of his own."""
    magic, doc, payload = parts(path)
    pen = KeyPair.generated()
    change(doc)
    doc["pen"] = pen.pen_public
    del doc["sig"]
    doc["sig"] = pen.sign(canon(["pmdesk-backup-sig", 1, doc])).hex()
    return put(path, doc, payload, magic)


def tried(path):
    """The backup opened with the right passphrase and looked at byte by byte."""
    found = container.opened(path)
    container.require_intact(found, silent)
    return opening.by_passphrase(found, SECRET)


def mutated(chance, raw, head):
    """The bytes with a bit, a byte or a stretch changed; half of the time in the beginning."""
    raw = bytearray(raw)
    place = chance.randrange(head if chance.random() < 0.5 else len(raw))
    kind = chance.randrange(6)
    if kind == 0:
        raw[place] ^= 1 << chance.randrange(8)
    elif kind == 1:
        raw[place] = (raw[place] + chance.randrange(1, 256)) % 256
    elif kind == 2:
        del raw[place]
    elif kind == 3:
        raw.insert(place, chance.randrange(256))
    elif kind == 4:
        del raw[place:]
    else:
        other = chance.randrange(len(raw) - 8)
        raw[place : place + 8] = raw[other : other + 8]
    return bytes(raw)


def test_of_five_hundred_changed_backups_none_is_taken_and_none_derives_twice(
    made, tmp_path, monkeypatch
):
    chance, whole = random.Random(29), made.path.read_bytes()
    head = START + int.from_bytes(whole[8:START], "big")
    path = tmp_path / "changed.pmbak"
    derived: list[int] = []
    real = Kdf.derive

    def counted(self, *rest):
        derived.append(1)
        return real(self, *rest)

    monkeypatch.setattr(Kdf, "derive", counted)

    for _number in range(MUTATIONS):
        raw = mutated(chance, whole, head)
        if raw == whole:
            continue
        path.write_bytes(raw)
        derived.clear()
        with pytest.raises(PmdeskError):
            tried(path)
        assert len(derived) <= 1


def test_the_same_bytes_are_taken(made):
    assert tried(made.path).data


def test_a_backup_says_how_many_bytes_its_tail_lacks(backup):
    raw = backup.read_bytes()
    backup.write_bytes(raw[:-4096])

    with pytest.raises(VaultDamagedError) as caught:
        container.opened(backup)

    assert caught.value.places == {"count": 4096}
    assert "cut off" in caught.value.sentence


def test_bytes_behind_the_end_are_refused(backup):
    backup.write_bytes(backup.read_bytes() + b"x")

    with pytest.raises(VaultDamagedError, match="too many"):
        container.opened(backup)


@pytest.mark.parametrize("raw", [b"", b"PMDBKUP1", b"SQLite format 3\x00" * 9, b"PMDBKUP1\xff" * 4])
def test_another_file_is_no_backup(backup, raw):
    backup.write_bytes(raw)

    with pytest.raises(VaultDamagedError, match="not a backup"):
        container.opened(backup)


def test_a_beginning_in_another_spelling_is_refused(backup):
    _magic, doc, payload = parts(backup)
    put(backup, json.dumps(doc, sort_keys=True).encode(), payload)

    with pytest.raises(VaultDamagedError, match="beginning"):
        container.opened(backup)


def test_a_key_twice_is_refused(backup):
    _magic, doc, payload = parts(backup)
    raw = canon(doc)
    put(backup, raw[:-1] + b',"vault":' + canon(doc["vault"]) + b"}", payload)

    with pytest.raises(VaultDamagedError, match="beginning"):
        container.opened(backup)


def test_a_beginning_longer_than_any_is_not_read(backup):
    backup.write_bytes(b"PMDBKUP1" + (LONGEST + 1).to_bytes(4, "big") + b"{" * LONGEST)

    with pytest.raises(VaultDamagedError, match="not a backup"):
        container.opened(backup)


@pytest.mark.parametrize(
    "cost", [{"m": 1 << 21}, {"m": 1 << 20, "t": 21}, {"p": 9}, {"m": 8}, {"t": True}, {"m": "1"}]
)
def test_a_forged_cost_is_refused_before_anything_is_derived(backup, cost, monkeypatch):
    monkeypatch.setattr(Kdf, "derive", lambda *_rest: pytest.fail("derived"))

    resigned(backup, lambda doc: doc["passphrase"]["kdf"].update(cost))

    with pytest.raises(VaultDamagedError, match="beginning"):
        container.opened(backup)


def swapped_roster(doc):
    doc["anchor"]["roster"] = hashlib.sha256(b"mine").hexdigest()


def swapped_recovery(doc):
    pair = KeyPair.generated()
    doc["recovery"]["sig"] = doc["root"] = pair.pen_public


def swapped_sealed(doc):
    doc["sealed_pub"] = KeyPair.generated().box_public


@pytest.mark.parametrize("change", [swapped_roster, swapped_recovery, swapped_sealed])
def test_a_beginning_that_somebody_signed_anew_is_refused_by_its_inner_check(backup, change):
    resigned(backup, change)

    with pytest.raises(VaultDamagedError, match="beginning"):
        opening.by_passphrase(container.opened(backup), SECRET)


def test_a_newer_backup_says_so(backup):
    def newer(doc):
        doc["version"] = 2

    resigned(backup, newer)

    with pytest.raises(VaultTooNewError):
        container.opened(backup)


def test_only_who_has_the_key_can_write_the_inner_check(made):
    header = container.opened(made.path).header
    keys = tried(made.path)

    assert mac_of(keys.data, header) == header.mac
    assert mac_of(bytearray(32), header) != header.mac
    pair = KeyPair.generated()
    assert written(signed(header, pair.sign)) != written(header)


def test_a_missing_file_and_a_folder_are_told_plainly(tmp_path):
    for path in (tmp_path / "none.pmbak", tmp_path):
        with pytest.raises(StorageError):
            container.opened(path)


def test_a_copy_is_the_same_and_nothing_else_is_left(made, tmp_path):
    container.copied(made.path, tmp_path / "copy.pmbak", silent)

    assert (tmp_path / "copy.pmbak").read_bytes() == made.path.read_bytes()
    assert [one.name for one in tmp_path.iterdir()] == ["copy.pmbak"]


def test_a_copy_that_reads_back_otherwise_is_not_kept(made, tmp_path, monkeypatch):
    monkeypatch.setattr(container, "_sha256_from_disk", lambda _path, _tell: "another")

    with pytest.raises(VaultDamagedError):
        container.copied(made.path, tmp_path / "copy.pmbak", silent)
    assert list(tmp_path.iterdir()) == []


def test_a_stick_that_is_pulled_is_told_plainly(made, tmp_path):
    with pytest.raises(StorageError):
        container.copied(made.path, tmp_path / "gone" / "copy.pmbak", silent)


def test_the_lock_beside_the_office_is_not_taken_from_strangers(office, made, back_up):
    back_up(office)
    vault = office.opened["admin"]
    path = vault.folder / lock.FILE
    mine = json.loads(path.read_text())
    assert lock.load(vault.folder, vault.header)

    mine["box"] = KeyPair.generated().box_public
    path.write_bytes(canon(mine))
    assert lock.load(vault.folder, vault.header) is None
    path.write_bytes(b"nonsense")
    assert lock.load(vault.folder, vault.header) is None
