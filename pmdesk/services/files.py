"""A file that leaves the office lies there whole, or not at all."""

import contextlib
from pathlib import Path

from pmdesk.errors import StorageError
from pmdesk.i18n import N_

PRIVATE = 0o600


def write_whole(path: Path, content: bytes) -> Path:
    """The content is complete at `path`, or StorageError and no half of it lies beside it.

    Only the account of the system that wrote it reads it: lists of residents leave by this way.
    """
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)  # of a crash; its rights would stay
        part.touch(PRIVATE)  # before a byte of the content is in it
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):  # a read-only drive refuses that too
            part.unlink(missing_ok=True)
        raise StorageError(
            N_("The file could not be written."),
            N_("Close it if it is open in another program, check the free space, and try again."),
        ) from error
    return path
