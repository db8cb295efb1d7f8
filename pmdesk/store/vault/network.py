"""Where a folder lies: network drives are refused, synchronised folders get a warning."""

import ctypes
import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath, PureWindowsPath

from pmdesk.errors import RefusedError
from pmdesk.i18n import N_

_NETWORK = frozenset(
    {
        *("9pnet", "afs", "ceph", "cifs", "davfs", "davfs2", "glusterfs", "lustre", "ncpfs"),
        *("nfs", "nfs4", "smb", "smb2", "smb3", "smbfs", "webdav"),
        *("fuse.davfs", "fuse.gcsfuse", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone"),
        *("fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs"),
    }
)
_SYNCED = {
    "OneDrive": r"onedrive",
    "坚果云": r"坚果云|nutstore",
    "Dropbox": r"dropbox",
    "iCloud": r"icloud|mobile documents|com~apple~clouddocs",
    "百度网盘": r"百度网盘|百度云|baidunetdisk|baidusyncdisk",
    "Google Drive": r"google ?drive|googledrive",
}
_OURS = re.compile(  # files of an office, and those that are written before they take their name
    r"(vault(\.copy)?|throttle|backup-plan|backup-key(\.next)?)\.json(\.tmp)?"
    r"|data-\d{6}\.db(-wal|-shm|-journal)?"
)
_LIKE_OURS = re.compile(r"(vault|throttle|backup-plan|backup-key|data-\d{6})\W.*")
_REMOTE_DRIVE = 4  # GetDriveTypeW
_MNT_LOCAL = 0x1000  # f_flags of macOS statfs
_STATFS_FLAGS, _STATFS_SIZE = 64, 4096

IsRemote = Callable[[Path], bool]


def require_local(folder: Path, is_remote: IsRemote) -> None:
    """Refuses a folder on another computer: its disk promises nothing after a power cut."""
    if is_remote(folder):
        raise RefusedError(
            N_("This folder lies on a network drive, where an office can lose data."),
            N_("Choose a folder on a disk of this computer."),
        )


def synced_by(folder: Path) -> str | None:
    """The name of the service that seems to copy this folder to the internet."""
    parts = "/".join(folder.absolute().parts).casefold()
    return next((name for name, mark in _SYNCED.items() if re.search(mark, parts)), None)


def conflict_copies(folder: Path) -> tuple[str, ...]:
    """Names of files that a service laid beside those of the office, for two computers wrote them.

    They are left alone: nobody but a person can tell which of the two is wanted.
    """
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        return ()
    return tuple(n for n in names if _LIKE_OURS.fullmatch(n) and not _OURS.fullmatch(n))


def on_network_drive(folder: Path) -> bool:
    """Whether the folder (or where it will be) lies on another computer."""
    place = existing(folder)
    if sys.platform == "win32":
        return _windows(place)
    if sys.platform == "darwin":
        return _macos(place)
    return mounted_remotely(place, _mounts())


def existing(folder: Path) -> Path:
    """The folder itself or the nearest one above it that is there already."""
    place = folder.resolve()
    return next((at for at in (place, *place.parents) if at.exists()), place)


def mounted_remotely(place: Path, mounts: Iterable[str]) -> bool:
    """Whether the lines of /proc/mounts say that `place` lies on a network file system."""
    kind, depth = "", -1
    for line in mounts:
        _device, target, found, *_rest = (*line.split(" "), "", "", "")
        point = Path(_unescaped(target))
        if len(point.parts) >= depth and place.is_relative_to(point):
            kind, depth = found, len(point.parts)
    return kind in _NETWORK


def is_unc(place: str) -> bool:
    r"""Whether a Windows path names a share, such as \\server\office."""
    drive = PureWindowsPath(place).drive
    return drive.startswith("\\\\") and not drive.startswith(("\\\\?\\", "\\\\.\\"))


def _unescaped(target: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), target)


def _mounts() -> tuple[str, ...]:
    try:
        text = Path("/proc/mounts").read_text("utf-8", errors="surrogateescape")
    except OSError:
        return ()
    return tuple(text.splitlines())


def _windows(place: PurePath) -> bool:
    windll = getattr(ctypes, "windll", None)
    if is_unc(str(place)):
        return True
    kind = windll.kernel32.GetDriveTypeW(place.anchor) if windll is not None else 0
    return bool(kind == _REMOTE_DRIVE)


def _macos(place: Path) -> bool:
    answer = ctypes.create_string_buffer(_STATFS_SIZE)
    system = ctypes.CDLL(None)
    call = getattr(system, "statfs$INODE64", None) or system.statfs  # the first on Intel
    if call(os.fsencode(place), answer) != 0:
        return False
    flags = int.from_bytes(answer.raw[_STATFS_FLAGS : _STATFS_FLAGS + 4], sys.byteorder)
    return not flags & _MNT_LOCAL
