"""Where a person occurs in the office, table by table; a table that is in no list breaks a test."""

from collections.abc import Mapping
from dataclasses import dataclass

from pmdesk.i18n import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A table with rows about people, and how they are found."""

    title: Words
    column: str = "person"
    prefix: str = ""  # before the id, where the column holds other things too
    via: str = ""  # the table whose `id` (or named column) leads here
    link: str = "id"  # of `via`


_ANSWERS = Place(title=Words("登记信息", "Recorded values"))

PLACES: Mapping[str, Place] = {
    "person": Place(title=Words("基本信息", "Register"), column="id"),
    "occupancy": Place(title=Words("房屋和身份", "Premises and role")),
    "consent_event": Place(title=Words("同意记录", "Record of decisions")),
    "consent": Place(title=Words("有效的同意", "Live consents")),
    "consent_item": Place(title=Words("逐项同意", "Consents by item")),
    "sealed_value": Place(title=Words("加密保存的信息", "Sealed values")),
    "fairness_sample": Place(title=Words("公平性检查的回答", "Answers to the fairness check")),
    "classification": Place(title=Words("分类结果", "Classification")),
    "tier_history": Place(title=Words("等级变化", "Earlier tiers")),
    "held": Place(title=Words("停用待删的信息", "Values that wait to be erased")),
    "restriction": Place(title=Words("限制处理", "Restrictions")),
    "dispute": Place(title=Words("有争议的信息", "Disputed values")),
    "human_route": Place(title=Words("人工决定", "Human decisions")),
    "tag_block": Place(title=Words("删除的标签", "Deleted tags")),
    "archive": Place(title=Words("封存档案", "Archive")),
    "erasure": Place(title=Words("删除记录", "Erasures")),
    "export_person": Place(title=Words("出现在哪些名单里", "Lists with this person")),
    "export_list": Place(
        title=Words("导出的名单", "Lists that left the office"),
        column="id",
        via="export_person",
        link="export",
    ),
    "service_note": Place(title=Words("服务备注", "Service notes")),
    "addon_order": Place(title=Words("自选增值服务", "Add-on orders")),
    "work_order": Place(title=Words("工单和投诉", "Work orders and complaints")),
    "order_step": Place(
        title=Words("工单的办理过程", "Steps of work orders"),
        column="work_order",
        via="work_order",
    ),
    "notice_delivery": Place(title=Words("告知送达记录", "Notices delivered")),
    "quarantine": Place(title=Words("误收、等待删除的信息", "Recorded by mistake, to be erased")),
    "rights_request": Place(title=Words("权利请求", "Requests")),
    "request_step": Place(
        title=Words("请求的办理过程", "Steps of requests"), column="request", via="rights_request"
    ),
    "draft": Place(title=Words("没有保存的表单", "Unsaved forms"), column="subject"),
    "audit": Place(title=Words("访问和操作记录", "Access log"), column="target", prefix="person:"),
}
NOT_ABOUT: Mapping[str, str] = {
    "office": "the office itself",
    "staff": "accounts of the staff; residents have none",
    "undertaking": "signed by the staff",
    "signer": "keys of the staff",
    "order_import": "how many past orders an import brought",
    "order_mark": "the orders again as numbers; who goes out of an order goes out of its number",
    "saved_view": "filters of the charts page under a name of the staff, without a person",
    "shown_view": "which charts an account of the staff has seen",
    "building": "premises, without people",
    "unit": "premises, without people; who lives there is in occupancy",
    "catalogue": "what may be recorded, no values",
    "purpose": "codes of purposes",
    "notice": "texts shown to everybody",
    "ruleset": "rules for everybody",
    "fairness_result": "counts of at least ten people, without a person",
    "review_answer": "what the staff say about rules",
    "review_signature": "signed by the staff, about rules",
    "audit_salt": "opens the commitments of log entries; found through the log itself",
    "row_leaves": "imprints of rows, which tell nobody anything without their salt",
    "row_salt": "salts of these imprints; each goes with its row",
    "inspection_pack": "packs for an authority: what was asked and handed over",
    "sweep": "a day",
    "sweep_report": "counts without people",
    "optout": "marks of phone numbers that cannot be read back",
    "export_request": "filters and counts of large exports; they name no resident",
    "addon": "what can be ordered, and its price",
    "service_plan": "what the contract promises everybody, and tiers",
    "staffing_plan": "which colleague works when, and where rounds lead; no room",
    "risk_measure": "what is done at a place; it names no resident",
    "complaint_finding": "what the staff found a complaint to be about; the complaint is a request",
    "human_review": "that a result was looked at again, not whose",
    "suspension_decision": "decisions on the rules",
    "month_count": "counts of at least ten people, without a person",
    "field_switch": "which fields are on",
    "refused_word": "words that are not collected",
    "purpose_proposal": "drafts of purposes",
    "notice_change": "what changed in a notice",
    "record": "compliance records; their words name no resident",
    "record_version": "compliance records; their words name no resident",
    "record_decision": "decisions on compliance records",
    "training_attempt": "training of the staff",
    "training_course": "training of the staff",
    "training_material": "training of the staff",
    "calendar_day": "working days",
    "rights_desk": "settings",
    "alembic_version": "version of the tables",
}


def place_of(table: str) -> Place | None:
    """Where people are found in that table; None in a table that is about nobody."""
    return _ANSWERS if table.startswith("answers_") else PLACES.get(table)


def unlisted(tables: Mapping[str, object]) -> tuple[str, ...]:
    """The tables that nobody decided about: a dossier could miss what they hold."""
    return tuple(name for name in tables if place_of(name) is None and name not in NOT_ABOUT)
