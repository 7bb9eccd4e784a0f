import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from validators.standardize.distinct import encode
from validators.standardize.email import standardize_email
from validators.standardize.emails import find_plain, standardize_emails

ADDRESSES = st.sampled_from(
    [
        "anna@example.com", "ANNA@Example.com", "info@example.com", "x1@gmial.com", "aaa@acme.de",
        "asdf@acme.de", "a@a.com", "noreply+x@acme.de", "a.b@mailinator.com", "anna@acme.invalid",
        "bad@", "jürgen@acme.de", "a--b@acme.de", ".a@acme.de", "a@ab--c.de", "q.w.e@acme.de",
    ]
)  # fmt: skip
GENERATED = st.from_regex(
    r"[a-zA-Z0-9._+\-]{1,6}@[a-z0-9\-]{1,5}\.(?:com|de|test|invalid)"
    r"|x1@[gmailyohtuk]{4,8}\.(?:co|com|cm|con|de|co\.uk)",
    fullmatch=True,
)


@settings(max_examples=60)
@given(st.lists(ADDRESSES | GENERATED, min_size=1, max_size=20))
def test_a_whole_column_is_decided_as_each_address_alone(texts):
    done, issues = standardize_emails(encode(pd.Series(texts, dtype="str"), "email"))
    alone = [standardize_email(text) for text in texts]
    assert [None if pd.isna(v) else v for v in done.series()] == [cell.value for cell in alone]
    found = sorted(zip(issues["row"], issues["code"], strict=True))
    assert found == sorted((at, f.code) for at, cell in enumerate(alone) for f in cell.findings)


def test_most_addresses_are_plain():
    texts = encode(
        pd.Series([f"anna.meyer{i}@example.com" for i in range(50)], dtype="str"), "email"
    )
    assert find_plain(texts.texts)[1].all()


def test_issues_show_what_was_received():
    column = encode(pd.Series(["ANNA@GMIAL.COM", None, "ANNA@GMIAL.COM"], dtype="str"), "email")
    _, issues = standardize_emails(column)
    assert list(issues["row"]) == [0, 2]
    assert set(issues["before"]) == {"ANNA@GMIAL.COM"}
    assert set(issues["after"]) == {"anna@gmail.com"}
