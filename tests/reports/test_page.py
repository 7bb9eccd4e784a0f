"""The page: complete, readable by machines that read aloud, and never more than its template."""

import base64
import dataclasses
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from jinja2 import UndefinedError

from reports.model import Listed, Place
from reports.page import (
    _environment,
    render_page,
    show_bits,
    show_hidden,
    show_percent,
    show_place,
    show_time,
)

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "javascript:alert(1)",
    '<a href="javascript:alert(1)">x</a>',
    '<iframe src="https://example.com"></iframe>',
    "<body onload=alert(1)>",
    "<style>@import 'https://example.com/x.css';</style>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</td></tr></table><script>alert(1)</script>",
    "</svg><script>alert(1)</script>",
    "<details open ontoggle=alert(1)>",
    "<form action=https://example.com><input name=a>",
    "<base href=https://example.com/>",
    '<meta http-equiv=refresh content="0;url=https://example.com">',
    "<link rel=stylesheet href=https://example.com/x.css>",
    "<!--<script>alert(1)</script>-->",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "{{ 7 * 7 }}{% for x in y %}",
    "${alert(1)}`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<scr\0ipt>alert(1)</scr\0ipt>",
    "\u202e<script>alert(1)</script>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
)  # fmt: skip


class Skeleton(HTMLParser):
    """All elements with the names of their attributes, all values of attributes, all text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.texts: list[str] = []
        self.comments: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Keep an element and its attributes."""
        self.elements.append((tag, tuple(sorted(name for name, _ in attrs))))
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_data(self, data):
        """Keep a text."""
        self.texts.append(data)

    def handle_comment(self, data):
        """Keep a comment."""
        self.comments.append(data)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_value_is_never_markup(report, fill_texts, payload):
    harmless = Skeleton(render_page(fill_texts(report, "x")))
    attacked = Skeleton(render_page(fill_texts(report, payload)))
    assert attacked.elements == harmless.elements
    assert attacked.comments == []
    assert show_hidden(payload) in " ".join(attacked.texts)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_link_leads_anywhere_but_into_the_report(report, fill_texts, payload):
    page = Skeleton(render_page(fill_texts(report, payload)))
    targets = [value for _, name, value in page.attributes if name in {"href", "src", "action"}]
    assert targets
    files = {"issues.csv", "duplicates.csv", "rows.csv", "report.json"}
    assert {target for target in targets if not str(target).startswith("#")} == files


def test_the_page_loads_nothing(report):
    text = render_page(report)
    page = Skeleton(text)
    assert not {tag for tag, _ in page.elements} & {"script", "link", "img", "iframe", "object"}
    assert not [name for _, name, _ in page.attributes if name.startswith("on") or name == "style"]
    for loads in ("@import", "url(", "http://", "https://", "//", "data:", "@font-face"):
        assert loads not in text, loads


def test_the_pages_policy_allows_its_own_style_and_nothing_else(report):
    text = render_page(report)
    policy = re.search(r"Content-Security-Policy\" content=\"([^\"]*)\"", text)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert policy is not None
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy[1] == f"default-src 'none'; style-src 'sha256-{digest}'"


def test_every_count_is_told(report):
    text = render_page(report)
    for count in ("1,204", "838", "301", "64", "3 blank lines"):
        assert count in text


def test_the_limits_are_told(report):
    text = " ".join(render_page(report).split())
    assert "The first 2 of 64 are shown" in text
    assert "The first 1 of 301 are shown" in text
    assert "of 2 are shown" not in text  # all of them are


def test_a_batch_with_nothing_to_tell_says_so(report):
    nothing = Listed((), 0)
    quiet = dataclasses.replace(
        report,
        readings=(),
        issues_by_kind=(),
        quarantined=nothing,
        review=nothing,
        merged=nothing,
        weights={"merged": {}, "review": {}},
        counts=dict.fromkeys(report.counts, 0),
    )
    text = render_page(quiet)
    assert "No row had to wait." in text
    assert "Nothing was found to be wrong" in text
    assert 'class="histogram"' not in text


def test_an_unfinished_batch_is_called_unfinished(report):
    loading = dataclasses.replace(report.batch, status="loading")
    assert "unfinished: run the import again" in render_page(
        dataclasses.replace(report, batch=loading)
    )
    assert "unfinished: run the import again" not in render_page(report)


def test_headings_go_down_one_level_at_a_time(report):
    levels = [
        int(tag[1]) for tag, _ in Skeleton(render_page(report)).elements if re.match(r"h\d", tag)
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_every_link_within_the_page_has_its_target(report):
    page = Skeleton(render_page(report))
    ids = [value for _, name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    for _, name, value in page.attributes:
        if name == "href" and str(value).startswith("#"):
            assert str(value)[1:] in ids
        if name == "aria-labelledby":
            assert value in ids


def test_every_drawing_has_words_or_is_hidden_from_readers(report):
    page = Skeleton(render_page(report))
    drawings = [names for tag, names in page.elements if tag == "svg"]
    assert drawings
    for names in drawings:
        assert {"role", "aria-label"} <= set(names) or "aria-hidden" in names


def test_every_table_has_headers_with_a_scope(report):
    text = render_page(report)
    for table in re.findall(r"<table.*?</table>", text, re.DOTALL):
        assert "<th" in table
    assert not re.search(r"<th(?![^>]*scope)[ >]", text)


def test_a_name_that_the_template_does_not_know_is_an_error():
    with pytest.raises(UndefinedError):
        _environment().from_string("{{ nobody }}").render()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Anna", "Anna"),
        (" Anna  ", "␣Anna␣␣"),
        ("An na", "An na"),
        ("   ", "␣␣␣"),
        ("", ""),
        ("a\tb", "a⟨U+0009⟩b"),
        ("a\nb", "a⟨U+000A⟩b"),
        ("\u202eevil", "⟨U+202E⟩evil"),
        ("zero\u200bwidth", "zero⟨U+200B⟩width"),
        ("\x00", "⟨U+0000⟩"),
        ("né 漢字 😀", "né 漢字 😀"),
    ],
)
def test_what_cannot_be_seen_is_shown(text, shown):
    assert show_hidden(text) == shown


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0, "0 %"),
        (100, "100 %"),
        (0.04, "under 0.1 %"),
        (99.96, "over 99.9 %"),
        (25, "25.0 %"),
        (5.31, "5.3 %"),
    ],
)
def test_something_is_never_nothing_and_most_is_never_all(share, shown):
    assert show_percent(share) == shown


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place("a.csv", None, 3, 5), "a.csv, line 5"),
        (Place("book.xlsx", "Leads", 3, 1_005), "Leads, line 1,005"),
        (Place("hook", None, 3, None), "hook, row 3"),
        (Place("a.csv", None, None, None), "the whole table"),
        (Place("a.csv", "Leads", None, None), "Leads"),
    ],
)
def test_a_place_names_the_file_unless_it_is_the_batchs_own(place, shown):
    assert show_place(place, "book.xlsx") == shown


def test_times_and_weights_are_written_for_people():
    assert show_time("2026-11-22T05:09:00Z") == "22 November 2026, 05:09 UTC"
    assert show_time("soon") == "soon"
    assert show_bits(-2.94) == "\u22122.9"
    assert show_bits(14.2) == "+14.2"
