"""Records of a demo office, made as in the window: one person writes, another approves."""

from collections.abc import Sequence

from pmdesk.domain.assessments import KIND
from pmdesk.domain.classification import RulesetId
from pmdesk.domain.records import RecordId
from pmdesk.domain.reviews import GROUPS, PLAIN, Detail, Verdict
from pmdesk.domain.staff import Permission
from pmdesk.services import review
from pmdesk.services.assessing.assessment_form import prefilled
from pmdesk.services.records import record_desk
from pmdesk.services.records.assessment_scope import of_rules
from pmdesk.services.review import declared
from pmdesk.services.session import Session

_OPINION = "规则只增不减，住户可以不填、不同意、随时撤回；同意开展。"
_APPROVAL = "逐项核对过，与实际一致。"
_NOTE = "不受影响，服务照常"
_REASONS = {
    "LR-15": "看过公平性一页的数字，差别都来自住户自己填写的服务需要；样本不足的项目逐条读过规则。",
    "LR-16": "每一项输入都是住户自己选的服务，没有哪一项是在替性别、年龄说话。",
    "LR-17": "对照生效版看过，结果变的人都是因为自己填的需要，只增加安排，没有人减少。",
    "LR-18": "逐行看过，每一行都落到一项具体的物业服务，没有别的用途。",
    "LR-19": "试过逐户打电话问，耗时而且打扰人；按住户自己填的来排，影响最小。",
    "LR-20": "逐条看过规则和理由，差别都来自住户自己填写的服务需要，每条理由都能当面说给住户听。",
    "LR-21": "五个群体逐一想过，表里没有身份，只有服务，名称里也没有伤人的词。",
    "LR-22": "增值项目都在公开的价目表上，自愿选择，人人同价，规则不改价格。",
    "LR-23": "对照物业服务合同第三章、管理规约和大厅公示的承诺看过，没有冲突。",
    "LR-24": "请前台王芳把第八行讲给我听，她讲得清，也说得出哪些用法要拒绝。",
    "LR-25": "核对过演示市物业管理条例和今年的两份通知，没有不一致的地方。",
}
PEOPLE_ANSWER = tuple(_REASONS)


def review_rules(
    reviewer: Session, ruleset: RulesetId, items: Sequence[str] = PEOPLE_ANSWER
) -> None:
    """These items of the legality review, by default all that people answer, have a yes."""
    detail = Detail(notes={group.code: _NOTE for group in declared.groups()})
    for item in items:
        given = detail if item == GROUPS else PLAIN
        review.answer(reviewer, ruleset, item, Verdict.PASS, _REASONS[item], given)


def assess_rules(author: Session, ruleset: RulesetId) -> RecordId:
    """An assessment of that version waits for a second person."""
    with author.reading(Permission.SEE_RULES) as work:
        subject = of_rules(work.rulesets.get(ruleset))
    document = prefilled(author, subject) | {"opinion_responsible": _OPINION, "conclusion": "go"}
    record, _changes = record_desk.put_forward(author, KIND, subject, document)
    return record


def approve_assessment(approver: Session, record: RecordId) -> None:
    """The second person stands for it."""
    record_desk.approve(approver, record, _APPROVAL)


def make_approved(author: Session, approver: Session, ruleset: RulesetId) -> RecordId:
    """That version of the rules has an approved assessment, and may be activated."""
    record = assess_rules(author, ruleset)
    approve_assessment(approver, record)
    return record
