"""Errors of a store say the same wherever they are told."""

import pickle

import pytest

from crm.errors import ConflictError, RefusedError, StoreChangedError, StoreError, UnknownIdError

URL = "sqlite:///leads.db"


@pytest.mark.parametrize(
    "error",
    [
        StoreChangedError(URL),
        ConflictError(URL, ("c1", "c2")),
        RefusedError(URL, "it was undone already", ("e7",)),
        UnknownIdError(URL, "c9"),
    ],
)
def test_an_error_of_another_process_is_the_same_error(error: StoreError) -> None:
    told = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert type(told) is type(error)
    assert str(told) == str(error)
    assert vars(told) == vars(error)
