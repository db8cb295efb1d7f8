"""The facts of a purpose as a form: name, aim, term, and who else handles the data."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain.fields import (
    Dimension,
    Field,
    FieldKey,
    Home,
    Kind,
    Option,
    Problem,
    RuleUse,
    Sensitivity,
    Value,
)
from pmdesk.domain.plan_check import LOCAL_MONTHS, PlanProblem
from pmdesk.domain.purpose_plans import PurposePlan, is_local
from pmdesk.domain.purposes import Purpose
from pmdesk.i18n import Words
from pmdesk.ui.forms.form import Form

_LONG, _SHORT = 200, 40
_PLACES: Mapping[str, str] = {"name": "name_zh", "summary": "summary_zh", "basis": "name_zh"}


def asked(  # noqa: PLR0913  # a question has these parts
    key: str,
    label: Words,
    kind: Kind = Kind.TEXT,
    *,
    longest: int = _LONG,
    low: int | None = None,
    high: int | None = None,
    options: tuple[Option, ...] = (),
    required: bool = False,
    hint: Words | None = None,
) -> Field:
    """A question of a form that is no field of the catalogue."""
    return Field(
        key=FieldKey(key),
        label=label,
        kind=kind,
        dimension=Dimension.CONTROL,
        sensitivity=Sensitivity.GENERAL,
        purposes=(),
        purpose="",
        home=Home.SYSTEM,
        retention="",
        rule_use=RuleUse.NO,
        necessity=Words("", ""),
        options=options,
        required=required,
        longest=longest,
        low=low,
        high=high,
        hint=hint,
    )


def questions(plan: PurposePlan, shipped: Purpose | None) -> tuple[Field, ...]:
    """What can be decided about this purpose; what the law or the shipped text fixes is not."""
    most = LOCAL_MONTHS if is_local(plan.purpose.code) else (shipped.months if shipped else None)
    term = Words("保存月数（可缩短，最长 {most}）", "Months kept (may be shorter, at most {most})")
    months = asked(
        "months",
        Words(*(part.format(most=most) for part in term)),
        Kind.NUMBER,
        low=1,
        high=most,
        required=True,
    )
    oral = asked("oral", Words("可以口头同意", "May be agreed to orally"), Kind.FLAG, required=True)
    oral_fits = shipped is not None and shipped.oral_allowed
    return (
        asked("name_zh", Words("名称", "Name (Chinese)"), longest=_SHORT, required=True),
        asked("name_en", Words("名称（英文）", "Name (English)"), longest=80),
        asked("summary_zh", Words("一句话说明", "In one sentence (Chinese)"), required=True),
        asked("summary_en", Words("一句话说明（英文）", "In one sentence (English)")),
        *((months,) if most else ()),
        *((oral,) if oral_fits else ()),
        asked("roles_zh", Words("哪些岗位能看", "Which posts may look (Chinese)"), required=True),
        asked("roles_en", Words("哪些岗位能看（英文）", "Which posts may look (English)")),
        *(_assisting() if _tells_assist(plan) else ()),
        *_others("processors", "受托处理方（没有写“无”）", "Processors (“none” if there are none)"),
        *_others("recipients", "接收方（没有写“无”）", "Recipients (“none” if there are none)"),
        *_others("joint", "共同处理方（没有写“无”）", "Joint handlers (“none” if there are none)"),
        asked(
            "agreement",
            Words("共同处理协议的编号和日期", "Number and date of the joint agreement"),
            hint=Words("有共同处理方才需要", "Only with a joint handler"),
        ),
        asked("times_a_month", Words("每月最多几次", "At most so many times a month"), longest=3),
    )


class FactsForm(QWidget):
    """Shows a plan's facts and tells the plan that an edit makes of it."""

    edited = Signal(object)  # PurposePlan

    def __init__(self, plan: PurposePlan, shipped: Purpose | None) -> None:
        super().__init__()
        self._plan = plan
        self.form = Form(questions(plan, shipped))
        self.form.show_values(values(plan))
        self.form.changed.connect(lambda _key, _value: self._tell())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addStretch(1)

    def follow(self, plan: PurposePlan) -> None:
        """Edits are made to this plan from now on; what the form shows stays."""
        self._plan = plan

    def show_problems(self, found: Sequence[PlanProblem]) -> None:
        """Each problem of a fact stands below it."""
        self.form.show_problems(
            replace(one.problem, key=_PLACES.get(one.problem.key, one.problem.key)) for one in found
        )

    def lock(self, reason: str) -> None:
        """Nothing can be edited."""
        self.form.lock(reason)

    def _tell(self) -> None:
        given = self.form.values()
        wrong = [p for row in self.form.rows.values() for p in _wrong(row.editor.field, given)]
        if not wrong:
            self._plan = with_values(self._plan, given)
            self.edited.emit(self._plan)


def values(plan: PurposePlan) -> dict[str, Value]:
    """The plan as the form shows it."""
    facts, purpose = plan.particulars, plan.purpose
    pairs = _words_of(plan)
    both = {f"{key}_zh": words.zh for key, words in pairs.items()}
    both |= {f"{key}_en": words.en for key, words in pairs.items()}
    return {
        **both,
        "months": purpose.months,
        "oral": purpose.oral_allowed,
        "agreement": facts.agreement,
        "times_a_month": facts.times_a_month,
    }


def _words_of(plan: PurposePlan) -> Mapping[str, Words]:
    facts, purpose = plan.particulars, plan.purpose
    return {
        "name": purpose.name,
        "summary": purpose.summary,
        "roles": facts.roles,
        "assist_roles": facts.assist_roles,
        "processors": facts.processors,
        "recipients": facts.recipients,
        "joint": facts.joint,
    }


def with_values(plan: PurposePlan, given: Mapping[str, Value]) -> PurposePlan:
    """The plan with what the form holds; what it does not ask stays."""

    def words(key: str) -> Words:
        if f"{key}_zh" not in given:
            return _words_of(plan)[key]
        return Words(str(given.get(f"{key}_zh") or ""), str(given.get(f"{key}_en") or ""))

    months = given.get("months", plan.purpose.months)
    purpose = replace(
        plan.purpose,
        name=words("name"),
        summary=words("summary"),
        months=months if isinstance(months, int) else None,
        oral_allowed=bool(given.get("oral", plan.purpose.oral_allowed)),
    )
    facts = replace(
        plan.particulars,
        roles=words("roles"),
        assist_roles=words("assist_roles"),
        processors=words("processors"),
        recipients=words("recipients"),
        joint=words("joint"),
        agreement=str(given.get("agreement") or ""),
        times_a_month=str(given.get("times_a_month") or ""),
    )
    return replace(plan, purpose=purpose, particulars=facts)


def _tells_assist(plan: PurposePlan) -> bool:
    """Whether the notice says who may look while helping; only that of special needs does."""
    return any("{assist_roles}" in one.text for one in plan.texts)


def _assisting() -> tuple[Field, Field]:
    zh, en = (
        Words("哪些岗位在提供协助时能看", "Which posts may look while helping (Chinese)"),
        Words("哪些岗位在提供协助时能看（英文）", "Which posts may look while helping (English)"),
    )
    return asked("assist_roles_zh", zh, required=True), asked("assist_roles_en", en)


def _others(key: str, zh: str, en: str) -> tuple[Field, Field]:
    return asked(f"{key}_zh", Words(zh, en)), asked(
        f"{key}_en", Words(f"{zh}，英文", f"{en}, English")
    )


def _wrong(field: Field, given: Mapping[str, Value]) -> tuple[Problem, ...]:
    """Problems of form: an empty line is a problem of the plan and is said there."""
    value = given.get(field.key)
    return () if value is None else field.problems(value)
