import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from validators.standardize.name import standardize_name


def codes(text):
    return [code for code, _ in standardize_name(text).findings]


@pytest.mark.parametrize(
    ("written", "standard"),
    [
        ("anna", "Anna"),
        ("ANNA", "Anna"),
        ("MCDONALD", "McDonald"),
        ("mcdonald", "McDonald"),
        ("o'brien", "O'Brien"),
        ("O\u2019NEIL", "O\u2019Neil"),
        ("d'angelo", "D'Angelo"),
        ("VAN DER BERG", "van der Berg"),
        ("von der heide", "von der Heide"),
        ("von", "Von"),
        ("müller-lüdenscheidt", "Müller-Lüdenscheidt"),
        ("jean-luc", "Jean-Luc"),
        ("SMITH III", "Smith III"),
        ("j.r.", "J.R."),
        ("ng", "Ng"),
        ("NG", "Ng"),
        ("JD", "JD"),
        ("ÖZGÜR", "Özgür"),
        ("ИВАНОВА", "Иванова"),
        ("\uff21nna", "Anna"),
        (" Anna , ", "Anna"),
    ],
)
def test_case_is_mended_where_it_is_all_upper_or_all_lower(written, standard):
    assert standardize_name(written) == (standard, ())


@pytest.mark.parametrize(
    "name",
    [
        "McDonald", "DeVito", "van der Berg", "Schmidt", "Ng", "Krzysztof", "Nguyen",
        "Szczepański", "Smrž", "Vlk", "Grbić", "Hrdlička", "Schwartz", "Aardvark", "Zzyzx", "Lloyd",
        "Null", "None", "Testa", "Ravn", "Rhys", "Lynch", "Pfnür", "Xu", "Qwabe", "王",
        "Ålund", "Øye",
        "Nnamdi", "Mbappé", "Fjordhjelm", "Bach", "Schmdt", "Ben Ek", "Viktor Ek",
    ],
)  # fmt: skip
def test_real_names_pass_as_they_are(name):
    assert standardize_name(name) == (name, ())


@pytest.mark.parametrize(
    "text",
    ["asdf", "asdfgh", "ASDF", "qwerty", "qwertz", "zxcvb", "hjkl", "sdfsdf", "dfgdfg", "lalalala",
     "aaaab", "bcdfgjk", "hgfdsa", "Anna Sdfgh"],
)  # fmt: skip
def test_a_name_typed_at_random_is_refused(text):
    assert standardize_name(text) == (None, (("name.keyboard_mash", None),))


@pytest.mark.parametrize(
    "text",
    ["test", "Test", "TEST TEST", "unknown", "xxx", "XX", "aaa", "no name", "First Name", "fake",
     "Anonymous", "unbekannt", "abc"],
)  # fmt: skip
def test_a_stand_in_is_refused(text):
    assert standardize_name(text) == (None, (("name.placeholder", None),))


@pytest.mark.parametrize("text", ["n/a", "-", ".", "--", "?", "N/A", '"-"'])
def test_a_dash_is_a_missing_name(text):
    assert standardize_name(text) == (None, ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("555012", "name.number"),
        ("a1234", "name.number"),
        ("anna@example.com", "name.address"),
        ("www.example.com", "name.address"),
        ("https://example.com", "name.address"),
    ],
)
def test_numbers_and_addresses_are_no_names(text, code):
    assert standardize_name(text) == (None, ((code, None),))


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("Anna2", "Anna2", "name.digits"),
        ("Anna and Peter", "Anna and Peter", "name.two_people"),
        ("Anna & Peter", "Anna & Peter", "name.two_people"),
        ("Anna und Peter", "Anna und Peter", "name.two_people"),
        ("Meyer GmbH", "Meyer GmbH", "name.looks_like_company"),
        ("Smith, Inc.", "Smith, Inc.", "name.looks_like_company"),
        ("Garcia S.A.", "Garcia S.A.", "name.looks_like_company"),
    ],
)
def test_doubtful_names_stay_with_a_warning(text, value, code):
    assert standardize_name(text) == (value, ((code, None),))


@pytest.mark.parametrize("name", ["Ortega y Gasset", "Inca", "Andrade", "Sand", "Kling"])
def test_names_with_an_and_inside_are_one_person(name):
    assert codes(name) == []


@settings(max_examples=200)
@given(st.text(max_size=15))
@example("\u0130\u2019\u0130\u0130")
@example("i\u0307'\u0131i")
@example("I\u0130\u0130\u0130B")
def test_standardizing_a_name_twice_changes_nothing(text):
    once = standardize_name(text).value
    if once is not None:
        assert standardize_name(once).value == once
