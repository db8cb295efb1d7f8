"""The words of the work sheet."""

from datetime import timedelta

from pmdesk.domain.orders.order import Move
from pmdesk.services.orders.sheet import contractor_sheet
from pmdesk.services.orders.sheet_text import sheet_letter
from tests.offices import PROFILE
from tests.services.orders.asked import asked, moved, public, registered


def test_the_sheet_tells_where_what_and_when_and_whom_to_call(clerk, clock):
    order = registered(clerk, asked(words="水龙头滴水", appointment=clock.now()))
    letter = sheet_letter(clerk, contractor_sheet(clerk, order))
    told = {row[0]: row[1] for row in letter.rows}

    assert told["Where"] == "3-2-501"
    assert told["Appointment"] == f"{clock.local():%Y-%m-%d %H:%M}"
    assert PROFILE.contact_phone in letter.opening
    assert letter.number in letter.footer


def test_without_an_appointment_the_line_stays_for_the_eye(clerk):
    letter = sheet_letter(clerk, contractor_sheet(clerk, registered(clerk)))

    assert ("Appointment", "—") in letter.rows


def test_the_end_on_the_sheet_is_put_off_by_waiting_for_the_resident(clerk, clock):
    order = moved(clerk, registered(clerk, public()), Move.ASSIGN, Move.WAIT)
    due = contractor_sheet(clerk, order).due_at
    clock.advance(hours=3)
    moved(clerk, order, Move.RESUME)

    assert due is not None
    assert contractor_sheet(clerk, order).due_at == due + timedelta(hours=3)
