"""The scenes of trust: keys, damage, restoring, who may do what, large lists, log and backups."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pmdesk.app.clock import SystemClock
from pmdesk.app.restoring import OfficeRestoring
from pmdesk.app.stage import Scene, Stage, Steps, bring
from pmdesk.domain import export_guard as limits
from pmdesk.domain.backups import Plan, When
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.export_guard import Errand, ExportPurpose, Recipient
from pmdesk.domain.fields import Value
from pmdesk.domain.inspections import Part
from pmdesk.domain.progress import silent
from pmdesk.domain.proof import Flaw
from pmdesk.domain.staff import Role
from pmdesk.i18n import Words, said
from pmdesk.services import backups, colleagues, export_guard, log_proof
from pmdesk.services.colleagues import Colleague
from pmdesk.services.export_guard import Shown
from pmdesk.services.log_proof import Alarm
from pmdesk.store.vault.engine import damaged
from pmdesk.ui.access.matrix_card import AccessCard
from pmdesk.ui.keeping.exports import ExportsPanel
from pmdesk.ui.keeping.inspection import InspectionPanel
from pmdesk.ui.keys.damage_dialog import DamageDialog
from pmdesk.ui.keys.rotation_dialog import RotationDialog
from pmdesk.ui.log.alarm import alarm_sentence
from pmdesk.ui.manual.dialog import ManualDialog
from pmdesk.ui.pages.backups import BackupsPage
from pmdesk.ui.pages.classification import ClassificationPage
from pmdesk.ui.pages.damaged import DamagedPage
from pmdesk.ui.pages.home import HomePage
from pmdesk.ui.pages.log import LogPage
from pmdesk.ui.pages.records import RecordsPage
from pmdesk.ui.pages.resident import ResidentPage
from pmdesk.ui.pages.settings import SettingsPage
from pmdesk.ui.pages.staff import StaffPage
from pmdesk.ui.restore.page import RestorePage
from pmdesk.ui.shell import Shell
from pmdesk.ui.staff.leaving_dialog import LeavingDialog
from pmdesk.ui.staff.recovery_dialog import RecoveryDialog
from pmdesk.ui.staff.role_dialog import RoleDialog
from pmdesk.ui.theme import Tone

_SECRET = "granite teapot willow sunrise 47"  # noqa: S105  # of backups that go with the tour
_WHY = Words("秋季检修要按楼栋排期，需要全部住户。", "The autumn checks are planned by building.")
_LEFT = Words("王芳的账号已停用。", "The account of Wang Fang is closed.")
_OFFICE = "阳光花园"
_ERRAND = Errand(
    purpose=ExportPurpose.SERVICE, recipient=Recipient.PROCESSOR, to="演示市安达电梯有限公司"
)
_COOLING = {limits.Stage.COOLING}
_REQUEST: dict[str, Value] = {
    "authority": "演示区网信办",
    "document": "网信检〔2026〕8 号",
    "article": "个人信息保护法第63条",
    "shown": True,
    "parts": (Part.OFFICE, Part.RULES, Part.LOG, Part.BACKUPS),
}

P = TypeVar("P", bound=QWidget)


@dataclass(frozen=True, slots=True)
class _Own(Scene):
    """A scene whose steps are taken on its own widget."""

    act: Callable[[QWidget, Stage], Steps] = lambda _widget, _stage: iter(())

    @override
    def steps(self, stage: Stage, widget: QWidget) -> Steps:
        """The steps on that widget."""
        return self.act(widget, stage)


def _nothing(_stage: Stage) -> Steps:
    yield


def _on(name: str, kind: type[P], *acts: Callable[[P, Stage], object]) -> Callable[[Stage], Steps]:
    """The page of that name after each of `acts` was done on it, one when the other has come."""

    def play(stage: Stage) -> Steps:
        stage.window.open_page(name)
        yield
        for act in acts:
            page = stage.window.page_of(name)
            if isinstance(page, kind):
                act(page, stage)
            yield

    return play


def _shell(page: QWidget) -> Shell:
    shell = Shell()
    shell.show_page(page)
    return shell


# ---- keys and damage ---------------------------------------------------------------------------


def _rotation(stage: Stage) -> QWidget:
    parts = (stage.session, stage.tasks, stage.prompts, stage.window)
    return RotationDialog(*parts, why=said(_LEFT), sealed=True)


def _keys_card(page: SettingsPage, _stage: Stage) -> None:
    if page.keys is not None:
        bring(page.keys)


def _damaged_page(stage: Stage) -> QWidget:
    return _shell(DamagedPage(damaged(), stage.setup.suggested_folder()))


def _damage_dialog(stage: Stage) -> QWidget:
    return DamageDialog(damaged(), stage.setup.suggested_folder(), stage.window)


# ---- backups and restoring ---------------------------------------------------------------------


def _with_backups(stage: Stage) -> None:
    """There are two backups; the older one is kept for good, and a stick is not there."""
    if backups.listed(stage.session):
        return
    backups.set_passphrase(stage.session, _SECRET)
    stick = stage.setup.suggested_folder().parent / "U盘" / "备份"
    stick.mkdir(parents=True)
    backups.save_plan(stage.session, Plan(when=When.DAILY, hour=18, places=(stick,)))
    _changes, first = backups.make(stage.session, silent)
    backups.pin(stage.session, first.path)
    stick.rename(stick.with_name("拔出"))
    backups.make(stage.session, silent)


def _backups(stage: Stage) -> Steps:
    _with_backups(stage)

    yield from _on("backups", BackupsPage, lambda page, _stage: page.reload(), _picked)(stage)


def _picked(page: BackupsPage, _stage: Stage) -> None:
    page.files.table.view.selectRow(1)


def _restore_page(stage: Stage) -> QWidget:
    _with_backups(stage)
    ways = OfficeRestoring(stage.setup, SystemClock())
    return _shell(RestorePage(ways, stage.tasks, stage.prompts))


def _restoring(last: int, secret: str = _SECRET) -> Callable[[QWidget, Stage], Steps]:
    """The steps of a restore up to `last`; another `secret` does not open the backup."""

    def play(shell: QWidget, stage: Stage) -> Steps:
        page = shell.page if isinstance(shell, Shell) else None
        if not isinstance(page, RestorePage):
            return
        page.file.line.setText(str(backups.listed(stage.session)[0].found.path))
        page.file.secret.line.setText(secret)
        while page.at < last or secret != _SECRET:
            if page.owner.isVisible():
                page.owner.passphrase.first.line.setText(_SECRET)
                page.owner.passphrase.second.line.setText(_SECRET)
            page.go.click()
            yield
            if secret != _SECRET:
                return

    return play


# ---- staff -------------------------------------------------------------------------------------


def _colleague(stage: Stage, role: Role) -> Colleague:
    return next(one for one in colleagues.listed(stage.session) if one.staff.role is role)


def _staff_picked(page: StaffPage, _stage: Stage) -> None:
    page.table.view.selectRow(1)


def _leaving(stage: Stage) -> QWidget:
    one = _colleague(stage, Role.CLERK)
    return LeavingDialog(stage.session, stage.tasks, one, stage.window)


def _role(stage: Stage) -> QWidget:
    one = _colleague(stage, Role.MANAGER).staff
    made = RoleDialog(stage.session, stage.tasks, one, stage.window)
    made.role.setCurrentIndex(made.role.findData(Role.CLERK))
    return made


def _recovery(stage: Stage) -> QWidget:
    return RecoveryDialog(stage.session, stage.tasks, _OFFICE, stage.window)


def _matrix(page: StaffPage, _stage: Stage) -> None:
    card = page.findChild(AccessCard)
    if card is not None:
        bring(card)


def _values(page: RecordsPage, _stage: Stage) -> None:
    card = page.open_tab("access").findChild(AccessCard)
    if card is not None:
        card.which.buttons()[1].click()


def _reason(stage: Stage) -> Steps:
    stage.navigator.show_list()
    yield
    stage.navigator.open_resident(stage.somebody(ConsentState.LIVE))
    yield
    page = stage.window.page
    if isinstance(page, ResidentPage):
        page.card.eye.click()
        page.card.reasons.choices[-1].click()
    yield


# ---- large lists and the pack ------------------------------------------------------------------


def _nothing_asked(_page: ClassificationPage, stage: Stage) -> None:
    """Requests of an earlier tour over the same office are taken back."""
    for one in export_guard.own(stage.session):
        if one.stage.is_open:
            export_guard.withdraw(stage.session, one.request.id)


def _open_bar(page: ClassificationPage, _stage: Stage) -> None:
    page.export.open()
    page.export.errand.show_errand(_ERRAND)
    page.export.guard.reason.setText(said(_WHY))


def _asked(page: ClassificationPage, _stage: Stage) -> None:
    page.export.guard.ask.click()


def _requests(stage: Stage, *stages: limits.Stage) -> Sequence[Shown]:
    """A request of one's own as it would stand in each of these stages."""
    own = export_guard.own(stage.session)[:1]
    waits = stage.session.clock.now() + limits.COOLING
    return tuple(
        replace(one, stage=at, decider="陈磊", waits_until=waits if at in _COOLING else None)
        for one in own
        for at in stages
    )


def _answered(page: ClassificationPage, stage: Stage) -> None:
    """One was agreed to a moment ago, another an hour before."""
    found = _requests(stage, limits.Stage.READY, limits.Stage.COOLING)
    page.export.outcome.show_sentence("")
    page.export.guard.show_guard(None, found)


def _waiting(page: RecordsPage, stage: Stage) -> None:
    """What a colleague sees who may decide."""
    panel = page.open_tab("exports")
    if isinstance(panel, ExportsPanel):
        found = _requests(stage, limits.Stage.WAITING)
        panel.desk.show_requests([replace(one, decidable=True, asker="李静") for one in found])


def _pack(page: RecordsPage, _stage: Stage) -> None:
    panel = page.open_tab("inspection")
    if isinstance(panel, InspectionPanel):
        if not panel.more.isChecked():
            panel.more.click()
        panel.form.show_values(_REQUEST)


# ---- the log -----------------------------------------------------------------------------------


def _alarm(page: HomePage, stage: Stage) -> None:
    """As after a check that found a gap."""
    with stage.session.store.reading() as work:
        last = work.audit.recent(1)[0]
    found = replace(last, action=log_proof.BROKEN, fields=("8112", Flaw.UNLINKED.value))
    sentence = alarm_sentence(Alarm(at=last.at, findings=(found,)))
    page.alarm.show_sentence(sentence, Tone.PROBLEM)


def _checked(page: LogPage, _stage: Stage) -> None:
    page.check_everything()


def _household(page: LogPage, stage: Stage) -> None:
    person = stage.somebody(ConsentState.LIVE)
    with stage.session.store.reading() as work:
        room = work.people.get(person).occupancies[0].unit.label
    page.show_person(person, room)


def _manual(stage: Stage) -> QWidget:
    return ManualDialog(stage.tasks, stage.prompts, stage.window, chapter="protection")


_STEPS = ("file", "inside", "folder", "owner", "key")
_TABLE = ("classes", ClassificationPage)

TRUST: tuple[Scene, ...] = (
    Scene("keys", _on("settings", SettingsPage, _keys_card)),
    Scene("keys-change", _nothing, _rotation),
    Scene("keys-recovery", _nothing, _recovery),
    Scene("damaged", _nothing, _damaged_page),
    Scene("damaged-open", _nothing, _damage_dialog),
    Scene("staff-picked", _on("staff", StaffPage, _staff_picked)),
    Scene("staff-leaving", _nothing, _leaving),
    Scene("staff-role", _nothing, _role),
    Scene("access", _on("staff", StaffPage, _matrix)),
    Scene("access-values", _on("records", RecordsPage, _values)),
    Scene("resident-reason", _reason),
    Scene("export-large", _on(*_TABLE, _nothing_asked, _open_bar, _open_bar)),
    Scene("export-waiting", _on(*_TABLE, _open_bar, _open_bar, _asked, _asked)),
    Scene("export-answered", _on(*_TABLE, _answered)),
    Scene("export-desk", _on("records", RecordsPage, _waiting, _waiting)),
    Scene("inspection", _on("records", RecordsPage, _pack, _pack)),
    Scene("log-alarm", _on("home", HomePage, _alarm)),
    Scene("log-household", _on("log", LogPage, _checked, _household)),
    Scene("backups-plan", _backups),
    *(
        _Own(f"restore-{at + 1}-{name}", _nothing, _restore_page, _restoring(at))
        for at, name in enumerate(_STEPS)
    ),
    _Own("restore-wrong", _nothing, _restore_page, _restoring(0, "falsch falsch falsch 1")),
    Scene("manual", _nothing, _manual),
)
