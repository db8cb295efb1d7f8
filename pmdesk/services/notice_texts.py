"""Notice texts put together: the part of the purpose, the common block, the lists."""

from collections.abc import Mapping, Sequence
from functools import cache

from pmdesk.assets import asset
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fields import Dimension, Field, Sensitivity
from pmdesk.domain.notices import Notice
from pmdesk.domain.office import OfficeProfile
from pmdesk.domain.purpose_plans import PurposePlan
from pmdesk.domain.purposes import Purpose, Retention
from pmdesk.i18n import Words

OPEN = "0.0"  # the version of a text that is not yet put into force

_SEPARATORS = {"zh_CN": "、", "en": ", "}
_LINES = {"zh_CN": "· {group}：{items}", "en": "· {group}: {items}"}
_ITEM_LINES = {"zh_CN": "{item}　□ 同意　□ 不同意", "en": "{item}　□ I agree　□ I do not agree"}
_GROUPS: Mapping[Dimension, Words] = {
    Dimension.BASIC: Words("身份和联系", "Identity and contact"),
    Dimension.CONTRACT: Words("房屋和合同", "Premises and contract"),
    Dimension.ECONOMIC: Words("缴费和预算", "Payment and budget"),
    Dimension.HABIT: Words("时间和习惯", "Times and habits"),
    Dimension.NEED: Words("服务需要", "Service needs"),
    Dimension.SERVICE: Words("服务经过", "Service so far"),
    Dimension.CONTROL: Words("选择和保护", "Choices and safeguards"),
}
_UNNAMED = {"contact_email": Words("无", "none"), "place": Words("服务中心", "the service centre")}


def composed(plan: PurposePlan, catalogue: Catalogue, language: str, version: str = OPEN) -> Notice:
    """The notice of the plan; what only an office can say stays open as {name}.

    `catalogue` is the one that the plan was applied to.
    """
    purpose = plan.purpose
    by_key = {str(field.key): field for field in catalogue.fields}
    fields = [by_key[key] for key in plan.fields if key in by_key]
    kept = catalogue.kept(purpose)
    blocks = {"common": template("common", language), "items": _items(fields, language)}
    facts = plan.particulars
    places = {
        "name": said_in(language, purpose.name),
        "summary": said_in(language, purpose.summary),
        "fields": _groups(fields, language),
        "period": period(purpose, kept, language),
        "at_end": said_in(language, kept.at_end),
        "roles": said_in(language, facts.roles),
        "assist_roles": said_in(language, facts.assist_roles),
        "times_a_month": facts.times_a_month,
        "processors": said_in(language, facts.processors),
        "recipients": said_in(language, facts.recipients),
        "joint": said_in(language, facts.joint),
    }
    bare = Notice(
        purpose=purpose.code,
        version=version,
        language=language,
        text=plan.text(language),
        fields=tuple(plan.fields),
    )
    return bare.filled(blocks).filled(places)


def dated(notice: Notice, profile: OfficeProfile, version: str, day: str) -> Notice:
    """The notice as this office puts it into force: with its particulars, version and day."""
    own = {
        key: value or said_in(notice.language, _UNNAMED[key]) if key in _UNNAMED else value
        for key, value in profile.places().items()
    }
    filled = notice.filled(own | {"version": version, "date": day})
    return Notice(
        purpose=notice.purpose,
        version=version,
        language=notice.language,
        text=filled.text,
        fields=notice.fields,
    )


def period(purpose: Purpose, kept: Retention, language: str) -> str:
    """How long values are kept; a purpose that the office shortened says its own months."""
    if purpose.months is None or purpose.months == kept.months:
        return said_in(language, kept.period)
    count = purpose.months
    words = Words(
        f"自您同意或者最近一次确认起{count}个月",
        f"{count} months from your consent or last confirmation",
    )
    return said_in(language, words)


@cache
def template(name: str, language: str) -> str:
    """A shipped text of that language."""
    return asset(f"starters/notices/{language}/{name}.md").read_text(encoding="utf-8").strip()


def said_in(language: str, words: Words) -> str:
    """In that language, whichever the user speaks; English that nobody wrote is said in Chinese."""
    return (words.en or words.zh) if language == "en" else words.zh


def _groups(fields: Sequence[Field], language: str) -> str:
    """A line for each kind of data with the fields of that kind."""
    lines = []
    for dimension, group in _GROUPS.items():
        labels = [said_in(language, one.label) for one in fields if one.dimension is dimension]
        if labels:
            items = _SEPARATORS[language].join(labels)
            words = said_in(language, group)
            lines.append(_LINES[language].format(group=words, items=items))
    return "\n".join(lines)


def _items(fields: Sequence[Field], language: str) -> str:
    """A line with both answers for each item that needs a consent of its own."""
    labels = [
        said_in(language, option.label)
        for field in fields
        if field.sensitivity is Sensitivity.SENSITIVE
        for option in field.options
    ]
    return "\n\n".join(_ITEM_LINES[language].format(item=label) for label in labels)
