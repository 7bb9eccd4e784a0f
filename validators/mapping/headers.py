"""Header texts, folded so that "E-Mail-Adresse", "emailAdresse" and "EMAIL ADRESSE" look alike."""

import re
import unicodedata
from typing import Final

CAMEL: Final = re.compile(r"(?<=[a-z\u00df-\u00ff])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
NUMBER_SIGN: Final = re.compile(r"(?<=\w)\s*#\s*$")
NUMERO: Final = re.compile(r"\bn\s?[°º]", re.IGNORECASE)
COUNTED: Final = re.compile(r"(?<=[^\W\d_]{2})(?=\d\b)")
# How a cell is to be filled: “(dd/mm/yyyy)”, “(10 digits)”, “(if applicable)”.
HINT: Final = re.compile(
    r"""\s*[(\[]\s*(?:
        (?:[dtjmya]{1,4}[\s./-]?){2,3} | \d+\s(?:digits|characters|chars|stellig)
      | (?:if|falls|wenn|si)\s[^()\[\]]+ | optional | required | facultatif | opcional | freiwillig
      | utc | gmt | (?:europe|america|asia|africa|australia|pacific)/[\w/]+
    )\s*[)\]]""",
    re.VERBOSE | re.IGNORECASE,
)
# What a form puts in from an earlier answer.
PIPED: Final = re.compile(r"\{\{[^{}]*\}\}")
# A field of one's own in Salesforce.
CUSTOM: Final = re.compile(r"__(?:c|pc|r)$")
REPEATED: Final = re.compile(r"\s\(\d+\)$")


def fold_header(header: str) -> str:
    """Return the words of a header: lower case, no accents, single spaces, no punctuation."""
    text = CUSTOM.sub("", REPEATED.sub("", HINT.sub("", PIPED.sub("", header)).strip()))
    text = CAMEL.sub(" ", text) if not text.isupper() else text
    text = text.replace("ß", "ss").replace("&", " and ")
    text = COUNTED.sub(" ", text)
    text = NUMERO.sub("numero ", text)
    text = NUMBER_SIGN.sub(" number", text)
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", " ", plain).strip()


def squeeze(folded: str) -> str:
    """Return a folded header without its spaces: first name and firstname are one word."""
    return folded.replace(" ", "")
