"""The keys of one open office, as the use-cases may change them."""

from collections.abc import Sequence

from pmdesk.domain.backups import Newer, Tell
from pmdesk.domain.keys import Kept
from pmdesk.domain.office import Clock
from pmdesk.domain.staff import Staff
from pmdesk.store.generations import bringing, kept, rotating
from pmdesk.store.generations.turning import told_when_closed
from pmdesk.store.vault.opened import OpenVault


class Keyring:
    """Every change ends with the office closed under its new keys."""

    def __init__(self, opened: OpenVault) -> None:
        self._vault = opened

    def rotate(self, clock: Clock, tell: Tell, *, sealed: bool) -> None:
        """All active accounts hold a new data key, on demand also a new key of sealed fields."""
        with told_when_closed(self._vault):
            rotating.rotate(self._vault, clock, tell, sealed=sealed)

    def kept(self) -> tuple[Kept, ...]:
        """Copies of how the office was before, newest first."""
        return kept.listed(self._vault.folder, self._vault.header)

    def bring_back(
        self, name: str, present: tuple[Sequence[Staff], Newer], clock: Clock, tell: Tell
    ) -> int:
        """The office is as in that copy; how many erasures were done again."""
        with told_when_closed(self._vault):
            return bringing.bring_back(self._vault, name, present, clock, tell)
