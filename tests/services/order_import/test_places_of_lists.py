"""Where past orders were and who asked: what is kept of it, and what nobody keeps."""

from pmdesk.services.order_import import importing
from pmdesk.services.order_import.planned import Choices, Note
from tests.offices import resident
from tests.services.exchange.files import INVENTED_ID
from tests.services.order_import.lists import HEAD, csv, entered, orders, plan, row


def test_a_room_that_is_in_no_register_leaves_its_building_only(manager, path, office):
    before = len(office.sql("SELECT * FROM unit"))
    report = entered(manager, csv(path, row()))

    assert orders(manager)[0].spot.label == "3"
    assert report.plan.notes[Note.NO_ROOM] == 1
    assert len(office.sql("SELECT * FROM unit")) == before


def test_who_asked_is_taken_over_only_as_a_resident_of_that_home(manager, path):
    person = resident(manager, name="王小明", room="3-2-501")
    resident(manager, name="赵大勇", mobile="", room="3-2-502")
    head = (*HEAD, "报修人")
    rows = (
        (*row(), "王小明"),
        (*row(单号="2", 内容="请联系 李路过 看水管"), "李路过"),
        (*row(单号="3", 房号="502"), "王小明"),
    )
    report = entered(manager, csv(path, *rows, head=head))

    assert [order.person for order in orders(manager)] == [person, None, None]
    assert report.plan.notes[Note.STRANGER] == 2
    assert "李路过" not in str(orders(manager))


def test_the_words_lose_phone_numbers_and_what_is_not_collected(manager, path, office):
    rows = (
        row(内容="漏水，请打 13812345678 或 0571-88886666"),
        row(单号="2", 内容=f"身份证 {INVENTED_ID} 的住户"),
        row(单号="3", 内容="住户信仰宗教"),
        row(单号="4", 内容="长" * 300),
        row(单号="5", 内容="她有三个子女，很吵", 类型="噪音"),
    )
    report = entered(manager, csv(path, *rows))

    words = [order.words for order in orders(manager)]
    assert words == ["漏水，请打 … 或 …", "", "", "长" * 200, "她有三个子女，很吵"]
    notes = report.plan.notes
    assert (notes[Note.PHONE_TAKEN_OUT], notes[Note.WORDS_REFUSED], notes[Note.WORDS_CUT]) == (
        1,
        2,
        1,
    )
    whole = [text for _table, text in office.cells()]
    assert not any(INVENTED_ID in text or "13812345678" in text for text in whole)


def test_what_is_past_its_time_is_only_counted(manager, path):
    person = resident(manager, name="王小明", room="3-2-501")
    head = (*HEAD, "报修人")
    old = {"报修时间": "2021-02-20", "办结时间": "2021-02-21"}
    rows = (
        (*row(**old), ""),
        (*row(**old, 单号="2"), "王小明"),
        (*row(单号="3", 类型="噪音", 报修时间="2023-11-20", 办结时间="2023-11-21"), "王小明"),
        (*row(单号="4", 类型="噪音"), "王小明"),
        (*row(**old, 单号="5", 房号="", 内容=""), ""),
    )
    report = entered(manager, csv(path, *rows, head=head))

    told = [(one.person, one.spot.label, bool(one.words)) for one in orders(manager)]
    assert told == [
        (None, "3", False),
        (person, "3-2-501", True),
        (None, "3", False),
        (person, "3-2-501", True),
        (None, "3", False),
    ]
    assert report.plan.notes[Note.SETTLED] == 2


def test_buildings_that_are_in_no_register_are_entered_shared_or_left_out(manager, path):
    resident(manager, room="3-2-501")
    rows = (row(), row(单号="2", 楼栋="老楼"), row(单号="3", 楼栋="七栋"), row(单号="4", 楼栋=""))
    read = importing.read(manager, csv(path, *rows))
    strange = read.strange
    assert set(strange) == {"老楼", "7"}

    new = importing.planned(manager, read)
    shared = importing.planned(manager, read, Choices(buildings=dict.fromkeys(strange, "")))
    out = importing.planned(manager, read, Choices(buildings=dict.fromkeys(strange)))
    known = importing.planned(manager, read, Choices(buildings=dict.fromkeys(strange, "3")))

    assert set(new.new_buildings) == set(strange)
    assert [line.order.spot.building for line in shared.lines] == ["3", "", "", ""]
    assert (out.left_out, len(out.lines)) == (2, 2)
    assert [line.order.spot.building for line in known.lines] == ["3", "3", "3", ""]


def test_a_place_that_all_share_names_nobody(manager, path):
    resident(manager, name="王小明", room="3-2-501")
    head = ("单号", "报修时间", "报修地点", "报修人", "公共区域")
    rows = (
        ("1", "2026-02-20", "中心花园", "王小明", ""),
        ("2", "2026-02-20", "3-2-501", "王小明", ""),
        ("3", "2026-02-20", "", "", "北门"),
        ("4", "2026-02-20", "", "", "王小明13812345678"),
    )
    found = plan(manager, csv(path, *rows, head=head))

    spots = [(line.order.spot.area, line.room, line.order.person is None) for line in found.lines]
    assert spots == [("中心花园", "", True), ("", "501", False), ("北门", "", True), ("", "", True)]
