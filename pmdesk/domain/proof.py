"""What a check of the log can find: entries that do not hold, a tail that is gone, changed rows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pmdesk.domain.anchors import Anchor

RENEWED = "office.renewed"  # an entry that says which recovery key was there before
RENEWED_TARGET = "recovery-key"


class Flaw(StrEnum):
    """Why an entry of the log does not hold."""

    GAP = "gap"  # a number is missing, twice there or out of order
    UNREADABLE = "unreadable"  # the text is not as the program writes it
    UNLINKED = "unlinked"  # it does not follow the one before
    UNKNOWN_KEY = "unknown_key"  # no administrator enrolled the key that signed
    UNSIGNED = "unsigned"  # the signature is not that of the account it names
    VALUES = "values"  # the values beside it are not those it committed to


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The first entry that does not hold."""

    seq: int
    flaw: Flaw


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a walk along the chain found."""

    since: int  # entries up to this one were vouched for by a remembered point
    count: int  # entries there are
    head: str  # hash of the last entry, hex
    broken: Break | None

    @property
    def holds(self) -> bool:
        """Whether every entry that was looked at holds."""
        return self.broken is None


class Kind(StrEnum):
    """What a row that was changed beside the program is."""

    ANSWERS = "answers"
    RULES = "rules"
    NOTICE = "notice"
    ACCOUNT = "account"
    DESK = "desk"
    PRICE = "price"
    ROW_CHANGED = "row_changed"
    ROW_GONE = "row_gone"
    ROW_NEW = "row_new"
    IMPRINTS = "imprints"  # what an entry says of rows is not what it committed to


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A row is not as the log last committed to it."""

    kind: Kind
    target: str  # the object as the log names it, the number of the notice, or a table and a key
    seq: int  # the entry that says otherwise; 0: the signed roster does
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything a full check has to say."""

    checked: Checked
    lost: tuple[Anchor, ...]  # anchors that this history does not contain
    differences: tuple[Difference, ...]
    uncovered: int = 0  # rows older than their imprints, which nobody can vouch for
    restored: datetime | None = None  # a restore that the log tells of took what is lost

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return self.checked.holds and not self.lost and not self.differences
