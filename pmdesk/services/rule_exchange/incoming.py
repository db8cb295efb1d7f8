"""What was understood of a file of rules, before anything is kept of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, Words, _, said, told
from pmdesk.rules.cells import UNKNOWN, united
from pmdesk.rules.facts import Fact
from pmdesk.rules.table import DecisionTable

MOST_FAULTS = 200  # more are not read by anybody


class Kind(StrEnum):
    """Where the file comes from."""

    DMN = "dmn"
    SHEET = "xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What keeps the file from being taken, and where it stands."""

    error: PmdeskError
    sheet: str = ""  # of a workbook; the decision of a DMN file
    row: str = ""  # as the file counts or names it
    column: str = ""

    @property
    def place(self) -> str:
        """Where to look in the file."""
        row = self.row and _("row {row}").format(row=self.row)
        return " · ".join(part for part in (self.sheet, row, self.column) if part)

    @property
    def words(self) -> str:
        """What is wrong and what to do."""
        return told(self.error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the file, and the fact that it asks about; None of one that gives something."""

    title: str
    fact: Fact | None
    gives: str = ""  # N_-marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A column says “not” somewhere: in the file that fits unknown too. Is that meant?"""

    fact: Fact
    rows: tuple[str, ...]  # the ids of the rules

    @property
    def words(self) -> str:
        """The question as a sentence."""
        return _(
            "“{column}”: in {count} rows the file says “not …”. There that also fits people of "
            "whom this is unknown. Keep it so?"
        ).format(column=said(self.fact.label), count=len(self.rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A file as it was understood; with faults nothing of it can be taken."""

    kind: Kind
    table: DecisionTable | None = None
    columns: tuple[Column, ...] = ()
    rows: int = 0
    questions: tuple[Question, ...] = ()
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = field(default=())  # what became otherwise than in the file
    examples: int = 0  # of the version before, that go with the draft

    @property
    def is_usable(self) -> bool:
        """Whether it can become a draft."""
        return self.table is not None and not self.faults

    def answered(self, keep: Collection[str]) -> DecisionTable:
        """The table, in which the cells in question also fit unknown where `keep` names a fact."""
        if self.table is None or self.faults:
            raise PmdeskError(
                N_("Nothing of this file can be taken."), N_("Mend what is listed, then try again.")
            )
        table = self.table
        for question in self.questions:
            if question.fact.key in keep:
                table = _fitting_unknown(table, question)
        return table


def _fitting_unknown(table: DecisionTable, question: Question) -> DecisionTable:
    column = table.column_of(question.fact.key)
    rules = tuple(
        replace(
            rule,
            cells=(
                *rule.cells[:column],
                united((rule.cells[column], UNKNOWN), question.fact),
                *rule.cells[column + 1 :],
            ),
        )
        if rule.id in question.rows
        else rule
        for rule in table.rules
    )
    return replace(table, rules=rules)


def listed(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """The faults as they are shown: the first ones, and how many more there are."""
    if len(faults) <= MOST_FAULTS:
        return tuple(faults)
    more = PmdeskError(N_("{count} more."), count=len(faults) - MOST_FAULTS)
    return (*faults[:MOST_FAULTS], Fault(error=more))


GIVES: Mapping[str, Words] = {
    "id": Words("编号", "Number"),
    "tier": Words("等级", "Tier"),
    "tags": Words("标签", "Tags"),
    "reason": Words("理由", "Reason"),
    "legal": Words("法律依据", "Legal ground"),
}
