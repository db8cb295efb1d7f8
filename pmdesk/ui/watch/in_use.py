"""The rules in use: what is proposed, what changed, how people answer, what complaints say."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.analytics.drift import Verdict as Drifted
from pmdesk.domain.fairness import VERDICTS
from pmdesk.domain.requests import RequestId
from pmdesk.domain.watch import FEWEST, About
from pmdesk.errors import PmdeskError
from pmdesk.i18n import Words, _, said
from pmdesk.services.fairness.words import MEANINGS
from pmdesk.services.session import Session
from pmdesk.services.watch import reviews, rules_in_use
from pmdesk.services.watch.reviews import Complaint
from pmdesk.services.watch.rules_in_use import EVENTS, Change, Held, InUse, Month
from pmdesk.ui import theme
from pmdesk.ui.forms.cell import choice_box, fill
from pmdesk.ui.tables.model import MISSING, Align, Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.watch.panel import Panel
from pmdesk.ui.watch.proposals import sentence
from pmdesk.ui.watch.words import drift_badge
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label

_LEAST_P = 0.001  # that is told
Judgement = tuple[About, bool]
_JUDGEMENTS: tuple[tuple[Judgement, Words], ...] = (
    ((About.OTHER, False), Words("与分类无关", "not about the classification")),
    ((About.CLASSIFICATION, False), Words("涉及分类，不成立", "about it, not upheld")),
    ((About.CLASSIFICATION, True), Words("涉及分类，成立", "about it, upheld")),
    ((About.DISCRIMINATION, False), Words("认为受歧视，不成立", "discrimination, not upheld")),
    ((About.DISCRIMINATION, True), Words("认为受歧视，成立", "discrimination, upheld")),
)


class InUsePanel(Panel):
    """What a reviewer looks at every month."""

    rules_requested = Signal()
    case_requested = Signal(object)  # RequestId

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(tasks)
        self._session = session
        self.found: InUse | None = None
        asks = self.rules_requested.emit
        self.proposal = Banner(action=_("Open the rules"), pressed=asks)
        self.review = Banner(action=_("Open the rules"), pressed=asks)
        self.rules = button(_("Open the rules"), asks, picture="scale")
        self.version = label("", "heading", wrap=True)
        self.shares, self.fair = label("", wrap=True), label("", wrap=True)
        self.changes = RowsModel[Change](_change_columns())
        self.drift = Table(self.changes, _no_changes(), nobody=True)
        self.compared, self.said = label("", "muted", wrap=True), label("", wrap=True, select=True)
        self.drift.view.picked.connect(self._say)
        self.months = RowsModel[Month](_month_columns())
        self.events = Table(self.months, EmptyState(""), nobody=True)
        self.events.view.setAccessibleName(_("Month by month"))
        self.counts = RowsModel[Held](_held_columns())
        self.held = Table(self.counts, _no_changes(), nobody=True)
        self.held.view.setAccessibleName(_("How many have each tier and tag"))
        self.counted = label("", "muted", wrap=True)
        self._judged = QWidget()
        self._arrange()

    @override
    def reload(self) -> None:
        """The panel shows how things stand."""
        self.ask(partial(rules_in_use.in_use, self._session), self.show_found, "in_use")

    def show_found(self, found: InUse) -> None:
        """These figures are shown."""
        self.found = found
        first = found.proposals[0] if found.proposals else None
        self.proposal.show_sentence(sentence(first) if first else "", Tone.PROBLEM)
        self.review.show_sentence(*_review_words(found))
        self.version.setText(_version(found))
        self.shares.setText(found.everyone_else)
        self.fair.setText(_fairness(found))
        self.compared.setText(_compared(found))
        self._fill(self.drift, self.changes, found.changes)
        self._say(found.changes[0] if found.changes else None)
        self._fill(self.events, self.months, found.months)
        self.counted.setText(_counted(found))
        self._fill(self.held, self.counts, found.held)
        self._judge(found)
        for card in self.cards:
            card.show()

    def _arrange(self) -> None:
        head = Card()
        for part in (self.version, self.shares, self.fair):
            head.add(part)
        head.body.addWidget(self.rules, 0, Qt.AlignmentFlag.AlignLeft)
        drift = Card(_("Changes from month to month"))
        drift.add(self.compared)
        drift.add(self.drift)
        drift.add(self.said)
        drift.add(label(_reckoned(), "muted", wrap=True))
        months = Card(_("Month by month"))
        words = _(
            "Answers about classification, and what came after. “<{count}” stands for at least one"
            " and fewer than {count}."
        )
        months.add(label(words.format(count=FEWEST), "muted", wrap=True))
        months.add(self.events)
        held = Card(_("How many have each tier and tag"))
        held.add(self.counted)
        held.add(self.held)
        self.complaints = Card(_("Complaints to the rights desk"))
        self.complaints.add(label(_about_complaints(), "muted", wrap=True))
        self.complaints.add(self._judged)
        self.cards = (head, drift, held, months, self.complaints)
        self.column.addWidget(self.proposal)
        self.column.addWidget(self.review)
        for card in self.cards:
            self.column.addWidget(card)
            card.hide()

    def _fill(self, table: Table, model: RowsModel[Any], rows: Sequence[Any]) -> None:
        model.set_rows(rows)
        high = table.view.verticalHeader().defaultSectionSize()
        table.setFixedHeight(high * min(max(len(rows), 3), 14) + theme.length(64))
        if rows:
            table.view.selectRow(0)

    def _say(self, change: Change | None) -> None:
        self.said.setText(
            _("{name}: {words}").format(name=said(change.name), words=change.sentence)
            if change
            else ""
        )

    # ---- complaints ------------------------------------------------------------------------

    def _judge(self, found: InUse) -> None:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if not found.complaints:
            column.addWidget(label(_("No complaint was closed since these rules hold."), wrap=True))
        for one in found.complaints:
            column.addWidget(self._row(one))
        self.complaints.body.replaceWidget(self._judged, made)
        self._judged.hide()
        self._judged.deleteLater()
        self._judged = made

    def _row(self, one: Complaint) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        show = partial(self.case_requested.emit, one.request)
        row.addWidget(button(one.number, show, look="link"))
        row.addWidget(label(one.closed_on.isoformat(), "muted"))
        row.addStretch(1)
        box = choice_box(careful=True)
        box.setMinimumContentsLength(16)
        box.setAccessibleName(_("What {number} was about").format(number=one.number))
        fill(box, [(_("not judged yet"), None), *((said(w), key) for key, w in _JUDGEMENTS)])
        finding = one.finding
        if finding is not None:
            keys = [None, *(key for key, _words in _JUDGEMENTS)]
            box.setCurrentIndex(keys.index((finding.about, finding.upheld)))
        box.activated.connect(lambda at, one=one: self._found(one.request, at))
        row.addWidget(box)
        return made

    def _found(self, request: RequestId, at: int) -> None:
        if at == 0:  # a finding is taken back by another one
            self.reload()
            return
        (about, upheld), _words = _JUDGEMENTS[at - 1]
        work = partial(reviews.found, self._session, request, about, upheld=upheld)
        self._tasks.command(work, owner=self, failed=self._not_judged)

    def _not_judged(self, error: PmdeskError) -> None:
        """The lists say what is on record again, not what was chosen in vain."""
        if self.found is not None:
            self._judge(self.found)
        self.explain(error)


def _version(found: InUse) -> str:
    if found.active is None:
        return _("No rules are in force: everybody is served by the contract's standard.")
    words = _("Version {version} is in force since {day}.")
    at = found.active.activated_at
    day = at.astimezone().date().isoformat() if at else "—"
    return words.format(version=found.active.version, day=day)


def _fairness(found: InUse) -> str:
    if found.active is None:
        return ""
    if found.fairness.verdict is None or found.fairness.day is None:
        return _("Fairness of results: no figures of this version; a reviewer looks by hand.")
    words = _("Fairness of results, figures of {day}: {verdict}.")
    verdict = found.fairness.verdict
    meaning = _(MEANINGS[verdict]) if verdict in MEANINGS else said(VERDICTS[verdict])
    return words.format(day=found.fairness.day.isoformat(), verdict=meaning.rstrip("。."))


def _review_words(found: InUse) -> tuple[str, Tone]:
    due = found.review
    if due is None:
        return "", Tone.INFO
    if due.is_over:
        words, tone = _("The legality review of version {version} was due on {day}."), Tone.PROBLEM
    else:
        words, tone = _("The legality review of version {version} is due by {day}."), Tone.WARN
    return words.format(version=due.version, day=due.day.isoformat()), tone


def _compared(found: InUse) -> str:
    if found.compared is None:
        return _(
            "Tiers and answers are counted once a month; they can be compared from the second"
            " month on. Answers of fewer than {count} people are put together."
        ).format(count=FEWEST)
    before, now = found.compared
    words = _("Counts of {now}, beside those of {before}. Orders: the last two whole months.")
    return words.format(now=f"{now:%Y-%m}", before=f"{before:%Y-%m}")


def _reckoned() -> str:
    return _(
        "How this is reckoned: the size of the change is the population stability index (PSI), up"
        " to 0.1 nothing, above 0.25 much; whether chance would do it is the p of a chi-square"
        " test. Of fewer than 500 people only the second counts."
    )


def _counted(found: InUse) -> str:
    if not found.kept:
        return ""
    words = _("Counted once a month: {months}. “<{count}” stands for fewer than {count} people.")
    months = _(", ").join(f"{one:%Y-%m}" for one in found.kept)
    return words.format(months=months, count=FEWEST)


def _no_changes() -> EmptyState:
    return EmptyState(_("There are no two months to compare yet."), picture="calendar")


def _about_complaints() -> str:
    return _(
        "A person says what each closed complaint was about. A complaint about discrimination that"
        " was upheld proposes to suspend the rules; a person decides about that too."
    )


def _change_columns() -> tuple[Column[Change], ...]:
    return (
        Column(key="name", title=_("What"), cell=lambda one: said(one.name)),
        Column(
            key="verdict",
            title=_("Verdict"),
            cell=lambda one: drift_badge(one.drift.verdict).words,
            badge=lambda one: drift_badge(one.drift.verdict),
            width=20,
        ),
        Column(
            key="index",
            title=_("Size of the change"),
            cell=lambda one: _figure(one, f"{one.drift.index:.2f}"),
            align=Align.END,
            width=14,
        ),
        Column(
            key="p",
            title=_("Would chance do it?"),
            cell=lambda one: _figure(one, _chance(one.drift.p)),
            align=Align.END,
            width=14,
        ),
    )


def _figure(one: Change, told: str) -> str:
    """No number where there is too little to count."""
    return MISSING if one.drift.verdict is Drifted.TOO_FEW else told


def _chance(p: float) -> str:
    return f"<{_LEAST_P}" if p < _LEAST_P else f"{p:.3f}"


def _held_columns() -> tuple[Column[Held], ...]:
    return (
        Column(key="name", title=_("Tier or tag"), cell=lambda one: said(one.name)),
        Column(key="counts", title=_("Month by month"), cell=_trend, align=Align.END, width=36),
        Column(
            key="change",
            title=_("Change to the month before"),
            cell=_step,
            align=Align.END,
            width=18,
        ),
    )


def _step(one: Held) -> str:
    if one.change is None:
        return MISSING
    return f"{one.change:+,}" if one.change else "0"


def _trend(one: Held) -> str:
    return " → ".join(map(_number, one.counts))


def _number(count: int | None) -> str:
    return f"<{FEWEST}" if count is None else f"{count:,}"


def _month_columns() -> tuple[Column[Month], ...]:
    def count(at: int, month: Month) -> str:
        return _number(month.counts[at])

    return (
        Column(key="month", title=_("Month"), cell=lambda one: f"{one.month:%Y-%m}"),
        *(
            Column(key=key, title=said(words), cell=partial(count, at), align=Align.END, width=10)
            for at, (key, words) in enumerate(EVENTS.items())
        ),
    )
