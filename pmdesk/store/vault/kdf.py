"""How much work a guess costs: Argon2id, within limits that a forged header cannot move."""

import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

SALT = 16  # bytes
LENGTH = 32  # bytes of the derived key
MEMORY = (1 << 16, 1 << 20)  # KiB: 64 MiB to 1 GiB
PASSES = (1, 20)
LANES = (1, 8)
_TURNS = 2  # of measuring: something else may take the computer's time during one
_INSTANT = 0.01  # seconds: what no computer of today takes less than
QUICK, SLOW = 0.5, 1.0  # seconds that a sign-in should stay between


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


LEAST = Kdf(memory=MEMORY[0])  # what an account is brought up to at its next sign-in


def calibrated(timer: Callable[[], float] = time.perf_counter) -> Kdf:
    """A cost of half a second to one second on this computer, never below `LEAST`."""
    cost = Kdf()
    seconds = min(_measured(cost, timer) for _turn in range(_TURNS))
    if seconds > SLOW:
        return LEAST
    if seconds < QUICK:  # both memory and passes count in proportion
        cost, seconds = replace(cost, memory=2 * cost.memory), 2 * seconds
    if seconds < QUICK:
        passes = ceil(cost.passes * QUICK / max(seconds, _INSTANT))
        cost = replace(cost, passes=min(passes, PASSES[1]))
    return cost


def _measured(cost: Kdf, timer: Callable[[], float]) -> float:
    start = timer()
    cost.derive("measured", bytes(SALT))
    return timer() - start


def strengthened(cost: Kdf, least: Kdf) -> Kdf:
    """The cost, nowhere below `least`."""
    return replace(
        cost, memory=max(cost.memory, least.memory), passes=max(cost.passes, least.passes)
    )
