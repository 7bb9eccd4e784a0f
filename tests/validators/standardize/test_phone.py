import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from validators.standardize.phone import standardize_phone


def codes(text, region=""):
    return [code for code, _ in standardize_phone(text, region).findings]


@pytest.mark.parametrize(
    ("text", "region", "value"),
    [
        ("+1 202-555-0123", "", "+12025550123"),
        ("(202) 555-0123", "US", "+12025550123"),
        ("202.555.0123", "CA", "+12025550123"),
        ("1-202-555-0123", "US", "+12025550123"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("+44 (0)20 7946 0018", "", "+442079460018"),
        ("0044 20 7946 0018", "US", "+442079460018"),
        ("(+44) 20 7946 0018", "", "+442079460018"),
        ("+44 7700 900123", "", "+447700900123"),
        ("030/1234567", "DE", "+49301234567"),
        ("p:+491711234567", "", "+491711234567"),
        ("Tel.: +49 171 1234567", "", "+491711234567"),
        ("tel:+49-171-1234567", "", "+491711234567"),
        ("+49\u00a0171\u20111234567", "", "+491711234567"),
        ("\uff0b49 171 1234567", "", "+491711234567"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("06 1234 5678", "IT", "+390612345678"),
        ("2025550123.0", "US", "+12025550123"),
        ("1-800-FLOWERS", "US", "+18003569377"),
    ],
)
def test_a_number_with_a_country_becomes_e164_without_an_issue(text, region, value):
    assert standardize_phone(text, region) == (value, None, ())


@pytest.mark.parametrize(
    ("text", "region", "value", "extension"),
    [
        ("+44 20 7946 0018 x12", "", "+442079460018", "12"),
        ("(202) 555-0123 ext. 7", "US", "+12025550123", "7"),
        ("tel:+12025550123;ext=99", "", "+12025550123", "99"),
        ("310/246-1501 ext 4", "", "3102461501", "4"),
    ],
)
def test_an_extension_is_kept_apart(text, region, value, extension):
    phone = standardize_phone(text, region)
    assert (phone.value, phone.extension) == (value, extension)


def test_without_a_country_only_the_digits_are_kept():
    assert standardize_phone("310/246-1501", "") == (
        "3102461501",
        None,
        (("phone.country_unknown", None),),
    )


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("12", "US"), ("call me", "DE"), ("call me", ""), ("4.92E+11", "DE"), ("12", ""),
        ("+1 555", ""), ("0171 39200590171 3920059", "DE"), ("7" * 3 + "1" * 20, ""), ("+", ""),
        ("+999 123456789", ""),
        ("0171 123(0)0171 123", "DE"), ("ext 5", ""), ("(212) 555-01", "US"),
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused(text, region):
    assert standardize_phone(text, region) == (None, None, (("phone.impossible", None),))


@pytest.mark.parametrize(
    "text",
    [
        "0000000",
        "000-000-0000",
        "1111111111",
        "123456789",
        "1234567890",
        "987654321",
        "99999",
        "1234567 ext. 5",
    ],
)
@pytest.mark.parametrize("region", ["", "US", "DE"])
def test_stand_ins_are_refused(text, region):
    assert standardize_phone(text, region) == (None, None, (("phone.placeholder", None),))


def test_a_stand_in_behind_a_country_code_is_refused():
    assert codes("+1 000 000 0000") == ["phone.placeholder"]
    assert codes("+49 123456789") == ["phone.placeholder"]


def test_a_number_outside_the_numbering_plan_is_doubted():
    assert standardize_phone("(555) 123-4567", "US") == (
        "+15551234567",
        None,
        (("phone.not_assigned", None),),
    )


def test_a_number_without_its_area_code_is_doubted():
    assert standardize_phone("555-0123", "US") == ("5550123", None, (("phone.local_only", None),))


@pytest.mark.parametrize(
    ("text", "region", "value"),
    [
        ("+1 555 0123", "US", "5550123"),
        ("+1 555 0123", "DE", "+15550123"),
        ("001 555 0123", "FR", "+15550123"),
        ("011 52 7138 1660", "US", "+5271381660"),
    ],
)
def test_a_local_number_from_abroad_keeps_its_country_code(text, region, value):
    assert standardize_phone(text, region) == (value, None, (("phone.local_only", None),))


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("+52 1 55 1234 5678", ""), ("+521 55 1234 5678", "MX"), ("1 55 1234 5678", "MX"),
        ("044 55 1234 5678", "MX"), ("045 55 1234 5678", "MX"), ("01 55 1234 5678", "MX"),
    ],
)  # fmt: skip
def test_prefixes_mexico_gave_up_are_taken_off(text, region):
    value = "+525512345678"
    assert standardize_phone(text, region) == (value, None, (("phone.old_prefix", value),))


@settings(max_examples=300)
@example(text="011 52 7138 1660", region="US")
@example(text="+491000000", region="US")
@example(text="0-01)600x0 060", region="DE")
@example(text="0991929408", region="MX")
@given(
    text=st.text(alphabet="0123456789+()/-. x", max_size=18) | st.text(max_size=12),
    region=st.sampled_from(["", "US", "DE", "GB", "IT", "FR", "MX", "CV"]),
)
def test_standardizing_a_number_twice_changes_nothing(text, region):
    once = standardize_phone(text, region).value
    if once is not None:
        assert standardize_phone(once, region).value == once
