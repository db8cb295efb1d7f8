"""The rows of a DMN file as one table: tiers from one decision, tags from the others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, _, said
from pmdesk.rules.cells import ANY, Cell
from pmdesk.rules.dmn.write import LEGAL, note
from pmdesk.rules.rule import HitPolicy, Rule
from pmdesk.rules.scheme import Scheme
from pmdesk.rules.table import LONGEST_REASON, MOST_RULES, DecisionTable
from pmdesk.rules.typed import read_tags, read_tier
from pmdesk.services.rule_exchange.dmn_parts import Faults, Line, Part
from pmdesk.services.rule_exchange.dmn_winner import order_of
from pmdesk.services.rule_exchange.incoming import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A rule, and the facts of which the file's cell also fits unknown."""

    rule: Rule
    doubtful: frozenset[str]


class Rows:
    """Joins the lines of the decisions into one table."""

    def __init__(self, tier: Part, tags: Sequence[Part], scheme: Scheme, faults: Faults) -> None:
        self.tier = tier
        self.scheme = scheme
        self.faults = faults
        self.remarks: list[str] = []
        self.facts = tuple(dict.fromkeys(fact for part in (tier, *tags) for fact in part.facts))
        self.rows: list[_Row] = []
        self.policy = self._tiers()
        for part in tags:
            for line in part.lines:
                self._tag(line)

    def table(self) -> DecisionTable | None:
        """The whole table, its last row standing for everyone else; None where it is refused."""
        try:
            table = DecisionTable(
                facts=self.facts,
                rules=tuple(row.rule for row in self.rows),
                scheme=self.scheme,
                policy=self.policy,
            )
            return self._with_last(table)
        except PmdeskError as error:
            self.faults.add(error, self.tier.decision)
            return None

    @property
    def questions(self) -> tuple[Question, ...]:
        """The columns in which “not” may or may not mean unknown too."""
        asked = {
            fact: tuple(row.rule.id for row in self.rows if fact.key in row.doubtful)
            for fact in self.facts
        }
        return tuple(Question(fact=fact, rows=rows) for fact, rows in asked.items() if rows)

    def _tiers(self) -> HitPolicy:
        lines = self.tier.lines
        tiers = [self._tier_of(line) for line in lines]
        ranks = [self.scheme.rank(tier) for tier in tiers]
        by_number = {line.number: tier for line, tier in zip(lines, tiers, strict=True)}
        try:
            order = order_of(self.tier, ranks)
        except PmdeskError as error:
            self.faults.add(error, self.tier.decision)
            return HitPolicy.FIRST
        if order.remark:
            self.remarks.append(_(order.remark))
        for line in order.lines:
            self.rows.append(self._row(line, by_number[line.number]))
        return order.policy

    def _tier_of(self, line: Line) -> str:
        try:
            return read_tier(line.gives, self.scheme)
        except PmdeskError as error:
            self.faults.add(error, self.tier.decision, row=line.number)
            return self.scheme.weakest

    def _row(self, line: Line, tier: str) -> _Row:
        reason, legal = _said(line)
        if len(reason) > LONGEST_REASON:
            error = PmdeskError(
                N_("The note is longer than {most} characters."),
                N_("It is shown to the person as the reason: say it shorter."),
                most=LONGEST_REASON,
            )
            self.faults.add(error, self.tier.decision, row=line.number)
            reason = ""
        rule_id = self._free(line.own.get("rule") or line.id)
        rule = Rule(id=rule_id, cells=self._cells(line), tier=tier, reason=reason, legal=legal)
        return _Row(rule=rule, doubtful=line.doubtful)

    def _tag(self, line: Line) -> None:
        """The tags stand in the row that asks the same, or in one that adds nothing else."""
        tags = read_tags(line.gives, self.scheme)
        cells = self._cells(line)
        place = self._place_of(cells, line)
        if place is None:
            place = self._end
            new = Rule(
                id=self._free(line.id), cells=cells, tier=self.scheme.weakest, reason=_said(line)[0]
            )
            self.rows.insert(place, _Row(rule=new, doubtful=line.doubtful))
        row = self.rows[place]
        self.rows[place] = replace(row, rule=replace(row.rule, tags=row.rule.tags | tags))

    def _place_of(self, cells: tuple[Cell, ...], line: Line) -> int | None:
        same = [
            place
            for place, row in enumerate(self.rows)
            if row.rule.cells == cells and row.doubtful == line.doubtful
        ]
        own = (place for place in same if self.rows[place].rule.id == line.own.get("rule"))
        return next(own, next(iter(same), None))

    @property
    def _end(self) -> int:
        """Where a row may be added: above the last one that stands for everyone else."""
        last = self.rows[-1].rule if self.rows else None
        is_else = last is not None and last.fits_everyone and last.tier == self.scheme.weakest
        return len(self.rows) - is_else

    def _cells(self, line: Line) -> tuple[Cell, ...]:
        return tuple(line.cells.get(fact.key, ANY) for fact in self.facts)

    def _free(self, wanted: str) -> str:
        taken = {row.rule.id for row in self.rows}
        if wanted not in taken:
            return wanted
        return next(name for n in count(1) if (name := f"r{n}") not in taken)

    def _with_last(self, table: DecisionTable) -> DecisionTable:
        output = self.tier.table.outputs[0]
        if table.is_complete or (self.tier.policy and output.has_default):
            return table
        if output.default is not None:
            default = read_tier(str(output.default), self.scheme)
            if default != self.scheme.weakest:
                raise PmdeskError(
                    N_("The file gives “{tier}” to everyone whom no row fits."),
                    N_("Here that is always “{weakest}”: write rows for the others."),
                    tier=self.scheme.tier_label(default),
                    weakest=self.scheme.tier_label(self.scheme.weakest),
                )
        if len(table.rules) < MOST_RULES:
            weakest = said(self.scheme.tier_label(self.scheme.weakest))
            added = _("A last row was added: everyone else gets “{tier}”.")
            self.remarks.append(added.format(tier=weakest))
        return table.with_rule(table.blank_rule())


def _said(line: Line) -> tuple[str, str]:
    """The reason and the legal ground: as pmdesk wrote them, unless the note became another."""
    reason, legal = line.own.get("reason", ""), line.own.get("legal", "")
    if line.note == " ".join(note(reason, legal).split()):
        return reason, legal
    said_first, _mark, ground = line.note.partition(LEGAL.strip())
    return said_first.strip(), ground.strip()
