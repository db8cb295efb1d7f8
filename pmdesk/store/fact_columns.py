"""The facts of `analytics.facts` as SQL over the answers tables; unknown is NULL."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)

from pmdesk.analytics.facts import MONTHS, NOW, last_day_reached, month_number
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fields import Field, Kind
from pmdesk.store import gate
from pmdesk.store.columns import Flag, IsoDate, Text
from pmdesk.store.gate import AnswersTable

Facts = Iterator[tuple[str, ColumnElement[Any]]]

AS_OF: BindParameter[date] = bindparam("as_of", type_=IsoDate())
_AS_OF_MONTH = bindparam("as_of_month", type_=Integer())
_AS_OF_DAY = bindparam("as_of_day", type_=Text())
_MONTH, _DAY = literal_column("6", Integer), literal_column("9", Integer)  # where they begin
_YES = literal_column("1", Integer)


def fact_columns(
    catalogue: Catalogue, keys: Collection[str] | None = None
) -> Mapping[str, ColumnElement[Any]]:
    """The expression of each fact (only of those in `keys`) over the answers tables."""
    tables = gate.tables(catalogue)
    return {
        key: column
        for field in catalogue.rule_fields
        if field.kind in _COLUMNS
        for key, column in _COLUMNS[field.kind](field, tables[field.purpose])
        if keys is None or key in keys
    }


def as_of_values(day: date) -> dict[str, object]:
    """What is bound to the expressions, so that they speak of `day`."""
    return {
        "as_of": day,
        "as_of_month": month_number(day),
        "as_of_day": f"{last_day_reached(day):02}",
    }


def _as_it_is(field: Field, answers: AnswersTable) -> Facts:
    yield field.key, answers.table.c[field.key]


def _each_option(field: Field, answers: AnswersTable) -> Facts:
    child = answers.children[field.key]
    known = answers.table.c[field.key + gate.KNOWN]
    for option in field.options:
        chosen = (
            select(_YES)
            .select_from(child)
            .where(child.c.person == answers.table.c.person, child.c.value == option.code)
            .correlate(answers.table)
            .exists()
        )
        yield f"{field.key}.{option.code}", type_coerce(case((known == _YES, chosen)), Flag())


def _months_since(field: Field, answers: AnswersTable) -> Facts:
    since = answers.table.c[field.key]
    # a cast reads digits up to the first hyphen
    year, month = cast(since, Integer), cast(func.substr(since, _MONTH), Integer)
    months = year * literal_column("12", Integer) + month
    begun = type_coerce(func.substr(since, _DAY) > _AS_OF_DAY, Integer())
    yield field.key + MONTHS, case((since <= AS_OF, _AS_OF_MONTH - months - begun))


def _inside(field: Field, answers: AnswersTable) -> Facts:
    first = answers.table.c[field.key + gate.FROM]
    last = answers.table.c[field.key + gate.TO]
    inside = and_(or_(first.is_(None), first <= AS_OF), or_(last.is_(None), last >= AS_OF))
    known = or_(first.is_not(None), last.is_not(None))
    yield field.key + NOW, type_coerce(case((known, inside)), Flag())


_COLUMNS: Mapping[Kind, Callable[[Field, AnswersTable], Facts]] = {
    Kind.CHOICE: _as_it_is,
    Kind.CHOICES: _each_option,
    Kind.FLAG: _as_it_is,
    Kind.NUMBER: _as_it_is,
    Kind.DATE: _months_since,
    Kind.PERIOD: _inside,
}
