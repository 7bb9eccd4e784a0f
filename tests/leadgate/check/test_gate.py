"""What makes a check fail, and what does not."""

import csv
import json

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from leadgate.cli import app
from leadgate.errors import ConfigurationError


def codes(run):
    told = json.loads(run.stdout)
    return {each["code"]: each["status"] for each in told["codes"]}


def test_a_check_fails_on_the_severity_asked_for(check):
    assert check("leads.csv").exit_code == 1
    assert check("leads.csv", "--fail-on", "never").exit_code == 0


@pytest.mark.parametrize(
    ("rate", "status", "exit_code"),
    [
        ("25%", "tolerated", 0),
        ("24.9%", "failing", 1),
        ("1", "tolerated", 0),
        ("0", "failing", 1),
    ],
)
def test_a_tolerated_rate_is_put_up_with_and_no_more(check, rate, status, exit_code):
    run = check("leads.csv", "--tolerate", f"email.invalid={rate}", "--format", "json")
    assert codes(run)["email.invalid"] == status
    assert run.exit_code == exit_code


def test_tolerated_rates_can_stand_in_the_settings(check, folder):
    (folder / "leadgate.toml").write_text('[checks.tolerate]\n"email.invalid" = "25%"\n')
    assert check("leads.csv").exit_code == 0
    assert check("leads.csv", "--tolerate", "email.invalid=0").exit_code == 1


def test_a_file_that_is_too_bad_as_a_whole_is_no_share_of_rows(check, folder):
    (folder / "leads.csv").write_text("Email,Email\nana@almeida.example,eva@ray.example\n")
    run = check("leads.csv", "--fail-on", "warning", "--tolerate", "file.duplicate_header=100%")
    assert "fails on file.duplicate_header" in run.stdout


WRONG = [
    (["--tolerate", "email.invald=2%"], 'did you mean "email.invalid"'),
    (["--tolerate", "email.invalid=lots"], "neither a share of the rows"),
    (["--tolerate", "email.invalid=120%"], "between 0% and 100%"),
    (["--tolerate", "email.invalid"], "neither a share"),
    (["--report", "html=x.html"], "FORMAT=FILE"),
    (["--write-extract", "bad.txt"], ".csv or .xlsx"),
    (["--baseline", "nowhere.json"], "--write-baseline nowhere.json"),
    (["samples/*.csv"], "matches no file"),
    (["nowhere.csv"], "neither a file nor a source"),
]


@pytest.mark.parametrize(("arguments", "says"), WRONG)
def test_what_cannot_be_meant_is_refused_before_anything_is_checked(check, arguments, says):
    run = check("leads.csv", *arguments)
    assert isinstance(run.exception, ConfigurationError)
    assert says in str(run.exception)
    assert run.stdout == ""


def test_against_its_baseline_a_file_passes_until_there_is_more(check, folder):
    assert check("leads.csv", "--write-baseline", "known.json").exit_code == 0
    run = check("leads.csv", "--baseline", "known.json", "--format", "json")
    assert codes(run)["email.invalid"] == "known"
    assert run.exit_code == 0
    with (folder / "leads.csv").open("a") as file:
        file.write("Ulf,Berg,ulf@,,Oslo,NO\n")
    run = check("leads.csv", "--baseline", "known.json")
    assert run.exit_code == 1
    assert "fails on email.invalid" in run.stdout


def test_what_is_new_in_one_column_is_not_made_up_for_by_another(check, folder):
    rows = "First Name,Last Name,Email,Email 2\nBen,Ode,ben@,ben@ode.example\n"
    (folder / "leads.csv").write_text(rows)
    check("leads.csv", "--write-baseline", "known.json")
    (folder / "leads.csv").write_text(rows.replace("ben@,ben@ode.example", "ben@ode.example,ben@"))
    run = check("leads.csv", "--baseline", "known.json")
    assert run.exit_code == 1, run.stdout


def test_a_baseline_holds_no_values_and_other_files_have_none(check, folder):
    check("leads.csv", "--write-baseline", "known.json")
    text = (folder / "known.json").read_text()
    assert "ben" not in text.replace("leadgate_baseline", "")
    (folder / "other.csv").write_text((folder / "leads.csv").read_text())
    assert check("other.csv", "--baseline", "known.json").exit_code == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"leadgate_baseline": 2, "files": {}}', "has version 2, not version 1"),
        ('{"files": {}}', "is no baseline of leadgate check"),
        ("[]", "is no baseline of leadgate check"),
        ("{", "is no JSON"),
        ('{"leadgate_baseline": 1, "files": {"leads.csv": 3}}', "changed by hand"),
    ],
)
def test_a_baseline_of_another_kind_is_refused_with_the_way_out(check, folder, content, says):
    (folder / "known.json").write_text(content)
    run = check("leads.csv", "--baseline", "known.json")
    assert isinstance(run.exception, ConfigurationError)
    assert says in str(run.exception)
    assert "--write-baseline" in str(run.exception)


def test_a_pattern_stands_for_its_files_each_once(check, folder):
    (folder / "sub").mkdir()
    for name in ("b.csv", "a.csv", "sub/c.csv"):
        (folder / name).write_text((folder / "leads.csv").read_text())
    run = check("**/*.csv", "a.csv", "--format", "json")
    files = [json.loads(line)["file"] for line in run.stdout.splitlines()]
    assert files == ["a.csv", "b.csv", "leads.csv", "sub/c.csv"]


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_checked(check, folder):
    (folder / "a_numbers.csv").write_text("a,b\n1,2\n3,4\n")
    (folder / "empty.csv").touch()
    run = check("*.csv", "--fail-on", "never")
    assert "a_numbers.csv: not checked: No column identifies anybody" in run.stdout
    assert "empty.csv: not checked: is empty" in run.stdout
    assert "leads.csv: passed" in run.stdout
    assert run.exit_code == 2
    assert "leadgate: empty.csv: is empty; export it again." in run.stderr


def test_an_extract_has_the_bad_rows_with_reasons_and_no_formulas(check, folder):
    (folder / "leads.csv").write_text(
        "First Name,Last Name,Email,line\nBen,Ode,=HYPERLINK(1)@,x\nEva,Ray,eva@ray.example,y\n"
    )
    check("leads.csv", "--write-extract", "bad.csv")
    with (folder / "bad.csv").open(newline="") as file:
        [row] = list(csv.DictReader(file))
    assert (row["file"], row["line"], row["First Name"]) == ("leads.csv", "2", "Ben")
    assert "E-mail" in row["reasons"]
    assert row["Email"].startswith("'=")


def test_an_extract_as_a_workbook_marks_the_bad_cells(check, folder, workbook):
    check("leads.csv", workbook.name, "--write-extract", "out/bad.xlsx")
    sheet = load_workbook(folder / "out/bad.xlsx").active
    header = [cell.value for cell in sheet[1]]
    emails = [sheet.cell(row, header.index("Email") + 1) for row in (2, 3)]
    assert [cell.value for cell in emails] == ["ben.ode@", "ben.ode@"]
    assert all(cell.comment and "E-mail" in cell.comment.text for cell in emails)
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row if cell.value)
    assert sheet.cell(3, header.index("sheet") + 1).value == "Day, 2"


DOUBLES = """First Name,Last Name,Email
Ana,Almeida,ana@almeida.example
Eva,Ray,info@ray.example
Ana,Almeida,ana@almeida.example
A.,Almeida,ana@almeida.example
Ulf,Ray,info@ray.example
"""


@pytest.mark.parametrize(
    ("how", "found"),
    [
        ("same", {"duplicate.row": [4], "duplicate.email": [5]}),
        ("similar", {"duplicate.row": [4], "duplicate.person": [5]}),
        ("none", {}),
    ],
)
def test_duplicates_inside_the_file_are_counted(check, folder, how, found):
    (folder / "leads.csv").write_text(DOUBLES)
    run = check("leads.csv", "--duplicates", how, "--format", "json")
    lines: dict[str, list[int]] = {}
    for issue in json.loads(run.stdout)["issues"]:
        if issue["code"].startswith("duplicate."):
            lines.setdefault(issue["code"], []).append(issue["line"])
            assert "line 2" in issue["message"]
    assert lines == found


def test_columns_that_are_not_those_of_the_saved_mapping_are_a_finding_of_their_file(check, folder):
    (folder / "other.csv").write_text((folder / "leads.csv").read_text())
    settings = '[sources.web]\npath = "web.csv"\nmapping = "web.json"\n'
    (folder / "leadgate.toml").write_text(settings)
    (folder / "web.csv").write_text("First Name,Last Name,Email\nAna,Almeida,ana@almeida.example\n")
    runner = CliRunner()
    saved = runner.invoke(app, ["mapping", "web", "--save", "web.json"], catch_exceptions=False)
    assert saved.exit_code == 0, saved.output
    (folder / "web.csv").write_text("First Name,Last Name,Mail\nAna,Almeida,ana@almeida.example\n")
    run = check("web.csv", "other.csv", "--format", "json", "--fail-on", "never")
    web, other = (json.loads(line) for line in run.stdout.splitlines())
    assert [each["code"] for each in web["issues"]] == ["file.columns_changed"]
    assert "“Mail”" in web["refused"]
    assert other["refused"] is None
    assert run.exit_code == 2


def test_a_baseline_that_knows_none_of_the_files_says_so(check, folder):
    check("leads.csv", "--write-baseline", "known.json")
    (folder / "other.csv").write_text((folder / "leads.csv").read_text())
    assert "knows none of these files" in check("other.csv", "--baseline", "known.json").stderr
    assert check("leads.csv", "--baseline", "known.json").stderr == ""


def test_a_sheet_that_holds_only_a_note_is_passed_over_with_a_word(check, workbook):
    book = load_workbook(workbook)
    book.create_sheet("Read me").append(["printed on Monday"])
    book.save(workbook)
    run = check(workbook.name, "--fail-on", "never")
    assert "Sheet “Read me” is an empty sheet, passed over." in run.stdout
    assert run.exit_code == 0


def test_a_sheet_of_rows_that_name_nobody_is_refused_by_its_name(check, workbook):
    book = load_workbook(workbook)
    for row in (["foo", "bar"], ["1", "2"]):
        sheet = book["Prices"] if "Prices" in book.sheetnames else book.create_sheet("Prices")
        sheet.append(row)
    book.save(workbook)
    run = check(workbook.name)
    assert "No column of the sheet “Prices” identifies anybody" in run.stdout
    assert run.exit_code == 2


def test_the_text_says_what_to_do_about_each_code_that_fails(check):
    told = check("leads.csv").stdout
    assert "Correct the address, or empty the cell." in told.partition("what to do:")[2]


def test_files_that_could_not_be_checked_are_counted_apart(check, folder):
    (folder / "empty.csv").write_text("")
    run = check("leads.csv", "empty.csv")
    assert run.stdout.splitlines()[-1].startswith("2 files, 1 failed, 1 not checked; ")
