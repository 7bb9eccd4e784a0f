"""Every insight on numbers that can be worked out by hand; docs/insights.md has the same ones."""

from datetime import date

import pandas as pd
import pytest

from crm.insight_frames import Facts
from reports.insights import Terms, compute
from reports.insights.deals import gather_deals
from reports.insights.worth import find_tenures

YEAR = Terms(date(2026, 1, 1), date(2026, 6, 30), margin=0.5)
LEAD_COLUMNS = ("lead", "contact", "source", "status", "reached", "first_at", "email", "phone")
LEADS = (
    (1, 1, "fair", "converted", "converted", "2026-01-10T09:00:00Z", True, True),
    (2, 2, "fair", "qualified", "qualified", "2026-02-01T09:00:00Z", True, False),
    (3, 3, "fair", "disqualified", "qualified", "2026-02-01T10:00:00Z", False, True),
    (4, 4, "fair", "new", "new", "2026-03-01T09:00:00Z", True, True),
    (5, 5, "web", "working", "working", "2026-03-05T09:00:00Z", True, False),
    (6, 6, "web", "converted", "converted", "2026-04-01T23:59:59Z", True, True),
    (7, 7, "web", "new", "new", "2025-12-31T23:59:59Z", True, True),  # before the period
)
SALE_COLUMNS = ("source", "deal", "stage", "at", "amount", "currency", "contact", "lead")
SALES = (
    ("erp", "A", "proposal", "2026-01-20", "900", "EUR", 1, None),
    ("erp", "A", "won", "2026-02-09", "1000", "EUR", 1, None),
    ("erp", "B", "won", "2026-05-01", "2000", "EUR", 6, None),
    ("erp", "C", "won", "2026-05-11", "500", "USD", 6, None),
    ("erp", "D", "won", "2025-11-05", "300", "EUR", 7, None),  # a customer before the period
    ("erp", "D", "cancelled", "2026-04-15", None, "EUR", 7, None),
    ("erp", "E", "won", "2026-06-01", "100", "EUR", None, None),  # of nobody known
    ("erp", "F", "lost", "2026-06-02", "700", "EUR", 5, None),
)
OPPORTUNITY_COLUMNS = (
    "deal",
    "contact",
    "lead",
    "stage",
    "points",
    "amount",
    "currency",
    "opened_at",
    "closed_at",
)
OPPORTUNITIES = (
    ("o1", 2, 2, "proposal", 60, "1000", "EUR", "2026-06-20T00:00:00Z", None),
    ("o2", 4, 4, "qualified", 20, "500", None, "2026-04-01T00:00:00Z", None),
    ("o3", 5, 5, "negotiation", 80, "100", "USD", "2026-06-20T00:00:00Z", None),
)
SPEND = (
    ("fair", "2026-01", "600", "EUR"),
    ("fair", "2026-02", "200", "EUR"),
    ("fair", "2025-12", "999", "EUR"),  # before the period
    ("radio", "2026-03", "50", "USD"),
)
BATCHES = (
    ("fair", "2026-01-10T00:00:00Z", 10, 3, 1, 2),
    ("fair", "2026-02-10T00:00:00Z", 10, 1, 1, 0),
)


def frame(columns, lines, **types):
    return pd.DataFrame(list(lines), columns=list(columns)).astype(types)


def with_customer(told):
    owner = "c" + told["contact"].astype("str")
    return told.assign(customer=owner.where(told["contact"].notna()).astype("str"))


def facts(leads=LEADS, opportunities=OPPORTUNITIES, sales=SALES, spend=SPEND, batches=BATCHES):
    ids = {"contact": "Int64", "lead": "Int64"}
    texts = ("source", "status", "reached", "first_at")
    batch_columns = ("source", "started_at", "rows_in", "merged", "quarantined", "flagged")
    spend_columns = ("source", "month", "amount", "currency")
    numbers = dict.fromkeys(batch_columns[2:], "Int64")
    kinds = {**dict.fromkeys(OPPORTUNITY_COLUMNS, "str"), **ids, "points": "Int64"}
    return Facts(
        with_customer(frame(LEAD_COLUMNS, leads, **ids, **dict.fromkeys(texts, "str"))),
        with_customer(frame(OPPORTUNITY_COLUMNS, opportunities, **kinds)),
        with_customer(frame(SALE_COLUMNS, sales, **dict.fromkeys(SALE_COLUMNS[:6], "str"), **ids)),
        frame(spend_columns, spend).astype("str"),
        frame(batch_columns, batches, source="str", started_at="str", **numbers),
    )


@pytest.fixture(scope="module")
def found():
    return compute(facts(), YEAR, currency="EUR")


def lines(found, name):
    told = found.tables[name]
    return told.astype(object).where(told.notna(), None).to_dict("records")


def test_leads_by_source_and_quality(found):
    fair, web = lines(found, "sources")
    assert (fair["source"], fair["leads"], fair["share"]) == ("fair", 4, pytest.approx(4 / 6))
    assert (fair["with_email"], fair["with_phone"]) == (3 / 4, 3 / 4)
    assert (fair["qualified"], fair["disqualified"]) == (3 / 4, 1 / 4)
    assert (fair["rejected"], fair["duplicates"], fair["flagged"]) == (0.1, 0.2, 0.1)
    assert (web["leads"], web["rejected"]) == (2, None)


def test_funnel_with_conversion_per_step(found):
    # Leads 1 and 6 have a won deal; 2 is qualified, and 3 was before it was disqualified; 5 is
    # working; 4 is new.
    told = [(each["step"], each["leads"], each["of_before"]) for each in lines(found, "funnel")]
    assert told == [
        ("new", 6, None),
        ("working", 5, pytest.approx(5 / 6)),
        ("qualified", 4, 4 / 5),
        ("converted", 2, 2 / 4),
        ("won", 2, 1.0),
    ]
    assert lines(found, "funnel")[-1]["of_all"] == pytest.approx(2 / 6)


def test_pipeline_with_points_and_weighted_value(found):
    told = {each["stage"]: each for each in lines(found, "pipeline")}
    assert set(told) == {"qualified", "proposal", "negotiation"}
    assert (told["proposal"]["amount"], told["proposal"]["weighted"]) == (1000, 600)
    assert (told["qualified"]["currency"], told["qualified"]["weighted"]) == ("EUR", 100)
    assert (told["negotiation"]["currency"], told["negotiation"]["weighted"]) == ("USD", 80)


def test_close_rate_is_closed_by_generated(found):
    told = {each["source"]: each for each in lines(found, "close_rate")}
    assert (told["fair"]["generated"], told["fair"]["closed"]) == (4, 1)
    assert told["fair"]["close_rate"] == 1 / 4
    assert told["web"]["close_rate"] == 1 / 2
    assert told["(all)"]["close_rate"] == pytest.approx(2 / 6)


def test_sales_cycle_is_the_days_from_lead_to_won(found):
    # A: 10 January to 9 February, 30 days. B and C: 1 April to 1 and 11 May, 30 and 40 days.
    told = {each["source"]: each for each in lines(found, "cycle")}
    assert (told["fair"]["deals"], told["fair"]["median"]) == (1, 30)
    assert (told["web"]["mean"], told["web"]["median"]) == (35, 35)
    assert (told["(all)"]["deals"], told["(all)"]["median"]) == (3, 30)
    assert told["(all)"]["slowest_tenth"] == pytest.approx(38)


def test_forecast_places_open_deals_by_the_median_and_tells_the_run_rate(found):
    # The median from opening to winning is 0 days: all but A were told once, as won.
    told = {(each["month"], each["currency"]): each for each in lines(found, "forecast")}
    assert {month for month, _ in told} == {"2026-06", "2026-07", "2026-08"}
    june = told["2026-06", "EUR"]
    assert (june["deals"], june["weighted"]) == (2, 700)
    # March to May: B alone in EUR, 2000 in three months; C in USD.
    assert june["run_rate"] == pytest.approx(2000 / 3, abs=0.01)
    assert told["2026-07", "USD"]["run_rate"] == pytest.approx(500 / 3, abs=0.01)


def test_an_open_deal_is_expected_when_the_median_time_has_passed():
    sales = (
        ("erp", "A", "proposal", "2026-01-01", "1", "EUR", 1, None),
        ("erp", "A", "won", "2026-02-20", "1", "EUR", 1, None),  # 50 days
    )
    told = compute(facts(sales=sales), YEAR, "EUR").tables["forecast"]
    # o1 was opened on 20 June: 9 August. o2 is due long since: the first month.
    weighted = told[told["currency"] == "EUR"].set_index("month")["weighted"]
    assert weighted.to_dict() == {"2026-06": 100, "2026-07": 0, "2026-08": 600}


def test_churn_is_lost_by_customers_at_the_start(found):
    told = {each["month"]: each for each in lines(found, "churn")}
    assert list(told) == [f"2026-{month:02d}" for month in range(1, 7)]
    assert (told["2026-01"]["at_start"], told["2026-01"]["churn"]) == (1, 0)
    assert (told["2026-02"]["at_start"], told["2026-02"]["won"]) == (1, 1)
    assert (told["2026-04"]["at_start"], told["2026-04"]["lost"]) == (2, 1)
    assert told["2026-04"]["churn"] == 1 / 2
    assert (told["2026-05"]["at_start"], told["2026-05"]["won"]) == (1, 1)


def test_value_of_a_customer(found):
    # EUR, won in the period: A 1000, B 2000, E 100, of three customers, who were customers for
    # 5 (February to June), 2 (May, June) and 1 month. Lost: 1 of 1+1+2+2+1+2 = 9 customer-months.
    told = {each["currency"]: each for each in lines(found, "value")}
    eur = told["EUR"]
    assert (eur["customers"], eur["revenue"]) == (3, 3100)
    assert eur["per_customer"] == pytest.approx(3100 / 3, abs=0.01)
    assert eur["per_month"] == pytest.approx(3100 / 8, abs=0.01)
    assert eur["value"] == pytest.approx(3100 / 8 * 0.5 / (1 / 9), abs=0.02)
    assert told["USD"]["revenue"] == 500


def test_without_a_customer_lost_nobody_knows_how_long_they_stay():
    kept = [each for each in SALES if each[2] != "cancelled"]
    (eur, _) = lines(compute(facts(sales=kept), YEAR, "EUR"), "value")
    assert eur["value"] is None


def test_return_on_the_cost_of_a_source(found):
    told = {(each["source"], each["currency"]): each for each in lines(found, "returns")}
    fair = told["fair", "EUR"]
    assert (fair["cost"], fair["leads"], fair["won"], fair["revenue"]) == (800, 4, 1, 1000)
    assert (fair["cost_per_lead"], fair["cost_per_won"]) == (200, 800)
    assert fair["returned"] == pytest.approx((1000 * 0.5 - 800) / 800)
    assert told["web", "EUR"]["returned"] is None
    assert told["web", "USD"]["revenue"] == 500
    assert (told["radio", "USD"]["cost"], told["radio", "USD"]["cost_per_lead"]) == (50, None)


def test_what_belongs_to_nobody_is_counted(found):
    assert found.unmatched == 1
    assert found.unattributed == 1  # D was won before its customer was a lead


def test_a_sale_that_names_an_opportunity_amends_it():
    sales = (("erp", "o1", "won", "2026-06-25", "1100", "EUR", 2, None),)
    told = compute(facts(sales=sales), YEAR, "EUR")
    assert "proposal" not in set(told.tables["pipeline"]["stage"])
    (eur,) = lines(told, "value")
    assert (eur["revenue"], eur["customers"]) == (1100, 1)


def test_whoever_cancels_without_a_deal_cancels_all_and_may_come_back():
    sales = (
        ("erp", "A", "won", "2026-01-05", "1", "EUR", 1, None),
        ("erp", "B", "won", "2026-02-05", "1", "EUR", 1, None),
        ("erp", "#x", "cancelled", "2026-03-05", None, "EUR", 1, None),
    )
    (told,) = lines(compute(facts(sales=sales), YEAR), "value")
    assert told["customers"] == 1
    churn = compute(facts(sales=sales), YEAR).tables["churn"].set_index("month")
    assert churn["lost"]["2026-03"] == 1
    back = (*sales, ("erp", "C", "won", "2026-05-05", "1", "EUR", 1, None))
    deals = gather_deals(facts().opportunities.head(0), facts(sales=back).sales, {}, "EUR")
    (tenure,) = find_tenures(deals).to_dict("records")
    assert pd.isna(tenure["left"])


def test_nothing_at_all_is_no_fault():
    told = compute(facts((), (), (), (), ()), YEAR)
    assert told.unmatched == 0
    assert told.tables["close_rate"]["generated"].tolist() == [0]
    assert [name for name, each in told.tables.items() if each.columns.empty] == []
