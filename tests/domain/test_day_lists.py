"""Lists of holidays as people paste them."""

from datetime import date

import pytest

from pmdesk.domain import day_lists


@pytest.mark.parametrize(
    ("line", "days", "worked"),
    [
        ("2027-01-01", ["2027-01-01"], False),
        ("2027年1月1日 放假", ["2027-01-01"], False),
        ("2027/2/14 上班", ["2027-02-14"], True),
        ("2027-02-14 working", ["2027-02-14"], True),
        ("2027-02-05 至 2027-02-07", ["2027-02-05", "2027-02-06", "2027-02-07"], False),
        ("2027-02-05 to 2027-02-06", ["2027-02-05", "2027-02-06"], False),
        ("2027-02-05、2027-02-20", ["2027-02-05", "2027-02-20"], False),
    ],
)
def test_a_line_names_its_days(line, days, worked):
    found = day_lists.read(line)

    assert found.days == dict.fromkeys(map(date.fromisoformat, days), worked)
    assert found.faults == ()


@pytest.mark.parametrize(
    "line", ["春节", "2027-02-30", "2027-02-07 至 2027-02-05", "2027-01-01 至 2027-12-31"]
)
def test_a_line_that_names_no_day_is_told_by_its_number(line):
    assert day_lists.read(f"# 2027\n\n{line}\n2027-01-01").faults == (3,)
