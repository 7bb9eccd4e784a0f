"""A report as one HTML page that needs nothing else: no script, no image, no network.

Every value is escaped on its way into the page, and the page's own policy forbids it to load or
run anything, so that a cell can never become more than text.
"""

import hashlib
import unicodedata
from base64 import b64encode
from datetime import datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports import plots
from reports.issue_groups import label
from reports.model import Place, Report

_FATE_LABELS = {
    "created": ("Created", "new contacts"),
    "merged": ("Merged", "linked to a contact that was there already"),
    "held": ("Held", "possible matches that wait before they are loaded"),
    "quarantined": ("Quarantined", "rows with errors, kept until they are repaired"),
    "already_seen": ("Already seen", "the same rows were imported before"),
}
_SEVERITIES = {
    "error": ("Error", "sends the row to quarantine"),
    "warning": ("Warning", "is loaded, but should be looked at"),
    "repaired": ("Repaired", "was put right without losing anything"),
}
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}


def render_page(report: Report) -> str:
    """Write the page."""
    style = _environment().get_template("report.css").render()
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            # Our own style sheet, no value in it; the page's policy names it by its hash.
            style=Markup(style),  # noqa: S704
            style_hash=b64encode(hashlib.sha256(style.encode()).digest()).decode(),
            fates=plots.stack_fates(report.counts),
            histogram=plots.draw_histogram(report.weights),
            fate_labels=_FATE_LABELS,
            severities=_SEVERITIES,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "bits": show_bits,
        "delimiter": lambda sign: _DELIMITERS.get(sign, sign),
        "label": label,
        "number": lambda number: f"{number:,}",
        "percent": show_percent,
        "place_within": show_place,
        "visible": show_hidden,
        "visible_part": show_signs,
        "when": show_time,
    }
    environment.globals |= {"bar_width": plots.bar_width, "draw_waterfall": plots.draw_waterfall}
    return environment


def show_signs(text: str) -> str:
    """The text with control and direction signs made visible."""
    return "".join(sign if _can_be_seen(sign) else f"⟨U+{ord(sign):04X}⟩" for sign in text)


def show_hidden(text: str) -> str:
    """The text with what cannot be seen made visible: control and direction signs, outer spaces."""
    shown = show_signs(text)
    inner = shown.strip(" ")
    before = len(shown) - len(shown.lstrip(" "))
    return "␣" * before + inner + "␣" * (len(shown) - before - len(inner))


def _can_be_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


def show_bits(weight: float) -> str:
    """A weight with its sign."""
    return f"{weight:+.1f}".replace("-", "\u2212")  # the minus sign, as wide as the plus


def show_percent(share: float) -> str:
    """A share of 100 as people write it: never 0 % for something, never 100 % for less than all."""
    if 0 < share < 0.1:
        return "under 0.1 %"
    if 99.9 < share < 100:
        return "over 99.9 %"
    return f"{share:.0f} %" if share in (0, 100) else f"{share:.1f} %"


def show_place(place: Place, file: str | None = None) -> str:
    """Where a row came from: the file (unless it is `file`), the sheet, the line."""
    if place.line is None and place.row is None:
        return place.sheet or "the whole table"
    named = place.file if place.file != file else None
    line = f"line {place.line:,}" if place.line is not None else f"row {place.row:,}"
    return ", ".join(part for part in (named, place.sheet, line) if part)


def show_time(stamp: str) -> str:
    """An ISO time in UTC for people; a text that is none stays as it is."""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"
