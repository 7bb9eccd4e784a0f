"""The samples are what their plots and their README say they are."""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

SAMPLES = Path(__file__).parents[2] / "samples"
FILES = ("crm_export.csv", "tradeshow.xlsx", "webinar.csv", "web_forms.jsonl", "calls.csv")
FATES = {"created", "merged", "quarantined", "already_seen", "blank"}
# Where the header stands on each sheet of the workbook.
HEADER_ROWS = {"Day 1": 4, "Day 2": 3}


def rows_in_file(name: str) -> list[str]:
    """List the places of the data rows, read without any of the project's code."""
    path = SAMPLES / name
    if path.suffix == ".xlsx":
        return [
            f"{sheet.title}!{number}"
            for sheet in openpyxl.load_workbook(path)
            for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1)
            if number > HEADER_ROWS[sheet.title] and any(cells)
        ]
    if path.suffix == ".jsonl":
        lines = path.read_text(encoding="utf-8").splitlines()
        return [str(number) for number, line in enumerate(lines, start=1) if line]
    german = name == "webinar.csv"
    places, last_line = [], 0
    with path.open(encoding="cp1252" if german else "utf-8", newline="") as file:
        reader = csv.reader(file, delimiter=";" if german else ",")
        for cells in reader:
            if cells and last_line > 0:
                places.append(str(last_line + 1))
            last_line = reader.line_num
    return places


def table_in_readme(name: str) -> list[tuple[str, str, str]]:
    """Read (place, who, fate) of every row of a file's table."""
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    section = readme.split(f"\n## {name}\n")[1].split("\n## ")[0]
    lines = re.findall(r"^\| (.+) \| (P\d\d|—) \| .+ \| (.+) \|$", section, flags=re.MULTILINE)
    return [(place, who, fate) for place, who, fate in lines]


def whole_table() -> list[tuple[str, str, str]]:
    return [line for name in FILES for line in table_in_readme(name)]


def test_the_committed_files_are_what_the_script_makes(tmp_path: Path):
    command = [sys.executable, "-m", "samples.make_samples", str(tmp_path)]
    subprocess.run(command, cwd=SAMPLES.parent, check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(made) == {*FILES, "README.md"}
    assert made == {name: (SAMPLES / name).read_bytes() for name in made}


@pytest.mark.parametrize("name", FILES)
def test_the_readme_lists_every_data_row_once_and_in_order(name: str):
    assert [place for place, _, _ in table_in_readme(name)] == rows_in_file(name)


def test_a_person_is_created_once_and_merged_only_afterwards():
    created: set[str] = set()
    for _, who, fate in whole_table():
        if fate == "created":
            assert who not in created
            created.add(who)
        elif fate.startswith("merged"):
            assert fate == f"merged with {who}"
            assert who in created


def test_a_row_belongs_to_nobody_only_where_it_does_not_load():
    for place, who, fate in whole_table():
        assert who != "—" or fate in {"quarantined", "blank"}, place


def test_the_story_has_every_fate():
    assert {fate.split(" ")[0] for _, _, fate in whole_table()} == FATES


def text_of(name: str) -> str:
    path = SAMPLES / name
    if path.suffix != ".xlsx":
        return path.read_bytes().decode("cp1252" if name == "webinar.csv" else "utf-8")
    sheets = openpyxl.load_workbook(path).worksheets
    return "\n".join(
        str(cell) for sheet in sheets for cells in sheet.values for cell in cells if cell
    )


@pytest.mark.parametrize("name", [name for name in FILES if name != "calls.csv"])
def test_mail_domains_are_reserved_ones_or_the_point_of_their_row(name: str):
    in_plot = {"gmial.com", "gmail.com", "hotmial.com", "mailinator.com", "test.com", "none.com"}
    domains = set(re.findall(r"[\w.+-]@([\w-]+\.[\w.-]*\w)", text_of(name)))
    assert domains
    assert not {
        domain
        for domain in domains
        if not re.fullmatch(r"([\w.-]+\.)?example(\.(com|org|net))?", domain)
        and domain not in in_plot
    }


# Digits after the country code or the trunk zero, as regulators keep them free for fiction:
# NANPA 555-01xx, Ofcom, Bundesnetzagentur, ARCEP.
FICTION = re.compile(
    r"(1?\d{3}55501\d\d|(44)?0?(2079460\d{3}|7700900\d{3})"
    r"|(49|0)(3023125\d{3}|4066969\d{3}|6990009\d{3}|2214710\d{3}|8999998\d{3}|17139200\d\d)"
    r"|(33|0)19900\d{4})"
)
# Impossible and stand-in numbers: the point of their rows.
NO_NUMBERS = {"21255501", "0000000000", "1234567890", "017139200590171" + "3920059"}


@pytest.mark.parametrize("name", FILES)
def test_phones_are_kept_free_for_fiction_or_the_point_of_their_row(name: str):
    # A date, a time or an id stands between letters, quotes or hyphens; a phone fills its cell.
    cells = re.findall(r"(?m)(?:^|[,;\"])(\+?[\d (][\d ().-]{7,})(?=[,;\"\r]|$)", text_of(name))
    numbers = {re.sub(r"\D", "", cell) for cell in cells if not re.match(r"\d{4}-\d\d-", cell)}
    numbers = {number for number in numbers if len(number) > 7}
    assert numbers
    assert not {n for n in numbers if not FICTION.fullmatch(n)} - NO_NUMBERS


def test_all_lines_of_the_forms_but_the_planted_one_are_json():
    broken = []
    for line in (SAMPLES / "web_forms.jsonl").read_text(encoding="utf-8").splitlines():
        try:
            assert not line or isinstance(json.loads(line), dict)
        except json.JSONDecodeError:
            broken.append(line)
    assert len(broken) == 1
