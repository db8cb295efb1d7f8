"""A backup that somebody remade, or that was damaged before it was packed, is not proved."""

import hashlib
from dataclasses import replace

import pytest

from pmdesk.domain.progress import silent
from pmdesk.errors import VaultDamagedError
from pmdesk.store import anchors, chain, interrupting, schema
from pmdesk.store.backup import container, opening, proving
from pmdesk.store.backup.header import mac_of, signed
from pmdesk.store.vault.engine import WRITE, make_engine
from pmdesk.store.vault.keys import KeyPair
from tests.store.backup.conftest import SECRET


class CancelledError(Exception):
    """Somebody pressed Cancel."""


def tampered(path, statements, pair=None, *, spoil=None, change=None):
    """The backup, remade by somebody who knows its passphrase, with something else inside."""
    found = container.opened(path)
    keys = opening.by_passphrase(found, SECRET)
    inside = path.with_name("inside.db")
    container.extract(found, inside, silent)
    engine = make_engine(inside, keys.data)
    bare = engine.raw_connection()
    bare.cursor().execute("PRAGMA foreign_keys=OFF")
    bare.close()
    with engine.execution_options(**{WRITE: True}).begin() as connection:
        for one in statements:
            connection.exec_driver_sql(one)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
    engine.dispose()
    if spoil is not None:
        raw = bytearray(inside.read_bytes())
        raw[spoil] ^= 1
        inside.write_bytes(raw)
    sha256 = hashlib.sha256(inside.read_bytes()).hexdigest()
    pair = pair or KeyPair.generated()
    header = replace(found.header, size=inside.stat().st_size, sha256=sha256, pen=pair.pen_public)
    header = replace(header, **(change(header) if change else {}))
    header = replace(header, mac=mac_of(keys.data, header))
    container.write(path, signed(header, pair.sign), inside, silent)
    return keys


def refused(path, keys, work):
    with pytest.raises(VaultDamagedError) as caught:
        proving.prove(container.opened(path), keys.data, work, silent)
    return caught.value.sentence


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        ((), "not known"),
        (("DELETE FROM occupancy",), "does not hold what"),
        (("PRAGMA application_id = 7",), "damaged"),
        (("DELETE FROM unit",), "do not belong together"),
    ],
)
def test_a_backup_that_somebody_remade_is_not_proved(backup, tmp_path, statements, words):
    keys = tampered(backup, statements)

    assert words in refused(backup, keys, tmp_path)


@pytest.mark.parametrize("spoil", [100, 5 * 4096 + 40])
def test_a_database_that_was_damaged_before_it_was_packed_is_not_proved(
    made, backup, tmp_path, spoil
):
    pair = made.founded.signers["admin"].pair
    keys = tampered(backup, (), pair, spoil=spoil)

    assert "database" in refused(backup, keys, tmp_path)


def test_a_changed_entry_is_found_though_an_administrator_packed_it(made, backup, tmp_path):
    changed = ("DROP TRIGGER audit_stands", "UPDATE audit SET target = 'x' WHERE seq = 1")
    keys = tampered(backup, changed, made.founded.signers["admin"].pair)

    assert "Entry {count} of the log" in refused(backup, keys, tmp_path)


@pytest.mark.parametrize(("signs", "words"), [(False, "not known"), (True, "not the one")])
def test_an_anchor_of_another_length_is_found(made, backup, tmp_path, signs, words):
    pair = made.founded.signers["admin"].pair

    def shortened(header):
        bare = replace(header.anchor, count=header.anchor.count - 1)
        sig = pair.sign(anchors._body(bare)).hex()
        return {"anchor": replace(bare, sig=sig) if signs else bare}

    keys = tampered(backup, (), pair, change=shortened)

    assert words in refused(backup, keys, tmp_path)


def test_a_check_of_many_pages_can_be_cancelled(made, tmp_path, monkeypatch):
    monkeypatch.setattr(interrupting, "EVERY", 100)
    found = container.opened(made.path)
    keys = opening.by_passphrase(found, SECRET)
    reports = []

    def tell(done, total):
        reports.append(done)
        if reports.count(proving._EXTRACTED) > 3:
            raise CancelledError

    with pytest.raises(CancelledError):
        proving.prove(found, keys.data, tmp_path, tell)


def test_the_log_inside_is_proved_entry_by_entry(office, back_up, tmp_path, monkeypatch):
    path = back_up(office)
    found = container.opened(path)
    keys = opening.by_passphrase(found, SECRET)
    seen = []
    real = chain.check

    def checked(*rest, **more):
        seen.append(real(*rest, **more))
        return seen[-1]

    monkeypatch.setattr(chain, "check", checked)

    proof = proving.prove(found, keys.data, tmp_path, silent)

    assert proof.entries == seen[0].count == len(office.bodies())
    assert schema.audit.name == "audit"
