"""What an order is about: service, kind, and how urgent such things are by themselves.

Urgency follows from what happened, never from whom it happened to: no plan, tier or payment is an
input here (Civil Code 942; equality of the contract service).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cached_property, lru_cache

from pmdesk.i18n import Words

_GAP = "…"  # a few characters of the same clause
_BETWEEN = "[^，。；！？,.;!?没未无]{0,6}?"
# right before a word: 没有困人, 未见冒烟, 怕摔倒; the question 是不是着火 denies nothing
_DENIED = re.compile(
    "(?:(?<!有)没有|(?<!有)没|未|无|(?<!是)不是|并非|(?<![是会有能])不|不会|怕|差点|容易|避免|防止|以免)"
    "(?:见|发现|看到|看见|闻到|听到|出现|发生|再|任何|什么)*$"
)
_NOBODY = re.compile("(?:没有?|无)人$")  # 没人受伤; but 家里没人着火了
_HAPPENS_TO_PEOPLE = frozenset("被受晕昏摔跌触溺落掉中")


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
    """Words in a description that tell of a kind, or of more urgency; none with any of `unless`.

    A `…` within a word stands for a few characters.
    """

    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    kind: str = ""
    urgency: Urgency | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What a description sounds like; a person decides."""

    kind: Kind | None
    urgency: Urgency
    because: str = ""  # the word that was heard


@dataclass(frozen=True, kw_only=True)  # without slots: the index is made once
class Kinds:
    """All kinds of orders of this office, and the words they are known by."""

    kinds: tuple[Kind, ...]
    signs: tuple[Sign, ...]
    harmless: tuple[str, ...] = ()  # phrases in which no sign is heard

    def of(self, code: str) -> Kind | None:
        """The kind of that code."""
        return next((kind for kind in self.kinds if kind.code == code), None)

    def within(self, service: Service) -> tuple[Kind, ...]:
        """The kinds of that service, in order."""
        return tuple(kind for kind in self.kinds if kind.service is service)

    def suggested(self, words: str, chosen: Kind | None = None) -> Suggestion:
        """Kind and urgency by the words of the description; the kind somebody chose stays."""
        heard = sorted(self._heard(self._without_harmless(words)), key=lambda one: one[0])
        kind = chosen or self._first_kind(sign for _at, sign, _word in heard)
        usual = kind.urgency if kind else Urgency.NORMAL
        told = [(sign.urgency, word) for _at, sign, word in heard if sign.urgency is not None]
        urgency, because = min(told, default=(usual, ""), key=lambda pair: pair[0])
        if urgency >= usual:
            return Suggestion(kind=kind, urgency=usual)
        return Suggestion(kind=kind, urgency=urgency, because=because)

    @cached_property
    def _by_letter(self) -> Mapping[str, Sequence[tuple[int, Sign, str]]]:
        """All words by their first letter, with their place in the file: lists are long."""
        found: dict[str, list[tuple[int, Sign, str]]] = {}
        every = ((sign, word) for sign in self.signs for word in sign.words)
        for at, (sign, word) in enumerate(every):
            found.setdefault(word[0], []).append((at, sign, word))
        return found

    def _without_harmless(self, words: str) -> str:
        for phrase in self.harmless:
            if _start(phrase) in words:
                words = _shape(phrase).sub("，", words)
        return words

    def _heard(self, words: str) -> Iterator[tuple[int, Sign, str]]:
        """Each sign that stands there and is not denied, with the words that tell it."""
        for letter in self._by_letter.keys() & set(words):
            for at, sign, word in self._by_letter[letter]:
                if _start(word) not in words or any(one in words for one in sign.unless):
                    continue
                for found in _shape(word).finditer(words):
                    if not _is_denied(words[: found.start()], word):
                        yield at, sign, found[0]

    def _first_kind(self, heard: Iterable[Sign]) -> Kind | None:
        found = (self.of(sign.kind) for sign in heard if sign.kind)
        return next((kind for kind in found if kind), None)


@lru_cache(maxsize=1024)
def _start(word: str) -> str:
    return word.partition(_GAP)[0]


@lru_cache(maxsize=1024)
def _shape(word: str) -> re.Pattern[str]:
    return re.compile(_BETWEEN.join(map(re.escape, word.split(_GAP))))


def _is_denied(before: str, word: str) -> bool:
    if _NOBODY.search(before):
        return word[0] in _HAPPENS_TO_PEOPLE
    return bool(_DENIED.search(before))
