"""Somebody with the key of the data file and a signing key of his own, and what he does to a log.

Each attack is a function of the raw connection, the attacker and a source of chance; it leaves the
database as its own triggers would never allow.
"""

import json
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pmdesk.domain.staff import Role
from pmdesk.store.audit import FIRST, chained, commitment
from pmdesk.store.vault import trust, voucher
from pmdesk.store.vault.canonical import canon, parse
from pmdesk.store.vault.header import RECOVERY, ROOT, Header, Holder, State, User
from pmdesk.store.vault.keys import KeyPair

ON_LEAVES = ("row_leaves_stand", "row_leaves_stay")


@dataclass
class Attacker:
    """A clerk: his account, his pen, and whose name he would like to use."""

    uid: str
    sign: object
    victim: str


def freed(connection):
    """The log can be written like any other table."""
    for trigger in (*("audit_stands", "audit_stays", "audit_is_new"), *ON_LEAVES):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}")
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")


def entries(connection):
    """Every entry as (seq, body, hash, sig, target)."""
    found = connection.exec_driver_sql(
        "SELECT seq, body, hash, sig, target FROM audit ORDER BY seq"
    )
    return [tuple(row) for row in found]


def count(connection):
    return connection.exec_driver_sql("SELECT max(seq) FROM audit").scalar()


def put(connection, *, seq, body, digest, sig):
    connection.exec_driver_sql("DELETE FROM audit WHERE seq = ?", (seq,))
    target = parse(body)["object"]
    connection.exec_driver_sql(
        "INSERT INTO audit VALUES (?,?,?,?,?)", (seq, body, digest, sig, target)
    )


def changed(body, **parts):
    return canon(parse(body) | parts)


def rechained(connection, attacker, start):
    """From `start` on every entry follows the one before again; his own are signed again."""
    known = entries(connection)
    prev = next((row[2] for row in known if row[0] == start - 1), FIRST)
    for place, (seq, body, _digest, sig, _target) in enumerate(known[start - 1 :], start):
        drop_values(connection, seq)
        connection.exec_driver_sql("DELETE FROM audit WHERE seq = ?", (seq,))
        fresh = changed(body, seq=place)
        digest = chained(prev, fresh)
        mine = parse(fresh)["user"] == attacker.uid
        put(
            connection,
            seq=place,
            body=fresh,
            digest=digest,
            sig=attacker.sign(digest) if mine else sig,
        )
        prev = digest


def copied(connection, tables):
    """The rows of these tables."""
    return {
        name: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name}")]
        for name in tables
    }


def replaced(connection, table, rows):
    """These rows are as they were; nothing that hangs on them falls."""
    columns = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]
    told = ", ".join(f'"{one}" = excluded."{one}"' for one in columns)
    places = ",".join("?" * len(columns))
    for row in rows:
        connection.exec_driver_sql(
            f"INSERT INTO {table} VALUES ({places}) ON CONFLICT DO UPDATE SET {told}", row
        )


def drop_values(connection, seq):
    connection.exec_driver_sql("DELETE FROM audit_salt WHERE seq = ?", (seq,))


def foreign(connection, attacker, chance, *, low=1):
    """The number of an entry by somebody else, not the last one."""
    rows = [
        seq
        for seq, body, *_ in entries(connection)
        if parse(body)["user"] != attacker.uid and low <= seq < count(connection)
    ]
    return chance.choice(rows)


# ---- what can be done to a log -----------------------------------------------------------------


def edit(connection, attacker, chance):
    """One entry says something else."""
    seq = foreign(connection, attacker, chance)
    _seq, body, digest, sig, _target = entries(connection)[seq - 1]
    drop_values(connection, seq)
    put(connection, seq=seq, body=changed(body, action="resident.open"), digest=digest, sig=sig)


def edit_and_rechain(connection, attacker, chance):
    """One entry says something else, and all hashes from there on are made anew."""
    seq = foreign(connection, attacker, chance)
    edit_at(connection, seq)
    rechained(connection, attacker, seq)


def edit_at(connection, seq):
    _seq, body, digest, sig, _target = entries(connection)[seq - 1]
    drop_values(connection, seq)
    put(connection, seq=seq, body=changed(body, object="person:9999"), digest=digest, sig=sig)


def delete_middle(connection, attacker, chance):
    """One entry is gone, perhaps with the gap closed."""
    seq = foreign(connection, attacker, chance, low=2)
    drop_values(connection, seq)
    connection.exec_driver_sql("DELETE FROM audit WHERE seq = ?", (seq,))
    if chance.random() < 0.5:
        rechained(connection, attacker, seq)


def swap(connection, attacker, chance):
    """Two entries stand in each other's place."""
    del attacker
    seq = chance.randrange(1, count(connection) - 1)
    one, two = entries(connection)[seq - 1 : seq + 1]
    for place in (seq, seq + 1):
        drop_values(connection, place)
    for place, row in ((seq, two), (seq + 1, one)):
        put(connection, seq=place, body=row[1], digest=row[2], sig=row[3])


def insert_for_another(connection, attacker, chance):
    """An entry in the name of somebody else, by a key that nobody enrolled for them."""
    _seq, body, digest, _sig, _target = entries(connection)[-1]
    fake = changed(
        body, seq=count(connection) + 1, user=attacker.victim, action="reveal", commit=None
    )
    fresh = chained(digest, fake)
    pen = Ed25519PrivateKey.generate()
    if chance.random() < 0.5:  # he puts his key on record too, with a certificate from elsewhere
        text = connection.exec_driver_sql("SELECT certificate FROM signer LIMIT 1").scalar()
        values = (attacker.victim, pen.public_key().public_bytes_raw(), text)
        connection.exec_driver_sql("INSERT INTO signer VALUES (?,?,?)", values)
    put(connection, seq=count(connection) + 1, body=fake, digest=fresh, sig=pen.sign(fresh))


def replay(connection, attacker, chance):
    """An entry that was true once stands at the end again."""
    seq = foreign(connection, attacker, chance)
    body, digest, sig = entries(connection)[seq - 1][1:4]
    values = (count(connection) + 1, body, digest, sig, parse(body)["object"])
    connection.exec_driver_sql("INSERT INTO audit VALUES (?,?,?,?,?)", values)


def cut(connection, first):
    """Everything from this number on is gone, and what it said of rows."""
    connection.exec_driver_sql("DELETE FROM row_leaves WHERE seq >= ?", (first,))
    connection.exec_driver_sql("DELETE FROM audit_salt WHERE seq >= ?", (first,))
    connection.exec_driver_sql("DELETE FROM audit WHERE seq >= ?", (first,))


def cut_before(connection, attacker, chance, anchor):
    """The tail is gone, and the anchor was in it."""
    del attacker
    cut(connection, chance.randrange(2, anchor.count + 1))


def cut_after(connection, attacker, chance, anchor):
    """The tail is gone, as far as nobody outside remembers it."""
    del attacker
    cut(connection, chance.randrange(anchor.count + 1, count(connection) + 1))


def rewrite_own(connection, attacker, chance, anchor):
    """His own last entries tell another story, signed as well as the first one was."""
    del chance, anchor
    _seq, body, *_ = entries(connection)[-1]
    prev = entries(connection)[-2][2]
    salt, row = secrets.token_bytes(32), canon({"clean_need": "'common_only'"})
    fresh = changed(body, commit=commitment(salt, row).hex())
    digest, last = chained(prev, fresh), count(connection)
    drop_values(connection, last)
    put(connection, seq=last, body=fresh, digest=digest, sig=attacker.sign(digest))
    connection.exec_driver_sql("INSERT INTO audit_salt VALUES (?,?,?)", (last, salt, row.decode()))


def rewrite_everything(connection, header):
    """A whole new log by new keys of everybody, under a new recovery key; tells the new roster."""
    root, admin = KeyPair.generated(), KeyPair.generated()
    pens = {user.uid: KeyPair.generated() for user in header.users}
    pens[header.roster_by] = admin
    text = _roster(header, root, pens)
    connection.exec_driver_sql("DELETE FROM signer")
    connection.exec_driver_sql("DELETE FROM audit_salt")
    old, prev = entries(connection), FIRST
    connection.exec_driver_sql("DELETE FROM audit")
    for seq, body, *_ in old:
        pen = pens[parse(body)["user"]]
        fresh = changed(body, commit=None)
        prev = chained(prev, fresh)
        put(connection, seq=seq, body=fresh, digest=prev, sig=pen.sign(prev))
    for uid, pen in pens.items():
        values = (uid, bytes.fromhex(pen.pen_public), text)
        connection.exec_driver_sql("INSERT INTO signer VALUES (?,?,?)", values)
    return text


def _roster(header, root, pens):
    users = []
    for user in header.users:
        pen = pens[user.uid]
        made = User(
            uid=user.uid, login=user.login, role=user.role, state=State.ACTIVE,
            box=pen.box_public, sig=pen.pen_public, slot=trust.empty_slot(None), grants={},
        )  # fmt: skip
        admin = user.role is Role.ADMIN
        users.append(trust.certified(made, header.vault, ROOT, root) if admin else made)
    forged = Header(
        vault=header.vault, gen=1, root=root.pen_public, sealed_pub="", users=tuple(users),
        recovery=Holder(
            uid=RECOVERY, box="", sig=root.pen_public, slot=trust.empty_slot(None), grants={}
        ),
        roster_by=header.roster_by,
    )  # fmt: skip
    body = trust._roster_body(forged)
    sig = pens[header.roster_by].sign(body).hex()
    text = canon({"roster": body.decode(), "sig": sig}).decode()
    assert voucher.read(text) is not None
    return json.loads(json.dumps(text))
