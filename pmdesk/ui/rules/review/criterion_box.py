"""“这个标准能用吗？”: a criterion in plain words, and what decides about it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, said, told
from pmdesk.services.review import criteria
from pmdesk.services.review.criteria import Judgement
from pmdesk.services.review.nearest import Near
from pmdesk.services.session import Session
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card


class CriterionBox(Card):
    """Answers with the item that decides, why, the law, and what serves instead."""

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(_("May this criterion be used?"), margin=14)
        self._session = session
        self._tasks = tasks
        self.words = PinyinEdit(_("For example: those who asked for in-home cleaning"))
        self.words.setAccessibleName(_("A criterion in plain words"))
        self.ask = button(_("Ask"), self._ask, picture="search")
        self.verdict = Banner()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.ask)
        line = QWidget()
        row.setContentsMargins(0, 0, 0, 0)
        line.setLayout(row)
        self.add(line)
        self.add(self.verdict)
        self.words.returnPressed.connect(self._ask)

    def _ask(self) -> None:
        text = self.words.text().strip()
        if text:
            self._tasks.query(
                partial(criteria.asked, self._session, text),
                owner=self,
                done=self._show,
                failed=self._explain,
                newest="criterion",
            )

    def _show(self, judged: Judgement) -> None:
        self.verdict.show_sentence(verdict_words(judged), _tone(judged))

    def _explain(self, error: PmdeskError) -> None:
        self.verdict.show_sentence(told(error), Tone.PROBLEM)


def _tone(judged: Judgement) -> Tone:
    if not judged.understood:
        return Tone.INFO
    return Tone.GOOD if judged.allowed else Tone.PROBLEM


def _meant(near: Sequence[Near]) -> str:
    """What may have been meant, and how to go on."""
    if not near:
        return _("Try other words, or choose a column from the list: there are all rules can ask.")
    fields = _(", ").join(_named(one) for one in near)
    words = _("Nearest: {fields}. Try other words, or choose a column from the list.")
    return words.format(fields=fields)


def _named(near: Near) -> str:
    label = said(near.field.label)
    if not near.options:
        return label
    options = _(", ").join(said(option) for option in near.options)
    return _("{field} ({options})").format(field=label, options=options)


def verdict_words(judged: Judgement) -> str:
    """The judgement as a user reads it."""
    if judged.allowed and judged.field is not None:
        words = _("Yes: the field “{field}” serves. {why}")
        return words.format(field=said(judged.field.label), why=said(judged.why))
    if not judged.understood:
        return f"{said(judged.why)}\n{_meant(judged.near)}"
    item = judged.item
    code = f"{item.code} {said(item.title)}" if item else ""
    word = _("“{word}”: ").format(word=judged.word) if judged.word else ""
    words = _("No. {word}{why}\nInstead: {instead}\nDecided by {code} ({law})")
    return words.format(
        word=word, why=said(judged.why), instead=said(judged.instead), code=code, law=judged.law
    )
