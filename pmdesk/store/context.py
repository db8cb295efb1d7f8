"""Who acts: what repositories need to know of the person behind a unit of work."""

from collections.abc import Callable
from dataclasses import dataclass, field

from pmdesk.domain.staff import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreContext:
    """The account that acts, and its pen."""

    uid: str
    role: Role
    sign: Callable[[bytes], bytes] = field(repr=False)
    public: bytes  # the Ed25519 key that checks what `sign` makes
    certify: Callable[[], str] = field(repr=False)  # the roster that vouches for the key now
    vault_id: str

    @property
    def certificate(self) -> str:
        """By which administrator the key was enrolled, as the vault proves it now."""
        return self.certify()
