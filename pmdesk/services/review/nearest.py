"""Which fields somebody may have meant whose words for a criterion were not understood."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fields import Field, Option
from pmdesk.i18n import Words
from pmdesk.services.review import declared

_MOST = 3  # fields; more are no help to choose
_ENOUGH = 2
_OF_OPTION, _OF_NAME, _OF_PURPOSE = 3, 2, 1
_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z]{4,}")
_HAN = re.compile(r"[\u3400-\u9fff]")
# say nothing of which field is meant
_EMPTY = frozenset(
    (
        *("无", "有", "是", "否", "其他", "需要", "安排", "服务"),
        *("住户", "时候", "方便", "时段", "希望", "意愿", "none", "other"),
    )
)
_PARTICLES = frozenset("的了是在和要想给请把都就也")


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A field that may have been meant, and those of its options that the text speaks of."""

    field: Field
    options: tuple[Words, ...] = ()


def nearest(catalogue: Catalogue, text: str) -> tuple[Near, ...]:
    """The fields that share most with the text, the nearest first; none where nothing is shared."""
    plain = text.casefold()
    parts = frozenset(_parts(plain))
    scored = [(_score(field, plain, parts), _near(field, plain)) for field in catalogue.rule_fields]
    found = sorted((one for one in scored if one[0] >= _ENOUGH), key=lambda one: -one[0])
    return tuple(near for _score_of, near in found[:_MOST])


def _near(field: Field, text: str) -> Near:
    return Near(field=field, options=tuple(one.label for one in _spoken(field.options, text)))


def _score(field: Field, text: str, parts: frozenset[str]) -> int:
    names = [*field.label]
    names += [word for one in declared.services() if one.field == field.key for word in one.words]
    options = sum(1 for _option in _spoken(field.options, text))
    return (
        _OF_OPTION * options
        + _OF_NAME * len(parts & _all_parts(names))
        + _OF_PURPOSE * len(parts & _all_parts([*field.necessity]))
    )


def _spoken(options: Sequence[Option], text: str) -> Iterator[Option]:
    """The options of which a name stands in the text, be it a single character."""
    for option in options:
        known = (name.casefold() for name in option.label)
        if any(name in text for name in known if _tells(name)):
            yield option


def _tells(name: str) -> bool:
    return name not in _EMPTY and (bool(_HAN.search(name)) or bool(_RUN.search(name)))


def _all_parts(texts: Sequence[str]) -> frozenset[str]:
    return frozenset(part for text in texts for part in _parts(text.casefold()))


def _parts(text: str) -> Iterator[str]:
    """Pairs of Chinese characters, and whole words of other letters."""
    for run in _RUN.findall(text):
        pairs = [run[at : at + 2] for at in range(len(run) - 1)] if _HAN.match(run) else [run]
        yield from (part for part in pairs if part not in _EMPTY and not _PARTICLES & set(part))
