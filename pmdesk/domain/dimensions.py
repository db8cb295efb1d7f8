"""Fields that are off until two people decide that the office truly needs them: income bands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fields import Field, FieldKey, Problem
from pmdesk.domain.purposes import Purpose, PurposeCode
from pmdesk.i18n import N_

SwitchId = NewType("SwitchId", int)

INCOME = FieldKey("income_band")
INCOME_PURPOSE = PurposeCode("P2-income")
SHORTEST = 15  # Chinese characters of a necessity (PIPL 6)
MOST_BANDS = 5


class SwitchState(StrEnum):
    """Where a proposal stands."""

    PROPOSED = "proposed"
    ON = "on"
    REFUSED = "refused"
    OFF = "off"  # was on once


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """A proposal to collect the field: why it is needed, and what became of it."""

    id: SwitchId
    field: FieldKey
    state: SwitchState
    necessity: str
    alternatives: str
    proposed_by: str  # uid
    proposed_at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    words: str = ""
    ended_by: str = ""
    ended_at: datetime | None = None


def problems(necessity: str, alternatives: str) -> tuple[Problem, ...]:
    """What a proposal lacks."""
    return tuple(
        Problem(key=key, sentence=sentence, places={"count": SHORTEST})
        for key, text, sentence in (
            ("necessity", necessity, N_("Say in at least {count} characters why it is needed")),
            (
                "alternatives",
                alternatives,
                N_("Say in at least {count} characters which milder ways were considered"),
            ),
        )
        if len("".join(text.split())) < SHORTEST
    )


def has_band(catalogue: Catalogue) -> bool:
    """Whether the income band is collected now."""
    return catalogue.has(INCOME)


def with_band(live: Catalogue, band: Field, purpose: Purpose) -> Catalogue:
    """The catalogue that collects the income band, under a purpose and consent of its own."""
    if len(band.options) > MOST_BANDS:
        raise ValueError("too many bands")
    others = tuple(one for one in live.purposes if one.code != purpose.code)
    return replace(
        live,
        fields=_with(live.fields, replace(band, enabled=True)),
        purposes=tuple(sorted((*others, purpose), key=lambda one: one.code)),
    )


def without_band(live: Catalogue) -> Catalogue:
    """The catalogue that does not collect it."""
    band = next((one for one in live.fields if one.key == INCOME), None)
    return (
        live
        if band is None
        else replace(live, fields=_with(live.fields, replace(band, enabled=False)))
    )


def _with(fields: Sequence[Field], changed: Field) -> tuple[Field, ...]:
    found = any(one.key == changed.key for one in fields)
    kept = tuple(changed if one.key == changed.key else one for one in fields)
    return kept if found else (*kept, changed)
