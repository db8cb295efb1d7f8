"""Beside an act the log tells words: no name of the program, no code, no long imprint."""

import ast
import re
from collections.abc import Sequence

import pytest

from pmdesk.assets import asset
from pmdesk.domain.backups import When
from pmdesk.domain.inspections import Part
from pmdesk.domain.leaving import ExitStep
from pmdesk.domain.orders import amending
from pmdesk.domain.requests import Identity
from pmdesk.domain.rights import RightCode
from pmdesk.domain.watch import About, Ground
from pmdesk.errors import VaultError
from pmdesk.i18n import install
from pmdesk.services import log_book, log_facts, residents
from pmdesk.services.case_words import Paper
from pmdesk.services.records import record_kinds
from pmdesk.services.rights import handover
from tests.checkout import modules, tree

SHA = "sha256:" + "90560e65" * 8
KEY = "f003" * 16
# what each act writes beside itself, where it is not fields or purposes of the catalogue alone
WRITTEN: dict[str, Sequence[str]] = {
    "backup.failed": [VaultError.__name__, *(one.__name__ for one in VaultError.__subclasses__())],
    "backup.key": [],
    "backup.made": [SHA, "place:/备份", "dropped:pmdesk-1.pmbak"],
    "backup.pinned": [SHA],
    "backup.plan": [*When, "hour:18", "place:/备份"],
    "backup.proved": [SHA, "place:/备份"],
    "backup.rehearsed": ["right", "wrong"],
    "backup.restored": [SHA, "place:/备份", "replayed:2"],
    "clock.back": ["2026-03-02T01:00:00+00:00"],
    "complaint.found": list(About),
    "disclosure.handover": [f"sha256 {KEY}"],
    "export.asked": ["classification", KEY],
    "export.approved": [KEY],
    "export.classification": ["Room", "Name", "Mobile", "Role", "Tier", "Tags", "Consent"],
    "export.held": [KEY],
    "handover.begin": handover._ASKED,
    "inspection.pack": [SHA, *Part],
    "key.rotate": ["ops", "sealed", "gen:2", "spoilt:1"],
    "log.accepted": [f"214 {KEY}"],
    "log.exported": [SHA, "lines:20"],
    "log.verified": ["rows", "entries:20", "uncovered:0"],
    "measure.add": ["building", "topic", "due"],
    "measure.change": ["words", "owner", "due"],
    "notice.attested": [f"P1 1.0 zh_CN {KEY}"],
    "notice.copied": ["P1 1.0 en 90560e65", "change 3", f"rules 2026-03-02 {KEY}"],
    "notice.live": [f"P1 1.0 zh_CN {KEY}"],
    "notice.tampered": ["P1 1.0 altered", "P1 1.0 missing"],
    "office.renewed": [KEY],
    "order.changed": list(amending.PARTS),
    "record.create": [one.code for one in record_kinds.kinds()],
    "request.act": list(RightCode),
    "request.identify": list(Identity),
    "request.paper": list(Paper),
    "request.receive": list(RightCode),
    "resident.correct": ["person_name", "mobile", "unit_ref", "party_role"],
    "restore": [SHA, f"old-head:214:{KEY}", f"proved:{KEY}", "kept:x", "schema:5", "entries:1"],
    "review.answer": ["LR-15"],
    "rows.covered": ["120", "whole"],
    "rules.kept": list(Ground),
    "sign_in.failed": ["3"],
    "staff.disable": list(ExitStep),
    "staff.exit": list(ExitStep),
    "undertaking.sign": ["1.0"],
}
NOTHING_OWN = {  # fields and purposes of the catalogue, roles, reasons, what the office named
    *("addon.end", "addon.order", "answers.save", "classification.decided"),
    *("classification.tag_deleted", "consent.withdrawn", "denied", "export.fetched"),
    *("fairness.joined", "field.off", "field.on", "field.propose", "field.refused"),
    *(
        "import.orders",
        "import.residents",
        "note.add",
        "occupancy.ended",
        "person.deactivated",
        "person.erased",
    ),
    *("purpose.lifted", "purpose.restricted", "quarantine.erase", "quarantine.restore"),
    *("record.expired", "resident.register", "reveal", "sealed.open", "sealed.write"),
    *("staff.begun", "staff.enrol", "staff.role", "value.corrected", "value.disputed"),
    *("value.kept", "value.settled", "values.brought_back"),
}
RAW = re.compile(r"[a-z]{3,}|[0-9a-f]{20}|LR-15$")
OWN_NAMES = re.compile(r"pmdesk-1\.pmbak|LR-\d+|pmdesk")


@pytest.fixture
def chinese():
    install("zh_CN", asset("locale"))
    yield
    install("en", asset("locale"))


@pytest.fixture
def labels(admin):
    with admin.store.reading() as work:
        return log_book._labels(work)


@pytest.mark.parametrize("action", WRITTEN)
def test_what_an_act_writes_is_told_in_words(action, labels, chinese):
    told = {str(fact): log_facts.words(action, str(fact), labels) for fact in WRITTEN[action]}

    raw = {fact: words for fact, words in told.items() if RAW.search(OWN_NAMES.sub("", words))}
    assert raw == {}
    assert all(told.values())


def test_every_act_that_writes_something_beside_itself_is_known_here():
    """A new act with fields has to say how they are told: add it above."""
    found = {act for path in modules("pmdesk") for act in acts_with_fields(path)}

    assert len(found) > 50, "the code is searched"
    assert found - set(WRITTEN) - NOTHING_OWN == set()


def acts_with_fields(path):
    """Acts named in calls that pass `fields` of their own."""
    for call in (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)):
        named = ast.unparse(call.func).rpartition(".")[2]
        if named == "log" and any(word.arg == "fields" for word in call.keywords):
            for text in ast.walk(call.args[1] if len(call.args) > 1 else call):
                if isinstance(text, ast.Constant) and re.fullmatch(
                    r"[a-z_]+\.[a-z_]+|denied|reveal", str(text.value)
                ):
                    yield text.value


def test_fields_of_the_catalogue_are_told_by_their_labels(admin, labels, chinese):
    known = {str(one.key): one for one in residents.catalogue(admin).fields}

    assert log_facts.words("answers.save", "repair_need", labels) == known["repair_need"].label.zh
    assert log_facts.words("consent.given", "P1", labels) != "P1"


def test_an_imprint_is_told_by_its_beginning_and_a_place_in_full(labels):
    assert log_facts.words("backup.made", SHA, labels) == "imprint 90560e659056…"
    assert log_facts.words("backup.made", "place:/data/a", labels) == "in /data/a"
    assert log_facts.words("restore", f"old-head:214:{KEY}", labels) == "log entries before: 214"


def test_what_nobody_knows_is_shown_as_it_is(labels):
    assert log_facts.words("import.residents", "姓名", labels) == "姓名"
    assert log_facts.words("future.act", "whatever", labels) == "whatever"


@pytest.mark.parametrize(
    "target",
    [
        *("person:9", "order:3", "plan:2", "measure:1", "refused:4", "field:income_band"),
        *("roster:2026-03-02", "patrol:2026-03-02", "notices", "copies", "purposes", "records"),
        *("import:tables", "import:orders", "crew", "staff:ab", "export:1", "entry:7", "log"),
    ],
)
def test_what_an_act_is_about_is_told_in_words(target, labels, chinese):
    told = log_book._about(target, {"ab": "王芳", **labels})

    assert not re.search("[a-z]", told), told
