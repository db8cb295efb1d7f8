"""The facts of `analytics.facts` as SQL over the answers tables; unknown is NULL."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
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

from pmdesk.analytics.facts import MONTHS, NOW, groups_of, last_day_reached, month_number
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fields import Field, FieldKey, Kind
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
    """The expression of each fact (only of those in `keys`, groups too) over the answers tables."""
    tables = gate.tables(catalogue)
    single = {
        key: column
        for field in catalogue.rule_fields
        if field.kind in _COLUMNS
        for key, column in _COLUMNS[field.kind](field, tables[field.purpose])
        if keys is None or key in keys
    }
    fields = {field.key: field for field in catalogue.rule_fields}
    grouped = {
        fact.key: _any_of(field, tables[field.purpose], fact.any_of)
        for fact in groups_of(catalogue, keys or ())
        for field in (fields[FieldKey(fact.list)],)
    }
    return single | grouped


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
    for option in field.options:
        yield f"{field.key}.{option.code}", _any_of(field, answers, (option.code,))


def _any_of(field: Field, answers: AnswersTable, codes: Sequence[str]) -> ColumnElement[Any]:
    """Whether one of these options was chosen; an empty list says no, an unknown one nothing."""
    child = answers.children[field.key]
    known = answers.table.c[field.key + gate.KNOWN]
    asked = child.c.value == codes[0] if len(codes) == 1 else child.c.value.in_(codes)
    chosen = (
        select(_YES)
        .select_from(child)
        .where(child.c.person == answers.table.c.person, asked)
        .correlate(answers.table)
        .exists()
    )
    return type_coerce(case((known == _YES, chosen)), Flag())


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
