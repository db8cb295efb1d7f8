"""The whole catalogue as one JSON document, and back."""

import dataclasses
import functools
import json
import types
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from pmdesk.domain.catalogue import Catalogue
from pmdesk.i18n import Words

T = TypeVar("T")


def encoded(catalogue: Catalogue) -> str:
    """The document of `catalogue`; equal catalogues have equal documents."""
    return json.dumps(plain(catalogue), ensure_ascii=False, separators=(",", ":"))


@functools.lru_cache(maxsize=8)
def decoded(document: str) -> Catalogue:
    """The catalogue of a document that `encoded` wrote."""
    return cast("Catalogue", maker(Catalogue)(json.loads(document)))


def plain(value: Any) -> Any:
    """What JSON can hold of a value: dataclasses by name, tuples as lists."""
    if dataclasses.is_dataclass(value):
        return {part.name: plain(getattr(value, part.name)) for part in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return value


@functools.cache
def maker(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of the annotated type from its plain form."""
    if kind is Words:
        return lambda plain: Words(*plain)
    if dataclasses.is_dataclass(kind):
        return _dataclass_maker(kind)
    if get_origin(kind) is tuple:
        return _tuple_maker(get_args(kind)[0])
    if get_origin(kind) in {Union, types.UnionType}:
        return _optional_maker(get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return lambda plain: plain


def _dataclass_maker(kind: Any) -> Callable[[Any], Any]:
    makers = {name: maker(hint) for name, hint in get_type_hints(kind).items()}

    def make(plain: Any) -> Any:
        return kind(**{name: makers[name](value) for name, value in plain.items()})

    return make


def _tuple_maker(part: Any) -> Callable[[Any], Any]:
    make = maker(part)
    return lambda plain: tuple(make(value) for value in plain)


def _optional_maker(kinds: Sequence[Any]) -> Callable[[Any], Any]:
    make = maker(next(kind for kind in kinds if kind is not types.NoneType))
    return lambda plain: None if plain is None else make(plain)
