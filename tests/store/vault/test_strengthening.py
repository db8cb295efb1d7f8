"""The cost of a guess rises with the program: at the next sign-in of each account."""

from pmdesk.errors import StorageError
from pmdesk.store.vault import folder as files
from pmdesk.store.vault import vault
from pmdesk.store.vault.kdf import Kdf


def test_a_slot_that_is_cheap_to_guess_is_made_dearer_at_the_next_sign_in(office, monkeypatch):
    dearer = Kdf(memory=65536, passes=2)
    monkeypatch.setattr(vault, "WANTED", dearer)
    before = files.load_header(office.folder)
    (uid,) = (user.uid for user in before.users if user.login == "clerk")

    office.sign_in("clerk").close()

    after = files.load_header(office.folder)
    assert [u.slot.cost for u in after.users if u.uid == uid] == [dearer]
    assert [u.slot for u in after.users if u.uid != uid] == [
        u.slot for u in before.users if u.uid != uid
    ]
    raw = office.raw()
    office.sign_in("clerk").close()
    assert office.raw() == raw


def test_a_full_disk_leaves_the_cheap_slot_for_the_next_time(office, monkeypatch):
    monkeypatch.setattr(vault, "WANTED", Kdf(memory=65536, passes=2))
    before = files.load_header(office.folder)
    monkeypatch.setattr(files, "save_header", _full)

    office.sign_in("clerk").close()

    assert files.load_header(office.folder) == before


def _full(_folder, _header):
    raise StorageError("full")
