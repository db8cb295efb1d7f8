"""How much work a guess costs: Argon2id, within limits that a forged header cannot move."""

import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

SALT = 16  # bytes
LENGTH = 32  # bytes of the derived key
MEMORY = (1 << 16, 1 << 20)  # KiB: 64 MiB to 1 GiB
PASSES = (1, 20)
LANES = (1, 8)
SLOW, FAST = 1.5, 0.4  # seconds that a sign-in should stay between


@dataclass(frozen=True, slots=True, kw_only=True)
class Kdf:
    """The cost of one derivation; `memory` is counted in KiB."""

    memory: int = 1 << 17
    passes: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        limits = ((self.memory, MEMORY), (self.passes, PASSES), (self.lanes, LANES))
        if not all(least <= value <= most for value, (least, most) in limits):
            raise ValueError("cost out of limits")

    def derive(self, password: str, salt: bytes) -> bytes:
        """The key-encryption key of `password`; slow by intention."""
        derivation = Argon2id(
            salt=salt,
            length=LENGTH,
            iterations=self.passes,
            lanes=self.lanes,
            memory_cost=self.memory,
        )
        return derivation.derive(normalised(password).encode("utf-8", "surrogatepass"))


def normalised(password: str) -> str:
    """The password as every keyboard and system would spell it."""
    return unicodedata.normalize("NFC", password)


def calibrated(timer: Callable[[], float] = time.perf_counter) -> Kdf:
    """A cost that takes about a second on this computer, never below 64 MiB and 3 passes."""
    start = timer()
    Kdf().derive("measured once", bytes(SALT))
    seconds = timer() - start
    if seconds > SLOW:
        return Kdf(memory=MEMORY[0])
    return Kdf(memory=1 << 18) if seconds < FAST else Kdf()
