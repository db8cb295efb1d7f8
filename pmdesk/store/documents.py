"""Values made of dataclasses and tuples as JSON documents, and back."""

import json
from collections.abc import Hashable
from typing import TypeVar, cast

from pmdesk.store.catalogue_json import maker, plain

T = TypeVar("T")


def document_of(value: object) -> str:
    """The document of the value; equal values have equal documents."""
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))


def value_of(kind: type[T], document: str) -> T:
    """The value of that type of a document that `document_of` wrote."""
    return cast("T", maker(cast("Hashable", kind))(json.loads(document)))
