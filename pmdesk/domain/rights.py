"""The rights D1 to D15 as data: article, pace, what is done, what comes out, when to refuse."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pmdesk.i18n import Words


class RightCode(StrEnum):
    """The fifteen rights of the desk."""

    ACCESS = "D1"
    COPY = "D2"
    TRANSFER = "D3"
    CORRECTION = "D4"
    ERASURE = "D5"
    RESTRICTION = "D6"
    WITHDRAWAL = "D7"
    EXPLANATION = "D8"
    OBJECTION = "D9"
    MARKETING = "D10"
    DEACTIVATION = "D11"
    DECEASED = "D12"
    MINOR = "D13"
    COMPLAINT = "D14"
    AGENT = "D15"


class Pace(StrEnum):
    """How fast the office has to be."""

    AT_ONCE = "at_once"
    ORDINARY = "ordinary"
    COMPLAINT = "complaint"


class Output(StrEnum):
    """What the person gets in the end, beside the receipt of the same day."""

    DOSSIER = "dossier"
    PACKAGE = "package"
    CORRECTION = "correction"
    CERTIFICATE = "certificate"
    RESTRICTION = "restriction"
    CONFIRMATION = "confirmation"
    EXPLANATION = "explanation"
    DECISION = "decision"
    KIN_DOSSIER = "kin_dossier"
    REPLY = "reply"


class Need(StrEnum):
    """What has to be known before the act."""

    PURPOSE = "purpose"
    FIELD = "field"
    SCOPE = "scope"
    RECIPIENT = "recipient"
    TIER = "tier"
    INNER = "inner"  # the right that is exercised for somebody
    TARGET = "target"  # the colleague complained about


class Reason(StrEnum):
    """Why a request may be refused, in whole or in part."""

    IDENTITY = "identity"
    SECRECY = "secrecy"
    STATUTE = "statute"
    NOT_HELD = "not_held"
    NOT_ENTITLED = "not_entitled"
    PRIOR_WISH = "prior_wish"
    NOT_FEASIBLE = "not_feasible"


REASONS: Mapping[Reason, Words] = {
    Reason.IDENTITY: Words(
        "换了方式仍无法确认申请人身份（个人信息保护法第五十条）",
        "identity not confirmed, another way was tried too (PIPL 50)",
    ),
    Reason.SECRECY: Words(
        "法律、行政法规要求保密（个人信息保护法第十八条、第四十五条）",
        "a law requires secrecy (PIPL 18, 45)",
    ),
    Reason.STATUTE: Words(
        "法律、行政法规要求继续处理（个人信息保护法第四十四条、第四十七条）",
        "a law requires the processing (PIPL 44, 47)",
    ),
    Reason.NOT_HELD: Words("本服务中心没有这项信息", "the office holds no such information"),
    Reason.NOT_ENTITLED: Words(
        "申请人无权代为提出（民法典第一百六十一条至第一百六十三条）",
        "no authority to ask for this person (Civil Code 161–163)",
    ),
    Reason.PRIOR_WISH: Words(
        "死者生前另有安排（个人信息保护法第四十九条）",
        "the deceased had arranged otherwise (PIPL 49)",
    ),
    Reason.NOT_FEASIBLE: Words(
        "不符合转移条件（网络数据安全管理条例第二十五条）",
        "the conditions of a transfer are not met (网络数据条例 25)",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """One right as the desk handles it; without `reasons` it can never be refused."""

    code: RightCode
    title: Words
    article: Words
    plain: Words  # for the poster: what a resident may ask for
    at_once: Words  # what happens as soon as it is received
    done: Words  # what the handler does
    output: Output
    limits: Words
    pace: Pace = Pace.ORDINARY
    reasons: tuple[Reason, ...] = ()
    needs: tuple[Need, ...] = ()
    checked: bool = False  # a second person looks before anything is handed over
    urgent: bool = False


_LOGGED = Words("登记后给回执", "registered, with a receipt")
_NEVER = Words("不得拒绝", "can never be refused")
_USUAL = (Reason.IDENTITY, Reason.NOT_ENTITLED)

_ALL = (
    Right(
        code=RightCode.ACCESS,
        title=Words("查阅", "Access"),
        article=Words("个人信息保护法 45；民法典 1037", "PIPL 45; Civil Code 1037"),
        plain=Words("看一看你们记了我哪些信息", "see what is recorded about me"),
        at_once=_LOGGED,
        done=Words("生成资料包，第二人核对后交付", "make the dossier; a second person checks it"),
        output=Output.DOSSIER,
        limits=Words(
            "涉及别人的信息会遮盖，但不因此拒绝",
            "others' data are redacted; that is no reason to refuse the whole",
        ),
        reasons=(*_USUAL, Reason.SECRECY, Reason.NOT_HELD),
        checked=True,
    ),
    Right(
        code=RightCode.COPY,
        title=Words("复制", "Copy"),
        article=Words("个人信息保护法 45", "PIPL 45"),
        plain=Words("要一份我的信息的复印件或电子版", "get a copy on paper or as a file"),
        at_once=_LOGGED,
        done=Words("生成资料包，第二人核对后交付", "make the dossier; a second person checks it"),
        output=Output.DOSSIER,
        limits=Words(
            "涉及别人的信息会遮盖，但不因此拒绝",
            "others' data are redacted; that is no reason to refuse the whole",
        ),
        reasons=(*_USUAL, Reason.SECRECY, Reason.NOT_HELD),
        checked=True,
    ),
    Right(
        code=RightCode.TRANSFER,
        title=Words("转移", "Transfer"),
        article=Words("个人信息保护法 45(3)；网络数据条例 25", "PIPL 45(3); 网络数据条例 25"),
        plain=Words("把我的信息转给我指定的单位", "have my data sent to somebody I name"),
        at_once=_LOGGED,
        done=Words(
            "只把合同和同意取得的信息打包给指定接收方",
            "pack contract and consented data for the named recipient",
        ),
        output=Output.PACKAGE,
        limits=Words(
            "只有明显超出合理次数才可收成本费",
            "cost only if the number is clearly excessive",
        ),
        reasons=(*_USUAL, Reason.NOT_HELD, Reason.NOT_FEASIBLE),
        needs=(Need.RECIPIENT,),
        checked=True,
    ),
    Right(
        code=RightCode.CORRECTION,
        title=Words("更正、补充", "Correction"),
        article=Words("个人信息保护法 46", "PIPL 46"),
        plain=Words("记错了，请改正或补充", "have something wrong put right"),
        at_once=Words(
            "标为“有争议”，核实期间不参与分类", "marked as disputed: rules do not read it meanwhile"
        ),
        done=Words("核实后更正；核实不符的，附上本人说明", "check and correct, or add a statement"),
        output=Output.CORRECTION,
        limits=Words(
            "核实有出入时保留原值并附本人说明",
            "a wrong claim keeps the value and adds the person's statement",
        ),
        reasons=(*_USUAL, Reason.NOT_HELD),
        needs=(Need.FIELD,),
    ),
    Right(
        code=RightCode.ERASURE,
        title=Words("删除", "Erasure"),
        article=Words("个人信息保护法 47；网络数据条例 24", "PIPL 47; 网络数据条例 24"),
        plain=Words("请删除我的信息", "have my data erased"),
        at_once=_LOGGED,
        done=Words(
            "按法定情形删除；依法须保留的封存停用", "erase; what the law makes us keep is sealed"
        ),
        output=Output.CERTIFICATE,
        limits=Words(
            "法定保存期未满的，封存停用，不是拒绝",
            "legal retention not over: blocked, not refused",
        ),
        reasons=_USUAL,
        needs=(Need.SCOPE,),
    ),
    Right(
        code=RightCode.RESTRICTION,
        title=Words("限制、拒绝处理", "Restriction"),
        article=Words("个人信息保护法 44；网络数据条例 23", "PIPL 44; 网络数据条例 23"),
        plain=Words("先别用我的某些信息", "stop the use of my data for a purpose"),
        at_once=_LOGGED,
        done=Words("按用途停用", "the purpose is frozen for this person"),
        output=Output.RESTRICTION,
        limits=Words("法律要求处理的除外", "except where a statute requires the processing"),
        reasons=(*_USUAL, Reason.STATUTE),
        needs=(Need.PURPOSE,),
    ),
    Right(
        code=RightCode.WITHDRAWAL,
        title=Words("撤回同意", "Withdrawal of consent"),
        article=Words("个人信息保护法 15；网络数据条例 23", "PIPL 15; 网络数据条例 23"),
        plain=Words("收回我给过的同意，不用说理由", "take back a consent, without a reason"),
        at_once=Words("当场撤回并删除", "withdrawn and erased at once"),
        done=Words("撤回即生效", "the withdrawal takes effect"),
        output=Output.CONFIRMATION,
        limits=_NEVER,
        pace=Pace.AT_ONCE,
        needs=(Need.PURPOSE,),
    ),
    Right(
        code=RightCode.EXPLANATION,
        title=Words("解释处理规则", "Explanation of the rules"),
        article=Words("个人信息保护法 48", "PIPL 48"),
        plain=Words("讲清楚你们怎么用我的信息", "have it explained how my data are used"),
        at_once=_LOGGED,
        done=Words("给说明并当面讲清", "hand out the leaflet and explain"),
        output=Output.EXPLANATION,
        limits=_NEVER,
    ),
    Right(
        code=RightCode.OBJECTION,
        title=Words("不同意分类结果、人工复核", "Objection to a tier, human review"),
        article=Words("个人信息保护法 24(3)", "PIPL 24(3)"),
        plain=Words("不同意电脑分的等级，要人来看", "object to a tier and have a human decide"),
        at_once=Words("当场按标准服务，等待人工决定", "standard at once, until a human decides"),
        done=Words("由负责人决定并写明理由", "a named person decides, with a reason"),
        output=Output.DECISION,
        limits=_NEVER,
        needs=(Need.TIER,),
    ),
    Right(
        code=RightCode.MARKETING,
        title=Words("拒收推介", "No marketing"),
        article=Words("个人信息保护法 24(2)；消保法 29(3)", "PIPL 24(2); 消保法 29(3)"),
        plain=Words("别再给我推销", "no more marketing"),
        at_once=Words("当场停止推介", "marketing stops at once"),
        done=Words("登记拒收标记", "the opt-out mark is set"),
        output=Output.CONFIRMATION,
        limits=_NEVER,
        pace=Pace.AT_ONCE,
    ),
    Right(
        code=RightCode.DEACTIVATION,
        title=Words("停用档案", "Deactivation"),
        article=Words("网络数据条例 21(4)、24", "网络数据条例 21(4), 24"),
        plain=Words("停用我的档案", "have my file deactivated"),
        at_once=_LOGGED,
        done=Words(
            "删除合同以外的全部信息，合同信息只用于合同",
            "all but contract data are erased, contract data serve the contract only",
        ),
        output=Output.CERTIFICATE,
        limits=Words("合同所需信息保留", "contract data stay"),
        reasons=_USUAL,
    ),
    Right(
        code=RightCode.DECEASED,
        title=Words("死者近亲属的请求", "Kin of a deceased person"),
        article=Words("个人信息保护法 49", "PIPL 49"),
        plain=Words("为去世的亲属查阅、更正或删除", "ask for a deceased relative"),
        at_once=_LOGGED,
        done=Words(
            "核对近亲属关系和自身正当利益，给有限资料",
            "check kinship and own lawful interest, hand out a limited dossier",
        ),
        output=Output.KIN_DOSSIER,
        limits=Words("死者生前另有安排的除外", "unless the deceased had arranged otherwise"),
        reasons=(*_USUAL, Reason.PRIOR_WISH, Reason.NOT_HELD),
        checked=True,
    ),
    Right(
        code=RightCode.MINOR,
        title=Words("未成年人或监护人的请求", "Minors and guardians"),
        article=Words(
            "个人信息保护法 31；未成年人保护法 72；未成年人网络保护条例 34",
            "PIPL 31; 未成年人保护法 72; 未成年人网络保护条例 34",
        ),
        plain=Words("孩子的信息，监护人可以要求删除、更正", "a child's data: guardians may ask"),
        at_once=Words("优先办理", "handled before all others"),
        done=Words("按请求的权利办理", "the right asked for is carried out"),
        output=Output.REPLY,
        limits=Words("拒绝必须书面说明理由", "a refusal is in writing, with reasons"),
        reasons=_USUAL,
        needs=(Need.INNER,),
        urgent=True,
    ),
    Right(
        code=RightCode.COMPLAINT,
        title=Words("投诉", "Complaint"),
        article=Words(
            "个人信息保护法 50、65；网络安全法 51；网络数据条例 20",
            "PIPL 50, 65; 网络安全法 51; 网络数据条例 20",
        ),
        plain=Words("投诉你们处理信息的做法", "complain about how data are handled"),
        at_once=_LOGGED,
        done=Words("由被投诉人以外的人调查并书面答复", "somebody else looks into it and answers"),
        output=Output.REPLY,
        limits=_NEVER,
        pace=Pace.COMPLAINT,
        needs=(Need.TARGET,),
    ),
    Right(
        code=RightCode.AGENT,
        title=Words("代理人的请求", "Request by an agent"),
        article=Words("民法典 161—163", "Civil Code 161–163"),
        plain=Words("请别人替我来办", "send somebody in my place"),
        at_once=_LOGGED,
        done=Words(
            "核对授权范围并回拨本人，敏感信息只交本人",
            "check the authority, call the principal back; sensitive data only to the principal",
        ),
        output=Output.REPLY,
        limits=Words("超出授权范围的部分不办", "nothing beyond the authority"),
        reasons=_USUAL,
        needs=(Need.INNER,),
    ),
)
RIGHTS: Mapping[RightCode, Right] = {right.code: right for right in _ALL}
INNER = (
    RightCode.ACCESS,
    RightCode.COPY,
    RightCode.CORRECTION,
    RightCode.ERASURE,
    RightCode.RESTRICTION,
    RightCode.EXPLANATION,
)  # what may be asked for in somebody's name; withdrawing has its own page with its own proof
