"""What is left of one row when another is cut out of it: boxes that do not meet."""

from pmdesk.rules.proofs.space import Box, Space


def remainder(space: Space, row: int, cut: int) -> tuple[Box, ...]:
    """Boxes of all whom `row` fits and `cut` does not; nobody is in two of them."""
    left = space.rows[row]
    found: list[Box] = []
    for place, bits in enumerate(space.rows[cut]):
        outside = left[place] & ~bits
        box = _with(left, place, outside)
        if outside and space.is_possible(box):
            found.append(box)
        left = _with(left, place, left[place] & bits)
    return tuple(found)


def _with(box: Box, place: int, bits: int) -> Box:
    return (*box[:place], bits, *box[place + 1 :])
