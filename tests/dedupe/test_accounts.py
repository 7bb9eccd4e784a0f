"""Which rows are one company."""

import pandas as pd
import pytest

from dedupe.accounts import resolve_accounts


def _accounts(*rows: dict[str, str]) -> list[int | None]:
    frame = pd.DataFrame(list(rows), columns=["company", "email", "website", "company_id"])
    labels = resolve_accounts(frame.astype("str")).accounts
    return [None if label is pd.NA else int(label) for label in labels]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"company": "Acme Inc"}, {"company": "ACME Incorporated"}], [0, 0]),
        ([{"company": "Acme Inc"}, {"company": "Acme GmbH"}], [0, 1]),
        ([{"company": "Acme Inc"}, {"company": "Acme"}], [0, 0]),
        ([{"company": "Acme Inc", "email": "a@acme.com"}, {"website": "www.acme.com"}], [0, 0]),
        ([{"email": "a@acme.com"}, {"email": "b@acme.com"}], [0, 0]),
        ([{"email": "a@gmail.com"}, {"email": "b@gmail.com"}], [None, None]),
        ([{"company": "Acme", "company_id": "DE123"}, {"company_id": "DE-123"}], [0, 0]),
        ([{}, {"company": "Acme"}], [None, 1]),
    ],
)
def test_accounts(rows: list[dict[str, str]], expected: list[int | None]) -> None:
    assert _accounts(*rows) == expected


def test_a_domain_used_under_several_names_joins_nobody() -> None:
    rows = [{"company": name, "email": f"{name.lower()}@portal.net"} for name in ("Alpha", "Beta")]
    assert _accounts(*rows) == [0, 1]


def test_accounts_are_described_by_their_most_frequent_name_and_domain() -> None:
    frame = pd.DataFrame(
        {
            "company": ["ACME", "Acme Inc.", "Acme Inc.", None],
            "email": ["a@gmail.com", "b@acme.com", None, None],
        },
        dtype="str",
    )
    described = resolve_accounts(frame).frame
    assert described.to_dict("records") == [
        {"account": 0, "name": "Acme Inc.", "domain": "acme.com"}
    ]


def test_no_rows_are_no_accounts() -> None:
    found = resolve_accounts(pd.DataFrame({"company": pd.array([], "str")}))
    assert found.accounts.empty
    assert found.frame.empty
