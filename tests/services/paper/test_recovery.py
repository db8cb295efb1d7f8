"""The recovery sheet: one page with everything that opens the office again."""

from datetime import date

import segno

from pmdesk.services.paper.recovery import RecoverySheet, recovery_pdf
from tests.pdf import pictures_of, text_of

KEY = "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH"
SHEET = RecoverySheet(
    office="晴川花园物业服务中心",
    key=KEY,
    fingerprint="1234-5678",
    made_on=date(2026, 3, 2),
    folder="D:/office",
)


def test_one_page_says_the_key_the_fingerprint_and_what_it_does():
    (page,) = text_of(recovery_pdf(SHEET))

    for text in (*KEY.split("-"), "1234-5678", "2026-03-02", "D:/office", "sets a new"):
        assert text in page


def test_the_code_on_the_sheet_is_as_large_as_the_key_needs():
    ((width, height, _samples),) = pictures_of(recovery_pdf(SHEET))

    modules = len(segno.make(KEY, error="m", micro=False).matrix)
    assert width == height == (modules + 4) * 8


def test_a_sheet_does_not_show_its_key_in_a_log():
    assert KEY not in repr(SHEET)
