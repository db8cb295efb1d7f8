"""Fields that an office adds: a list, and the form of the one that is being edited."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from pmdesk.domain.fields import (
    Dimension,
    Field,
    FieldKey,
    Home,
    Kind,
    Option,
    RuleUse,
    Sensitivity,
    Value,
)
from pmdesk.domain.plan_check import LOCAL_KINDS, PlanProblem
from pmdesk.domain.purpose_plans import LocalField, PurposePlan
from pmdesk.i18n import Words, _, said
from pmdesk.ui.forms.form import Form, sentence
from pmdesk.ui.notices.facts_form import asked
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label

_KINDS: Mapping[Kind, Words] = {
    Kind.CHOICE: Words("单选", "one choice"),
    Kind.CHOICES: Words("多选", "several choices"),
    Kind.FLAG: Words("是或否", "yes or no"),
    Kind.DATE: Words("日期", "date"),
    Kind.NUMBER: Words("数字", "number"),
}
_BETWEEN = re.compile(r"[、，,;；\n]+")
_LONG = 300


def questions() -> tuple[Field, ...]:
    """What is asked about a field."""
    kinds = tuple(Option(code=kind, label=_KINDS[kind]) for kind in LOCAL_KINDS)
    apart = Words("用顿号隔开，至少两项", "Separated by commas, two or more")
    return (
        asked("label_zh", Words("字段名称", "Name of the field (Chinese)"), longest=20),
        asked("label_en", Words("字段名称（英文）", "Name of the field (English)"), longest=40),
        asked("kind", Words("类型", "Type"), Kind.CHOICE, options=kinds, required=True),
        asked("options_zh", Words("选项", "Choices (Chinese)"), longest=_LONG, hint=apart),
        asked("options_en", Words("选项（英文）", "Choices (English)"), longest=_LONG, hint=apart),
        asked(
            "necessity_zh",
            Words("为什么需要", "Why it is needed (Chinese)"),
            longest=_LONG,
            hint=Words("至少15个字", "At least 15 Chinese characters"),
        ),
        asked(
            "necessity_en", Words("为什么需要（英文）", "Why it is needed (English)"), longest=_LONG
        ),
        asked(
            "alternative",
            Words("考虑过哪种更少打扰的办法", "What was considered that asks less"),
            longest=_LONG,
        ),
    )


class OwnFields(QWidget):
    """The list at the left, the form of the chosen one at the right."""

    edited = Signal(object)  # tuple[LocalField, ...]

    def __init__(self, plan: PurposePlan, new_key: Callable[[PurposePlan], str]) -> None:
        super().__init__()
        self._plan = plan
        self._new_key = new_key
        self._problems: tuple[PlanProblem, ...] = ()
        self.list = QListWidget()
        self.list.setAccessibleName(_("Fields of your own"))
        self.form = Form(questions())
        self.message = Banner()
        self.add = button(_("Add a field"), self._add, picture="plus")
        self.remove = button(_("Remove the field"), self._remove, look="quiet", picture="trash-2")
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(self.add)
        left.addWidget(self.remove)
        right = QVBoxLayout()
        right.addWidget(self.message)
        right.addWidget(self.form)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addLayout(right, 3)
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self.form.changed.connect(lambda _key, _value: self._change())
        self._fill(0)

    @property
    def chosen(self) -> int:
        """Which field is being edited; -1 without one."""
        return self.list.currentRow()

    def show_problems(self, found: Sequence[PlanProblem]) -> None:
        """The first problem of the chosen field stands above its form."""
        self._problems = tuple(found)
        mark = f"local.{self.chosen}."
        mine = [one.problem for one in found if one.problem.key.startswith(mark)]
        self.message.show_sentence(sentence(mine[0]) if mine else "", Tone.WARN)

    def lock(self, reason: str) -> None:
        """Nothing can be edited."""
        self.form.lock(reason)
        for part in (self.add, self.remove):
            part.setEnabled(False)

    def _fill(self, row: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for one in self._plan.local:
            self.list.addItem(said(one.field.label) or _("Without a name"))
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self.list.blockSignals(False)
        self._show()

    def _show(self) -> None:
        there = 0 <= self.chosen < len(self._plan.local)
        self.form.setVisible(there)
        self.remove.setVisible(there)
        if there:
            self.form.show_values(_values(self._plan.local[self.chosen]))
        self.show_problems(self._problems)

    def _add(self) -> None:
        key = FieldKey(self._new_key(self._plan))
        self._put((*self._plan.local, blank(self._plan, key)))
        self._fill(len(self._plan.local) - 1)
        self.form.focus_first()

    def _remove(self) -> None:
        at = self.chosen
        self._put((*self._plan.local[:at], *self._plan.local[at + 1 :]))
        self._fill(max(at - 1, 0))

    def _change(self) -> None:
        at = self.chosen
        if not 0 <= at < len(self._plan.local):
            return
        changed = with_values(self._plan.local[at], self.form.values())
        self._put((*self._plan.local[:at], changed, *self._plan.local[at + 1 :]))
        item = self.list.item(at)
        item.setText(said(changed.field.label) or _("Without a name"))

    def _put(self, local: tuple[LocalField, ...]) -> None:
        self._plan = replace(self._plan, local=local)
        self.edited.emit(local)


def blank(plan: PurposePlan, key: FieldKey) -> LocalField:
    """A field without a name yet."""
    code = plan.purpose.code
    field = Field(
        key=key,
        label=Words("", ""),
        kind=Kind.CHOICE,
        dimension=Dimension.NEED,
        sensitivity=Sensitivity.GENERAL,
        purposes=(code,),
        purpose=code,
        home=Home.ANSWERS,
        retention=plan.purpose.retention,
        rule_use=RuleUse.NO,
        necessity=Words("", ""),
    )
    return LocalField(field=field, alternative="")


def with_values(one: LocalField, given: Mapping[str, Value]) -> LocalField:
    """The field with what the form holds; an option keeps its code as long as its name stays."""

    def words(key: str) -> Words:
        return Words(str(given.get(f"{key}_zh") or ""), str(given.get(f"{key}_en") or ""))

    kind = Kind(str(given.get("kind") or one.field.kind))
    lists = kind in {Kind.CHOICE, Kind.CHOICES}
    field = replace(
        one.field,
        label=words("label"),
        kind=kind,
        necessity=words("necessity"),
        options=_options(one.field.options, words("options")) if lists else (),
        low=0 if kind is Kind.NUMBER else None,
        high=9999 if kind is Kind.NUMBER else None,
    )
    return LocalField(field=field, alternative=str(given.get("alternative") or ""))


def _options(before: Sequence[Option], typed: Words) -> tuple[Option, ...]:
    named = [part.strip() for part in _BETWEEN.split(typed.zh) if part.strip()]
    english = [part.strip() for part in _BETWEEN.split(typed.en) if part.strip()]
    codes = {option.label.zh: option.code for option in before}
    number = max((int(code[1:]) for code in codes.values()), default=0)
    made = []
    for at, zh in enumerate(named):
        if zh not in codes:
            number += 1
            codes[zh] = f"o{number}"
        en = english[at] if at < len(english) else ""
        made.append(Option(code=codes[zh], label=Words(zh, en or zh)))
    return tuple(made)


def _values(one: LocalField) -> dict[str, Value]:
    field = one.field
    return {
        "label_zh": field.label.zh,
        "label_en": field.label.en,
        "kind": field.kind.value,
        "options_zh": "、".join(option.label.zh for option in field.options),
        "options_en": ", ".join(option.label.en for option in field.options),
        "necessity_zh": field.necessity.zh,
        "necessity_en": field.necessity.en,
        "alternative": one.alternative,
    }


def hint() -> QWidget:
    """What the office may add, said once."""
    return label(
        _(
            "A purpose of your own rests on consent and never classifies. Its fields are plain"
            " choices, dates or numbers; what this program does not collect is refused."
        ),
        "muted",
        wrap=True,
    )
