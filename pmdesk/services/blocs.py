"""Numbers of previews that tell of nobody, however many previews somebody compares.

Hiding small numbers in one preview is not enough: whoever changes a row a little and looks again
subtracts. Rounding does not help against many tries, and comparing each preview with each earlier
one is not enough either: of three harmless numbers, two taken from the third can leave one person.
So nothing is decided number by number. Two things together keep single people out of reach:

1. Blocs: who is in one bloc was counted together in every preview so far. A new preview may part a
   bloc only into blocs of at least k; fewer people are counted where most of their bloc goes. Every
   number ever shown is a sum of whole blocs, and so is all that is computed from any of them; a
   bloc has at least k people, or does not move. "None" and "fewer than k" are the same words.
2. Chance: with a fixed limit, somebody could bring a group to one below it and then add a row that
   can only fit one person: the jump would be the answer. So the limit is drawn anew, between k and
   3 k, for each set of conditions, and where a bloc cannot part, chance decides by its shares where
   all of it is counted. A jump happens without the person too, and proves nothing.

The price: changes of fewer than k people are not counted, and after many previews numbers get
coarse; the page says so. The same numbers are shown to every role. A manager could look up each
person anyway, and is told no more here, for a number leaves no trace, and a page or a list does:
who has to know asks for the people of a stored version by name (`comparison.movers`), which is
logged. It does not protect from somebody who already knows the answers of all others in a group of
k, or who invents people; those acts are logged by name. All this lives in memory and begins anew
with the program, from the versions on record of the last month; signing in is logged.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from secrets import token_bytes
from threading import Lock
from weakref import WeakKeyDictionary

from pmdesk.domain.classification import Fate, RulesetStatus, TierCounts
from pmdesk.domain.ports import Store, UnitOfWork
from pmdesk.errors import PmdeskError
from pmdesk.services.session import Session

REMEMBERED = timedelta(days=30)
_MOST_VERSIONS = 8  # that are counted again when the program begins
SPREAD = 3  # times k: below it chance decides whether people are counted by themselves
LATE = 2  # times as many are needed to be counted by rule
MUCH = 4  # times k: so many people who are not counted as moving are mentioned

Cell = tuple[str, str]  # tier and rule that a preview shows
Parts = Mapping[Cell, list[str]]
Group = tuple[Cell, list[str]]
UNTOLD = ""  # the rule of those who are counted in a tier only


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What may be shown of a table: the numbers, and whether many changes are missing in them."""

    counts: TierCounts
    partial: bool


class Blocs:
    """What was shown of one office while the program runs."""

    def __init__(self, secret: bytes = b"") -> None:
        self._secret = secret or token_bytes(16)
        self._bloc: dict[str, int] = {}
        self._newest = 0
        self._lock = Lock()

    def counted(self, fates: Sequence[Fate], smallest: int, conditions: str) -> Counted:
        """The numbers of a preview; from now on they are part of what was shown."""
        with self._lock:
            shown = Counter[tuple[str, str, str]]()
            missing = 0
            for (bloc, present), parts in self._units(fates).items():
                chance = _Chance(self._secret, conditions, bloc, present, smallest)
                groups = _groups(parts, present, chance)
                for cell, people in groups:
                    shown[present, *cell] += len(people)
                missing += _missing(parts, groups, present)
                if _is_new(bloc, groups, smallest):
                    self._part(groups)
        return Counted(counts=_counts(shown), partial=missing >= MUCH * smallest)

    def _units(self, fates: Sequence[Fate]) -> Mapping[tuple[int, str], Parts]:
        """The people by bloc and present tier, which is no secret, and by what becomes of them."""
        units: dict[tuple[int, str], dict[Cell, list[str]]] = defaultdict(lambda: defaultdict(list))
        for fate in fates:
            cell = fate.tier, fate.rule
            for person in fate.people:
                units[self._bloc.get(person, 0), fate.present][cell].append(person)
        return units

    def _part(self, groups: Iterable[Group]) -> None:
        for _cell, people in groups:
            self._newest += 1
            self._bloc.update(dict.fromkeys(people, self._newest))


_OFFICES: "WeakKeyDictionary[Store, Blocs]" = WeakKeyDictionary()
_OPENING = Lock()


def counted(session: Session, work: UnitOfWork, document: str) -> Counted:
    """What may be shown of the table: the only way from a document to numbers on a page."""
    smallest = work.office.get().fewest_shown
    fates = work.classifications.fates(document, today=session.clock.today())
    blocs = _of_office(session, work, smallest)
    found = blocs.counted(fates, smallest, _conditions(document))
    return replace(found, counts=_with_nobody(found.counts, document))


def _with_nobody(counts: TierCounts, document: str) -> TierCounts:
    """The same with a zero for each tier and rule that nobody is counted in."""
    content = json.loads(document)
    tiers = {tier["key"]: 0 for tier in content["scheme"]["tiers"]}
    rules = {rule["id"]: 0 for rule in content["rules"]}
    return replace(counts, tiers=tiers | counts.tiers, rules=rules | counts.rules)


def _of_office(session: Session, work: UnitOfWork, smallest: int) -> Blocs:
    with _OPENING:
        blocs = _OFFICES.get(session.store)
        if blocs is None:
            blocs = _OFFICES[session.store] = Blocs()
            _remember(session, work, blocs, smallest)
        return blocs


def _remember(session: Session, work: UnitOfWork, blocs: Blocs, smallest: int) -> None:
    """What the versions on record showed lately is taken as shown; the active one is no secret."""
    since = session.clock.now() - REMEMBERED
    recent = [
        one
        for one in work.rulesets.all()
        if one.created_at >= since and one.status is not RulesetStatus.ACTIVE
    ]
    for one in reversed(recent[:_MOST_VERSIONS]):
        try:
            fates = work.classifications.fates(one.document, today=session.clock.today())
        except PmdeskError:  # a field that it asks for is gone: it can be previewed no more
            continue
        blocs.counted(fates, smallest, _conditions(one.document))


def _conditions(document: str) -> str:
    """The document without the words of its rows, which decide about nobody."""
    content = json.loads(document)
    rows = [(rule["cells"], rule["tier"]) for rule in content["rules"]]
    return json.dumps((content["policy"], rows), sort_keys=True)


# ---- how a bloc parts -------------------------------------------------------------------------


class _Chance:
    """What is left to chance about one bloc under one set of conditions; the same each time."""

    def __init__(
        self, secret: bytes, conditions: str, bloc: int, present: str, smallest: int
    ) -> None:
        self._seed = secret, conditions, present, bloc
        self.smallest = smallest

    def least(self, name: str) -> int:
        """How many people of the bloc a tier or a rule needs to be counted by itself."""
        secret, conditions, present, _bloc = self._seed
        drawn = Random(repr((secret, conditions, present, name)))  # noqa: S311  # seeded by a secret
        return drawn.randrange(self.smallest, SPREAD * self.smallest)

    def one_of(self, tiers: Mapping[str, list[str]]) -> str:
        """Where a bloc is counted that cannot part, as likely as its people go there."""
        drawn = Random(repr(self._seed))  # noqa: S311  # seeded by a secret
        names = sorted(tiers)
        return drawn.choices(names, [len(tiers[name]) for name in names])[0]


def _groups(parts: Parts, present: str, chance: _Chance) -> list[Group]:
    """The people of a bloc as they are counted: by tier, and where there are many, by rule.

    By rule a bloc parts late, so that it stays large for the tiers of the next preview.
    """
    tiers: dict[str, list[str]] = defaultdict(list)
    for (tier, _rule), people in parts.items():
        tiers[tier].extend(people)
    return [
        ((tier, rule), some)
        for tier, people in _parted(tiers, present, chance).items()
        for rule, some in _ruled(_by_rule(parts, tier, people), chance).items()
    ]


def _parted(
    tiers: Mapping[str, list[str]], present: str, chance: _Chance
) -> Mapping[str, list[str]]:
    """The bloc by tier: whole, or in parts that are large enough."""
    if len(tiers) == 1 and len(next(iter(tiers.values()))) >= chance.smallest:
        return tiers
    large = {tier: own for tier, own in tiers.items() if len(own) >= chance.least(tier)}
    small = [person for tier, own in tiers.items() if tier not in large for person in own]
    if not small:
        return large
    if not large:
        to = present if len(small) < chance.smallest else chance.one_of(tiers)
    elif len(small) >= chance.least(UNTOLD):
        to = present
    else:
        to = max(large, key=lambda tier: (len(large[tier]), tier))
    large[to] = [*large.get(to, ()), *small]
    return large


def _ruled(rules: Mapping[str, list[str]], chance: _Chance) -> Mapping[str, list[str]]:
    """Those of a tier by rule, where they are many; the others are told by no rule."""
    large = {r: own for r, own in rules.items() if r and len(own) >= LATE * chance.least(r)}
    small = [person for rule, own in rules.items() if rule not in large for person in own]
    if small:
        enough = not large or len(small) >= chance.least(UNTOLD)
        to = UNTOLD if enough else max(large, key=lambda rule: (len(large[rule]), rule))
        large[to] = [*large.get(to, ()), *small]
    return large


def _by_rule(parts: Parts, tier: str, people: list[str]) -> Mapping[str, list[str]]:
    """Those who are counted in a tier, by rule; whoever is really in another one has none."""
    rules = {rule: own for (own_tier, rule), own in parts.items() if own_tier == tier}
    if sum(map(len, rules.values())) == len(people):
        return rules
    known = {person for own in rules.values() for person in own}
    strays = [person for person in people if person not in known]
    inside = set(people)
    whole = {rule: own for rule, own in rules.items() if own[0] in inside}
    return whole | {UNTOLD: [*whole.get(UNTOLD, ()), *strays]}


def _is_new(bloc: int, groups: Sequence[Group], smallest: int) -> bool:
    """Whether the bloc parts; newcomers become one as soon as they are enough."""
    return len(groups) > 1 or (not bloc and len(groups[0][1]) >= smallest)


def _missing(parts: Parts, groups: Iterable[Group], present: str) -> int:
    """How many people change tier and are counted as if they did not."""
    moving = sum(len(people) for (tier, _rule), people in parts.items() if tier != present)
    return moving - sum(len(people) for (tier, _rule), people in groups if tier != present)


def _counts(shown: Mapping[tuple[str, str, str], int]) -> TierCounts:
    tiers, rules = Counter[str](), Counter[str]()
    matrix: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (present, tier, rule), people in shown.items():
        tiers[tier] += people
        matrix[present][tier] += people
        if rule:
            rules[rule] += people
    return TierCounts(
        tiers=dict(tiers),
        rules=dict(rules),
        tags={},
        moved=sum(n for (present, tier, _rule), n in shown.items() if present != tier),
        matrix={present: dict(row) for present, row in matrix.items()},
    )
