"""Which records belong to one company: by name without legal form, and by mail or web domain."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from dedupe import vocabulary
from dedupe.clustering import connected
from dedupe.features import Feature, encode
from dedupe.normalize import (
    fold_company,
    fold_email,
    fold_identifier,
    fold_website,
    legal_form,
    mail_domain,
)
from validators.fields import EMAIL_FIELDS

Positions = npt.NDArray[np.int64]

# A domain used under more names than this is a provider or a portal, not a company.
_NAMES_OF_A_DOMAIN = 3


# What tells of a company, and of nothing else.
COMPANY_FIELDS = ("company_id", "company", "website", *EMAIL_FIELDS)


@dataclass(frozen=True)
class Accounts:
    """The account of each row, and the accounts.

    `accounts`: row -> account label (Int64, null without evidence of a company), the smallest row
    of the account. `frame`: columns `account`, `name`, `domain` (text or null).
    """

    accounts: pd.Series
    frame: pd.DataFrame


def resolve_accounts(records: pd.DataFrame) -> Accounts:
    """Group the rows of a standardized frame by company.

    One account are rows with one company id; with one name, where neither legal form nor domain
    contradicts; and with one business domain, where names do not. Mail domains of free providers
    say nothing.
    """
    evidence = _Evidence.read(records)
    count = len(records)
    label = connected(*_joins(evidence), count) if count else np.empty(0, np.int64)
    present = evidence.present
    index = records.index.to_numpy()
    smallest = pd.Series(index).groupby(label).transform("min") if count else pd.Series(index)
    accounts = pd.Series(smallest.to_numpy(), index=records.index, dtype="Int64", name="account")
    accounts = accounts.mask(~present)
    return Accounts(accounts, _describe(records, accounts, evidence))


@dataclass(frozen=True)
class _Evidence:
    """Codes (-1: missing) of each row's company id, bare name, legal form and domain."""

    identifier: npt.NDArray[np.int32]
    name: npt.NDArray[np.int32]
    form: npt.NDArray[np.int32]
    domain: npt.NDArray[np.int32]
    domains: pa.Array

    @property
    def present(self) -> npt.NDArray[np.bool_]:
        return (self.identifier >= 0) | (self.name >= 0) | (self.domain >= 0)

    @classmethod
    def read(cls, records: pd.DataFrame) -> "_Evidence":
        none = np.full(len(records), -1, dtype=np.int32)

        def codes(field: str, fold: object) -> npt.NDArray[np.int32]:
            return encode([records[field]], fold).first if field in records else none  # type: ignore[arg-type] # a fold

        domain = _business_domains(records)
        return cls(
            codes("company_id", fold_identifier),
            codes("company", fold_company),
            codes("company", legal_form),
            domain.first,
            domain.distinct,
        )


def _business_domains(records: pd.DataFrame) -> Feature:
    """The business domain of each row: its website, else its first business mail domain."""
    columns = []
    if "website" in records:
        columns.append(encode([records["website"]], fold_website))
    columns += [
        encode([records[field]], lambda texts: mail_domain(fold_email(texts)))
        for field in EMAIL_FIELDS
        if field in records
    ]
    texts = pd.Series(pd.NA, index=range(len(records)), dtype="str")
    for feature in columns:
        values = [
            None
            if v in vocabulary.FREE_MAIL or v.split(".")[0] in vocabulary.FREE_MAIL_NAMES
            else v
            for v in feature.texts
        ]
        column = pd.Series([*values, None], dtype=object).iloc[feature.first].reset_index(drop=True)
        texts = texts.where(texts.notna(), column.astype("str"))
    return encode([texts], lambda values: values)


def _joins(evidence: _Evidence) -> tuple[Positions, Positions]:
    """Rows and the row each is joined with."""
    row = np.arange(len(evidence.name))
    joined = [_first_of(evidence.identifier)]
    form = _settle_forms(evidence)
    by_name = np.where(evidence.name >= 0, evidence.name.astype(np.int64) * 64 + form + 1, -1)
    joined.append(_first_of(by_name))
    joined.append(_first_of(_trusted_domains(evidence, by_name)))
    return np.concatenate([row] * len(joined)), np.concatenate(joined)


def _settle_forms(evidence: _Evidence) -> Positions:
    """Legal form of each row; a row that writes none takes the one form of its name."""
    form = evidence.form.astype(np.int64)
    written = (evidence.name >= 0) & (form >= 0)
    pairs = np.unique(np.stack([evidence.name[written].astype(np.int64), form[written]]), axis=1)
    forms_of = np.bincount(pairs[0], minlength=int(evidence.name.max(initial=-1)) + 1)
    only = np.full(len(forms_of), -1, dtype=np.int64)
    single = forms_of[pairs[0]] == 1
    only[pairs[0][single]] = pairs[1][single]
    bare = (evidence.name >= 0) & (form < 0)
    form[bare] = only[evidence.name[bare]]
    return form


def _trusted_domains(evidence: _Evidence, by_name: Positions) -> Positions:
    """Domains that stand for one company: used under one name, or under names alike in some way."""
    domain = evidence.domain.astype(np.int64)
    named = (domain >= 0) & (by_name >= 0)
    pairs = np.unique(np.stack([domain[named], by_name[named]]), axis=1)
    names_of = Counter(pairs[0].tolist())
    trusted = np.array(
        [names_of[d] <= 1 for d in range(int(domain.max(initial=-1)) + 1)], dtype=bool
    )
    return np.where((domain >= 0) & np.append(trusted, False)[domain], domain, -1)


def _first_of(codes: npt.NDArray[np.integer]) -> Positions:
    """For each row the first row with its code; itself where it has none."""
    first = np.arange(len(codes))
    present = codes >= 0
    _, at, inverse = np.unique(codes[present], return_index=True, return_inverse=True)
    first[present] = np.flatnonzero(present)[at][inverse]
    return first


def _describe(records: pd.DataFrame, accounts: pd.Series, evidence: _Evidence) -> pd.DataFrame:
    """Name (the most frequent spelling, then the longest) and domain of each account."""
    name = records["company"] if "company" in records else pd.Series(pd.NA, records.index, "str")
    domains = np.array([*evidence.domains.to_pylist(), None], dtype=object)
    domain = pd.Series(domains[evidence.domain], index=records.index, dtype="str")
    labels = pd.Series(accounts.dropna().unique(), dtype="int64").sort_values(ignore_index=True)
    return pd.DataFrame(
        {
            "account": labels,
            "name": labels.map(_most_frequent(name, accounts)).astype("str"),
            "domain": labels.map(_most_frequent(domain, accounts)).astype("str"),
        }
    )


def _most_frequent(texts: pd.Series, accounts: pd.Series) -> pd.Series:
    told = pd.DataFrame({"account": accounts, "text": texts}).dropna()
    told["account"] = told["account"].astype("int64")
    counts = told.value_counts(["account", "text"]).rename("n").reset_index()
    counts["length"] = counts["text"].str.len()
    counts = counts.sort_values(
        ["account", "n", "length", "text"], ascending=[True, False, False, True]
    )
    return counts.drop_duplicates("account").set_index("account")["text"]
