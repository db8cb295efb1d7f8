"""Writes a decision table as a DMN 1.3 file that other tools open and evaluate alike.

The tier has one winner and tags add up, so the file has two decisions. Both run under policies that
every engine knows: FIRST, the rows standing in the order in which they decide, and COLLECT. What
the table itself is (its policy, the order of its rows) stands in attributes of pmdesk's own
namespace, which other tools keep and ignore.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pmdesk.i18n import _, said
from pmdesk.rules.dmn import di
from pmdesk.rules.dmn.markup import Element, document, element
from pmdesk.rules.dmn.names import MODEL, OWN, TAGS, TIER, Ids, Source, literal, sources
from pmdesk.rules.facts import Fact, FactType
from pmdesk.rules.rule import Rule
from pmdesk.rules.table import MOST_RULES, DecisionTable
from pmdesk.rules.words import decimal_text, print_cell

LEGAL = "§ "  # in a note, before the legal ground, whatever the language
Pair = tuple[Rule, str]  # a rule and one of its tags
_TYPES: Mapping[FactType, str] = {
    FactType.NUMBER: "number",
    FactType.CHOICE: "string",
    FactType.FLAG: "boolean",
    FactType.DATE: "date",
    FactType.TEXT: "string",
}


def written(table: DecisionTable, title: str, offered: Iterable[Fact] = ()) -> bytes:
    """The file; equal tables give equal bytes in the same language.

    `offered` are the facts there are: with them a list is declared with all of its options.
    """
    return document(_File(table, offered).root(title))


def note(reason: str, legal: str) -> str:
    """What is said about a row, in one text."""
    return "\n".join(part for part in (reason, legal and LEGAL + legal) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Datum:
    """A value that the decisions read, and what it can be."""

    id: str
    name: str
    label: str
    base: str
    type: str  # the name of its item definition, or the plain type
    allowed: str
    is_list: bool


class _File:
    """One table on its way into a file."""

    def __init__(self, table: DecisionTable, offered: Iterable[Fact]) -> None:
        self.table = table
        self.lists = _lists((*table.facts, *offered))
        self.ids = Ids()
        self.rows = {rule.id: self.ids.take(rule.id) for rule in table.rules}
        self.sources = sources(table.facts)
        self.data = self._data()
        self.arrows: list[di.Arrow] = []

    def root(self, title: str) -> Element:
        """The whole file."""
        ids = self.ids.take("pmdesk_rules")
        types = [self._definition(one) for one in self.data if one.type != one.base]
        decisions = [self._decision(TIER, _("Tier"), "string", self._tier_table)]
        given = self._given_tags()
        for number, pairs in enumerate(self._tag_pairs(), start=1):
            name = TAGS if number == 1 else f"{TAGS}_{number}"
            build = partial(self._tags_table, name, pairs)
            decisions.append(self._decision(name, given.label, given.type, build))
        if len(decisions) > 1:
            types.append(self._definition(given))
        names = [part.attributes["id"] for part in decisions]
        drawn = di.drawing(self.ids, names, [one.id for one in self.data], self.arrows)
        parts = (*types, *map(self._input_data, self.data), *decisions, drawn)
        made = element("definitions", *parts, id=ids, name=title, namespace=OWN, exporter="pmdesk")
        spaces = {
            "xmlns": MODEL,
            "xmlns:dmndi": di.DMNDI,
            "xmlns:dc": di.DC,
            "xmlns:di": di.DI,
            "xmlns:pmdesk": OWN,
        }
        return Element(
            tag=made.tag, attributes={**spaces, **made.attributes}, children=made.children
        )

    # ---- what is read ----------------------------------------------------------------------

    def _data(self) -> tuple[_Datum, ...]:
        found: dict[str, _Datum] = {}
        for fact, source in zip(self.table.facts, self.sources, strict=True):
            if source.variable not in found:
                found[source.variable] = self._datum(fact, source)
        return tuple(found.values())

    def _datum(self, fact: Fact, source: Source) -> _Datum:
        allowed = _options(self.lists[fact.list]) if fact.list else _allowed(fact)
        base = "string" if fact.list else _TYPES[fact.type]
        return _Datum(
            id=self.ids.take(f"input_data_{source.variable}"),
            name=source.variable,
            label=said(source.label),
            base=base,
            type=f"t_{source.variable}" if allowed or fact.list else base,
            allowed=allowed,
            is_list=bool(fact.list),
        )

    def _given_tags(self) -> _Datum:
        return _Datum(
            id="",
            name=TAGS,
            label=_("Tags"),
            base="string",
            type=f"t_{TAGS}",
            allowed=_options(self.table.scheme.tag_keys),
            is_list=True,
        )

    def _definition(self, one: _Datum) -> Element:
        """The type of something that is more than a plain type."""
        name = self.ids.take(f"type_{one.name}")
        return element(
            "itemDefinition",
            element("typeRef", text=one.base),
            *self._tests("allowedValues", one.allowed, f"{name}_values"),
            id=name,
            name=one.type,
            label=one.label,
            isCollection="true" if one.is_list else "",
        )

    def _input_data(self, one: _Datum) -> Element:
        variable = self.ids.take(f"variable_{one.name}")
        return element(
            "inputData",
            element("variable", id=variable, name=one.name, typeRef=one.type),
            id=one.id,
            name=one.name,
            label=one.label,
        )

    # ---- what is decided -------------------------------------------------------------------

    def _decision(self, name: str, label: str, kind: str, build: Callable[[], Element]) -> Element:
        decision = self.ids.take(name)
        variable = self.ids.take(f"variable_{name}")
        needs = []
        for one in self.data:
            arrow = self.ids.take(f"requirement_{name}_{one.name}")
            self.arrows.append(di.Arrow(id=arrow, source=one.id, target=decision))
            required = element("requiredInput", href=f"#{one.id}")
            needs.append(element("informationRequirement", required, id=arrow))
        return element(
            "decision",
            element("variable", id=variable, name=name, typeRef=kind),
            *needs,
            build(),
            id=decision,
            name=name,
            label=label,
        )

    def _tier_table(self) -> Element:
        table, scheme = self.table, self.table.scheme
        strongest_first = [literal(key) for key in reversed(scheme.tier_keys)]
        default = () if table.is_complete else (self._text("default", literal(scheme.weakest)),)
        output = self._output(TIER, _("Tier"), strongest_first, default)
        rows = [self._tier_row(place) for place in table.deciding_order]
        return element(
            "decisionTable",
            *self._inputs(TIER),
            output,
            *rows,
            id=self.ids.take("table_tier"),
            hitPolicy="FIRST",
            own_policy=table.policy.value,
        )

    def _tag_pairs(self) -> Iterator[Sequence[Pair]]:
        """Each tag of each rule; a table has only so many rows, so there may be several."""
        keys = self.table.scheme.tag_keys
        pairs = [(rule, tag) for rule in self.table.rules for tag in keys if tag in rule.tags]
        for start in range(0, len(pairs), MOST_RULES):
            yield pairs[start : start + MOST_RULES]

    def _tags_table(self, name: str, pairs: Sequence[Pair]) -> Element:
        values = [literal(key) for key in self.table.scheme.tag_keys]
        rows = [
            self._row(self.ids.take(f"tag_{self.rows[rule.id]}_{tag}"), rule, tag, {})
            for rule, tag in pairs
        ]
        return element(
            "decisionTable",
            *self._inputs(name),
            self._output(name, _("Tags"), values, ()),
            *rows,
            id=self.ids.take(f"table_{name}"),
            hitPolicy="COLLECT",
        )

    def _inputs(self, name: str) -> Iterable[Element]:
        for fact, source in zip(self.table.facts, self.sources, strict=True):
            clause = self.ids.take(f"input_{name}_{source.variable}")
            expression = element(
                "inputExpression",
                element("text", text=source.expression),
                id=self.ids.take(f"{clause}_expression"),
                typeRef=_TYPES[fact.type],
            )
            choices = _allowed(fact) if fact.type is FactType.CHOICE else ""
            values = self._tests("inputValues", choices, f"{clause}_values")
            label = said(fact.label)
            yield element("input", expression, *values, id=clause, label=label, own_fact=fact.key)

    def _output(
        self, name: str, label: str, values: Sequence[str], default: Iterable[Element]
    ) -> Element:
        made = self.ids.take(f"output_{name}")
        allowed = self._tests("outputValues", ",".join(values), f"{made}_values")
        return element(
            "output", *allowed, *default, id=made, label=label, name=name, typeRef="string"
        )

    def _tier_row(self, place: int) -> Element:
        rule = self.table.rules[place]
        written_id = self.rows[rule.id]
        said_of_it = {
            "own_row": str(place),
            "own_rule": rule.id if rule.id != written_id else "",
            "own_reason": rule.reason,
            "own_legal": rule.legal,
        }
        return self._row(written_id, rule, rule.tier, said_of_it)

    def _row(self, row: str, rule: Rule, output: str, said_of_it: Mapping[str, str]) -> Element:
        words = note(rule.reason, rule.legal) if said_of_it else ""
        cells = [
            element(
                "inputEntry",
                element("text", text=print_cell(cell, fact)),
                id=self.ids.take(f"{row}_in_{place}"),
            )
            for place, (fact, cell) in enumerate(zip(self.table.facts, rule.cells, strict=True), 1)
        ]
        result = element(
            "outputEntry",
            element("text", text=literal(output)),
            id=self.ids.take(f"{row}_out"),
        )
        described = (element("description", text=words),) if words else ()
        own = said_of_it or {"own_rule": rule.id}
        return element("rule", *described, *cells, result, id=row, **own)

    def _text(self, name: str, text: str) -> Element:
        return element("defaultOutputEntry", element("text", text=text), id=self.ids.take(name))

    def _tests(self, tag: str, text: str, wanted: str) -> tuple[Element, ...]:
        if not text:
            return ()
        return (element(tag, element("text", text=text), id=self.ids.take(wanted)),)


def _lists(facts: Iterable[Fact]) -> Mapping[str, tuple[str, ...]]:
    """The options of each list, as far as flags ask for them."""
    found: dict[str, dict[str, None]] = {}
    for fact in facts:
        if fact.list:
            found.setdefault(fact.list, {}).update(dict.fromkeys(fact.any_of))
    return {name: tuple(codes) for name, codes in found.items()}


def _options(codes: Iterable[str]) -> str:
    return ",".join(literal(code) for code in codes)


def _allowed(fact: Fact) -> str:
    """What the fact can be, unknown included, where that is less than its type."""
    known = _options(fact.codes) if fact.type is FactType.CHOICE else _bounds(fact)
    return f"{known},null" if known and fact.nullable else known


def _bounds(fact: Fact) -> str:
    if fact.type is not FactType.NUMBER:
        return ""
    low, high = (None if end is None else decimal_text(end, fact.scale) for end in fact.span)
    if low is None:
        return "" if high is None else f"<= {high}"
    return f">= {low}" if high is None else f"[{low}..{high}]"
