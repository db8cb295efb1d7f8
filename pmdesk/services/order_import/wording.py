"""What of the words of a past order may be kept, and by which kind it goes here."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pmdesk.domain.orders.kinds import Kind, Service, Urgency
from pmdesk.domain.orders.names import SERVICES
from pmdesk.domain.orders.order import LONGEST
from pmdesk.domain.patterns import credentials
from pmdesk.domain.phones import without_phones
from pmdesk.domain.sieve import Sieve
from pmdesk.services.order_import.meanings import (
    LONGEST_KIND,
    guessed,
    is_placeholder,
    kind_of,
    tidied,
)
from pmdesk.services.order_import.planned import Choices, Note, ReadOrder
from pmdesk.services.order_kinds import shipped
from pmdesk.services.orders.moving import LONGEST_NAME

KINDS_AT_MOST = 200  # more are no kinds but descriptions
_NUMBER_GONE = re.compile(r"[\s(（:：/]*…[\s)）]*")
_SHORTEST_NAME = 2  # characters; a single one stands in too many words
_NO_KIND = "other"


@dataclass(slots=True, kw_only=True)
class Wording:
    """Judges words and names of kinds; each only once."""

    sieve: Sieve
    choices: Choices
    notes: Counter[Note]
    common: frozenset[str]  # names that are frequent enough for kinds
    _kinds: dict[tuple[str, str, Service], str] = field(default_factory=dict)
    _refused: dict[str, bool] = field(default_factory=dict)
    _hands: dict[str, str] = field(default_factory=dict)

    def about(self, row: ReadOrder) -> tuple[Service, str, Urgency]:
        """Service, kind and urgency: by the type, and by the words where that says too little."""
        sounds = shipped().suggested(row.words).kind if row.words else None
        service = self._service(row, sounds)
        kind = self._kind(row, service)
        known = shipped().of(kind)
        if sounds and sounds.service is service and not row.subtype:
            known = known if known and known.service is service else sounds
            kind = known.code
        return service, kind, shipped().suggested(row.words, known).urgency

    def kept(self, row: ReadOrder, service: Service) -> str:
        """The words without phone numbers and without the name of who asked; or none at all."""
        text = " ".join(row.words.split())
        if not text:
            return ""
        bare = without_phones(text)
        if len(row.name) >= _SHORTEST_NAME:
            bare = bare.replace(row.name, "…")
        if bare != text:
            self.notes[Note.PHONE_TAKEN_OUT] += 1
        if self._is_refused(bare, service):
            self.notes[Note.WORDS_REFUSED] += 1
            return ""
        if len(bare) > LONGEST:
            self.notes[Note.WORDS_CUT] += 1
        return bare[:LONGEST]

    def hand(self, row: ReadOrder) -> str:
        """Who does it, colleague or not, without a phone number; empty where nobody is named."""
        text = row.assignee
        if not text or is_placeholder(text):
            return ""
        if text not in self._hands:
            name = _NUMBER_GONE.sub(" ", without_phones(tidied(text))).strip()
            is_long = len(name) > LONGEST_NAME
            self._hands[text] = "" if is_long or self._is_refused(name, Service.OTHER) else name
        if not self._hands[text]:
            self.notes[Note.HAND_REFUSED] += 1
        return self._hands[text]

    def _service(self, row: ReadOrder, sounds: Kind | None) -> Service:
        if row.type:
            return self.choices.services.get(row.type) or guessed(row.type)
        self.notes[Note.NO_TYPE] += 1
        if row.subtype and guessed(row.subtype) is not Service.OTHER:
            return guessed(row.subtype)
        return sounds.service if sounds else Service.OTHER

    def _kind(self, row: ReadOrder, service: Service) -> str:
        """Our own kind of that name, else the name itself, else only the service's."""
        key = (row.type, row.subtype, service)
        if key not in self._kinds:
            self._kinds[key] = self._named(row.type, row.subtype, service)
        kind = self._kinds[key]
        if not kind:
            self.notes[Note.RARE_KIND] += 1
        return kind or SERVICES[service].zh

    def _named(self, type_: str, subtype: str, service: Service) -> str:
        for text in (subtype, type_):
            known = kind_of(text, service)
            if known is not None:
                return known.code
        if not (subtype or type_):
            return _NO_KIND
        return next(filter(self._may_stand, (subtype, type_)), "")

    def _may_stand(self, name: str) -> bool:
        """Whether everybody may read it in a list: frequent, short, and about nobody."""
        is_kind = name in self.common and len(name) <= LONGEST_KIND
        return is_kind and not self.sieve.holds(name)

    def _is_refused(self, text: str, service: Service) -> bool:
        """What somebody complains about is his to say; numbers of papers are never kept."""
        if service is Service.COMPLAINT:
            return bool(credentials(text))
        if text not in self._refused:
            self._refused[text] = self.sieve.holds(text)
        return self._refused[text]


def common_names(rows: Iterable[ReadOrder]) -> frozenset[str]:
    """The names of kinds that many rows have."""
    names: Counter[str] = Counter()
    for row in rows:
        names.update({row.subtype, row.type} - {""})
    return frozenset(name for name, _count in names.most_common(KINDS_AT_MOST))
