"""Shapes of values, one pattern or list each, for `evidence` to count."""

import re
from typing import Final

from validators.words import words

EMAIL: Final = re.compile(r"(?:mailto:)?[^@\s]+@[^@\s]+\.[^@\s]+|.*<[^@\s]+@[^@\s]+>")
PHONE: Final = re.compile(
    "(?:p:|tel:)?\\s*\\+?[\\d()][\\d\\s()./\\-\u2010-\u2015]{5,24}\\d(?:\\s*(?:x|ext\\.?|#)\\s*\\d{1,6})?",
    re.IGNORECASE,
)
# Written like a phone, and like nothing else: with + or 00, or parted.
PARTED_PHONE: Final = re.compile(r"\+|^00|^0\d{5,}|\d[\s()./\-]+\d")
# A number with a decimal point, such as a latitude.
DECIMAL: Final = re.compile(r"-?(?:0|[1-9]\d{0,2})\.\d+")
DATE: Final = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\D.*)?|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?:\D.*)?"
    r"|\d{1,2}\.?\s[^\W\d]{3,}\s\d{4}.*|(?:19|20)\d{6}"
)
WEB: Final = re.compile(
    r"https?://\S+|www\.\S+|[\w\-]+(?:\.[\w\-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE
)
PROFILE: Final = re.compile(r"(?:linkedin|facebook|twitter|x|xing|instagram)\.com/", re.IGNORECASE)
POSTAL: Final = re.compile(
    r"\d{4,6}(?:-\d{3,4})?|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d"
    r"|\d{4}\s?[A-Z]{2}|\d{3}\s\d{2}|\d{2}-\d{3}",
    re.IGNORECASE,
)
NUMBER: Final = re.compile(r"[+-]?[\d.,\s]*\d")
# A legal form at the end, or a word that people's names do not have.
ORGANIZATION: Final = re.compile(
    r"\b(?:gmbh|inc|ltd|llc|llp|corp|plc|ag|kg|s\.?a\.?r?\.?l?|s\.?r\.?l|b\.?v|co|company|oy|ab|"
    r"pty|limited|e\.?v)\b\.?\s*$|"
    r"\b(?:restaurant|cafe|café|hotel|bar|grill|bistro|kitchen|pizza\w*|deli\w*|school|schule|"
    r"academy|center|centre|church|association|institute|university|clinic|hospital|group|services|"
    r"solutions|systems|foundation|society|club|agency|bank|studio|shop|store|market|house|inn|"
    r"early|child\w*|care|learning|development|day|community|public|the|of|on|at|and)\b|&|'s\b|\d",
    re.IGNORECASE,
)
LABELS: Final = words(
    """
    home work mobile other main fax pager private business internet * cell office custom privat
    arbeit mobil obsolete
    """
)
STATUS: Final = re.compile(
    r"(?:open|new|working|contacted|qualified|unqualified|disqualified|converted|closed|won|lost|"
    r"active|inactive|pending|lead|customer|in progress|nurturing|attempted|connected|offen|neu|"
    r"geschlossen|nouveau|nuevo|abierto)\b.*",
    re.IGNORECASE,
)
CALL_RESULT: Final = re.compile(
    r"completed|busy|no[- ]answer|failed|canceled|answered|missed|voicemail|accepted|rejected|"
    r"abandoned|ringing|in-progress|queued",
    re.IGNORECASE,
)
CALL_DIRECTION: Final = re.compile(r"(?:in|out)(?:bound|going|coming)?(?:[- ]\w+)?", re.IGNORECASE)
