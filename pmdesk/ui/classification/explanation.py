"""Why a person has a tier: the rule that won, cell by cell, and what a stronger one still asks."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.classification import ResidentRow
from pmdesk.domain.tiers import STANDARD
from pmdesk.i18n import N_, _, ngettext, said
from pmdesk.rules.explain import ExplainedCell, ExplainedRule, Verdict
from pmdesk.services.classification import Reasons
from pmdesk.services.wording import where
from pmdesk.ui.badges import tier_badge
from pmdesk.ui.classification.letter import LetterButton
from pmdesk.ui.classification.tier_history import TierHistory
from pmdesk.ui.rules.edits import cell_text
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import Picture, label, rule
from pmdesk.ui.widgets.pill import Badge, Pill

_LEAST = 32  # digits: narrower, its sentences cannot be read
_FIRST = 3  # stronger rules that are shown before one asks for more
_VERDICTS: Mapping[Verdict, tuple[str, Tone, str]] = {
    Verdict.TRUE: ("circle-check", Tone.GOOD, N_("fits")),
    Verdict.FALSE: ("circle-minus", Tone.NEUTRAL, N_("does not fit")),
    Verdict.UNKNOWN: ("circle-help", Tone.WARN, N_("not known")),
}


def no_consent_words() -> str:
    """What is said about a person whom no rule looks at."""
    return _(
        "There is no live consent to classification, so no rule looks at this person. All services"
        " of the contract are provided as for everybody; nothing is lost."
    )


def cell_line(cell: ExplainedCell, withheld: frozenset[str]) -> str:
    """One cell: what is asked, what the person has, and whether it fits."""
    if cell.fact.key in withheld:
        return _("{label}: checked by the rule, shown to the duty leader only").format(
            label=said(cell.fact.label)
        )
    return _("{label}: asked {asked} · here {given} · {verdict}").format(
        label=said(cell.fact.label),
        asked=cell_text(cell.cell, cell.fact),
        given=cell.given,
        verdict=_(_VERDICTS[cell.verdict][2]),
    )


def stronger(reasons: Reasons) -> tuple[ExplainedRule, ...]:
    """The rules for a stronger tier, the one with least to mend first."""
    return tuple(row for row in reasons.explanation.why_not() if row.failing)


class ExplanationPanel(QScrollArea):
    """Says why, for the person that is chosen in the table."""

    left = Signal()  # back to where the user came from

    def __init__(self, letter: LetterButton) -> None:
        super().__init__()
        self.letter = letter
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._person: int | None = None
        self._leaver = button(_("Back to the list"), self.left.emit, picture="chevron-left")
        self._leaver.setObjectName("explanation.back")
        self._leaver.hide()
        self._content = QVBoxLayout()
        inner = QWidget()
        inner.setProperty("look", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._leaver, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.letter)
        column.addLayout(self._content, 1)
        self.setWidget(inner)
        self.show_nobody()

    @override
    def minimumSizeHint(self) -> QSize:
        digits = _LEAST * self.fontMetrics().horizontalAdvance("0")
        return QSize(digits, super().minimumSizeHint().height())

    def offer_back(self, words: str) -> None:
        """A button with these words leads back; none when there are no words."""
        self._leaver.setText(words)
        self._leaver.setVisible(bool(words))

    def show_nobody(self) -> None:
        """Nobody is chosen."""
        self._person = None
        self.letter.hide()
        card = Card(margin=16)
        card.add(label(_("Choose a resident to see why this tier."), "muted", wrap=True))
        self._show(card)

    def show_reasons(self, row: ResidentRow, reasons: Reasons | None, catalogue: Catalogue) -> None:
        """The person's tier with its reasons; without any: why the standard applies."""
        is_other = self._person != row.id
        at = self.verticalScrollBar().value()
        self._person = row.id
        self.letter.show_person(row.id)
        card = Card(margin=16)
        tier = reasons.classification.tier if reasons else STANDARD
        card.add(label(f"{where(row)}  {row.name}", "heading", wrap=True))
        card.add(_pills(tier, reasons.classification.tags if reasons else (), catalogue))
        card.add(label(said(catalogue.tier(tier).meaning), wrap=True))
        card.add(rule())
        if reasons is None:
            card.add(label(no_consent_words(), wrap=True))
        elif reasons.human:
            card.add(label(_human_words(reasons), wrap=True))
        elif reasons.classification.objected:
            card.add(label(_objected_words(), wrap=True))
        else:
            self._explain(card, reasons)
        if reasons is not None:
            history = TierHistory()
            history.show_steps(reasons.tiers)
            card.add(history)
        self._show(card)
        self.verticalScrollBar().setValue(0 if is_other else at)

    def _explain(self, card: Card, reasons: Reasons) -> None:
        winner = reasons.explanation.winner
        decided = _("Version {version} of the rules, decided on {day}").format(
            version=reasons.ruleset.version, day=reasons.classification.decided_on.isoformat()
        )
        card.add(label(decided, "muted", wrap=True))
        if winner is not None:
            card.add(_subtitle(_("The rule that decided")))
            card.add(label(_rule_words(reasons, winner), wrap=True))
            _add_cells(card, winner.asking, reasons.withheld)
        if reasons.explanation.outcome.tier != reasons.classification.tier:
            aged = _("Dates have moved on since then; the next classification will bring this up.")
            card.add(label(aged, "warning", wrap=True))
        _add_tags(card, reasons)
        _add_stronger(card, reasons)

    def _show(self, card: Card) -> None:
        card.body.addStretch(1)
        before = self._content.takeAt(0)
        if before is not None and (old := before.widget()) is not None:
            old.setParent(None)
            old.deleteLater()
        self._content.addWidget(card)


def _pills(tier: str, tags: Sequence[str], catalogue: Catalogue) -> QWidget:
    made = QWidget()
    row = FlowLayout(6)
    row.addWidget(Pill(tier_badge(catalogue.tier(tier))))
    for tag in catalogue.tags:
        if tag.code in tags:
            pill = Pill(Badge(words=said(tag.name), tone=Tone.INFO, icon="tag"))
            pill.setToolTip(said(tag.meaning))
            row.addWidget(pill)
    made.setLayout(row)
    return made


def _objected_words() -> str:
    return _(
        "This person asked not to be classified automatically. The standard applies, with all"
        " services of the contract."
    )


def _human_words(reasons: Reasons) -> str:
    return _("Decided by {name} on {day}, not by the rules: {reason}").format(
        name=reasons.decided_by,
        day=reasons.classification.decided_on.isoformat(),
        reason=reasons.human,
    )


def _subtitle(text: str) -> QWidget:
    return label(text, "heading", wrap=True)


def _rule_words(reasons: Reasons, row: ExplainedRule) -> str:
    place = reasons.table.place_of(row.rule.id) + 1
    return _("Row {row}: {reason}").format(row=place, reason=row.rule.reason)


def _add_cells(card: Card, cells: Iterable[ExplainedCell], withheld: frozenset[str]) -> None:
    for cell in cells:
        name, tone, _words = _VERDICTS[cell.verdict]
        if cell.fact.key in withheld:
            name, tone = "lock", Tone.NEUTRAL
        card.add(_line(Picture(name, tone, 16), cell_line(cell, withheld)))


def _line(picture: Picture, text: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(text, wrap=True), 1)
    return made


def _add_tags(card: Card, reasons: Reasons) -> None:
    givers = reasons.explanation.tag_givers
    if not givers:
        return
    card.add(_subtitle(_("Where the tags come from")))
    scheme = reasons.table.scheme
    for giver in givers:
        names = _(", ").join(
            said(scheme.tag_label(key)) for key in scheme.tag_keys if key in giver.rule.tags
        )
        words = _("{tags}: {rule}").format(tags=names, rule=_rule_words(reasons, giver))
        card.add(_line(Picture("tag", Tone.INFO, 16), words))


def _add_stronger(card: Card, reasons: Reasons) -> None:
    rows = stronger(reasons)
    if not rows:
        return
    card.add(_subtitle(_("Why not a stronger tier")))
    for row in rows[:_FIRST]:
        card.add(_missed(reasons, row))
    rest = rows[_FIRST:]
    if not rest:
        return
    more = QWidget()
    column = QVBoxLayout(more)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    words = ngettext("Show {count} more rule", "Show {count} more rules", len(rest))
    asking = button(words.format(count=len(rest)), look="link", picture="chevron-down")

    def unfold() -> None:
        asking.hide()
        for row in rest:
            column.addWidget(_missed(reasons, row))

    asking.clicked.connect(lambda _checked=False: unfold())
    card.body.addWidget(asking, 0, Qt.AlignmentFlag.AlignLeft)
    card.add(more)


def _missed(reasons: Reasons, row: ExplainedRule) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    tier = said(reasons.table.scheme.tier_label(row.rule.tier))
    place = reasons.table.place_of(row.rule.id) + 1
    column.addWidget(label(_("{tier} by row {row} lacks:").format(tier=tier, row=place)))
    for cell in row.failing:
        name, tone, _words = _VERDICTS[cell.verdict]
        if cell.fact.key in reasons.withheld:
            name, tone = "lock", Tone.NEUTRAL
        column.addWidget(_line(Picture(name, tone, 16), cell_line(cell, reasons.withheld)))
    return made
