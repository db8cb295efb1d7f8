"""Records of a demo office, made as in the window: one person writes, another approves."""

from pmdesk.domain.assessments import KIND
from pmdesk.domain.classification import RulesetId
from pmdesk.domain.records import RecordId
from pmdesk.domain.staff import Permission
from pmdesk.services.records import record_desk
from pmdesk.services.records.assessment_form import prefilled
from pmdesk.services.records.assessment_scope import of_rules
from pmdesk.services.session import Session

_OPINION = "规则只增不减，住户可以不填、不同意、随时撤回；同意开展。"
_APPROVAL = "逐项核对过，与实际一致。"


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
