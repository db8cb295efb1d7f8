"""One random change of some bytes: of a bit or a byte, or of a piece that goes or comes."""


def mutated(raw, chance, other=b""):
    """The bytes with one change; never the same bytes."""
    while True:
        changed = chance.choice(WAYS)(bytearray(raw), chance, other or raw)
        if bytes(changed) != raw:
            return bytes(changed)


def bit(raw, chance, _other):
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return raw


def byte(raw, chance, _other):
    raw[chance.randrange(len(raw))] = chance.randrange(256)
    return raw


def delete(raw, chance, _other):
    start, end = _piece(raw, chance)
    del raw[start:end]
    return raw


def duplicate(raw, chance, _other):
    start, end = _piece(raw, chance)
    raw[end:end] = raw[start:end]
    return raw


def truncate(raw, chance, _other):
    return raw[: chance.randrange(len(raw))]


def splice(raw, chance, other):
    """A piece of one place stands in another."""
    start, end = _piece(raw, chance)
    at = chance.randrange(len(other))
    raw[start:end] = other[at : at + end - start]
    return raw


def _piece(raw, chance):
    start = chance.randrange(len(raw))
    return start, start + chance.choice((1, 4, 64, 512))


WAYS = (bit, byte, delete, duplicate, truncate, splice)
