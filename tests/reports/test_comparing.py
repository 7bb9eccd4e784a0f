"""Two records side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.comparing import compare_records, name_record

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


def whole(pieces):
    return "".join(piece.text for piece in pieces)


def marked(pieces):
    return "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in pieces)


@given(texts, texts)
def test_the_pieces_of_a_value_are_the_value(here, there):
    (field,) = compare_records({"city": here}, {"city": there})
    assert whole(field.here) == here
    assert whole(field.there) == there
    assert field.agrees == (here == there)
    assert field.agrees != any(piece.differs for piece in (*field.here, *field.there))


@pytest.mark.parametrize(
    ("here", "there", "shown_here", "shown_there"),
    [
        ("Müller", "Mueller", "M[ü]ller", "M[ue]ller"),
        ("Hauptstr. 12", "Hauptstraße 12", "Hauptstr[.] 12", "Hauptstr[aße] 12"),
        ("Berlin", "Austin, Texas", "[Berlin]", "[Austin, Texas]"),
        ("anna@a.de", "anna@b.de", "anna@[a].de", "anna@[b].de"),
    ],
)
def test_only_what_differs_is_marked(here, there, shown_here, shown_there):
    (field,) = compare_records({"street": here}, {"street": there})
    assert (marked(field.here), marked(field.there)) == (shown_here, shown_there)


def test_a_value_that_only_one_has_is_no_contradiction():
    (field,) = compare_records({"phone": "+49"}, {})
    assert marked(field.here) == "+49"
    assert field.there == ()
    assert not field.agrees


def test_fields_come_in_the_order_of_the_vocabulary_with_their_labels():
    fields = compare_records({"city": "x", "email": "y"}, {"given_name": "z"})
    assert [field.label for field in fields] == ["First name", "E-mail", "City"]


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"given_name": "Anna", "family_name": "Müller", "email": "a@b.de"}, "Anna Müller"),
        ({"family_name": "Müller"}, "Müller"),
        ({"full_name": "Cher"}, "Cher"),
        ({"company": "Acme", "phone": "+1"}, "Acme"),
        ({"email": "a@b.de"}, "a@b.de"),
        ({"mobile": "+1"}, "+1"),
        ({"city": "Bonn"}, None),
    ],
)
def test_a_record_is_called_by_the_best_name_it_has(values, name):
    assert name_record(values) == name
