"""What an order is about: service, kind, and how urgent such things are by themselves.

Urgency follows from what happened, never from whom it happened to: no plan, tier or payment is an
input here (Civil Code 942; equality of the contract service).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from pmdesk.i18n import Words


class Service(StrEnum):
    """The five trades of a property office, and the rest."""

    REPAIR = "repair"
    CLEANING = "cleaning"
    SECURITY = "security"
    COMPLAINT = "complaint"
    ENQUIRY = "enquiry"
    OTHER = "other"


class Urgency(IntEnum):
    """Smaller comes first."""

    EMERGENCY = 0  # somebody is in danger, or damage grows by the minute
    URGENT = 1  # the flat or the house cannot be used as usual
    NORMAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of order within a service."""

    code: str
    service: Service
    name: Words
    urgency: Urgency = Urgency.NORMAL
    public: bool = False  # in parts that all share: no person is needed


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Words in a description that tell of a kind, or of more urgency."""

    words: tuple[str, ...]
    kind: str = ""
    urgency: Urgency | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What a description sounds like; a person decides."""

    kind: Kind | None
    urgency: Urgency
    because: str = ""  # the word that was heard


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """All kinds of orders of this office, and the words they are known by."""

    kinds: tuple[Kind, ...]
    signs: tuple[Sign, ...]

    def of(self, code: str) -> Kind | None:
        """The kind of that code."""
        return next((kind for kind in self.kinds if kind.code == code), None)

    def within(self, service: Service) -> tuple[Kind, ...]:
        """The kinds of that service, in order."""
        return tuple(kind for kind in self.kinds if kind.service is service)

    def suggested(self, words: str, chosen: Kind | None = None) -> Suggestion:
        """Kind and urgency by the words of the description; the kind somebody chose stays."""
        heard = [(sign, word) for sign in self.signs for word in sign.words if word in words]
        kind = chosen or self._first_kind(heard)
        usual = kind.urgency if kind else Urgency.NORMAL
        told = [(sign.urgency, word) for sign, word in heard if sign.urgency is not None]
        urgency, because = min(told, default=(usual, ""), key=lambda pair: pair[0])
        if urgency >= usual:
            return Suggestion(kind=kind, urgency=usual)
        return Suggestion(kind=kind, urgency=urgency, because=because)

    def _first_kind(self, heard: Sequence[tuple[Sign, str]]) -> Kind | None:
        found = (self.of(sign.kind) for sign, _word in heard if sign.kind)
        return next((kind for kind in found if kind), None)
