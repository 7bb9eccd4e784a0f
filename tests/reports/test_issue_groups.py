"""Issues grouped by kind, and placed on the cells of quarantined rows."""

from types import SimpleNamespace

import pandas as pd

from reports.headers import name_columns
from reports.issue_groups import group_issues, label, sentences
from reports.model import Column, Reading
from reports.quarantine import describe_quarantined
from validators.issues import CATALOG, make_issues


def issues(*found):
    frame = make_issues(found)
    return frame.assign(file="a.csv", sheet=None, line=frame["row"] + 2)


def test_errors_come_first_and_within_them_the_commonest():
    groups = group_issues(
        issues(
            (0, "email", "email.domain_corrected", "a@gmial.com", "a@gmail.com"),
            (1, "email", "email.role", "info@a.de", None),
            (2, None, "row.nobody", None, None),
            (3, "email", "email.invalid", "a@", None),
            (4, "email", "email.invalid", "b@", None),
        ),
        5,
    )
    assert [group.code for group in groups] == [
        "email.invalid",
        "row.nobody",
        "email.role",
        "email.domain_corrected",
    ]


def test_findings_and_rows_are_counted_apart_and_examples_differ():
    (group,) = group_issues(
        issues(
            (0, "email", "email.invalid", "a@", None),
            (0, "email_2", "email.invalid", "a@", None),
            (1, "email", "email.invalid", "a@", None),
            (2, "email", "email.invalid", "b@", None),
            (3, "email", "email.invalid", "c@", None),
        ),
        3,
    )
    assert (group.findings, group.rows) == (5, 4)
    assert [example.before for example in group.examples] == ["a@", "a@", "b@"]
    assert group.fields == ("E-mail", "E-mail 2")
    assert group.examples[0].place.line == 2
    assert "a@" in group.examples[0].sentence


def test_an_issue_of_the_whole_table_has_no_row():
    (group,) = group_issues(issues((-1, None, "row.nobody", None, None)), 3)
    assert group.rows == 0
    assert group.examples[0].place.row is None


def test_examples_of_one_value_fill_up_what_others_leave():
    (group,) = group_issues(
        issues(
            (0, None, "row.nobody", None, None),
            (1, None, "row.nobody", None, None),
            (2, None, "row.nobody", None, None),
        ),
        2,
    )
    assert [example.place.row for example in group.examples] == [0, 1]


def test_a_change_is_left_to_the_arrow():
    found = (0, "email", "email.domain_corrected", "a@gmial.com", "a@gmail.com")
    (group,) = group_issues(issues(found), 2)
    (example,) = group.examples
    assert (example.before, example.after) == ("a@gmial.com", "a@gmail.com")
    assert "gmial" not in example.sentence


def test_a_code_the_catalog_has_forgotten_is_told_by_its_own_words():
    frame = issues((0, "email", "email.invalid", "a@", None))
    frame["code"] = pd.Series(["email.of_old"], dtype="str")
    assert sentences(frame) == ["E-mail: of old: “a@”."]
    (group,) = group_issues(frame, 3)
    assert (group.title, group.explanation) == ("of old", "")


def test_every_kind_of_issue_makes_a_group():
    frame = issues(*((row, "email", code, "x", None) for row, code in enumerate(CATALOG)))
    assert {group.code for group in group_issues(frame, 1)} == set(CATALOG)


def test_no_issues_are_no_groups():
    assert group_issues(issues(), 3) == ()


def test_fields_have_labels_and_headers_are_their_own():
    assert label("email") == "E-mail"
    assert label("Spalte 7") == "Spalte 7"


def describe(raw, *found, fields=None, **standard):
    row = SimpleNamespace(
        quarantine_row=5, row=0, file="a.csv", sheet=None, line=2, status="waiting",
        raw=raw, standard=standard,
    )  # fmt: skip
    return describe_quarantined(row, issues(*found), fields or {})


def test_an_issue_marks_the_cell_of_its_column():
    told = describe(
        {"E-Mail": "a@", "Ort": "Bonn"},
        (0, "email", "email.invalid", "A@", None),
        fields={"E-Mail": "email", "Ort": "city"},
    )
    assert told.id == "q5"
    assert [cell.header for cell in told.cells] == ["E-Mail"]
    assert [cell.header for cell in told.others] == ["Ort"]
    assert told.reasons == ()


def test_a_value_that_stands_in_the_cell_is_not_said_again():
    same = describe({"x": "a@"}, (0, "x", "email.invalid", "a@", None))
    other = describe({"x": "a@ "}, (0, "x", "email.invalid", "a@", None))
    assert "a@" not in same.cells[0].errors[0]
    assert "a@" in other.cells[0].errors[0]


def test_without_a_mapping_the_value_finds_its_cell():
    told = describe({"x": "a@", "y": "Bonn"}, (0, "email", "email.invalid", "a@", None))
    assert [cell.header for cell in told.cells] == ["x"]


def test_an_issue_that_names_a_header_marks_it():
    told = describe({"Notiz": "\0"}, (0, "Notiz", "cell.nul", "\0", None))
    assert told.cells[0].errors


def test_an_issue_that_fits_no_cell_is_a_reason_of_the_row():
    told = describe({"x": "y"}, (0, None, "row.nobody", None, None))
    assert told.reasons == ("The row names nobody.",)
    assert told.cells == ()


def test_a_value_that_two_cells_have_marks_neither():
    told = describe({"x": "1", "y": "1"}, (0, "phone", "phone.impossible", "1", None))
    assert told.cells == ()
    assert len(told.reasons) == 1


def test_empty_cells_are_left_out_unless_something_is_wrong_with_them():
    told = describe(
        {"Name": "", "Ort": None, "E-Mail": "a@"},
        (0, "full_name", "name.placeholder", None, None),
        fields={"Name": "full_name"},
    )
    assert [cell.header for cell in told.cells] == ["Name"]
    assert [cell.header for cell in told.others] == ["E-Mail"]


def test_a_warning_is_a_remark_and_not_an_error():
    told = describe({"E-Mail": "info@a.de"}, (0, "email", "email.role", "info@a.de", None))
    assert told.cells[0].errors == ()
    assert len(told.cells[0].remarks) == 1


def test_a_row_is_called_by_what_could_be_read_of_it():
    assert describe({"x": "y"}, given_name="Anna", city=None).name == "Anna"
    assert describe({"x": "y"}).name is None


def test_a_field_is_named_as_its_file_calls_it():
    columns = (
        Column("Tel.", "phone", 1.0, ""),
        Column("E-Mail", "email", 1.0, ""),
        Column("Wer", "full_name", 1.0, ""),
    )
    reading = Reading("a.csv", None, None, None, 1, (), 2, 0, columns)
    found = issues(
        (0, "phone", "phone.impossible", "1", None),
        (1, "email", "email.invalid", "a@", None),
        (1, "given_name", "name.digits", "A1", None),
        (1, "postal_code", "postal_code.pattern", "G", None),
    )
    named = name_columns(found, [reading])
    assert [sentence.partition(" is ")[0].partition(" has ")[0] for sentence in sentences(named)][
        :3
    ] == ["Phone (column “Tel.”)", "E-mail", "First name (column “Wer”)"]
    assert named["column"].isna().tolist() == [False, False, False, True]
    fields = {group.code: group.fields for group in group_issues(named, 5)}
    assert fields["phone.impossible"] == ("Phone (column “Tel.”)",)
