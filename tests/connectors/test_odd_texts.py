"""Odd texts are read as they are meant, or a finding says that they may not be."""

import time

import pytest

from connectors.errors import SourceFileError
from connectors.spreadsheets.affixes import find_affixes
from tests.connectors.conftest import ReadContent

PEOPLE = "Anna,anna@x.example,Graz\nBen,ben@x.example,Wien\nCid,cid@x.example,Linz\n"
TABLE = "Name,Email,City\n" + PEOPLE
PIPED = "".join(f"| {line.replace(',', ' | ')} |\n" for line in PEOPLE.splitlines())


def quoted(opening: str, closing: str) -> str:
    """Give the table with these around every cell."""
    rows = [line.split(",") for line in TABLE.splitlines()]
    return "".join(",".join(f"{opening}{c}{closing}" for c in row) + "\n" for row in rows)


def marked(pattern: str) -> str:
    """Give the table with something around every line."""
    lines = enumerate(TABLE.splitlines(), start=1)
    return "".join(pattern.format(number=number, line=line) + "\n" for number, line in lines)


READ = [
    ("spaces after commas", TABLE.replace(",", ", "), []),
    ("spaces around bars", "| Name | Email | City |\n" + PIPED, []),
    ("a mark in the middle", TABLE.replace("Ben", "\ufeffBen"), []),
    ("two marks before all", "\ufeff\ufeff" + TABLE, []),
    (
        "texts as formulas",
        "".join(
            ",".join(f'="{cell}"' for cell in line.split(",")) + "\n" for line in TABLE.split()
        ),
        ["file.excel_texts"],
    ),
    ("quotes of a typographer", quoted("“", "”"), ["file.other_quotes"]),
    ("quotes of France", quoted("« ", " »"), ["file.other_quotes"]),
    ("quotes of a database", quoted("`", "`"), ["file.other_quotes"]),
    ("spaces behind quotes", quoted('"', '" '), []),
    ("a mail's mark", marked("> {line}"), ["file.line_marks"]),
    ("a list", marked("- {line}"), ["file.line_marks"]),
    ("numbers before lines", marked("{number}: {line}"), ["file.line_marks"]),
    ("numbers of a listing", marked("{number:6}\t{line}"), ["file.line_marks"]),
    ("where a search found them", marked("leads.csv:{number}:{line}"), ["file.line_marks"]),
    ("times of a log", marked("2026-05-04 10:00:0{number} {line}"), ["file.line_marks"]),
    ("lists of a program", marked("[{line}],"), ["file.line_marks"]),
    (
        "lists of texts",
        marked('["{line}"],').replace(",", '", "').replace('"]", "', '"],'),
        ["file.line_marks"],
    ),
    ("backslashes at the ends", marked("{line}\\"), ["file.line_marks"]),
    ("delimiters of another sheet", marked("{line};;"), ["file.line_marks"]),
    ("lines set in", marked("   {line}"), []),
    ("lines filled up with spaces", marked("{line}   "), []),
    ("marks of several mails", marked("> {line}").replace("> Ben", ">> Ben"), ["file.line_marks"]),
    ("calls of a program", marked("add({line});"), ["file.line_marks"]),
    (
        "rows numbered, not the header",
        TABLE.splitlines()[0]
        + "\n"
        + "".join(
            f"{number}. {line}\n" for number, line in enumerate((PEOPLE).splitlines(), start=1)
        ),
        ["file.line_marks"],
    ),
    ("tabs after commas", TABLE.replace(",", ",\t"), []),
    ("breaks of a mainframe", TABLE.replace("\n", "\x85"), []),
    ("breaks of Unicode", TABLE.replace("\n", "\u2028"), []),
    ("signs of no width in names", TABLE.replace("Email", "\u200bE\u200bmail\u00ad"), []),
    ("a page break", TABLE.replace("Ben", "\x0cBen"), []),
    ("the end as CP/M wrote it", TABLE + "\x1a", []),
    ("a separator that is none", "sep=;\n" + TABLE, []),
    ("quotes doubled twice", quoted('"""', '"""'), ["file.other_quotes"]),
    ("wide quotes", quoted("\uff02", "\uff02"), ["file.other_quotes"]),
    ("brackets of a database", quoted("[", "]"), ["file.other_quotes"]),
]


@pytest.mark.parametrize(("case", "text", "codes"), READ)
def test_what_stands_around_values_is_taken_off(
    read_content: ReadContent, case: str, text: str, codes: list[str]
) -> None:
    table = read_content(text)
    assert list(table.rows.columns) == ["Name", "Email", "City"], case
    rows = table.rows.to_numpy().tolist()
    assert rows == [line.split(",") for line in PEOPLE.splitlines()]
    assert sorted(set(table.findings["code"])) == codes


CELLS = [
    ("apostrophes where they are needed", "Name,City\n'Oh, Ann',Graz\n'Ek, Bo',Wien\n"),
    ("delimiters behind backslashes", "Name,City\nOh\\, Ann,Graz\nEk\\, Bo,Wien\nEk,Linz\n"),
    ("apostrophes in names", 'Name,City\n"Oh, Ann",\'s Gravenhage\n"Ek, Bo",\'t Hof\n'),
]


@pytest.mark.parametrize(("case", "text"), CELLS)
def test_a_delimiter_that_is_none_splits_no_cell(
    read_content: ReadContent, case: str, text: str
) -> None:
    table = read_content(text)
    assert table.rows["Name"].tolist()[:2] == ["Oh, Ann", "Ek, Bo"], case
    assert not len(table.findings)


def below(line: str) -> str:
    return f"Name,Email,City\n{line}\n{PEOPLE}"


def above(line: str) -> str:
    return f"{TABLE}{line}\n"


FLAGGED = [
    ("a rule of Markdown", "| Name | Email | City |\n|---|:--:|---|\n" + PIPED, "row.rule_line"),
    ("a rule of a database", below("----,-----,----"), "row.rule_line"),
    ("units", below("(text),(text),(text)"), "row.units_line"),
    ("types", below("varchar(50),text,string"), "row.units_line"),
    ("units below a rule", below("---,---,---\n[a],[b],[c]"), "row.units_line"),
    ("another header", below("Your name,Your e-mail,Your city"), "row.second_header"),
    ("names below numbers of questions", "Q1,Q2,Q3\n" + TABLE, "row.second_header"),
    ("a footer", above("Page 1 of 3,,"), "row.lone_cell"),
    ("an end", above("END OF REPORT,,"), "row.lone_cell"),
    ("a heading", below("Graz,,"), "row.lone_cell"),
    ("a row taken out", above("#Dan,dan@x.example,Graz"), "row.comment_line"),
    (
        "a quote too many",
        below('"Dan,dan@x.example,Graz\nEva,eva@x.example,"'),
        "row.swallowed_line",
    ),
    ("a table on its side", "Name,Anna,Ben\nEmail,a@x.example,b@x.example\n", "file.transposed"),
    (
        "its fields in German",
        "Wer,Anna,Ben\nOrt,Graz,Wien\nMail,a@x.de,b@x.de\n",
        "file.transposed",
    ),
    (
        "with phones alone",
        "Name,Anna,Ben\nPhone,0660 123,0660 456\nOrt,Graz,Wien\n",
        "file.transposed",
    ),
    ("a person alone", "Name,Anna\nE-Mail,a@x.example\nCity,Graz\n", "file.transposed"),
    ("a last row cut off", TABLE.removesuffix(",Linz\n"), "file.cut_off"),
    ("a last cell left out", TABLE.removesuffix("Linz\n"), "file.cut_off"),
    (
        "a last date begun",
        "Name,Day\nA,2026-05-04\nB,2026-05-05\nC,2026-05-06\nD,2026-0",
        "file.cut_off",
    ),
    ("a last address begun", "Name,Email\nA,a@x.de\nB,b@x.de\nC,c@x.de\nD,d@x", "file.cut_off"),
    (
        "commas within quotes",
        '"Name,Email"\n"Anna,a@x.example"\n"Ben,b@x.example"\n',
        "file.one_column",
    ),
    (
        "wide commas",
        "Name\uff0cEmail\nAnna\uff0ca@x.example\nBen\uff0cb@x.example\n",
        "file.one_column",
    ),
]


@pytest.mark.parametrize(("case", "text", "code"), FLAGGED)
def test_what_may_be_meant_otherwise_is_said(
    read_content: ReadContent, case: str, text: str, code: str
) -> None:
    found = read_content(text).findings
    assert code in set(found["code"]), (case, found)


OTHER_TEXTS = [
    ("contacts", "BEGIN:VCARD\nVERSION:3.0\nFN:Anna\nEND:VCARD\n", "vCard"),
    ("a calendar", "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "iCalendar"),
    ("a directory", "dn: cn=Anna,dc=x\ncn: Anna\nmail: a@x.example\n", "LDIF"),
    ("a patch", "--- a\n+++ b\n@@ -0,0 +1,4 @@\n" + marked("+{line}"), "diff"),
    ("a patch of old", "0a1,4\n" + marked("> {line}"), "diff"),
    ("a dump", "-- leads\nINSERT INTO leads VALUES ('Anna', 'a@x.example');\n", "SQL"),
]


@pytest.mark.parametrize(("text", "kind"), [each[1:] for each in OTHER_TEXTS])
def test_texts_of_another_kind_are_refused_by_their_name(
    read_content: ReadContent, text: str, kind: str
) -> None:
    with pytest.raises(SourceFileError, match=rf"\({kind}\), not a table; export the rows"):
        read_content(text)


QUIET = [
    ("plain", TABLE),
    ("two addresses", "Name,Email,Other\nAnna,a@x.example,b@x.example\nBen,c@x.example,\n"),
    ("an address alone", TABLE.replace("Anna,anna@x.example,Graz", ",anna@x.example,")),
    ("numbers with a sign", "No,Email,City\n#1,a@x.example,Graz\n#2,b@x.example,Wien\n"),
    ("a line break", 'Name,Email,City\nAnna,a@x.example,"Weg 1, Haus 2\n8010 Graz, Austria"\n'),
    ("a firm called Mail", "Firm,Email\nMailand,a@x.example\nPost,b@x.example\n"),
    ("phones first", "Phone,Email\n+4312345,a@x.example\n+4312346,b@x.example\n"),
    ("amounts below zero", "A,B\n-1,-2\n-3,-4\n"),
    ("apostrophes first", "Town,Email\n's Gravenhage,a@x.example\n't Hof,b@x.example\n"),
    ("no break at the end", TABLE.rstrip("\n")),
    ("an empty cell at the end", TABLE + "Dan,dan@x.example,\n"),
    ("streets that begin with numbers", "No 1,Town\n12 Main St,Bath\n14 High St,York\n"),
    ("years before names", "When,Who\n2026 Anna,x\n2025 Ben,y\n2024 Cid,z\n"),
    ("areas of phones", "(0) Phone,Who\n(0) 660 12,Anna\n(0) 660 13,Ben\n(0) 660 14,Cid\n"),
    ("forms of address", "Mr. Or Ms.,Town\nMr. A,Bath\nMr. B,York\nMr. C,Hull\n"),
    ("a word in brackets", "Name,Email,City\n(Anna),a@x.example,Graz\nBen,b@x.example,Wien\n"),
]


@pytest.mark.parametrize(("case", "text"), QUIET)
def test_of_what_is_in_order_nothing_is_said(
    read_content: ReadContent, case: str, text: str
) -> None:
    assert read_content(text).findings.empty, case


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(">" * 60 + "{n},b", id="a mail quoted often"),
        pytest.param("9-9-9 " * 900 + "{n},b", id="much that may be a mark"),
        pytest.param(";" * 60_000 + "x{n},y", id="delimiters in the middle"),
        pytest.param("a,b" + " " * 60_000 + "{n}", id="spaces in the middle"),
        pytest.param("a,b" + " \\" * 30_000 + "{n}", id="backslashes in the middle"),
        pytest.param("9" * 5_000 + " a,{n}", id="numbers too long to count with"),
    ],
)
def test_lines_made_to_keep_the_search_busy_do_not(line: str) -> None:
    start = time.process_time()
    find_affixes("".join(line.format(n=n) + "\n" for n in range(4)), ",")
    assert time.process_time() - start < 2


def test_a_beginning_that_is_nearly_that_of_a_dump_is_told_at_once(
    read_content: ReadContent,
) -> None:
    start = time.process_time()
    read_content("copy x" + " " * 60_000 + ",Email\nAnna,a@x.example\n")
    assert time.process_time() - start < 2
