"""A difference in plain sentences, the rows as people count them."""

from collections.abc import Iterator, Mapping

from pmdesk.i18n import N_, _, said
from pmdesk.rules.diff import Difference, Output, Part, RowChange, RowDifference
from pmdesk.rules.rule import HitPolicy

POLICY_WORDS: Mapping[HitPolicy, str] = {
    HitPolicy.PRIORITY: N_("the strongest tier decides"),
    HitPolicy.FIRST: N_("the topmost row decides"),
    HitPolicy.UNIQUE: N_("only one row may fit"),
}


def sentences(found: Difference) -> tuple[str, ...]:
    """Everything that became different, one fact in each; none where nothing did."""
    return (*_of_the_table(found), *(words for row in found.rows for words in _of_a_row(row)))


def _of_the_table(found: Difference) -> Iterator[str]:
    if found.policy is not None:
        before, after = (_(POLICY_WORDS[policy]) for policy in found.policy)
        yield _("When several rows fit: {before} → {after}").format(before=before, after=after)
    for fact in found.added:
        yield _("New column: {column}").format(column=said(fact.label))
    for fact in found.removed:
        yield _("Column removed: {column}").format(column=said(fact.label))
    for name in found.names:
        yield _("Only one of the two versions has “{name}”.").format(name=name)


def _of_a_row(row: RowDifference) -> Iterator[str]:
    if row.change is RowChange.ADDED:
        yield _("+ Row {row} is new: {content}").format(row=_number(row.after), content=_all(row))
    elif row.change is RowChange.REMOVED:
        yield _("− Row {row} is gone: {content}").format(row=_number(row.before), content=_all(row))
    if row.moved:
        yield _("↕ Row {before} now stands as row {after}.").format(
            before=_number(row.before), after=_number(row.after)
        )
    for part in row.changes:
        yield _("~ Row {row}, {part}: {before} → {after}").format(
            row=_number(row.after), part=part.label, before=part.before, after=part.after
        )


def _all(row: RowDifference) -> str:
    """The conditions of the row and the tier that it gives."""
    own = [(part, part.after or part.before) for part in row.parts]
    tier = next(text for part, text in own if part.key == Output.TIER)
    asked = [f"{part.label}{_(': ')}{text}" for part, text in own if _asks(part, text)]
    return _("{tier}, if {conditions}").format(
        tier=tier, conditions=_(", ").join(asked) or _("nothing else fits")
    )


def _asks(part: Part, text: str) -> bool:
    return part.key not in set(Output) and text != _("any")


def _number(place: int | None) -> int:
    return 0 if place is None else place + 1
