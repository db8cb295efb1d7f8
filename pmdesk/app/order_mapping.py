"""What the columns, types and buildings of a list of past orders mean, as a mapping file says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pmdesk.app.mapping_files import read_object, unreadable
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.names import SERVICES
from pmdesk.errors import ExchangeError
from pmdesk.i18n import N_
from pmdesk.services.exchange.headers import Header
from pmdesk.services.exchange.vocabulary import Vocabulary, plain
from pmdesk.services.order_import.columns import ORDERS, OrderTarget
from pmdesk.services.order_import.meanings import tidied
from pmdesk.services.order_import.planned import ESTATE, Choices, ReadList
from pmdesk.services.order_import.reading import building_name

NEW, WHOLE_ESTATE, LEFT_OUT = "new", "estate", "out"
EXAMPLE = '{"columns": {"account": "building"}, "services": {"Sanitation": "cleaning"}}'
_PARTS = ("columns", "services", "buildings")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderMapping:
    """What was written down before the list was read; what is not said is as guessed."""

    columns: Mapping[str, str] = field(default_factory=dict)  # target by header or index
    services: Mapping[str, Service] = field(default_factory=dict)  # by folded type
    buildings: Mapping[str, str] = field(default_factory=dict)  # by the name a register has

    @property
    def vocabulary(self) -> Vocabulary:
        """The headers of such lists, those of this mapping among them: so the header is found."""
        named = (re.escape(plain(name)) for name in self.columns if not name.isdecimal())
        return replace(ORDERS, meta=re.compile("|".join((ORDERS.meta.pattern, *named))))

    def led(self, header: Header) -> Mapping[int, str]:
        """The columns of this list that go elsewhere; a guess makes way for what is said."""
        said = {_index(name, header): target for name, target in self.columns.items()}
        wanted = set(said.values()) - {""}
        guessed = [column for column in header.columns if column.target in wanted]
        return {column.index: "" for column in guessed} | said

    def choices(self, listed: ReadList, *, cancels_old: bool) -> Choices:
        """The same as answers to the questions that this list asks."""
        types = {name: self.services.get(_folded(name)) for name in listed.types if name}
        there = {name: to for name, to in self.buildings.items() if name in listed.buildings}
        return Choices(
            services={name: service for name, service in types.items() if service},
            buildings={name: _place(name, to, listed) for name, to in there.items()},
            keeps_old_open=not cancels_old,
        )

    def unsettled(self, listed: ReadList) -> tuple[str, ...]:
        """Buildings that are in no register and that nothing is said of."""
        return tuple(name for name in listed.strange if name not in self.buildings)

    def unused(self, listed: ReadList) -> tuple[str, ...]:
        """What is said of types and buildings that are not in the list: perhaps misspelt."""
        types = {_folded(name) for name in listed.types}
        strayed = [name for name in self.services if name not in types]
        return (*strayed, *(name for name in self.buildings if name not in listed.buildings))


def read_mapping(path: Path | None) -> OrderMapping:
    """What the file says; nothing without a file."""
    if path is None:
        return OrderMapping()
    given = read_object(path, EXAMPLE)
    pairs = {part: _pairs(given.get(part, {})) for part in _PARTS}
    flat = _pairs({name: to for name, to in given.items() if name not in _PARTS})
    return OrderMapping(
        columns={name: _target(to) for name, to in {**flat, **pairs["columns"]}.items()},
        services={_folded(word): _service(to) for word, to in pairs["services"].items()},
        buildings={building_name(name): to for name, to in pairs["buildings"].items()},
    )


def _pairs(found: object) -> Mapping[str, str]:
    if not isinstance(found, dict) or not all(isinstance(to, str) for to in found.values()):
        raise unreadable(EXAMPLE)
    return found


def _target(to: str) -> str:
    if to and to not in set(OrderTarget):
        raise ExchangeError(
            N_("“{word}” is no part of a work order."),
            N_('Lead columns to one of these, or to nothing (""): {parts}.'),
            word=to,
            parts=", ".join(OrderTarget),
        )
    return to


def _service(to: str) -> Service:
    plain = _folded(to)
    for service, words in SERVICES.items():
        if plain in {service.value, words.zh, words.en.casefold()}:
            return service
    raise ExchangeError(
        N_("“{word}” is no service."),
        N_("Write one of these: {parts}."),
        word=to,
        parts=", ".join(Service),
    )


def _index(name: str, header: Header) -> int:
    """The column of that header; else the one of that number, from 0."""
    for column in header.columns:
        if _folded(column.header) == _folded(name):
            return column.index
    if name in {str(column.index) for column in header.columns}:
        return int(name)
    raise ExchangeError(
        N_("The list has no column “{column}”, of which the mapping file tells."),
        N_("Write the header as it stands in the list, or the number of the column from 0."),
        column=name,
    )


def _place(name: str, to: str, listed: ReadList) -> str | None:
    """Where orders of the building go; None for nowhere."""
    meant = {NEW: name, WHOLE_ESTATE: ESTATE, LEFT_OUT: None}
    if to in meant:
        return meant[to]
    there = building_name(to)
    if there in listed.known:
        return there
    raise ExchangeError(
        N_("The mapping file leads to the building “{word}”, which is not in the register."),
        N_("Write the name of a building of the register, or new, estate or out."),
        word=to,
    )


def _folded(text: str) -> str:
    return tidied(text).casefold()
