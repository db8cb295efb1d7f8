"""A new recovery key in place of one that may have been seen: it counts once it is on paper."""

import secrets
from collections.abc import Callable

from pmdesk.store.vault import recovery, trust
from pmdesk.store.vault.keys import KeyPair

Adopt = Callable[[bytes, KeyPair], None]


class Renewal:
    """Shown and typed back; until `adopt` the key of before is the one that counts."""

    def __init__(self, former: str, adopt: Adopt) -> None:
        self.former = former  # the public half of the key of before
        self._adopt = adopt
        self._secret = recovery.new_secret()
        self._root = KeyPair.generated()
        self.root = self._root.pen_public

    @property
    def recovery_key(self) -> str:
        """8 groups of 4 characters, joined by hyphens."""
        return recovery.spelled(self._secret)

    @property
    def fingerprint(self) -> str:
        """Of the new key."""
        return trust.fingerprint(self.root)

    def confirm(self, typed: str) -> bool:
        """Whether this is the new key, read back from paper."""
        secret = recovery.read(typed)
        return secret is not None and secrets.compare_digest(secret, self._secret)

    def adopt(self) -> None:
        """The new key counts and the one of before opens nothing any more."""
        self._adopt(self._secret, self._root)
        self._root.wipe()
