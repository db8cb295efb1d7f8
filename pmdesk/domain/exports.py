"""Every way in which data leave the office as a file, on paper or through the clipboard."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pmdesk.domain.staff import Permission
from pmdesk.i18n import Words


class Holds(StrEnum):
    """On how many people one export tells something."""

    NOBODY = "nobody"  # no resident, or only counts in which small numbers are hidden
    ONE = "one"  # a paper or a row about one person
    BROUGHT = "brought"  # rows of a file that the user just chose; nothing of the register
    MANY = "many"  # a list of residents: the export guard stands before it


class ExportKind(StrEnum):
    """Lists of residents; each of them has to pass the guard."""

    CLASSIFICATION = "classification"
    HANDOVER = "handover"
    LOG = "log"


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One way out: what it holds, whether it may tell of money, who may, and where it is made."""

    name: Words
    holds: Holds
    content: Words
    modules: tuple[str, ...]  # below `pmdesk`; a module that writes and stands nowhere fails a test
    kind: ExportKind | None = None  # of what the guard watches
    economic: bool = False
    permission: Permission | None = None  # None: whoever may open the page


EXPORTS: tuple[Export, ...] = (
    Export(
        kind=ExportKind.CLASSIFICATION,
        name=Words("客户分类表", "classification table"),
        holds=Holds.MANY,
        content=Words(
            "房号、姓名、手机、身份、等级、标签、同意、理由",
            "room, name, mobile, role, tier, tags, consent, reason",
        ),
        economic=True,
        permission=Permission.EXPORT,
        modules=("services.export", "services.export_files", "ui.classification.export_bar"),
    ),
    Export(
        kind=ExportKind.HANDOVER,
        name=Words("移交名册", "hand-over roster"),
        holds=Holds.MANY,
        content=Words("楼栋、房号、姓名、身份、电话", "building, room, name, role, phone"),
        permission=Permission.EXPORT,
        modules=("services.rights.handover_package", "ui.keeping.handover_steps"),
    ),
    Export(
        kind=ExportKind.LOG,
        name=Words("操作记录的文件", "file of the log"),
        holds=Holds.MANY,
        content=Words("谁在何时对哪个房间做了什么", "who did what about which room, and when"),
        permission=Permission.SEE_AUDIT,
        modules=("services.log_book",),
    ),
    Export(
        name=Words("表格中的一行（复制）", "one row of a table (copied)"),
        holds=Holds.ONE,
        content=Words("列表中显示的一行，姓名手机已遮盖", "one row as shown, masked"),
        modules=("ui.tables.view",),
    ),
    Export(
        name=Words("给本人的文书", "papers for the person"),
        holds=Holds.ONE,
        content=Words(
            "同意回执、个人信息副本、答复、等级说明",
            "receipts, copies of one's data, answers, letters about a tier",
        ),
        modules=(
            "ui.classification.letter",
            "ui.consent.page",
            "ui.consent.papers",
            "ui.consent.receipt_step",
            "ui.plans.person_sheet",
            "ui.resident.person_card",
            "ui.rights.papers",
        ),
    ),
    Export(
        name=Words("派工单", "contractor sheet"),
        holds=Holds.ONE,
        content=Words(
            "单号、地点、事项、说明、时间，不写姓名电话",
            "number, place, kind, words and time; no name and no phone",
        ),
        permission=Permission.HANDLE_ORDERS,
        modules=("services.orders.sheet", "ui.orders.papers"),
    ),
    Export(
        name=Words("排班表和巡查安排", "roster and rounds"),
        holds=Holds.NOBODY,
        content=Words("同事的班次、巡查的地点和时间", "shifts of colleagues, places and times"),
        permission=Permission.SEE_ORDERS,
        modules=("services.paper.staffing", "ui.staffing.papers"),
    ),
    Export(
        name=Words("导入时要改的行", "rows to mend of an import"),
        holds=Holds.BROUGHT,
        content=Words("用户自己文件里有问题的行", "bad rows of the user's own file"),
        permission=Permission.IMPORT,
        modules=("services.exchange.faults", "services.exchange.template"),
    ),
    Export(
        name=Words("图表", "charts"),
        holds=Holds.NOBODY,
        content=Words("隐去小数目的合计", "totals, small numbers hidden"),
        permission=Permission.EXPORT,
        modules=(
            "ui.charts.draw",
            "ui.charts.files",
            "ui.charts.sheet",
            "ui.dashboard.needs",
            "ui.dashboard.way_out",
        ),
    ),
    Export(
        name=Words("月报", "monthly report"),
        holds=Holds.NOBODY,
        content=Words(
            "隐去小数目的合计、结论、存证编码", "totals, small numbers hidden; sentences; a code"
        ),
        permission=Permission.EXPORT,
        modules=("services.monthly.paper", "ui.dashboard.monthly"),
    ),
    Export(
        name=Words("规则和审查表", "rules and review sheets"),
        holds=Holds.NOBODY,
        content=Words("对所有人相同的规则", "rules that are the same for everybody"),
        permission=Permission.SEE_RULES,
        modules=(
            "services.rule_exchange.exchange",
            "services.rule_exchange.sheet_writing",
            "ui.rules.clipping",
            "ui.rules.review.papers",
        ),
    ),
    Export(
        name=Words("服务承诺和价目表", "service promises and price list"),
        holds=Holds.NOBODY,
        content=Words("对所有人相同的承诺和价格", "promises and prices that are the same for all"),
        permission=Permission.SEE_ORDERS,
        modules=("ui.plans.grid", "ui.plans.papers"),
    ),
    Export(
        name=Words("告知书和处理规则", "notices and handling rules"),
        holds=Holds.NOBODY,
        content=Words("给所有人看的文字", "texts for everybody"),
        modules=("ui.notices.papers",),
    ),
    Export(
        name=Words("合规记录和培训证明", "compliance records and training certificates"),
        holds=Holds.NOBODY,
        content=Words("不写住户姓名的记录", "records that name no resident"),
        permission=Permission.SEE_RECORDS,
        modules=("ui.records.papers", "ui.pages.training"),
    ),
    Export(
        name=Words("迎检材料", "inspection pack"),
        holds=Holds.NOBODY,
        content=Words("制度、记录和数目，不含住户信息", "policies, records and counts"),
        permission=Permission.SEE_RECORDS,
        modules=("services.inspection.package",),
    ),
    Export(
        name=Words("权限表", "table of permissions"),
        holds=Holds.NOBODY,
        content=Words("哪种角色能做什么", "which role may do what"),
        modules=("ui.access.matrix_card",),
    ),
    Export(
        name=Words("使用手册", "manual"),
        holds=Holds.NOBODY,
        content=Words("程序的说明", "how the program works"),
        modules=("ui.manual.dialog",),
    ),
    Export(
        name=Words("员工离职提醒", "reminder to a colleague who leaves"),
        holds=Holds.NOBODY,
        content=Words("保密义务的提醒信", "what stays secret afterwards"),
        permission=Permission.MANAGE_STAFF,
        modules=("ui.staff.leaving_dialog",),
    ),
    Export(
        name=Words("操作记录的存证", "anchors of the log"),
        holds=Holds.NOBODY,
        content=Words("签名、数目和时间", "signatures, counts and times"),
        permission=Permission.SEE_AUDIT,
        modules=("services.log_anchors", "ui.log.papers", "ui.pages.log"),
    ),
    Export(
        name=Words("恢复密钥纸和恢复步骤", "sheets of the recovery key and of restoring"),
        holds=Holds.NOBODY,
        content=Words("服务中心的恢复密钥，恢复的步骤", "the recovery key, the steps of restoring"),
        modules=(
            "app.gate",
            "ui.backups.guide",
            "ui.backups.restore_dialog",
            "ui.pages.wizard",
            "ui.restore.page",
            "ui.staff.recovery_dialog",
            "ui.wizard.paper",
        ),
    ),
)
KINDS: Mapping[ExportKind, Export] = {one.kind: one for one in EXPORTS if one.kind is not None}
