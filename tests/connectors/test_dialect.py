"""The delimiter is the one under which the lines agree."""

from collections.abc import Callable

import pytest

from connectors import ReadOptions, Table

ReadContent = Callable[..., Table]

DIALECTS = [
    ("commas", "name,street,city\nAnna,Ring 1,Graz\n", ",", 3),
    ("semicolons with decimal commas", "name;score;city\nAnna;1,5;Graz\nBen;2,5;Wien\n", ";", 3),
    ("only decimal commas below", "a;b\n1,5;2,5\n3,5;4,5\n", ";", 2),
    ("tabs", "name\temail\tcity\nAnna\ta@x.example\tGraz, Styria\n", "\t", 3),
    ("pipes", "name|email|city\nAnna|a@x.example|Graz\n", "|", 3),
    ("commas inside quotes", 'name,street,city\nAnna,"Ring 1, Top 3",Graz\n', ",", 3),
    ("semicolons inside quotes", 'a,b\n"x;y;z",1\n"x;y;z",2\n"x;y;z",3\n', ",", 2),
    ("semicolons inside commas", "name,tags,city\nAnna,a;b;c,Graz\nBen,d;e,Wien\n", ",", 3),
    ("as many in each row", "name,tags\n" + "Anna,a;b;c\n" * 9, ",", 2),
    ("ragged", "a;b;c\n" + "1;2,0;3\n" * 8 + "1;2,0\n" * 2, ";", 3),
    ("titles", "Autumn fair, booth 4\n\nName;Email;City\nAnna;a@x.example;Graz\n", ";", 3),
    ("line breaks inside quotes", 'a;b\n"x,y\nz,w";1\n"x,y\nz,w";2\n', ";", 2),
    ("Excel's first line", "sep=;\na;b\n1,0;2,0\n", ";", 2),
    ("one column", "email\na@x.example\nb@x.example\n", ",", 1),
    ("one column of names", "Name\nDoe, Jane\nRoe, Richard\nPoe, Edgar\n", ",", 1),
    ("one column of prose", "Note\nyes; no, well\nHi, I am, new\nCall me\nok, ok\n", ",", 1),
    ("one value", "email\n", ",", 1),
]


@pytest.mark.parametrize(("case", "text", "delimiter", "width"), DIALECTS)
def test_the_delimiter_is_found(
    read_content: ReadContent, case: str, text: str, delimiter: str, width: int
) -> None:
    table = read_content(text)
    assert table.rows.shape[1] == width, case
    assert width == 1 or table.delimiter == delimiter, case


def test_a_given_delimiter_is_taken_as_it_is(read_content: ReadContent) -> None:
    table = read_content("a,b^c\n1,2^3\n", options=ReadOptions(delimiter="^"))
    assert list(table.rows.columns) == ["a,b", "c"]


QUOTES = [
    ("apostrophes", "'name','city'\n'Anna, Dr.','Graz'\n'Ben','Wien'\n", "Anna, Dr."),
    ("an apostrophe in a name", "name,city\n'Anna, Dr.',Graz\n", "'Anna"),
    ("backslashes", 'name,city\n"Anna \\"Annie\\" X, Dr.",Graz\n', 'Anna "Annie" X, Dr.'),
    ("a path before a quote", 'name,city\n"C:\\dir\\",Graz\n"x",y\n', "C:\\dir\\"),
    ("a space before quotes", 'name, city\n"Anna, Dr.", "Graz, Styria"\n', "Anna, Dr."),
]


@pytest.mark.parametrize(("case", "text", "cell"), QUOTES)
def test_quotes_are_what_they_are_used_as(
    read_content: ReadContent, case: str, text: str, cell: str
) -> None:
    table = read_content(text)
    assert table.rows.iloc[0, 0] == cell, case
