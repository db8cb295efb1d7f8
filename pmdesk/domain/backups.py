"""Backups as the use-cases see them: what lies where, what is proved, what a restore would do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from pmdesk.domain.acts import Erasure
from pmdesk.domain.staff import Staff

OVERDUE_DAYS = 7  # without a proved backup: the landing page warns
REHEARSE_DAYS = 31  # the passphrase is typed once a month, or it is forgotten when it is needed
TRIES = 3  # of a rehearsal

Tell = Callable[[int, int], None]


class When(StrEnum):
    """When backups are made by themselves."""

    OFF = "off"
    DAILY = "daily"
    EXIT = "exit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where backups go and when; the folder of the office is always the first place."""

    when: When = When.EXIT
    hour: int = 12  # of the office's clock, of a daily one
    places: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the beginning of a backup says in the open."""

    made_at: datetime
    by: str  # uid
    app: str
    schema: str
    vault: str
    counts: Mapping[str, int]  # rows by table
    newest: datetime | None  # the newest entry of the log
    entries: int  # of the log
    head: str  # the imprint of its last entry
    rules: int  # the version in force; 0 without one
    sha256: str  # of the data


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A folder that backups go to."""

    path: Path
    present: bool  # a stick may be elsewhere
    own: bool  # the folder inside the office, which cannot be taken away
    synced: str = ""  # the service that seems to copy it to the internet


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file in a place for backups."""

    path: Path
    size: int
    facts: Facts | None  # None: its beginning cannot be read
    foreign: bool = False  # of another office
    fault: str = ""  # a message id: what is wrong with it
    fault_places: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A proved backup, where its copies lie, and which places were not there."""

    path: Path
    facts: Facts
    size: int
    copies: tuple[Path, ...]
    absent: tuple[Path, ...]
    dropped: tuple[Path, ...]  # old backups that no rule keeps


@dataclass(frozen=True, slots=True, kw_only=True)
class Newer:
    """What is newer than a backup, the office or a later backup: what was erased stays erased."""

    erasures: Sequence[Erasure] = ()
    entries: int = 0
    head: str = ""
    until: datetime | None = None  # what was erased after that is not known; None: all is
    locked: int = 0  # later backups that the same passphrase or key does not open
    pinned: Sequence[str] = ()  # imprints of backups that stay until they are unpinned
    proved: Sequence[str] = ()  # imprints of backups that were restored and found whole
    made: Sequence[str] = ()  # what the log says of the backup that was made last


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What a backup holds, looked at without its office."""

    facts: Facts
    office: str
    staff: Sequence[Staff]
    newer: Newer

    def unknown_days(self, today: date) -> int:
        """How many days of erasures nobody here knows of."""
        until = self.newer.until
        return max((today - until.date()).days, 0) if until else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who administers a restored office, and where it is to lie."""

    folder: Path
    login: str
    name: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A restored office and the recovery key that is new with it."""

    folder: Path
    facts: Facts
    replayed: int  # lines of the erasure journal that were news to it
    recovery_key: str = field(repr=False)
    fingerprint: str
    confirm: Callable[[str], bool] = field(repr=False)  # whether that is the recovery key
    until: datetime | None = None  # what was erased after that is not known; None: all is
