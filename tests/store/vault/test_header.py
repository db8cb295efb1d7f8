"""Every byte of `vault.json` is vouched for: damage and forgery are told before a key is made."""

import json
import random
from dataclasses import replace

import pytest

from pmdesk.domain.staff import Role
from pmdesk.errors import VaultDamagedError, VaultTooNewError
from pmdesk.store.vault import kdf, trust, vault
from pmdesk.store.vault.canonical import canon
from pmdesk.store.vault.header import User
from pmdesk.store.vault.keys import KeyPair

MUTATIONS = 900


@pytest.fixture(scope="session")
def raw(made):
    return (made[0] / "vault.json").read_bytes()


@pytest.fixture(scope="session")
def foreign(tmp_path_factory, fast_kdf):
    folder = tmp_path_factory.mktemp("foreign") / "office"
    opened, _key = vault.create(
        folder,
        office_hint="别家物业",
        login="admin",
        password="tiger lamp orbit cinnamon",
        kdf=fast_kdf,
    )
    opened.close()
    return (folder / "vault.json").read_bytes()


def refused(raw):
    try:
        trust.read(raw)
    except (VaultDamagedError, VaultTooNewError):
        return True
    return False


def test_what_is_written_is_read_back(raw):
    header = trust.read(raw)
    assert trust.written(header) == raw
    assert [user.role for user in header.users] == [
        Role.ADMIN,
        Role.CLERK,
        Role.MANAGER,
        Role.REVIEWER,
    ]
    assert set(json.loads(raw)) == {
        *("format", "version", "vault", "gen", "db", "engine", "root", "sealed_pub", "users"),
        *("recovery", "roster_by", "roster_sig", "head_by", "head_sig"),
    }


def test_no_damaged_byte_is_accepted(raw, foreign, monkeypatch):
    monkeypatch.setattr(kdf.Kdf, "derive", lambda *_: pytest.fail("a key was derived"))
    chance = random.Random(20261102)
    accepted = [
        seed
        for seed in range(MUTATIONS)
        if (changed := _mutated(raw, foreign, chance)) != raw and not refused(changed)
    ]
    assert accepted == []


def _mutated(raw, foreign, chance):
    data, place, size = bytearray(raw), chance.randrange(len(raw)), chance.randrange(1, 200)
    match chance.randrange(6):
        case 0:
            data[place] ^= 1 << chance.randrange(8)
        case 1:
            data[place] = chance.randrange(256)
        case 2:
            del data[place : place + size]
        case 3:
            data[place:place] = data[place : place + size]
        case 4:
            del data[place:]
        case _:
            data[place : place + size] = foreign[place : place + size]
    return bytes(data)


def test_no_exchanged_value_is_accepted(raw, foreign):
    """Well-formed splices: each value replaced by the like value of another user or office."""
    other, accepted = json.loads(foreign), []
    for path in _paths(json.loads(raw)):
        for donor in _donors(json.loads(raw), other, path):
            doc = json.loads(raw)
            _put(doc, path, donor)
            if canon(doc) != raw and not refused(canon(doc)):
                accepted.append(path)
    assert accepted == []


def _paths(value, start=()):
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, inner in items:
        yield (*start, key)
        yield from _paths(inner, (*start, key))


def _donors(doc, other, path):
    yield from ("", 0, None, {}, [])
    if path[0] == "users" and len(path) > 2:
        for user in range(len(doc["users"])):
            yield _get(doc, ("users", user, *path[2:]))
        yield _get(other, ("users", 0, *path[2:]))
    else:
        yield _get(other, path)


def _get(doc, path):
    for key in path:
        try:
            doc = doc[key]
        except (KeyError, IndexError):
            return None
    return doc


def _put(doc, path, value):
    for key in path[:-1]:
        doc = doc[key]
    doc[path[-1]] = value


@pytest.mark.parametrize(
    ("field", "value"),
    [("version", 2), ("version", 999), ("engine", "sqlcipher5/8192")],
)
def test_a_newer_office_asks_for_the_newer_program(raw, field, value):
    doc = json.loads(raw) | {field: value}
    with pytest.raises(VaultTooNewError) as caught:
        trust.read(canon(doc))
    assert "newer version" in caught.value.remedy


def test_a_newer_office_may_have_fields_we_do_not_know(raw):
    with pytest.raises(VaultTooNewError):
        trust.read(canon(json.loads(raw) | {"version": 2, "novelty": 1}))


@pytest.mark.parametrize("value", [True, 0, -1, "2", None, [2]])
def test_nonsense_for_a_version_is_damage(raw, value):
    with pytest.raises(VaultDamagedError):
        trust.read(canon(json.loads(raw) | {"version": value}))


@pytest.mark.parametrize("raw", [b"", b"{}", b"null", b"\x00" * 4096, b"SQLite format 3"])
def test_a_file_that_is_no_header_is_damage(raw):
    with pytest.raises(VaultDamagedError) as caught:
        trust.read(raw)
    assert "backup" in caught.value.remedy


def _forged(header, uid, pair, **parts):
    users = tuple(replace(user, **parts) if user.uid == uid else user for user in header.users)
    return trust.signed(replace(header, users=users), uid, pair)


@pytest.fixture
def clerk(office):
    opened = office.sign_in("clerk")
    return opened.header, opened.identity.uid, opened._signer.pair


def _grants(header, uid):
    box = header.user(uid).box
    rings = {"ops": bytearray(32), "sealed": bytearray(32)}
    return trust.granted(header, uid, box, rings)


def test_a_clerk_who_edits_his_role_is_refused(clerk):
    header, uid, _pair = clerk
    doc = json.loads(trust.written(header))
    mine = next(user for user in doc["users"] if user["uid"] == uid)
    mine["role"] = "manager"
    mine["grants"] = dict(_grants(header, uid))
    assert refused(canon(doc))


def test_a_clerk_who_signs_his_own_promotion_is_refused(clerk):
    header, uid, pair = clerk
    forged = _forged(header, uid, pair, role=Role.ADMIN, grants=_grants(header, uid))
    assert refused(trust.written(forged))


@pytest.mark.parametrize("by", ["self", "admin", "root"])
def test_a_clerk_who_writes_himself_a_certificate_is_refused(clerk, by):
    header, uid, pair = clerk
    admin = header.users[0].uid
    issuer = {"self": uid, "admin": admin, "root": "root"}[by]
    mine = trust.certified(header.user(uid), header.vault, issuer, pair)
    parts = {"role": Role.ADMIN, "grants": _grants(header, uid)}
    parts |= {"cert_by": mine.cert_by, "cert_sig": mine.cert_sig}
    assert refused(trust.written(_forged(header, uid, pair, **parts)))


def test_certificates_in_a_circle_lead_nowhere(clerk):
    header, uid, pair = clerk
    mine = trust.certified(header.user(uid), header.vault, header.users[0].uid, pair)
    stranger = replace(header.users[0], sig=pair.pen_public)
    first = trust.certified(stranger, header.vault, uid, pair)
    forged = trust.signed(replace(header, users=(first, mine)), first.uid, pair)
    assert refused(trust.written(forged))


def test_a_clerk_who_swaps_the_sealing_key_is_refused(clerk):
    header, uid, pair = clerk
    forged = replace(header, sealed_pub=KeyPair.generated().box_public)
    assert refused(trust.written(forged))
    assert refused(trust.written(trust.signed(forged, uid, pair)))


def test_a_forged_cost_is_refused_before_it_is_paid(clerk, monkeypatch):
    header, uid, pair = clerk
    user = header.user(uid)
    assert isinstance(user, User)
    monkeypatch.setattr(kdf, "MEMORY", (1, 1 << 30))
    huge = replace(user.slot, cost=kdf.Kdf(memory=1 << 21))
    slot = trust.with_slot(header.vault, user, pair, bytes(32), huge)
    raw = trust.written(
        replace(
            header,
            users=tuple(replace(u, slot=slot) if u.uid == uid else u for u in header.users),
        )
    )
    monkeypatch.undo()
    monkeypatch.setattr(kdf.Kdf, "derive", lambda *_: pytest.fail("a key was derived"))
    assert refused(raw)


def test_the_fingerprint_of_the_root_can_be_compared_by_eye(raw, foreign):
    shown = trust.fingerprint(trust.read(raw).root)
    assert len(shown.split()) == 5
    assert shown != trust.fingerprint(trust.read(foreign).root)


@pytest.mark.parametrize("act", ["demote", "disable"])
def test_a_former_administrator_signs_nothing_any_more(office, act):
    with office.sign_in("admin") as first:
        uid, pair = first.identity.uid, first._signer.pair
        former = KeyPair(box=bytearray(pair.box), pen=bytearray(pair.pen))
        first.enrol("second", "nine velvet trumpets arguing", Role.ADMIN)
    with office.sign_in("second", "nine velvet trumpets arguing") as second:
        second.set_role(uid, Role.MANAGER) if act == "demote" else second.disable(uid)
        header = second.header
    assert header.user(uid).cert_by == "root"
    assert refused(trust.written(trust.signed(header, uid, former)))
