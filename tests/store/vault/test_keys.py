"""Keys open what was meant for them and nothing else."""

import pytest

from pmdesk.store.vault import keys
from pmdesk.store.vault.kdf import LEAST, Kdf, calibrated, strengthened
from pmdesk.store.vault.keys import KeyPair, UnfitKeyError

AAD = ["slot", 1, "a"]


def test_a_slot_gives_the_keys_back_to_the_same_key_and_place():
    pair, kek = KeyPair.generated(), bytes(32)
    slot = pair.wrapped(kek, AAD)
    assert len(slot) == keys.SLOT
    assert KeyPair.unwrapped(slot, kek, AAD) == pair
    for wrong_kek, wrong_aad in ((b"\1" * 32, AAD), (kek, ["slot", 1, "b"])):
        with pytest.raises(UnfitKeyError):
            KeyPair.unwrapped(slot, wrong_kek, wrong_aad)


def test_a_grant_opens_for_its_holder_and_its_place_only():
    mine, other, data = KeyPair.generated(), KeyPair.generated(), keys.new_key()
    grant = keys.sealed(data, mine.box_public, ["grant", "ops"])
    assert len(grant) == keys.GRANT
    assert keys.opened(grant, mine.box, ["grant", "ops"]) == data
    for blob, box, info in (
        (grant, other.box, ["grant", "ops"]),
        (grant, mine.box, ["grant", "sealed"]),
        (grant[:-1], mine.box, ["grant", "ops"]),
        (b"", mine.box, ["grant", "ops"]),
    ):
        with pytest.raises(UnfitKeyError):
            keys.opened(blob, box, info)


def test_a_signature_names_its_writer():
    pair = KeyPair.generated()
    signature = pair.sign(b"entry").hex()
    assert keys.verified(pair.pen_public, signature, b"entry")
    assert not keys.verified(pair.pen_public, signature, b"other")
    assert not keys.verified(KeyPair.generated().pen_public, signature, b"entry")
    assert not keys.verified("zz", signature, b"entry")


def test_wiped_keys_are_zeroes_and_keys_do_not_show_in_print():
    pair = KeyPair.generated()
    assert pair.box.hex() not in repr(pair)
    pair.wipe()
    assert pair == KeyPair(box=bytearray(32), pen=bytearray(32))


@pytest.mark.parametrize(
    "cost",
    [
        {"memory": (1 << 16) - 1},
        {"memory": (1 << 20) + 1},
        {"passes": 0},
        {"passes": 21},
        {"lanes": 0},
        {"lanes": 9},
    ],
)
def test_a_cost_out_of_limits_is_never_built(cost):
    with pytest.raises(ValueError, match="limits"):
        Kdf(**cost)


def test_the_default_cost_is_that_of_the_specification():
    assert Kdf() == Kdf(memory=131072, passes=3, lanes=4)


def test_two_spellings_of_one_password_give_one_key(fast_kdf):
    assert fast_kdf.derive("caf\u00e9", bytes(16)) == fast_kdf.derive("cafe\u0301", bytes(16))


@pytest.mark.parametrize(
    ("seconds", "memory", "passes"),
    [
        *((0.0, 1 << 18, 20), (0.1, 1 << 18, 8), (0.3, 1 << 18, 3), (0.5, 1 << 17, 3)),
        *((0.7, 1 << 17, 3), (1.0, 1 << 17, 3), (1.2, 1 << 16, 3), (9, 1 << 16, 3)),
    ],
)
def test_the_cost_follows_the_speed_of_the_computer(seconds, memory, passes, monkeypatch):
    monkeypatch.setattr(Kdf, "derive", lambda *_: b"")
    ticks = iter((0.0, seconds + 1, 10.0, 10.0 + seconds))
    assert calibrated(lambda: next(ticks)) == Kdf(memory=memory, passes=passes)


def test_no_account_stays_below_64_mib_and_three_passes():
    assert Kdf(memory=65536, passes=3, lanes=4) == LEAST
    for cost in (
        Kdf(memory=65536, passes=1),
        Kdf(memory=65536, passes=2, lanes=1),
        Kdf(memory=1 << 20, passes=1),
    ):
        raised = strengthened(cost, LEAST)
        assert raised.memory >= LEAST.memory
        assert raised.passes >= LEAST.passes
    assert strengthened(Kdf(memory=1 << 18, passes=8), LEAST) == Kdf(memory=1 << 18, passes=8)


def test_each_blob_of_a_bulk_sealer_opens_alone_for_its_holder_and_its_place_only():
    mine, other = KeyPair.generated(), KeyPair.generated()
    seal = keys.bulk_sealer(mine.box_public, ["bulk"])
    first, second = seal(b"one", ["held", 1]), seal(b"one", ["held", 2])
    assert first != second
    assert first.startswith(keys.BULK)
    assert keys.opened_of_bulk(first, mine.box, ["bulk"], ["held", 1]) == b"one"
    assert keys.opened_of_bulk(second, mine.box, ["bulk"], ["held", 2]) == b"one"
    for blob, box, info, own in (
        (first, other.box, ["bulk"], ["held", 1]),
        (first, mine.box, ["bulk"], ["held", 2]),
        (first, mine.box, ["other"], ["held", 1]),
        (first[:-1], mine.box, ["bulk"], ["held", 1]),
        (keys.BULK, mine.box, ["bulk"], ["held", 1]),
    ):
        with pytest.raises(UnfitKeyError):
            keys.opened_of_bulk(blob, box, info, own)
