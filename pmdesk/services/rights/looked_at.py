"""What rules looked at, as a letter tells it: each list once, what is not filled in last."""

from collections.abc import Iterable, Iterator, Sequence

from pmdesk.i18n import _, said
from pmdesk.rules.cells import Cell
from pmdesk.rules.explain import ExplainedCell
from pmdesk.rules.facts import Fact

_MARKS = ("：", ": ")  # between a list and its option


def lines(cells: Iterable[ExplainedCell], hidden: frozenset[str]) -> Iterator[str]:
    """A line for each input; what this role does not see, the duty leader tells in person."""
    blank = []
    for same in _together(tuple(cells)):
        name = _name(same[0].fact)
        if same[0].fact.key in hidden:
            yield _line(name, _("told in person by the duty leader"))
        elif all(cell.value is None for cell in same):
            blank.append(_parted(same[0].fact)[0])
        else:
            yield _line(name, _given(same))
    if blank:
        yield _line(_("Not filled in"), _(", ").join(dict.fromkeys(blank)))


def asked(cell: ExplainedCell) -> str:
    """What a rule asks of one input; an option that is asked for needs no “yes” behind it."""
    label = said(cell.fact.label)
    wanted = any(mark in label for mark in _MARKS) and cell.cell == Cell(values=(True,))
    return label if wanted else _line(label, cell.asked)


def _together(cells: Sequence[ExplainedCell]) -> Iterator[tuple[ExplainedCell, ...]]:
    """The cells in their order, those about one list together."""
    by_list: dict[str, list[ExplainedCell]] = {}
    for cell in cells:
        by_list.setdefault(cell.fact.list or cell.fact.key, []).append(cell)
    for same in by_list.values():
        yield tuple(same)


def _given(same: Sequence[ExplainedCell]) -> str:
    """The value; of a list what is chosen, options that rules join only where none has a name."""
    if not same[0].fact.list:
        return same[0].given
    chosen = sorted((cell.fact for cell in same if cell.value), key=lambda fact: len(fact.any_of))
    single = {code for fact in chosen if len(fact.any_of) == 1 for code in fact.any_of}
    told = [fact for fact in chosen if len(fact.any_of) == 1 or not single & set(fact.any_of)]
    names = [_parted(fact)[1] for fact in told]
    return _(", ").join(names) or _("nothing that the rules ask about")


def _name(fact: Fact) -> str:
    return _parted(fact)[0] if fact.list else said(fact.label)


def _parted(fact: Fact) -> tuple[str, str]:
    """The list and the option: labels of both languages name them so, whatever is shown."""
    label = said(fact.label)
    mark = next((mark for mark in _MARKS if mark in label), _MARKS[0])
    name, _mark, option = label.partition(mark)
    return name, option


def _line(name: str, words: str) -> str:
    return f"{name}{_(': ')}{words}"
