"""Where the files of `resources/` are, in a checkout and in an installed program."""

from pathlib import Path

_PACKAGED = Path(__file__).parent / "resources"
_CHECKOUT = Path(__file__).parents[1] / "resources"


def asset(name: str) -> Path:
    """The path of a file of `resources/`, such as `icons/lock.svg`."""
    root = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
    return root / name
