"""Acts in a random order, taken back one after the other, leave everything as it was."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.acts import Who
from crm.canonical import canon
from crm.consents import give, withdraw
from crm.editing import edit
from crm.errors import RefusedError, UnknownIdError
from crm.merging import merge
from crm.store import open_store
from crm.undoing import undo
from crm.unmerging import unmerge
from crm.verify import verify

WHO = Who("ann")
CONTACTS = st.sampled_from(["c1", "c2", "c3"])
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("import"), st.sampled_from(["Ann Lee", "Bob Stone", "Cy Day"])),
        st.tuples(st.just("merge"), CONTACTS, CONTACTS),
        st.tuples(st.just("unmerge"), st.sampled_from(["r1", "r2", "r3", "r4", "r5"])),
        st.tuples(st.just("edit"), CONTACTS, st.sampled_from(["Ann Lee", "Bob Stone", None])),
        st.tuples(st.just("withdraw"), CONTACTS),
        st.tuples(st.just("give"), CONTACTS),
    ),
    min_size=2,
    max_size=4,
)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_was_done_is_taken_back_exactly(acts, reading, person):
    with open_store("sqlite://") as store:
        rows = [person("Ann", "Lee"), person("Ann", "Lee", city="Bonn"), person("Bob", "Stone")]
        reading([*rows, person("Cy", "Day")]).load(store)
        before = canon(store)
        done = []
        for number, (kind, *about) in enumerate(acts):
            try:
                done.append(_do(store, kind, about, (reading, person, number)))
            except (RefusedError, UnknownIdError):
                continue
        assert verify(store) == []
        for what in reversed(done):
            assert undo(store, what, WHO).refused == ()
        after = canon(store)
        # The id of a contact that was split off leads back to the one it was split from.
        assert set(before.pop("merged")) <= set(after.pop("merged"))
        assert after == before
        assert verify(store) == []


def _do(store, kind, about, made):
    """Do one thing; returns what can be undone."""
    reading, person, number = made
    if kind == "import":
        result = reading([person(*about[0].split(), city="Salem", notes=str(number))]).load(store)
        return f"b{result.batch}"
    if kind == "merge":
        return merge(store, about, WHO).event
    if kind == "edit":
        email = person(*about[1].split())["email"] if about[1] else None
        return edit(store, about[0], {"city": "Reno", "email": email}, WHO).event
    acts = {"unmerge": unmerge, "withdraw": withdraw, "give": give}
    arguments = about if kind == "unmerge" else [about[0], "email"]
    return acts[kind](store, *arguments, WHO).event
