"""The scenes of the tour: each page, in each state that a designer has to see."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from pmdesk.app.scenes_desk import DESK
from pmdesk.app.scenes_order_import import ORDER_IMPORT
from pmdesk.app.scenes_rules import RULES, TIERS
from pmdesk.app.scenes_trust import TRUST
from pmdesk.app.stage import Scene, Stage, Steps
from pmdesk.domain.acts import ArchiveReason
from pmdesk.domain.assessments import KIND as ASSESSMENT
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import Act, ConsentState
from pmdesk.domain.export_guard import Errand, ExportPurpose, Recipient
from pmdesk.domain.proof import Break, Flaw
from pmdesk.domain.purposes import CLASSIFICATION, PurposeCode
from pmdesk.domain.records import RecordId
from pmdesk.domain.requests import Identity
from pmdesk.domain.rights import RightCode
from pmdesk.i18n import Words, said
from pmdesk.services import drafts, export, log_words, office, person_acts, undertakings
from pmdesk.services.acts import recalling
from pmdesk.services.log_book import Values
from pmdesk.services.notices import notice_changes, purpose_desk
from pmdesk.services.rights import request_acts, requests
from pmdesk.services.rights.request_intake import Intake
from pmdesk.ui.consent.decisions import Step
from pmdesk.ui.consent.page import ConsentPage
from pmdesk.ui.notices.plan_tabs import Tab
from pmdesk.ui.pages.log import LogPage
from pmdesk.ui.pages.purposes import PurposesPage
from pmdesk.ui.pages.records import RecordsPage
from pmdesk.ui.pages.resident import ResidentPage
from pmdesk.ui.pages.rights import RightsPage
from pmdesk.ui.pages.signin import SignInPage
from pmdesk.ui.pages.training import TrainingPage
from pmdesk.ui.pages.undertaking import UndertakingPage
from pmdesk.ui.pages.wizard import WizardPage
from pmdesk.ui.shell import Shell

FIRST_RECORD = RecordId(1)  # the assessment of the demo's rules
ACTIVITIES = PurposeCode("P3")
SURVEY = (PurposeCode("P4"),)

P = TypeVar("P", bound=QWidget)


def _page(key: str) -> Scene:
    def play(stage: Stage) -> Steps:
        stage.window.open_page(key)
        yield

    return Scene(key, play)


def _shell(page: QWidget) -> Shell:
    shell = Shell()
    shell.show_page(page)
    return shell


def _nothing(_stage: Stage) -> Steps:
    yield


def _sign_in(_stage: Stage) -> QWidget:
    return _shell(SignInPage(office="阳光花园", accounts=("guanli", "qiantai"), login="qiantai"))


def _wizard(stage: Stage) -> QWidget:
    return _shell(WizardPage(stage.setup, stage.tasks, stage.prompts))


def _undertaking(stage: Stage) -> QWidget:
    return _shell(UndertakingPage(undertakings.text(), stage.session.staff.name))


def _nobody_found(stage: Stage) -> Steps:
    stage.navigator.search("xyzxyz")
    yield


def _register(stage: Stage) -> Steps:
    stage.navigator.show_list()
    stage.navigator.register("王芳")
    yield


def _resident(state: ConsentState) -> Callable[[Stage], Steps]:
    def play(stage: Stage) -> Steps:
        stage.navigator.show_list()
        yield
        stage.navigator.open_resident(stage.somebody(state))
        yield

    return play


def _withdrawing(stage: Stage) -> Steps:
    yield from _resident(ConsentState.LIVE)(stage)
    page = stage.window.page
    if isinstance(page, ResidentPage):
        page.groups[CLASSIFICATION].withdraw.click()
    yield


def _mistaken(stage: Stage) -> Steps:
    yield from _resident(ConsentState.LIVE)(stage)
    page = stage.window.page
    if isinstance(page, ResidentPage):
        page.groups[CLASSIFICATION].mistake.click()
    yield


def _consent(last: Step) -> Callable[[Stage], Steps]:
    """The consent steps up to `last`, told by what its parts tell when a clerk works with them."""

    def play(stage: Stage) -> Steps:
        stage.navigator.show_list()
        yield
        person = stage.somebody(ConsentState.NEVER_ASKED)
        drafts.discard(stage.session, "consent", str(person))  # of the scene before
        stage.navigator.take_consent(person, CLASSIFICATION)
        yield
        page = stage.window.page
        if not isinstance(page, ConsentPage):
            return
        asked = (CLASSIFICATION, *(SURVEY if last > Step.CHOICES else ()))
        for code in asked:
            page.notice_step.read.emit(code)
        page.notice_step.told.emit(last is not Step.NOTICE)
        for code in asked:
            page.choices_step.decided.emit(code, last > Step.CHOICES or None)
        page.choices_step.decider.adult_confirmed.emit(last > Step.CHOICES)
        for _step in range(last):
            if page.step is Step.PROOF:
                page.proof_step.act_chosen.emit(Act.PAPER)
                page.proof_step.noted.emit("A-2026-017", "")
            page.next()
            yield
        if last is Step.PROOF:
            page.proof_step.act_chosen.emit(Act.DRAWN)
        yield

    return play


def _explained(stage: Stage) -> Steps:
    stage.window.open_page("classes")
    yield
    stage.navigator.explain(stage.somebody(ConsentState.LIVE))
    yield


def _on_page(name: str, kind: type[P], show: Callable[[P], object]) -> Callable[[Stage], Steps]:
    """The page of that name after `show` did something on it."""

    def play(stage: Stage) -> Steps:
        stage.window.open_page(name)
        yield
        page = stage.window.page_of(name)
        if isinstance(page, kind):
            show(page)
        yield

    return play


def _training(show: Callable[[TrainingPage], object]) -> Callable[[Stage], Steps]:
    return _on_page("training", TrainingPage, show)


def _own_course(page: TrainingPage) -> None:
    page.show_view(page.own)
    page.own.open(None)


def _records(show: Callable[[RecordsPage], object]) -> Callable[[Stage], Steps]:
    """The records page after `show` did something on it and what that asked for has come."""

    def play(stage: Stage) -> Steps:
        yield from _on_page("records", RecordsPage, show)(stage)
        yield

    return play


_WHY_LARGE = Words(
    "秋季检修要按楼栋排期，需要全部住户。", "The autumn checks are planned by building."
)


def _kept(tab: str) -> Callable[[Stage], Steps]:
    """A tab of what is kept and erased, after somebody moved out and a list was handed over."""

    def play(stage: Stage) -> Steps:
        if not recalling.lists(stage.session):
            gone = stage.somebody(ConsentState.NEVER_ASKED)
            person_acts.leave(stage.session, gone, ArchiveReason.MOVED_OUT)
            errand = Errand(purpose=ExportPurpose.SERVICE, recipient=Recipient.OFFICE)
            export.listing(stage.session, ResidentQuery(tier="special"), errand)
            export.ask(stage.session, ResidentQuery(), errand, said(_WHY_LARGE))
        yield from _records(lambda page: page.open_tab(tab))(stage)

    return play


def _purpose(tab: Tab) -> Callable[[Stage], Steps]:
    """A planned version of the activities, at that part of its page."""

    def play(stage: Stage) -> Steps:
        purpose_desk.draft(stage.session, ACTIVITIES)
        stage.window.open_page("purposes")
        yield
        page = stage.window.page_of("purposes")
        if isinstance(page, PurposesPage):
            page.show_purpose(ACTIVITIES)
            yield
            if page.tabs is not None:
                page.tabs.show_tab(tab)
        yield

    return play


def _handling_rules(stage: Stage) -> Steps:
    stage.window.open_page("purposes")
    yield
    stage.navigator.open_handling_rules()
    yield


def _notice_change(stage: Stage) -> Steps:
    """The office has another phone number, which everybody has to be told."""
    present = office.profile(stage.session)
    office.save_profile(stage.session, replace(present, contact_phone="0000-87654321"))
    stage.window.open_page("home")
    yield
    stage.navigator.open_change(notice_changes.changes(stage.session)[0].id)
    yield


def _receiving(stage: Stage) -> Steps:
    person = stage.somebody(ConsentState.LIVE)
    stage.navigator.start_request(RightCode.WITHDRAWAL, person, "3-1-502")
    yield


def _case(code: RightCode) -> Callable[[Stage], Steps]:
    def play(stage: Stage) -> Steps:
        person = stage.somebody(ConsentState.LIVE)
        intake = Intake(code=code, person=person, identity=Identity.SEEN)
        received = request_acts.receive(stage.session, intake)
        requests.assign(stage.session, received.id, stage.session.staff.uid)
        stage.navigator.show_request(received.id)
        yield

    return play


def _log_entry(stage: Stage) -> Steps:
    stage.window.open_page("log")
    yield
    page = stage.window.page
    if isinstance(page, LogPage):
        page.filters.reset()
        yield
        page.entry.show_line(page.model.row(2))
        page.entry.show_values(Values(before={"保洁需求": "公共区域"}, after={"保洁需求": "入户"}))
        yield


def _log_lost(stage: Stage) -> Steps:
    page = stage.window.page_of("log")
    if isinstance(page, LogPage):
        page.entry.show_line(None)
        broken = log_words.broken_words(Break(seq=8112, flaw=Flaw.UNLINKED))
        page.chain.show_findings([broken])
    yield


def _requests(stage: Stage) -> Steps:
    for code in (RightCode.ACCESS, RightCode.COMPLAINT):
        request_acts.receive(stage.session, Intake(code=code, who="王小明", unit="3-1-502"))
    page = stage.window.page
    if isinstance(page, RightsPage):
        page.case.back_requested.emit()
        page.reload()
    yield


SCENES: tuple[Scene, ...] = (
    Scene("signin", _nothing, _sign_in),
    Scene("undertaking", _nothing, _undertaking),
    Scene("wizard", _nothing, _wizard),
    _page("home"),
    _page("residents"),
    Scene("residents-nobody", _nobody_found),
    Scene("registration", _register),
    Scene("resident", _resident(ConsentState.LIVE)),
    Scene("resident-mistake", _mistaken),
    Scene("resident-withdrawing", _withdrawing),
    Scene("resident-locked", _resident(ConsentState.NEVER_ASKED)),
    Scene("resident-withdrawn", _resident(ConsentState.WITHDRAWN)),
    *(Scene(f"consent-{step + 1}-{step.name.lower()}", _consent(step)) for step in Step),
    _page("classes"),
    Scene("classes-explained", _explained),
    *TIERS,
    _page("rights"),
    Scene("rights-intake", _receiving),
    Scene("rights-case", _case(RightCode.OBJECTION)),
    Scene("rights-list", _requests),
    *RULES,
    _page("records"),
    Scene("records-new", _records(lambda page: page.assess("purpose:P5"))),
    Scene("records-audit", _records(lambda page: page.begin("audit", ""))),
    Scene("records-drill", _records(lambda page: page.begin("incident", "drill:chat_group"))),
    Scene("records-rule", _records(lambda page: page.begin("policy", "gates"))),
    Scene("records-assessment", _records(lambda page: page.open_record(ASSESSMENT, FIRST_RECORD))),
    _page("log"),
    Scene("log-entry", _log_entry),
    Scene("log-lost", _log_lost),
    Scene("training", _training(lambda page: page.show_view(page.cards))),
    Scene("training-read", _training(lambda page: page.open_course("consent"))),
    Scene("training-test", _training(lambda page: page.begin("consent"))),
    Scene("training-due", _training(lambda page: page.show_view(page.due))),
    Scene("training-own", _training(_own_course)),
    _page("import"),
    _page("refused"),
    _page("purposes"),
    Scene("purposes-plan", _purpose(Tab.FACTS)),
    Scene("purposes-fields", _purpose(Tab.FIELDS)),
    Scene("purposes-notice", _purpose(Tab.TEXT)),
    Scene("purposes-versions", _purpose(Tab.VERSIONS)),
    Scene("handling-rules", _handling_rules),
    Scene("notice-change", _notice_change),
    _page("staff"),
    _page("backups"),
    _page("settings"),
    *(Scene(f"records-{tab}", _kept(tab)) for tab in ("sweeps", "archive", "exports")),
    *TRUST,
    *DESK,
    *ORDER_IMPORT,
)
