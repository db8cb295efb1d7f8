"""The scenes of the watch: places and measures, the rules in use, the service delivered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from pmdesk.analytics.drift import drift
from pmdesk.app.stage import Scene, Stage, Steps, bring
from pmdesk.domain.classification import RulesetId
from pmdesk.domain.ports.watch import Bins
from pmdesk.domain.watch import Ground, MeasureState, Plan, month_start
from pmdesk.errors import StorageError
from pmdesk.i18n import _
from pmdesk.services.watch import due, measures
from pmdesk.services.watch.due import NextReview
from pmdesk.services.watch.reviews import Proposal
from pmdesk.ui.pages.home import HomePage
from pmdesk.ui.pages.rules import RulesPage
from pmdesk.ui.pages.watch import RULES, SERVED, WatchPage
from pmdesk.ui.watch.decide_dialog import DecideDialog
from pmdesk.ui.watch.measure_dialog import EndDialog, MeasureDialog, started

OnWatch = Callable[[WatchPage, Stage], object]
_NOTICE, _ROUNDS = "公示装修时间，午间和夜间停工", "每晚九点加一次楼道巡查"
_DAYS = (40, 3, -2)  # from today to the last day of each measure
_LATE = timedelta(days=5)  # of the measure that is overdue


def _watch(name: str, *acts: OnWatch) -> Scene:
    """The page after each of `acts`, one when the other has come."""

    def play(stage: Stage) -> Steps:
        _prepared(stage)
        stage.window.open_page("watch")
        page = stage.window.page_of("watch")
        if not isinstance(page, WatchPage):
            return
        page.show_part("places")
        page.reload()
        yield
        for act in acts:
            act(page, stage)
            yield

    return Scene(name, play)


def _prepared(stage: Stage) -> None:
    """There are measures in each state, and counts of the month before."""
    found = measures.measures(stage.session)
    if found.lines or not found.choices.buildings:
        return
    today = stage.session.clock.today()
    for at, days in enumerate(_DAYS):
        plan = Plan(
            building=found.choices.buildings[at % len(found.choices.buildings)],
            topic=("", "noise", "hygiene")[at],
            words=(_NOTICE, _ROUNDS, _NOTICE)[at],
            owner=stage.session.staff.uid,
            due=today + timedelta(days=max(days, 0)),
        )
        made = measures.add(stage.session, plan)
        if days < 0:
            measures.end(stage.session, made, MeasureState.DONE, "公示牌已装好")
    with stage.session.store.writing() as work:
        late = next(one for one in work.watch.measures() if one.plan.topic == "noise")
        work.watch.save(replace(late, plan=replace(late.plan, due=today - _LATE)))
        months = work.watch.months()
        before = month_start(today, 1)
        if months and before not in months:
            work.watch.keep_counts(before, _otherwise(work.watch.counts(months[0]) or {}))
        stage.session.log(work, "classify.all")
        work.commit()


def _otherwise(counts: Bins) -> Bins:
    """As if one answer had been given far more often the month before, and another a little."""
    found = {key: dict(bins) for key, bins in counts.items()}
    for key, share in (("field:quiet_window", 0.8), ("field:repair_need", 0.15)):
        bins = found.get(key, {})
        for code in [code for code in bins if code]:
            moved = round(bins[code] * share)
            bins[code] -= moved
            bins[""] = bins.get("", 0) + moved
    return found


def _part(part: str) -> OnWatch:
    return lambda page, _stage: page.show_part(part)


def _bring(find: Callable[[WatchPage], QWidget]) -> OnWatch:
    return lambda page, _stage: bring(find(page))


def _trouble(page: WatchPage, _stage: Stage) -> None:
    page.spots.explain(StorageError("The disk is full; what was saved before is still there."))


def _suspension(page: WatchPage, stage: Stage) -> None:
    """A suspension is proposed, the legality review is over its day, and much has changed."""
    found, today = page.in_use.found, stage.session.clock.today()
    if found is not None and found.active is not None:
        version = found.active.version
        late = NextReview(version=version, day=today - _LATE, is_over=True)
        proposed = replace(_proposal(), version=version)
        much = drift({"": 900, "noon": 100}, {"": 500, "noon": 300, "night_extended": 200})
        words = _("It changed much: check the rules and what is asked.")
        changes = tuple(replace(one, drift=much, sentence=words) for one in found.changes[:1])
        few = tuple(replace(one, drift=drift({}, {})) for one in found.changes[-1:])
        page.in_use.show_found(
            replace(
                found,
                proposals=(proposed,),
                review=late,
                changes=(*changes, *found.changes[1:8], *few),
            )
        )


def _form(stage: Stage) -> QWidget:
    _prepared(stage)
    choices = measures.measures(stage.session).choices
    start = started(choices.buildings[0], "noise", stage.session)
    made = MeasureDialog(stage.session, stage.tasks, choices, start, stage.window)
    made.words.setText(_NOTICE)
    return made


def _ending(stage: Stage) -> QWidget:
    _prepared(stage)
    line = measures.measures(stage.session).lines[0]
    return EndDialog(stage.session, stage.tasks, line, MeasureState.DONE, stage.window)


def _deciding(stage: Stage) -> QWidget:
    return DecideDialog(stage.session, stage.tasks, _proposal(), stage.window)


def _proposal() -> Proposal:
    return Proposal(
        ruleset=RulesetId(1),
        version=1,
        ground=Ground.REVERSALS,
        sentence=_("People who looked again changed more than one result in ten."),
        upto=0,
    )


def _at_home(stage: Stage) -> Steps:
    _prepared(stage)
    stage.window.open_page("home")
    yield
    page = stage.window.page_of("home")
    if isinstance(page, HomePage):
        page.watch.show_waiting(due.waiting(stage.session))
    yield


def _on_rules(stage: Stage) -> Steps:
    stage.window.open_page("rules")
    yield
    page = stage.window.page_of("rules")
    if isinstance(page, RulesPage):
        page.proposal.show_proposals((_proposal(),))
    yield


def _nothing(_stage: Stage) -> Steps:
    yield


WATCH: tuple[Scene, ...] = (
    _watch("watch"),
    _watch("watch-measures", _bring(lambda page: page.measures)),
    _watch("watch-trouble", _bring(lambda page: page.spots), _trouble),
    _watch("watch-rules", _part(RULES)),
    _watch("watch-suspension", _part(RULES), _suspension),
    _watch("watch-complaints", _part(RULES), _bring(lambda page: page.in_use.complaints)),
    _watch("watch-served", _part(SERVED)),
    Scene("watch-form", _nothing, _form),
    Scene("watch-end", _nothing, _ending),
    Scene("watch-decide", _nothing, _deciding),
    Scene("watch-home", _at_home),
    Scene("watch-proposal", _on_rules),
)
