"""The cards that ask about residents, always about all of them: consent, fairness, moved tiers."""

from collections.abc import Mapping, Sequence

from pmdesk.analytics.figures import Figure, FigureKind, Series, cell
from pmdesk.analytics.needs import FEWEST, Needs
from pmdesk.analytics.suppression import suppressed
from pmdesk.i18n import _, said
from pmdesk.services.dashboard.asking import Asking
from pmdesk.services.dashboard.card import Card, Target
from pmdesk.services.fairness import chart, desk

Cells = Sequence[Sequence[int | None]]


def consent(asking: Asking) -> Card:
    """How far consent reaches, by purpose."""
    needs = Needs(
        counts=asking.work.counts,
        catalogue=asking.work.catalogue.live(),
        smallest=asking.smallest,
        today=asking.today,
    )
    figure = needs.coverage()
    if figure.is_empty:
        return asking.empty(
            figure.answer, _("Register residents and ask them for their consent first.")
        )
    return asking.shown(
        figure.answer, figure, targets=(Target(page="consents", label=_("Consents")),)
    )


def fairness(asking: Asking) -> Card:
    """Ratios between groups, as the last report on the version in force found them."""
    report = asking.work.fairness.report(asking.active.id) if asking.active else None
    there = Target(page="fairness", label=_("Fairness of the rules"))
    if asking.active is None or report is None:
        return asking.empty(
            _("Nobody has looked yet whether the rules in force are fair."),
            _(
                "Ask residents to take part in the voluntary check, then make a report on the tab "
                "Fairness of the classification rules."
            ),
            there,
        )
    figure = chart.figure(desk.within(asking.session, asking.work, asking.active))
    if figure.is_empty:
        return asking.empty(
            figure.answer, _("The verdicts in words are on the tab Fairness."), there
        )
    return asking.shown(figure.answer, figure, notes=(figure.note,), targets=(there,))


def moves(asking: Asking) -> Card:
    """From which tier to which people went with the version of the rules that is in force."""
    if asking.active is None:
        return asking.empty(
            _("No rules are in force yet, so nobody has a tier."),
            _("Have a version of the classification rules approved and put it into force."),
        )
    names = {tier.code: said(tier.name) for tier in asking.work.catalogue.live().tiers}
    found = asking.work.counts.moves(asking.active.id)
    codes = tuple(names)
    counts = [[found.get((was, now), 0) for now in codes] for was in codes]
    total = sum(map(sum, counts))
    if total < FEWEST * asking.smallest:
        return (
            asking.too_small()
            if total
            else asking.empty(
                _("Nobody is classified yet."),
                _("Ask residents for their consent to classification."),
            )
        )
    shown = suppressed(counts, asking.smallest).cells
    figure = _matrix(names, shown, _moved(shown, total), asking.active.version)
    there = Target(page="classification", label=_("Classification"))
    return asking.shown(figure.answer, figure, targets=(there,))


def _matrix(names: Mapping[str, str], shown: Cells, answer: str, version: int) -> Figure:
    return Figure(
        key="tier_moves",
        title=_("How do tiers change?"),
        answer=answer,
        unit=_("number of residents"),
        kind=FigureKind.MATRIX,
        axis=_("Tier now"),
        categories=tuple(names.values()),
        category_keys=tuple(names),
        series=tuple(
            Series(
                key=code,
                label=_("before: {tier}").format(tier=name),
                cells=tuple(cell(value) for value in row),
            )
            for (code, name), row in zip(names.items(), shown, strict=True)
        ),
        note=_("Rows: the tier before version {version}; columns: the tier now.").format(
            version=version
        ),
    )


def _moved(shown: Cells, total: int) -> str:
    """How many stayed where they were, where that can be said."""
    stayed = [row[place] for place, row in enumerate(shown)]
    if None in stayed:
        return _(
            "Of {total} classified residents, most numbers of changes are too small to be shown."
        ).format(total=f"{total:,}")
    share = round(100 * sum(one or 0 for one in stayed) / total)
    return _("{share} % of {total} classified residents kept their tier with this version.").format(
        share=share, total=f"{total:,}"
    )
