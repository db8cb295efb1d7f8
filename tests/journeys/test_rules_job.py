"""A version of the rules from its first cell to its first day, by key and mouse only.

The journey is a program of its own; what it handed out and what it left is looked at from outside.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from pmdesk.domain.reviews import ItemKind
from pmdesk.services.review import declared
from tests import pdf
from tests.checkout import ROOT
from tests.journeys.program import travelled
from tests.journeys.rules_job import LEGAL, MOVER, NEXT, REASON, ROOM
from tests.offices import P2, answers, consenting, founded_office

SCHEMA = Path(ROOT, "tests/rules/dmn/xsd/DMN13.xsd")
ENHANCED = 2  # the rank of the tier


@pytest.fixture
def office(tmp_path, clock):
    """Enough residents that a change can be counted, and one whose tier will change."""
    founded = founded_office(tmp_path / "founded", people=300)
    made = founded.copied(tmp_path / "office", clock)
    needs = answers(repair_need=("water",))
    consenting(made.session("manager"), P2, values=needs, name=MOVER, room=ROOM)
    yield made
    made.close()


def test_a_version_is_written_examined_dated_and_brought_back(display, office, tmp_path):
    office.close()
    kept = tmp_path / "kept"

    travelled(display, "rules_job", office.folder, kept)
    travelled(display, "rules_job", office.folder, kept, NEXT)

    assert_files(kept)
    assert_versions(office)
    assert_record(office)


def assert_files(kept):
    """Any program can read what was handed out."""
    (book,), (letter,) = kept.glob("*.xlsx"), kept.glob("*.pdf")
    rows = CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()
    (row,) = [row for row in rows if REASON in row]
    assert LEGAL in row
    (model,) = [path for path in kept.glob("*.dmn") if path.name != "from-elsewhere.dmn"]
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(etree.parse(model))
    assert decided(model, clean_need="in_home", repair_need=["appliances"]) == "enhanced"
    assert decided(model, clean_need="in_home", repair_need=[]) == "care"
    words = "".join(pdf.text_of(letter.read_bytes()))
    assert f"{MOVER}：" in words
    assert "规则第 2 版" in words
    assert "您关注用水" in words


def decided(model, **inputs):
    """The tier that the file gives this person, in a program that knows nothing of the office."""
    done = subprocess.run(
        [sys.executable, "-m", "pmdesk", "dmn", "evaluate", "--decision", "tier", str(model)],
        cwd=ROOT,
        input=json.dumps({"id": 1, "inputs": inputs}),
        capture_output=True,
        text=True,
        check=False,
    )
    return json.loads(done.stdout)["result"]


def assert_versions(office):
    """The second one decides, by two people; the third is a draft that holds the first."""
    versions = office.sql(
        "SELECT version, status, author <> decided_by, restored_from, digest, examples"
        " FROM ruleset ORDER BY version"
    )
    states = [row[:4] for row in versions]
    assert states == [(1, "retired", 1, None), (2, "active", 1, None), (3, "draft", 1, 1)]
    assert versions[2].digest == versions[0].digest != versions[1].digest
    assert all(one["tier"] for one in json.loads(versions[1].examples))
    ((person,),) = office.sql("SELECT id FROM person WHERE name = :name", name=MOVER)
    now = office.sql("SELECT ruleset, tier FROM classification WHERE person = :p", p=person)
    before = office.sql("SELECT ruleset, tier FROM tier_history WHERE person = :p", p=person)
    assert now == [(2, ENHANCED)]
    assert before == [(1, ENHANCED - 1)]


def assert_record(office):
    """Who did what stands in the log, and every item of the review has its answer."""
    done = {action for action, _target, _fields in office.acts()}
    life = (
        "draft",
        "examples",
        "export",
        "import",
        "discard",
        "submitted",
        "approved",
        "scheduled",
    )
    for act in (*life, "active", "movers"):
        assert f"rules.{act}" in done
    (asked,) = office.sql("SELECT count(DISTINCT item) FROM review_answer WHERE ruleset = 2")
    people = [one for one in declared.items() if one.kind is not ItemKind.AUTOMATIC]
    assert asked == (len(people),)
    assert office.broken_link() is None
