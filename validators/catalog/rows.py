"""Issues of a row as a whole."""

from validators.catalog.kinds import IssueKind

KINDS = (
    IssueKind(
        "row.nobody",
        "error",
        "names nobody",
        "The row has no name, no e-mail, no phone and no company, so nobody can be found by it.",
        "Complete the row, or discard it.",
    ),
    IssueKind(
        "row.unreachable",
        "warning",
        "has no way to reach the person",
        "The row names a person, but has no e-mail, no phone and no street.",
        "Complete the row if you can.",
    ),
    IssueKind(
        "row.bot",
        "error",
        "looks like the submission of a program",
        "The message holds links as programs post them, and several more signs of a bot: many "
        "links, a name of capitals in the middle of words.",
        "Discard the row, or resubmit it if a person wrote it.",
        example="BestSeoRank: <a href=…>click</a> <a href=…>here</a>",
    ),
    IssueKind(
        "row.erased",
        "error",
        "is of a person who was erased",
        "The person asked to be forgotten, and comes again. Nothing of the row is kept.",
        "Take the person out of the source as well.",
    ),
    IssueKind(
        "schema.mismatch",
        "error",
        "does not have the standard form",
        "The standardized value breaks the rules of its field. Should never happen; it is kept "
        "out of the store to be safe.",
        "Please report it with the value.",
    ),
)
