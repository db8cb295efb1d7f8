"""What this computer remembers between starts: a table of options, nothing personal but a login."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QByteArray, QSettings

from pmdesk.i18n import DEFAULT, LANGUAGES
from pmdesk.ui.theme import LARGEST, SMALLEST

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Generic[T]):
    """One remembered thing; `read` refuses what a hand-edited file may hold with ValueError."""

    key: str
    default: T
    read: Callable[[str], T]


def _one_of(*allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(text)
        return text

    return read


def _between(low: float, high: float) -> Callable[[str], float]:
    return lambda text: min(max(float(text), low), high)


LANGUAGE = Option(key="ui/language", default=DEFAULT, read=_one_of(*LANGUAGES))
THEME = Option(key="ui/theme", default="system", read=_one_of("system", "light", "dark"))
TEXT_SCALE = Option(key="ui/text_scale", default=1.0, read=_between(SMALLEST, LARGEST))
IDLE_MINUTES = Option(key="vault/lock_after", default=10.0, read=_between(2, 30))
OFFICE = Option(key="vault/office", default="", read=str)
LOGIN = Option(key="vault/login", default="", read=str)
FOLDED = Option(key="rules/cards_folded", default="no", read=_one_of("yes", "no"))
GEOMETRY = Option(key="window/geometry", default="", read=str)  # base64 of Qt's own format

OPTIONS: tuple[Option[str] | Option[float], ...] = (
    LANGUAGE,
    THEME,
    TEXT_SCALE,
    IDLE_MINUTES,
    OFFICE,
    LOGIN,
    FOLDED,
    GEOMETRY,
)


class Preferences:
    """The options of this user on this computer, in an INI file at `path`."""

    def __init__(self, path: Path) -> None:
        self.folder = path.parent
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def value(self, option: Option[T]) -> T:
        """What is remembered; the default where nothing or nonsense is."""
        text = self._settings.value(option.key)
        try:
            return option.default if text is None else option.read(str(text))
        except ValueError:
            return option.default

    def put(self, option: Option[T], value: T) -> None:
        """The option is remembered, on disk too."""
        self._settings.setValue(option.key, str(value))
        self._settings.sync()

    def geometry(self) -> QByteArray:
        """The window's last place, for `restoreGeometry`."""
        return QByteArray.fromBase64(self.value(GEOMETRY).encode())

    def put_geometry(self, geometry: QByteArray) -> None:
        """The window's place is remembered."""
        self.put(GEOMETRY, bytes(geometry.toBase64().data()).decode())
