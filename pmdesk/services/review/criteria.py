"""“这个标准能用吗？”: whether a criterion, said in plain words, may decide anything, and why."""

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pmdesk.domain.catalogue import Catalogue, Refused
from pmdesk.domain.fields import Field, RuleUse
from pmdesk.domain.reviews import ReviewItem
from pmdesk.domain.screening import Hit, Lexicon, Use, screen, words
from pmdesk.domain.staff import Permission
from pmdesk.i18n import Words
from pmdesk.services.refusal import screen as lists
from pmdesk.services.review import declared
from pmdesk.services.review.inputs import CATALOGUED, COMBINED, RETALIATION, SENSITIVE
from pmdesk.services.review.nearest import Near, nearest
from pmdesk.services.review.wording import FAIR, spoken
from pmdesk.services.session import Session

LONGEST = 120
_RANKING = frozenset({"rank_words", "customer_value", "blacklist", "risk_label", "troublemaker"})
# What a word list or a way of speaking decides, the gravest first.
_GRAVEST = (RETALIATION, FAIR, SENSITIVE, COMBINED, "LR-05", "LR-06", "LR-04", CATALOGUED)
_SHORTEST_OPTION = 2  # characters; a shorter option is part of too many other words
_NOTHING = Words("", "")

_NO_FIELD = Words(
    "目录里没有这一项，规则只能问列清单里有的。", "The catalogue has nothing of this kind."
)
_NOT_READ = Words(
    "没看懂这句话，这不是说不可以。", "This was not understood, which does not mean no."
)
_TOGETHER = Words(
    "这两件事合在一行里，会暴露谁家没有人、谁一个人住。",
    "Both in one row would tell which home is empty or who lives alone.",
)
_APART = Words("拆成两行，各问各的", "Two rows, one for each")
_DECLARED = Words("只按住户自己填写的需要安排服务", "Arrange services by what residents declared")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Whether a criterion may be used: the item that decides, why, and what serves instead.

    What was not understood is neither allowed nor refused; `near` is what may have been meant.
    """

    text: str
    allowed: bool
    why: Words
    understood: bool = True
    near: tuple[Near, ...] = ()
    item: ReviewItem | None = None  # that decides against it
    law: str = ""
    instead: Words = _NOTHING
    word: str = ""  # of the text, that decided
    field: Field | None = None  # that serves


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """A reason against a criterion."""

    item: str
    why: Words
    instead: Words
    law: str
    word: str


def asked(session: Session, text: str) -> Judgement:
    """What the office's own catalogue and lists say of the criterion."""
    with session.reading(Permission.SEE_RULES) as work:
        return judged(work.catalogue.live(), text, lists.lexicon(work))


def judged(catalogue: Catalogue, text: str, lexicon: Lexicon | None = None) -> Judgement:
    """Whether the criterion may be used; the gravest reason decides."""
    told = " ".join(text.split())[:LONGEST]
    grounds = sorted(
        _grounds(catalogue, told, catalogue.refused if lexicon is None else lexicon),
        key=lambda ground: _GRAVEST.index(ground.item),
    )
    field = _serving(catalogue, told)
    if grounds:
        return _refused(told, grounds[0])
    if field is None:
        near = nearest(catalogue, told)
        return Judgement(text=told, allowed=False, understood=False, why=_NOT_READ, near=near)
    return Judgement(text=told, allowed=True, why=field.rule_limit or field.necessity, field=field)


def _refused(text: str, ground: _Ground) -> Judgement:
    item = declared.item(ground.item)
    return Judgement(
        text=text,
        allowed=False,
        why=ground.why,
        item=item,
        law=ground.law or item.law,
        instead=ground.instead,
        word=ground.word,
    )


def _grounds(catalogue: Catalogue, text: str, lexicon: Lexicon) -> Iterator[_Ground]:
    """Every reason against it."""
    for finder in (_by_lexicon(lexicon), _by_word_list, _by_proxy, _by_pair, _by_field(catalogue)):
        yield from finder(text)


Finder = Callable[[str], Iterator[_Ground]]


def _by_lexicon(lexicon: Lexicon) -> Finder:
    """What is not collected cannot decide either."""
    laws = {refused.keys[0]: refused.law for refused in lexicon}

    def found(text: str) -> Iterator[_Ground]:
        for hit in screen(text, lexicon, Use.NAME):
            item = FAIR if hit.key in _RANKING else SENSITIVE
            yield _Ground(
                item=item,
                why=hit.why,
                instead=_better(hit.key, hit.word, text) or hit.instead,
                law=laws.get(hit.key, ""),
                word=hit.word,
            )

    return found


def _by_word_list(text: str) -> Iterator[_Ground]:
    for item in dict.fromkeys(one.item for one in declared.word_lists()):
        for hit in spoken(text, item):
            why = Words(f"{hit.why.zh}。", f"It {hit.why.en}.")
            yield _Ground(item=item, why=why, instead=_DECLARED, law="", word=hit.word)


def _by_proxy(text: str) -> Iterator[_Ground]:
    known = {str(place): proxy for place, proxy in enumerate(declared.proxies())}
    for hit in words(text, _proxy_words(), Use.PROSE):
        proxy = known[hit.key]
        yield _Ground(
            item=proxy.item,
            why=proxy.why,
            instead=_better("", hit.word, text) or proxy.instead,
            law=proxy.law,
            word=hit.word,
        )


def _better(key: str, word: str, text: str) -> Words | None:
    """What serves this wish, where what is said of the word in general would not."""
    for one in declared.betters():
        is_meant = key in one.keys or word in one.words
        if is_meant and (not one.about or _first(text, one.about)):
            return one.instead
    return None


def _by_pair(text: str) -> Iterator[_Ground]:
    for pair in declared.pairs():
        first, second = _first(text, pair.first), _first(text, pair.second)
        if first and second:
            word = f"{first.word} + {second.word}"
            yield _Ground(item=COMBINED, why=_TOGETHER, instead=_APART, law="", word=word)


def _by_field(catalogue: Catalogue) -> Finder:
    """A field by its own name that is not open to rules."""

    def found(text: str) -> Iterator[_Ground]:
        for field in catalogue.fields:
            hit = _first(text, field.label) if field.rule_use is not RuleUse.YES else None
            if hit:
                retaliates = field.key in declared.retaliation()
                yield _Ground(
                    item=RETALIATION if retaliates else SENSITIVE,
                    why=field.rule_limit or _NO_FIELD,
                    instead=_DECLARED,
                    law="",
                    word=hit.word,
                )

    return found


def _serving(catalogue: Catalogue, text: str) -> Field | None:
    """The field that a rule may ask about this: the one of which most is named."""
    named = [(_named(field, text), field) for field in catalogue.rule_fields]
    most, field = max(named, key=lambda pair: pair[0])
    return field if most else None


def _named(field: Field, text: str) -> int:
    """How many characters of the text name the field."""
    hits = words(text, (_refusing(tuple(_names(field))),), Use.PROSE)
    return sum(len(hit.word) for hit in hits)


def _names(field: Field) -> Iterator[str]:
    """What people call the field and its options."""
    for service in declared.services():
        if service.field == field.key:
            yield from service.words
    yield from field.label
    for option in field.options:
        yield from (name for name in option.label if len(name) >= _SHORTEST_OPTION)


def _first(text: str, listed: Iterable[str]) -> Hit | None:
    return next(iter(words(text, (_refusing(tuple(listed)),), Use.PROSE)), None)


@functools.cache
def _proxy_words() -> Lexicon:
    return tuple(
        _refusing(proxy.words, key=str(place)) for place, proxy in enumerate(declared.proxies())
    )


@functools.lru_cache(maxsize=256)
def _refusing(listed: tuple[str, ...], key: str = "") -> Refused:
    return Refused(keys=(key,), label=_NOTHING, words=listed, why=_NOTHING, instead=_NOTHING)
