"""Why somebody needs a whole value now: a short list, and own words where it does not fit."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pmdesk.i18n import Words

MARK = "why:"  # before the code, among the fields of an entry of the log
LONGEST = 60


class Reason(StrEnum):
    """The reasons in the order of their keys; correcting is the one that a form gives itself."""

    SERVICE = "service"
    CALL_BACK = "call_back"
    IDENTITY = "identity"
    EMERGENCY = "emergency"
    OTHER = "other"
    CORRECTING = "correcting"


REASONS: Mapping[Reason, Words] = {
    Reason.SERVICE: Words("联系办理维修或服务", "To arrange a repair or a service"),
    Reason.CALL_BACK: Words("住户要求回电", "The resident asked to be called back"),
    Reason.IDENTITY: Words("核对来人或来电是不是本人", "To check who is here or on the phone"),
    Reason.EMERGENCY: Words("漏水、火情等紧急情况", "An emergency: a leak, a fire"),
    Reason.OTHER: Words("其他原因", "Another reason"),
    Reason.CORRECTING: Words("更正资料", "To correct the entry"),
}
CHOICES = tuple(one for one in Reason if one is not Reason.CORRECTING)  # keys 1 to 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A reason, with own words where there is no other."""

    reason: Reason
    words: str = ""

    @property
    def is_told(self) -> bool:
        """Whether it says anything."""
        return self.reason is not Reason.OTHER or bool(self.words.strip())

    @property
    def mark(self) -> str:
        """The reason among the fields of an entry of the log; own words are never there."""
        return MARK + self.reason.value
