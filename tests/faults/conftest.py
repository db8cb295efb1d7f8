"""Figures of the fault programme: what each test tried, and what came of it."""

import pytest

from tests.faults import figures
from tests.faults.scale import LONG
from tests.offices import founded_office

FAILED = " (the test failed)"


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    """An office of ten people, to be copied."""
    return founded_office(tmp_path_factory.mktemp("founded") / "office", people=10)


@pytest.fixture
def figure(record_property):
    """Notes one line of the table: what was tried, how often, and what came of it."""

    def note(what, count, outcome):
        record_property("figure", (what, count, outcome))

    return note


def pytest_terminal_summary(terminalreporter):
    """After a long run, the table for CONTRIBUTING.md."""
    if LONG:
        terminalreporter.write_line("")
        terminalreporter.write_line(figures.table(_rows(terminalreporter.stats)))


def _rows(stats):
    """What was tried and came out the same way is one row."""
    counts: dict[tuple[str, str], int] = {}
    for outcome, suffix in (("passed", ""), ("failed", FAILED)):
        for report in stats.get(outcome, ()):
            for name, value in getattr(report, "user_properties", ()):
                if name == "figure":
                    what, count, came = value
                    row = (what, came + suffix)
                    counts[row] = counts.get(row, 0) + count
    return [(what, count, came) for (what, came), count in counts.items()]
