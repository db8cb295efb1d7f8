"""The legality review of rules: what the program finds, what reviewers answer, and what blocks."""

from pmdesk.services.review.answering import answer, may_answer, only_approver, renew
from pmdesk.services.review.standing import (
    automatic,
    of_draft,
    refusal,
    require,
    review_of,
    standing,
    try_out,
)

__all__ = [
    "answer",
    "automatic",
    "may_answer",
    "of_draft",
    "only_approver",
    "refusal",
    "renew",
    "require",
    "review_of",
    "standing",
    "try_out",
]
