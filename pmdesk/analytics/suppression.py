"""Small numbers: counts that could point at single residents are hidden, and cannot be found out.

A table is shown with its totals. A count of 1 to k - 1 people is hidden; and because a reader can
subtract, more is hidden until nothing hidden can be told from what is shown: neither a cell nor the
sum of the hidden cells of a line.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

Place = tuple[int, int]  # row and column; the totals lie in the last ones
Counts = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A table as it may be shown: None is hidden, 0 is nobody."""

    cells: tuple[tuple[int | None, ...], ...]
    rows: tuple[int | None, ...]  # totals
    columns: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Which totals a reader has: shown with the table, known from elsewhere, or not told at all."""

    known_rows: bool = False  # the totals of rows are on another chart: hiding them here is no help
    columns: bool = True  # whether columns have a total at all


def suppressed(
    counts: Counts,
    smallest: int,
    margins: Margins = Margins(),
    *,
    hidden: Collection[Place] = (),
) -> Shown:
    """The table without what stands for 1 to `smallest` - 1 people or would tell of it.

    The places in `hidden` are hidden already, because another chart hides them.
    """
    table = _Table(counts, smallest, margins, hidden)
    table.hide_more()
    return table.shown()


def shares(
    counts: Sequence[int], totals: Sequence[int], shown_totals: Sequence[int | None], smallest: int
) -> tuple[int | None, ...]:
    """How many of each group share something, beside totals that another chart shows.

    Who does not share it is counted too: one person left over is as easy to find as one who has.
    """
    table = [(count, total - count) for count, total in zip(counts, totals, strict=True)]
    unknown = {
        (row, column)
        for row, total in enumerate(shown_totals)
        if total is None
        for column in range(3)
    }
    shown = suppressed(table, smallest, Margins(known_rows=True), hidden=unknown)
    return tuple(row[0] for row in shown.cells)


class _Table:
    """The counts with their totals, and which places are hidden.

    Each line says that its cells make up its total. Seen as a graph, with a node for each line and
    an edge for each hidden place, a hidden number follows from the shown ones exactly when its edge
    is a bridge: no other hidden number can make up for it.
    """

    def __init__(
        self, counts: Counts, smallest: int, margins: Margins, hidden: Collection[Place]
    ) -> None:
        width = len(counts[0]) if counts else 0
        rows = [[*row, sum(row)] for row in counts]
        rows.append([sum(row[column] for row in rows) for column in range(width + 1)])
        self._values = rows
        self._last = (len(counts), width)
        self._smallest = smallest
        self._margins = margins
        self._hidden = {place for place in self._places() if 0 < self._at(place) < smallest}
        self._hidden |= set(hidden)
        untold = () if margins.columns else range(width + 1)
        self._untold = {(self._last[0], column) for column in untold}  # not shown, yet no secret
        self._hidden |= self._untold

    def hide_more(self) -> None:
        """Nothing hidden follows from what is shown."""
        while more := self._next():
            self._hidden.add(more)

    def shown(self) -> Shown:
        """The table with None where it is hidden."""
        bottom, right = self._last
        rows = [
            tuple(None if (row, column) in self._hidden else value for column, value in cells)
            for row, cells in ((row, enumerate(line)) for row, line in enumerate(self._values))
        ]
        return Shown(
            cells=tuple(row[:right] for row in rows[:bottom]),
            rows=tuple(row[right] for row in rows[:bottom]),
            columns=rows[bottom][:right],
            total=rows[bottom][right],
        )

    def _next(self) -> Place | None:
        """One more place to hide, None when it is enough."""
        return self._against_sums() or self._against_bridges()

    def _against_sums(self) -> Place | None:
        """The hidden cells of a line are together so many that each may be any number."""
        for line in self._lines():
            *cells, total = line
            gone = [place for place in cells if place in self._hidden]
            if not gone or total in self._hidden:
                continue
            people = sum(self._at(place) for place in gone)
            if people < max(self._smallest, len(gone) + 1):
                return self._smallest_of(cells) or total
        return None

    def _against_bridges(self) -> Place | None:
        bridge = next((b for b in _bridges(self._hidden) if b not in self._untold), None)
        if bridge is None:
            return None
        near = _reached(bridge, self._hidden - {bridge})
        mending = [
            (row, column)
            for row, column in self._places()
            if (_row(row) in near) != (_column(column) in near)
        ]
        return self._smallest_of(mending) or self._any_of(mending)

    def _smallest_of(self, places: Sequence[Place]) -> Place | None:
        """The smallest shown count that is not nobody; the reader knows the totals known anyway."""
        able = [
            place
            for place in places
            if place not in self._hidden and self._at(place) and not self._is_known(place)
        ]
        return min(able, key=lambda place: (self._at(place), place), default=None)

    def _any_of(self, places: Sequence[Place]) -> Place | None:
        """Where no cell helps, even a total that is known elsewhere is not repeated here."""
        return next((p for p in places if p not in self._hidden and self._at(p)), None)

    def _is_known(self, place: Place) -> bool:
        return self._margins.known_rows and place[1] == self._last[1]

    def _lines(self) -> Iterator[list[Place]]:
        bottom, right = self._last
        for row in range(bottom + 1):
            yield [(row, column) for column in range(right + 1)]
        for column in range(right + 1):
            yield [(row, column) for row in range(bottom + 1)]

    def _places(self) -> Iterator[Place]:
        for row in range(self._last[0] + 1):
            for column in range(self._last[1] + 1):
                yield row, column

    def _at(self, place: Place) -> int:
        return self._values[place[0]][place[1]]


# ---- the graph of hidden places: lines are nodes, hidden places are edges --------------------

Node = int  # rows count from 0 upwards, columns from -1 downwards


def _row(row: int) -> Node:
    return row


def _column(column: int) -> Node:
    return -1 - column


def _links(edges: Collection[Place]) -> dict[Node, list[Node]]:
    links: dict[Node, list[Node]] = {}
    for row, column in sorted(edges):
        links.setdefault(_row(row), []).append(_column(column))
        links.setdefault(_column(column), []).append(_row(row))
    return links


def _reached(start: Place, edges: Collection[Place]) -> set[Node]:
    """The lines that are joined with the row of `start`."""
    links = _links(edges)
    reached, waiting = {_row(start[0])}, [_row(start[0])]
    while waiting:
        fresh = set(links.get(waiting.pop(), ())) - reached
        reached |= fresh
        waiting.extend(fresh)
    return reached


def _bridges(edges: Collection[Place]) -> Iterator[Place]:
    """The edges without which their ends are no longer joined (Tarjan's low links)."""
    links = _links(edges)
    parents = _tree(links)
    found = {node: order for order, node in enumerate(parents)}
    low = dict(found)
    for node in reversed(parents):
        parent = parents[node]
        low[node] = min([low[node], *(found[other] for other in links[node] if other != parent)])
        if parent is not None:
            low[parent] = min(low[parent], low[node])
            if low[node] > found[parent]:
                yield _place(node, parent)


def _tree(links: Mapping[Node, Sequence[Node]]) -> dict[Node, Node | None]:
    """The parent of each node, in the order in which going deep first meets them."""
    parents: dict[Node, Node | None] = {}
    for root in links:
        waiting: list[tuple[Node, Node | None]] = [(root, None)]
        while waiting:
            node, parent = waiting.pop()
            if node not in parents:
                parents[node] = parent
                waiting.extend((other, node) for other in links[node] if other not in parents)
    return parents


def _place(one: Node, other: Node) -> Place:
    row, column = max(one, other), min(one, other)
    return row, -1 - column
