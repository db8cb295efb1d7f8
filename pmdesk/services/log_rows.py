"""What the rows of each table are called when one was changed beside the program."""

from collections.abc import Mapping

from pmdesk.domain.proof import Kind
from pmdesk.i18n import N_, _

CHANGES: Mapping[Kind, str] = {
    Kind.ROW_CHANGED: N_("Changed outside pmdesk: {row}."),
    Kind.ROW_GONE: N_("Taken out outside pmdesk: {row}."),
    Kind.ROW_NEW: N_("Put in outside pmdesk: {row}."),
}
NOUNS: Mapping[str, str] = {
    "addon": N_("price no. {key}"),
    "addon_order": N_("order of a service no. {key}"),
    "archive": N_("archived data of resident no. {key}"),
    "building": N_("building no. {key}"),
    "calendar_day": N_("own working day {key}"),
    "catalogue": N_("list of fields no. {key}"),
    "consent": N_("live consent of resident no. {key}"),
    "consent_event": N_("record of a decision no. {key}"),
    "consent_item": N_("consent to a single item, resident no. {key}"),
    "dispute": N_("disputed value of resident no. {key}"),
    "erasure": N_("line of the erasure journal no. {key}"),
    "export_list": N_("list that left the office, no. {key}"),
    "export_person": N_("resident on a list that left the office, {key}"),
    "export_request": N_("request for an export no. {key}"),
    "fairness_result": N_("fairness report on rules no. {key}"),
    "field_switch": N_("switch of a field no. {key}"),
    "held": N_("values that wait to be erased, resident no. {key}"),
    "human_route": N_("decision by hand on resident no. {key}"),
    "inspection_pack": N_("inspection pack no. {key}"),
    "notice": N_("notice {key}"),
    "notice_change": N_("change of a notice no. {key}"),
    "notice_delivery": N_("delivery of a change {key}"),
    "occupancy": N_("tie of a resident to a room {key}"),
    "office": N_("particulars of the office"),
    "optout": N_("mark against offers"),
    "person": N_("name, phone or particulars of resident no. {key}"),
    "purpose": N_("purpose {key}"),
    "purpose_proposal": N_("draft of a purpose no. {key}"),
    "quarantine": N_("value set aside no. {key}"),
    "record": N_("compliance record no. {key}"),
    "record_decision": N_("decision on a compliance record no. {key}"),
    "record_version": N_("version of a compliance record {key}"),
    "refused_word": N_("word that is not collected, no. {key}"),
    "request_step": N_("step of a request no. {key}"),
    "restriction": N_("restriction for resident no. {key}"),
    "review_answer": N_("answer of a legality review no. {key}"),
    "review_signature": N_("signature under a legality review no. {key}"),
    "rights_desk": N_("settings of the rights desk"),
    "rights_request": N_("request about rights, row {key}"),
    "ruleset": N_("rules no. {key}"),
    "sealed_value": N_("sealed value of resident no. {key}"),
    "service_note": N_("note on a repair no. {key}"),
    "staff": N_("account {key}"),
    "sweep_report": N_("report on what was erased, no. {key}"),
    "tag_block": N_("deleted tag of resident no. {key}"),
    "training_attempt": N_("course test {key}"),
    "training_course": N_("course {key}"),
    "training_material": N_("course material {key}"),
    "order_import": N_("import of work orders no. {key}"),
    "order_step": N_("step of a work order no. {key}"),
    "complaint_finding": N_("what a complaint was about, row {key}"),
    "human_review": N_("decision by a person on a tier, row {key}"),
    "month_count": N_("count of a month, row {key}"),
    "risk_measure": N_("measure no. {key}"),
    "saved_view": N_("view of the charts no. {key}"),
    "suspension_decision": N_("decision on suspending rules, row {key}"),
    "service_plan": N_("service plan no. {key}"),
    "staffing_plan": N_("roster or rounds no. {key}"),
    "undertaking": N_("confidentiality undertaking no. {key}"),
    "unit": N_("room no. {key}"),
    "work_order": N_("work order, row {key}"),
}
ANSWERS = N_("recorded values ({purpose}) of resident no. {key}")
OTHER = N_("row {key} of the table {table}")

_ANSWERS = "answers_"


def row_words(target: str) -> str:
    """The row by its kind and number; never what stands in it."""
    table, _colon, key = target.partition(":")
    if table.startswith(_ANSWERS):
        purpose = table.removeprefix(_ANSWERS).upper()
        return _(ANSWERS).format(purpose=purpose, key=key)
    words = NOUNS.get(table)
    # what hangs on a person is found by the number of the person, the first part of the key
    return _(words).format(key=key) if words else _(OTHER).format(table=table, key=key)
