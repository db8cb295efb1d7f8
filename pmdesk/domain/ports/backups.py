"""What the use-cases ask of the maker of backups."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from pmdesk.domain.anchors import Anchor
from pmdesk.domain.backups import (
    Facts,
    Found,
    Made,
    Newer,
    Owner,
    Place,
    Plan,
    Restored,
    Tell,
)
from pmdesk.domain.office import Clock
from pmdesk.domain.staff import Staff


class Backups(Protocol):
    """The backups of one open office, and files of others."""

    @property
    def vault(self) -> str:
        """The id that the office and its backups have in common."""
        ...

    @property
    def fingerprint(self) -> str:
        """Of the recovery key that opens backups made from now on."""
        ...

    def plan(self) -> Plan: ...
    def put_plan(self, plan: Plan) -> None: ...
    def has_passphrase(self) -> bool:
        """Whether a backup passphrase is set: without one no backup can be made."""
        ...

    def has_lapsed(self) -> bool:
        """Whether one was set that counts no more: who set it has new keys, or is gone."""
        ...

    def set_passphrase(self, passphrase: str) -> None:
        """Backups made from now on open with it; older ones with theirs."""
        ...

    def is_passphrase(self, typed: str) -> bool: ...
    def places(self) -> tuple[Place, ...]: ...
    def listed(self) -> tuple[Found, ...]:
        """The files in all places that are there, newest first."""
        ...

    def read(self, path: Path) -> Found: ...
    def walked(self, point: Anchor) -> None:
        """The log was verified up to there in this session: the next backup goes on from it."""
        ...

    def make(
        self, clock: Clock, proved: Collection[str], pinned: Collection[str], tell: Tell
    ) -> Made:
        """A proved backup in every place that is there; what was proved before and is pinned."""
        ...

    def prove(self, path: Path, secret: str, tell: Tell) -> Facts:
        """The backup was restored into a private folder, looked at and wiped again."""
        ...

    def restore(  # a restore has these parts
        self, path: Path, secret: str, owner: Owner, newer: Newer, clock: Clock, tell: Tell
    ) -> Restored: ...
    def replace(  # a replacement has these parts
        self,
        path: Path,
        secret: str,
        present: tuple[Sequence[Staff], Newer],
        clock: Clock,
        tell: Tell,
    ) -> int:
        """The office is as in the backup and closed; how many erasures were done again."""
        ...

    def newer(self, path: Path, secret: str) -> Newer:
        """What later backups beside this file know of erasures."""
        ...

    def counts(self) -> Mapping[str, int]:
        """Rows by table of the present office, to compare with."""
        ...
