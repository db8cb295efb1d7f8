"""What a table of a DMN file must keep to, and what is said where it does not."""

from collections.abc import Sequence

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_
from pmdesk.rules.dmn.model import Aggregation, Output, Policy
from pmdesk.rules.dmn.tree import Element, named
from pmdesk.rules.dmn.types import Type
from pmdesk.rules.dmn.values import Kind
from pmdesk.rules.table import MOST_RULES


def require_rows(count: int) -> None:
    """An error where the table has too many rows."""
    if count > MOST_RULES:
        raise PmdeskError(
            N_("A table has at most {most} rows, this one has {count}."),
            N_("Join rows that give the same, or remove some."),
            most=MOST_RULES,
            count=count,
        )


def require_named(names: Sequence[str]) -> None:
    """An error where the outputs cannot be told apart."""
    if not names:
        raise PmdeskError(N_("The table has no output."), N_("Add what it gives."))
    if len(names) > 1 and (not all(names) or len({*names}) < len(names)):
        raise PmdeskError(N_("Several outputs need names, each a different one."), N_("Name them."))


def require_complete(rule: Element, inputs: int, outputs: int) -> None:
    """An error where the row has not one cell for each column."""
    asked = sum(1 for _entry in named(rule, "inputEntry"))
    given = sum(1 for _entry in named(rule, "outputEntry"))
    if (asked, given) != (inputs, outputs):
        raise PmdeskError(
            N_("The row has {asked} inputs and {given} outputs, the table {inputs} and {outputs}."),
            N_("Give the row one cell for each column."),
            asked=asked,
            given=given,
            inputs=inputs,
            outputs=outputs,
        )


def require_single(type_: Type) -> None:
    """An error where a column cannot hold this type."""
    if type_.refusal is not None:
        raise type_.refusal
    if type_.is_list or type_.components:
        raise PmdeskError(
            N_("A column holds single values, not lists or structures."),
            N_('Ask about one component, or use list contains(variable, "value").'),
        )


def require_fitting(policy: Policy, aggregation: Aggregation, outputs: Sequence[Output]) -> None:
    """An error where the hit policy cannot work with these outputs."""
    if policy in {Policy.PRIORITY, Policy.OUTPUT_ORDER} and not any(
        column.order for column in outputs
    ):
        raise PmdeskError(
            N_("The hit policy “{name}” needs the list of output values, the strongest first."),
            N_("Fill in the output values."),
            name=policy,
        )
    if aggregation is not Aggregation.NONE and len(outputs) > 1:
        raise PmdeskError(
            N_("Several outputs cannot be added up or compared."), N_("Make a table for each.")
        )
    kinds = {column.type.kind for column in outputs}
    if aggregation is Aggregation.SUM and not kinds <= {Kind.NUMBER, None}:
        raise PmdeskError(N_("Only numbers can be added up."), N_("Choose another hit policy."))
    if aggregation in {Aggregation.MIN, Aggregation.MAX} and Kind.BOOLEAN in kinds:
        raise PmdeskError(
            N_("Yes and no have no smallest and largest."), N_("Choose another hit policy.")
        )
