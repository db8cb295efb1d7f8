"""Numbers, repeated rows and bad rows of lists of past orders."""

import pytest

from pmdesk.errors import ExchangeError
from pmdesk.services.exchange.faults import write_faults
from pmdesk.services.exchange.headers import Fate
from pmdesk.services.order_import import importing
from pmdesk.services.order_import.planned import Note
from tests.services.exchange.files import INVENTED_ID
from tests.services.order_import.lists import HEAD, csv, entered, orders, plan, row, why, xlsx

# ---- numbers --------------------------------------------------------------------------------


def test_a_number_that_was_imported_before_is_left_as_it_is(manager, path):
    entered(manager, csv(path, row()))
    again = plan(manager, csv(path, row(内容="别的"), row(单号="B-2"), row(单号="B-2")))

    assert (again.known, len(again.lines), len(again.duplicates)) == (1, 1, 1)
    assert importing.enter(manager, again)[1].entered == 1


def test_two_people_who_import_at_once_enter_each_order_once(manager, manager2, path):
    one, other = plan(manager, csv(path, row())), plan(manager2, path)
    importing.enter(manager, one)
    report = importing.enter(manager2, other)[1]

    assert (report.entered, report.known) == (0, 1)
    assert len(orders(manager)) == 1


def test_a_list_without_numbers_is_entered_once_and_its_equal_rows_both(manager, path):
    head = ("报修时间", "类型", "楼栋")
    rows = (("2026-02-20", "维修", "3"), ("2026-02-20", "维修", "3"), ("2026-02-21", "维修", "3"))
    entered(manager, csv(path, *rows, head=head))

    again = plan(manager, path)
    assert (len(orders(manager)), again.known, again.lines) == (3, 3, ())
    assert again.notes == {Note.NO_NUMBER: 3}  # a further order of that day would look the same


def test_a_rounded_number_is_no_number(manager, tmp_path):
    path = xlsx(tmp_path / "a.xlsx", row(单号=2.0260220e17), row(单号="2.02602E+17"))
    found = plan(manager, path)

    assert (len(found.lines), found.notes[Note.NUMBER_ROUNDED]) == (2, 2)
    assert all(line.order.source.startswith("20260220-") for line in found.lines)


def test_running_numbers_that_look_like_bank_cards_are_numbers_and_identity_numbers_are_not(
    manager, path
):
    cards = [f"622202000000000{n:04}" for n in range(40)]  # some of them fit the check of a card
    found = plan(manager, csv(path, *(row(单号=card) for card in cards)))
    assert (len(found.lines), found.bad) == (40, ())

    found = plan(manager, csv(path, *(row(单号=f"D2026{n:04}") for n in range(9))))
    assert (len(found.lines), found.refused) == (9, ())  # as passports begin

    found = plan(manager, csv(path, row(单号=INVENTED_ID), *(row(单号=str(n)) for n in range(9))))
    assert [bad.row_number for bad in found.bad] == [2]


# ---- bad input ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"办结时间": "2026-02-19"}, "Closed before it came: one of the two days is wrong"),
        ({"办结时间": "2026-02-20 09:29"}, "Closed before it came: one of the two days is wrong"),
        ({"报修时间": ""}, "There is no day on which it came"),
        ({"报修时间": "上周"}, "Not understood as a day: write 2026-03-02 or 2026-03-02 09:30"),
        ({"办结时间": "很快"}, "Not understood as a day: write 2026-03-02 or 2026-03-02 09:30"),
        ({"报修时间": "2027-01-01"}, "This day lies ahead"),
        ({"办结时间": "2027-01-01"}, "This day lies ahead"),
        ({"报修时间": "1970-01-01"}, "Before {year}: this is no day of an order"),
        ({"类型": "#REF!"}, "The formula shows an error instead of a value"),
        (
            {"房号": INVENTED_ID},
            "This looks like the following, which is not collected here: {kind}",
        ),
    ],
)
def test_a_bad_row_is_named_with_the_reason_and_the_others_are_entered(
    manager, path, changes, reason
):
    others = [row(单号=f"C-{n}") for n in range(9)]
    found = plan(manager, csv(path, row(**changes), *others))

    assert why(found) == [(2, reason)]
    assert len(found.lines) == 9


def test_the_bad_rows_can_be_mended_and_imported(manager, path, tmp_path):
    found = plan(manager, csv(path, row(办结时间="2026-02-19"), row(单号="2")))
    importing.enter(manager, found)
    mended = write_faults(found, tmp_path / "改.xlsx")

    again = plan(manager, mended)
    assert [bad.row_number for bad in again.bad] == [2]
    assert again.header.of(Fate.REFUSED) == ()


def test_a_column_of_identity_numbers_is_refused_under_any_header(manager, path, office):
    head = (*HEAD, "备注二", "性别")
    rows = [(*row(单号=str(n)), INVENTED_ID, "女") for n in range(5)]
    report = entered(manager, csv(path, *rows, head=head), mapping={9: "words"})

    assert [column.header for column in report.plan.refused] == ["备注二", "性别"]
    assert not any(INVENTED_ID in text for _table, text in office.cells())


def test_phone_numbers_and_pictures_are_left_out_with_a_reason(manager, path):
    head = (*HEAD, "联系电话", "附件")
    read = importing.read(manager, csv(path, (*row(), "13812345678", "a.jpg"), head=head))

    ignored = importing.planned(manager, read).ignored
    assert [column.header for column in ignored] == ["联系电话", "附件"]
    assert all(column.reason for column in ignored)


def test_a_file_without_a_header_or_without_a_day_is_one_sentence(manager, path):
    path.write_text("B-1,2026-02-20,水暖,3\nB-2,2026-02-21,电路,3\n", encoding="utf-8")
    with pytest.raises(ExchangeError, match="No header row"):
        importing.examined(manager, path)

    with pytest.raises(ExchangeError, match="no column for the day"):
        importing.read(manager, csv(path, ("1", "水暖"), head=("单号", "类型")))


def test_no_column_can_be_led_to_what_is_no_part_of_an_order(manager, path):
    with pytest.raises(ExchangeError, match="may not fill"):
        importing.read(manager, csv(path, row()), {0: "income"})


def test_blank_rows_and_repeated_headers_are_nothing(manager, path):
    found = plan(manager, csv(path, row(), ("",) * 9, HEAD, row(单号="2")))

    assert (len(found.lines), found.bad) == (2, ())


def test_an_unreadable_room_and_an_unknown_state_are_told(manager, path):
    found = plan(manager, csv(path, row(房号="？？", 状态="甲"), row(单号="2", 房号="")))

    assert (found.notes[Note.ROOM_ODD], found.notes[Note.STATE_UNKNOWN]) == (1, 1)
