"""Cases whose person is found after they came in: what works at once elsewhere is done then."""

import pytest

from pmdesk.domain.requests import Identity
from pmdesk.domain.rights import RightCode
from pmdesk.errors import RefusedError
from pmdesk.services.rights import request_acts, request_book, requests
from pmdesk.services.rights.request_acts import Order
from tests.offices import SPECIAL, consenting, resident, tier
from tests.services.desk import received, request_of


def found_later(clerk, handler, code, person, **rest):
    """A case that was entered by name and room, then bound, verified and assigned."""
    request = received(clerk, code, **rest)
    requests.bind(clerk, request, person)
    requests.verify(clerk, request, Identity.SEEN)
    requests.assign(handler, request, handler.staff.uid)
    return request


def test_a_value_is_corrected_though_it_was_never_marked(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    request = found_later(clerk, manager, "D4", person, field="repair_need")
    done = request_acts.act(manager, request, Order(value=("water",)))
    assert done.after != done.before


def test_a_value_that_stays_is_marked_with_the_persons_words(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    request = found_later(clerk, manager, "D4", person, field="clean_need")
    request_acts.act(manager, request, Order(statement="我已经不需要了"))
    with clerk.store.reading() as work:
        assert "clean_need" in work.acts.disputes(person)


def test_an_objection_is_decided_by_a_person_though_nobody_was_found_at_first(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    request = found_later(clerk, manager, "D9", person)
    request_acts.act(manager, request, Order(tier="standard", note="本人要求按标准服务，同意。"))
    assert tier(clerk, person) == "standard"
    with clerk.store.reading() as work:
        assert work.acts.human_route(person) is not None


def test_whoever_is_complained_about_does_not_choose_who_answers(clerk, manager, manager2):
    request = received(clerk, "D14", resident(clerk), target=manager.staff.uid)
    requests.verify(clerk, request, Identity.KNOWN)
    with pytest.raises(RefusedError):
        requests.assign(manager, request, manager2.staff.uid)
    requests.assign(manager2, request, manager2.staff.uid)
    assert request_of(clerk, request).handler == manager2.staff.uid


def test_an_administrator_does_not_go_on_with_a_complaint_about_himself(clerk, manager, admin):
    request = received(clerk, "D14", resident(clerk), target=admin.staff.uid)
    requests.verify(clerk, request, Identity.KNOWN)
    requests.assign(manager, request, manager.staff.uid)
    with pytest.raises(RefusedError):
        request_acts.act(admin, request, Order(note="没有问题"))


def test_what_the_desk_owes_is_counted(clerk):
    assert request_book.waiting_now(clerk).nearest is None
    request = received(clerk, "D1")
    told = request_book.waiting_now(clerk)
    assert told.nearest is not None
    assert (told.open, told.overdue, told.nearest.request.id) == (1, 0, request)
    assert told.nearest.request.right.code is RightCode.ACCESS
