import time

import pytest

from validators.standardize.cells import clean_cell


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://evil","x")',
        "=1+1",
        "= SUM(A1)",
        "=cmd|' /C calc'!A0",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+9)*cmd|' /C calc'!A0",
        "@SUM(A1)",
        "\t=1+1",
        "\uff1d1+1",
        "-Sheet1!A1",
        '"=1+1"',
        ":=A1",
        "'=1+1",
    ],
)
def test_a_formula_is_refused(text):
    assert clean_cell(text, "company") == (None, (("cell.formula", None),))


@pytest.mark.parametrize("kind", ["text", "street", "category", "city", "identifier"])
def test_a_formula_where_the_lead_can_do_without_the_value_is_kept_and_said(kind):
    assert clean_cell("=1+1", kind) == ("=1+1", (("cell.formula_kept", None),))


def test_markup_in_notes_is_kept_and_said():
    text = "<b>urgent</b>\nplease"
    assert clean_cell(text, "text") == (text, (("cell.markup_kept", None),))


@pytest.mark.parametrize(
    "text",
    ["+44 20 7946 0018", "+1 (202) 555-0123", "-5", "@handle", "-5 degrees", "+", "- call back"],
)
def test_a_phone_a_number_and_a_dash_are_no_formulas(text):
    assert all(code != "cell.formula" for code, _ in clean_cell(text, "text").findings)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b>Anna</b>",
        "Anna<br>",
        "<img src=x onerror=alert(1)>",
        "<IMG SRC=x",
        "</a >",
        "javascript:alert(1)",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<svg/onload=alert(1)>",
        "<!-- x -->",
        "<?php echo 1 ?>",
        '" onmouseover="alert(1)',
    ],
)
def test_markup_is_refused(text):
    assert clean_cell(text, "company") == (None, (("cell.markup", None),))


@pytest.mark.parametrize(
    "text", ["Anna <anna@example.com>", "1 < 2", "a<b", "<3", "R&D", "P&amp;L"]
)
def test_an_address_in_brackets_and_a_comparison_are_no_markup(text):
    assert clean_cell(text, "text").value


@pytest.mark.parametrize(
    "text", ["n/a", r"\N", "N/A", "-", "--", "…", "none", "NULL", "nan", "?", ".", ""]
)
def test_placeholders_become_nothing_without_an_issue(text):
    assert clean_cell(text, "city") == (None, ())


@pytest.mark.parametrize("name", ["Null", "None", "Na", "Nan", "Nil", "No", "Nein", "X"])
def test_surnames_that_look_like_placeholders_stay(name):
    assert clean_cell(name, "family_name").value == name


@pytest.mark.parametrize("text", ["n/a", r"\N", "-", ".", "--", "n.a."])
def test_a_dash_is_no_name(text):
    assert clean_cell(text, "family_name") == (None, ())


def test_namibia_and_naples_are_no_placeholders():
    assert clean_cell("NA", "country").value == "NA"
    assert clean_cell("NA", "region").value == "NA"


@pytest.mark.parametrize("text", ["no", "None", "keine", "x", "no email"])
def test_no_is_no_address(text):
    assert clean_cell(text, "email") == (None, ())


@pytest.mark.parametrize(
    ("text", "mended", "code"),
    [
        ("MÃ¼ller", "Müller", "cell.mojibake"),
        ("Ren\u00c3\u00a9", "René", "cell.mojibake"),
        ("Smith &amp; Sons", "Smith & Sons", "cell.entities"),
        ("Smith &amp;amp; Sons", "Smith & Sons", "cell.entities"),
        ("An\u200bna", "Anna", "cell.invisible"),
        ("\ufeffAnna", "Anna", "cell.invisible"),
        ("\u202eAnna", "Anna", "cell.invisible"),
        ("An\u00adna", "Anna", "cell.invisible"),
        ("Anna\x07", "Anna", "cell.invisible"),
    ],
)
def test_damage_is_mended_and_said(text, mended, code):
    assert clean_cell(text, "city") == (mended, ((code, mended),))


def test_damage_of_several_kinds_is_said_once_each():
    value, findings = clean_cell("\u200bMÃ¼ller &amp; S\u00f6hne", "company")
    assert value == "Müller & Söhne"
    assert sorted(code for code, _ in findings) == [
        "cell.entities",
        "cell.invisible",
        "cell.mojibake",
    ]


@pytest.mark.parametrize("text", ["\u0645\u06cc\u200c\u062e\u0648", "क्\u200dष", "👩\u200d👧"])
def test_joiners_stay_where_a_script_needs_them(text):
    assert clean_cell(text, "city") == (text, ())


@pytest.mark.parametrize(
    "text", ["Zoë", "Łódź", "Ærøskøbing", "São Paulo", "İstanbul", "東京", "Ñuñoa"]
)
def test_letters_of_all_languages_stay(text):
    assert clean_cell(text, "city") == (text, ())


def test_letters_are_composed_and_spaces_single():
    assert clean_cell("  Mu\u0308nchen \u00a0 Ost ", "city") == ("München Ost", ())


def test_a_longer_text_keeps_its_lines():
    assert clean_cell(" one \r\n two ", "text").value == "one\ntwo"
    assert clean_cell(" one \r\n two ", "city").value == "one two"


def test_nul_is_refused():
    assert clean_cell("An\0na", "city") == (None, (("cell.nul", None),))


def test_lost_letters_and_mixed_alphabets_are_doubted_but_stay():
    assert clean_cell("M\ufffdller", "city") == ("M\ufffdller", (("cell.lost_letters", None),))
    assert clean_cell("\u0410nna", "city") == ("\u0410nna", (("cell.lookalike", None),))
    assert clean_cell("Анна Smith", "city") == ("Анна Smith", ())


@pytest.mark.parametrize(
    ("kind", "longest"),
    [("email", 320), ("phone", 64), ("family_name", 512), ("full_name", 512), ("text", 32_767)],
)
def test_each_kind_has_its_longest_cell(kind, longest):
    assert clean_cell("a" * (longest + 1), kind) == (None, (("cell.too_long", None),))
    assert clean_cell("a" * longest, kind).value == "a" * longest


@pytest.mark.parametrize(
    "text",
    [
        "é" * 32_000,
        "&amp;" * 6_000,
        "<" * 32_000,
        "<" + " " * 32_000,
        "= " * 16_000,
        "-a|" * 10_000,
    ],
)
def test_no_cell_takes_long(text):
    start = time.process_time()
    clean_cell(text, "text")
    # Far above what it takes (milliseconds), far below what a quadratic pattern would.
    assert time.process_time() - start < 5
