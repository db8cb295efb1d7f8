"""`pmdesk forecast` tells the coming days in lines that other programs read."""

import json
from datetime import date, timedelta

import pytest

from pmdesk.app import cli
from pmdesk.app.clock import SystemClock
from pmdesk.domain.orders.kinds import Service
from tests.offices import passphrase_file
from tests.services.staffing.booked import book, line, weeks

END = date(2026, 3, 2)
KEYS = [
    "service",
    "building",
    "date",
    "mean",
    "median",
    "low",
    "high",
    "method",
    "mase",
    "mase_last_week",
]


@pytest.fixture
def forecast(office, tmp_path, capsys):
    """Runs the command in English and tells exit code, lines and what it says beside."""

    def _forecast(*more):
        office.close()
        file = str(passphrase_file(tmp_path))
        where = ["--office", str(office.folder), "--login", "manager", "--passphrase-file", file]
        code = cli.main(["--lang", "en", "forecast", *where, "--as-of", END.isoformat(), *more])
        printed = capsys.readouterr()
        return code, printed.out.splitlines(), printed.err

    return _forecast


@pytest.fixture
def booked(office):
    """Twenty weeks of repairs in one building, one bulb in another."""
    first = END - timedelta(days=140)
    session = office.session("manager")
    noisy = ((day, number) for day in range(140) for number in range(day * 7919 % 5))
    book(session, [line(first + timedelta(days=day), hour=9 + n) for day, n in noisy])
    book(session, [line(END - timedelta(days=9), Service.REPAIR, "2", 10)])


def test_each_line_is_one_day_of_a_building(forecast, booked):
    code, lines, said = forecast("--json", "--days", "3")
    rows = [json.loads(one) for one in lines]

    assert code == 0
    assert [list(one) for one in rows] == [KEYS] * 6
    assert [one["building"] for one in rows] == ["1"] * 3 + ["2"] * 3
    assert [one["date"] for one in rows[:3]] == ["2026-03-02", "2026-03-03", "2026-03-04"]
    assert all(one["low"] <= one["mean"] <= one["high"] + 1 for one in rows)
    assert {one["method"] for one in rows} <= {"model", "last_week"}
    assert rows[0]["mase"] > 0
    assert "error (MASE)" in said


def test_hours_come_as_lines_of_their_own_and_add_up(forecast, booked):
    _code, lines, _said = forecast("--json", "--days", "1", "--hours")
    rows = [json.loads(one) for one in lines]
    _code, days, _said = forecast("--json", "--days", "1")

    assert [one["hour"] for one in rows[:24]] == list(range(24))
    assert sum(one["mean"] for one in rows[:24]) == pytest.approx(
        json.loads(days[0])["mean"], abs=0.01
    )


def test_the_table_says_what_it_uses(forecast, booked):
    _code, lines, _said = forecast("--days", "1")

    assert lines[0] == "Repair"
    assert "last week" in lines[1]
    assert lines[2].split("\t")[1:] == ["Building", "Expected orders", "80 % range", "Method"]
    assert lines[3].startswith("  2026-03-02\tBuilding 1\t")
    assert lines[3].endswith("\tforecast")
    assert not [one for one in lines if "no building" in one]


def test_work_of_no_building_is_in_the_table_where_there_is_any(forecast, office):
    first = END - timedelta(days=56)
    days = [line(first + timedelta(days=day), Service.REPAIR, "", 10) for day in range(56)]
    book(office.session("manager"), [*days, line(END - timedelta(days=9), Service.SECURITY, "2")])
    _code, lines, _said = forecast("--days", "1")

    assert [one.split("\t")[1] for one in lines if "\tno building\t" in one] == ["no building"]


def test_holidays_of_a_file_count_for_this_run(forecast, booked, tmp_path):
    listed = tmp_path / "days.txt"
    listed.write_text("2026-03-02\n2025-12-29\n2026-01-26\n", encoding="utf-8")
    _code, plain, _said = forecast("--json", "--days", "1")
    _code, lines, _said = forecast("--json", "--days", "1", "--holidays", str(listed))

    assert json.loads(lines[0])["mean"] != json.loads(plain[0])["mean"]


def test_a_year_whose_holidays_nobody_entered_is_named_as_far_as_one_looks(
    forecast, booked, tmp_path
):
    listed = tmp_path / "days.txt"
    listed.write_text("2027-01-01\n", encoding="utf-8")
    far = ("--json", "--as-of", "2026-12-01", "--days", "60")

    assert "holidays of 2027 are not entered" in forecast(*far)[2]
    assert "2027" not in forecast(*far[:3])[2]
    assert "2027" not in forecast(*far, "--holidays", str(listed))[2]


@pytest.mark.parametrize("content", ["no day\n", None, b"\xff\xfe"])
def test_a_list_that_cannot_be_read_is_refused(forecast, booked, tmp_path, content):
    listed = tmp_path / "days.txt"
    if content is not None:
        listed.write_bytes(content if isinstance(content, bytes) else content.encode())
    code, lines, said = forecast("--holidays", str(listed))

    assert code in {1, 3}
    assert lines == []
    assert "list of days" in said


def test_six_days_have_no_error_and_say_that_they_are_too_few(forecast, office):
    book(office.session("manager"), weeks(END - timedelta(days=6), 6))
    code, lines, said = forecast("--json", "--days", "1")
    row = json.loads(lines[0])

    assert code == 0
    assert (row["method"], row["mase"], row["mase_last_week"]) == ("mean", None, None)
    assert "Too few orders" in said


def test_without_orders_it_is_refused_in_words(forecast):
    code, lines, said = forecast("--json")

    assert (code, lines) == (3, [])
    assert "no orders before 2026-03-02" in said


@pytest.mark.parametrize("day", ["2031-01-01", "9999-12-31"])
def test_a_day_years_after_the_last_order_is_refused_in_words(forecast, booked, day):
    code, lines, said = forecast("--as-of", day)

    assert (code, lines) == (3, [])
    assert f"The last order before {day} is of 2026-03-01: too old" in said


def test_a_day_that_is_still_to_come_is_named(forecast, booked, monkeypatch):
    monkeypatch.setattr(SystemClock, "today", lambda _clock: END - timedelta(days=1))
    code, lines, said = forecast("--json", "--days", "1")

    assert code == 0
    assert lines
    assert said.startswith("2026-03-02 is still to come")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (("--days", "0"), "a whole number from 1 to 60"),
        (("--days", "400"), "a whole number from 1 to 60"),
        (("--days", "-3"), "a whole number from 1 to 60"),
        (("--as-of", "gestern"), "a day such as 2027-01-31"),
        (("--as-of", "2026-02-30"), "a day such as 2027-01-31"),
    ],
)
def test_what_cannot_be_meant_is_a_mistake_of_usage(wrong, told, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(["--lang", "en", "forecast", "--office", "x", "--login", "x", *wrong])
    assert caught.value.code == 2
    assert f"{wrong[0]} does not fit: {told}" in capsys.readouterr().err


def test_a_wrong_passphrase_and_a_folder_without_an_office_are_told(office, tmp_path, capsys):
    office.close()
    wrong = tmp_path / "wrong"
    wrong.write_text("nobody knows this one 12", encoding="utf-8")
    right = passphrase_file(tmp_path)
    told = []
    for folder, file in ((office.folder, wrong), (tmp_path / "nowhere", right)):
        where = ["--office", str(folder), "--login", "manager", "--passphrase-file", str(file)]
        told.append((cli.main(["--lang", "en", "forecast", *where]), capsys.readouterr()))

    assert [code for code, _said in told] == [3, 1]
    assert not any(said.out for _code, said in told)
    assert "password is not right" in told[0][1].err
    assert "vault.json" in told[1][1].err
    assert not any("Traceback" in said.err for _code, said in told)


@pytest.mark.parametrize("harm", ["held", "cut"])
def test_an_office_that_is_open_elsewhere_or_damaged_is_told(office, tmp_path, capsys, harm):
    file = str(passphrase_file(tmp_path))
    where = ["--office", str(office.folder), "--login", "manager", "--passphrase-file", file]
    office.session("manager")
    if harm == "cut":
        office.close()
        data = next(office.folder.glob("data-*.db"))
        data.write_bytes(data.read_bytes()[: 1 << 15])
    code = cli.main(["--lang", "en", "forecast", *where])
    printed = capsys.readouterr()

    assert (code, printed.out) == (1, "")
    assert ("open in another window" if harm == "held" else "damaged") in printed.err
    assert "Traceback" not in printed.err


def test_the_help_tells_every_field(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--lang", "en", "forecast", "--help"])
    told = capsys.readouterr().out

    assert all(f"  {key}" in told for key in ("service", "building", "date", "hour", "mase"))
