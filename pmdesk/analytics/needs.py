"""The figures of needs, consent and tiers: made of counts, every one of them suppressed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pmdesk.analytics.buildings import building_words
from pmdesk.analytics.figures import NO_DATA, Cell, Figure, FigureKind, Series, cell
from pmdesk.analytics.suppression import Margins, shares, suppressed
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.fields import Dimension, Field, Home, Kind
from pmdesk.domain.ports import Counts
from pmdesk.domain.purposes import CLASSIFICATION
from pmdesk.i18n import N_, _, said

FEWEST = 4  # times the smallest group: below, a whole chart says that there are too few
MOST_BUILDINGS = 12
NO_NEED = frozenset({"none", "common_only"})  # answers that ask for nothing beside the contract

_HUNDRED = 100
_ALONE = Margins(known_rows=True, columns=False)  # one line whose total other charts tell

_STATES: Sequence[tuple[str, str, tuple[ConsentState, ...]]] = (
    ("live", N_("Agreed"), (ConsentState.LIVE,)),
    ("expiring", N_("Ends soon"), (ConsentState.EXPIRING,)),
    ("ended", N_("Run out or notice changed"), (ConsentState.EXPIRED, ConsentState.STALE)),
    ("withdrawn", N_("Withdrawn"), (ConsentState.WITHDRAWN,)),
    ("refused", N_("Refused"), (ConsentState.REFUSED,)),
    ("never_asked", N_("Not asked"), (ConsentState.NEVER_ASKED,)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What figures are made of: the counts of the office, its catalogue, and how few is too few."""

    counts: Counts
    catalogue: Catalogue
    smallest: int
    today: date

    def figures(self) -> tuple[Figure, ...]:
        """All four, in the order in which they are shown."""
        return (self.by_tier(), self.by_building(), self.coverage(), self.tiers())

    def by_tier(self) -> Figure:
        """Which services the people of each tier ask for."""
        people = self.counts.people(by="tier")
        names = {tier.code: said(tier.name) for tier in self.catalogue.tiers}
        figure = Figure(
            key="needs_by_tier",
            title=_("Which services does each tier need?"),
            answer="",
            unit=_("per 100 classified residents"),
            kind=FigureKind.STACKED,
            axis=_("Tier"),
            note=_("Who asked for several services counts in each of them."),
        )
        return self._of_needs(figure, people, "tier", names)

    def by_building(self) -> Figure:
        """Which services the people of each building ask for."""
        people = self.counts.people(by="building")
        figure = Figure(
            key="needs_by_building",
            title=_("Where is which service needed?"),
            answer="",
            unit=_("per 100 classified residents"),
            kind=FigureKind.TILES,
            axis=_("Building"),
            note=_("At most {count} buildings, those with most classified residents.").format(
                count=MOST_BUILDINGS
            ),
        )
        names = {name: building_words(name) for name in people}
        return self._of_needs(figure, people, "building", names)

    def coverage(self) -> Figure:
        """For each purpose, how many residents agreed, and what the others said."""
        purposes = self.catalogue.consenting
        states = [self.counts.consent_states(p.code, today=self.today) for p in purposes]
        lines = [
            [sum(found.get(state, 0) for state in group) for _key, _label, group in _STATES]
            for found in states
        ]
        figure = Figure(
            key="consent_coverage",
            title=_("How far does consent reach?"),
            answer="",
            unit=_("% of residents"),
            kind=FigureKind.COVERAGE,
            axis=_("Purpose"),
        )
        if not lines or self._is_small(sum(lines[0])):
            return self._too_few(figure)
        shown = [suppressed([line], self.smallest, _ALONE).cells[0] for line in lines]
        totals = [sum(line) for line in lines]
        series = tuple(
            Series(
                key=key,
                label=_(label),
                cells=tuple(
                    _rate(cells[place], total) for cells, total in zip(shown, totals, strict=True)
                ),
            )
            for place, (key, label, _group) in enumerate(_STATES)
        )
        names = {str(p.code): said(p.name) for p in purposes}
        return _with(figure, self._covered(shown, totals), names, *series)

    def tiers(self) -> Figure:
        """How many people are in each tier."""
        people = self.counts.people(by="tier")
        total = sum(people.values())
        figure = Figure(
            key="tier_sizes",
            title=_("How many residents are in each tier?"),
            answer="",
            unit=_("number of residents"),
            kind=FigureKind.BARS,
            axis=_("Tier"),
        )
        if self._is_small(total):
            return self._too_few(figure)
        shown = self._shown(people)
        names = {tier.code: said(tier.name) for tier in self.catalogue.tiers}
        cells = tuple(cell(shown[code]) for code in names)
        most = max(names, key=lambda code: shown[code] or 0)
        answer = _("Of {total} classified residents, the largest group is {tier}: {count}.").format(
            total=f"{total:,}", tier=names[most], count=f"{shown[most] or 0:,}"
        )
        return _with(figure, answer, names, Series(key="people", label=_("Residents"), cells=cells))

    def _of_needs(
        self, figure: Figure, people: Mapping[str, int], by: str, names: Mapping[str, str]
    ) -> Figure:
        if self._is_small(sum(people.values())):
            return self._too_few(figure)
        shown = self._shown(people)
        services = self._services()
        rates = [self._rates(service, people, shown, by) for service in services]
        kept = _largest(names, people) if by == "building" else tuple(names)
        series = tuple(
            Series(
                key=service.key,
                label=said(service.label),
                cells=tuple(found[group] for group in kept),
            )
            for service, found in zip(services, rates, strict=True)
        )
        chosen = {group: names[group] for group in kept}
        return _with(figure, _most_asked(series, tuple(chosen.values())), chosen, *series)

    def _rates(
        self,
        service: Field,
        people: Mapping[str, int],
        shown: Mapping[str, int | None],
        by: str,
    ) -> Mapping[str, Cell]:
        """Of each group, how many of 100 ask for the service."""
        options = service.codes - NO_NEED
        found = self.counts.needs(service.key, sorted(options), by=by)
        counts = shares(
            [found.get(group, 0) for group in people],
            list(people.values()),
            [shown[group] for group in people],
            self.smallest,
        )
        return {
            group: _rate(count, people[group]) for group, count in zip(people, counts, strict=True)
        }

    def _services(self) -> tuple[Field, ...]:
        """The fields by which residents ask for a service."""
        return tuple(
            field
            for field in self.catalogue.fields
            if field.enabled
            and field.dimension is Dimension.NEED
            and field.home is Home.ANSWERS
            and field.purpose == CLASSIFICATION
            and field.kind in {Kind.CHOICE, Kind.CHOICES}
        )

    def _shown(self, people: Mapping[str, int]) -> Mapping[str, int | None]:
        """The sizes of the groups as every chart shows them."""
        cells = suppressed([list(people.values())], self.smallest, _ALONE).cells[0]
        return dict(zip(people, cells, strict=True))

    def _covered(self, shown: Sequence[tuple[int | None, ...]], totals: Sequence[int]) -> str:
        """How many agreed to be classified, where that may be said."""
        for purpose, cells, total in zip(self.catalogue.consenting, shown, totals, strict=True):
            live, soon = cells[0], cells[1]
            if purpose.code == CLASSIFICATION and live is not None and soon is not None:
                return _("{share} % of residents have agreed to “{purpose}”.").format(
                    share=round(_HUNDRED * (live + soon) / total), purpose=said(purpose.name)
                )
        return _("Too few residents to say this without pointing at somebody.")

    def _is_small(self, people: int) -> bool:
        return people < FEWEST * self.smallest

    def _too_few(self, figure: Figure) -> Figure:
        sentence = _("Fewer than {count} residents: too few for a chart.")
        return replace(figure, answer=sentence.format(count=FEWEST * self.smallest))


def _with(figure: Figure, answer: str, names: Mapping[str, str], *series: Series) -> Figure:
    """The figure with its answer and numbers."""
    return replace(
        figure,
        answer=answer,
        categories=tuple(names.values()),
        category_keys=tuple(names),
        series=series,
    )


def _rate(count: int | None, total: int) -> Cell:
    """Of 100; a group without people has no rate."""
    if not total:
        return NO_DATA
    return cell(None if count is None else _HUNDRED * count / total)


def _largest(names: Mapping[str, str], people: Mapping[str, int]) -> tuple[str, ...]:
    """The groups with most people, in their own order."""
    most = sorted(names, key=lambda name: -people[name])[:MOST_BUILDINGS]
    return tuple(name for name in names if name in most and people[name])


def _most_asked(series: Sequence[Series], groups: Sequence[str]) -> str:
    found = [
        (one.cells[place].value or 0, one.label, group)
        for one in series
        for place, group in enumerate(groups)
    ]
    rate, label, group = max(found, default=(0, "", ""))
    if not rate:
        return _("No service is asked for often enough to be shown.")
    return _("Most often asked for: {service} in {group}, by {rate} of 100 residents.").format(
        service=label, group=group, rate=round(rate)
    )
