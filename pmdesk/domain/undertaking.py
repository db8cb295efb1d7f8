"""The confidentiality undertaking: what everybody signs before opening residents' data."""

import hashlib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pmdesk.domain.staff import Permission
from pmdesk.i18n import Words

YEARS = 1  # signed anew every year
REMIND_BEFORE = timedelta(days=14)

# who has not signed may work on rules, texts and settings, but meets no resident
GUARDED = frozenset(
    {
        Permission.SEE_RESIDENTS,
        Permission.EDIT_RESIDENTS,
        Permission.TAKE_CONSENT,
        Permission.REVEAL,
        Permission.OPEN_SEALED,
        Permission.SEE_CLASSIFICATION,
        Permission.EXPORT,
        Permission.IMPORT,
        Permission.RECEIVE_REQUESTS,
        Permission.HANDLE_REQUESTS,
        Permission.OPEN_ARCHIVE,
        Permission.RESOLVE_QUARANTINE,
        Permission.SEE_AUDIT,
        Permission.SEE_ORDERS,
        Permission.HANDLE_ORDERS,
        Permission.SEE_COMPLAINTS,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undertaking:
    """The text of one version."""

    version: str
    title: Words
    points: tuple[Words, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over both languages: the proof of what was signed."""
        texts = (self.version, *self.title, *(text for point in self.points for text in point))
        return hashlib.sha256("\n".join(texts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One signature: by whom, under which text, until when."""

    uid: str
    version: str
    digest: str
    name: str  # as typed by the person
    signed_at: datetime
    valid_until: date

    def holds(self, text: Undertaking, today: date) -> bool:
        """Whether the person has undertaken this very text and the year is not over."""
        return self.digest == text.digest and today <= self.valid_until


def valid_until(signed_on: date) -> date:
    """The last day of the year that a signature covers."""
    year = signed_on.year + YEARS
    return date(year, signed_on.month, min(signed_on.day, monthrange(year, signed_on.month)[1]))


def is_due(until: date | None, today: date) -> bool:
    """Whether the undertaking is missing, or ends so soon that the person is reminded."""
    return until is None or until - today <= REMIND_BEFORE


def same_name(typed: str, name: str) -> bool:
    """Whether somebody typed the name of the account; blanks and letter case do not matter."""
    return "".join(typed.split()).casefold() == "".join(name.split()).casefold()
