"""Every act asks the role first, and a denied one leaves a trace and nothing else."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pmdesk.analytics.facts import facts
from pmdesk.domain.backups import Owner, Plan
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import Answer, Sheet
from pmdesk.domain.dashboard_views import USUAL
from pmdesk.domain.inspections import Inspection
from pmdesk.domain.orders.floor import Plans
from pmdesk.domain.orders.order import Move
from pmdesk.domain.ports.proof import LogQuery
from pmdesk.domain.requests import Identity
from pmdesk.domain.reveals import Reason, Why
from pmdesk.domain.reviews import Verdict
from pmdesk.domain.rights import Reason as Ground
from pmdesk.domain.staff import MATRIX, Permission, Role
from pmdesk.errors import PmdeskError, RefusedError
from pmdesk.services import (
    acts,
    addons,
    backup_sheet,
    backups,
    classification,
    colleagues,
    comparison,
    demo,
    dimensions,
    export,
    export_guard,
    fairness,
    keys,
    leaving,
    log_anchors,
    log_book,
    log_cover,
    log_proof,
    notes,
    person_acts,
    recovery,
    residents,
    retention,
    revealing,
    review,
    rule_life,
    rules,
    rules_history,
    staff,
    starters,
    training,
    undertakings,
)
from pmdesk.services import office as office_service
from pmdesk.services.acts import recalling
from pmdesk.services.assessing import assessment_form
from pmdesk.services.audits import book_starts, record_points
from pmdesk.services.consent import consent_items, consent_proof, consents
from pmdesk.services.courses import shipped
from pmdesk.services.dashboard import views
from pmdesk.services.exchange import importing
from pmdesk.services.inspection import package
from pmdesk.services.notices import (
    copies,
    handling_rules,
    notice_changes,
    purpose_desk,
    purpose_shelf,
)
from pmdesk.services.orders import book, floor, moving, reading, registering, sheet
from pmdesk.services.paper import review as review_sheet
from pmdesk.services.plans import papers
from pmdesk.services.records import assessments, record_desk
from pmdesk.services.refusal import quarantine, screen
from pmdesk.services.review import criteria
from pmdesk.services.rights import (
    desk_settings,
    handover_package,
    request_acts,
    request_book,
    request_papers,
    requests,
    tier_letter,
)
from pmdesk.services.rights.request_acts import Order
from pmdesk.services.rule_exchange import exchange
from pmdesk.services.rule_exchange.incoming import Incoming, Kind
from pmdesk.services.session import about
from tests.offices import ACCOUNTS, ASSIST, ERRAND, NOBODY, P1, P2, P5, PAPER, PROFILE, entry
from tests.services.orders.asked import asked

TABLE = starters.starter_table(facts(starters.catalogue()))
OWNER = Owner(folder=Path("/no"), login="admin", name="", password="")
SHIPPED = floor.shipped()
SHEET = Sheet(answers=(Answer(purpose=P2, agreed=True),), evidence=PAPER)


class NoMemory:
    """A computer that remembers nothing of any log."""

    def of(self, vault):
        return ()

    def keep(self, anchor):
        """Nothing is kept."""

    forget = keep


class NoRenewal:
    """A new recovery key that nobody ever types right."""

    def confirm(self, typed):
        return False


ONE_OF_EACH = [login for login in ACCOUNTS if login != "manager2"]

ACTS = {
    residents.found: (Permission.SEE_RESIDENTS, (ResidentQuery(),)),
    residents.rows: (Permission.SEE_RESIDENTS, ([NOBODY],)),
    residents.buildings: (Permission.SEE_RESIDENTS, ()),
    residents.catalogue: (Permission.SEE_RESIDENTS, ()),
    residents.look_alikes: (Permission.EDIT_RESIDENTS, (entry(),)),
    residents.detail: (Permission.SEE_RESIDENTS, (NOBODY,)),
    residents.register: (Permission.EDIT_RESIDENTS, (entry(name=""),)),
    residents.save_answers: (Permission.EDIT_RESIDENTS, (NOBODY, P1, {})),
    residents.seal_value: (Permission.EDIT_RESIDENTS, (NOBODY, P5, ASSIST, "ramp")),
    residents.open_sealed: (Permission.OPEN_SEALED, (NOBODY, P5, ASSIST, "why")),
    revealing.reveal_mobile: (Permission.REVEAL, (NOBODY, Why(reason=Reason.SERVICE))),
    revealing.to_correct: (Permission.EDIT_RESIDENTS, (NOBODY,)),
    consents.choices: (Permission.TAKE_CONSENT, (NOBODY,)),
    consents.decide: (Permission.TAKE_CONSENT, (NOBODY, (SHEET,))),
    consents.withdraw: (Permission.RECEIVE_REQUESTS, (NOBODY, P2)),
    consents.witnesses: (Permission.TAKE_CONSENT, ()),
    consent_proof.gathered: (Permission.SEE_RECORDS, (NOBODY,)),
    consent_items.open_item: (Permission.OPEN_SEALED, (NOBODY, P5, 1, "why")),
    classification.found: (Permission.SEE_CLASSIFICATION, (ResidentQuery(),)),
    classification.reasons: (Permission.SEE_CLASSIFICATION, (NOBODY,)),
    tier_letter.tier_letter: (Permission.SEE_CLASSIFICATION, (NOBODY,)),
    classification.classify_all: (Permission.SEE_CLASSIFICATION, ()),
    rules.versions: (Permission.SEE_RULES, ()),
    rules.table: (Permission.SEE_RULES, (NOBODY,)),
    rules.draft_from: (Permission.EDIT_RULES, (NOBODY,)),
    rules.submit: (Permission.EDIT_RULES, (NOBODY,)),
    rules.discard: (Permission.EDIT_RULES, (NOBODY,)),
    rules.approve: (Permission.APPROVE_RULES, (NOBODY, "words")),
    rules.reject: (Permission.APPROVE_RULES, (NOBODY, "words")),
    rules.activate: (Permission.APPROVE_RULES, (NOBODY,)),
    export.listing: (Permission.EXPORT, (ResidentQuery(), ERRAND)),
    importing.dry_run: (Permission.IMPORT, (Path("/nowhere.xlsx"),)),
    staff.everyone: (Permission.MANAGE_STAFF, ()),
    staff.names: (Permission.SEE_RESIDENTS, ()),
    staff.enrol: (Permission.MANAGE_STAFF, ("", "", "", Role.CLERK)),
    staff.disable: (Permission.MANAGE_STAFF, ("0" * 32,)),
    office_service.save_profile: (Permission.CONFIGURE, (replace(PROFILE, place=""),)),
    record_desk.lines: (Permission.SEE_RECORDS, ("pia",)),
    record_desk.opened: (Permission.SEE_RECORDS, (NOBODY,)),
    record_desk.save: (Permission.KEEP_RECORDS, ("unknown", "", {})),
    record_desk.put_forward: (Permission.KEEP_RECORDS, ("unknown", "", {})),
    record_desk.approve: (Permission.APPROVE_RECORDS, (NOBODY, "words")),
    record_desk.reject: (Permission.APPROVE_RECORDS, (NOBODY, "words")),
    record_desk.close: (Permission.APPROVE_RECORDS, (NOBODY, "words")),
    record_desk.delete: (Permission.APPROVE_RECORDS, (NOBODY,)),
    record_points.points: (Permission.SEE_RECORDS, ()),
    assessments.missing: (Permission.SEE_RECORDS, ()),
    assessments.of_ruleset: (Permission.SEE_RULES, (NOBODY,)),
    assessments.record_about: (Permission.SEE_RECORDS, ("",)),
    demo.fill: (Permission.CONFIGURE, (0, 7)),
    training.due: (Permission.MANAGE_TRAINING, ()),
    training.own: (Permission.MANAGE_TRAINING, ()),
    training.add_course: (Permission.MANAGE_TRAINING, (shipped()[0],)),
    backups.state: (Permission.BACK_UP, ()),
    backups.listed: (Permission.BACK_UP, ()),
    backups.set_passphrase: (Permission.BACK_UP, ("short",)),
    backups.rehearse: (Permission.BACK_UP, ("short",)),
    backups.save_plan: (Permission.BACK_UP, (Plan(places=(Path("here"),)),)),
    backups.pin: (Permission.BACK_UP, (Path("/no"),)),
    backups.unpin: (Permission.BACK_UP, (Path("/no"),)),
    backup_sheet.sheet: (Permission.BACK_UP, ()),
    backups.make: (Permission.BACK_UP, (lambda *_told: None,)),
    backups.prove: (Permission.BACK_UP, (Path("/nowhere"), "", lambda *_told: None)),
    backups.preview: (Permission.BACK_UP, (Path("/nowhere"), "", lambda *_told: None)),
    backups.replace: (Permission.BACK_UP, (Path("/no"), "", "", lambda *_told: None)),
    backups.restore: (Permission.BACK_UP, (Path("/no"), "", OWNER, lambda *_told: None)),
}


LONG = "要知道本人能接受的档次才能推荐不超出预算的项目。"

NEWER: dict[Any, tuple[Permission, tuple[Any, ...]]] = {
    book.waiting: (Permission.SEE_ORDERS, ()),
    book.detail: (Permission.SEE_ORDERS, (NOBODY,)),
    reading.complaints: (Permission.SEE_COMPLAINTS, ((),)),
    registering.register: (Permission.HANDLE_ORDERS, (asked(words=""),)),
    moving.move: (Permission.HANDLE_ORDERS, (NOBODY, Move.START)),
    moving.urge: (Permission.HANDLE_ORDERS, (NOBODY,)),
    sheet.contractor_sheet: (Permission.HANDLE_ORDERS, (NOBODY,)),
    papers.person_sheet: (Permission.SEE_CLASSIFICATION, (NOBODY,)),
    views.listed: (Permission.SEE_CHARTS, ()),
    views.keep: (Permission.SEE_CHARTS, ("维修", USUAL)),
    views.drop: (Permission.SEE_CHARTS, (NOBODY,)),
    views.publish: (Permission.PLAN_SERVICE, (NOBODY,)),
    floor.publish: (Permission.PLAN_SERVICE, (SHIPPED.floor, Plans(tiers={"vip": {}}))),
    rule_life.schedule: (Permission.APPROVE_RULES, (NOBODY, date(2030, 1, 1))),
    rule_life.unschedule: (Permission.APPROVE_RULES, (NOBODY,)),
    rule_life.restore: (Permission.EDIT_RULES, (NOBODY,)),
    rule_life.planned: (Permission.SEE_RULES, ()),
    comparison.movers: (Permission.APPROVE_RULES, (NOBODY,)),
    rules_history.history: (Permission.SEE_CLASSIFICATION, (NOBODY,)),
    purpose_desk.draft: (Permission.EDIT_PURPOSES, (P2,)),
    purpose_desk.draft_local: (Permission.EDIT_PURPOSES, ()),
    purpose_desk.discard: (Permission.EDIT_PURPOSES, (NOBODY,)),
    purpose_desk.submit: (Permission.EDIT_PURPOSES, (NOBODY,)),
    purpose_desk.restore: (Permission.EDIT_PURPOSES, (P2,)),
    purpose_desk.approve: (Permission.APPROVE_PURPOSES, (NOBODY, "words")),
    purpose_desk.reject: (Permission.APPROVE_PURPOSES, (NOBODY, "words")),
    purpose_shelf.broken: (Permission.SEE_RESIDENTS, ()),
    dimensions.propose: (Permission.EDIT_PURPOSES, (LONG, LONG)),
    dimensions.approve: (Permission.APPROVE_PURPOSES, ("words",)),
    notice_changes.tell: (Permission.TAKE_CONSENT, (NOBODY, ())),
    copies.handed_out: (Permission.SEE_RESIDENTS, (("P2 1.0",),)),
    handling_rules.rules: (Permission.SEE_RESIDENTS, ()),
    acts.archived: (Permission.OPEN_ARCHIVE, ()),
    acts.opened: (Permission.OPEN_ARCHIVE, (NOBODY, "why")),
    acts.bring_back: (Permission.OPEN_SEALED, (NOBODY, P2)),
    recalling.lists: (Permission.SEE_RECORDS, ()),
    recalling.returned: (Permission.KEEP_RECORDS, ("X-1",)),
    person_acts.restrict: (Permission.RECEIVE_REQUESTS, (NOBODY, P2)),
    person_acts.settle: (Permission.HANDLE_REQUESTS, (NOBODY, "clean_need")),
    person_acts.keep_with_statement: (Permission.HANDLE_REQUESTS, (NOBODY, "clean_need", "no")),
    person_acts.decide_tier: (Permission.HANDLE_REQUESTS, (NOBODY, "care", (), "why")),
    person_acts.delete_tag: (Permission.RECEIVE_REQUESTS, (NOBODY, "need")),
    request_acts.act: (Permission.HANDLE_REQUESTS, (NOBODY, Order())),
    request_book.book: (Permission.RECEIVE_REQUESTS, ()),
    request_papers.make_dossier: (Permission.HANDLE_REQUESTS, (NOBODY,)),
    requests.verify: (Permission.RECEIVE_REQUESTS, (NOBODY, next(iter(Identity)))),
    requests.assign: (Permission.HANDLE_REQUESTS, (NOBODY, "0" * 32)),
    requests.refuse: (Permission.HANDLE_REQUESTS, (NOBODY, next(iter(Ground)), "words")),
    requests.bind_archived: (Permission.OPEN_ARCHIVE, (NOBODY, NOBODY)),
    desk_settings.configure: (Permission.CONFIGURE, ("nowhere", 15)),
    quarantine.take_minor: (Permission.EDIT_RESIDENTS, (NOBODY,)),
    quarantine.waiting: (Permission.RESOLVE_QUARANTINE, ()),
    quarantine.erase: (Permission.RESOLVE_QUARANTINE, (NOBODY,)),
    quarantine.restore: (Permission.RESOLVE_QUARANTINE, (NOBODY, "why")),
    fairness.take_part: (Permission.EDIT_RESIDENTS, (NOBODY, {})),
    fairness.page: (Permission.SEE_RULES, (NOBODY,)),
    fairness.report: (Permission.APPROVE_RULES, (NOBODY,)),
    fairness.erase_samples: (Permission.APPROVE_RULES, ()),
    retention.overview: (Permission.SEE_RECORDS, ()),
    retention.run_now: (Permission.KEEP_RECORDS, ()),
    screen.add_word: (Permission.CONFIGURE, ("x", "")),
    screen.propose_removal: (Permission.CONFIGURE, (NOBODY, "why")),
    addons.publish: (Permission.CONFIGURE, ("擦玻璃", "里外擦净", "次", 1000)),
    addons.order: (Permission.EDIT_RESIDENTS, (NOBODY, NOBODY)),
    notes.add: (Permission.EDIT_RESIDENTS, (NOBODY, "words")),
    undertakings.standings: (Permission.SEE_RECORDS, ()),
    book_starts.audit: (Permission.SEE_RECORDS, ("",)),
    assessment_form.prefilled: (Permission.KEEP_RECORDS, ("",)),
    exchange.export_dmn: (Permission.SEE_RULES, (NOBODY, Path("nowhere.dmn"))),
    exchange.export_xlsx: (Permission.SEE_RULES, (NOBODY, Path("nowhere.xlsx"))),
    exchange.read_file: (Permission.EDIT_RULES, (Path("nowhere.dmn"),)),
    exchange.import_draft: (Permission.EDIT_RULES, (Incoming(kind=Kind.DMN),)),
    export.sizing: (Permission.EXPORT, (ResidentQuery(),)),
    export.ask: (Permission.EXPORT, (ResidentQuery(), ERRAND, LONG)),
    export.fetched: (Permission.EXPORT, (NOBODY, list)),
    export_guard.approve: (Permission.APPROVE_RECORDS, (NOBODY, "words")),
    export_guard.refuse: (Permission.APPROVE_RECORDS, (NOBODY, "words")),
    export_guard.withdraw: (Permission.EXPORT, (NOBODY,)),
    export_guard.own: (Permission.EXPORT, ()),
    export_guard.everybody: (Permission.SEE_RECORDS, ()),
    export_guard.last_errand: (Permission.EXPORT, ()),
    handover_package.ask: (Permission.CONFIGURE, (NOBODY, LONG)),
    handover_package.guarded: (Permission.EXPORT, (NOBODY,)),
    review.automatic: (Permission.SEE_RULES, (TABLE,)),
    review.try_out: (Permission.SEE_RULES, (TABLE,)),
    review.standing: (Permission.SEE_RULES, (NOBODY,)),
    review.only_approver: (Permission.SEE_RULES, ()),
    review.answer: (Permission.APPROVE_RULES, (NOBODY, "LR-18", Verdict.PASS, LONG)),
    review.renew: (Permission.APPROVE_RULES, (NOBODY, "words")),
    review_sheet.sheet: (Permission.SEE_RULES, (NOBODY,)),
    criteria.asked: (Permission.SEE_RULES, ("欠费的不修",)),
    log_book.page: (Permission.SEE_AUDIT, (LogQuery(),)),
    log_book.values: (Permission.SEE_AUDIT, (1,)),
    log_book.export: (Permission.SEE_AUDIT, (LogQuery(), Path("/no/where.csv"))),
    log_book.colleagues: (Permission.SEE_AUDIT, ()),
    log_book.targets: (Permission.SEE_AUDIT, ("3-1-502",)),
    log_anchors.outside: (Permission.SEE_AUDIT, ()),
    log_anchors.to_file: (Permission.SEE_AUDIT, (Path("/no/where.json"),)),
    log_anchors.certificate: (Permission.SEE_AUDIT, ()),
    log_anchors.printed: (Permission.SEE_AUDIT, ()),
    log_anchors.check_code: (Permission.SEE_AUDIT, ("1" * 19 + "1", lambda *_at: None)),
    log_proof.accept: (Permission.SEE_AUDIT, (NoMemory(), "words")),
    log_proof.full: (Permission.SEE_AUDIT, (NoMemory(),)),
    log_proof.rows: (Permission.SEE_AUDIT, ()),
    log_proof.alarm: (Permission.SEE_AUDIT, ()),
    log_cover.uncovered: (Permission.SEE_AUDIT, ()),
    log_book.household: (Permission.SEE_AUDIT, ("3-1-502",)),
    log_book.household_of: (Permission.SEE_AUDIT, (NOBODY,)),
    package.packs: (Permission.SEE_RECORDS, ()),
    package.make: (Permission.SEE_AUDIT, (Inspection(), Path("/no/where.zip"))),
    log_cover.cover: (Permission.CONFIGURE, ()),
    keys.state: (Permission.MANAGE_STAFF, ()),
    colleagues.listed: (Permission.MANAGE_STAFF, ()),
    leaving.settle: (Permission.MANAGE_STAFF, ("0" * 32, ())),
    leaving.letter: (Permission.MANAGE_STAFF, ("0" * 32,)),
    recovery.begin: (Permission.MANAGE_STAFF, ("",)),
    recovery.finish: (Permission.MANAGE_STAFF, (NoRenewal(), "")),
    staff.set_role: (Permission.MANAGE_STAFF, ("0" * 32, Role.CLERK)),
    staff.enable: (Permission.MANAGE_STAFF, ("0" * 32,)),
    staff.reset_password: (Permission.MANAGE_STAFF, ("0" * 32, "")),
    keys.bring_back: (Permission.BACK_UP, ("no.db", lambda *_told: None)),
}  # of these one role that may and one that may not stand for all


def _one_each(permission):
    """A login that may, and one that may not where there is one."""
    may = [one for one in ONE_OF_EACH if permission in MATRIX[ACCOUNTS[one][1]]]
    return [*may[:1], *[one for one in ONE_OF_EACH if one not in may][:1]]


TRIED = [(act, login) for act in ACTS for login in ONE_OF_EACH] + [
    (act, login) for act, (permission, _) in NEWER.items() for login in _one_each(permission)
]


@pytest.mark.parametrize(
    ("act", "login"), TRIED, ids=[f"{act.__module__}.{act.__name__}-{who}" for act, who in TRIED]
)
def test_a_role_that_does_not_cover_an_act_is_denied_on_record(office, act, login):
    permission, arguments = (ACTS | NEWER)[act]
    session = office.session(login)
    before = office.cells()

    with office.logged() as log:
        try:
            act(session, *arguments)
        except PmdeskError as error:
            denied = error.sentence == "Your role does not cover this."
        else:
            denied = False

    assert denied is (permission not in MATRIX[session.staff.role])
    if denied:
        assert log == [("denied", permission.value, ())]
        changed = {table for table, _ in set(office.cells()) - set(before)}
        assert changed <= {"audit", "signer"}
    else:
        assert ("denied", permission.value, ()) not in log


def test_every_permission_is_asked_by_some_act():
    charts = {Permission.SEE_CHARTS}

    asked = {permission for permission, _ in (ACTS | NEWER).values()}
    assert asked | charts >= set(Permission)


def test_a_disabled_account_may_do_nothing(clerk):
    gone = replace(clerk, staff=replace(clerk.staff, enabled=False))

    for permission in Permission:
        with pytest.raises(RefusedError):
            gone.require(permission)


def test_the_log_holds_from_the_first_entry_to_the_last(office, clerk, manager, reviewer):
    for session in (clerk, manager, reviewer):
        residents.buildings(session)
        classification.classify_all(session)
    residents.register(clerk, entry())

    assert office.broken_link() is None
    users = {body for body in office.bodies() if clerk.staff.uid.encode() in body}
    assert users


def test_a_person_is_named_in_the_log_by_number():
    assert about(NOBODY) == "person:4711"


def test_a_session_shows_no_key_and_no_store(clerk):
    shown = repr(clerk)

    assert "store" not in shown
    assert "accounts" not in shown
