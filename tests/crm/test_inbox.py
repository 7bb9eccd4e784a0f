"""The inbox of either store: each event once, with how far its source was read."""

import pytest

from crm.inbox import (
    Letter,
    count_letters,
    fail_letters,
    finish_letters,
    put_letters,
    read_cursor,
    retry_letters,
    waiting_letters,
)
from crm.opening import writing


def letter(name, **values):
    return Letter("web", name, values or {"email": f"{name}@mail.example"}, "2026-11-20T10:00:00Z")


def test_an_event_is_stored_once_and_known_again(store):
    assert put_letters(store, [letter("a"), letter("b"), letter("a")]) == [
        "stored",
        "stored",
        "repeated",
    ]
    assert put_letters(store, [letter("b"), letter("c"), letter("a", email="x")]) == [
        "repeated",
        "stored",
        "changed",
    ]
    assert [each.event_id for each in waiting_letters(store, "web")] == ["a", "b", "c"]
    assert put_letters(store, [Letter("other", "a", {})]) == ["stored"]


def test_an_id_is_known_for_good_but_its_content_leaves_when_it_is_in_the_store(store):
    put_letters(store, [letter("a")])
    (taken,) = waiting_letters(store, "web")
    finish_letters(store, [taken.number], None)
    assert waiting_letters(store, "web") == []
    assert put_letters(store, [letter("a")]) == ["repeated"]
    with writing(store.engine) as connection:
        assert connection.exec_driver_sql("SELECT content FROM inbox").scalar() is None


def test_what_failed_can_wait_once_more(store):
    put_letters(store, [letter("a"), letter("b")])
    first, _ = waiting_letters(store, "web")
    fail_letters(store, [first.number], "inbox.unmapped")
    assert [row[:3] for row in count_letters(store)] == [
        ("web", "failed", 1),
        ("web", "waiting", 1),
    ]
    assert retry_letters(store, "web") == 1
    assert [each.values for each in waiting_letters(store, "web")] == [
        {"email": "a@mail.example"},
        {"email": "b@mail.example"},
    ]


def test_a_letter_of_an_erased_person_is_not_taken(store):
    put_letters(store, [letter("a"), letter("b")])
    with writing(store.engine) as connection:
        connection.exec_driver_sql("UPDATE inbox SET content = NULL WHERE event_id = 'a'")
    assert [each.event_id for each in waiting_letters(store, "web")] == ["b"]
    assert put_letters(store, [letter("a")]) == ["repeated"]


def test_odd_characters_are_kept_as_they_came(store):
    odd = {"n\x00": "a\x00 \ud800 \u202e 你"}
    put_letters(store, [letter("a", **odd)])
    assert waiting_letters(store, "web")[0].values == odd


def test_a_cursor_moves_with_its_rows_or_not_at_all(store):
    assert read_cursor(store, "web") is None
    put_letters(store, [letter("a")], {"web": "page 2"})
    put_letters(store, [letter("b")], {"web": "page 3"})
    assert read_cursor(store, "web") == "page 3"
    broken = Letter("web", "c", {"email": object()})  # type: ignore[dict-item] - cannot be written
    with pytest.raises(TypeError):
        put_letters(store, [letter("d"), broken], {"web": "page 4"})
    assert read_cursor(store, "web") == "page 3"
    assert len(waiting_letters(store, "web")) == 2


def test_letters_can_be_put_down_while_an_import_writes(store):
    if store.engine.dialect.name == "sqlite":
        return  # one writer at a time: they wait for each other
    with writing(store.engine):
        assert put_letters(store, [letter("a")]) == ["stored"]
