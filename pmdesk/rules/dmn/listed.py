"""Codes for the values that a column lists: one by one, and all others as one more code."""

from collections.abc import Iterable, Sequence

from pmdesk.i18n import Words
from pmdesk.rules.cells import ANY, Cell, of_values
from pmdesk.rules.dmn.expressions import ContainsAny
from pmdesk.rules.dmn.spell import spelled
from pmdesk.rules.dmn.unary import UnaryTests
from pmdesk.rules.dmn.values import Value
from pmdesk.rules.facts import Fact, FactType

OTHER = Words(zh="（其他文字）", en="(any other text)")
PRESENT = Words(zh="（任何值）", en="(any value)")
_REST = "rest"


class ListedCodec:
    """The mentioned values one by one, and all others as one more code."""

    def __init__(
        self,
        key: str,
        label: Words,
        values: Iterable[Value],
        domains: Sequence[UnaryTests],
        rest: Words | None = None,
    ) -> None:
        mentioned = list(dict.fromkeys(value for value in values if value is not None))
        self._shown = {str(place): spelled(value) for place, value in enumerate(mentioned)}
        options: list[tuple[str, Value]] = [(str(n), value) for n, value in enumerate(mentioned)]
        if rest is not None:
            options.append((_REST, _unmentioned(mentioned)))
        self._options = [
            (code, value) for code, value in options if all(one.holds(value) for one in domains)
        ]
        self._codes = {value: code for code, value in self._options}
        labels = {code: Words(zh=text, en=text) for code, text in self._shown.items()}
        labels[_REST] = rest or PRESENT
        self._rest = labels[_REST]
        self.fact = Fact(
            key=key,
            label=label,
            type=FactType.CHOICE,
            options=tuple((code, labels[code]) for code, _value in self._options),
        )

    def code(self, value: Value) -> str | None:
        """The code of a value of the column's kind and domains; None for null."""
        return None if value is None else self._codes.get(value, _REST)

    def cell(self, tests: UnaryTests) -> Cell | None:
        """The codes that fit the tests; None where nothing ever does."""
        return _cell(tests, self._options, self.fact)

    def example(self, code: object) -> str | Words:
        """A value with this code, as it is written in DMN."""
        return "null" if code is None else self._shown.get(str(code), self._rest)


class FlagCodec:
    """Whether a list contains one of some values: columns about one list depend on each other."""

    def __init__(self, key: str, label: Words, contains: ContainsAny) -> None:
        self.fact = Fact(
            key=key,
            label=label,
            type=FactType.FLAG,
            list=str(contains.pairs[0][0]),
            any_of=tuple(dict.fromkeys(spelled(value) for _path, value in contains.pairs)),
        )

    def code(self, value: Value) -> bool | None:
        """The code of a value of the column's kind; None for null."""
        return value if isinstance(value, bool) else None

    def cell(self, tests: UnaryTests) -> Cell | None:
        """The codes that fit the tests; None where nothing ever does."""
        return _cell(tests, [(False, False), (True, True)], self.fact)

    def example(self, code: object) -> str | Words:
        """A value with this code, as it is written in DMN."""
        return spelled(code) if isinstance(code, bool) else "null"


def _cell(
    tests: UnaryTests, options: Sequence[tuple[str | bool, Value]], fact: Fact
) -> Cell | None:
    fitting = [code for code, value in options if tests.holds(value)]
    if tests.fits_null and len(fitting) == len(options):
        return ANY
    if not fitting and not tests.fits_null:
        return None
    return of_values(fitting, fact, unknown=tests.fits_null)


def _unmentioned(mentioned: Sequence[Value]) -> str:
    """A text that is none of these."""
    text = "\0"
    while text in mentioned:
        text += "\0"
    return text
