"""What the page Attention and the monthly report say, as an attacker reads it."""

import re

from pmdesk.domain.watch import EVERY_TOPIC, month_start
from pmdesk.services.watch.hot_spots import where
from tests.services.dashboard.reader import SMALLEST, Fact, states, told

TIERS = ["standard", "care", "enhanced", "special", "none"]


def served(board):
    """How many orders each tier and building had, and how many of them were late."""
    days = board.period.since, board.period.until
    for line in board.tiers:
        yield from _line(line, days, frozenset(), {"tier": TIERS.index(line.key)})
    for line in board.buildings:
        yield from _line(line, days, frozenset({line.key}), {})


def _line(line, days, buildings, wanted):
    late, kept = states(late=True, **wanted), states(kept=True, **wanted)

    def fact(parts, low, high):
        since, until = days
        return Fact(
            "state", since, until, buildings, frozenset(), frozenset(parts), None, low, high
        )

    if not line.orders.startswith("about "):
        return
    total = int(line.orders.removeprefix("about ").replace(",", ""))
    yield fact(late | kept, *told(total))
    if line.share.startswith("at least"):
        yield fact(late, 1, SMALLEST - 1)
    elif line.share.startswith("at most"):
        yield fact(kept, 1, SMALLEST - 1)
    elif line.share[0].isdigit():
        share = line.share.split("%")[0]
        could = [
            n for n in range(0, total + 1, SMALLEST) if f"{(total - n) / total:.0%}" == share + "%"
        ]
        yield fact(late, told(could[0])[0], told(could[-1])[1])


def complaints(spots, lines, sentences):
    """From how many homes of a building complaints came: building, topic, days, fewest, most."""
    now = spots.now.since, spots.now.until
    for name, cell in zip(spots.figure.categories, _series(spots.figure, "events"), strict=True):
        yield name.removeprefix("Building "), EVERY_TOPIC, *now, *told(cell.value)
    for spot in spots.spots:
        place = where(spot.building, spot.topic) + ": "
        (text,) = [one for one in sentences if one.startswith(place)]
        (count,) = re.findall(r"About (\d+) complaints", text)
        yield spot.building, spot.topic, *now, *told(int(count))
    for line in lines:
        plan, made = line.measure.plan, line.measure.made_on
        before = month_start(made, 3), month_start(made)
        yield plan.building, plan.topic, *before, *_rate(line.before, before)


def _rate(text, days):
    if text.startswith("fewer than"):
        return 1, SMALLEST - 1
    rate = float(text.removeprefix("about ").split(" in ")[0])
    return told(round(rate * (days[1] - days[0]).days / 30 / SMALLEST) * SMALLEST)


def _series(figure, key):
    return [cell for one in figure.series if one.key == key for cell in one.cells]


def homes(office, building, topic, since, until):
    """From how many homes complaints came; a place that all share counts each time."""
    ((own, public),) = office.sql(
        "SELECT count(DISTINCT o.unit), coalesce(sum(o.unit IS NULL), 0) FROM work_order o "
        "JOIN building b ON b.id = o.building WHERE o.service = 'complaint' AND b.name = :name "
        "AND o.day >= :since AND o.day < :until AND o.state NOT IN ('merged', 'cancelled') "
        "AND (:topic = :every OR o.kind = :topic)",
        name=building,
        topic=topic,
        every=EVERY_TOPIC,
        since=since.isoformat(),
        until=until.isoformat(),
    )
    return own + public
