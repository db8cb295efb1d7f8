"""The words for acts, for how much is seen, and for what keeps it so."""

from collections.abc import Mapping

from pmdesk.domain.access import Guard, Sight
from pmdesk.domain.staff import FOREIGN, HIGH_RISK, NO_KEY, NOBODY, OWN, Permission
from pmdesk.i18n import Words

_P = Permission

ACTS: Mapping[str, Words] = {
    _P.SEE_RESIDENTS: Words("查看住户", "See residents"),
    _P.EDIT_RESIDENTS: Words("登记、更正住户", "Register and correct residents"),
    _P.TAKE_CONSENT: Words("取得同意", "Take consents"),
    _P.REVEAL: Words("写明理由后看完整电话", "Show a whole phone number for a reason"),
    _P.OPEN_SEALED: Words("打开密封字段", "Open sealed fields"),
    _P.OPEN_ARCHIVE: Words("打开归档", "Open the archive"),
    _P.RESOLVE_QUARANTINE: Words("处理误收内容", "Decide on what was collected by mistake"),
    _P.SEE_CLASSIFICATION: Words("查看分类表和理由", "See the classification and its reasons"),
    _P.SEE_CHARTS: Words("查看图表", "See charts"),
    _P.EXPORT: Words("导出、打印名单", "Export and print lists"),
    _P.IMPORT: Words("导入名单", "Import lists"),
    _P.SEE_ORDERS: Words("查看工单", "See work orders"),
    _P.HANDLE_ORDERS: Words("登记、办理工单", "Register and handle work orders"),
    _P.SEE_COMPLAINTS: Words("查看投诉原文", "See the words of complaints"),
    _P.PLAN_SERVICE: Words("制定服务标准和方案", "Set the contract floor and service plans"),
    _P.SEE_RULES: Words("查看规则", "See rules"),
    _P.EDIT_RULES: Words("起草规则", "Draft rules"),
    _P.APPROVE_RULES: Words("审核规则（不审自己的）", "Decide on rules, never on one's own"),
    _P.RECEIVE_REQUESTS: Words("受理权利请求", "Receive rights requests"),
    _P.HANDLE_REQUESTS: Words("办理权利请求", "Handle rights requests"),
    _P.SEE_RECORDS: Words("查看合规档案", "See compliance records"),
    _P.KEEP_RECORDS: Words("填写合规档案", "Keep compliance records"),
    _P.APPROVE_RECORDS: Words(
        "批准合规档案（不能批自己的）", "Decide on records, never on one's own"
    ),
    _P.EDIT_PURPOSES: Words("修改目的和告知书", "Change purposes and notices"),
    _P.APPROVE_PURPOSES: Words(
        "批准目的（不能批自己的）", "Decide on purposes, never on one's own"
    ),
    _P.MANAGE_TRAINING: Words("管理培训", "Manage training"),
    _P.CONFIGURE: Words("修改设置", "Change settings"),
    _P.MANAGE_STAFF: Words("管理员工账号", "Manage accounts"),
    _P.BACK_UP: Words("备份和恢复", "Back up and restore"),
    _P.SEE_AUDIT: Words("查看操作记录", "See the audit log"),
}

SIGHTS: Mapping[Sight, Words] = {
    Sight.SHOWN: Words("可见", "Shown"),
    Sight.REASON: Words("凭理由", "With reason"),
    Sight.MASKED: Words("遮盖", "Masked"),
    Sight.HIDDEN: Words("看不到", "Hidden"),
}

GUARDS: Mapping[Guard, Words] = {
    Guard.ENCRYPTION: Words("靠加密保证", "By encryption"),
    Guard.DETECTED: Words("留痕可查", "Recorded and detectable"),
    Guard.APP: Words("靠本系统限制", "By the app"),
}
SHORT: Mapping[Guard, Words] = {
    Guard.ENCRYPTION: Words("加密", "sealed"),
    Guard.DETECTED: Words("留痕", "logged"),
    Guard.APP: Words("系统", "app"),
}
MEANINGS: Mapping[Guard, Words] = {
    Guard.ENCRYPTION: Words(
        "没有对应的密钥或签名，换什么软件都打不开、改不了。",
        "Without the key or the signature no other program can open or change it either.",
    ),
    Guard.DETECTED: Words(
        "本系统会拒绝；如果有人用别的软件硬改，核对操作记录时会发现。",
        "pmdesk refuses; whoever changes it with another program is found when the log is checked.",
    ),
    Guard.APP: Words(
        "本系统会拒绝并记录；懂技术的员工用自己的口令和别的软件仍可能读到。",
        "pmdesk refuses and logs it; somebody skilled could still read it with the own passphrase"
        " and another program.",
    ),
}

BARS: Mapping[str, Words] = {
    OWN: Words("与本人有关，须由他人决定", "his own: somebody else decides"),
    FOREIGN: Words("属于同事", "a colleague's"),
    NO_KEY: Words("账号没有这把密钥", "the account holds no key for it"),
    HIGH_RISK: Words("剩余风险过高", "the risk left is too high"),
    NOBODY: Words("任何人都不能", "nobody may"),
}
