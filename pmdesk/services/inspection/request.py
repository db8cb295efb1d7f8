"""What is asked before a pack is made, as the fields of a form."""

from collections.abc import Mapping
from dataclasses import replace

from pmdesk.domain.fields import (
    Field,
    Kind,
    Option,
    Value,
    record_field,
)
from pmdesk.domain.inspections import MEANINGS, Inspection, Part
from pmdesk.i18n import Words

_NEED = Words("留存配合检查的记录", "Proof of what an authority was given")
_LONGEST = 100


def form() -> tuple[Field, ...]:
    """The fields, in order."""
    parts = tuple(Option(code=one, label=MEANINGS[one].title) for one in Part)
    return (
        _field("authority", Words("检查机关", "Authority"), Kind.TEXT),
        _field("document", Words("检查文书编号", "Number of the written request"), Kind.TEXT),
        _field(
            "article",
            Words("文书引用的法律条款", "Article that the request names"),
            Kind.TEXT,
            hint=Words("例如：个人信息保护法第63条", "Such as: PIPL 63"),
        ),
        _field(
            "shown",
            Words("检查人员出示了证件", "The officer showed an identification"),
            Kind.FLAG,
            hint=Words("只看不抄，不复印证件。", "Look at it; copy nothing."),
        ),
        _field(
            "parts", Words("文书要求查看的内容", "What the request asks for"), Kind.CHOICES, parts
        ),
        _field(
            "names",
            Words("文书要求写明员工姓名", "The request asks for names of the staff"),
            Kind.FLAG,
            hint=Words(
                "不选则只写角色。住户的信息一律不装入。",
                "If not, only roles are named. Of residents nothing is inside either way.",
            ),
            required=False,
        ),
    )


def prepared() -> Inspection:
    """A pack with every part and without names, made ready before an authority comes."""
    return Inspection(parts=tuple(Part))


def inspection(values: Mapping[str, Value]) -> Inspection:
    """The request as it was entered."""
    chosen = values.get("parts")
    ticked = set(chosen) if isinstance(chosen, tuple) else set()
    return Inspection(
        authority=_text(values, "authority"),
        document=_text(values, "document"),
        article=_text(values, "article"),
        shown=values.get("shown") is True,
        parts=tuple(one for one in Part if one.value in ticked),
        names=values.get("names") is True,
    )


def _text(values: Mapping[str, Value], key: str) -> str:
    return str(values.get(key) or "").strip()


def _field(
    key: str,
    label: Words,
    kind: Kind,
    options: tuple[Option, ...] = (),
    *,
    hint: Words | None = None,
    required: bool = True,
) -> Field:
    return replace(
        record_field(key, label, kind, retention="R-DISC", necessity=_NEED),
        options=options,
        required=required,
        longest=_LONGEST,
        hint=hint,
    )
