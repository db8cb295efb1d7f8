"""How far long work is: told to whoever waits, who can stop it by raising."""

from collections.abc import Callable

Progress = Callable[[int, int], None]  # done, of how many (0: not known); raising it cancels


def silent(_done: int, _total: int) -> None:
    """Nobody waits, so nobody is told."""
