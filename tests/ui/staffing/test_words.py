"""Needs in words: only what is needed is told."""

import pytest

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.staffing import Need
from pmdesk.ui.staffing.words import need_words

GATE, RARE = {Service.SECURITY: 1}, {Service.REPAIR: 0, Service.CLEANING: 0}


@pytest.mark.parametrize(
    ("need", "same"),
    [
        (Need(people=1, able={**GATE, **RARE}), Need(people=1, able=GATE)),
        (Need(people=2, able={**GATE, **RARE}), Need(people=2, able=GATE)),
        (Need(people=1, able=RARE), Need(people=1)),
        (Need(able=RARE), Need()),
    ],
)
def test_what_needs_nobody_is_not_told(need, same):
    assert need_words(need) == need_words(same)


def test_one_person_who_can_do_one_thing_is_told_once():
    assert need_words(Need(people=1, able={**GATE, **RARE})).count("1") == 1
