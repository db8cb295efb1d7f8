"""What the small numbers of a stored result stand for, by the document that decided it."""

import functools
import json
from dataclasses import dataclass

from pmdesk.domain.acts import HUMAN

BY_HAND = -2  # stands where a result names its rule: a person decided


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """Ids of rules, codes of tiers and of tags in the order of a rule-set document."""

    rules: tuple[str, ...]
    tiers: tuple[str, ...]
    tags: tuple[str, ...]

    def rule(self, position: int) -> str:
        """The id of the winning rule; empty when none fits, `HUMAN` when a person decided."""
        if position == BY_HAND:
            return HUMAN
        return self.rules[position] if position >= 0 else ""

    def tags_of(self, bits: int) -> tuple[str, ...]:
        """The tags whose bits are set, in the document's order."""
        return tuple(tag for place, tag in enumerate(self.tags) if bits >> place & 1)

    def bit(self, tag: str) -> int:
        """The bit of a tag; 0 when the document has no such tag."""
        return 1 << self.tags.index(tag) if tag in self.tags else 0

    def rank(self, tier: str) -> int:
        """The rank of a tier; -1 when the document has no such tier."""
        return self.tiers.index(tier) if tier in self.tiers else -1


@functools.lru_cache(maxsize=64)
def legend(document: str) -> Legend:
    """The legend of a rule-set document."""
    content = json.loads(document)
    scheme = content["scheme"]
    return Legend(
        rules=tuple(rule["id"] for rule in content["rules"]),
        tiers=tuple(tier["key"] for tier in scheme["tiers"]),
        tags=tuple(tag["key"] for tag in scheme["tags"]),
    )
