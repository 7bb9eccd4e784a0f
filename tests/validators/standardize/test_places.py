"""Countries, postal codes, streets, cities and regions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validators.standardize.address import (
    standardize_place,
    standardize_region,
    standardize_street,
)
from validators.standardize.country import countries, known_countries, standardize_country
from validators.standardize.postal_code import standardize_postal_code

TEXTS = st.text(max_size=12) | st.text(alphabet="abzAZ059 -.,;'ßé", max_size=12)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Germany", "DE"), ("Deutschland", "DE"), ("Allemagne", "DE"), ("Alemania", "DE"),
        ("de", "DE"), ("DEU", "DE"), ("D", "DE"), ("Federal Republic of Germany", "DE"),
        ("USA", "US"), ("U.S.A.", "US"), ("United States", "US"), ("Vereinigte Staaten", "US"),
        ("États-Unis", "US"), ("EE.UU.", "US"), ("the Netherlands", "NL"), ("Holland", "NL"),
        ("England", "GB"), ("UK", "GB"), ("Great Britain", "GB"), ("Scotland", "GB"),
        ("Österreich", "AT"), ("Schweiz", "CH"), ("Suisse", "CH"), ("España", "ES"),
        ("Côte d'Ivoire", "CI"), ("Ivory Coast", "CI"), ("South Korea", "KR"), ("日本", "JP"),
        ("Россия", "RU"), ("Türkiye", "TR"), ("Turkey", "TR"), ("Czech Republic", "CZ"),
        ("NA", "NA"), ("Viet Nam", "VN"), ("Vietnam", "VN"), ("Bolivia", "BO"), ("Éire", "IE"),
    ],
)  # fmt: skip
def test_countries_are_known_by_code_and_by_name_in_many_languages(written, code):
    assert standardize_country(written) == (code, ())


@pytest.mark.parametrize(("written", "code"), [("Germny", "DE"), ("Untied States", "US")])
def test_a_spelling_slip_is_corrected(written, code):
    assert standardize_country(written) == (code, (("country.spelling", code),))


@pytest.mark.parametrize("text", ["Atlantis", "Freedonia", "12", "Europe", "XX", "Nigera Falls"])
def test_an_unknown_country_is_left_out(text):
    assert standardize_country(text) == (None, (("country.unknown", None),))


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("02134", "US", "02134"), ("021341234", "US", "02134-1234"),
        ("02134-1234", "US", "02134-1234"),
        ("D-10115", "DE", "10115"), ("DE 10115", "DE", "10115"), ("10115.0", "DE", "10115"),
        ("ex44pw", "GB", "EX4 4PW"), ("sw1a 1aa", "GB", "SW1A 1AA"), ("ex4 4pw", "", "EX4 4PW"),
        ("1234ab", "NL", "1234 AB"), ("k1a0b1", "CA", "K1A 0B1"), ("00950", "PL", "00-950"),
        ("11455", "SE", "114 55"), ("CH-8001", "CH", "8001"), ("1000-001", "PT", "1000-001"),
        ("D02X285", "IE", "D02 X285"), ("5074", "AU", "5074"), ("\uff11\uff10115", "DE", "10115"),
        ("anything 12", "", "ANYTHING 12"), ("12-3", "ZZ", "12-3"),
    ],
)  # fmt: skip
def test_postal_codes_are_written_as_their_country_does(text, country, code):
    assert standardize_postal_code(text, country) == (code, ())


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [("2134", "US", "02134"), ("1067", "DE", "01067"), ("2134.0", "US", "02134")],
)
def test_a_lost_leading_zero_is_restored(text, country, code):
    assert standardize_postal_code(text, country) == (code, (("postal_code.zero_restored", code),))


@pytest.mark.parametrize(
    ("text", "country"), [("1011", "GB"), ("123", "US"), ("ABC", "DE"), ("123456", "FR")]
)
def test_a_code_that_its_country_does_not_have_is_doubted(text, country):
    assert standardize_postal_code(text, country) == (text, (("postal_code.pattern", None),))


@pytest.mark.parametrize(
    ("written", "standard"),
    [
        ("435 s. la cienega blvd.", "435 S. la Cienega Blvd."),
        ("MAIN STREET 12B", "Main Street 12b"),
        ("12 3RD AVE NW", "12 3rd Ave NW"),
        ("Main Street ,  Apt 4", "Main Street, Apt 4"),
        ("rue de l'église", "Rue de L'Église"),
        ("Unter den Linden 5", "Unter den Linden 5"),
        ("STRASSE DES 17. JUNI 135", "Strasse des 17. Juni 135"),
        (",", None),
    ],
)
def test_a_street_gets_its_capitals(written, standard):
    assert standardize_street(written) == (standard, ())


@pytest.mark.parametrize(
    ("written", "standard"),
    [
        ("BERLIN", "Berlin"), ("new york", "New York"),
        ("STRATFORD-UPON-AVON", "Stratford-Upon-Avon"),
        ("frankfurt am main", "Frankfurt am Main"), ("McAllen", "McAllen"), ("東京", "東京"),
    ],
)  # fmt: skip
def test_a_city_gets_its_capitals(written, standard):
    assert standardize_place(written) == (standard, ())


@pytest.mark.parametrize(
    ("written", "standard"),
    [("nsw", "NSW"), ("Ca", "CA"), ("N.Y.", "NY"), ("BAYERN", "Bayern"), ("new south wales",
     "New South Wales")],
)  # fmt: skip
def test_a_region_is_a_code_or_a_name(written, standard):
    assert standardize_region(written) == (standard, ())


@settings(max_examples=100)
@given(TEXTS, st.sampled_from(["", "US", "GB", "DE", "NL", "PT"]))
def test_standardizing_places_twice_changes_nothing(text, country):
    for rule in (
        standardize_place,
        standardize_street,
        standardize_region,
        standardize_country,
        lambda value: standardize_postal_code(value, country),
    ):
        once = rule(text).value
        if once is not None:
            assert rule(once).value == once


def test_the_quick_table_of_countries_is_a_part_of_the_whole():
    assert known_countries().items() <= countries().items()
