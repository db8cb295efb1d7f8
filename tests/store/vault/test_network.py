"""Network drives are refused, synchronised folders named."""

import sys
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace

import pytest

from pmdesk.errors import RefusedError
from pmdesk.store.vault import network

MOUNTS = (
    "/dev/sda1 / ext4 rw 0 0",
    "server:/share /mnt/nas nfs4 rw 0 0",
    "//nas/office /mnt/my\\040share cifs rw 0 0",
    "/dev/sdb1 /mnt/nas/local ext4 rw 0 0",
    "me@host: /home/me/far fuse.sshfs rw 0 0",
    "broken",
)


@pytest.mark.parametrize(
    ("place", "remote"),
    [
        ("/home/me/office", False),
        ("/mnt/nas/office", True),
        ("/mnt/nas", True),
        ("/mnt/nas2/office", False),
        ("/mnt/my share/office", True),
        ("/mnt/nas/local/office", False),
        ("/home/me/far/office", True),
    ],
)
def test_the_innermost_mount_decides(place, remote):
    assert network.mounted_remotely(Path(place), MOUNTS) is remote


def test_a_network_drive_is_refused_with_a_way_out(tmp_path):
    with pytest.raises(RefusedError) as caught:
        network.require_local(tmp_path, lambda _folder: True)
    assert "disk of this computer" in caught.value.remedy
    network.require_local(tmp_path, lambda _folder: False)


def test_windows_shares_are_known_by_their_name():
    assert network.is_unc(r"\\server\office\data")
    assert not network.is_unc(r"C:\office")
    assert not network.is_unc(r"\\?\C:\office")


def test_a_folder_that_is_not_there_yet_is_judged_by_the_one_above(tmp_path):
    assert network.existing(tmp_path / "new" / "office") == tmp_path
    assert network.on_network_drive(tmp_path / "new" / "office") is False


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/mounts")
def test_linux_asks_the_kernel(tmp_path, monkeypatch):
    monkeypatch.setattr(network, "_mounts", lambda: (f"nas:/x {tmp_path} nfs rw 0 0",))
    assert network.on_network_drive(tmp_path / "office") is True


@pytest.mark.parametrize(
    ("place", "service"),
    [
        ("/home/me/OneDrive - 晴川/office", "OneDrive"),
        ("/home/me/我的坚果云/office", "坚果云"),
        ("/home/me/Nutstore/office", "坚果云"),
        ("/home/me/Dropbox/x", "Dropbox"),
        ("/Users/me/Library/Mobile Documents/com~apple~CloudDocs/x", "iCloud"),
        ("/home/me/office", None),
    ],
)
def test_synchronised_folders_are_named(place, service):
    assert network.synced_by(Path(place)) == service


@pytest.mark.parametrize(("kind", "remote"), [(3, False), (4, True)])
def test_windows_asks_for_the_kind_of_drive(tmp_path, monkeypatch, kind, remote):
    kernel = SimpleNamespace(GetDriveTypeW=lambda _root: kind)
    monkeypatch.setattr("ctypes.windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert network.on_network_drive(tmp_path) is remote


@pytest.mark.parametrize(
    ("flags", "result", "remote"), [(0x1000, 0, False), (0, 0, True), (0, -1, False)]
)
def test_macos_asks_for_the_flags_of_the_mount(tmp_path, monkeypatch, flags, result, remote):
    def statfs(_path, answer):
        answer[64:68] = flags.to_bytes(4, sys.byteorder)
        return result

    monkeypatch.setattr("ctypes.CDLL", lambda _name: SimpleNamespace(statfs=statfs))
    monkeypatch.setattr(sys, "platform", "darwin")
    assert network.on_network_drive(tmp_path) is remote


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/mounts")
def test_without_a_list_of_mounts_nothing_is_refused(tmp_path, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OSError(2, "no /proc")

    monkeypatch.setattr("pathlib.Path.read_text", fail)
    assert network.on_network_drive(tmp_path) is False


def test_a_windows_share_needs_no_question(monkeypatch):
    assert network._windows(PureWindowsPath(r"\\server\office\data"))


@pytest.mark.parametrize(
    "name",
    [
        "vault-PC2.json",
        "vault (1).json",
        "vault 2.json",
        "vault(王芳的冲突副本 2026-11-20).json",
        "data-000001 (conflicted copy 2026-11-20).db",
        "data-000001.db-PC2-wal",
    ],
)
def test_a_copy_that_a_cloud_tool_laid_beside_is_found(tmp_path, name):
    (tmp_path / name).touch()

    assert network.conflict_copies(tmp_path) == (name,)


def test_the_files_of_an_office_are_no_conflict_copies(tmp_path):
    for name in (
        "vault.json",
        "vault.json.tmp",
        "vault.copy.json",
        "throttle.json",
        "backup-key.json",
        "backup-key.next.json",
        "backup-plan.json",
        "data-000007.db",
        "data-000007.db-wal",
        "app.lock",
        "letter.pdf",
    ):
        (tmp_path / name).touch()

    assert network.conflict_copies(tmp_path) == ()
    assert network.conflict_copies(tmp_path / "gone") == ()
