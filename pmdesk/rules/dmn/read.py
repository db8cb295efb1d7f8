"""Reads a DMN file: what is outside the profile becomes a problem of its decision."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_
from pmdesk.rules.dmn.model import Decision, Model, Problem, Table, Variable
from pmdesk.rules.dmn.read_table import TableReader
from pmdesk.rules.dmn.tree import Element, first, local_name, logic_of, named, opened
from pmdesk.rules.dmn.types import Types

_LOGIC = frozenset(
    {
        "decisionTable",
        "literalExpression",
        "context",
        "invocation",
        "functionDefinition",
        "list",
        "relation",
        "conditional",
        "filter",
        "for",
        "every",
        "some",
    }
)


def read_model(data: bytes) -> Model:
    """The model in the file; a file that is no safe DMN file is an UnreadableError."""
    root = opened(data)
    decisions = _File(root).decisions()
    return Model(name=root.get("name", ""), decisions=_without_circles(_with_names(decisions)))


class _File:
    """What the decisions of one file refer to."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.types = Types(root)
        self.namespace = root.get("namespace", "")
        self.elements = {
            element.get("id"): element
            for element in named(root, "inputData", "decision")
            if element.get("id")
        }

    def decisions(self) -> list[Decision]:
        """Every decision, in the order of the file."""
        return [
            self._decision(element, number)
            for number, element in enumerate(named(self.root, "decision"), start=1)
        ]

    def _decision(self, element: Element, number: int) -> Decision:
        name = element.get("name", "") or element.get("id", "")
        key = element.get("id") or f"#{number}"
        problems: list[PmdeskError] = []
        variables = self._variables(element, problems)
        table, found = self._table(element, variables, problems)
        problems_ = (*(_problem(error) for error in problems), *found)
        return Decision(
            id=key,
            name=name,
            variables=tuple(variables),
            table=None if problems_ else table,
            problems=tuple(replace(problem, decision=name) for problem in problems_),
        )

    def _table(
        self, element: Element, variables: list[Variable], problems: list[PmdeskError]
    ) -> tuple[Table | None, tuple[Problem, ...]]:
        logic = logic_of(element, _LOGIC)
        if logic is None:
            problems.append(
                PmdeskError(
                    N_("The decision says nowhere how it is made."), N_("Give it a decision table.")
                )
            )
            return None, ()
        if local_name(logic) != "decisionTable":
            problems.append(
                PmdeskError(
                    N_("The decision is no table but “{kind}”, which is not read."),
                    N_("Only decision tables are read."),
                    kind=local_name(logic),
                )
            )
            return None, ()
        language = logic.get("expressionLanguage") or self.root.get("expressionLanguage") or "FEEL"
        variable = first(element, "variable")
        given = self.types.of(None if variable is None else variable.get("typeRef"))
        return TableReader(self.types, variables, given, language).read(logic)

    def _variables(self, element: Element, problems: list[PmdeskError]) -> list[Variable]:
        found: list[Variable] = []
        for requirement in named(element, "informationRequirement"):
            for pointer in named(requirement, "requiredInput", "requiredDecision"):
                href = pointer.get("href", "")
                target = self.elements.get(self._target(href))
                if target is None:
                    problems.append(
                        PmdeskError(
                            N_("The decision requires “{name}”, which is not in this file."),
                            N_("Put everything that it requires in one file."),
                            name=href,
                        )
                    )
                else:
                    found.append(self._variable(target))
        return found

    def _variable(self, target: Element) -> Variable:
        variable = first(target, "variable")
        name = target.get("name", "") if variable is None else variable.get("name", "")
        type_ = self.types.of(None if variable is None else variable.get("typeRef"))
        if local_name(target) == "decision":
            return Variable(
                name=name or target.get("name", ""), type=type_, decision=target.get("id", "")
            )
        data = target.get("name", "") or name
        return Variable(name=name or data, type=type_, data=data)

    def _target(self, href: str) -> str:
        space, _mark, name = href.rpartition("#")
        return name if space in {"", self.namespace} else href


def _problem(error: PmdeskError) -> Problem:
    return Problem(sentence=error.sentence, remedy=error.remedy, places=error.places)


def _with_names(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions, those with a problem that share a name."""
    count = Counter(decision.name for decision in decisions)
    return [
        decision if count[decision.name] == 1 else _refused(decision, _twice(decision.name))
        for decision in decisions
    ]


def _twice(name: str) -> Problem:
    return Problem(
        sentence=N_("Another decision of the file has this name."),
        remedy=N_("Give each decision a name of its own."),
        decision=name,
    )


def _without_circles(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions, those with a problem that require themselves in the end."""
    by_id = {decision.id: decision for decision in decisions}
    while circle := _circle(by_id):
        names = " → ".join(by_id[key].name for key in circle)
        for key in set(circle):
            problem = Problem(
                sentence=N_("The decisions require each other in a circle: {names}."),
                remedy=N_("Remove one of the requirements."),
                places={"names": names},
                decision=by_id[key].name,
            )
            by_id[key] = replace(_refused(by_id[key], problem), variables=())
    return tuple(by_id.values())


def _circle(by_id: Mapping[str, Decision]) -> list[str]:
    graph = {
        key: [variable.decision for variable in decision.variables if variable.decision]
        for key, decision in by_id.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def _refused(decision: Decision, problem: Problem) -> Decision:
    return replace(decision, table=None, problems=(*decision.problems, problem))
