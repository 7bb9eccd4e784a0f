"""Whose call it was: the person is at the other end of the line."""

import pandas as pd

OUTBOUND = r"(?i)^(?:out(?:bound|going)?\b.*|ausgehend.*|sortant.*|saliente.*)$"


def face_the_person(records: pd.DataFrame) -> pd.DataFrame:
    """Let `phone` be the person's number: of an outbound call that is the number called.

    Standardized records; those without `call_direction` and `call_to` are returned as they are.
    """
    if not {"call_direction", "call_to", "phone"} <= set(records.columns):
        return records
    outbound = records["call_direction"].str.match(OUTBOUND).fillna(value=False).astype(bool)
    return records.assign(
        phone=records["phone"].mask(outbound, records["call_to"]),
        call_to=records["call_to"].mask(outbound, records["phone"]),
    )
