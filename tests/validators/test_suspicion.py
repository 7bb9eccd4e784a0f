"""What looks wrong beside other cells and other rows."""

import pandas as pd
import pytest

from validators.suspicion import DIFFERENT, SHARED, find_suspicious


def found(**columns):
    issues = find_suspicious(pd.DataFrame(columns, dtype="str").rename_axis(index="row"))
    return list(zip(issues["row"], issues["field"], issues["code"], strict=True))


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("BestSeoRank", 'buy <a href="http://a.example">x</a> <a href="http://b.example">y</a>'),
        ("Anna", "[url=http://a.example]x[/url] [url=http://b.example]y[/url] www.c.example"),
        ("Anna", '<A HREF="http://a">1</A> <a href="http://b">2</a> <a href="http://c">3</a>'),
    ],
)
def test_the_links_of_programs_give_a_bot_away(name, notes):
    assert found(given_name=[name], notes=[notes]) == [(0, "notes", "row.bot")]


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("Anna", "see https://example.com and www.example.org"),
        ("Ronald McDonald", '<a href="https://example.com">our page</a>'),
        ("BestSeoRank", "please call"),
        ("Anna", None),
    ],
)
def test_people_link_too(name, notes):
    assert found(full_name=[name], notes=[notes]) == []


def test_a_first_name_that_is_the_last_name_is_doubted():
    pairs = found(given_name=["Anna", "Anna", None], family_name=["anna", "Meyer", None])
    assert pairs == [(0, "family_name", "name.repeated")]


def people(count, **more):
    return {"family_name": [f"Name{at}" for at in range(count)], **more}


def test_a_number_of_many_strangers_is_doubted():
    phones = ["+12025550100"] * SHARED
    assert len(found(**people(SHARED, phone=phones))) == SHARED
    assert found(**people(SHARED - 1, phone=phones[1:])) == []


def test_colleagues_share_a_number_and_a_company():
    columns = people(SHARED, phone=["+12025550100"] * SHARED, company=["Acme"] * SHARED)
    assert found(**columns) == []


def test_one_person_may_come_often():
    same = int(SHARED * (1 - DIFFERENT)) + 3
    names = ["Meyer"] * same + [f"Name{at}" for at in range(SHARED - same)]
    assert found(family_name=names, email=["a@example.com"] * SHARED) == []
