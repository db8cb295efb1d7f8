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
    words: tuple[str, ...]  # out of place in any text
    why: Words
    instead: Words
    pinyin: tuple[str, ...] = ()  # the same as syllables: "min zu"
    labels: tuple[str, ...] = ()  # out of place only in the name of something that is recorded
    ranks: tuple[str, ...] = ()  # out of place only in the name of a tier, tag, plan, rule or list
    harmless: tuple[str, ...] = ()  # phrases that hold such a word and mean something else
    law: str = ""


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

    def items(self, purpose: str) -> tuple[Field, ...]:
        """The enabled fields of `purpose` each option of which needs a consent of its own."""
        return self._of(purpose, Home.ITEMS)

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
        """The purposes that ask for consent, in order; not those whose fields are all off."""
        return tuple(p for p in self.purposes if p.needs_consent and self.is_open(p.code))

    def is_open(self, purpose: str) -> bool:
        """Whether anything may be recorded for `purpose`: not while its fields are switched off."""
        own = [field for field in self.fields if field.purpose == purpose]
        return not own or any(field.enabled for field in own)

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
