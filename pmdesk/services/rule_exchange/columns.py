"""Which fact a column of a file means: by key, by name, or by what it is called."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fields import Field
from pmdesk.domain.screening import Lexicon
from pmdesk.errors import PmdeskError, RefusedError
from pmdesk.i18n import N_, Words
from pmdesk.rules.dmn.names import sources
from pmdesk.rules.facts import Fact, group, resolved
from pmdesk.services.review.criteria import judged
from pmdesk.services.review.inputs import CATALOGUED

_SPACES = re.compile(r"[\s_]+")
_GROUPS = (
    (re.compile(r"(.+?)[：:](.+)任一"), "："),
    (re.compile(r"(.+?): ?(.+) \(any .+\)"), ": "),
)


class Columns:
    """Finds the facts that rules may ask about."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.facts = tuple(facts)
        self._by_key = {fact.key: fact for fact in self.facts}
        self._by_name: dict[str, Fact | None] = {}
        for fact, source in zip(self.facts, sources(self.facts), strict=True):
            names = {plain(name) for name in (fact.key, source.expression, *fact.label)}
            for name in names:
                self._by_name[name] = None if name in self._by_name else fact

    def of_key(self, key: str) -> Fact | None:
        """The fact with this key, be it a group."""
        return resolved(key, self._by_key)

    def found(self, *names: str) -> Fact | None:
        """The fact that the first telling one of these names means."""
        for name in names:
            fact = self.of_key(name) or self._by_name.get(plain(name)) or self._group(name)
            if fact is not None:
                return fact
        return None

    def _group(self, label: str) -> Fact | None:
        """The group that is called so: a head, and the options of its members."""
        for shape, mark in _GROUPS:
            if named := shape.fullmatch(label.strip()):
                parts = [f"{named[1]}{mark}{part.strip()}" for part in named[2].split("/")]
                members = [self._by_name.get(plain(part)) for part in parts]
                present = [fact for fact in members if fact is not None and fact.list]
                if len(present) == len(members) and len({fact.list for fact in present}) == 1:
                    return self._ordered(present)
        return None

    def _ordered(self, members: list[Fact]) -> Fact:
        return group([fact for fact in self.facts if fact in members])


def plain(name: str) -> str:
    """A name without what differs from tool to tool."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", name)).strip().casefold()


def refusal(names: Iterable[str], catalogue: Catalogue, lexicon: Lexicon) -> PmdeskError:
    """Why no rule may ask for a column of these names; what people call it stands last."""
    given = [name for name in names if name.strip()]
    title = given[-1] if given else ""
    if (limit := _limit(given, catalogue)) is not None:
        return _refused(title, limit)
    judgements = [judged(catalogue, name, lexicon) for name in given]
    grave = (one for one in judgements if one.item is not None and one.item.code != CATALOGUED)
    if (found := next(grave, None)) is not None:
        return _refused(title, found.why, found.instead)
    serving = next((one.field for one in judgements if one.field is not None), None)
    return _unknown(title, serving)


def _refused(title: str, why: Words, instead: Words | None = None) -> PmdeskError:
    remedy = N_("Take this column out of the file.")
    if instead:
        remedy = N_("Take this column out of the file. Instead: {instead}.")
    sentence = N_("No rule may ask for “{name}”. {why}")
    error = RefusedError(sentence, remedy, name=title, why=why, instead=instead or "")
    return error.coded("E_FIELD_PROXY_LOCKED")


def _unknown(title: str, serving: Field | None) -> PmdeskError:
    sentence = N_("Rules cannot ask for “{name}”: there is no such column.")
    remedy = N_("Call it as the list of columns does, or take it out of the file.")
    if serving is not None:
        remedy = N_("Is “{serving}” meant? Call it so, or take it out of the file.")
    label = serving.label if serving else ""
    error = RefusedError(sentence, remedy, name=title, serving=label)
    return error.coded("E_FIELD_PROXY_LOCKED")


def _limit(names: Iterable[str], catalogue: Catalogue) -> Words | None:
    """Why a field of the catalogue that is called so is none for rules."""
    by_name: Mapping[str, Field] = {
        plain(name): field for field in catalogue.fields for name in (field.key, *field.label)
    }
    found = (by_name.get(plain(name)) for name in names)
    return next((field.rule_limit for field in found if field and field.rule_limit), None)
