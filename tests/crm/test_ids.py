import pytest

from crm.ids import LETTERS, read, show


@pytest.mark.parametrize("table", LETTERS)
def test_an_id_that_is_shown_is_read_back(table):
    assert read(show(table, 12)) == (table, 12)


@pytest.mark.parametrize("typed", ["C12", " c12 "])
def test_an_id_may_be_typed_carelessly(typed):
    assert read(typed) == ("contact", 12)


@pytest.mark.parametrize(
    "typed", ["", "c", "12", "c0", "c-1", "c1.5", "x7", "cc7", "c٣", "c12; drop", "c" + "9" * 30]
)
def test_what_is_no_id_is_not_taken_for_one(typed):
    assert read(typed) is None
