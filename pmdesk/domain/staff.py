"""Staff, their roles, and what each role may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pmdesk.errors import DeniedError
from pmdesk.i18n import N_


class Role(StrEnum):
    """前台, 主管, 合规审核, 管理员."""

    CLERK = "clerk"
    MANAGER = "manager"
    REVIEWER = "reviewer"
    ADMIN = "admin"


class Permission(StrEnum):
    """One act that a role may or may not do; services check it, pages hide what is missing."""

    SEE_RESIDENTS = "see_residents"
    EDIT_RESIDENTS = "edit_residents"
    TAKE_CONSENT = "take_consent"
    REVEAL = "reveal"
    OPEN_SEALED = "open_sealed"
    SEE_CLASSIFICATION = "see_classification"
    SEE_CHARTS = "see_charts"
    EXPORT = "export"
    IMPORT = "import"
    SEE_RULES = "see_rules"
    EDIT_RULES = "edit_rules"
    APPROVE_RULES = "approve_rules"
    MANAGE_STAFF = "manage_staff"
    CONFIGURE = "configure"
    RECEIVE_REQUESTS = "receive_requests"
    HANDLE_REQUESTS = "handle_requests"
    SEE_RECORDS = "see_records"
    KEEP_RECORDS = "keep_records"
    APPROVE_RECORDS = "approve_records"
    EDIT_PURPOSES = "edit_purposes"
    APPROVE_PURPOSES = "approve_purposes"
    OPEN_ARCHIVE = "open_archive"
    RESOLVE_QUARANTINE = "resolve_quarantine"
    MANAGE_TRAINING = "manage_training"
    SEE_ORDERS = "see_orders"
    HANDLE_ORDERS = "handle_orders"
    SEE_COMPLAINTS = "see_complaints"
    PLAN_SERVICE = "plan_service"
    BACK_UP = "back_up"
    SEE_AUDIT = "see_audit"


# why an act is denied, where it is not the role; the audit log keeps these words
OWN = "own"  # four eyes: somebody else decides
FOREIGN = "foreign"  # a colleague's
NO_KEY = "no_key"  # the account's keys do not open it
HIGH_RISK = "high_risk"
NOBODY = "nobody"  # what no role may do

_EVERYONE = frozenset(
    {
        Permission.SEE_RESIDENTS,
        Permission.SEE_CLASSIFICATION,
        Permission.RECEIVE_REQUESTS,
        Permission.SEE_ORDERS,
    }
)
_RECORDS = frozenset(
    {
        Permission.HANDLE_REQUESTS,
        Permission.SEE_RECORDS,
        Permission.KEEP_RECORDS,
        Permission.APPROVE_RECORDS,  # never of one's own
    }
)
_CLERK = _EVERYONE | {
    Permission.EDIT_RESIDENTS,
    Permission.TAKE_CONSENT,
    Permission.REVEAL,
    Permission.HANDLE_ORDERS,
}
_MANAGER = (
    _CLERK
    | _RECORDS
    | {
        Permission.RESOLVE_QUARANTINE,
        Permission.MANAGE_TRAINING,
        Permission.OPEN_SEALED,
        Permission.SEE_CHARTS,
        Permission.EXPORT,
        Permission.IMPORT,
        Permission.SEE_RULES,
        Permission.EDIT_RULES,
        Permission.APPROVE_RULES,  # never of one's own draft
        Permission.SEE_COMPLAINTS,
        Permission.PLAN_SERVICE,
    }
)

MATRIX: Mapping[Role, frozenset[Permission]] = {
    Role.CLERK: _CLERK,
    Role.MANAGER: _MANAGER,
    Role.REVIEWER: _EVERYONE
    | _RECORDS
    | {
        Permission.APPROVE_PURPOSES,  # never of one's own
        Permission.OPEN_SEALED,
        Permission.SEE_AUDIT,
        Permission.SEE_CHARTS,
        Permission.SEE_RULES,
        Permission.APPROVE_RULES,
        Permission.SEE_COMPLAINTS,
    },
    Role.ADMIN: _MANAGER
    | {
        Permission.MANAGE_STAFF,
        Permission.CONFIGURE,
        Permission.BACK_UP,
        Permission.EDIT_PURPOSES,
        Permission.OPEN_ARCHIVE,
        Permission.SEE_AUDIT,
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """An account: never deleted, only disabled."""

    uid: str  # 32 hex digits, as in the vault's header
    login: str
    name: str
    role: Role
    enabled: bool = True
    since: date | None = None  # the day of enrolment; unknown in old offices until first seen

    def may(self, permission: Permission) -> bool:
        """Whether the role of this account covers the act."""
        return self.enabled and permission in MATRIX[self.role]

    def require(self, permission: Permission) -> None:
        """Raises DeniedError unless the role of this account covers the act."""
        if not self.may(permission):
            raise DeniedError(
                N_("Your role does not cover this."),
                N_("Ask a colleague whose role does, or an administrator to change yours."),
                act=permission.value,
            )
