"""The closed catalogue: fields, purposes, tiers and refused items; all else derives from it."""

from collections.abc import Mapping
from dataclasses import dataclass

from pmdesk.domain.fields import Field, FieldKey, Home, Problem, RuleUse, Value
from pmdesk.domain.purposes import Purpose, PurposeCode, Retention
from pmdesk.domain.tiers import Tag, Tier
from pmdesk.i18n import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Something that this program does not collect, the words it hides behind, and why."""

    keys: tuple[str, ...]
    label: Words
    words: tuple[str, ...]
    why: Words
    instead: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What may be recorded, for which purpose, and what may come out of it."""

    fields: tuple[Field, ...]
    purposes: tuple[Purpose, ...]
    retentions: tuple[Retention, ...]
    tiers: tuple[Tier, ...]  # weakest first
    tags: tuple[Tag, ...]
    refused: tuple[Refused, ...] = ()

    def field(self, key: str) -> Field:
        """The field of that key; KeyError when the catalogue has none."""
        return next(found for found in self.fields if found.key == key)

    def has(self, key: str) -> bool:
        """Whether values of that key may be recorded at all."""
        return any(found.key == key and found.enabled for found in self.fields)

    def purpose(self, code: str) -> Purpose:
        """The purpose of that code."""
        return next(found for found in self.purposes if found.code == code)

    def kept(self, purpose: Purpose) -> Retention:
        """How long the values of `purpose` are kept, and why."""
        return next(found for found in self.retentions if found.code == purpose.retention)

    def answers(self, purpose: str) -> tuple[Field, ...]:
        """The enabled fields whose values live in the answers table of `purpose`."""
        return self._of(purpose, Home.ANSWERS)

    def sealed(self, purpose: str) -> tuple[Field, ...]:
        """The enabled fields of `purpose` whose values are kept as sealed blobs."""
        return self._of(purpose, Home.SEALED)

    def _of(self, purpose: str, home: Home) -> tuple[Field, ...]:
        return tuple(
            field
            for field in self.fields
            if field.enabled and field.purpose == purpose and field.home is home
        )

    @property
    def answering(self) -> tuple[PurposeCode, ...]:
        """The purposes that have an answers table, in order."""
        return tuple(p.code for p in self.purposes if self.answers(p.code))

    @property
    def consenting(self) -> tuple[Purpose, ...]:
        """The purposes that ask for consent, in order."""
        return tuple(purpose for purpose in self.purposes if purpose.needs_consent)

    @property
    def rule_fields(self) -> tuple[Field, ...]:
        """The fields that classification rules may read."""
        return tuple(
            field
            for field in self.fields
            if field.enabled and field.rule_use is RuleUse.YES and field.home is Home.ANSWERS
        )

    def tier(self, code: str) -> Tier:
        """The tier of that code."""
        return next(found for found in self.tiers if found.code == code)

    def problems(self, purpose: str, values: Mapping[FieldKey, Value]) -> tuple[Problem, ...]:
        """What must be mended before `values` can be saved as answers of `purpose`."""
        return tuple(
            problem
            for field in self.answers(purpose)
            for problem in field.problems(values.get(field.key))
        )
