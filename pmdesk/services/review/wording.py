"""What rules are called and say: no ranking, no retaliation, no price, no less service."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pmdesk.domain.catalogue import Refused
from pmdesk.domain.patterns import Pattern
from pmdesk.domain.reviews import ItemResult, Spot, failed, passed
from pmdesk.domain.screening import Hit, Lexicon, Use, screen, words
from pmdesk.i18n import N_, Words
from pmdesk.services.review import declared
from pmdesk.services.review.sight import Sight

FAIR = "LR-03"
REASON, LEGAL, NAME = "reason", "legal", "name"  # the parts of a row that are texts
_CLAUSE = re.compile(r"[，。；、！？,.;!?\n]")
_NOTHING = Words("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Something that a table says, and where."""

    words: str
    use: Use
    rule: str = ""
    part: str = NAME


def texts(sight: Sight) -> Iterator[Text]:
    """Everything a table says: names of rows, tiers and tags, reasons and legal notes."""
    for rule in sight.table.rules:
        yield Text(words=rule.id, use=Use.RANK, rule=rule.id)
        yield Text(words=rule.reason, use=Use.PROSE, rule=rule.id, part=REASON)
        yield Text(words=rule.legal, use=Use.PROSE, rule=rule.id, part=LEGAL)
    for _key, label in (*sight.table.scheme.tiers, *sight.table.scheme.tags):
        for words_of in label:
            yield Text(words=words_of, use=Use.RANK)


def fair(sight: Sight) -> ItemResult:
    """LR-03: no text ranks people or names what is not collected."""
    for text in texts(sight):
        for hit in screened(text.words, sight.lexicon, text.use):
            # of a day alone it is not guessed that it is somebody's birthday
            if hit.pattern is not Pattern.BIRTH_DATE:
                return _unfair(sight, text, hit)
    return passed(FAIR, N_("Names, reasons and notes neither rank nor discriminate."))


@functools.lru_cache(maxsize=8192)
def screened(text: str, lexicon: Lexicon, use: Use) -> tuple[Hit, ...]:
    """Everything refused in the text; asked again after each edit, of texts that stayed."""
    return screen(text, lexicon, use)


def said_wrongly(sight: Sight, item: str) -> ItemResult | None:
    """The first text with a word that the item minds; None where no text has one."""
    for text in texts(sight):
        for hit in spoken(text.words, item):
            place = f"“{hit.word}” {_row(sight, text)}".strip()
            sentence = N_("{place}: {why}.")
            return failed(item, sentence, _spots(text), place=place, why=hit.why)
    return None


@functools.lru_cache(maxsize=8192)
def spoken(text: str, item: str) -> tuple[Hit, ...]:
    """The words that the item minds, but not where a clause says that nothing depends on them."""
    return tuple(
        hit
        for hit in words(text, _lists(item), Use.PROSE)
        if not any(denial in _clause(text, hit.position) for denial in declared.denials())
    )


def _clause(text: str, position: int) -> str:
    ends = [found.start() for found in _CLAUSE.finditer(text)]
    start = max((end + 1 for end in ends if end < position), default=0)
    return text[start : next((end for end in ends if end >= position), len(text))]


@functools.cache
def _lists(item: str) -> tuple[Refused, ...]:
    return tuple(
        Refused(
            keys=(item,),
            label=_NOTHING,
            words=one.listed,
            why=one.why,
            instead=_NOTHING,
            harmless=one.harmless,
        )
        for one in declared.word_lists()
        if one.item == item
    )


def _unfair(sight: Sight, text: Text, hit: Hit) -> ItemResult:
    word = f"“{hit.word}”" if hit.word else ""
    place = f"{word} {_row(sight, text)}".strip()
    what = hit.why if hit.word else hit.label
    return failed(FAIR, N_("{place}: {why}"), _spots(text), place=place, why=what)


def _row(sight: Sight, text: Text) -> str:
    return f"#{sight.table.place_of(text.rule) + 1}" if text.rule else ""


def _spots(text: Text) -> tuple[Spot, ...]:
    return (Spot(rule=text.rule, fact=text.part),) if text.rule else ()
