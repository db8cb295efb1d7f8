"""A reason that names a condition which is no longer asked is found before anybody reads it."""

from pmdesk.rules.check import FindingKind, Severity
from pmdesk.rules.compare import stale_reasons
from pmdesk.rules.parse import parse
from tests.rules.tables import AGE, ASKED, ZONE
from tests.rules.test_check import table

BEFORE = table(("care", "", ">= 60", "true"), ("care", "", "-", "true"), facts=(AGE, ASKED))


def test_a_changed_condition_under_the_old_reason_is_named_with_what_changed():
    after = BEFORE.with_cell("a", ASKED.key, parse("-", ASKED))

    (finding,) = stale_reasons(BEFORE, after)

    assert (finding.kind, finding.severity) == (FindingKind.STALE_REASON, Severity.WARNING)
    assert finding.rules == ("a",)
    assert finding.places["row"] == 1
    assert "→" in str(finding.places["changes"])
    assert str(finding.places["changes"]) in finding.words()


def test_a_new_reason_settles_it():
    after = BEFORE.with_cell("a", ASKED.key, parse("-", ASKED)).with_output("a", reason="改好了")

    assert stale_reasons(BEFORE, after) == ()


def test_a_new_column_counts_only_where_something_is_asked_in_it():
    added = BEFORE.with_fact(ZONE)
    code = ZONE.codes[0]

    assert stale_reasons(BEFORE, added) == ()
    (finding,) = stale_reasons(BEFORE, added.with_cell("b", ZONE.key, parse(f'"{code}"', ZONE)))
    assert finding.rules == ("b",)


def test_new_and_moved_rows_have_no_old_reason():
    moved = BEFORE.moved("b", 0)

    assert stale_reasons(BEFORE, moved.with_rule(moved.blank_rule(), 0)) == ()
