"""The insights page tells what the command line tells, in light, dark and on a phone."""

from datetime import UTC, datetime, timedelta

import pytest

from crm.acts import Who
from crm.opportunities import Deal, open_opportunity, set_stage
from flows.import_leads import import_leads
from flows.job import ImportJob

NOW = datetime.now(UTC).date()


@pytest.fixture
def sold(store, tmp_path):
    """The store with sales, costs and opportunities."""
    url = f"sqlite:///{tmp_path}/store.db"
    (tmp_path / "sales.csv").write_text(
        f"Order,Date,Amount,Currency,Email\nA1,{NOW},1200,EUR,anna.mueller@nordwind.example\n"
        f"A2,{NOW},300,USD,nobody@at.example\n",
        encoding="utf-8",
    )
    (tmp_path / "costs.csv").write_text(f"Source,Month,Cost\nfair,{NOW:%Y-%m},400\n", "utf-8")
    for kind in ("sales", "costs"):
        job = ImportJob(kind, tmp_path / f"{kind}.csv", url, kind=kind, currency="EUR")
        import_leads(job)
    who = Who("stella")
    for number, stage in enumerate(("proposal", "negotiation", "qualified"), start=1):
        open_opportunity(store, f"c{number + 2}", Deal("Desks", "1000", "EUR"), who)
        if stage != "qualified":
            set_stage(store, f"o{number}", stage, who)
    return store


@pytest.mark.usefixtures("sold")
def test_the_page_tells_the_figures_and_fits_a_phone(page, enter, keep_picture):
    enter("vera")
    page.get_by_role("link", name="Insights").click()
    keep_picture("insights")
    row = page.get_by_role("row", name="negotiation")
    assert "800" in row.inner_text()
    assert "200.0%" in page.locator("section[aria-labelledby=returns]").inner_text()
    assert "1 deals of people nobody knows" in page.inner_text("main")
    page.emulate_media(color_scheme="dark")
    keep_picture("insights-dark")
    page.set_viewport_size({"width": 390, "height": 800})
    keep_picture("insights-phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.usefixtures("sold")
def test_tables_are_taken_along_as_csv_and_wrong_days_are_refused(sign_in):
    client = sign_in("vera")
    answer = client.get("/insights/pipeline.csv")
    assert answer.text.splitlines()[0] == "stage,points,currency,deals,amount,weighted"
    assert "proposal,60,EUR,1,1000.0,600.0" in answer.text
    early = client.get("/insights/funnel.csv", params={"until": f"{NOW - timedelta(days=400)}"})
    assert "new,0," in early.text
    assert client.get("/insights/shoes.csv").status_code == 404
    for wrong in ({"since": "yesterday"}, {"since": "2026-02-01", "until": "2026-01-01"}):
        assert client.get("/insights", params=wrong).status_code == 422


@pytest.mark.usefixtures("sold")
def test_a_program_reads_the_figures_of_the_page(program):
    client, _ = program("vera")
    told = client.get("/api/insights").json()
    by_stage = {line["stage"]: line for line in told["tables"]["pipeline"]}
    assert float(by_stage["negotiation"]["weighted"]) == 800
    assert told["unmatched"] == 1
    for since, until in (("2026-02-01", "2026-01-01"), ("0333-12-30", "2026-01-01")):
        wrong = client.get("/api/insights", params={"since": since, "until": until})
        assert wrong.status_code == 422
