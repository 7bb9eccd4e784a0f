"""Domains of mail that do not exist, or take no mail; asked of the DNS where it is wished."""

import logging
from collections import Counter
from dataclasses import replace

import pandas as pd

from connectors.remote.mail_domains import LookUp, look_up_mail
from flows.stages import Cleaned
from validators.fields import EMAIL_FIELDS
from validators.issues import concat_issues, make_issues

CODES = {"no_domain": "email.no_domain", "no_mail": "email.no_mail"}
log = logging.getLogger(__name__)


def look_up_mail_domains(cleaned: Cleaned, how: LookUp) -> Cleaned:
    """Note the addresses nothing can be delivered to; what is not answered is not noted."""
    columns = [cleaned.records[name].dropna() for name in EMAIL_FIELDS if name in cleaned.records]
    if not columns:
        return cleaned
    domains = [column.str.replace("^.*@", "", regex=True) for column in columns]
    answers = look_up_mail(pd.concat(domains).unique(), how)
    unknown = Counter(answers.values())["not_checked"]
    if unknown:
        log.warning("%d of %d mail domains were not checked: no answer", unknown, len(answers))
    codes = {domain: CODES[said] for domain, said in answers.items() if said in CODES}
    found: list[tuple[int, str | None, str, str | None, str | None]] = [
        (int(row), str(column.name), codes[domain], address, None)
        for column, of in zip(columns, domains, strict=True)
        for row, address, domain in zip(column.index, column, of, strict=True)
        if domain in codes
    ]
    return replace(cleaned, issues=concat_issues([cleaned.issues, make_issues(found)]))
