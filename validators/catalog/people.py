"""Issues of people's names and of companies."""

from validators.catalog.kinds import IssueKind

KINDS = (
    IssueKind(
        "name.placeholder",
        "error",
        "is a stand-in, nobody's name",
        "People type such words to get past a form, or to test it.",
        "Ask for the real name, empty the cell, or discard the row.",
        example="test test",
    ),
    IssueKind(
        "name.keyboard_mash",
        "error",
        "was typed at random",
        "Neighbouring keys, one letter repeated, or no vowel at all.",
        "Ask for the real name, empty the cell, or discard the row.",
        example="asdfgh",
    ),
    IssueKind(
        "name.number",
        "error",
        "is a number, not a name",
        "Most of the name is digits.",
        "Check the mapping of the columns, then the value.",
        example="555012",
    ),
    IssueKind(
        "name.address",
        "error",
        "is an e-mail or web address, not a name",
        "The address found no free field of its own.",
        "Check the mapping of the columns, then type the name.",
        example="anna@example.com",
    ),
    IssueKind(
        "name.digits",
        "warning",
        "has digits in it",
        "Names have no digits; this one is perhaps a user name.",
        "Check the name.",
        doubtful=True,
        example="Anna2",
    ),
    IssueKind(
        "name.two_people",
        "warning",
        "names two people",
        "One record should be one person.",
        "Split the row in two.",
        doubtful=True,
        example="Anna and Peter Meyer",
    ),
    IssueKind(
        "name.looks_like_company",
        "warning",
        "looks like a company",
        "The name ends in a legal form.",
        "Move it to the company if it is one.",
        doubtful=True,
        example="Meyer GmbH",
    ),
    IssueKind(
        "company.placeholder",
        "repaired",
        "names no company, now left out",
        "Words such as private or self-employed would make one company of many people.",
        "Nothing to do.",
        example="Self-employed",
    ),
)
