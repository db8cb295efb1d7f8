"""The decision table: facts by rules, every change a new table."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_
from pmdesk.rules.canonical import read, written
from pmdesk.rules.cells import ANY, Cell
from pmdesk.rules.facts import Fact
from pmdesk.rules.rule import HitPolicy, Rule
from pmdesk.rules.scheme import Scheme

__all__ = [
    "LONGEST_REASON",
    "MOST_RULES",
    "DecisionTable",
    "HitPolicy",
    "Rule",
    "Scheme",
    "last_row_stays",
]

MOST_RULES = 1000
LONGEST_REASON = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTable:
    """Rules over facts; once complete, its last row stands for everyone else and stays last."""

    facts: tuple[Fact, ...]
    rules: tuple[Rule, ...]
    scheme: Scheme
    policy: HitPolicy = field(default=HitPolicy.PRIORITY)

    def __post_init__(self) -> None:
        if len(self.rules) > MOST_RULES:
            raise PmdeskError(
                N_("A table has at most {most} rows, this one has {count}."),
                N_("Join rows that give the same, or remove some."),
                most=MOST_RULES,
                count=len(self.rules),
            )
        _refuse_twice([fact.key for fact in self.facts], N_("The column “{name}” occurs twice."))
        _refuse_twice([rule.id for rule in self.rules], N_("The row “{name}” occurs twice."))
        for rule in self.rules:
            self._check(rule)

    @property
    def is_complete(self) -> bool:
        """Whether the last row gives everyone else the weakest tier."""
        last = self.rules[-1] if self.rules else None
        return last is not None and last.fits_everyone and last.tier == self.scheme.weakest

    @property
    def deciding_order(self) -> tuple[int, ...]:
        """The places of the rules in the order in which the first that fits gives the tier."""
        places = range(len(self.rules))
        if self.policy is not HitPolicy.PRIORITY:
            return tuple(places)
        rank = {tier: place for place, tier in enumerate(self.scheme.tier_keys)}
        return tuple(sorted(places, key=lambda place: -rank[self.rules[place].tier]))

    @classmethod
    def from_json(cls, text: str, facts: Iterable[Fact]) -> "DecisionTable":
        """The table that the canonical JSON describes, its facts being among `facts`."""
        columns, rules, scheme, policy = read(text, facts)
        return cls(facts=columns, rules=rules, scheme=scheme, policy=policy)

    def to_json(self) -> str:
        """The table as canonical JSON: equal tables give equal text."""
        return written(self.facts, self.rules, self.scheme, self.policy)

    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def place_of(self, rule_id: str) -> int:
        """The row of a rule, counted from 0."""
        for place, rule in enumerate(self.rules):
            if rule.id == rule_id:
                return place
        raise PmdeskError(N_("The row “{name}” is not in this table."), name=rule_id)

    def column_of(self, fact_key: str) -> int:
        """The column of a fact, counted from 0."""
        for column, fact in enumerate(self.facts):
            if fact.key == fact_key:
                return column
        raise PmdeskError(N_("The column “{name}” is not in this table."), name=fact_key)

    def rule(self, rule_id: str) -> Rule:
        """The rule with this id."""
        return self.rules[self.place_of(rule_id)]

    def fresh_id(self) -> str:
        """An id that no rule has yet."""
        taken = {rule.id for rule in self.rules}
        return next(name for n in range(1, len(taken) + 2) if (name := f"r{n}") not in taken)

    def blank_rule(self) -> Rule:
        """A new row that asks for nothing and gives the weakest tier, with an id of its own."""
        cells = tuple(ANY for _fact in self.facts)
        return Rule(id=self.fresh_id(), cells=cells, tier=self.scheme.weakest)

    def with_cell(self, rule_id: str, fact_key: str, cell: Cell) -> "DecisionTable":
        """With this cell in place of the old one; the last row of a complete table asks nothing."""
        column = self.column_of(fact_key)
        if self._is_last(rule_id) and not cell.is_any:
            raise last_row_stays()
        return self._with_changed(
            rule_id,
            lambda rule: replace(
                rule, cells=(*rule.cells[:column], cell, *rule.cells[column + 1 :])
            ),
        )

    def with_rule(self, rule: Rule, at: int | None = None) -> "DecisionTable":
        """With one more rule at row `at`, or as far down as one may stand."""
        end = self._end
        place = end if at is None else max(0, min(at, end))
        return replace(self, rules=(*self.rules[:place], rule, *self.rules[place:]))

    def without_rule(self, rule_id: str) -> "DecisionTable":
        """Without this rule; the last row of a complete table stays."""
        place = self.place_of(rule_id)
        if self._is_last(rule_id):
            raise last_row_stays()
        return replace(self, rules=(*self.rules[:place], *self.rules[place + 1 :]))

    def moved(self, rule_id: str, to: int) -> "DecisionTable":
        """With this rule at row `to`, or as far down as it may stand."""
        rule = self.rule(rule_id)
        return self.without_rule(rule_id).with_rule(rule, to)

    def copied(self, rule_id: str) -> "DecisionTable":
        """With a copy of this rule below it, or above it where it stands last."""
        rule = replace(self.rule(rule_id), id=self.fresh_id())
        return self.with_rule(rule, self.place_of(rule_id) + 1)

    def with_output(
        self,
        rule_id: str,
        *,
        tier: str | None = None,
        tags: frozenset[str] | None = None,
        reason: str | None = None,
        legal: str | None = None,
    ) -> "DecisionTable":
        """With what this rule gives changed where something is named."""
        if self._is_last(rule_id) and tier not in {None, self.scheme.weakest}:
            raise last_row_stays()
        return self._with_changed(
            rule_id,
            lambda rule: replace(
                rule,
                tier=rule.tier if tier is None else tier,
                tags=rule.tags if tags is None else tags,
                reason=rule.reason if reason is None else reason,
                legal=rule.legal if legal is None else legal,
            ),
        )

    def with_fact(self, fact: Fact, at: int | None = None) -> "DecisionTable":
        """With one more column, in which every rule asks for nothing."""
        column = len(self.facts) if at is None else max(0, min(at, len(self.facts)))
        rules = tuple(
            replace(rule, cells=(*rule.cells[:column], ANY, *rule.cells[column:]))
            for rule in self.rules
        )
        facts = (*self.facts[:column], fact, *self.facts[column:])
        return replace(self, facts=facts, rules=rules)

    def without_fact(self, fact_key: str) -> "DecisionTable":
        """Without this column and its cells."""
        column = self.column_of(fact_key)
        rules = tuple(
            replace(rule, cells=(*rule.cells[:column], *rule.cells[column + 1 :]))
            for rule in self.rules
        )
        return replace(self, facts=(*self.facts[:column], *self.facts[column + 1 :]), rules=rules)

    @property
    def _end(self) -> int:
        return len(self.rules) - self.is_complete

    def _is_last(self, rule_id: str) -> bool:
        return self.is_complete and self.rules[-1].id == rule_id

    def _with_changed(self, rule_id: str, change: Callable[[Rule], Rule]) -> "DecisionTable":
        place = self.place_of(rule_id)
        changed = change(self.rules[place])
        return replace(self, rules=(*self.rules[:place], changed, *self.rules[place + 1 :]))

    def _check(self, rule: Rule) -> None:
        if len(rule.cells) != len(self.facts):
            raise PmdeskError(
                N_("The row “{name}” has not one cell for each column."), name=rule.id
            )
        if rule.tier not in self.scheme.tier_keys:
            raise PmdeskError(N_("The row “{name}” gives an unknown tier."), name=rule.id)
        if not rule.tags <= set(self.scheme.tag_keys):
            raise PmdeskError(N_("The row “{name}” gives an unknown tag."), name=rule.id)
        if len(rule.reason) > LONGEST_REASON:
            raise PmdeskError(
                N_("The reason of the row “{name}” is longer than {most} characters."),
                N_("It is shown to the person: say it shorter."),
                name=rule.id,
                most=LONGEST_REASON,
            )


def _refuse_twice(names: list[str], sentence: str) -> None:
    if len(set(names)) < len(names):
        twice = next(name for place, name in enumerate(names) if name in names[:place])
        raise PmdeskError(sentence, name=twice)


def last_row_stays() -> PmdeskError:
    """Why the last row cannot be changed like the others."""
    return PmdeskError(
        N_("The last row stands for everyone else and cannot be narrowed, raised or removed."),
        N_("Add a row above it."),
    )
