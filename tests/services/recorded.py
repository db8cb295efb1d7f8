"""Records that tests begin with."""

from pmdesk.domain.assessments import KIND
from pmdesk.services.assessing.assessment_form import prefilled
from pmdesk.services.records import record_desk

P5_SUBJECT = "purpose:P5"


def answers_about(session, subject=P5_SUBJECT, **changes):
    """A complete assessment as somebody hands it in who agrees with what is offered."""
    decided = {"opinion_responsible": "同意开展。", "conclusion": "go"}
    return prefilled(session, subject) | decided | changes


def handed_in(session, subject=P5_SUBJECT, *, record=None, **changes):
    """The id of an assessment that waits for a second person."""
    document = answers_about(session, subject, **changes)
    return record_desk.put_forward(session, KIND, subject, document, record=record)[0]


def assessed(author, approver, subject=P5_SUBJECT, **changes):
    """The id of an approved assessment."""
    record = handed_in(author, subject, **changes)
    record_desk.approve(approver, record, "逐项核对过。")
    return record
