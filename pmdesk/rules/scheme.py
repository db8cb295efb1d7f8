"""What a table gives: ordered tiers, and tags that stand beside them."""

from dataclasses import dataclass

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, Words

MOST_TAGS = 60  # they travel as bits of one SQL integer


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """The tiers, weakest first, and the tags, by key and name."""

    tiers: tuple[tuple[str, Words], ...]
    tags: tuple[tuple[str, Words], ...] = ()

    def __post_init__(self) -> None:
        for pairs in (self.tiers, self.tags):
            keys = [key for key, _words in pairs]
            if len(set(keys)) < len(keys):
                raise PmdeskError(N_("A tier or tag is listed twice."))
        if not self.tiers or len(self.tags) > MOST_TAGS:
            raise PmdeskError(
                N_("A scheme needs at least one tier and has at most {most} tags."), most=MOST_TAGS
            )

    @property
    def tier_keys(self) -> tuple[str, ...]:
        """The keys of the tiers, weakest first."""
        return tuple(key for key, _words in self.tiers)

    @property
    def tag_keys(self) -> tuple[str, ...]:
        """The keys of the tags, in the order of their bits."""
        return tuple(key for key, _words in self.tags)

    @property
    def weakest(self) -> str:
        """The tier that everyone has."""
        return self.tiers[0][0]

    def rank(self, tier: str) -> int:
        """How strong a tier is; the weakest is 0."""
        return self.tier_keys.index(tier)

    def tier_label(self, tier: str) -> Words:
        """The name of a tier."""
        return dict(self.tiers)[tier]

    def tag_label(self, tag: str) -> Words:
        """The name of a tag."""
        return dict(self.tags)[tag]

    def bits(self, tags: frozenset[str]) -> int:
        """The tags as bits."""
        return sum(1 << place for place, key in enumerate(self.tag_keys) if key in tags)

    def tags_of(self, bits: int) -> frozenset[str]:
        """The tags that `bits` stand for."""
        return frozenset(key for place, key in enumerate(self.tag_keys) if bits >> place & 1)
