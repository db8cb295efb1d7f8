"""What a column asks about: a variable, a component of it, a list that contains, or a constant."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn, TypeAlias

from pmdesk.i18n import N_
from pmdesk.rules.dmn.scan import Scan
from pmdesk.rules.dmn.types import ANY_TYPE, Type
from pmdesk.rules.dmn.values import Kind, Value, kind_of

_WORDS = frozenset({"true", "false", "null", "not", "if", "for", "some", "every", "function"})
_SINGLE = r"[^\W\d]\w*(?:[ \t]+\w+)*"
_NAME = re.compile(_SINGLE)
_FREE = re.compile(rf"{_SINGLE}(?:\s*\.\s*{_SINGLE})*(?!\s*[\w(.])")
_CONTAINS = re.compile(r"list\s+contains\s*\(")


@dataclass(frozen=True, slots=True)
class Constant:
    """Always the same value."""

    value: Value


@dataclass(frozen=True, slots=True)
class Path:
    """A variable, and the components that lead into it."""

    variable: str
    components: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ".".join((self.variable, *self.components))


@dataclass(frozen=True, slots=True)
class ContainsAny:
    """Whether one of the lists contains its value; null where that cannot be known."""

    pairs: tuple[tuple[Path, Value], ...]


Expression: TypeAlias = Constant | Path | ContainsAny


def read_expression(text: str, scope: Mapping[str, Type] | None) -> tuple[Expression, Type]:
    """The expression and the type of what it gives.

    Without a scope (the decision names nothing that it requires) any name is a variable.
    """
    return _Reader(text, scope).whole()


def value_of(expression: Expression, values: Mapping[str, object]) -> object:
    """What the expression gives for the values of the variables."""
    if isinstance(expression, Constant):
        return expression.value
    if isinstance(expression, Path):
        return _followed(expression, values)
    return _any_contained(expression.pairs, values)


def _followed(path: Path, values: Mapping[str, object]) -> object:
    value = values.get(path.variable)
    for name in path.components:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _any_contained(
    pairs: Sequence[tuple[Path, Value]], values: Mapping[str, object]
) -> bool | None:
    unknown = False
    for path, wanted in pairs:
        found = _followed(path, values)
        if found is None:
            unknown = True
            continue
        items = found if isinstance(found, list) else [found]
        if any(kind_of(item) is kind_of(wanted) and item == wanted for item in items):
            return True
    return None if unknown else False


class _Reader(Scan):
    """The grammar of an input expression."""

    def __init__(self, text: str, scope: Mapping[str, Type] | None) -> None:
        super().__init__(text)
        self.scope = scope

    def whole(self) -> tuple[Expression, Type]:
        """The whole text as one expression."""
        if self.ends():
            self.fail(N_("At character {position}: something is missing."), self.at)
        if _CONTAINS.match(self.text, self.at):
            expression: Expression = self._contained()
            type_ = Type(kind=Kind.BOOLEAN)
        elif (found := self._path()) is not None:
            expression, type_ = found
        else:
            value = self._constant()
            expression, type_ = Constant(value), Type(kind=kind_of(value))
        if not self.ends():
            self._fail_expression(self.at)
        return expression, type_

    def _constant(self) -> Value:
        start = self.at
        if re.compile(r'["@\d.-]|(?:true|false|null)\b|date\s*\(').match(self.text, start):
            return self.literal()
        return self._fail_expression(start)

    def _contained(self) -> ContainsAny:
        pairs = [self._pair()]
        while self.take_word("or"):
            self.place()
            if not _CONTAINS.match(self.text, self.at):
                self._fail_expression(self.at)
            pairs.append(self._pair())
        return ContainsAny(tuple(pairs))

    def _pair(self) -> tuple[Path, Value]:
        self.place()
        found = _CONTAINS.match(self.text, self.at)
        self.at = found.end() if found else self.at
        start = self.place()
        path = self._path()
        if path is None or not self.take(","):
            self._fail_expression(start)
        value = self.literal()
        if not self.take(")"):
            self.fail(N_("From character {position}: a closing bracket is missing."), self.place())
        return path[0], value

    def _path(self) -> tuple[Path, Type] | None:
        start = self.place()
        if self.scope is None:
            found = self._free()
            return None if found is None else (Path(found[0], (*found[1:],)), ANY_TYPE)
        name = self._name_of(self.scope)
        if name is None:
            return None
        type_ = self.scope[name]
        components: list[str] = []
        while self.take("."):
            self.place()
            component = self._component(type_)
            if component is None:
                self._fail_expression(start)
            type_ = type_.components.get(component, ANY_TYPE)
            components.append(component)
        return Path(name, tuple(components)), type_

    def _component(self, type_: Type) -> str | None:
        if type_.components and not type_.is_list:
            return self._name_of(type_.components)
        found = _NAME.match(self.text, self.at) if type_.is_untyped else None
        if found is None:
            return None
        self.at = found.end()
        return found.group()

    def _free(self) -> list[str] | None:
        """The names of a path of which nothing is declared."""
        found = _FREE.match(self.text, self.at)
        if found is None or found.group().split()[0] in _WORDS:
            return None
        self.at = found.end()
        return [" ".join(name.split()) for name in found.group().split(".")]

    def _name_of(self, names: Mapping[str, Type]) -> str | None:
        """The longest of the names that stands here, which is then read."""
        for name in sorted(names, key=len, reverse=True):
            pattern = r"\s+".join(re.escape(part) for part in name.split())
            found = re.compile(pattern + r"(?!\w)").match(self.text, self.at) if pattern else None
            if found is not None:
                self.at = found.end()
                return name
        return None

    def _fail_expression(self, at: int) -> NoReturn:
        self.fail(
            N_("From character {position}: this expression is not read."),
            at,
            N_(
                "A column asks about a variable that the decision requires, a component of it,"
                ' or list contains(variable, "value").'
            ),
        )
