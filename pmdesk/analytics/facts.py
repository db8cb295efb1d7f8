"""What rules may ask about: the facts that the catalogue's fields offer, and their values."""

import calendar
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import cast

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fields import Field, FieldKey, Kind, Value
from pmdesk.i18n import Words
from pmdesk.rules.facts import Fact, FactType, resolved
from pmdesk.rules.facts import Value as FactValue

MONTHS = ".months"  # of a date: complete months until the day of decision
NOW = ".now"  # of a period: whether the day of decision lies inside

_MONTHS_UNIT = Words(zh="个月", en="months")

Period = tuple[date | None, date | None]


@functools.lru_cache(maxsize=8)
def facts(catalogue: Catalogue) -> tuple[Fact, ...]:
    """The facts of all fields that rules may read, in the order of the catalogue."""
    return tuple(
        fact for field in catalogue.rule_fields if field.kind in _FACTS for fact in _facts_of(field)
    )


def fact_of(catalogue: Catalogue, key: str) -> Fact | None:
    """The fact with this key, be it a group; None where the catalogue does not offer it."""
    return resolved(key, {fact.key: fact for fact in facts(catalogue)})


def groups_of(catalogue: Catalogue, keys: Iterable[str]) -> tuple[Fact, ...]:
    """Those of `keys` that join options of one list, as far as the catalogue offers them all."""
    single = {fact.key: fact for fact in facts(catalogue)}
    found = (resolved(key, single) for key in dict.fromkeys(keys))
    return tuple(fact for fact in found if fact is not None and len(fact.any_of) > 1)


def fact_values(
    catalogue: Catalogue,
    values: Mapping[FieldKey, Value],
    as_of: date,
    groups: Iterable[Fact] = (),
) -> dict[str, FactValue]:
    """The value of each fact and of these groups on the day `as_of`; None where it is unknown."""
    single = {
        key: value
        for field in catalogue.rule_fields
        if field.kind in _VALUES
        for key, value in _VALUES[field.kind](field, values.get(field.key), as_of)
    }
    return single | {fact.key: _has_any(values.get(FieldKey(fact.list)), fact) for fact in groups}


def field_of(fact: str) -> FieldKey:
    """The field that a fact is derived from."""
    return FieldKey(fact.partition(".")[0])


def complete_months(since: date, as_of: date) -> int | None:
    """The months completed since a day; a day still to come has none.

    A month ends on the day of the same number, or on the month's last where there is none (Civil
    Code 202).
    """
    if since > as_of:
        return None
    return month_number(as_of) - month_number(since) - (since.day > last_day_reached(as_of))


def month_number(day: date) -> int:
    """The months since year 0."""
    return day.year * 12 + day.month


def last_day_reached(day: date) -> int:
    """Up to which day of the month every month is complete: on its last day, all."""
    return 31 if day.day == calendar.monthrange(day.year, day.month)[1] else day.day


# ---- facts ----------------------------------------------------------------------------------


def _facts_of(field: Field) -> Iterator[Fact]:
    return _FACTS[field.kind](field)


def _choice(field: Field) -> Iterator[Fact]:
    options = tuple((option.code, option.label) for option in field.options)
    yield Fact(key=field.key, label=field.label, type=FactType.CHOICE, options=options)


def _choices(field: Field) -> Iterator[Fact]:
    for option in field.options:
        label = Words(
            zh=f"{field.label.zh}：{option.label.zh}", en=f"{field.label.en}: {option.label.en}"
        )
        key = f"{field.key}.{option.code}"
        yield Fact(key=key, label=label, type=FactType.FLAG, list=field.key, any_of=(option.code,))


def _flag(field: Field) -> Iterator[Fact]:
    yield Fact(key=field.key, label=field.label, type=FactType.FLAG)


def _number(field: Field) -> Iterator[Fact]:
    yield Fact(
        key=field.key,
        label=field.label,
        type=FactType.NUMBER,
        scale=field.scale,
        low=field.low,
        high=field.high,
        unit=field.unit,
    )


def _date(field: Field) -> Iterator[Fact]:
    label = Words(zh=f"{field.label.zh}至今", en=f"{field.label.en}: time since")
    yield Fact(key=field.key + MONTHS, label=label, type=FactType.NUMBER, low=0, unit=_MONTHS_UNIT)


def _period(field: Field) -> Iterator[Fact]:
    label = Words(zh=f"{field.label.zh}：正在期内", en=f"{field.label.en}: now")
    yield Fact(key=field.key + NOW, label=label, type=FactType.FLAG)


_FACTS: Mapping[Kind, Callable[[Field], Iterator[Fact]]] = {
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.FLAG: _flag,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.PERIOD: _period,
}

# ---- values ---------------------------------------------------------------------------------

Pairs = Iterator[tuple[str, FactValue]]


def _as_it_is(field: Field, value: Value, as_of: date) -> Pairs:
    del as_of
    yield field.key, cast("FactValue", value)


def _each_option(field: Field, value: Value, as_of: date) -> Pairs:
    del as_of
    chosen = cast("tuple[str, ...] | None", value)
    for option in field.options:
        yield f"{field.key}.{option.code}", None if chosen is None else option.code in chosen


def _has_any(value: Value, fact: Fact) -> bool | None:
    chosen = cast("tuple[str, ...] | None", value)
    return None if chosen is None else any(code in chosen for code in fact.any_of)


def _months_since(field: Field, value: Value, as_of: date) -> Pairs:
    since = cast("date | None", value)
    yield field.key + MONTHS, None if since is None else complete_months(since, as_of)


def _inside(field: Field, value: Value, as_of: date) -> Pairs:
    first, last = cast("Period", value or (None, None))
    if first is None and last is None:
        yield field.key + NOW, None
    else:
        begun = first is None or first <= as_of
        yield field.key + NOW, begun and (last is None or as_of <= last)


_VALUES: Mapping[Kind, Callable[[Field, Value, date], Pairs]] = {
    Kind.CHOICE: _as_it_is,
    Kind.CHOICES: _each_option,
    Kind.FLAG: _as_it_is,
    Kind.NUMBER: _as_it_is,
    Kind.DATE: _months_since,
    Kind.PERIOD: _inside,
}
