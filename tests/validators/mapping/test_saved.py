"""A mapping that was looked at and saved is held to."""

import pandas as pd
import pytest

from validators.mapping import ColumnsChangedError, map_columns
from validators.mapping.errors import SavedMappingError
from validators.mapping.saved import (
    SavedMapping,
    hold_to,
    read_mapping,
    save_mapping,
    write_mapping,
)

ROWS = pd.DataFrame({"Name": ["Anna Meyer"], "E-Mail": ["a@example.com"], "x": ["1"]}, dtype="str")


def test_what_was_saved_is_read_again():
    saved = save_mapping(map_columns(ROWS))
    assert saved.columns == {"Name": "full_name", "E-Mail": "email", "x": None}
    assert read_mapping(write_mapping(saved)) == saved


def test_the_version_goes_up_where_something_changed():
    first = save_mapping(map_columns(ROWS))
    assert save_mapping(map_columns(ROWS), first) == first
    changed = save_mapping(map_columns(ROWS, {"x": "notes"}), first)
    assert (changed.version, changed.columns["x"]) == (2, "notes")


def test_a_table_with_the_same_columns_is_mapped_as_saved_in_any_order():
    saved = SavedMapping(3, {"a": "email", "b": None})
    assert hold_to(saved, ["b", "a"]) == {"a": "email", "b": None}


def test_a_table_with_other_columns_is_held_and_not_guessed_at():
    with pytest.raises(ColumnsChangedError, match=r"gone: “a”; new: “c”, “d”") as held:
        hold_to(SavedMapping(1, {"a": "email", "b": None}), ["b", "c", "d"])
    assert (held.value.gone, held.value.new) == (("a",), ("c", "d"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "no JSON"),
        ("[]", "no mapping"),
        ('{"leadgate_mapping": 9}', "no mapping"),
        ('{"leadgate_mapping": 1, "version": "1", "columns": {}}', "lacks"),
        ('{"leadgate_mapping": 1, "version": 1, "columns": {"a": "emial"}}', "emial"),
        ('{"leadgate_mapping": 1, "version": 1, "columns": {"a": 3}}', "3"),
    ],
)
def test_a_saved_mapping_that_was_spoilt_is_refused(text, says):
    with pytest.raises(SavedMappingError, match=says):
        read_mapping(text)


def test_a_column_known_by_its_values_alone_is_to_be_confirmed():
    rows = pd.DataFrame(
        {"Whatever": ["a@x.de", "b@x.de", "c@x.de"], "Phone": [None] * 3, "Company": ["A"] * 3},
        dtype="str",
    )
    assert [each.column for each in map_columns(rows).columns if each.unsure] == ["Whatever"]
