"""What holds for every page: it can be used by everybody, and no value becomes markup."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from crm.deliveries import subscribe
from crm.desk_access import add_token, find_user
from crm.outbox import EVENTS
from flows.import_leads import import_leads
from flows.job import ImportJob

PAGES = (
    "/",
    "/review",
    "/contacts",
    "/contacts/c1",
    "/contacts/c1/erase",
    "/review/m1",
    "/review?owner=nobody&field=city&how=agrees",
    "/accounts",
    "/accounts/a1",
    "/webhooks",
    "/webhooks/d1",
    "/tokens",
    "/compare?contacts=c4,c5,c6&item=m1",
    "/unmerge/r2",
    "/undo/b1",
    "/quarantine",
    "/quarantine?code=email.invalid",
    "/quarantine?status=discarded",
    "/audit",
    "/holds",
    "/insights",
    "/imports",
    "/reports/b1",
    "/reports/b1/page",
)
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "</td></table><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}",
    "{% raw %}<b>{% endraw %}",
    "<a href=javascript:alert(1)>x</a>",
    "<style>*{display:none}</style>",
    "<details open ontoggle=alert(1)>",
    "<math><mi xlink:href=javascript:alert(1)>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "<body onload=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<input autofocus onfocus=alert(1)>",
    "<base href=//elsewhere.example>",
    "<meta http-equiv=refresh content=0>",
    "' hx-get=/sign-out hx-trigger=load x='",
)
STRANGE = """() => [...document.querySelectorAll([
  "script:not([src^='/static/'])", "iframe:not(.report)", "base", "math", "style",
  "img:not([src^='/static/'])", "[onerror]", "[onload]", "[ontoggle]", "[onfocus]",
  "meta[http-equiv=refresh]", "a[href^='javascript:']", "[hx-trigger=load]",
].join(","))].map((one) => one.outerHTML)"""


def test_no_page_has_a_serious_hindrance(page, enter):
    enter("ada")
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for path in PAGES if scheme == "light" else PAGES[:5]:  # the colours are the same on all
            page.goto(path)
            found += [
                (scheme, path, each["id"], node["target"])
                for each in Axe().run(page).response["violations"]
                if each["impact"] in {"serious", "critical"}
                for node in each["nodes"]
            ]
    assert found == []


@pytest.fixture
def attacked(store, tmp_path):
    """The store after an import whose every cell attacks the page that shows it."""
    columns = ["First Name", "Last Name", "Email", "Company", "City", "Notes", "Job Title"]
    lines = [",".join(columns)]
    for number, payload in enumerate(PAYLOADS):
        cell = '"' + payload.replace('"', '""') + '"'
        lines.append(",".join([cell] * len(columns)))
        lines.append(f"Anna,Miller{number},anna{number}@shop.example,{cell},Berlin,{cell},{cell}")
    path = tmp_path / "<img src=x onerror=alert(1)>.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    url = f"sqlite:///{tmp_path}/store.db"
    ada, _ = find_user(store, "ada")
    for number, payload in enumerate(PAYLOADS):
        add_token(store, ada.id, payload, f"{number:064}")
    subscribe(store, dict.fromkeys(PAYLOADS, EVENTS))
    import_leads(ImportJob("<b>source</b>", path, store=url, reports=tmp_path / "reports"))
    return store


@pytest.mark.usefixtures("attacked")
def test_no_value_becomes_markup_on_any_page(page, enter):
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    enter("ada")
    shown = [
        *PAGES[:-1],
        "/contacts/c8",
        "/accounts/a5",
        "/accounts/a7",
        "/webhooks/d40",
        "/imports",
        "/undo/b2",
        "/reports/b2",
    ]
    for path in [*shown, "/quarantine?offset=25"]:
        page.goto(path)
        assert page.evaluate(STRANGE) == [], path
        assert "49" not in page.locator("h1").first.inner_text()
    page.goto("/reports/b2/page")
    assert page.locator("script, img, iframe, [onerror], base").count() == 0
    assert dialogs == []
