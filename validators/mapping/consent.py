"""Columns of consent, which say the contrary of an opt-out.

“Newsletter opt-in: yes” is no opt-out, and “no” is one: whoever did not agree is not written to.
"""

import re
from typing import Final

import pandas as pd

from validators.mapping.headers import fold_header
from validators.standardize.text import DATED, NO, YES

CONSENT: Final = re.compile(
    r"\b(?:opt ?in|opted ?in|consent|consents|einwilligung|zustimmung|einverstanden|"
    r"einverstandnis|werbeeinwilligung|consentement|consentimiento|subscribed|permission|"
    r"autorisation|autorizacion|accepts? (?:e ?mail )?marketing)\b"
)
# “Newsletter”, “Newsletter (j/n)”: whoever says yes takes it.
TAKES: Final = re.compile(
    r"(?:e ?mail )?(?:newsletter|boletin|infolettre|rundbrief|mailing list|mailinglist)"
    r"(?: (?:abo|abonniert|abonnent|gewunscht|erwunscht|abonne|suscrito|subscriber|sign ?up))?"
    r"(?: (?:[jyos]|ja|yes|oui|si) ?(?:n|nein|no|non))?"
)
# Consent to something else than messages, or to nothing that can be told.
OTHER_MATTERS: Final = re.compile(
    r"\b(?:cookie|cookies|sms|phone|call|calls|telefon|ip|date|time|text|source|id|version|"
    r"terms|privacy|whats ?app|user|personalization|datum|foto|photo|image|imagen|bild|video|"
    r"recording|survey|surveys|umfrage)\b"
)


def is_consent(header: str) -> bool:
    """Tell whether a header asks for consent to e-mails."""
    folded = fold_header(header)
    agreed = CONSENT.search(folded) and not OTHER_MATTERS.search(folded)
    return bool(agreed) or takes_newsletter(header)


def takes_newsletter(header: str) -> bool:
    """Tell whether a header asks no more than whether somebody takes the newsletter."""
    return TAKES.fullmatch(fold_header(header)) is not None


def turn_round(column: "pd.Series[str]") -> "pd.Series[str]":
    """Make opt-outs of consents: yes is no, no is yes, a day of consent is no; the rest stays."""
    answers = {text: _opposite(text) for text in column.dropna().unique()}
    return column.map(answers).astype("str")


def _opposite(text: str) -> str:
    word = text.strip(" .").casefold()
    if word in YES or DATED.match(word):
        return "no"
    return "yes" if word in NO else text
