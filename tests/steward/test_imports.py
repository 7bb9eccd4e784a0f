"""A file is handed in, looked at, tried out, imported and told of, in a browser."""

import socket

import pytest

from reports.workbook import write_workbook
from steward.typed_values import read_typed

MORE = """Vorname,Nachname,E-Mail,Telefon,Firma,Spalte 7
Karl,Krause,karl.krause@krause.example,030 2312 5799,Krause KG,blau
Carla,Rossi,carla@rossi.example,,Rossi Srl,
"""


@pytest.fixture
def more(tmp_path):
    path = tmp_path / "mehr leads.csv"
    path.write_text(MORE, encoding="utf-8")
    return path


def test_a_file_is_looked_at_tried_out_and_imported(page, enter, keep_picture, more):
    enter("stella")
    page.get_by_role("link", name="Imports").first.click()
    page.get_by_label("File").set_input_files(more)
    page.get_by_role("button", name="Look at it").click()
    page.wait_for_selector("text=Spalte 7")
    page.get_by_label("Source").fill("fair")
    page.get_by_role("button", name="Try it out").click()
    page.wait_for_selector("text=What an import would do")
    keep_picture("import-mapping")
    page.get_by_role("button", name="Import", exact=True).click()
    page.wait_for_selector("text=Imported as b2", timeout=120_000)
    keep_picture("import-done")
    page.get_by_role("link", name="Report", exact=True).click()
    page.wait_for_url("**/reports/b2")
    keep_picture("report")
    assert page.frame_locator("iframe").get_by_text("mehr leads.csv").first.is_visible()


def test_what_is_no_spreadsheet_is_answered_with_a_sentence(served, sign_in, token_of):
    client = sign_in("stella")
    token = token_of(client)
    answer = client.post(
        "/imports/files", files={"file": ("../../x.xlsx", b"\x89PNG\r\n\x1a\n")}, headers=token
    )
    assert answer.status_code == 303
    shown = client.get(answer.headers["location"])
    assert shown.status_code == 422
    assert str(served.uploads) not in shown.text
    assert [path.parent.parent for path in served.uploads.rglob("*.xlsx")] == [served.uploads]


def test_a_file_that_is_too_large_is_refused_before_it_is_kept(served, sign_in):
    client = sign_in("stella")
    with socket.create_connection((client.base_url.host, client.base_url.port)) as line:
        line.sendall(
            b"POST /imports/files HTTP/1.1\r\nHost: x\r\nContent-Length: 2147483648\r\n\r\n"
        )
        assert b"413" in line.recv(100)
    assert not served.uploads.exists()


@pytest.mark.parametrize(
    "path",
    ["/reports/b1/xlsx", "/reports/b1/zip", "/reports/b1/page", "/quarantine/workbook"],
)
def test_reports_and_quarantine_can_be_taken_along(sign_in, path):
    answer = sign_in("vera").get(path)
    assert answer.status_code == 200
    assert len(answer.content) > 1_000


def test_a_row_is_repaired_in_place(page, enter, keep_picture, store):
    enter("stella")
    page.get_by_role("link", name="Quarantine", exact=True).click()
    keep_picture("quarantine")
    row = page.locator("section[aria-labelledby=q1]")
    row.get_by_label("Email").fill("timo.test@nordwind.example")
    for label, value in (
        ("First Name", "Timo"),
        ("Last Name", "Vogel"),
        ("Phone", "+493023125740"),
    ):
        row.get_by_label(label).fill(value)
    row.get_by_role("button", name="Send again").click()
    page.wait_for_selector("text=1 row taken")
    assert store.batches()["created"].tolist()[-1] == 1


def test_a_value_that_is_typed_is_held_to_the_rules_of_files():
    assert read_typed("phone", "030 23125799", "DE") == ("+493023125799", [])
    value, problems = read_typed("email", "a@b")
    assert value is None
    assert problems
    assert read_typed("city", "  ") == (None, [])


def test_no_cell_of_a_workbook_is_a_formula():
    import io  # noqa: PLC0415 - only here

    import openpyxl  # noqa: PLC0415 - only here
    import pandas as pd  # noqa: PLC0415 - only here

    table = pd.DataFrame({"=a": ["=1+1", None, "\x00"]}, dtype="str")
    book = openpyxl.load_workbook(io.BytesIO(write_workbook({"t": table})))
    cells = [cell for row in book["t"].iter_rows() for cell in row]
    assert [cell.value for cell in cells] == ["=a", "=1+1", None, "\ufffd"]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
