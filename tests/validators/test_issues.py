import pandas as pd
import pytest

from validators.issues import (
    CATALOG,
    ISSUE_COLUMNS,
    TABLE_ROW,
    concat_issues,
    doubtful_codes,
    empty_issues,
    make_issues,
    message,
)


def test_every_kind_stands_under_its_own_code():
    assert {code: kind.code for code, kind in CATALOG.items()} == {code: code for code in CATALOG}


@pytest.mark.parametrize("kind", CATALOG.values(), ids=CATALOG)
def test_every_kind_explains_itself_and_advises(kind):
    assert kind.severity in {"error", "warning", "repaired"}
    assert kind.title[0].islower()
    assert not kind.title.endswith(".")
    assert kind.explanation.endswith(".")
    assert kind.advice.endswith(".")


@pytest.mark.parametrize("kind", CATALOG.values(), ids=CATALOG)
def test_only_warnings_are_doubtful_because_errors_leave_no_value(kind):
    assert kind.severity == "warning" or not kind.doubtful


def test_doubtful_codes_are_those_of_the_catalog():
    assert "phone.not_assigned" in doubtful_codes()
    assert "date.ambiguous" not in doubtful_codes()


def test_a_frame_of_no_issues_has_the_types_of_a_frame_of_some():
    some = make_issues([(3, "email", "email.invalid", "x@", None)])
    assert list(some.columns) == list(ISSUE_COLUMNS)
    assert empty_issues().dtypes.equals(some.dtypes)
    assert make_issues([]).dtypes.equals(some.dtypes)


def test_severity_comes_from_the_catalog():
    made = make_issues(
        [(0, "email", "email.invalid", "x@", None), (1, "email", "email.role", "info@x.de", None)]
    )
    assert list(made["severity"]) == ["error", "warning"]


def test_concatenating_keeps_every_issue_and_numbers_them_anew():
    one = make_issues([(5, None, "row.nobody", None, None)])
    both = concat_issues([one, empty_issues(), one])
    assert list(both["row"]) == [5, 5]
    assert list(both.index) == [0, 1]
    assert both.dtypes.equals(one.dtypes)


def test_concatenating_nothing_gives_a_frame_of_no_issues():
    pd.testing.assert_frame_equal(concat_issues([]), empty_issues())


@pytest.mark.parametrize(
    ("issue", "sentence"),
    [
        (
            ("email.invalid", "email", "anna@", None),
            "E-mail is not an e-mail address: “anna@”.",
        ),
        (
            ("email.domain_corrected", "email", "a@gmial.c", "a@gmail.c"),
            "E-mail had a mistyped mail provider, now corrected: “a@gmial.c” became “a@gmail.c”.",
        ),
        (
            ("email.domain_suspicious", "email", "a@gnail.co", "a@gmail.com"),
            "E-mail may have a mistyped mail provider: “a@gnail.co”, perhaps “a@gmail.com”.",
        ),
        (
            ("company.placeholder", "company", "Self-employed", None),
            "Company names no company, now left out: “Self-employed” became nothing.",
        ),
        (
            ("cell.moved", "phone", "a@b.de", "a@b.de"),
            "Phone stood in the wrong column, now moved: “a@b.de”.",
        ),
        (("row.nobody", None, None, None), "The row names nobody."),
        (
            ("file.duplicate_header", "Email", None, "Email (2)"),
            "Column “Email” stands twice in the header: the later one is now “Email (2)”.",
        ),
        (
            ("row.too_short", None, "3", "7"),
            "The row has fewer cells than the header: 3 instead of 7.",
        ),
        (
            ("file.encoding_assumed", None, None, "cp1252"),
            "The file had to be read in an assumed encoding: “cp1252”.",
        ),
        (
            ("cell.merged_filled", "company", None, "Acme"),
            "Company was part of a merged cell, now filled: “Acme”.",
        ),
    ],
)
def test_a_message_is_a_sentence_with_the_value_and_what_became_of_it(issue, sentence):
    assert message(*issue) == sentence


@pytest.mark.parametrize(
    ("column", "subject"),
    [
        ("E-Mail-Adresse", "E-mail (column “E-Mail-Adresse”)"),
        ("EMAIL", "E-mail"),
        (None, "E-mail"),
        (float("nan"), "E-mail"),
    ],
)
def test_a_message_names_the_column_of_the_file_where_it_has_another_name(column, subject):
    said = message("email.invalid", "email", "anna@", None, column)
    assert said == f"{subject} is not an e-mail address: “anna@”."


def test_a_message_takes_the_nulls_of_a_frame():
    issue = make_issues([(0, None, "row.nobody", None, None)]).iloc[0]
    assert message(issue.code, issue.field, issue.before, issue.after) == "The row names nobody."


def test_a_message_makes_invisible_characters_visible_and_long_values_short():
    said = message("cell.invisible", "city", "Ber\u200blin\n" + "x" * 500, "Berlin")
    assert "Ber\\u200blin\\u000a" in said
    assert len(said) < 250


def test_the_row_of_the_whole_table_is_none_of_its_rows():
    assert TABLE_ROW == -1
