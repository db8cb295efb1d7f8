"""`demo` makes an office that anybody can sign in to with the accounts it prints."""

from datetime import timedelta

import pytest

from pmdesk.app import demo, offices
from pmdesk.domain.classification import ResidentQuery, RulesetStatus
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.fairness import Verdict as Comparison
from pmdesk.domain.people import PersonId
from pmdesk.domain.training import Standing
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.rules.check import FindingKind, check
from pmdesk.rules.examples import Verdict
from pmdesk.services import (
    addon_desk,
    demo_rules,
    demo_staffing,
    fairness,
    residents,
    review,
    rule_examples,
    rules,
    rules_history,
    training,
)
from pmdesk.services.orders import hands
from pmdesk.services.rights import request_book


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    from tests.fakes import FakeClock

    folder = tmp_path_factory.mktemp("demo") / "office"
    opened = demo.make(folder, 60, 7, FakeClock())
    yield folder, opened
    opened.close()


def test_the_demo_office_has_people_tiers_and_active_rules(made):
    _folder, opened = made
    session = opened.session

    assert len(residents.found(session, ResidentQuery())) == 60
    assert demo_rules.active(session).version == 2
    assert len(residents.found(session, ResidentQuery(tier="care"))) > 0


def test_nobody_in_the_demo_is_held_up_by_training_and_one_certificate_ends_soon(made):
    _folder, opened = made

    assert [one.status.standing for one in training.due(opened.session)] == [Standing.ENDING]
    assert training.urgent(opened.session) is None


def test_every_printed_account_signs_in_with_its_role(made, clock):
    folder, opened = made
    opened.close()

    for account in demo.ACCOUNTS:
        signed_in = offices.sign_in(folder, account.login, demo.PASSPHRASE, clock)
        assert (signed_in.session.staff.name, signed_in.session.staff.role) == (
            account.name,
            account.role,
        )
        signed_in.close()


def test_no_file_of_the_demo_can_be_read_without_a_key(made):
    folder, _opened = made

    held = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())

    assert b"SQLite format 3" not in held
    assert "周敏".encode() not in held
    assert demo.PASSPHRASE.encode() not in held


def test_a_folder_that_holds_an_office_is_left_alone(made, clock):
    folder, _opened = made

    with pytest.raises((ConflictError, RefusedError)):
        demo.make(folder, 5, 7, clock)


def test_help_by_item_repair_notes_and_a_request_are_there_to_look_at(made, clock):
    folder, opened = made
    opened.close()
    admin = offices.sign_in(folder, demo.ACCOUNTS[0].login, demo.PASSPHRASE, clock)
    with admin.session.store.reading() as work:
        ids = work.people.ids(ResidentQuery(), today=clock.today())
        people = [PersonId(one) for one in ids]
        items = [len(work.consent_items.of(person)) for person in people]
        noted = [person for person in people if work.service_notes.of(person)]
    requests = request_book.book(admin.session)
    admin.close()

    assert sorted(count for count in items if count) == [1, 1, 2, 2]
    assert len(noted) == 6
    assert [row.request.code for row in requests] == ["D1"]


def test_add_ons_were_ordered_over_weeks_and_one_has_ended(made, clock):
    folder, opened = made
    opened.close()
    admin = offices.sign_in(folder, demo.ACCOUNTS[0].login, demo.PASSPHRASE, clock)
    found = [line.order for line in addon_desk.book(admin.session).lines]
    admin.close()

    days = [(clock.today() - one.ordered_on).days for one in found]
    assert days == [0, 1, 3, 21, 21, 60]
    assert [one.ended_on for one in found] == [None] * 5 + [clock.today()]
    assert len({one.person for one in found}) == 6


def test_who_has_an_order_of_the_demo_is_in_its_crew(made, clock):
    folder, opened = made
    opened.close()
    admin = offices.sign_in(folder, demo.ACCOUNTS[0].login, demo.PASSPHRASE, clock)
    found = hands.hands(admin.session)
    admin.close()

    named = {one.name for one in found if not one.is_staff}
    assert named == {name for name, _skills in demo_staffing.HANDS}


def test_the_rules_desk_shows_a_version_in_every_state(made, clock):
    folder, opened = made
    opened.close()
    admin = offices.sign_in(folder, demo.ACCOUNTS[0].login, demo.PASSPHRASE, clock)
    session = admin.session
    draft, waiting, planned, active, retired = rules.versions(session)
    blocking = {one.version: review.standing(session, one.id).blocking for one in (waiting, active)}
    answered = [line for line in review.standing(session, waiting.id).lines if line.answers]
    findings = check(rules.table(session, draft.id))
    whole = {one.version: rule_examples.of(session, one.id).is_whole for one in (active, waiting)}
    verdicts = rule_examples.of(session, draft.id).verdicts
    admin.close()

    states = [one.status for one in (draft, waiting, planned, active, retired)]
    assert states == [
        RulesetStatus.DRAFT,
        RulesetStatus.SUBMITTED,
        RulesetStatus.APPROVED,
        RulesetStatus.ACTIVE,
        RulesetStatus.RETIRED,
    ]
    assert planned.active_from == clock.today() + timedelta(days=7)
    assert blocking[active.version] == ()
    assert whole == {active.version: True, waiting.version: True}
    assert blocking[waiting.version]
    assert len(answered) == 5
    assert FindingKind.MASKED in {one.kind for one in findings}
    assert {Verdict.FAILS, Verdict.OPEN} <= set(verdicts)


def test_people_take_part_in_the_fairness_check_and_the_active_version_has_figures(made, clock):
    folder, opened = made
    opened.close()
    admin = offices.sign_in(folder, demo.ACCOUNTS[0].login, demo.PASSPHRASE, clock)
    page = fairness.page(admin.session, demo_rules.active(admin.session).id)
    admin.close()

    assert page.people == 18
    assert page.is_current
    assert Comparison.TOO_FEW in {line.verdict for line in page.lines}


def test_somebody_had_another_tier_before(made, clock):
    folder, opened = made
    opened.close()
    admin = offices.sign_in(folder, demo.ACCOUNTS[0].login, demo.PASSPHRASE, clock)
    people = residents.found(admin.session, ResidentQuery(consent=ConsentState.LIVE))
    steps = [rules_history.history(admin.session, PersonId(person)) for person in people]
    told = [[(step.tier, step.since) for step in one] for one in steps if len(one) > 1]
    admin.close()

    assert len(told) >= 3
    assert all(days == sorted(days, reverse=True) for days in [[d for _t, d in o] for o in told])


def test_a_demo_of_one_person_works_too(tmp_path, clock):
    opened = demo.make(tmp_path / "office", 1, 7, clock)
    try:
        assert demo_rules.active(opened.session).version == 2
        assert fairness.page(opened.session, demo_rules.active(opened.session).id).report is None
    finally:
        opened.close()
