"""The home page tells what waits, what came in and how good it was."""

import pytest

from crm.overview import count_funnel, count_waiting, read_completeness, read_quality
from flows.import_leads import import_leads
from flows.job import ImportJob
from steward.plots.lines import HEIGHT, WIDTH, draw_lines


def test_home_tells_what_waits_and_what_came_in(page, enter, keep_picture):
    enter("vera")
    keep_picture("home")
    assert page.get_by_role("link", name="1 rows in quarantine").is_visible()
    bar = page.get_by_role("img", name="created 7, merged 2, quarantined 1")
    assert bar.is_visible()
    page.emulate_media(color_scheme="dark")
    keep_picture("home-dark")
    page.set_viewport_size({"width": 390, "height": 800})
    keep_picture("home-phone")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, "a phone must not have to scroll sideways"


def test_what_waits_is_what_the_store_holds(store):
    waiting = count_waiting(store)
    assert waiting.quarantine == 1
    assert waiting.review == store.batch(1).counts["review"]


def test_each_step_of_the_funnel_holds_all_that_came_further(store):
    counts = count_funnel(store)
    assert counts["new"] == 7
    assert counts["new"] >= counts["working"] >= counts["qualified"] >= counts["converted"]


def test_quality_is_told_as_shares_of_the_rows(store):
    (line,) = read_quality(store).to_dict("records")
    assert line["duplicates"] == pytest.approx(2 / 10)
    assert line["rejected"] == pytest.approx(1 / 10)


def test_completeness_is_told_of_the_last_import_of_each_source(store, tmp_path):
    path = tmp_path / "leads.csv"
    rows = [f"Ann,Lee{n},{'' if n % 4 else f'ann{n}@lee.example'},Boston" for n in range(40)]
    path.write_text("\n".join(["First Name,Last Name,Email,City", *rows]), encoding="utf-8")
    url = f"sqlite:///{tmp_path}/store.db"
    import_leads(ImportJob("webinar", path, store=url, reports=tmp_path / "reports"))
    (line,) = read_completeness(store).to_dict("records")
    told = {name: line[name] for name in ("source", "name", "e-mail", "phone", "place")}
    assert told == {"source": "webinar", "name": 1.0, "e-mail": 0.25, "phone": 0.0, "place": 1.0}


def test_lines_stay_within_their_drawing():
    lines, top = draw_lines({"a": [0.0, 0.5, 0.2], "b": [0.1, 0.1, 0.1]})
    assert top == 0.5
    for line in lines:
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in line.points)
    (alone,), _ = draw_lines({"a": [0.0]})
    assert alone.points == ((WIDTH / 2, HEIGHT),)
