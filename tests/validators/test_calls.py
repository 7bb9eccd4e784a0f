"""The person of a call is at the other end of the line."""

import pandas as pd
import pytest

from validators.calls import face_the_person

DIRECTIONS = [
    ("inbound", "+12025550111"),
    ("outbound", "+12025550199"),
    ("outbound-dial", "+12025550199"),
    ("Ausgehend", "+12025550199"),
    (None, "+12025550111"),
]


@pytest.mark.parametrize(("direction", "person"), DIRECTIONS)
def test_the_phone_is_that_of_the_person_called_or_calling(
    direction: str | None, person: str
) -> None:
    records = pd.DataFrame(
        {"phone": ["+12025550111"], "call_to": ["+12025550199"], "call_direction": [direction]},
        dtype="str",
    )
    assert face_the_person(records)["phone"].tolist() == [person]


def test_records_that_are_no_calls_stay_as_they_are() -> None:
    records = pd.DataFrame({"phone": ["+12025550111"]}, dtype="str")
    assert face_the_person(records) is records
