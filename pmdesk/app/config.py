"""What this computer keeps for its user outside the office: preferences, trusted recovery keys."""

import contextlib
import json
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from pmdesk.ui.preferences import Preferences

_LONGEST = 65_536


def config_folder() -> Path:
    """The user's folder for pmdesk's settings, made if it was missing."""
    folder = _own(QStandardPaths.StandardLocation.GenericConfigLocation)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def data_folder() -> Path:
    """Where offices lie unless the user chooses another place."""
    return _own(QStandardPaths.StandardLocation.GenericDataLocation)


def _own(place: QStandardPaths.StandardLocation) -> Path:
    return Path(QStandardPaths.writableLocation(place)) / "pmdesk"


def preferences(folder: Path) -> Preferences:
    """The options kept in that folder."""
    return Preferences(folder / "pmdesk.ini")


class TrustedRoots:
    """The recovery key (its public half) each office had at the last sign-in, by folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "trusted-roots.json"

    def get(self, office: Path) -> str | None:
        """What to compare with at the next sign-in; None at the first one."""
        return self._all().get(str(office.resolve()))

    def put(self, office: Path, root: str) -> None:
        """The next sign-in expects this root; a read-only disk only costs the comparison."""
        known = self._all()
        if known.get(str(office.resolve())) == root:
            return
        known[str(office.resolve())] = root
        fresh = self._path.with_suffix(".tmp")
        try:
            fresh.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
            fresh.replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):  # a read-only disk refuses that too
                fresh.unlink(missing_ok=True)

    def _all(self) -> dict[str, str]:
        try:
            with self._path.open("rb") as file:
                found = json.loads(file.read(_LONGEST))
        except (OSError, ValueError, RecursionError):
            return {}
        pairs = found.items() if isinstance(found, dict) else ()
        return {str(folder): str(root) for folder, root in pairs}
