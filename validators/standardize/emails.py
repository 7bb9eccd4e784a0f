"""A column of e-mail addresses: the plain ones at once, the others one by one.

An address is plain where its local part is letters and digits and no word that needs thought,
and nothing can be said about its domain. What is asked of a domain is asked once.
"""

from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from validators.standardize.distinct import Cell, Distinct, Texts
from validators.standardize.email import (
    ECHOES,
    LONGEST,
    LONGEST_LOCAL,
    NOBODY,
    PLAIN_LOCAL,
    ROLES,
    domain_form,
    is_disposable,
    is_nobodys_domain,
    standardize_email,
)
from validators.standardize.mail_providers import are_far
from validators.standardize.shortcut import as_arrow, as_mask, as_objects

PLAIN: Final = rf"^{PLAIN_LOCAL}@(?:[a-z0-9\-]+\.)+[a-z]{{2,}}$"
TO_THINK_ABOUT: Final = r"^(?:asdf|qwer[tz]|zxcv|yxcv|hjkl)|^(?:{})$".format(
    "|".join(f"{letter}+" for letter in "abcdefghijklmnopqrstuvwxyz")
)


def standardize_emails(column: Distinct) -> tuple[Distinct, pd.DataFrame]:
    """Standardize a column of addresses; return it and the issues."""
    lowered, plain = find_plain(column.texts)
    texts = np.where(plain, lowered, column.texts)
    return column.with_texts(texts).apply_at(np.flatnonzero(~plain), standardize_email)


def find_plain(texts: Texts) -> tuple[Texts, NDArray[np.bool_]]:
    """Return the texts in lower case, and which of them are plain: the rule returns those as is."""
    column = pc.utf8_lower(as_arrow(texts))
    shaped = as_mask(pc.match_substring_regex(column, PLAIN))
    local = pc.replace_substring_regex(column, "@.*$", "")
    bare = pc.replace_substring_regex(local, r"[._\-]|\+.*$", "")
    thought = pc.or_(
        pc.is_in(bare, value_set=as_arrow(np.array(sorted(NOBODY | ROLES | ECHOES), dtype=object))),
        pc.match_substring_regex(bare, TO_THINK_ABOUT),
    )
    fits = pc.and_(
        pc.less_equal(pc.utf8_length(local), LONGEST_LOCAL),
        pc.less_equal(pc.utf8_length(column), LONGEST),
    )
    plain = shaped & ~as_mask(thought) & as_mask(fits)
    plain[plain] = _quiet_domains(pc.replace_substring_regex(column.filter(plain), "^.*@", ""))
    return as_objects(column), plain


def _quiet_domains(domains: pa.Array) -> NDArray[np.bool_]:
    """Mark the domains about which the rule has nothing to say."""
    encoded = domains.dictionary_encode()
    known = encoded.dictionary.to_pylist()
    quiet = [
        is_quiet(domain) if far else standardize_email(f"x1@{domain}") == Cell(f"x1@{domain}")
        for domain, far in zip(known, are_far(known), strict=True)
    ]
    marks: NDArray[np.bool_] = np.array(quiet, dtype=bool)
    return marks[np.asarray(encoded.indices, dtype=np.intp)]


@lru_cache(maxsize=200_000)
def is_quiet(domain: str) -> bool:
    """Tell whether the rule has nothing to say about a domain that resembles no provider."""
    known = domain_form(domain) == domain and not is_disposable(domain)
    return known and not is_nobodys_domain(domain)
