"""Personal values as lists show them: enough to recognise, too little to use."""

import re

from pmdesk.domain.surnames import surname

_STARS = "****"


def mask_name(name: str) -> str:
    """王*明, 王*, 欧阳*; of a name with a dot or in Latin letters only the first letter shows."""
    if not name:
        return ""
    if "·" in name or name[0].isascii():
        return name[0] + "**" if len(name) > 1 else "*"
    family = surname(name)
    hidden = len(name) - len(family)
    if hidden <= 1:
        return family + "*" if hidden else "*"
    return family + "*" * (hidden - 1) + name[-1] if len(name) <= 4 else family + "**"  # noqa: PLR2004  # 欧阳*明


def mask_phone(phone: str) -> str:
    """138****1234; of a landline the area code and the last three digits, else nothing."""
    if re.fullmatch(r"[0-9]{11}", phone) and not phone.startswith("0"):
        return phone[:3] + _STARS + phone[-4:]
    code, dash, number = phone.partition("-")
    if dash and number.isdigit() and len(number) >= 7:  # noqa: PLR2004  # the shortest local number
        return f"{code}-{_STARS}{number[-3:]}"
    return _STARS if phone else ""


def mask_text(text: str) -> str:
    """The first character and stars whose number tells nothing about the rest."""
    if not text:
        return ""
    return text[0] + _STARS if len(text) > 1 else _STARS
