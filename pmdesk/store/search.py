"""The full-text index of residents: what goes in, and how a typed text becomes a query."""

import functools
import re
import unicodedata
from collections.abc import Sequence

from sqlalchemy import Connection

from pmdesk.domain.names import search_keys
from pmdesk.domain.people import Occupancy, PersonId

Entry = tuple[int, str, str, str, str, str]

INSERT = (
    "INSERT INTO person_search (rowid, name, initials, syllables, room, phone) "
    "VALUES (?, ?, ?, ?, ?, ?)"
)
_FORGET = "INSERT INTO person_search (person_search) VALUES ('optimize')"
_DELETE = "DELETE FROM person_search WHERE rowid = ?"

_START = "栋"  # before the number of each building in the index; typed, it is left out
_MARKS = "栋幢座号楼单元室户房#"
_PIECE = re.compile(
    rf"(?P<ascii>[0-9a-z]+(?:[{_MARKS}\-/.]+[0-9a-z]+)*[{_MARKS}\-/]*)|(?P<word>[^\W_0-9a-z]+)"
)
_BUILDING = re.compile("[0-9a-z]+(?:栋|幢|座|号楼|楼|#)")
_RUN = re.compile(r"[0-9]+|[a-z]+|[^\W_0-9a-z]")
_NOT_LETTERS = re.compile(r"[^a-z]")
_NOT_DIGITS = re.compile(r"[^0-9]")
_PHONE = re.compile(r"\+?[0-9][0-9\s\-]*")
_PHONE_LENGTH = range(7, 16)
_TAIL = 4  # the digits that a masked number shows at its end
_COUNTRY = "86"
_MOBILE = 11


def entry(person: PersonId, name: str, mobile: str, occupancies: Sequence[Occupancy]) -> Entry:
    """The row of a person in the index."""
    keys = search_keys(name)
    rooms = dict.fromkeys(
        _room_tokens(o.unit.building, o.unit.entrance, o.unit.room) for o in occupancies
    )
    return (
        person,
        " ".join(keys.bigrams),
        " ".join(keys.initials),
        " ".join(keys.syllables),
        " ".join(rooms),
        _NOT_DIGITS.sub("", mobile)[::-1],  # the tail of a number is what people remember
    )


def sound(name: str) -> str:
    """What names are sorted by and compared as: the first reading, else the name itself."""
    return sound_of(entry(PersonId(0), name, "", ()))


def sound_of(row: Entry) -> str:
    """The `sound` of the person, whose keys the row already holds."""
    return row[3].partition(" ")[0] or row[1].replace(" ", "")


def put(connection: Connection, row: Entry) -> None:
    """The index holds exactly this of the person."""
    drop(connection, PersonId(row[0]))
    connection.exec_driver_sql(INSERT, row)


def drop(connection: Connection, person: PersonId) -> None:
    """Nothing typed finds the person; `forget` also takes the letters off the disk."""
    connection.exec_driver_sql(_DELETE, (person,))


def forget(connection: Connection) -> None:
    """The index holds nothing any more of what was dropped or replaced.

    An index without content only marks what is dropped, until its parts are merged into one.
    """
    connection.exec_driver_sql(_FORGET)


def match_expression(text: str) -> str | None:
    """The FTS5 query of what was typed; None when nothing in it can be searched for.

    The query is put together from letters and digits alone, so that no sign of the typed text
    reaches FTS5's own syntax.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    number = _phone_number(plain)
    if number and "-" not in plain:
        return _phone(number)
    parts = [_part(piece) for piece in _pieces(plain)]
    found = " AND ".join(f"({part})" for part in parts if part) or None
    return f"{_phone(number)} OR {found}" if number else found  # 12-2-1501 is also a room


def _pieces(plain: str) -> Sequence[str]:
    """The text cut where its kind changes; syllables typed apart come back together."""
    pieces = [""]
    for piece in (found[0] for found in _PIECE.finditer(plain)):
        if _is_letters(piece) and _is_letters(pieces[-1]):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces[1:]


def _is_letters(piece: str) -> bool:
    """Letters of a name, be it Anne-Marie; A座 and A-1 are places."""
    return piece.replace("-", "").isalpha() and piece.isascii()


def _part(piece: str) -> str:
    if piece.isascii() and piece.isdigit():
        return _digits(piece)
    if _is_letters(piece):
        return _letters(_NOT_LETTERS.sub("", piece))
    return _room(piece) if piece[0].isascii() else _word(piece)


def _phone_number(plain: str) -> str:
    """The digits when the whole text is one phone number, however grouped."""
    if not _PHONE.fullmatch(plain):
        return ""
    digits = _NOT_DIGITS.sub("", plain)
    if digits.startswith(_COUNTRY) and len(digits) == _MOBILE + len(_COUNTRY):
        digits = digits.removeprefix(_COUNTRY)
    return digits if len(digits) in _PHONE_LENGTH else ""


def _phone(digits: str) -> str:
    return f'phone : "{digits[::-1]}" *'


def _digits(text: str) -> str:
    """A room, or the end of a number as masks show it: digit by digit nobody guesses the rest."""
    room = f'room : "{text}" *'
    return f"{_phone(text)} OR {room}" if len(text) <= _TAIL else room


def _letters(text: str) -> str:
    sounds = f'{{initials syllables}} : "{text}" *'
    return f"{sounds} OR ({_bigrams(text)})" if len(text) > 1 else sounds


def _word(text: str) -> str:
    rooms = " ".join(part for part in text if part not in _MARKS)
    names = _bigrams(text) if len(text) > 1 else f'name : "{text}" *'
    return f'({names}) OR room : "{rooms}" *' if rooms else names


def _bigrams(text: str) -> str:
    return " AND ".join(f'name : "{text[i : i + 2]}"' for i in range(len(text) - 1))


def _room(text: str) -> str:
    whole = text[-1] in _MARKS + "-/"  # 3栋 is not the beginning of 30栋
    start = f"{_START} " if _BUILDING.match(text) else ""
    return f'room : "{start}{" ".join(_tokens(text))}"' + ("" if whole else " *")


def _room_tokens(building: str, entrance: str, room: str) -> str:
    parts = (_building_tokens(building), *_tokens(entrance), *_tokens(room))
    return " ".join(parts)


def _building_tokens(building: str) -> str:
    tokens = list(_tokens(building))
    number = next((i for i, token in enumerate(tokens) if token.isascii()), len(tokens))
    tokens.insert(number, _START)
    return " ".join(tokens)


@functools.lru_cache(maxsize=4096)  # the rooms of one building are those of the next
def _tokens(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return tuple(token for token in _RUN.findall(plain) if token not in _MARKS)
