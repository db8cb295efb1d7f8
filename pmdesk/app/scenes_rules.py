"""The scenes of the rules desk: each tab in its main states, and what residents see of it."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from pmdesk.app.stage import Scene, Stage, Steps, bring
from pmdesk.domain.classification import RulesetId, RulesetStatus
from pmdesk.i18n import _
from pmdesk.rules.facts import Fact
from pmdesk.services import rules
from pmdesk.services.rule_exchange import exchange
from pmdesk.ui.pages.resident import ResidentPage
from pmdesk.ui.pages.rules import RulesPage
from pmdesk.ui.rules.compare.panel import ComparePanel
from pmdesk.ui.rules.exchange.dialog import ImportDialog
from pmdesk.ui.rules.fairness_panel import FairnessPanel
from pmdesk.ui.rules.group_dialog import GroupDialog
from pmdesk.ui.rules.review.panel import ReviewPanel
from pmdesk.ui.rules.workbench import Workbench

_LIST = "repair_need"  # the field of the group dialog
_ASKED, _ASKED_NOT = '<text>"in_home"</text>', '<text>not("none")</text>'
_REVIEWED = "LR-21"  # the item that is being answered

W = TypeVar("W", bound=QWidget)


def _version(stage: Stage, status: RulesetStatus) -> RulesetId:
    """The newest version with that status, or else the newest."""
    found = rules.versions(stage.session)
    return next((one.id for one in found if one.status is status), found[0].id)


def _draft(stage: Stage) -> RulesetId:
    """A draft of one's own; a colleague's is copied first, with what is wrong in it."""
    mine = [one for one in rules.versions(stage.session) if one.author == stage.session.staff.uid]
    if mine:
        return mine[0].id
    return rules.draft_from(stage.session, _version(stage, RulesetStatus.DRAFT))


def _shown(stage: Stage, ruleset: RulesetId, tab: str = "table") -> Steps:
    stage.window.open_page("rules")
    yield
    page = stage.window.page_of("rules")
    if isinstance(page, RulesPage):
        page.show_version(ruleset)
        page.tabs.panel(tab)
    yield


def _of(status: RulesetStatus, tab: str = "table") -> Callable[[Stage], Steps]:
    """A tab of the version with that status."""
    return lambda stage: _shown(stage, _version(stage, status), tab)


def _own(tab: str) -> Callable[[Stage], Steps]:
    """A tab of the draft."""
    return lambda stage: _shown(stage, _draft(stage), tab)


def _bench(stage: Stage) -> Workbench | None:
    page = stage.window.page_of("rules")
    return page.bench if isinstance(page, RulesPage) else None


def _panel(stage: Stage, key: str, kind: type[W]) -> W | None:
    page = stage.window.page_of("rules")
    panel = page.tabs.panel(key) if isinstance(page, RulesPage) else None
    return panel if isinstance(panel, kind) else None


def _found(stage: Stage) -> Steps:
    """The draft, led to the row that the check names."""
    yield from _own("table")(stage)
    if (bench := _bench(stage)) is not None:
        rows = bench.findings.rows
        for row in rows[:1]:
            row.chosen.emit()
    yield


def _folded(stage: Stage) -> Steps:
    yield from _own("table")(stage)
    if (bench := _bench(stage)) is not None:
        bench.toolbar.fold.fold(True)
    yield


def _expert(stage: Stage) -> Steps:
    yield from _own("table")(stage)
    if (bench := _bench(stage)) is not None:
        bench.toolbar.fold.fold(False)
        bench.toolbar.expert.setChecked(True)
    yield


def _review(stage: Stage) -> Steps:
    """The version that waits; the item about groups of people is being answered."""
    if (bench := _bench(stage)) is not None:
        bench.toolbar.expert.setChecked(False)
    yield from _of(RulesetStatus.SUBMITTED, "review")(stage)
    yield
    panel = _panel(stage, "review", ReviewPanel)
    if panel is not None and _REVIEWED in panel.rows:
        row = panel.rows[_REVIEWED]
        row.open(shown=True)
        if row.box is not None:
            row.box.verdict.buttons()[0].click()
        yield
        bring(row)
    yield


def _figures(stage: Stage) -> Steps:
    """The figures of the version in force, at the groups."""
    yield from _of(RulesetStatus.ACTIVE, "fairness")(stage)
    yield
    panel = _panel(stage, "fairness", FairnessPanel)
    if panel is not None:
        bring(panel.tables)
    yield


def _compare(stage: Stage) -> Steps:
    """The draft beside the version in force, with a row moved and a tier changed."""
    yield from _own("table")(stage)
    page = stage.window.page_of("rules")
    if isinstance(page, RulesPage) and page.bench is not None:
        table = page.bench.model.table
        row = table.rules[7]
        page.bench.model.edit(table.with_output(row.id, tier="special").moved(row.id, 2), "")
        page.keep_now()
        page.tabs.panel("compare")
    yield


def _matrix(stage: Stage) -> Steps:
    yield from _compare(stage)
    yield
    panel = _panel(stage, "compare", ComparePanel)
    if panel is not None:
        bring(panel.list_button)
    yield


def _movers(stage: Stage) -> Steps:
    panel = _panel(stage, "compare", ComparePanel)
    if panel is not None:
        panel.list_button.click()
        yield
        bring(panel.movers)
    yield


def _history(stage: Stage) -> Steps:
    """The resident whose tier changed, at the changes."""
    stage.navigator.show_list()
    yield
    stage.navigator.open_resident(stage.changed())
    yield
    page = stage.window.page
    if isinstance(page, ResidentPage):
        bring(page.tier.history)
    yield


def _letter(stage: Stage) -> Steps:
    """The reasons of that resident's tier, with the letter and the changes."""
    stage.window.open_page("classes")
    yield
    stage.navigator.explain(stage.changed())
    yield


def _nothing(_stage: Stage) -> Steps:
    yield


def _group_dialog(stage: Stage) -> QWidget:
    flags = [fact for fact in rules.offered(stage.session) if fact.list == _LIST]
    single: list[Fact] = [fact for fact in flags if len(fact.any_of) == 1]
    return GroupDialog(single, single[:2], stage.window)


def _import_dialog(stage: Stage) -> QWidget:
    """The version in force as another tool might have written it."""
    name = _("Rules v{version}").format(version=2) + ".dmn"
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        exchange.export_dmn(stage.session, _version(stage, RulesetStatus.ACTIVE), path)
        text = path.read_text(encoding="utf-8").replace(_ASKED, _ASKED_NOT, 1)
        path.write_text(text, encoding="utf-8")
        return ImportDialog(exchange.read_file(stage.session, path), name, stage.window)


RULES: tuple[Scene, ...] = (
    Scene("rules", _of(RulesetStatus.ACTIVE)),
    Scene("rules-planned", _of(RulesetStatus.APPROVED)),
    Scene("rules-draft", _found),
    Scene("rules-folded", _folded),
    Scene("rules-sfeel", _expert),
    Scene("rules-group", _nothing, _group_dialog),
    Scene("rules-review", _of(RulesetStatus.ACTIVE, "review")),
    Scene("rules-review-answer", _review),
    Scene("rules-examples", _own("examples")),
    Scene("rules-fairness", _figures),
    Scene("rules-fairness-none", _of(RulesetStatus.SUBMITTED, "fairness")),
    Scene("rules-compare", _compare),
    Scene("rules-matrix", _matrix),
    Scene("rules-movers", _movers),
    Scene("rules-import", _nothing, _import_dialog),
)

TIERS: tuple[Scene, ...] = (
    Scene("resident-history", _history),
    Scene("classes-letter", _letter),
)
