"""Somebody who moved out asks: found in the archive, and told what it keeps."""

import json

import pytest

from pmdesk.domain.acts import ArchiveReason
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.services import acts, residents
from pmdesk.services.case_words import Paper
from pmdesk.services.rights import (
    dossier,
    dossier_text,
    request_acts,
    request_book,
    request_choices,
    request_papers,
    requests,
)
from pmdesk.services.rights.request_acts import Order
from tests.offices import P1, SPECIAL, answers, consenting, resident
from tests.pdf import text_of
from tests.services.desk import assigned, received, request_of, steps_of

MOBILE = "13911112222"


@pytest.fixture
def left(clerk):
    """The id of 欧阳若兰, who moved out."""
    person = consenting(clerk, values=SPECIAL, name="欧阳若兰", mobile=MOBILE)
    residents.save_answers(clerk, person, P1, answers(unit_use="home"))
    with clerk.store.writing() as work:
        acts.archive(clerk, work, person, ArchiveReason.MOVED_OUT)
        work.commit()
    return person


def test_an_administrator_finds_who_left_and_the_case_is_about_that_person(clerk, admin, left):
    request = received(clerk, "D1", who="欧阳若兰", unit="3-2-501")
    (found,) = acts.searched(admin, "欧阳若兰", "办理查阅请求")
    requests.bind_archived(admin, request, found.entry.person)
    view = request_book.case(admin, request)
    assert view.case.request.person == left
    assert view.row.said.startswith("3-2-501 欧")
    assert not view.is_held
    assert steps_of(clerk, request)[-1] == "noted"
    assert request_choices.choices(admin, left).stored == ()


def test_nobody_else_looks_there_and_nobody_is_bound_who_is_not_in_it(clerk, manager, admin, left):
    request = received(clerk, "D1", who="欧阳若兰", unit="3-2-501")
    for session in (clerk, manager):
        with pytest.raises(RefusedError):
            requests.bind_archived(session, request, left)
    with pytest.raises(NotFoundError):
        requests.bind_archived(admin, request, resident(clerk))
    assert request_of(clerk, request).person is None


def test_the_dossier_tells_what_the_archive_keeps_and_until_when(clerk, manager, admin, left):
    request = assigned(clerk, admin, "D1", who="欧阳若兰", unit="3-2-501")
    requests.bind_archived(admin, request, left)
    with pytest.raises(RefusedError):  # the archive is not a manager's to open
        request_papers.make_dossier(manager, request)
    pdf, plain = (file.data for file in request_papers.make_dossier(admin, request).files)
    text = "".join(text_of(pdf))
    with admin.store.reading() as work:
        until = work.archive.get(left).keep_until.isoformat()
    for words in ("欧阳若兰", MOBILE, "3-2-501", until):
        assert words in text
    kept = json.loads(json.loads(plain)["content"]["tables"]["archive"][0]["blob"])
    assert kept["name"] == "欧阳若兰"
    request_acts.act(admin, request, Order())
    letter = request_papers.letter(admin, request, Paper.RECEIPT)
    assert "欧阳若兰" in letter.opening  # as it was given, not out of the archive


def test_an_agent_does_not_see_into_the_archive(admin, left):
    with admin.store.reading() as work:
        made = dossier.gathered(admin, work, left, "D1", sealed=False)
        titles = [one.title for one in dossier_text.sections(work, made)]
    assert made.tables["archive"][0]["blob"] == dossier.NOT_OPENED
    assert "Kept sealed in the archive" not in titles
