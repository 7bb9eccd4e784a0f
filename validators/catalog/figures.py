"""Issues of sales and cost figures: what keeps a row from being counted."""

from validators.catalog.kinds import IssueKind

KINDS = (
    IssueKind(
        "figures.missing",
        "error",
        "is missing, and the row cannot be counted without it",
        "A sale needs its date, and an amount where it is won; a cost needs the source it was for, "
        "its month and an amount.",
        "Fill it in and import the file again: rows that were counted count once.",
        example="a won deal without an amount",
    ),
    IssueKind(
        "figures.unknown_stage",
        "error",
        "is no stage of a sale",
        "The stages are those of opportunities, and `cancelled` for a customer who leaves.",
        "Write one of them, or leave the column out where every row is a won deal.",
        example="maybe",
        detail="{before}",
    ),
    IssueKind(
        "figures.currency",
        "error",
        "is no currency",
        "Amounts of different currencies are never added up, so each needs to be known.",
        "Write the three letters of ISO 4217, such as EUR.",
        example="Taler",
        detail="{before}",
    ),
)
