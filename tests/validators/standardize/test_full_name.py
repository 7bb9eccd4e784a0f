import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validators.standardize.full_name import NameParts, is_ordinary, split_name


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("John Smith", NameParts(given="John", family="Smith")),
        ("Smith, John", NameParts(given="John", family="Smith")),
        ("SMITH, JOHN Q.", NameParts(given="John", middle="Q.", family="Smith")),
        ("Jean DUPONT", NameParts(given="Jean", family="Dupont")),
        ("John Q. Smith", NameParts(given="John", middle="Q.", family="Smith")),
        ("John Smith Jr.", NameParts(given="John", family="Smith", suffix="Jr.")),
        ("John Smith, Jr.", NameParts(given="John", family="Smith", suffix="Jr.")),
        ("Smith, Jr., John", NameParts(given="John", family="Smith", suffix="Jr.")),
        ("Smith, John Jr.", NameParts(given="John", family="Smith", suffix="Jr.")),
        ("O'Brien, Mary, PhD", NameParts(given="Mary", family="O'Brien", suffix="PhD")),
        ("Mr. John Smith", NameParts("Mr", "John", family="Smith")),
        ("Mr Smith", NameParts("Mr", family="Smith")),
        ("Frau Dr. Anna Meyer", NameParts("Frau Dr", "Anna", family="Meyer")),
        ("Prof. Dr. Müller", NameParts("Prof. Dr", family="Müller")),
        ("general ricky byrne haking", NameParts("General", "Ricky", "Byrne", "Haking")),
        ("Ludwig van Beethoven", NameParts(given="Ludwig", family="van Beethoven")),
        ("ANNA VON DER HEIDE", NameParts(given="Anna", family="von der Heide")),
        ("Maria de la Cruz", NameParts(given="Maria", family="de la Cruz")),
        ("José Ortega y Gasset", NameParts(given="José", family="Ortega y Gasset")),
        ('Robert "Bob" Jones', NameParts(given="Robert", family="Jones")),
        ("Robert (Bob) Jones", NameParts(given="Robert", family="Jones")),
        ("Jack Ma", NameParts(given="Jack", family="Ma")),
        ("王 小明", NameParts(given="小明", family="王")),
    ],
)
def test_a_whole_name_is_split_into_its_parts(text, parts):
    assert split_name(text) == parts


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("Cher", "Cher"),
        ("CHER", "Cher"),
        ("王小明", "王小明"),
        ("Nguyễn Văn An", "Nguyễn Văn An"),
        ("Ana García López Fernández Ruiz Díaz", "Ana García López Fernández Ruiz Díaz"),
        ("Smith,", "Smith"),
        ("Dr.", "Dr."),
    ],
)
def test_a_name_that_cannot_be_split_safely_stays_whole(text, full):
    assert split_name(text) == NameParts(full=full)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Anna and Peter Meyer", "name.two_people"),
        ("Anna & Peter Meyer", "name.two_people"),
        ("Meyer GmbH", "name.looks_like_company"),
        ("Anna Meyer2", "name.digits"),
    ],
)
def test_a_doubtful_name_stays_whole(text, code):
    assert split_name(text) == NameParts(full=text, findings=((code, None),))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("test test", "name.placeholder"),
        ("no name", "name.placeholder"),
        ("asdf qwertz", "name.keyboard_mash"),
        ("anna@example.com", "name.address"),
        ("555 012", "name.number"),
    ],
)
def test_what_is_no_name_is_refused(text, code):
    assert split_name(text) == NameParts(findings=((code, None),))


def test_each_part_is_held_to_the_rules_of_names():
    assert split_name("Test Meyer") == NameParts(
        family="Meyer", findings=(("name.placeholder", None),)
    )


@pytest.mark.parametrize("text", ["n/a", "-", "", " "])
def test_nothing_gives_no_parts(text):
    assert split_name(text) == NameParts()


WORDS = st.from_regex(r"[A-Z][a-zäöüßéèêëáàâçñíóôúåøæœ]{1,7}", fullmatch=True) | st.sampled_from(
    ["Van", "Dr", "Jr", "Test", "No", "Name", "Inc", "Gmbh", "Mr", "Von", "Asdf", "Not", "Foo"]
)


@settings(max_examples=300)
@given(WORDS, WORDS)
def test_two_ordinary_words_are_a_given_and_a_family_name(first, second):
    if is_ordinary(first) and is_ordinary(second):
        assert split_name(f"{first} {second}") == NameParts(given=first, family=second)


@pytest.mark.parametrize("word", ["Anna", "Meyer", "Ng", "Null", "Łukasz".replace("Ł", "L")])
def test_ordinary_words_are_ordinary(word):
    assert is_ordinary(word)


def test_a_name_of_which_only_a_placeholder_is_left_is_none():
    assert split_name('"^` ) ^` ) N/A') == NameParts()
