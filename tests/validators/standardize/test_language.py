import pytest

from validators.standardize.language import languages, standardize_language


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("en", "en"), ("EN", "en"), ("en-US", "en"), ("de_AT", "de"), ("de_DE.UTF-8", "de"),
        ("zh-Hans-CN", "zh"), ("es-419", "es"), ("German", "de"), ("Deutsch", "de"),
        ("français", "fr"), ("Español", "es"), ("English (US)", "en"), ("ger", "de"),
        ("Português", "pt"), ("Tiếng Việt", "vi"), ("русский", "ru"), ("中文", "zh"),
    ],
)  # fmt: skip
def test_a_language_becomes_its_code(written, code):
    assert standardize_language(written) == (code, ())


@pytest.mark.parametrize("written", ["Klingon", "xx", "Deutschland", "en fr"])
def test_what_is_no_language_stays_with_a_doubt(written):
    assert standardize_language(written) == (written, (("language.unknown", None),))


def test_codes_are_their_own_names():
    assert all(standardize_language(code).value == code for code in set(languages().values()))
