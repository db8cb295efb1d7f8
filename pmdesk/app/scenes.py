"""The scenes of the tour: each page, in each state that a designer has to see."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from pmdesk.app.navigator import Navigator
from pmdesk.app.setup import OfficeSetup
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import Act, ConsentState
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import CLASSIFICATION, PurposeCode
from pmdesk.services import drafts, residents, rules
from pmdesk.services.session import Session
from pmdesk.ui.consent.decisions import Step
from pmdesk.ui.consent.page import ConsentPage
from pmdesk.ui.main_window import MainWindow
from pmdesk.ui.pages.rules import RulesPage
from pmdesk.ui.pages.signin import SignInPage
from pmdesk.ui.pages.wizard import WizardPage
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.shell import Shell
from pmdesk.ui.tasks import Tasks

SURVEY = (PurposeCode("P4"),)

Steps = Iterator[None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What scenes play on: the real window over a demo office."""

    session: Session
    tasks: Tasks
    prompts: Prompts
    navigator: Navigator
    window: MainWindow
    setup: OfficeSetup

    def somebody(self, state: ConsentState) -> PersonId:
        """A resident whose consent to classification is in that state, or else anybody."""
        fitting = residents.found(self.session, ResidentQuery(consent=state))
        return PersonId((fitting or residents.found(self.session, ResidentQuery()))[0])


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: the widget to show, and steps to take, each when the one before is done."""

    name: str
    play: Callable[[Stage], Steps]
    widget: Callable[[Stage], QWidget] = lambda stage: stage.window

    def steps(self, stage: Stage, widget: QWidget) -> Steps:
        """The steps, played one by one."""
        del widget
        return self.play(stage)


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
        page.notice_step.read.emit(CLASSIFICATION)
        page.notice_step.told.emit(last is not Step.NOTICE)
        for code in (CLASSIFICATION, *(SURVEY if last > Step.CHOICES else ())):
            page.choices_step.decided.emit(code, last > Step.CHOICES or None)
        page.choices_step.adult_confirmed.emit(last > Step.CHOICES)
        page.proof_step.act_chosen.emit(Act.PAPER if last is Step.RECEIPT else Act.DRAWN)
        page.proof_step.noted.emit("A-2026-017", "李静")
        for _step in range(last):
            page.next()
            yield
        yield

    return play


def _explained(stage: Stage) -> Steps:
    stage.window.open_page("classes")
    yield
    stage.navigator.explain(stage.somebody(ConsentState.LIVE))
    yield


def _draft(stage: Stage) -> Steps:
    mine = [v for v in rules.versions(stage.session) if v.author == stage.session.staff.uid]
    draft = (
        mine[0].id if mine else rules.draft_from(stage.session, rules.versions(stage.session)[0].id)
    )
    stage.window.open_page("rules")
    yield
    page = stage.window.page_of("rules")
    if isinstance(page, RulesPage):
        page.show_version(draft)
    yield


SCENES: tuple[Scene, ...] = (
    Scene("signin", _nothing, _sign_in),
    Scene("wizard", _nothing, _wizard),
    _page("home"),
    _page("residents"),
    Scene("residents-nobody", _nobody_found),
    Scene("registration", _register),
    Scene("resident", _resident(ConsentState.LIVE)),
    Scene("resident-locked", _resident(ConsentState.NEVER_ASKED)),
    Scene("resident-withdrawn", _resident(ConsentState.WITHDRAWN)),
    *(Scene(f"consent-{step + 1}-{step.name.lower()}", _consent(step)) for step in Step),
    _page("classes"),
    Scene("classes-explained", _explained),
    _page("rules"),
    Scene("rules-draft", _draft),
    _page("charts"),
    _page("import"),
    _page("staff"),
    _page("settings"),
)
