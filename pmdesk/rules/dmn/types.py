"""What variables and columns can hold: the item definitions of a file, aliases followed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pmdesk.errors import ExchangeError, PmdeskError
from pmdesk.i18n import N_
from pmdesk.rules.dmn.entries import read_tests
from pmdesk.rules.dmn.tree import Element, first, named, text_of
from pmdesk.rules.dmn.unary import UnaryTests
from pmdesk.rules.dmn.values import Kind, Value, of_json

_BASIC = {
    "number": Kind.NUMBER,
    "integer": Kind.NUMBER,
    "long": Kind.NUMBER,
    "double": Kind.NUMBER,
    "string": Kind.STRING,
    "boolean": Kind.BOOLEAN,
    "date": Kind.DATE,
}
_UNTYPED = ("", "Any", "any", "Null")


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """A kind of value, or components by name, or neither where anything may stand.

    A value outside one of `domains` is null. What uses a type with a `refusal` is refused.
    """

    kind: Kind | None = None
    components: Mapping[str, "Type"] = field(default_factory=dict)
    is_list: bool = False
    domains: tuple[UnaryTests, ...] = ()
    refusal: PmdeskError | None = None

    @property
    def item(self) -> "Type":
        """The type of one item of the list, or this type where it is none."""
        return replace(self, is_list=False)

    @property
    def is_untyped(self) -> bool:
        """Whether anything may stand here."""
        return self.kind is None and not self.components

    def read(self, value: object) -> object:
        """What a JSON value means: what does not conform is null, single items stand for lists."""
        if value is None:
            return None
        if self.is_list:
            items = value if isinstance(value, list) else [value]
            return [self.item.read(item) for item in items]
        if isinstance(value, list) and len(value) == 1 and not self.is_untyped:
            value = value[0]
        if self.components:
            return self._structure(value)
        return value if self.kind is None else self.allowed(of_json(value, self.kind))

    def allowed(self, value: Value) -> Value:
        """`value`, or null where one of the domains does not have it."""
        return value if all(domain.holds(value) for domain in self.domains) else None

    def _structure(self, value: object) -> object:
        if not isinstance(value, dict):
            return None
        return {name: part.read(value.get(name)) for name, part in self.components.items()}


ANY_TYPE = Type()


class Types:
    """The types of one file, each read when it is first asked for."""

    def __init__(self, root: Element) -> None:
        self._defined = {item.get("name", ""): item for item in named(root, "itemDefinition")}
        self._made: dict[str, Type] = {}
        self._making: list[str] = []

    def of(self, reference: str | None) -> Type:
        """The type that a typeRef names; outside the profile it has a refusal."""
        wanted = (reference or "").strip()
        name = wanted if wanted in self._defined else wanted.rpartition(":")[2]
        if name in self._defined:
            return self._named(name)
        if name in _UNTYPED:
            return ANY_TYPE
        if name in _BASIC:
            return Type(kind=_BASIC[name])
        return _refused(
            N_("The type “{name}” is not read."),
            N_("Types are number, string, boolean, date, and those that the file makes of them."),
            wanted,
        )

    def _named(self, name: str) -> Type:
        if name in self._making:
            return _refused(N_("The type “{name}” is made of itself."), N_("Mend the file."), name)
        if name not in self._made:
            self._making.append(name)
            self._made[name] = self._of_item(self._defined[name])
            self._making.pop()
        return self._made[name]

    def _of_item(self, item: Element) -> Type:
        is_list = item.get("isCollection", "").strip() in {"true", "1"}
        parts = {part.get("name", ""): self._of_item(part) for part in named(item, "itemComponent")}
        if parts:
            return Type(components=parts, is_list=is_list)
        base = self.of(text_of(item, "typeRef") or item.get("typeRef"))
        if base.is_list and is_list:
            return _refused(
                N_("The type “{name}” is a list of lists, which is not read."),
                N_("Use a list of single values."),
                item.get("name", ""),
            )
        return _narrowed(item, replace(base, is_list=is_list or base.is_list))


def with_domains(type_: Type, *domains: UnaryTests) -> Type:
    """The type with these domains added."""
    added = tuple(domain for domain in domains if not domain.is_any)
    return replace(type_, domains=(*type_.domains, *added))


def _narrowed(item: Element, type_: Type) -> Type:
    texts = [text_of(first(item, name), "text") for name in ("allowedValues", "typeConstraint")]
    try:
        domains = [read_tests(text, type_.kind) for text in texts if text is not None]
    except PmdeskError as error:
        return replace(type_, refusal=error)
    return with_domains(type_, *domains)


def _refused(sentence: str, remedy: str, name: str) -> Type:
    return Type(refusal=ExchangeError(sentence, remedy, name=name))
