"""Each format of the verdict, held to the rules of those who read it."""

import html
import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from openpyxl import load_workbook

from leadgate.cli.verdicts.annotations import escape_data

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def schema():
    content = json.loads((ROOT / "docs" / "check.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(content)
    return jsonschema.Draft202012Validator(content)


def test_json_has_a_line_a_file_that_keeps_the_published_schema(check, folder, workbook, schema):
    (folder / "empty.csv").touch()
    run = check("leads.csv", workbook.name, "empty.csv", "--format", "json")
    told = [json.loads(line) for line in run.stdout.splitlines()]
    assert [each["file"] for each in told] == ["leads.csv", "fair.xlsx", "empty.csv"]
    for each in told:
        schema.validate(each)
    assert [(each["failed"], bool(each["refused"])) for each in told] == [
        (True, False),
        (True, False),
        (True, True),
    ]
    assert run.exit_code == 2


def test_a_finding_in_a_text_has_its_line_and_column(check):
    told = json.loads(check("leads.csv", "--format", "json").stdout)
    [issue] = [each for each in told["issues"] if each["severity"] == "error"]
    place = (issue["row"], issue["line"], issue["column"], issue["sheet"], issue["cell"])
    assert place == (2, 4, "Email", None, None)
    assert (issue["code"], issue["status"]) == ("email.invalid", "failing")


def test_a_finding_in_a_workbook_has_its_sheet_and_cell(check, workbook):
    run = check(workbook.name)
    assert "Day, 2!C4" in run.stdout
    told = json.loads(check(workbook.name, "--format", "json").stdout)
    [issue] = [each for each in told["issues"] if each["severity"] == "error"]
    assert (issue["row"], issue["sheet"], issue["line"], issue["cell"]) == (3, "Day, 2", 4, "C4")


def test_a_finding_in_an_archive_names_the_file_in_it(check, folder):
    with zipfile.ZipFile(folder / "week.zip", "w") as archive:
        for name in ("mon.csv", "sub/tue.csv"):
            archive.writestr(name, "Name,Email\nBen Roe,nobody\n")
    run = check("week.zip")
    assert "mon.csv, line 2" in run.stdout
    assert "sub/tue.csv, line 2" in run.stdout
    told = json.loads(check("week.zip", "--format", "json").stdout)
    wrong = [each for each in told["issues"] if each["code"] == "email.invalid"]
    assert [(each["member"], each["line"]) for each in wrong] == [
        ("mon.csv", 2),
        ("sub/tue.csv", 2),
    ]


def test_a_finding_about_a_whole_file_of_an_archive_names_that_file(check, folder):
    with zipfile.ZipFile(folder / "week.zip", "w") as archive:
        archive.writestr("mon.csv", "First Name,Last Name,Email\nAna,Almeida,ana@almeida.example\n")
        archive.writestr(
            "tue.csv", "First Name,Last Name,Email,Email\nEva,Ray,eva@ray.example,e@ray.example\n"
        )
    assert "  tue.csv, whole file warning  file.duplicate_header" in check("week.zip").stdout
    told = json.loads(check("week.zip", "--format", "json").stdout)
    assert {issue["member"] for issue in told["issues"]} == {"tue.csv"}


def test_a_finding_about_one_of_several_sheets_names_that_sheet(check, workbook):
    book = load_workbook(workbook)
    book["Day, 2"]["B1"] = "Email"
    book.save(workbook)
    run = check("fair.xlsx")
    assert "  sheet Day, 2 warning  file.duplicate_header" in run.stdout


def test_a_finding_names_the_field_and_what_the_file_calls_it(check, folder):
    (folder / "leads.csv").write_text("Vorname,Nachname,E-Mail-Adresse\nBen,Ode,ben.ode@\n")
    run = check("leads.csv", "--write-extract", "bad.csv")
    said = "E-mail (column “E-Mail-Adresse”) is not an e-mail address: “ben.ode@”."
    assert said in run.stdout
    assert said in (folder / "bad.csv").read_text(encoding="utf-8")


def test_junit_has_a_suite_a_file_and_a_case_a_code(check, folder):
    (folder / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    run = check("leads.csv", "picture.csv", "--format", "junit")
    suites = ET.fromstring(run.stdout.encode())  # noqa: S314 - our own output
    leads, picture = suites.findall("testsuite")
    cases = {case.get("name"): case for case in leads.findall("testcase")}
    assert cases["email.invalid"].find("failure") is not None
    assert cases["readable"].find("error") is None
    assert (leads.get("failures"), leads.get("errors")) == ("1", "0")
    assert picture.find("testcase/error") is not None
    assert (suites.get("failures"), suites.get("errors")) == ("1", "1")


def test_junit_holds_what_xml_cannot(check, folder):
    (folder / "leads.csv").write_bytes(b"First Name,Last Name,Email\x0b\nBen,Ode,\x01ben\x0b@\n")
    ET.fromstring(check("leads.csv", "--format", "junit").stdout.encode())  # noqa: S314 - our own


def test_sarif_has_what_code_scanning_asks_for(check, workbook, folder):
    (folder / "my leads#1.csv").write_text((folder / "leads.csv").read_text())
    run = check("leads.csv", workbook.name, "my leads#1.csv", "--format", "sarif")
    told = json.loads(run.stdout)
    assert told["version"] == "2.1.0"
    assert "sarif-2.1.0" in told["$schema"]
    [scan] = told["runs"]
    rules = scan["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert scan["results"]
    for result in scan["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        [location] = result["locations"]
        physical = location["physicalLocation"]
        assert physical["region"]["startLine"] >= 1
        assert re.fullmatch(r"[\w.%/-]+", physical["artifactLocation"]["uri"])
    places = {
        (each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
         each["locations"][0]["physicalLocation"]["region"]["startLine"])
        for each in scan["results"]
        if each["level"] == "error"
    }  # fmt: skip
    assert places == {("leads.csv", 4), ("fair.xlsx", 4), ("my%20leads%231.csv", 4)}
    cells = [each["locations"][0].get("logicalLocations") for each in scan["results"]]
    assert [{"fullyQualifiedName": "Day, 2!C4", "kind": "cell"}] in cells


def test_a_file_outside_the_repository_is_named_by_where_it_is(check, folder, tmp_path_factory):
    path = tmp_path_factory.mktemp("elsewhere") / "leads.csv"
    path.write_text((folder / "leads.csv").read_text())
    [scan] = json.loads(check(str(path), "--format", "sarif").stdout)["runs"]
    places = [each["locations"][0]["physicalLocation"] for each in scan["results"]]
    assert {place["artifactLocation"]["uri"] for place in places} == {path.as_uri()}


def test_an_annotation_names_file_and_line(check):
    lines = check("leads.csv", "--format", "github").stdout.splitlines()
    [error] = [line for line in lines if line.startswith("::error ")]
    assert error.startswith("::error file=leads.csv,title=email.invalid,line=4::E-mail ")


def test_an_annotation_cannot_be_broken_out_of(check, folder):
    name = "a,b:c%d.csv"
    rows = "First Name,Last Name,Email\nBen,Ode,x::error::100%@\n"
    (folder / name).write_text(rows, encoding="utf-8")
    lines = check(name, "--format", "github").stdout.splitlines()
    [error] = [line for line in lines if line.startswith("::error ")]
    properties, _, message = error.removeprefix("::error ").partition("::")
    assert properties == "file=a%2Cb%3Ac%25d.csv,title=email.invalid,line=2"
    assert "100%25" in message
    assert escape_data("a\r\nb%") == "a%0D%0Ab%25"


@pytest.mark.parametrize("format_", ["text", "github", "markdown"])
def test_no_cell_or_header_gives_a_runner_a_command(check, folder, format_):
    header = '"Email\n::stop-commands::x"'
    cell = "##[add-matcher]x@"
    rows = f"First Name,Last Name,{header},Email\nBen,Ode,y,{cell}\n"
    (folder / "leads.csv").write_text(rows, encoding="utf-8")
    lines = check("leads.csv", "--format", format_).stdout.splitlines()
    assert not [line for line in lines if "::stop-commands" in line[:3]]
    assert not [line for line in lines if "##[" in line]


def test_markdown_takes_values_as_text(check, folder):
    value = "<b>|@team#1`*_[x](y)~&amp;@"
    rows = f'First Name,Last Name,Email\nBen,Ode,"{value}"\n'
    (folder / "leads.csv").write_text(rows, encoding="utf-8")
    told = check("leads.csv", "--format", "markdown").stdout
    assert "❌ failed" in told
    [line] = [line for line in told.splitlines() if line.startswith("| line 2 |")]
    assert not set("<>@[]*~") & set(line)
    assert line.count("|") == 4
    assert f"“{value}”" in html.unescape(line)


@pytest.mark.parametrize("format_", ["text", "json", "junit", "sarif", "github", "markdown"])
def test_values_of_people_can_be_kept_out(check, format_):
    run = check("leads.csv", "--format", format_, "--hide-values")
    assert "email" in run.stdout
    assert "ben.ode" not in run.stdout
    assert run.exit_code == 1


def test_one_run_writes_several_formats(check, folder):
    run = check("leads.csv", "--report", "sarif=out/leads.sarif", "--report", "junit=out/leads.xml")
    assert run.stdout.startswith("leads.csv: failed")
    assert json.loads((folder / "out/leads.sarif").read_text())["version"] == "2.1.0"
    assert (folder / "out/leads.xml").read_text().startswith("<?xml")


def test_what_is_about_the_whole_file_is_shown_before_the_many_rows_it_explains(check, folder):
    phones = [f"+1 202 555 0{at}" for at in range(100, 150)]
    streets = [f"Main Street {at}" for at in range(50)]
    rows = [f"Ana,Almeida,a{at}@x.example,{cell}" for at, cell in enumerate(phones + streets)]
    (folder / "half.csv").write_text("\n".join(["First Name,Last Name,Email,Phone", *rows]))
    run = check("half.csv")
    findings = [line for line in run.stdout.splitlines() if line.startswith(("  whole", "  line"))]
    assert len(findings) == 20
    assert "file.column_changes" in findings[0]
