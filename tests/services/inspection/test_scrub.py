"""What free text loses before it leaves the office."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.domain.fields import Value
from pmdesk.services.inspection.scrub import GONE, Scrub
from pmdesk.services.records.record_kinds import kind

SCRUB = Scrub({"欧阳锦绣", "王芳", "7-2-1903", "A"})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("欧阳锦绣和王芳都在", f"{GONE}和{GONE}都在"),
        ("住在7-2-1903。", f"住在{GONE}。"),
        ("打 0571-87654321 找人", f"打 {GONE} 找人"),
        ("电话13911118888，下午", f"电话{GONE}，下午"),
        ("见 PIA-2026-001，2026-03-02 起", "见 PIA-2026-001，2026-03-02 起"),
        ("A 栋没有人名", "A 栋没有人名"),
        ("", ""),
    ],
)
def test_names_rooms_and_numbers_are_blocks(before, after):
    assert SCRUB.text(before) == after


@given(st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_no_name_is_left_wherever_it_stands(before, after):
    assert "欧阳锦绣" not in SCRUB.text(f"{before}欧阳锦绣{after}")


def test_answers_that_are_names_go_whole_unless_names_are_wanted():
    made_of = kind("incident")
    document: dict[str, Value] = {
        "discoverer": "某某",
        "cause": "王芳误发",
        "people": 4,
        "severity": "general",
    }

    without = SCRUB.document(made_of, document, names=False)
    assert without == document | {"discoverer": GONE, "cause": f"{GONE}误发"}
    assert SCRUB.document(made_of, document, names=True)["discoverer"] == "某某"
