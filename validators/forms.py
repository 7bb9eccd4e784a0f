"""The standard form of each field that has one, as a pattern for the whole value (RE2)."""

from typing import Final

from validators.fields import EMAIL_FIELDS, FIELDS

E164: Final = r"^\+[1-9]\d{4,14}$|^\d{4,15}$"
EMAIL: Final = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
DAY: Final = r"^\d{4}-\d{2}-\d{2}$"
MOMENT: Final = r"^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}Z?)?$"
ALPHA_2: Final = r"^[A-Z]{2}$"
DECIMAL: Final = r"^-?\d+(?:\.\d+)?$"
FLAG: Final = r"^(?:true|false)$"
WEB: Final = r"^https?://\S+$"

STANDARD: Final = {
    **dict.fromkeys(EMAIL_FIELDS, EMAIL),
    **{name: E164 for name, field in FIELDS.items() if field.kind == "phone"},
    **dict.fromkeys(("email_opt_out", "do_not_call"), FLAG),
    **dict.fromkeys(("amount", "call_seconds"), DECIMAL),
    "country": ALPHA_2,
    "birth_date": DAY,
    "occurred_at": MOMENT,
    "website": WEB,
}
