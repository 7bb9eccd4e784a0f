from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validators.standardize import standardize
from validators.standardize.date import (
    DateReading,
    choose_order,
    standardize_birth_date,
    standardize_date,
    standardize_moment,
)

TODAY = date(2026, 11, 22)


def day(text, order="day first"):
    return standardize_date(text, order, TODAY)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-06-12", "2024-06-12"), ("2024/6/12", "2024-06-12"), ("20240612", "2024-06-12"),
        ("12.06.2024", "2024-06-12"), ("12/06/2024", "2024-06-12"), ("1.2.24", "2024-02-01"),
        ("12-06-2024", "2024-06-12"), ("12 Jun 2024", "2024-06-12"),
        ("12. Juni 2024", "2024-06-12"),
        ("June 12, 2024", "2024-06-12"), ("Jun 12 2024", "2024-06-12"),
        ("12th June 2024", "2024-06-12"),
        ("12 de junio de 2024", "2024-06-12"), ("1er août 2024", "2024-08-01"),
        ("Wednesday, 12 June 2024", "2024-06-12"), ("3 März 1999", "1999-03-03"),
        ("2024-06-12 00:00:00", "2024-06-12"), ("2024-06-12T00:00:00Z", "2024-06-12"),
        ("12/06/68", "1968-06-12"), ("12/06/26", "2026-06-12"), ("29.02.2024", "2024-02-29"),
        ("1686-08-19", "1686-08-19"), ("19460902", "1946-09-02"),
    ],
)  # fmt: skip
def test_dates_become_iso(written, iso):
    assert day(written) == (iso, ())


@pytest.mark.parametrize(
    "text",
    ["31.02.2024", "2023-02-29", "19504306", "2024-13-01", "yesterday", "12", "0000-01-01",
     "12 Foo 2024",
     "1/2/3/4", "9" * 70, "2024-06-12 10:30"],
)  # fmt: skip
def test_what_is_no_date_is_left_out(text):
    assert day(text) == (None, (("date.invalid", None),))


def test_the_order_of_the_column_decides_and_the_point_means_day_first():
    assert day("03/04/2024", "month first").value == "2024-03-04"
    assert day("03/04/2024", "day first").value == "2024-04-03"
    assert day("03.04.2024", "month first").value == "2024-04-03"
    assert day("13/04/2024", "month first").value == "2024-04-13"


def test_nobody_is_born_in_the_future_and_many_were_long_ago():
    assert standardize_birth_date("2999-01-01", "day first", TODAY) == (
        None,
        (("date.future", None),),
    )
    assert standardize_birth_date("1686-08-19", "day first", TODAY) == ("1686-08-19", ())
    assert standardize_birth_date("2026-11-22", "day first", TODAY) == ("2026-11-22", ())


@pytest.mark.parametrize(
    ("texts", "month_first_country", "reading"),
    [
        (["13/04/2024", "01/02/2024"], True, DateReading("day first", sure=True)),
        (["04/13/2024", "01/02/2024"], False, DateReading("month first", sure=True)),
        (["01/02/2024"], True, DateReading("month first", sure=True)),
        (["01/02/2024"], False, DateReading("day first", sure=True)),
        (["01/02/2024"], None, DateReading("day first", sure=False)),
        (["05/05/2024", "2024-01-02"], None, DateReading("day first", sure=True)),
        (["01.02.2024"], None, DateReading("day first", sure=True)),
        (["13/04/2024", "14/04/2024", "04/13/2024", "01/02/2024"], None,
         DateReading("day first", sure=False)),
        ([], None, DateReading("day first", sure=True)),
    ],
)  # fmt: skip
def test_the_order_is_decided_by_the_whole_column_then_by_country(
    texts, month_first_country, reading
):
    assert choose_order(texts, month_first_country=month_first_country) == reading


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-06-12T14:03:00", "2024-06-12T14:03:00"),
        ("2024-06-12 14:03:00", "2024-06-12T14:03:00"),
        ("2024-06-12 14:03:00.123456", "2024-06-12T14:03:00"),
        ("2024-06-12T14:03:00Z", "2024-06-12T14:03:00Z"),
        ("2024-06-12T14:03:00+02:00", "2024-06-12T12:03:00Z"),
        ("2024-06-12 14:03:00 UTC", "2024-06-12T14:03:00Z"),
        ("2024-06-12T23:30:00-0500", "2024-06-13T04:30:00Z"),
        ("12.06.2024 14:03", "2024-06-12T14:03:00"),
        ("12/06/2024 2:03 PM", "2024-06-12T14:03:00"),
        ("12/06/2024 12:03 am", "2024-06-12T00:03:00"),
        ("Wed, 12 Jun 2024 14:03:00 +0000", "2024-06-12T14:03:00Z"),
        ("1718200980", "2024-06-12T14:03:00Z"),
        ("1718200980000", "2024-06-12T14:03:00Z"),
        ("2024-06-12", "2024-06-12"),
    ],
)
def test_moments_become_iso_and_utc_where_the_zone_is_named(written, iso):
    assert standardize_moment(written, "day first", TODAY) == (iso, ())


@pytest.mark.parametrize(
    "text", ["2024-06-12 25:00", "2024-06-31 10:00", "2024-06-12T14:03:00+99:00", "noon", "x" * 99]
)
def test_what_is_no_moment_is_left_out(text):
    assert standardize_moment(text, "day first", TODAY) == (None, (("date.invalid", None),))


def table(dates, **more):
    frame = pd.DataFrame({"birth_date": dates, **more}, dtype="str")
    return standardize(frame, default_country=None, today=TODAY)


def test_an_undecided_column_is_said_once_for_the_table():
    done = table(["03/04/1980", "05/06/1981"])
    assert list(done.records["birth_date"]) == ["1980-04-03", "1981-06-05"]
    assert done.issues[["row", "field", "code"]].to_numpy().tolist() == [
        [-1, "birth_date", "date.ambiguous"]
    ]


def test_the_country_of_most_rows_decides():
    done = table(["03/04/1980", "05/06/1981", None], country=["US", "USA", "Germany"])
    assert list(done.records["birth_date"].dropna()) == ["1980-03-04", "1981-05-06"]
    assert done.issues.empty


def test_the_default_country_decides_where_the_rows_name_none():
    frame = pd.DataFrame({"birth_date": ["03/04/1980"]}, dtype="str")
    done = standardize(frame, default_country="US", today=TODAY)
    assert list(done.records["birth_date"]) == ["1980-03-04"]


@settings(max_examples=150)
@given(
    st.text(alphabet="0123456789-/. :TZ+apm", max_size=20)
    | st.dates(min_value=date(1000, 1, 1)).map(str)
    | st.datetimes().map(str)
)
def test_standardizing_dates_twice_changes_nothing(text):
    for rule in (standardize_date, standardize_moment):
        once = rule(text, "day first", TODAY).value
        if once is not None:
            assert rule(once, "month first", TODAY).value == once


def read_column(field, *texts):
    done = standardize(pd.DataFrame({field: texts}, dtype="str"), today=TODAY)
    return done.records[field].tolist(), done.issues["code"].tolist(), done


def test_a_number_of_days_in_a_column_of_dates_is_the_day_it_counts_to():
    values, codes, done = read_column("occurred_at", "2024-01-02", "45292", "03.02.2024", "45292.5")
    assert values == ["2024-01-02", "2024-01-01", "2024-02-03", "2024-01-01T12:00:00"]
    assert codes == ["date.serial", "date.serial"]
    assert done.issues[["before", "after"]].iloc[0].tolist() == ["45292", "2024-01-01"]


def test_a_column_of_nothing_but_numbers_of_days_is_read_and_stays_as_it_is_then():
    values, _, done = read_column("birth_date", "29221", "29587")
    assert values == ["1980-01-01", "1981-01-01"]
    again = standardize(done.records, today=TODAY)
    assert again.records["birth_date"].tolist() == values
    assert again.issues.empty


@pytest.mark.parametrize(
    ("field", "texts"),
    [
        ("occurred_at", ("apple", "pear", "45292", "plum")),  # the column holds no dates
        ("occurred_at", ("2024-01-02", "10115")),  # nobody kept leads in 1927
        ("birth_date", ("1980-01-02", "64000")),  # nobody is born in 2075
        ("occurred_at", ("2024-01-02", "4529")),
    ],
)
def test_a_number_that_can_be_no_day_of_the_column_is_no_date(field, texts):
    _, codes, _ = read_column(field, *texts)
    assert set(codes) == {"date.invalid"}


@settings(max_examples=50)
@given(st.dates(pd.Timestamp("1990-01-01").date(), TODAY))
def test_every_day_is_read_from_its_number_as_a_spreadsheet_counts(when):
    count = (when - date(1899, 12, 30)).days
    assert read_column("occurred_at", "2024-01-02", str(count))[0][1] == when.isoformat()


@pytest.mark.parametrize("year", ["20217040672004", "202", "9999999999"])
def test_a_mail_date_of_no_year_there_is_is_no_date(year):
    moment = standardize_moment(f"Mon, 1 Jan {year} 00:00:00 GMT", "day first", TODAY)
    assert moment == (None, (("date.invalid", None),))
