"""What is typed somewhere and not saved yet: kept as drafts before the office closes."""

import contextlib
from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QWidget

from pmdesk.errors import PmdeskError


def keep_all(within: QWidget) -> None:
    """Every unsaved form in this window is in the office, encrypted, as far as the disk allows."""
    for part in within.findChildren(QWidget):
        keep_one(part)


def keep_one(part: QWidget) -> None:
    """What this page holds unsaved is kept; a full disk must not keep the office open."""
    for keep in _keepers(part):
        with contextlib.suppress(PmdeskError):
            keep()


def _keepers(part: QWidget) -> Iterator[Callable[[], object]]:
    """What a page offers to keep its unsaved form at once."""
    for name in ("keep_draft", "keep_now"):
        found = getattr(part, name, None)
        if callable(found):
            yield found
