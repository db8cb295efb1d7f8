"""The log holds what was done by whom, and every way of changing it afterwards shows."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.staff import Role
from pmdesk.store import schema
from pmdesk.store.audit import FIRST, SqlAudit, chained, commitment, verify
from pmdesk.store.context import StoreContext
from pmdesk.store.vault.canonical import canon, parse
from tests.store.conftest import AT

ONE, TWO = "1" * 32, "2" * 32


def pen_of(uid, role=Role.CLERK):
    """An account with a key of its own."""
    key = Ed25519PrivateKey.generate()
    return StoreContext(
        uid=uid,
        role=role,
        sign=key.sign,
        public=key.public_key().public_bytes_raw(),
        certify=lambda: f"enrolled {uid}",
        vault_id="v" * 32,
    )


@pytest.fixture
def pens():
    return pen_of(ONE), pen_of(TWO, Role.MANAGER)


@pytest.fixture
def audit(connection, pens):
    """A log of eight acts by two people."""
    logs = [SqlAudit(connection, pen) for pen in pens]
    for place in range(8):
        logs[place % 2].append(
            "resident.save",
            f"person:{place % 3}",
            fields=("clean_need", "quiet"),
            at=AT + timedelta(seconds=place),
            row={"clean_need": f"值{place}"} if place % 2 else None,
        )
    return logs[0]


@pytest.fixture
def links(audit):
    return list(audit.links())


@pytest.fixture
def keys(audit):
    return audit.keys()


def test_the_chain_of_what_was_written_holds(links, keys):
    assert [link.seq for link in links] == list(range(1, 9))
    assert verify(links, keys) is None
    assert verify([], keys) is None


def test_an_entry_has_the_bytes_that_the_format_says(links):
    body = parse(links[1].body)
    assert body.pop("commit") is not None
    assert body == {
        "seq": 2,
        "time": "2026-03-02T01:00:01.000000+00:00",
        "user": TWO,
        "role": "manager",
        "action": "resident.save",
        "object": "person:1",
        "fields": ["clean_need", "quiet"],
    }
    assert canon(parse(links[1].body)) == links[1].body
    assert links[0].hash == chained(FIRST, links[0].body)
    assert links[1].hash == chained(links[0].hash, links[1].body)
    assert parse(links[0].body)["commit"] is None


def test_values_stand_beside_the_chain_and_can_go(audit, connection, links, keys):
    row = connection.execute(select(schema.audit_salt)).first()
    assert commitment(row.salt, row.row.encode()).hex() == parse(links[row.seq - 1].body)["commit"]
    assert not any("值".encode() in link.body for link in links)
    assert len(connection.execute(select(schema.audit_salt)).all()) == 4
    connection.execute(delete(schema.audit_salt))
    assert verify(audit.links(), keys) is None


def test_each_key_is_on_record_with_its_certificate(audit, connection, pens):
    rows = connection.execute(select(schema.signer)).all()
    assert {(row.uid, row.key, row.certificate) for row in rows} == {
        (pen.uid, pen.public, pen.certificate) for pen in pens
    }


def test_entries_are_read_newest_first(audit):
    recent = audit.recent(3)
    assert [entry.seq for entry in recent] == [8, 7, 6]
    assert recent[0].at == AT + timedelta(seconds=7)
    assert (recent[0].by, recent[0].role, recent[0].action) == (TWO, Role.MANAGER, "resident.save")
    assert recent[0].fields == ("clean_need", "quiet")
    assert [entry.seq for entry in audit.about("person:1")] == [8, 5, 2]


@pytest.mark.parametrize("seq", range(1, 9))
def test_an_edited_entry_is_found(links, keys, seq):
    link = links[seq - 1]
    forged = link.body.replace(b"resident.save", b"resident.kept")
    assert verify(put(links, replace(link, body=forged)), keys) == seq
    for part in ("hash", "sig"):
        damaged = bytes([getattr(link, part)[0] ^ 1]) + getattr(link, part)[1:]
        assert verify(put(links, replace(link, **{part: damaged})), keys) == seq
    assert verify(put(links, replace(link, target="person:9")), keys) == seq


def test_an_edit_with_the_chain_mended_is_found_by_the_signature(links, keys):
    mended, prev = [], FIRST
    for link in links:
        body = link.body.replace(b"person:2", b"person:1")
        target = link.target.replace("person:2", "person:1")
        prev = chained(prev, body)
        mended.append(replace(link, body=body, hash=prev, target=target))
    assert verify(mended, keys) == 3


@pytest.mark.parametrize("seq", range(1, 8))
def test_an_entry_taken_out_is_found(links, keys, seq):
    assert verify([link for link in links if link.seq != seq], keys) == seq
    closed = [replace(link, seq=place) for place, link in enumerate(links, 1) if link.seq != seq]
    assert verify(closed, keys) is not None


@pytest.mark.parametrize("seq", range(1, 8))
def test_two_entries_in_the_wrong_order_are_found(links, keys, seq):
    swapped = [*links[: seq - 1], links[seq], links[seq - 1], *links[seq + 1 :]]
    assert verify(swapped, keys) == seq


def test_an_entry_put_in_under_another_name_is_found(links, keys, pens):
    """The forger holds the data key and a signing key of his own."""
    body = canon(parse(links[-1].body) | {"seq": 9, "user": TWO})
    digest = chained(links[-1].hash, body)
    target = str(parse(body)["object"])
    forged = replace(
        links[-1], seq=9, body=body, hash=digest, sig=pens[0].sign(digest), target=target
    )
    assert verify([*links, forged], keys) == 9
    assert verify([*links, replace(forged, sig=pens[1].sign(digest))], keys) is None


def test_a_second_spelling_or_a_strange_body_is_found(links, keys, pens):
    strange = (
        links[0].body + b" ",
        b"[]",
        canon({key: value for key, value in parse(links[0].body).items() if key != "role"}),
        canon(parse(links[0].body) | {"user": "unknown"}),
        canon(parse(links[0].body) | {"seq": 2}),
    )
    for body in strange:
        digest = chained(FIRST, body)
        first = replace(links[0], body=body, hash=digest, sig=pens[0].sign(digest))
        assert verify([first], keys) == 1


def test_an_unusable_key_is_no_key(links):
    assert verify(links, {ONE: (b"short",), TWO: ()}) == 1


def test_the_database_refuses_to_change_the_log(audit, connection):
    for statement in ("UPDATE audit SET target = ''", "DELETE FROM audit WHERE seq = 3"):
        with pytest.raises(IntegrityError):
            connection.exec_driver_sql(statement)


def put(links, changed):
    """The links with one replaced."""
    return [changed if link.seq == changed.seq else link for link in links]
