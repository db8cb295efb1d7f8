"""The words of the work sheet."""

from pmdesk.services.orders.sheet import contractor_sheet
from pmdesk.services.orders.sheet_text import sheet_letter
from tests.offices import PROFILE
from tests.services.orders.asked import asked, registered


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
