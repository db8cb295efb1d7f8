"""Making offices for the wizard: whole, or not at all."""

import errno
import os

import pytest

from pmdesk.app import demo, entrance
from pmdesk.errors import ConflictError, RefusedError, StorageError
from pmdesk.store.vault import folder as files
from pmdesk.store.vault import vault
from pmdesk.ui.wizard.setup import Administrator, Wish
from tests.offices import CHEAP, PASSPHRASE, PROFILE


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    """Key derivation is slow by intention; here nobody guesses."""
    monkeypatch.setattr(vault, "Kdf", lambda: CHEAP)


def wish(folder, passphrase=PASSPHRASE):
    """An office in that folder."""
    who = Administrator(name="周敏", login="zhoumin", passphrase=passphrase)
    return Wish(profile=PROFILE, administrator=who, folder=folder)


def test_a_new_office_is_open_and_its_key_can_be_typed_back(tmp_path, clock):
    made = entrance.found(wish(tmp_path / "office"), clock)

    assert made.entered.session.staff.name == "周敏"
    assert made.confirm(made.recovery_key.lower().replace("-", " "))
    assert not made.confirm("BJF1-D1B7")
    assert made.recovery_key not in repr(made)
    made.close()
    again = entrance.sign_in(tmp_path / "office", "zhoumin", PASSPHRASE, clock, made.entered.root)
    assert again.profile == PROFILE
    assert not again.is_demo
    again.close()


def test_an_office_taken_back_leaves_no_file(tmp_path, clock):
    entrance.found(wish(tmp_path / "office"), clock).discard()

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_was_there_stays(tmp_path, clock):
    (tmp_path / "office").mkdir()
    entrance.found(wish(tmp_path / "office"), clock).discard()

    assert [path.name for path in tmp_path.iterdir()] == ["office"]
    assert list((tmp_path / "office").iterdir()) == []


def _full(*_args, **_more):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    "where", ["pmdesk.store.vault.folder._write_synced", "pmdesk.app.offices.upgrade"]
)
def test_a_full_disk_is_a_sentence_and_leaves_no_file(tmp_path, clock, monkeypatch, where):
    monkeypatch.setattr(where, _full)

    with pytest.raises(StorageError) as told:
        entrance.found(wish(tmp_path / "office"), clock)

    assert told.value.sentence.startswith("The disk is full")
    assert list(tmp_path.iterdir()) == []


def test_a_weak_passphrase_leaves_no_file(tmp_path, clock):
    with pytest.raises(RefusedError):
        entrance.found(wish(tmp_path / "office", "woaini1314"), clock)

    assert list(tmp_path.iterdir()) == []


def test_an_office_that_is_there_is_never_touched(tmp_path, clock):
    entrance.found(wish(tmp_path / "office"), clock).close()
    before = sorted(path.name for path in (tmp_path / "office").iterdir())

    with pytest.raises(ConflictError):
        entrance.found(wish(tmp_path / "office"), clock)

    assert sorted(path.name for path in (tmp_path / "office").iterdir()) == before
    assert files.exists(tmp_path / "office")


def test_the_demo_is_made_once_and_opened_again(tmp_path, clock, monkeypatch):
    monkeypatch.setattr(entrance, "DEMO_PEOPLE", 20)
    first = entrance.demo_office(tmp_path / "demo", clock)
    first.close()
    again = entrance.demo_office(tmp_path / "demo", clock)

    assert again.entered.is_demo
    assert [one.login for one in again.accounts] == [one.login for one in demo.ACCOUNTS]
    assert again.passphrase == demo.PASSPHRASE
    again.close()


def test_only_active_accounts_are_offered(founded, clock):
    assert set(entrance.logins(founded.folder)) == {
        "admin", "manager", "manager2", "reviewer", "clerk",
    }  # fmt: skip


def test_a_passphrase_with_the_names_of_the_office_is_weak():
    assert entrance.weak("zhoumin zhoumin", ["zhoumin"])
    assert not entrance.weak(PASSPHRASE, ["zhoumin"])


def test_the_name_of_the_office_in_pinyin_is_weak_too():
    assert entrance.weak("haitangyuan123", ["海棠苑物业"])
    assert not entrance.weak(PASSPHRASE, ["海棠苑物业"])
