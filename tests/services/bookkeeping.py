"""Records of the books, whole and approved, for tests that need one."""

from datetime import date

from pmdesk.domain.fields import Value
from pmdesk.domain.records import RecordStatus, written
from pmdesk.services.records import record_desk
from pmdesk.services.records.record_kinds import kind

PROCESSOR: dict[str, Value] = {
    "name": "青禾信息",
    "contact": "刘洋 0000-7654321",
    "task": "发送短信",
    "purpose": "通知停水停电",
    "period": (date(2026, 1, 1), date(2027, 12, 31)),
    "method": "导入号码后群发",
    "categories": "手机号",
    "protection": "加密传输，发完即删",
    "duties": "按指示处理，保密",
    "incident_duty": True,
    "no_sub": True,
    "may_check": True,
    "gives_back": True,
}
DISCLOSURE: dict[str, Value] = {
    "occasion": "provide",
    "foreign": False,
    "recipient": "江边路社区居委会",
    "contact": "吴敏 0000-1112222",
    "given_on": date(2026, 3, 2),
    "regular": True,
    "purpose": "核对应急名册",
    "method": "纸质",
    "categories": "姓名、房号",
    "people": 3,
    "media": "一份",
    "scope_checked": True,
    "basis": "consent",
    "consents": "R-1、R-2、R-3",
}
JOINT: dict[str, Value] = {
    "name": "云停科技",
    "contact": "何超 0000-3334444",
    "purpose": "一起决定车场信息的用途",
    "agreement": "共同处理约定 2026-02-01",
    "duties": "各自答复请求",
    "notice_purpose": "P1",
    "notice_version": "1.0",
}
SUPPORT: dict[str, Value] = {
    "task": "打不开报表",
    "who": "刘洋",
    "means": "present",
    "starts_at": "2026-03-02 14:00",
    "consent_by": "周敏",
    "consented": True,
}
PLAN: dict[str, Value] = {
    "lead": "周敏 0000-1",
    "deputy": "李静 0000-2",
    "helper": "刘洋 0000-3",
    "authority": "0000-4",
    "province": "0000-5",
    "police": "110",
    "checked_on": date(2026, 3, 2),
}
INCIDENT: dict[str, Value] = {
    "drill": False,
    "what": "名单发到微信群",
    "occurred_at": "2026-03-02 08:20",
    "discovered_at": "2026-03-02 08:30",
    "contained_at": "2026-03-02 08:40",
    "discoverer": "王芳",
    "assets": "名单一份",
    "cause": "误发到业主群",
    "measures": "已撤回，请群主清理",
    "kinds": "姓名、房号",
    "people": 40,
    "possible_harm": "可能被骚扰",
    "severity": "general",
    "crime": False,
    "notify": "yes",
    "advice": "注意核实来电",
    "contact": "周敏 0000-12345678",
}


def filed(session, code, document, subject="", by=None):
    """The id of a record that stands: written by this session, approved by the other."""
    record, _changes = record_desk.put_forward(session, code, subject, document)
    if kind(code).second_person:
        record_desk.approve(by, record, "核对过。")
    return record


def assessed(session, by, subject="processor:PRC-2026-001"):
    """The number of an approved impact assessment, put into the register as it is."""
    with session.store.writing() as work:
        at = session.clock.now()
        text = written({"activity": "委托发送短信", "conclusion": "go"})
        record = work.records.add(
            kind("pia"), subject, text, author=session.staff.uid, at=at, year=2026
        )
        work.records.step(record, RecordStatus.SUBMITTED, by=session.staff.uid, at=at)
        work.records.step(record, RecordStatus.APPROVED, by=by.staff.uid, at=at, words="可以")
        number = work.records.get(record).number
        work.commit()
    return number
