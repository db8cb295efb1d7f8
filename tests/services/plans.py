"""Plans for purposes as tests write them: drafts, submitted ones, those of the office's own."""

from dataclasses import replace

from pmdesk.domain.fields import (
    Dimension,
    Field,
    FieldKey,
    Home,
    Kind,
    Option,
    RuleUse,
    Sensitivity,
)
from pmdesk.domain.purpose_plans import (
    LocalField,
)
from pmdesk.domain.purposes import PurposeCode
from pmdesk.i18n import Words
from pmdesk.services.notices import purpose_desk, purpose_shelf
from tests.offices import P2, P3

P0, L1 = PurposeCode("P0"), PurposeCode("L1")
WHAT = Words("保存时间缩短。", "Kept for a shorter time.")
OK = "逐条核对过。"


def plan_of(session, code):
    """The plan that is open, or in force."""
    plan = purpose_shelf.detail(session, code).plan
    assert plan is not None
    return plan


def opened(session, code=P2):
    """A draft for the purpose, with its plan."""
    made = purpose_desk.draft(session, code)
    return made, plan_of(session, code)


def planned(session, code=P2, **changes):
    """A submitted plan with these changes."""
    made, plan = opened(session, code)
    purpose_desk.save(session, made, replace(plan, summary=WHAT, **changes))
    purpose_desk.submit(session, made)
    return made


def shorter(session, months=12, code=P3):
    """What a plan with another term changes."""
    plan = plan_of(session, code)
    return {"purpose": replace(plan.purpose, months=months), "texts": _texts(plan, 12, months)}


def _texts(plan, old, months):
    return tuple(
        replace(
            one,
            text=one.text.replace(f"{old}个月", f"{months}个月").replace(
                f"{old} months", f"{months} months"
            ),
        )
        for one in plan.texts
    )


def live(session, code=P2, language="zh_CN"):
    with session.store.reading() as work:
        return work.catalogue.notice(code, language)


def row(session, code=P2):
    return next(one for one in purpose_shelf.shelf(session) if one.purpose.code == code)


def status(session, code=P3):
    """Where the open plan stands."""
    proposal = row(session, code).proposal
    assert proposal is not None
    return proposal.status


def local(code=L1, label="晾衣需要", number=1, **rest):
    """A field of the office's own."""
    fields = {
        "key": FieldKey(f"own_{code.lower()}_{number}"),
        "label": Words(label, "Drying need"),
        "kind": Kind.CHOICE,
        "dimension": Dimension.NEED,
        "sensitivity": Sensitivity.GENERAL,
        "purposes": (code,),
        "purpose": code,
        "home": Home.ANSWERS,
        "retention": "R-LOCAL",
        "rule_use": RuleUse.NO,
        "necessity": Words("楼顶晾衣场位置有限，要知道多少户想用才能排开。", ""),
        "options": (
            Option(code="o1", label=Words("想用", "yes")),
            Option(code="o2", label=Words("不用", "no")),
        ),
    }
    return LocalField(field=Field(**(fields | rest)), alternative="只贴公告，统计不出户数。")


def local_plan(session, *fields):
    """A plan for a purpose of the office's own."""
    made = purpose_desk.draft_local(session)
    found = next(one for one in purpose_shelf.shelf(session) if one.is_local)
    plan = plan_of(session, found.purpose.code)
    fields = fields or (local(),)
    full = replace(
        plan,
        purpose=replace(
            plan.purpose,
            name=Words("楼顶晾衣", "Drying on the roof"),
            summary=Words("排出楼顶晾衣的次序。", "To plan who dries on the roof."),
        ),
        local=fields,
        fields=tuple(one.field.key for one in fields),
    )
    purpose_desk.save(session, made, full)
    return made, full
