"""Rights in the real window; afterwards, the papers that were handed out and what is recorded."""

import json
from pathlib import Path

import pytest

from tests.journeys.program import travelled
from tests.journeys.rights_job import (
    CURIOUS,
    DAUGHTER,
    GRANDMOTHER,
    OBJECTOR,
    PAPER_SEEN,
    REASKED,
    REASON,
    RELATION,
    ROOMS,
)
from tests.offices import P2, SPECIAL, consenting, founded_office, resident
from tests.pdf import text_of

PHONES = {name: f"1390000020{n}" for n, name in enumerate(ROOMS)}
EVENT = "SELECT decision, notice_version FROM consent_event WHERE person = :who ORDER BY id"


@pytest.fixture
def office(tmp_path, clock):
    """Three who are classified, and one who cannot decide for herself."""
    made = founded_office(tmp_path / "founded", people=12).copied(tmp_path / "office", clock)
    manager = made.session("manager")
    for name in (OBJECTOR, CURIOUS, REASKED):
        consenting(manager, values=SPECIAL, name=name, mobile=PHONES[name], room=ROOMS[name])
    resident(manager, GRANDMOTHER, PHONES[GRANDMOTHER], ROOMS[GRANDMOTHER])
    yield made
    made.close()


def the_file(kept, ending, words):
    """The one file of that ending whose text has the words, as text."""
    found = [_read(path) for path in Path(kept).glob(f"*.{ending}")]
    return next(text for text in found if words in text)


def _read(path):
    data = path.read_bytes()
    return data.decode() if path.suffix == ".json" else "".join(text_of(data))


def test_rights_are_served_and_nobody_is_processed_on_an_old_notice(display, office, tmp_path):
    office.close()
    kept = tmp_path / "kept"

    travelled(display, "rights_job", office.folder, kept)

    people = dict(office.sql("SELECT name, id FROM person"))
    receipt = the_file(kept, "pdf", GRANDMOTHER)
    assert all(words in receipt for words in (DAUGHTER, RELATION, PAPER_SEEN, "坡道"))

    dossier, sheet = the_file(kept, "json", CURIOUS), the_file(kept, "pdf", CURIOUS)
    assert json.loads(dossier)
    for text in (dossier, sheet):
        assert PHONES[CURIOUS] in text
        assert not [name for name in ROOMS if name != CURIOUS and name in text]
        assert not [phone for name, phone in PHONES.items() if name != CURIOUS and phone in text]
    codes = dict(office.sql("SELECT person, code || ' ' || state FROM rights_request"))
    assert codes == {people[OBJECTOR]: "D9 done", people[CURIOUS]: "D1 done"}
    handlers = office.sql(
        "SELECT acted_by <> checked_by FROM rights_request WHERE person = :who", who=people[CURIOUS]
    )
    assert handlers == [(1,)]

    assert office.sql(EVENT, who=people[REASKED]) == [
        ("given", "1.0"),
        ("stale", "1.0"),
        ("given", "2.0"),
    ]
    assert office.sql(EVENT, who=people[OBJECTOR])[-1] == ("stale", "1.0")
    live = office.sql("SELECT person FROM consent WHERE purpose = :code", code=P2)
    assert live == [(people[REASKED],)]
    assert REASON not in sheet
    assert office.broken_link() is None
