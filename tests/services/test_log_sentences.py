"""No act is in the log without a sentence for it, in both languages."""

import ast
import importlib
import re

import pytest

from pmdesk.domain.acts import ArchiveReason
from pmdesk.domain.classification import RulesetStatus
from pmdesk.domain.consents import Decision
from pmdesk.domain.orders.order import Move
from pmdesk.domain.quarantine import Mistake
from pmdesk.domain.records import RecordStatus
from pmdesk.domain.requests import RequestState
from pmdesk.services.log_sentences import KINDS, SENTENCES, acts_of, sentence
from tests.checkout import ROOT, modules, tree

# what stands in the braces of an act that is made from a state
STATES = {
    "consent.": Decision,
    "order.": Move,
    "person.": ArchiveReason,
    "quarantine.": Mistake,
    "record.": RecordStatus,
    "request.": RequestState,
    "rules.": RulesetStatus,
}
SHORT = {"sign_in", "denied", "reveal", "restore"}
ACT = re.compile(r"[a-z_]+(\.[a-z_]+)?")


def test_every_act_of_the_program_has_a_sentence():
    found = {act for path in modules("pmdesk") for act in acts_in(path)}

    assert len(found) > 120, "the code is searched"
    assert found - set(SENTENCES) == set()


def test_an_act_of_a_newer_version_is_shown_by_its_name():
    assert sentence("future.act") == "future.act"
    assert acts_of("future") == ()


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_acts(kind):
    assert set(acts_of(kind)) <= set(SENTENCES)
    assert acts_of(kind)


def acts_in(path):
    """The acts that the module logs."""
    module = tree(path)
    for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
        name = called(call)
        if name in {"log", "_log", "_once"} or ast.unparse(call.func).endswith("audit.append"):
            for argument in call.args:
                yield from values(argument, path, module)


def called(call):
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def values(node, path, module):
    """What a text in an argument can be; nothing for what is no act."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if (ACT.fullmatch(node.value) and "." in node.value) or node.value in {
            "sign_in",
            "denied",
            "reveal",
            "restore",
        }:
            yield node.value
    elif isinstance(node, ast.IfExp):
        yield from values(node.body, path, module)
        yield from values(node.orelse, path, module)
    elif isinstance(node, ast.JoinedStr):
        start = str(node.values[0].value) if isinstance(node.values[0], ast.Constant) else ""
        yield from (start + state.value for state in STATES.get(start, ()))
    elif isinstance(node, ast.Name):
        yield from named(node.id, path, module)


def named(name, path, module):
    if name.isupper():
        known = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        value = getattr(known, name, None)
        if isinstance(value, str) and ("." in value or value == "restore"):
            yield value
        return
    for node in ast.walk(module):
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == name for target in node.targets
        ):
            yield from values(node.value, path, module)
