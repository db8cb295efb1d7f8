"""迎检: what an authority may ask to see, and what has to be known before it gets anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pmdesk.domain.fields import Problem
from pmdesk.i18n import N_, Words

KEPT_MONTHS = 36  # as other disclosures: three years


class Part(StrEnum):
    """A part of the pack, in the order of its index."""

    OFFICE = "office"
    PURPOSES = "purposes"
    NOTICES = "notices"
    POLICIES = "policies"
    RULES = "rules"
    ASSESSMENTS = "assessments"
    AUDITS = "audits"
    RIGHTS = "rights"
    INCIDENTS = "incidents"
    OTHERS = "others"
    TRAINING = "training"
    RETENTION = "retention"
    LOG = "log"
    BACKUPS = "backups"
    SECURITY = "security"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a part is called, what it proves, and for which article."""

    title: Words
    proves: Words
    article: Words


MEANINGS: Mapping[Part, Meaning] = {
    Part.OFFICE: Meaning(
        title=Words("单位和负责人", "Office and responsible people"),
        proves=Words(
            "谁处理个人信息、谁负责、怎样联系", "Who handles the data, and who is in charge"
        ),
        article=Words("个保法第9、17、52条", "PIPL 9, 17(1)(1), 52"),
    ),
    Part.PURPOSES: Meaning(
        title=Words("处理目的和法律依据", "Purposes and legal bases"),
        proves=Words(
            "每个目的的依据、字段和保存期限", "The basis, fields and period of every purpose"
        ),
        article=Words("个保法第6、13、19条", "PIPL 6, 13, 19"),
    ),
    Part.NOTICES: Meaning(
        title=Words("告知书和历次版本", "Notices and their versions"),
        proves=Words("事先告知了什么、从哪天起", "What people are told beforehand, and since when"),
        article=Words("个保法第7、14、17条", "PIPL 7, 14, 17"),
    ),
    Part.POLICIES: Meaning(
        title=Words("内部制度", "Internal rules"),
        proves=Words("制度、施行日期和批准人", "The rules in force and when they were adopted"),
        article=Words("个保法第51、58条", "PIPL 51(1), 58"),
    ),
    Part.RULES: Meaning(
        title=Words("分类规则和合法性审查", "Classification rules and their legality reviews"),
        proves=Words(
            "自动分类的规则、审查结果和批准过程",
            "The rules of the automated decision, reviewed and approved",
        ),
        article=Words("个保法第24、55条", "PIPL 24, 55(2)"),
    ),
    Part.ASSESSMENTS: Meaning(
        title=Words("个人信息保护影响评估", "Impact assessments"),
        proves=Words("事前评估、结论和措施", "Assessed beforehand, with conclusion and measures"),
        article=Words("个保法第55、56条", "PIPL 55, 56"),
    ),
    Part.AUDITS: Meaning(
        title=Words("合规自查", "Self-audits"),
        proves=Words("定期自查和整改", "Regular self-audits, and what was mended"),
        article=Words("个保法第54条", "PIPL 54"),
    ),
    Part.RIGHTS: Meaning(
        title=Words("权利请求统计", "Statistics of rights requests"),
        proves=Words("请求是否按时答复", "Whether requests were answered in time"),
        article=Words("个保法第44至50条", "PIPL 44–50"),
    ),
    Part.INCIDENTS: Meaning(
        title=Words("安全事件登记（不含姓名）", "Register of incidents, without names"),
        proves=Words("事件、通知和演练", "Incidents, who was told, and drills"),
        article=Words("个保法第57条", "PIPL 57"),
    ),
    Part.OTHERS: Meaning(
        title=Words("委托处理、对外提供和共同处理", "Processors, disclosures and joint handlers"),
        proves=Words("把信息交给了谁、凭什么", "Who got data, and on what ground"),
        article=Words("个保法第20至23、59条", "PIPL 20–23, 59"),
    ),
    Part.TRAINING: Meaning(
        title=Words("培训和保密承诺", "Training and secrecy"),
        proves=Words("各角色的培训、测验和承诺", "Training, tests and undertakings by role"),
        article=Words("个保法第51条", "PIPL 51(4)"),
    ),
    Part.RETENTION: Meaning(
        title=Words("保存期限和到期删除", "Retention and erasure"),
        proves=Words("到期删除的执行情况", "That what is due is erased"),
        article=Words("个保法第19、47条", "PIPL 19, 47"),
    ),
    Part.LOG: Meaning(
        title=Words("操作记录核对证明", "Proof of the log"),
        proves=Words("操作记录没有被改动或删减", "That the log was neither changed nor cut"),
        article=Words("个保法第51条、网络安全法第23条", "PIPL 51(3), Cybersecurity Law 23"),
    ),
    Part.BACKUPS: Meaning(
        title=Words("备份和恢复验证", "Backups and their proofs"),
        proves=Words("备份做过恢复验证", "That backups were proved by restoring them"),
        article=Words("个保法第51条、网络数据条例第9条", "PIPL 51, Network Data Regulation 9"),
    ),
    Part.SECURITY: Meaning(
        title=Words("角色权限和安全措施", "Roles and security measures"),
        proves=Words("谁能做什么、怎样保护", "Who may do what, and how data are protected"),
        article=Words("个保法第51条", "PIPL 51(2)–(3)"),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What the authority asked for; nothing beyond it goes into the pack."""

    authority: str = ""
    document: str = ""  # number of the written request
    article: str = ""  # the law it names
    shown: bool = False  # the officer showed an identification
    parts: tuple[Part, ...] = ()
    names: bool = False  # of staff: only where the authority asks for them

    @property
    def is_prepared(self) -> bool:
        """Whether it is made before anybody asked: it stays in the office until somebody does."""
        return bool(self.parts) and not (
            self.authority or self.document or self.article or self.shown
        )

    def problems(self) -> tuple[Problem, ...]:
        """What is missing before anything may be handed over (law.md 6.7: no oral requests)."""
        needed = {
            "authority": (self.authority.strip(), N_("Enter which authority asks")),
            "document": (self.document.strip(), N_("Enter the number of the written request")),
            "article": (self.article.strip(), N_("Enter the article that the request names")),
            "shown": (self.shown, N_("First look at the officer's identification")),
            "parts": (self.parts, N_("Tick what the request asks for")),
        }
        return tuple(
            Problem(key=key, sentence=sentence)
            for key, (given, sentence) in needed.items()
            if not given
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A pack that was handed over, as the package log keeps it."""

    number: str
    at: datetime
    by: str  # uid
    asked: Inspection
    files: int
    digest: str  # SHA-256 of the file
