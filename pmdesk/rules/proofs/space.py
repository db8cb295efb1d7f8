"""The people whom rows of cells can tell apart: columns of classes, those of one list together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pmdesk.rules.cells import Cell
from pmdesk.rules.classes import Column, bits_of, cut
from pmdesk.rules.facts import Fact
from pmdesk.rules.proofs import lists
from pmdesk.rules.proofs.proof import Person

Box = tuple[int, ...]  # the classes allowed in each column, as bits
Point = tuple[int, ...]  # one class in each column


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """Columns that vary together, and what can occur in them at once: a class for each column.

    `masks` are for each of these the rows that fit, `held` for each row the joint classes that it
    fits, `having` for each column and each of its classes the joint classes that have it: all as
    bits. Where they can be unknown, that is the last joint class.
    """

    columns: tuple[int, ...]
    joint: tuple[tuple[int, ...], ...]
    masks: tuple[int, ...]
    held: tuple[int, ...]
    having: tuple[tuple[int, ...], ...]
    nullable: bool

    @property
    def unknown(self) -> int:
        """The bit of the joint class of unknown; 0 where all is always known."""
        return 1 << len(self.joint) - 1 if self.nullable else 0

    def at(self, point: Point) -> int:
        """The joint class at this point."""
        if len(self.columns) == 1:
            return point[self.columns[0]]
        return next(bits_of(self.within(tuple(1 << place for place in point))))

    def within(self, box: Box) -> int:
        """The joint classes that lie in the box, as bits."""
        if len(self.columns) == 1:
            return box[self.columns[0]]
        return _within(self.having, [box[column] for column in self.columns])


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """Rows over facts.

    The flags of a list with too many options count as columns of their own in `dimensions`: then
    these also hold people who cannot be, and `loose` names the columns of such lists.
    """

    columns: tuple[Column, ...]
    dimensions: tuple[Dimension, ...]
    rows: tuple[Box, ...]
    lists: tuple[tuple[int, ...], ...]
    loose: tuple[tuple[int, ...], ...]

    @property
    def everything(self) -> Box:
        """The box that holds everybody."""
        return tuple(column.everything for column in self.columns)

    def is_possible(self, box: Box) -> bool:
        """Whether there can be anybody in the box."""
        return all(box) and all(self._can_occur(group, box) for group in self.lists)

    def is_in_loose(self, box: Box) -> bool:
        """Whether the answers to the lists that are too long can lie in the box."""
        return all(self._can_occur(group, box) for group in self.loose)

    def includes(self, wide: int, narrow: int) -> bool:
        """Whether one row fits whenever the other does; not always seen of a list too long."""
        return all(
            not dimension.held[narrow] & ~dimension.held[wide] for dimension in self.dimensions
        )

    def person(self, point: Point) -> Person:
        """Somebody at this point."""
        values = (column.sample(place) for column, place in zip(self.columns, point, strict=True))
        return dict(zip((column.fact.key for column in self.columns), values, strict=True))

    def somebody(self, box: Box) -> Person:
        """Somebody in the box, of whom as little as possible is known."""
        return self.person(self._plain_point(box))

    def _plain_point(self, box: Box) -> Point:
        point = [_plainest(column, bits) for column, bits in zip(self.columns, box, strict=True)]
        for group in self.lists:
            columns = [self.columns[place] for place in group]
            chosen = lists.choice(columns, [box[place] for place in group]) or ()
            for place, answer in zip(group, chosen, strict=False):
                point[place] = answer
        return tuple(point)

    def _can_occur(self, group: tuple[int, ...], box: Box) -> bool:
        columns = [self.columns[place] for place in group]
        return lists.choice(columns, [box[place] for place in group]) is not None


def space_of(facts: Sequence[Fact], rows: Sequence[Sequence[Cell]]) -> Space:
    """The space that these rows cut, each of them a box in it."""
    columns = tuple(cut([row[place] for row in rows], fact) for place, fact in enumerate(facts))
    groups = tuple(_lists(facts))
    loose = tuple(group for group in groups if _is_long([columns[p] for p in group]))
    joined = {place for group in groups if group not in loose for place in group}
    single = ((place,) for place in range(len(facts)) if place not in joined)
    together = (group for group in groups if group not in loose)
    return Space(
        columns=columns,
        dimensions=(
            *(_single(columns[place], place) for (place,) in single),
            *(_joint([columns[place] for place in group], group) for group in together),
        ),
        rows=tuple(zip(*(column.held for column in columns), strict=True)) or ((),) * len(rows),
        lists=groups,
        loose=loose,
    )


def _lists(facts: Sequence[Fact]) -> Iterator[tuple[int, ...]]:
    for name in dict.fromkeys(fact.list for fact in facts if fact.list):
        group = tuple(place for place, fact in enumerate(facts) if fact.list == name)
        if len(group) > 1:
            yield group


def _is_long(columns: Sequence[Column]) -> bool:
    return len(lists.options(columns)) > lists.MOST_OPTIONS


def _single(column: Column, place: int) -> Dimension:
    classes = range(len(column.classes))
    return Dimension(
        columns=(place,),
        joint=tuple((one,) for one in classes),
        masks=masks_of(column),
        held=column.held,
        having=(tuple(1 << one for one in classes),),
        nullable=column.fact.nullable,
    )


def _joint(columns: Sequence[Column], group: tuple[int, ...]) -> Dimension:
    joint = lists.answers(columns)
    single = [masks_of(column) for column in columns]
    having = [[0] * len(column.classes) for column in columns]
    masks = []
    for one, answers in enumerate(joint):
        mask = -1
        for rows, places, answer in zip(single, having, answers, strict=True):
            mask &= rows[answer]
            places[answer] |= 1 << one
        masks.append(mask)
    boxes = zip(*(column.held for column in columns), strict=True)
    return Dimension(
        columns=group,
        joint=joint,
        masks=tuple(masks),
        held=tuple(_within(having, box) for box in boxes),
        having=tuple(map(tuple, having)),
        nullable=lists.is_ever_unknown(columns),
    )


def _within(having: Sequence[Sequence[int]], box: Sequence[int]) -> int:
    inside = -1
    for places, bits in zip(having, box, strict=True):
        inside &= sum(places[one] for one in bits_of(bits))
    return inside


def masks_of(column: Column) -> tuple[int, ...]:
    """For each class the rows that hold for it: a row turns on where its bits begin, off after."""
    rows_of: dict[int, int] = {}
    for place, bits in enumerate(column.held):
        rows_of[bits] = rows_of.get(bits, 0) | 1 << place
    turns = [0] * (len(column.classes) + 1)
    for bits, rows in rows_of.items():
        for place in bits_of(bits ^ bits << 1):
            turns[place] ^= rows
    masks, mask = [], 0
    for turn in turns[:-1]:
        mask ^= turn
        masks.append(mask)
    return tuple(masks)


def _plainest(column: Column, bits: int) -> int:
    """Unknown where nothing is asked, else the first class there is, a known one if possible."""
    if bits == column.everything and column.unknown:
        return len(column.classes) - 1
    return next(bits_of(bits))
