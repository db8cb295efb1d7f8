"""`last-anchor.json`: what this computer remembers, outside the office, of the log of each."""

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from pmdesk.domain.anchors import Anchor
from pmdesk.store.anchors import document, of_document

NAME = "last-anchor.json"

_LONGEST = 1 << 20
_Kept = dict[str, dict[str, Anchor]]


class LastAnchors:
    """By office and account, the last anchor; a file that was damaged remembers nothing."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def of(self, vault: str) -> tuple[Anchor, ...]:
        """Those of this office, one of each account that ever signed in here."""
        return tuple(self._all().get(vault, {}).values())

    def keep(self, anchor: Anchor) -> None:
        """The account's anchor is this one; a disk that cannot be written keeps the old one."""
        kept = self._all()
        kept.setdefault(anchor.vault, {})[anchor.by] = anchor
        self._write(kept)

    def forget(self, vault: str) -> None:
        """None of this office is kept."""
        self._write({other: mine for other, mine in self._all().items() if other != vault})

    def _all(self) -> _Kept:
        try:
            with self._path.open("rb") as file:
                found = json.loads(file.read(_LONGEST))
        except (OSError, ValueError, RecursionError):
            return {}
        return _read(found)

    def _write(self, kept: Mapping[str, Mapping[str, Anchor]]) -> None:
        told = {
            vault: {by: document(anchor) for by, anchor in mine.items()}
            for vault, mine in kept.items()
        }
        fresh = self._path.with_suffix(".tmp")
        try:
            with fresh.open("w", encoding="utf-8") as file:
                json.dump(told, file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):  # a read-only disk refuses that too
                fresh.unlink(missing_ok=True)


def _read(found: object) -> _Kept:
    kept: _Kept = {}
    for vault, mine in found.items() if isinstance(found, dict) else ():
        for doc in mine.values() if isinstance(mine, dict) else ():
            anchor = of_document(doc)
            if anchor is not None and anchor.vault == vault:
                kept.setdefault(vault, {})[anchor.by] = anchor
    return kept
