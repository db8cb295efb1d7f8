"""Flags about one list depend on each other: which answers to all of them can occur together."""

from collections.abc import Iterator, Sequence

from pmdesk.rules.classes import Column

MOST_OPTIONS = 10  # of one list: their subsets are enumerated

NO, YES, UNKNOWN = 0, 1, 2  # the places of the classes of a flag
KNOWN = 3  # the bits of both
_NO, _YES = 1, 2

Answers = tuple[int, ...]  # a class for each column of a list


def options(columns: Sequence[Column]) -> tuple[str, ...]:
    """The options that the columns of one list mention."""
    return tuple(dict.fromkeys(code for column in columns for code in column.fact.any_of))


def is_ever_unknown(columns: Sequence[Column]) -> bool:
    """Whether the list can be unknown: then all its flags are."""
    return all(column.fact.nullable for column in columns)


def answers(columns: Sequence[Column]) -> tuple[Answers, ...]:
    """All answers that can occur together: to each choice of options, each once, and unknown."""
    bit = {code: 1 << place for place, code in enumerate(options(columns))}
    asked = [sum(bit[code] for code in column.fact.any_of) for column in columns]
    known: Iterator[Answers] = (
        tuple(YES if chosen & own else NO for own in asked) for chosen in range(1 << len(bit))
    )
    unknown = ((UNKNOWN,) * len(columns),) if is_ever_unknown(columns) else ()
    return (*dict.fromkeys(known), *unknown)


def choice(columns: Sequence[Column], allowed: Sequence[int]) -> Answers | None:
    """Answers within the allowed classes of all columns, as few chosen as can be; None if none."""
    unknown = 1 << UNKNOWN
    if is_ever_unknown(columns) and all(bits & unknown for bits in allowed):
        return (UNKNOWN,) * len(columns)
    known = [bits & KNOWN for bits in allowed]
    pairs = [(frozenset(c.fact.any_of), bits) for c, bits in zip(columns, known, strict=True)]
    barred = frozenset[str]().union(*(asked for asked, bits in pairs if bits == _NO))
    chosen: set[str] = set()
    for asked, bits in pairs:
        if not bits or (bits == _YES and asked <= barred):
            return None
        if bits == _YES and not asked & chosen:
            chosen.add(min(asked - barred))
    return tuple(YES if asked & chosen else NO for asked, _bits in pairs)
