"""One lead is decided on as a batch of one is, without what takes a batch its time."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.lead_generator import generate
from dedupe import normalize
from dedupe.keys import blocking_keys
from dedupe.lead import Known, hash_keys, match_lead
from dedupe.resolution import resolve
from dedupe.texts import as_column, as_list

FIELD_OF = {
    "Lead ID": "external_id",
    "First Name": "given_name",
    "Last Name": "family_name",
    "Email": "email",
    "Phone": "phone",
    "Mobile": "mobile",
    "Company": "company",
    "Suffix": "name_suffix",
    "Job Title": "job_title",
    "Street": "street",
    "City": "city",
    "State": "region",
    "Postal Code": "postal_code",
    "Country": "country",
}
STORED, LEADS = 500, 200
FOLDS = [
    fold
    for name, fold in sorted(vars(normalize).items())
    if hasattr(fold, "__wrapped__") and name != "fold"
]
# Letters that fold in all the ways there are, and what stands between them.
LETTERS = "aAbcdefghnoxzÄäéßøŁIıİкЖ中0123456789 .,'-/@+&_#|ſﬁ²½"  # noqa: RUF001 - look-alikes are what is tested


@pytest.fixture(scope="module")
def leads() -> pd.DataFrame:
    """Generated leads under the names of fields, with the `contact` each is of."""
    frame, person = generate(STORED + LEADS, seed=11, damage="heavy")
    return frame.rename(columns=FIELD_OF)[list(FIELD_OF.values())].assign(contact=person + 1)


@pytest.fixture(scope="module")
def keys(leads: pd.DataFrame) -> pd.DataFrame:
    stored = blocking_keys(leads.drop(columns="contact").iloc[:STORED])
    return stored.assign(contact=leads["contact"].loc[stored["row"]].to_numpy())


@settings(max_examples=40)
@given(row=st.integers(0, LEADS - 1), blank=st.sets(st.sampled_from(sorted(FIELD_OF.values()))))
def test_one_lead_gets_the_decision_and_the_weights_of_a_batch_of_one(
    leads: pd.DataFrame, keys: pd.DataFrame, row: int, blank: set[str]
) -> None:
    frame = leads.drop(columns="contact").iloc[[STORED + row]].assign(**dict.fromkeys(blank))
    frame = frame.astype("str").set_axis([0])
    lead = {str(name): text for name, text in frame.iloc[0].items() if isinstance(text, str)}
    wanted = blocking_keys(frame)["key"]
    assert sorted(hash_keys(lead)) == sorted(wanted)

    sharing = keys["contact"][keys["key"].isin(wanted)]
    stored = leads.iloc[:STORED]
    stored = stored[stored["contact"].isin(sharing)]
    stored = stored.set_axis(-1 - stored.index)
    columns = {
        name: [text if isinstance(text, str) else None for text in stored[name]]
        for name in FIELD_OF.values()
    }
    known = Known(stored.index.tolist(), stored["contact"].tolist(), columns, 10_000)

    outcome = match_lead(lead, known)
    resolution = resolve(frame, known=stored, population=10_001)
    contact = resolution.contacts.loc[0]
    assert outcome.contact_of(0) == (None if pd.isna(contact) else contact)
    pd.testing.assert_frame_equal(outcome.pairs(), resolution.pairs)


def test_most_leads_of_people_in_the_store_find_them(
    leads: pd.DataFrame, keys: pd.DataFrame
) -> None:
    """The test above would pass as well if nothing were ever found."""
    contacts = set(leads["contact"].iloc[:STORED])
    due = found = 0
    for row in range(STORED, STORED + LEADS):
        if leads["contact"].iloc[row] in contacts:
            frame = leads.drop(columns="contact").iloc[[row]]
            sharing = keys["contact"][keys["key"].isin(blocking_keys(frame)["key"])]
            due, found = due + 1, found + (leads["contact"].iloc[row] in set(sharing))
    assert due > 30
    assert found > 0.9 * due


@pytest.mark.parametrize("fold", FOLDS, ids=lambda fold: fold.__name__)
@settings(max_examples=25)
@given(texts=st.lists(st.none() | st.text(LETTERS, max_size=16), min_size=1, max_size=20))
def test_few_texts_are_folded_as_many_are(fold, texts) -> None:
    assert fold(texts) == as_list(fold(as_column(texts)))
