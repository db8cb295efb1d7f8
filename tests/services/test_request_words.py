"""Free words at the rights desk: whatever was said may be written, but no number of a paper."""

from datetime import date

import pytest

from pmdesk.domain.requests import Identity
from pmdesk.domain.rights import Reason, RightCode
from pmdesk.errors import RefusedError
from pmdesk.i18n import Words, told
from pmdesk.services.consent import consents
from pmdesk.services.rights import desk_settings, request_acts, request_papers, requests
from pmdesk.services.rights.request_acts import Order
from pmdesk.services.rights.request_intake import Intake, problems
from tests.offices import P2, SPECIAL, consenting, resident
from tests.services.desk import acted, assigned, intake, received, request_of, steps_of

ID_NUMBER = "11010519491231002X"
CARD = "6222021234567890128"


def refused(attempt):
    """What the desk says to words that hold a number."""
    with pytest.raises(RefusedError) as error:
        attempt()
    assert error.value.code == "E_FIELD_PROHIBITED"
    assert ID_NUMBER not in told(error.value)
    return error.value.places


@pytest.mark.parametrize("key", ["who", "unit", "requester_name", "relation", "words"])
@pytest.mark.parametrize("number", [ID_NUMBER, CARD])
def test_no_entry_of_the_form_takes_a_number_and_says_where_and_why(key, number):
    entry = intake("D1", **{key: f"王 {number}"})
    (found,) = problems(entry)
    assert found.key == key
    for name in ("place", "why"):
        words = found.places[name]
        assert isinstance(words, Words)
        assert words.zh


def test_words_about_what_is_not_collected_may_be_written_down():
    assert problems(intake("D5", words="请删除我的民族、年龄和收入")) == ()


def test_each_further_word_of_a_case_is_screened(clerk, manager):
    request, _done = acted(clerk, manager, "D8", resident(clerk))
    due = request_of(clerk, request).stop
    attempts = {
        "Note": lambda: requests.part(manager, request, ID_NUMBER),
        "Reason": lambda: requests.extend(manager, request, due, ID_NUMBER),
        "Answer": lambda: requests.answer(manager, request, f"证件 {ID_NUMBER}", "当面"),
        "How it was handed over": lambda: requests.answer(manager, request, "好", ID_NUMBER),
    }
    before = steps_of(clerk, request)
    assert {place: refused(one)["place"].en for place, one in attempts.items()} == {
        place: place for place in attempts
    }
    assert steps_of(clerk, request) == before


def test_the_words_of_the_first_steps_are_screened(clerk, manager):
    request = received(clerk, "D1", resident(clerk))
    refused(lambda: requests.verify(clerk, request, Identity.SEEN, f"看了 {ID_NUMBER}"))
    refused(lambda: requests.ask_again(clerk, request, ID_NUMBER))
    refused(lambda: requests.withdraw(clerk, request, CARD))
    requests.verify(clerk, request, Identity.SEEN, "看了证件")
    requests.assign(manager, request, manager.staff.uid)
    refused(lambda: requests.refuse(manager, request, Reason.SECRECY, f"见 {ID_NUMBER}"))
    assert request_of(clerk, request).is_open


def test_what_a_handler_orders_is_screened(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    wrong = assigned(clerk, manager, "D4", person, field="clean_need")
    refused(lambda: request_acts.act(manager, wrong, Order(statement=f"我 {ID_NUMBER}")))
    name = assigned(clerk, manager, "D4", person, field="person_name")
    refused(lambda: request_acts.act(manager, name, Order(value=f"王{ID_NUMBER}")))
    moving = assigned(clerk, manager, "D3", person)
    refused(lambda: request_papers.make_package(manager, moving, f"某单位 {CARD}"))
    told_ = assigned(clerk, manager, "D8", person)
    refused(lambda: request_acts.act(manager, told_, Order(note=ID_NUMBER)))
    assert request_of(clerk, told_).acted_by == ""


def test_the_note_on_a_day_of_the_office_is_screened(admin):
    refused(lambda: desk_settings.put_day(admin, date(2026, 3, 3), working=False, note=ID_NUMBER))
    assert desk_settings.options(admin).days == ()


def test_a_withdrawal_at_the_desk_is_the_one_of_the_persons_page(clerk, manager, office):
    ways = []
    for number, name in enumerate(("王小明", "李静")):
        person = consenting(clerk, values=SPECIAL, name=name, room=f"3-2-50{number}")
        with office.logged() as entries:
            if number:
                request_acts.receive(
                    clerk,
                    Intake(
                        code=RightCode.WITHDRAWAL,
                        person=person,
                        purposes=(P2,),
                        identity=Identity.KNOWN,
                    ),
                )
            else:
                consents.withdraw(clerk, person, P2)
        with clerk.store.reading() as work:
            event = work.consents.events(person)[0]
            lines = work.erasures.of(person)
        ways.append(
            (
                [entry[0] for entry in entries if entry[1] == f"person:{person}"],
                (event.decision, event.channel, event.act, event.notice_version),
                [(line.scope.purpose, line.reason, line.method) for line in lines],
            )
        )
    assert ways[0] == ways[1]
