"""What the log tells of backups: which were made, restored as a trial, and are to stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pmdesk.domain.ports import AuditEntry

TARGET = "backup"  # what entries of the log about backups are about
MADE, PROVED, FAILED = "backup.made", "backup.proved", "backup.failed"
PINNED, UNPINNED = "backup.pinned", "backup.unpinned"
SHA, PLACE = "sha256:", "place:"

_REPLACED = "restore"  # its entry names what the log of before knew as proved
_BEFORE = "proved:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """A backup that was restored and found whole, as the log says."""

    at: datetime  # of the proof
    sha256: str
    places: tuple[str, ...]


def proofs(entries: Sequence[AuditEntry]) -> dict[str, datetime]:
    """When the data of that imprint were last proved, as far as this log reaches."""
    found: dict[str, datetime] = {}
    for one in entries:  # newest first
        kind = SHA if one.action in {MADE, PROVED} else _BEFORE
        if one.action in {MADE, PROVED, _REPLACED}:
            for imprint in told(one, kind):
                found.setdefault(imprint, one.at)
    return found


def pins(entries: Sequence[AuditEntry]) -> frozenset[str]:
    """The imprints that were pinned and not unpinned since."""
    last: dict[str, str] = {}
    for one in entries:  # newest first
        if one.action in {PINNED, UNPINNED}:
            for imprint in told(one, SHA):
                last.setdefault(imprint, one.action)
    return frozenset(imprint for imprint, action in last.items() if action == PINNED)


def last_proved(entries: Sequence[AuditEntry]) -> Proved | None:
    """Of those that were made here: an old backup proved again makes none newer."""
    newest = next((one for one in entries if one.action == MADE), None)
    if newest is None:
        return None
    imprint = told(newest, SHA)[0]
    return Proved(at=newest.at, sha256=imprint, places=told(newest, PLACE))


def told(entry: AuditEntry, kind: str) -> tuple[str, ...]:
    """What the entry says of that kind."""
    return tuple(one.removeprefix(kind) for one in entry.fields if one.startswith(kind))
