"""Refused data (本系统不收集): every text is screened by one list, to which an office may add."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pmdesk.domain import office
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fields import Problem
from pmdesk.domain.office import Changes
from pmdesk.domain.own_words import LONGEST, LONGEST_WHY, SHORTEST, OwnWord, OwnWordId
from pmdesk.domain.patterns import Pattern
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.screening import Hit, Lexicon, Use, screen, shapes
from pmdesk.domain.staff import Permission
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.i18n import N_, Words
from pmdesk.services import starters
from pmdesk.services.session import Session

Texts = Mapping[Words, str] | Mapping[str, str]  # by the name of the place, as a user knows it

# A rule may speak of houses handed over long ago: of a day alone it is not guessed that it is
# somebody's birthday.
_RULE_SHAPES = frozenset(Pattern) - {Pattern.BIRTH_DATE}
CHANGED = Changes.of(office.OFFICE)


def lexicon(work: UnitOfWork) -> Lexicon:
    """What is not collected: the list of this program, which none can shorten, and own words."""
    return (*starters.refused(), *(word.refused for word in work.own_words.all()))


def screening(work: UnitOfWork, catalogue: Catalogue) -> Catalogue:
    """The catalogue with the present list of what is not collected."""
    return replace(catalogue, refused=lexicon(work))


def refused(session: Session) -> Lexicon:
    """The list as everybody may read it."""
    with session.reading(Permission.SEE_RESIDENTS) as work:
        return lexicon(work)


def looked_at(session: Session, text: str, use: Use = Use.PROSE) -> tuple[Hit, ...]:
    """What of `text` is not collected; to be told while somebody still types."""
    with session.reading(Permission.SEE_RESIDENTS) as work:
        return screen(text, lexicon(work), use)


def problem(key: str, hits: Iterable[Hit]) -> Problem | None:
    """The first hit, to be said beside the field of that key."""
    first = next(iter(hits), None)
    if first is None:
        return None
    if first.pattern is not None:
        sentence = N_("This looks like: {what}. {why} Instead: {instead}")
    else:
        sentence = N_("“{word}”: {why} Instead: {instead}")
    places = {
        "what": first.label,
        "word": first.word,
        "why": first.why,
        "instead": first.instead,
    }
    return Problem(key=key, sentence=sentence, places=places)


def require_clean(session: Session, work: UnitOfWork, texts: Texts, use: Use = Use.NAME) -> None:
    """RefusedError with the word and the reason unless nothing in `texts` is refused."""
    del session  # the list is the same for every role
    known = lexicon(work)
    for place, text in texts.items():
        _refuse_hits(place, screen(text, known, use))


def require_fair(session: Session, work: UnitOfWork, names: Texts, reasons: Texts) -> None:
    """RefusedError unless names of tiers, tags and rules rank nobody, and reasons are clean."""
    require_clean(session, work, names, Use.RANK)
    known = lexicon(work)
    for place, text in reasons.items():
        hits = screen(text, known, Use.PROSE)
        fair = (hit for hit in hits if hit.pattern is None or hit.pattern in _RULE_SHAPES)
        _refuse_hits(place, tuple(fair))


def require_no_number(texts: Texts) -> None:
    """RefusedError when a free text holds the number of an identity paper or a bank card.

    Words are free here: what somebody asks for is written down as it was said.
    """
    for place, text in texts.items():
        _refuse_hits(place, _numbers(text))


def number_problem(key: str, place: Words, text: str) -> Problem | None:
    """`require_no_number` as something to be said in a form: the place, what it is, and why."""
    first = next(iter(_numbers(text)), None)
    if first is None:
        return None
    places = {"place": place, "what": first.label, "why": first.why}
    return Problem(key=key, sentence=_HOLDS, places=places)


def _numbers(text: str) -> tuple[Hit, ...]:
    return tuple(hit for hit in shapes(text) if hit.pattern in _NUMBERS)


_HOLDS = N_("“{place}” holds something that looks like: {what}. {why}")
_NUMBERS = frozenset(
    {Pattern.ID_NUMBER, Pattern.OLD_ID_NUMBER, Pattern.BANK_CARD, Pattern.PASSPORT}
)


def _refuse_hits(place: Words | str, hits: tuple[Hit, ...]) -> None:
    if not hits:
        return
    first = hits[0]
    if first.pattern is not None:
        raise RefusedError(
            _HOLDS,
            N_("Take it out. Instead: {instead}"),
            place=place,
            what=first.label,
            why=first.why,
            instead=first.instead,
        ).coded("E_FIELD_PROHIBITED")
    raise RefusedError(
        N_("“{place}” says “{word}”. {why}"),
        N_("Take it out. Instead: {instead}"),
        place=place,
        word=first.word,
        why=first.why,
        instead=first.instead,
    ).coded("E_FIELD_PROHIBITED")


# ---- own words ------------------------------------------------------------------------------


def own_words(session: Session) -> tuple[OwnWord, ...]:
    """The words that this office added."""
    with session.reading(Permission.SEE_RESIDENTS) as work:
        return work.own_words.all()


def add_word(session: Session, word: str, why: str) -> Changes:
    """The word is refused everywhere from now on."""
    session.require(Permission.CONFIGURE)
    word, why = " ".join(word.split()), " ".join(why.split())
    with session.writing(Permission.CONFIGURE) as work:
        _refuse_odd(word, why)
        if screen(word, lexicon(work), Use.NAME):
            raise ConflictError(
                N_("This word is on the list already."), N_("Search the list for it.")
            )
        _refuse_used(work, word)
        added = work.own_words.add(word, why, at=session.clock.now())
        session.log(work, "refused.add", _target(added))
        work.commit()
    return CHANGED


def propose_removal(session: Session, word: OwnWordId, reason: str) -> Changes:
    """Somebody wants the word removed; until a second person agrees it stays in force."""
    session.require(Permission.CONFIGURE)
    if not reason.strip():
        raise RefusedError(
            N_("A removal needs a reason."), N_("Write one sentence why the word may go.")
        )
    with session.writing(Permission.CONFIGURE) as work:
        work.own_words.propose_removal(word, reason.strip(), at=session.clock.now())
        session.log(work, "refused.propose_removal", _target(word))
        work.commit()
    return CHANGED


def decide_removal(session: Session, word: OwnWordId, *, agree: bool) -> Changes:
    """A second person agreed and the word is in force no more; or it stays."""
    with session.writing(Permission.APPROVE_RECORDS) as work:
        proposed = next((one for one in work.own_words.all() if one.id == word), None)
        if proposed is None or not proposed.is_disputed:
            raise ConflictError(
                N_("Nobody wants this word removed any more."), N_("Reload the page.")
            )
        if agree:
            work.own_words.remove(word, at=session.clock.now())
        else:
            work.own_words.keep(word)
        session.log(work, "refused.remove" if agree else "refused.keep", _target(word))
        work.commit()
    return CHANGED


def _refuse_odd(word: str, why: str) -> None:
    if not SHORTEST <= len(word) <= LONGEST:
        raise RefusedError(
            N_("A word has {low} to {high} characters."),
            N_("Enter one word; add several one by one."),
            low=SHORTEST,
            high=LONGEST,
        )
    if not why or len(why) > LONGEST_WHY:
        raise RefusedError(
            N_("The reason is missing, or longer than {count} characters."),
            N_("Say in one sentence why the office does not collect it."),
            count=LONGEST_WHY,
        )


def _refuse_used(work: UnitOfWork, word: str) -> None:
    """A word that a field of the catalogue is called would refuse what the office collects."""
    live = work.catalogue.live()
    named = [field.label for field in live.fields if field.enabled]
    named += [option.label for field in live.fields for option in field.options]
    for kinds in (live.purposes, live.tiers, live.tags):
        named += [one.name for one in kinds]
    if any(word.casefold() in text.casefold() for words in named for text in words):
        raise RefusedError(
            N_("“{word}” is part of a name that the office itself uses."),
            N_("Choose a longer word, or change that name first."),
            word=word,
        )


def _target(word: OwnWordId) -> str:
    return f"refused:{word}"
